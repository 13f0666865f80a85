"""Removing a workspace for good, when the program is uninstalled and its user asked for that."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.storage import Store
from desktop.storage.removal import remove_files


def remove_workspace(folder: Path, holder: str, now: datetime) -> bool:
    """Removes all that the program made in the folder; False when other things lie there, which stay with their folders.

    Only what opens as a workspace and nobody holds is removed. Raises what `Store.open` raises, and RefusedError:
    `folder_not_writable`(folder, reason) when the system lets a file not go: then the workspace still opens.
    """
    Store.open(folder, holder, now).close()
    return remove_files(folder)
