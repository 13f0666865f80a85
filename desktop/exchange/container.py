"""The strict canonical zip of an exchange file (ASiC-E, ETSI EN 319 162-1): one set of files, one string of bytes.

Everything is stored, in one order, with one date, no extra fields, no comments, ASCII names. The reader
walks the entries, rebuilds the bytes and demands equality, so that there is nothing in a package
that its list of files does not show.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping

from desktop.domain.errors import RefusedError, UnreadableError

MIMETYPE = b"application/vnd.etsi.asic-e+zip"
MIMETYPE_NAME = "mimetype"
MANIFEST_NAME = "META-INF/ASiCManifest001.xml"
SIGNATURE_NAME = "META-INF/signature001.p7s"
HEADER_NAME = "data/package.json"
DATA = "data/"

MAX_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 500
MAX_MANIFEST = 1024 * 1024
MAX_SIGNATURE = 64 * 1024

_DATA_FILE = re.compile(r"data/(?:[a-z][a-z0-9_-]{0,39}/)?[a-z0-9][a-z0-9_.-]{0,99}")
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION = 20
_DATE = 33  # 1 January 1980, the earliest that a zip can write


def pack(files: Mapping[str, bytes]) -> bytes:
    """The bytes of a package; `files` are named from its root, `mimetype` is added.

    Raises RefusedError: `package_too_large`(size, limit), `package_too_many_files`(count, limit);
    ValueError on a name outside the profile, which is a fault of ours.
    """
    for name in files:
        if not _fits(name):
            raise ValueError(f"{name!r} has no place in a package")
    size = sum(len(content) for content in files.values())
    if size > MAX_BYTES:
        raise RefusedError("package_too_large", size=size, limit=MAX_BYTES)
    if len(files) + 1 > MAX_ENTRIES:
        raise RefusedError("package_too_many_files", count=len(files) + 1, limit=MAX_ENTRIES)
    for name, limit in ((MANIFEST_NAME, MAX_MANIFEST), (SIGNATURE_NAME, MAX_SIGNATURE)):
        if len(files.get(name, b"")) > limit:
            raise RefusedError("package_too_large", size=len(files[name]), limit=limit)
    return b"".join(_parts(files))


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of a package, without `mimetype`.

    Raises UnreadableError: `package_not_ours` (another kind of file), `package_too_large`(size, limit),
    `package_damaged` (a package, but not as it was written).
    """
    if not looks_ours(data):
        raise UnreadableError("package_not_ours")
    if len(data) > MAX_BYTES + MAX_ENTRIES * 512:
        raise UnreadableError("package_too_large", size=len(data), limit=MAX_BYTES)
    files = dict(_walk(data))
    if not _equal(data, _parts(files)):
        raise UnreadableError("package_damaged")
    return files


def looks_ours(data: bytes) -> bool:
    """Whether the file begins as every package does; says nothing about the rest."""
    return data.startswith(_local(MIMETYPE_NAME, MIMETYPE) + MIMETYPE)


def _fits(name: str) -> bool:
    return name in (MANIFEST_NAME, SIGNATURE_NAME) or _DATA_FILE.fullmatch(name) is not None


def _walk(data: bytes) -> Iterable[tuple[str, bytes]]:
    """The stored entries after `mimetype`; only what the rebuilt bytes cannot show is checked here."""
    limits = {MANIFEST_NAME: MAX_MANIFEST, SIGNATURE_NAME: MAX_SIGNATURE}
    at = len(_local(MIMETYPE_NAME, MIMETYPE)) + len(MIMETYPE)
    count = 1
    while data[at : at + 4] == b"PK\x03\x04":
        if len(data) < at + _LOCAL.size:
            raise UnreadableError("package_damaged")
        fields = _LOCAL.unpack_from(data, at)
        size, name_length = fields[8], fields[9]
        start = at + _LOCAL.size + name_length
        name = data[at + _LOCAL.size : start].decode("ascii", errors="replace")
        if not _fits(name) or start + size > len(data):
            raise UnreadableError("package_damaged")
        if size > limits.get(name, MAX_BYTES):
            raise UnreadableError("package_too_large", size=size, limit=limits.get(name, MAX_BYTES))
        count += 1
        if count > MAX_ENTRIES:
            raise UnreadableError("package_too_large", size=count, limit=MAX_ENTRIES)
        yield name, data[start : start + size]
        at = start + size


def _equal(data: bytes, parts: Iterable[bytes]) -> bool:
    """Whether the parts in a row are the data, without building a second copy of it."""
    view, at = memoryview(data), 0
    for part in parts:
        if view[at : at + len(part)] != part:
            return False
        at += len(part)
    return at == len(data)


def _parts(files: Mapping[str, bytes]) -> Iterable[bytes]:
    """The zip piece by piece: local headers with their contents, the directory, the end record."""
    entries = [(MIMETYPE_NAME, MIMETYPE), *((name, files[name]) for name in sorted(files))]
    directory: list[bytes] = []
    offset = 0
    for name, content in entries:
        local = _local(name, content)
        directory.append(_central(name, content, offset))
        offset += len(local) + len(content)
        yield local
        yield content
    size = sum(len(record) for record in directory)
    yield from directory
    yield _END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), size, offset, 0)


def _local(name: str, content: bytes) -> bytes:
    raw = name.encode("ascii")
    size = len(content)
    fixed = _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _DATE, zlib.crc32(content), size, size, len(raw), 0)
    return fixed + raw


def _central(name: str, content: bytes, offset: int) -> bytes:
    raw = name.encode("ascii")
    size, checksum = len(content), zlib.crc32(content)
    fixed = _CENTRAL.pack(
        b"PK\x01\x02",
        _VERSION,
        _VERSION,
        0,
        0,
        0,
        _DATE,
        checksum,
        size,
        size,
        len(raw),
        0,
        0,
        0,
        0,
        0,
        offset,
    )
    return fixed + raw
