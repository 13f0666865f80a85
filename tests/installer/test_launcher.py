"""The launcher: what it agrees upon with setup, and that mingw makes the same bytes of it twice."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from installer.compiling import COMPILER, CONSOLE, WINDOWED, compile_launchers
from installer.icons import SIZES, icon_file
from installer.product import HERE, IDENTITY
from installer.sbom import file_version

C = {path.name: path.read_text("utf-8") for path in (HERE / "launcher").glob("*.[ch]")}
NSIS = {path.name: path.read_text("utf-8") for path in (HERE / "script").iterdir()}


def test_setup_and_launcher_mean_the_same_current_ini() -> None:
    read = set(re.findall(r'take\(line, "(\w+)"', C["versions.c"]))
    asked = set(re.findall(r'READ_CURRENT "(\w+)"', NSIS["deciding.nsh"]))
    assert read == asked == {"current", "version", "previous", "previous_version"}
    switch = NSIS["switching.nsh"].partition("Function SwitchOver")[2].replace(r"$\r$\n", " ")
    assert set(re.findall(r"(\w+)=[$]", switch)) == read


def test_setup_and_launcher_name_the_same_window_and_keys() -> None:
    assert f'#define CONTROL_CLASS L"{IDENTITY}Control"' in C["window.h"]
    assert '!define CONTROL_CLASS "${IDENTITY}Control"' in NSIS["common.nsh"]
    assert f'Uninstall\\\\{IDENTITY}"' in C["versions.c"] and f'Software\\\\{IDENTITY}"' in C["versions.c"]
    assert 'L"started"' in C["launch.c"] and "$Current\\started" in NSIS["deciding.nsh"]


def test_an_icon_holds_its_pictures() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(8) + (256).to_bytes(4, "big") * 2
    made = icon_file([picture, picture])
    assert made[:6] == b"\0\0\1\0\2\0" and made[6:8] == b"\0\0", "256 is written as 0"
    assert made.endswith(picture) and len(made) == 6 + 2 * 16 + 2 * len(picture)


@pytest.mark.skipif(shutil.which(COMPILER) is None, reason="mingw is not installed")
def test_the_same_sources_give_the_same_exe(qapp: object, tmp_path: Path) -> None:
    made = compile_launchers(tmp_path / "one", "1.2.3")
    assert made == compile_launchers(tmp_path / "elsewhere" / "two", "1.2.3")
    assert set(made) == {WINDOWED, CONSOLE}
    for name, data in made.items():
        assert data[:2] == b"MZ" and file_version(data) == "1.2.3", name
        for word in (b"PerMonitorV2", b"asInvoker", b"longPathAware", b"UTF-8</activeCodePage>"):
            assert word in data, (name, word)
        assert data.count(b"\x89PNG") == 2 * len(SIZES), "the program's icon and the package's"
        assert str(tmp_path).encode() not in data, "no path of the machine that built it"
    windows = {b"USER32.dll", b"KERNEL32.dll", b"ADVAPI32.dll", b"SHELL32.dll", b"msvcrt.dll"}
    assert set(re.findall(rb"[A-Za-z0-9_]+\.dll", made[WINDOWED])) <= windows
