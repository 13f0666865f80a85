"""Sticks and other drives that a report can be written to, as the system names them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QStorageInfo

_REMOVABLE, _FIXED = 2, 3
_PLUGGED_IN = ("/media/", "/run/media/", "/mnt/")


@dataclass(frozen=True)
class Drive:
    """A mounted drive. `name` as people see it (`报送U盘 (E:)`); `free` in bytes."""

    root: Path
    name: str
    file_system: str
    free: int
    removable: bool


Drives = Callable[[], tuple[Drive, ...]]


def mounted_drives() -> tuple[Drive, ...]:
    """What can be written to besides the system's own drive, sticks first. Takes a few milliseconds."""
    found = []
    for root, removable in _candidates():
        info = QStorageInfo(root)
        if info.isValid() and info.isReady() and not info.isReadOnly():
            drive = Drive(
                Path(info.rootPath()),
                named(info.name() or info.subvolume().data().decode(errors="replace"), info.rootPath()),
                bytes(info.fileSystemType().data()).decode(errors="replace"),
                info.bytesAvailable(),
                removable,
            )
            found.append(drive)
    return tuple(sorted(found, key=lambda drive: (not drive.removable, drive.name)))


def done_word(folder: Path, drives: Drives = mounted_drives) -> str:
    """What to say once files were written and read back: only what can be pulled out is said to be."""
    pulled = any(drive.removable and folder.is_relative_to(drive.root) for drive in drives())
    return "已写入并核对，可以安全拔出" if pulled else "已写入并核对"


def named(given: str, root: str) -> str:
    """A drive's name with its letter where it has one: `报送U盘 (E:)`; without a name, what it is."""
    letter = root[:2] if root[1:2] == ":" else ""
    if letter:
        return f"{given or '磁盘'} ({letter})"
    return given or Path(root).name or root


def _candidates() -> list[tuple[str, bool]]:
    """Roots to look at, with whether they are removable. A network drive is left out: asking one that is gone blocks."""
    if sys.platform == "win32":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW
        system = QStorageInfo.root().rootPath()
        roots = [info.absoluteFilePath() for info in QDir.drives()]
        kinds = {root: kind(root) for root in roots if root != system}
        return [(root, k == _REMOVABLE) for root, k in kinds.items() if k in (_REMOVABLE, _FIXED)]
    volumes = [info.rootPath() for info in QStorageInfo.mountedVolumes()]
    return [(root, True) for root in volumes if root.startswith(_PLUGGED_IN)]
