"""Files kept beside the database under the SHA-256 of their content: written once, whole, and to the disk."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.domain.file_faults import file_fault, is_held

CHUNK = 1 << 20
_PATIENCE, _PAUSE = 2.0, 0.05
_DIGEST = re.compile(r"[0-9a-f]{64}")


DEEPEST_INSIDE = len("/documents/00/") + 64 + len(".tmp")
"""Letters that a workspace adds to its folder's path, and some to spare for what is written beside."""
_LONGEST_ANYWHERE, _LONGEST_ON_WINDOWS = 4096, 259


def longest_path() -> int:
    """How many letters a path may have on this computer: 259 under Windows, unless its owner has allowed more."""
    if sys.platform == "win32":
        import ctypes

        # Not there before Windows 10 1607.
        ask = getattr(ctypes.WinDLL("ntdll"), "RtlAreLongPathsEnabled", None)
        if ask is None or not ask() & 0xFF:
            return _LONGEST_ON_WINDOWS
    return _LONGEST_ANYWHERE


def checked(digest: str) -> str:
    """The digest itself. Raises ValueError when it is none: digests from outside become file names here."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"{digest!r} is no SHA-256")
    return digest


def write_fault(error: OSError, folder: Path) -> UserError:
    """`disk_full`(folder) or `folder_not_writable`(folder, reason: as `file_fault`)."""
    reason = file_fault(error)
    if reason == "full":
        return RefusedError("disk_full", folder=str(folder))
    return RefusedError("folder_not_writable", folder=str(folder), reason=reason)


def put_in_place(new: Path, target: Path) -> None:
    """Renames a file or folder; over `target` if that is a file. Waits a moment for a virus scanner that holds a fresh file."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            new.replace(target)
        except OSError as error:
            if not is_held(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable. Windows has no such call and needs none on NTFS."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copied(chunks: Iterable[bytes], target: Path) -> None:
    """Writes a file anew and to the disk. Raises OSError."""
    with target.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


class FileShelf:
    """A folder of such files. `suffix` follows the digest in the name; `nested` puts them under its first two digits."""

    def __init__(self, root: Path, altered: str, suffix: str = "", nested: bool = True) -> None:
        self.root = root
        self._altered = altered
        self._suffix = suffix
        self._nested = nested

    def path(self, digest: str) -> Path:
        """Where the content of this digest lies, or would lie."""
        name = checked(digest) + self._suffix
        return self.root / digest[:2] / name if self._nested else self.root / name

    def keep(self, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Keeps a content and returns its digest and size. When it returns, the file outlives a power loss.

        Raises UserError: `disk_full`(folder), `folder_not_writable`(folder, reason).
        """
        try:
            if not self.root.is_dir():
                self.root.mkdir()
                sync_folder(self.root.parent)
            handle, name = tempfile.mkstemp(suffix=".tmp", dir=self.root)
        except OSError as error:
            raise write_fault(error, self.root) from error
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                digest, size = self._write(file.fileno(), chunks)
            self._move(temporary, digest)
        finally:
            temporary.unlink(missing_ok=True)
        return digest, size

    def _write(self, handle: int, chunks: Iterable[bytes]) -> tuple[str, int]:
        total, size = hashlib.sha256(), 0
        for chunk in chunks:
            total.update(chunk)
            size += len(chunk)
            try:
                _write_all(handle, chunk)
            except OSError as error:
                raise write_fault(error, self.root) from error
        try:
            os.fsync(handle)
        except OSError as error:
            raise write_fault(error, self.root) from error
        return total.hexdigest(), size

    def _move(self, temporary: Path, digest: str) -> None:
        target = self.path(digest)
        try:
            target.parent.mkdir(exist_ok=True)
            if not self._holds(target, digest):
                put_in_place(temporary, target)
            # Also for a file that is there: the program may have been killed before this line last time.
            sync_folder(self.root)
            sync_folder(target.parent)
        except OSError as error:
            raise write_fault(error, self.root) from error

    @staticmethod
    def _holds(target: Path, digest: str) -> bool:
        # A copy that was damaged since is replaced by the good one.
        try:
            with target.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except OSError:
            return False

    def read(self, digest: str, name: str = "") -> bytes:
        """The content of a digest, verified.

        Raises UnreadableError(the shelf's code, file, path, reason: missing, unreadable, altered).
        """
        path = self.path(digest)

        def refused(reason: str) -> UnreadableError:
            return UnreadableError(self._altered, file=name or path.name, path=str(path), reason=reason)

        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise refused("missing") from None
        except OSError as error:
            raise refused("unreadable") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise refused("altered")
        return data

    def files(self) -> Iterator[Path]:
        """All that is kept, in one order; what lies about under other names is not ours."""
        if not self.root.is_dir():
            return
        for place in sorted(self.root.iterdir()) if self._nested else [self.root]:
            if place.is_dir():
                for path in sorted(place.iterdir()):
                    digest = path.name.removesuffix(self._suffix)
                    if _DIGEST.fullmatch(digest) and self.path(digest) == path and path.is_file():
                        yield path

    def sweep(self) -> None:
        """Removes what an interrupted write left behind."""
        for leftover in self.root.glob("*.tmp"):
            # A virus scanner may be reading it; it goes the next time.
            with suppress(OSError):
                leftover.unlink()


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
