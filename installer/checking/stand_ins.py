"""What Wine 8 lacks of Windows 10, made for the test alone: never shipped, and looked for in what is."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from installer.checking.wine import Wine

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent.parent / "resources" / "fonts"
_CC = ["x86_64-w64-mingw32-gcc", "-std=c17", "-Wall", "-Wextra", "-Werror", "-O2", "-s"]
NAMES = tuple(sorted(path.stem + ".dll" for path in (HERE / "shims").glob("*.c")))
_WINE_FONTS = Path("/usr/share/wine/fonts")
_FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf")
# What Windows' own dialogs and NSIS' pages ask for.
_REPLACED = (
    "MS Shell Dlg",
    "MS Shell Dlg 2",
    "Tahoma",
    "SimSun",
    "宋体",
    "Microsoft YaHei",
    "Microsoft YaHei UI",
    "Segoe UI",
)
_CLASS = r"HKEY_LOCAL_MACHINE\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.UISettings"


def furnish(wine: Wine, size: tuple[int, int]) -> dict[str, str]:
    """Puts stand-ins, faces and a desktop of this size into the prefix; returns the digests of the stand-ins by name."""
    system = wine.drive / "windows" / "system32"
    digests = {}
    for name in NAMES:
        source = HERE / "shims" / f"{Path(name).stem}.c"
        target = system / name
        if target.exists():
            raise RuntimeError(f"this Wine has {name} itself")
        _compile(["-shared", str(source), "-ladvapi32", "-o", str(target)])
        digests[name] = hashlib.sha256(target.read_bytes()).hexdigest()
    _compile(
        ["-municode", str(HERE / "inside" / "windows.c"), "-o", str(wine.drive / "windows" / "look.exe")]
    )
    for face in _FACES:
        shutil.copyfile(FONTS / face, wine.drive / "windows" / "Fonts" / face)
    # The signs on the title bar's buttons.
    shutil.copy(_WINE_FONTS / "marlett.ttf", wine.drive / "windows" / "Fonts")
    with tempfile.TemporaryDirectory() as folder:
        entries = Path(folder) / "entries.reg"
        entries.write_text(_entries(size), encoding="utf-16")
        done = wine.run("regedit", "/S", entries, seconds=60)
    if done.status != 0:
        raise RuntimeError(f"regedit: {done}")
    wine.settle()
    return digests


def strangers(files: dict[str, str], digests: dict[str, str]) -> list[str]:
    """Paths of shipped files (path → SHA-256) that are one of the stand-ins, by name or by content."""
    contents = set(digests.values())
    return [p for p, digest in files.items() if p.rpartition("/")[2].lower() in NAMES or digest in contents]


def _compile(arguments: list[str]) -> None:
    subprocess.run([*_CC, *arguments], check=True, timeout=120)


def _entries(size: tuple[int, int]) -> str:
    values = {
        _CLASS: {"DllPath": r"C:\\windows\\system32\\uisettings.dll"},
        r"HKEY_CURRENT_USER\Software\Wine\Explorer": {"Desktop": "Default"},
        r"HKEY_CURRENT_USER\Software\Wine\Explorer\Desktops": {"Default": f"{size[0]}x{size[1]}"},
        r"HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements": dict.fromkeys(_REPLACED, "Noto Sans SC"),
    }
    lines = ["Windows Registry Editor Version 5.00", ""]
    for key, pairs in values.items():
        lines += [f"[{key}]", *(f'"{name}"="{value}"' for name, value in pairs.items()), ""]
    return "\r\n".join(lines)
