"""What a zip says it holds: names and sizes out of its directory. Nothing is unpacked."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from desktop.domain.errors import UnreadableError

MOST_NAMES = 2_000
_LONGEST_NAME = 300
_END = struct.Struct("<4s4H2IH")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END_MARK, _ENTRY_MARK = b"PK\x05\x06", b"PK\x01\x02"
_IN_UTF8, _LOCKED = 0x800, 0x1
_UNICODE_NAME, _LARGE = 0x7075, 0x0001
_UNKNOWN = 0xFFFFFFFF


@dataclass(frozen=True)
class ArchiveEntry:
    """A file (or, with a slash at its end, a folder) in an archive. `size` in bytes, as the archive claims."""

    name: str
    size: int
    locked: bool = False


@dataclass(frozen=True)
class ArchiveNames:
    """The first entries of an archive, in its own order; `count` is how many it says there are."""

    entries: tuple[ArchiveEntry, ...]
    count: int

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.entries)


def archive_names(data: bytes, file: str) -> ArchiveNames:
    """The names in a zip, the first two thousand at most. Raises UnreadableError(`archive_damaged`, file)."""
    end = data.rfind(_END_MARK, max(len(data) - _END.size - 0xFFFF, 0))
    if end < 0 or len(data) < end + _END.size:
        raise UnreadableError("archive_damaged", file=file)
    _, _, _, _, count, length, _, _ = _END.unpack_from(data, end)
    # By its length and not by its offset: a program may stand before the archive, and offsets may be wide.
    at = end - length if length != _UNKNOWN else data.find(_ENTRY_MARK)
    entries: list[ArchiveEntry] = []
    while 0 <= at <= end - _ENTRY.size and data[at : at + 4] == _ENTRY_MARK and len(entries) < MOST_NAMES:
        entry, at = _entry(data, at)
        entries.append(entry)
    if count and not entries:
        raise UnreadableError("archive_damaged", file=file)
    return ArchiveNames(tuple(entries), max(count, len(entries)))


def _entry(data: bytes, at: int) -> tuple[ArchiveEntry, int]:
    """The entry of the directory that begins at `at`, and where the next one does."""
    fields = _ENTRY.unpack_from(data, at)
    flags, size, long, extra, comment = fields[3], fields[9], fields[10], fields[11], fields[12]
    start = at + _ENTRY.size
    raw, more = data[start : start + long], data[start + long : start + long + extra]
    pieces = _pieces(more)
    if size == _UNKNOWN and len(pieces.get(_LARGE, b"")) >= 8:
        size = struct.unpack_from("<Q", pieces[_LARGE])[0]
    name = _name(raw, bool(flags & _IN_UTF8), pieces.get(_UNICODE_NAME, b""))
    return ArchiveEntry(name, size, bool(flags & _LOCKED)), start + long + extra + comment


def _pieces(extra: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        found.setdefault(kind, extra[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def _name(raw: bytes, marked: bool, unicode_name: bytes) -> str:
    """A name as its maker meant it: marked as UTF-8, or told apart from GBK, which Chinese Windows writes unmarked."""
    if len(unicode_name) > 5 and unicode_name[1:5] == struct.pack("<I", zlib.crc32(raw)):
        raw, marked = unicode_name[5:], True
    for codec in ("utf-8",) if marked else ("utf-8", "gb18030"):
        try:
            name = raw.decode(codec)
            break
        except UnicodeDecodeError:
            continue
    else:
        name = raw.decode("utf-8" if marked else "gb18030", "replace")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name[:_LONGEST_NAME])
