"""What a file is and whether it is safe to open: signatures and inner sizes, before any parser sees it."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from desktop.domain.errors import UnreadableError

MAX_FILE = 60 * 1024 * 1024
MAX_TEXT = 8 * 1024 * 1024
_MAX_ENTRIES = 2_000
_MAX_INNER = 48 * 1024 * 1024
_MAX_XML = 16 * 1024 * 1024
_MAX_STREAM = 24 * 1024 * 1024
_MAX_STREAMS = 96 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_FORMS = {".doc", ".wps", ".wpt", ".et", ".ett", ".xls", ".rtf", ".dot", ".xlt"}
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00D\x00O\x00C\x00T|\x00<\x00!\x00D\x00O\x00C", re.I)


def form_of(path: Path, data: bytes) -> str:
    """`docx`, `xlsx`, `pdf` or `txt`, told by the bytes and not by the name.

    Raises UnreadableError: plan_empty, plan_too_large, plan_old_form, plan_encrypted, plan_macros,
    plan_damaged, plan_form_unknown.
    """
    name, suffix = path.name, path.suffix.lower()
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("plan_empty", file=name)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableError("plan_encrypted", file=name)
        raise UnreadableError("plan_old_form", file=name, form=suffix or ".doc")
    if data.startswith(b"{\\rtf"):
        raise UnreadableError("plan_old_form", file=name, form=".rtf")
    if b"%PDF-" in data[:1024]:
        _check_pdf(name, data)
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office_form(name, path)
    if suffix in _OLD_FORMS:
        raise UnreadableError("plan_old_form", file=name, form=suffix)
    if suffix in {".docx", ".xlsx", ".pdf"}:
        raise UnreadableError("plan_damaged", file=name)
    if suffix not in {".txt", ".text", ".md", ""}:
        raise UnreadableError("plan_form_unknown", file=name, form=suffix)
    if len(data) > MAX_TEXT:
        raise UnreadableError("plan_too_large", file=name, limit_mb=MAX_TEXT >> 20)
    return "txt"


def _office_form(name: str, path: Path) -> str:
    """Looks into the zip: which office document it is, and that it does not unfold beyond bounds."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > _MAX_ENTRIES or sum(e.file_size for e in entries) > _MAX_INNER:
                raise UnreadableError("plan_too_large", file=name, limit_mb=_MAX_INNER >> 20)
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise UnreadableError("plan_encrypted", file=name)
            if any(n.lower().endswith("vbaproject.bin") for n in names):
                raise UnreadableError("plan_macros", file=name)
            form = "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
            if not form:
                raise UnreadableError("plan_form_unknown", file=name, form=path.suffix.lower())
            _check_members(name, archive, entries)
            return form
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise UnreadableError("plan_damaged", file=name) from None


def _check_members(name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpacks every member within its bounds: declared sizes may lie, and no XML may bring its own entities."""
    if len({entry.filename for entry in entries}) != len(entries):
        raise UnreadableError("plan_damaged", file=name)
    for entry in entries:
        is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        limit = _MAX_XML if is_xml else _MAX_INNER
        with archive.open(entry) as member:
            head = member.read(limit + 1) if is_xml else b""
            if len(head) > limit or entry.file_size > limit:
                raise UnreadableError("plan_too_large", file=name, limit_mb=limit >> 20)
            if is_xml and _DOCTYPE.search(head):
                raise UnreadableError("plan_damaged", file=name)


def _check_pdf(name: str, data: bytes) -> None:
    """Unfolds every compressed stream within bounds: half a megabyte of PDF can hold half a gigabyte."""
    total = 0
    for match in re.finditer(rb"stream\r?\n", data):
        unfolded = _unfolded(data, match.end())
        total += unfolded
        if unfolded > _MAX_STREAM or total > _MAX_STREAMS:
            raise UnreadableError("plan_too_large", file=name, limit_mb=_MAX_STREAMS >> 20)


def _unfolded(data: bytes, start: int) -> int:
    """Bytes that a deflated stream unfolds to, counted no further than the bound; 0 where it is not deflated."""
    unpack, size, at = zlib.decompressobj(), 0, start
    try:
        while not unpack.eof and (unpack.unconsumed_tail or at < len(data)) and size <= _MAX_STREAM:
            chunk = unpack.unconsumed_tail or data[at : (at := at + 65536)]
            size += len(unpack.decompress(chunk, 1 << 20))
    except zlib.error:
        return size
    return size
