"""A backup as one zip (PKWARE APPNOTE 6.3.x, ZIP64): every file stored, one behind the other, the list last.

Written and read piece by piece, for evidence may be gigabytes. The reader trusts nothing: entries must lie
without a gap from the first byte to the directory, so that nothing overlaps, hides or grows when it is read.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from desktop.domain.backup import (
    DATABASE,
    FORMAT,
    LARGEST_LIST,
    LIST,
    MOST_FILES,
    BackupFile,
    BackupList,
    may_stand,
)
from desktop.domain.codec import canonical_bytes, decode, parse_json
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.progress import Progress, silent

CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)
_LOCAL_SIZE = (
    30 + 20
)  # The fixed part and the ZIP64 field that every entry has; the name follows between them.
_END = struct.Struct("<4s4H2IH")
_LOCATOR = struct.Struct("<4sIQI")
_END64 = struct.Struct("<4sQ2H2I4Q")
# A directory's entry: the fixed part, the longest name, the ZIP64 field.
_LONGEST_RECORD = 46 + 100 + 28
_FIRST = b"PK\x03\x04"


def write_backup(
    file: BinaryIO, head: BackupList, sources: Iterable[tuple[str, Path]], progress: Progress = silent, total: int = 1
) -> BackupList:  # fmt: skip
    """Writes all sources and then their list, which is returned; `total` in bytes, for the progress.

    Raises RefusedError(`backup_too_many_files`, limit), UnreadableError(`backup_source_unreadable`, file), OSError of the
    target alone, ValueError on a name that has no place in a backup.
    """
    listed: list[BackupFile] = []
    done = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, path in sources:
            if not may_stand(name):
                raise ValueError(f"{name!r} has no place in a backup")
            if len(listed) == MOST_FILES:
                raise RefusedError("backup_too_many_files", limit=MOST_FILES)
            digest, size = hashlib.sha256(), 0
            with archive.open(_entry(name), "w", force_zip64=True) as target:
                for chunk in _pieces(path, name):
                    told(progress, "backup", done, total)
                    target.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                    done += len(chunk)
            listed.append(BackupFile(name, size, digest.hexdigest()))
        whole = replace(head, files=tuple(listed))
        with archive.open(_entry(LIST), "w", force_zip64=True) as target:
            target.write(canonical_bytes(whole))
    return whole


def told(progress: Progress, step: str, done: int, total: int) -> None:
    """In hundredths: a progress counts no gigabytes."""
    progress(step, min(done * 100 // max(total, 1), 100), 100)


def _pieces(path: Path, name: str) -> Iterator[bytes]:
    try:
        with path.open("rb") as source:
            while chunk := source.read(CHUNK):
                yield chunk
    except OSError as error:
        raise UnreadableError("backup_source_unreadable", file=name) from error


def _entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _DATE)
    made.external_attr = 0o600 << 16
    return made


def begins_with(path: Path, head: bytes) -> bool:
    """Whether a file is, as far as it goes, what `write_backup` writes first: a database that begins with `head`.

    Raises OSError, also where there is no such file.
    """
    with path.open("rb") as file:
        found = file.read(_LOCAL_SIZE + len(DATABASE) + len(head))
    name, after = found[30 : 30 + len(DATABASE)], found[_LOCAL_SIZE + len(DATABASE) :]
    return (
        _FIRST.startswith(found[:4]) and DATABASE.encode("ascii").startswith(name) and head.startswith(after)
    )


class BackupReader:
    """An open backup; `listed` is what it says of itself, its form checked, its files' contents not yet."""

    def __init__(self, file: BinaryIO) -> None:
        self._archive = _archive(file)
        entries = {info.filename: info for info in self._archive.infolist()}
        self._entries = entries
        self.listed = self._read_list()
        sizes = {name: info.file_size for name, info in entries.items() if name != LIST}
        named = {each.name: each.size for each in self.listed.files}
        if len(named) != len(self.listed.files) or named != sizes or DATABASE not in named:
            raise _damaged("the list names other files")

    def chunks(self, wanted: BackupFile) -> Iterator[bytes]:
        """A file's content piece by piece; raises UnreadableError(`backup_damaged`) at the end when it is another."""
        digest = hashlib.sha256()
        with _reading(), self._archive.open(self._entries[wanted.name]) as source:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != wanted.sha256:
            raise _damaged(f"{wanted.name}: other content")

    def check(self, progress: Progress = silent) -> None:
        """Reads every file and compares it with the list. Raises UnreadableError(`backup_damaged`)."""
        done = 0
        for each in self.listed.files:
            for chunk in self.chunks(each):
                told(progress, "backup_compare", done, self.listed.size)
                done += len(chunk)

    def _read_list(self) -> BackupList:
        info = self._archive.infolist()[-1]
        if info.filename != LIST:
            raise _damaged("no list")
        with _reading(), self._archive.open(info) as source:
            data = source.read(LARGEST_LIST + 1)
        version = _version(data)
        if version > FORMAT:
            raise UnreadableError("backup_newer", version=version)
        try:
            return parse_json(data, BackupList)
        except ValueError as error:
            raise _damaged(str(error)) from None


def _version(data: bytes) -> int:
    """The list's own version, before anything else is asked of it."""
    try:
        plain = parse_json(data, dict)
        return decode(int, plain.get("format"))
    except ValueError as error:
        raise _damaged(str(error)) from None


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, struct.error) as error:
        raise _damaged(str(error)) from None
    except OSError as error:
        raise UnreadableError("file_unreadable", reason="io_error") from error


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    with _reading():
        begins = file.read(len(_FIRST) + 26 + len(DATABASE))
    if not (begins.startswith(_FIRST) and begins[30:].startswith(DATABASE.encode("ascii"))):
        raise UnreadableError("backup_not_ours")
    with _reading():
        start, size, count = _directory(file)
    if count > MOST_FILES + 1 or size > count * _LONGEST_RECORD:
        raise _damaged("the directory is too large")
    with _reading():
        try:
            archive = zipfile.ZipFile(file)
        except (ValueError, OverflowError) as error:
            raise _damaged(str(error)) from None
    at, seen = 0, set()
    infos = archive.infolist()
    for info in infos:
        whole = info.header_offset == at and info.file_size == info.compress_size
        plain = info.compress_type == zipfile.ZIP_STORED and info.flag_bits == 0 and not info.comment
        known = may_stand(info.filename) or info.filename == LIST
        if not (whole and plain and known) or info.filename in seen:
            raise _damaged(f"entry {info.filename[:80]!r}")
        if info.filename == LIST and info.file_size > LARGEST_LIST:
            raise _damaged("the list is too large")
        seen.add(info.filename)
        at += _LOCAL_SIZE + len(info.filename) + info.file_size
    if at != start or len(infos) != count:
        raise _damaged("something lies beside the entries")
    return archive


def _directory(file: BinaryIO) -> tuple[int, int, int]:
    """Where the directory begins, its bytes and its entries, as the records at the very end say."""
    whole = file.seek(0, os.SEEK_END)
    file.seek(max(whole - _END.size - _LOCATOR.size - _END64.size, 0))
    tail = file.read()
    if len(tail) < _END.size or tail[-_END.size :][:4] != b"PK\x05\x06":
        raise _damaged("cut off")
    _, *_, count, size, start, comment = _END.unpack(tail[-_END.size :])
    end = whole - _END.size
    locator = tail[-_END.size - _LOCATOR.size : -_END.size]
    if locator[:4] == b"PK\x06\x07":
        if len(tail) < _END.size + _LOCATOR.size + _END64.size or tail[:4] != b"PK\x06\x06":
            raise _damaged("no end record")
        *_, count, size, start = _END64.unpack(tail[: _END64.size])
        end -= _LOCATOR.size + _END64.size
    if comment or start + size != end:
        raise _damaged("the directory lies elsewhere")
    return start, size, count


def _damaged(detail: str) -> UnreadableError:
    return UnreadableError("backup_damaged", detail=detail)
