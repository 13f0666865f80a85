"""Writing files out: to a folder, a disc or a stick, whole or not at all, and reading them back."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import RefusedError, UserError
from desktop.domain.file_faults import file_fault
from desktop.domain.file_names import plain_name
from desktop.domain.progress import Progress, silent
from desktop.storage.files import put_in_place, sync_folder, write_fault


@dataclass(frozen=True)
class WrittenFile:
    """A file that was written, flushed, opened again and found equal. `size` in bytes."""

    path: Path
    size: int
    sha256: str


def made_folder(root: Path, *names: str) -> Path:
    """A folder below one that is there, made where it is missing.

    Raises RefusedError(`folder_missing`, folder), and as `new_folder`.
    """
    if not root.is_dir():
        raise RefusedError("folder_missing", folder=str(root))
    return new_folder(root.joinpath(*names))


def new_folder(folder: Path) -> Path:
    """A folder with all above it, made where it is missing.

    Raises RefusedError: `medium_gone`(folder), `disk_full`(folder), `folder_not_writable`(folder, reason).
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_user_error(error, folder, 0) from error
    return folder


def write_files(
    files: Mapping[str, bytes], folder: Path, progress: Progress = silent
) -> tuple[WrittenFile, ...]:
    """Writes all files or leaves none half written, then opens each again and compares its digest.

    A file of the same name and content is left as it is; one of other content is not overwritten: the
    new one gets a number. Raises UserError: `folder_missing`, `folder_not_writable`, `disk_full`(folder,
    need, free), `medium_gone`(folder), `read_back_differs`(file).
    """
    need = sum(len(data) for data in files.values())
    placed: list[Path] = []
    try:
        if not folder.is_dir():
            raise RefusedError("folder_missing", folder=str(folder))
        free = shutil.disk_usage(folder).free
        if free < need + 1_000_000:
            raise RefusedError("disk_full", folder=str(folder), need=need, free=free)
        for done, (name, data) in enumerate(files.items()):
            progress("write", done, len(files) * 2)
            placed.append(_place(folder, name, data))
        sync_folder(folder)
        written = []
        for done, (path, data) in enumerate(zip(placed, files.values(), strict=True)):
            progress("compare", len(files) + done, len(files) * 2)
            written.append(_compared(path, data))
    except OSError as error:
        raise as_user_error(error, folder, need) from error
    progress("done", len(files) * 2, len(files) * 2)
    return tuple(written)


def _place(folder: Path, name: str, data: bytes) -> Path:
    target = folder / plain_name(name)
    number = 2
    while target.exists():
        if (
            target.stat().st_size == len(data)
            and hashlib.sha256(target.read_bytes()).digest() == hashlib.sha256(data).digest()
        ):
            return target
        target = folder / f"{Path(plain_name(name)).stem}（{number}）{Path(name).suffix}"
        number += 1
    draft = target.with_name(target.name + ".tmp")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, target)
        # A second flush, after the rename: without it a stick pulled at once showed the old file.
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    return target


def _compared(path: Path, data: bytes) -> WrittenFile:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != hashlib.sha256(data).hexdigest():
        raise RefusedError("read_back_differs", file=path.name)
    return WrittenFile(path, len(data), found)


def as_user_error(error: OSError, folder: Path, need: int) -> UserError:
    """What an error while writing to a folder outside means to the user; `need` in bytes, 0 if not known."""
    # Of a stick that was pulled out, Windows' C library says only that the open file's number is bad.
    pulled = need and (error.errno == errno.ENOENT or not folder.is_dir())
    if file_fault(error) == "gone" or error.errno == errno.EIO or pulled:
        return RefusedError("medium_gone", folder=str(folder))
    known = write_fault(error, folder)
    return (
        RefusedError("disk_full", folder=str(folder), need=need, free=0)
        if known.code == "disk_full"
        else known
    )
