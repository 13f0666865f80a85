"""What a workspace consists of on the disk, to take it away and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from desktop.storage.files import write_fault
from desktop.storage.store import DATABASE_NAME, FOLDERS, NOTES

_SHELVES = r"(evidence|documents)/[0-9a-f]{2}/[0-9a-f]{64}|packages/[0-9a-f]{64}\.jbx"
_COPIES = r"backups/(before-version-\d+|auto-\d{8}-\d{6}|auto-file\.tmp)\.db"
_OURS = re.compile(rf"{_SHELVES}|(evidence|documents|packages)/[^/]+\.tmp|{_COPIES}(\.tmp|-journal)*")
"""Every name that a shelf or a copy of the database can have; people put files of their own beside them."""
_ASIDE = re.compile(r"lantian\.(damaged-\d{8}-\d{6}\.db|restoring)(-journal)?")
"""A damaged database that was put aside for a copy (snapshots), and what was left of putting it there: keys are in them."""


def remove_files(folder: Path) -> bool:
    """Removes a closed workspace's files, then the folders that are empty then, its own too. The database goes last.

    Returns whether the folder is gone; what the program has not made stays. Raises RefusedError:
    `folder_not_writable`(folder, reason): then the workspace still opens, perhaps without some of its files.
    """
    try:
        for path in _files_of(folder):
            path.unlink(missing_ok=True)
        for name in FOLDERS:
            for place in (*_folders_in(folder / name), folder / name):
                if place.is_dir() and not any(place.iterdir()):
                    place.rmdir()
        aside = [path.name for path in folder.iterdir() if path.is_file() and _ASIDE.fullmatch(path.name)]
        for name in (*sorted(aside), *NOTES, DATABASE_NAME):
            (folder / name).unlink(missing_ok=True)
        if any(folder.iterdir()):
            return False
        folder.rmdir()
    except OSError as error:
        raise write_fault(error, folder) from error
    return True


def _files_of(folder: Path) -> Iterator[Path]:
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if (
                path.is_file()
                and not path.is_symlink()
                and _OURS.fullmatch(path.relative_to(folder).as_posix())
            ):
                yield path


def _folders_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
