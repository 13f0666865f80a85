"""The program's own exe files, from C by mingw: the same bytes for the same sources."""

from __future__ import annotations

import subprocess
from pathlib import Path

from installer.inputs import BuildError
from installer.product import HERE, NAME, ROOT, four_numbers

COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
WINDOWED, CONSOLE = "lantian.exe", "lantian-cli.exe"
_SOURCES = ("launch.c", "versions.c", "window.c")
_FLAGS = (
    "-std=c17", "-Wall", "-Wextra", "-Werror", "-O2", "-s", "-municode", "-static", "-fno-ident",
    "-Wl,--no-insert-timestamp", "-Wl,--nxcompat", "-Wl,--dynamicbase", "-Wl,--high-entropy-va", "-Wl,--stack,8388608",
)  # fmt: skip


def compile_launchers(work: Path, version: str) -> dict[str, bytes]:
    """lantian.exe for windows and lantian-cli.exe for commands, by name. Raises BuildError."""
    from installer.icons import app_icon, banner, package_icon

    work.mkdir(parents=True, exist_ok=True)
    drawing = ROOT / "resources" / "icons" / "app.svg"
    (work / "app.ico").write_bytes(app_icon(drawing))
    (work / "package.ico").write_bytes(package_icon(drawing))
    (work / "banner.bmp").write_bytes(banner(drawing))
    (work / "lantian.manifest").write_bytes((HERE / "launcher" / "lantian.manifest").read_bytes())
    made = {}
    for name, words, more in (
        (WINDOWED, NAME, ("-mwindows",)),
        (CONSOLE, f"{NAME}（命令行）", ("-mconsole", "-DCONSOLE")),
    ):
        resource = _resource(work, version, name, words)
        sources = [str(HERE / "launcher" / source) for source in _SOURCES]
        _run([COMPILER, *_FLAGS, *more, *sources, resource, "-o", name], work)
        made[name] = (work / name).read_bytes()
    return made


def _resource(work: Path, version: str, name: str, words: str) -> str:
    template = (HERE / "launcher" / "lantian.rc.in").read_text(encoding="utf-8")
    numbers = four_numbers(version).replace(".", ",")
    for mark, value in (("NUMBERS", numbers), ("VERSION", version), ("NAME", name), ("DESCRIPTION", words)):
        template = template.replace(f"@{mark}@", value)
    (work / f"{name}.rc").write_text(template, encoding="utf-8")
    _run([RESOURCES, "-c", "65001", f"{name}.rc", "-O", "coff", "-o", f"{name}.o"], work)
    return f"{name}.o"


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{command[0]}: {done.stderr.strip() or done.returncode}")
