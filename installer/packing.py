"""The setup.exe out of a laid out tree, and the uninstaller in it, by makensis: files in a fixed order, no times."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from installer import product
from installer.compiling import CONSOLE, WINDOWED
from installer.inputs import BuildError

MARK = "manifest.json"
UNINSTALLER = "uninstall.exe"
SCRIPTS = product.HERE / "script"
# What .pyc files add to the sources they come from, measured; and room to work in.
_COMPILED = 1.3
_SPARE_MB = 60
_CLUSTER = 4096
# MAX_PATH, less what a .pyc's own name and its temporary form add, less versions\<name>\.
_MOST_PATH, _MOST_ADDED = 259, 70


def make_uninstaller(work: Path, version: str) -> bytes:
    """uninstall.exe, which is installed and listed like the launchers; `work` holds the icon. Raises BuildError."""
    made = work / UNINSTALLER
    made.unlink(missing_ok=True)
    _makensis(
        "uninstaller.nsi",
        _names(version) | {"WORK": work, "OUT": work / "writes-uninstaller.exe", "MADE": made},
    )
    return made.read_bytes()


def pack(work: Path, version: str, out: Path, quick: bool = False) -> None:
    """Makes `out` from `work`/stage. `quick` packs in a third of the time, larger. Raises BuildError."""
    stage = work / "stage"
    files = sorted(
        p.relative_to(stage / "version").as_posix() for p in (stage / "version").rglob("*") if p.is_file()
    )
    (work / "files.nsh").write_text(file_lines(files), encoding="utf-8")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.unlink(missing_ok=True)
    plain = sum(path.stat().st_size for path in stage.rglob("*") if path.is_file()) // 1024
    defines = _names(version) | {
        "LEAST_BUILD": product.LEAST_WINDOWS_BUILD,
        "INSTALLED_KB": installed_size(stage) // 1024,
        # What the page of the folder adds to the files: what is compiled, and room to work in.
        "ADDED_KB": installed_size(stage) // 1024 - plain + _SPARE_MB * 1000,
        "NEEDED_MB": installed_size(stage) // 1_000_000 + _SPARE_MB,
        "LAUNCHER_SIZE": (stage / "root" / WINDOWED).stat().st_size,
        "CLI_SIZE": (stage / "root" / CONSOLE).stat().st_size,
        "UNINSTALLER_SIZE": (stage / "root" / UNINSTALLER).stat().st_size,
        "MOST_FOLDER_LETTERS": _MOST_PATH - _MOST_ADDED - max(map(len, files)),
        "WORK": work,
        "OUT": out,
    }
    if quick:
        defines["QUICK"] = 1
    _makensis("setup.nsi", defines)


def _names(version: str) -> dict[str, object]:
    return {
        "NAME": product.NAME,
        "IDENTITY": product.IDENTITY,
        "PUBLISHER": product.PUBLISHER,
        "VERSION": version,
        "VERSION_4": product.four_numbers(version),
    }


def _makensis(script: str, defines: dict[str, object]) -> None:
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", "-NOCD"]
    command += [f"-D{name}={value}" for name, value in defines.items()]
    fixed = {**os.environ, "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [*command, script], cwd=SCRIPTS, env=fixed, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"makensis: {done.stdout[-2000:]}{done.stderr[-2000:]}")


def file_lines(files: list[str]) -> str:
    """One line of the script for each file, sorted; a folder is entered once. The manifest, which marks ours, is first."""
    lines, folder = [], None
    for file in sorted(files, key=lambda f: (f.rpartition("/")[0], f != MARK, f)):
        parent = file.rpartition("/")[0]
        if parent != folder:
            folder = parent
            inner = "\\" + parent.replace("/", "\\") if parent else ""
            lines.append(f'SetOutPath "$INSTDIR\\versions\\$Name{inner}"')
        lines.append(f'File "${{WORK}}/stage/version/{file}"')
    return "\n".join(lines) + "\n"


def installed_size(stage: Path) -> int:
    """Bytes on the disk, in whole clusters, with what is compiled at installation."""
    total = 0
    for path in stage.rglob("*"):
        if path.is_file():
            size = path.stat().st_size
            total += _clusters(size) + (_clusters(int(size * _COMPILED)) if path.suffix == ".py" else 0)
    return total


def _clusters(size: int) -> int:
    return -(-size // _CLUSTER) * _CLUSTER
