"""What setup runs in a new version: compiled, and on the disk so that a power cut finds it whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer.launcher import flush


@pytest.fixture
def version(tmp_path: Path) -> Path:
    for name in (
        "python.exe",
        "app/desktop/a.py",
        "app/desktop/__pycache__/a.pyc",
        "site/x/y/z.dll",
        "licenses/l.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


@pytest.fixture
def flushed(version: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were flushed while they were open for writing."""
    seen: list[str] = []
    monkeypatch.setattr(flush, "_PAUSE", 0)

    def fsync(file: int) -> None:
        os.write(file, b"")
        there = (p for p in version.rglob("*") if os.path.samestat(p.stat(), os.fstat(file)))
        seen.append(next(there).name)

    monkeypatch.setattr(os, "fsync", fsync)
    return seen


def test_every_file_but_those_beside_the_interpreter(
    version: Path, flushed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert flush.main(str(version)) == 0
    assert sorted(flushed) == ["a.py", "a.pyc", "l.txt", "z.dll"]
    assert capsys.readouterr().out == "4 files, 0 kept by others\n"
    assert (version / "site/x/y/z.dll").read_bytes() == b"x", "nothing is written"


def test_a_file_that_a_scanner_keeps_is_counted_and_no_fault(
    version: Path, flushed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real, asked = os.open, []

    def refuse(path: Path, flags: int) -> int:
        if path.name == "z.dll":
            asked.append(path)
            raise PermissionError(13, "held")
        return real(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    assert flush.main(str(version)) == 0
    assert sorted(flushed) == ["a.py", "a.pyc", "l.txt"] and len(asked) == 5
    assert capsys.readouterr().out == "3 files, 1 kept by others\n"


def test_a_disk_that_does_not_take_it_stops_the_installation(
    version: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(file: int) -> None:
        raise OSError(5, "no such sector")

    monkeypatch.setattr(os, "fsync", fails)
    assert flush.main(str(version)) == 1
    assert "no such sector" in capsys.readouterr().out


@pytest.mark.parametrize("is_whole", [True, False])
def test_modules_are_compiled_for_a_person_whose_name_the_code_page_lacks(
    tmp_path: Path, is_whole: bool
) -> None:
    folder = tmp_path / "王 小䶮"
    folder.mkdir()
    (folder / "a.py").write_text("x = 1\n" if is_whole else "x =\n", "utf-8")
    script = Path(flush.__file__).with_name("compile.py")
    options = ["-q", "--invalidation-mode", "unchecked-hash", str(folder)]
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, str(script), *options], env=environment, capture_output=True, check=False
    )
    said = done.stdout.decode("gbk")
    assert done.returncode == (0 if is_whole else 1), done.stderr
    assert said == "" if is_whole else "小\\u4dae" in said and "SyntaxError" in said
    assert any(folder.rglob("a.*.pyc")) is is_whole
