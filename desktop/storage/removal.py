"""What a workspace consists of on the disk, to take it away and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.storage.files import write_fault
from desktop.storage.store import FOLDERS, files_of


def remove_files(folder: Path) -> bool:
    """Removes a closed workspace's files and folders; its own folder too when nothing else lies there.

    Returns whether the folder is gone. Raises RefusedError: `folder_not_writable`(folder, reason).
    """
    try:
        for path in files_of(folder):
            path.unlink(missing_ok=True)
        for name in FOLDERS:
            if (folder / name).is_dir():
                shutil.rmtree(folder / name)
        if any(folder.iterdir()):
            return False
        folder.rmdir()
    except OSError as error:
        raise write_fault(error, folder) from error
    return True
