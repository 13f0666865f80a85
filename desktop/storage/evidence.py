"""佐证材料: files that prove an entry, kept once under their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePath

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.file_faults import file_fault
from desktop.domain.report import Evidence
from desktop.storage.files import CHUNK, FileShelf

# Fixed here: Windows' registry gives other answers on every PC.
_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".wps": "application/vnd.ms-works",
    ".et": "application/wps-office.et",
    ".zip": "application/zip",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".mp4": "video/mp4",
}


def media_type(name: str) -> str:
    """The media type that a file's name promises."""
    return _MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


class EvidenceFiles:
    def __init__(self, shelf: FileShelf) -> None:
        self._shelf = shelf

    def add(self, source: Path, max_size: int | None = None) -> Evidence:
        """Copies a file in; `max_size` in bytes. Durable when it returns.

        Raises UserError: `evidence_missing`(file), `evidence_unreadable`(file, reason),
        `evidence_too_large`(file, size, limit), `disk_full`(folder), `folder_not_writable`(folder, reason).
        """
        try:
            known = source.stat().st_size
            if max_size is not None and known > max_size:
                raise RefusedError("evidence_too_large", file=source.name, size=known, limit=max_size)
            digest, size = self._shelf.keep(_chunks(source, max_size))
        except OSError as error:
            raise _read_fault(error, source) from error
        return Evidence(digest, source.name, size, media_type(source.name))

    def add_bytes(self, data: bytes, name: str) -> Evidence:
        """Keeps bytes that came in a package. Durable when it returns; raises as `add` does for writing."""
        digest, size = self._shelf.keep((data,))
        return Evidence(digest, name, size, media_type(name))

    def path(self, digest: str) -> Path:
        """Where the file lies, for a viewer. Raises ValueError unless the digest is one."""
        return self._shelf.path(digest)

    def read(self, digest: str, name: str = "") -> bytes:
        """The content, verified. Raises UnreadableError(`evidence_altered`, file, path, reason); `name` is what it is called there."""
        return self._shelf.read(digest, name)

    def digest(self, source: Path) -> str:
        """The digest that a file would be kept under; keeps nothing. Raises as `add` does for reading."""
        try:
            with source.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise _read_fault(error, source) from error


def _read_fault(error: OSError, source: Path) -> UnreadableError:
    if isinstance(error, FileNotFoundError | IsADirectoryError):
        return UnreadableError("evidence_missing", file=source.name)
    return UnreadableError("evidence_unreadable", file=source.name, reason=file_fault(error))


def _chunks(source: Path, limit: int | None) -> Iterator[bytes]:
    """The file's content piece by piece; a file that grows while it is read is bounded all the same."""
    size = 0
    with source.open("rb") as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if limit is not None and size > limit:
                raise RefusedError("evidence_too_large", file=source.name, size=size, limit=limit)
            yield chunk
