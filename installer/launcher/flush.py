"""Run by setup with the new version's interpreter, once everything is compiled: brings the version onto the disk.

Windows writes seconds later what a program has written; a power cut until then would leave a version that is there by its
names alone. The files beside the interpreter, which it holds open itself, are setup's to flush. One that a virus scanner
keeps is left to Windows and counted. Exit status 0, or 1 with what the disk said: then it is not to be relied upon.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Many at a time, for the disk orders them; a hard disk turns a hundred times a second.
_AT_ONCE = 16
_TRIES, _PAUSE = 5, 0.2


def flush_version(folder: Path) -> tuple[int, int]:
    """How many files below the version's subfolders are on the disk now, and how many a scanner kept. Raises OSError."""
    files = [
        path for inner in folder.iterdir() if inner.is_dir() for path in inner.rglob("*") if path.is_file()
    ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        done = list(pool.map(flush_file, files))
    return sum(done), len(done) - sum(done)


def flush_file(path: Path) -> bool:
    """Whether the file is on the disk; False when others keep it. Raises OSError when the disk does not take it."""
    for left in reversed(range(_TRIES)):
        try:
            file = os.open(path, os.O_RDWR)
        except PermissionError:
            if left:
                time.sleep(_PAUSE)
        else:
            try:
                os.fsync(file)
            finally:
                os.close(file)
            return True
    return False


def main(folder: str) -> int:
    try:
        flushed, kept = flush_version(Path(folder))
    except OSError as error:
        # A person's name may be beyond the code page.
        sys.stdout.write(f"{error}".encode("ascii", "backslashreplace").decode() + "\n")
        return 1
    sys.stdout.write(f"{flushed} files, {kept} kept by others\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
