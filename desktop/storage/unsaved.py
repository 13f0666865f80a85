"""One small file for what is being typed, in one field or several: written at every keystroke without waiting for the disk.

It outlives the end of the process, not of the machine; what the database has is never older than what it says it is.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import BinaryIO

from desktop.domain.codec import canonical_bytes, parse_json
from desktop.domain.errors import UserError
from desktop.domain.unsaved import Hand, Unsaved

_MOST = 4 * 1024 * 1024
_HEAD = 73
"""Bytes of the first line: eight digits of length, a blank, the SHA-256 in hex; then what it tells of."""


class UnsavedNote:
    """The file is opened when it is first written; it is a second net, so a disk that refuses it is only logged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self.held: tuple[Unsaved, ...] = ()
        """What this program has noted and not cleared."""

    def put(self, *fields: Unsaved) -> None:
        """In place of what was noted before; the field that is typed in comes last."""
        self.held = fields
        try:
            data = canonical_bytes(Hand(fields))
        except UnicodeEncodeError:
            # Half a character, as an input method may leave for a moment.
            return
        self._write(f"{len(data):08d} {hashlib.sha256(data).hexdigest()}".encode() + data)

    def clear(self) -> None:
        """Nothing is in the hand."""
        self.held = ()
        if self._file is not None or self._path.exists():
            self._write(b"")

    def get(self) -> Unsaved | None:
        """The field that was typed in last, None when nothing was noted or when the note is not whole."""
        found = self.all()
        return found[-1] if found else None

    def all(self) -> tuple[Unsaved, ...]:
        """What was noted last, in the order in which it was typed."""
        try:
            with self._path.open("rb") as file:
                head, data = file.read(_HEAD), file.read(_MOST)
            length, digest = head.decode("ascii").split(" ")
            data = data[: int(length)]
            return _fields(data) if hashlib.sha256(data).hexdigest() == digest else ()
        except (OSError, ValueError, UserError):
            return ()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, data: bytes) -> None:
        try:
            if self._file is None:
                self._path.touch()
                self._file = self._path.open("r+b", buffering=0)
            self._file.seek(0)
            self._file.write(data)
            self._file.truncate(len(data))
        except OSError as error:
            logging.getLogger("lantian").warning("the note of what is typed: %s", error)


def _fields(data: bytes) -> tuple[Unsaved, ...]:
    """A program of an earlier version noted a single field."""
    try:
        return parse_json(data, Hand).fields
    except ValueError:
        return (parse_json(data, Unsaved),)
