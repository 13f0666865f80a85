"""What a file is and whether it is safe to open: signatures and inner sizes, before any parser sees it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from desktop.domain.errors import UnreadableError

MAX_FILE = 60 * 1024 * 1024
MAX_TEXT = 6 * 1024 * 1024
_MAX_ENTRIES = 2_000
_MAX_INNER = 48 * 1024 * 1024
_MAX_XML = 16 * 1024 * 1024
# What all XML of a document takes as a tree in memory, in bytes: measured with libxml2 as much for each
# tag and each attribute, and the text itself.
_MAX_TREES = 150 * 1024 * 1024
_TAG, _ATTRIBUTE = 90, 250
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_FORMS = {".doc", ".wps", ".wpt", ".et", ".ett", ".xls", ".rtf", ".dot", ".xlt"}
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_ENCODING = re.compile(rb"""^<\?xml[^>]{0,80}?encoding\s*=\s*["']([^"']*)["']""")
# ISO/IEC 29500-2, 9.1.4: the parts of an office document are in UTF-8 or UTF-16.
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii"}
_CHUNK = 1 << 20


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
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office_form(name, path.suffix.lower(), data)
    if suffix in _OLD_FORMS:
        raise UnreadableError("plan_old_form", file=name, form=suffix)
    if suffix in {".docx", ".xlsx", ".pdf"}:
        raise UnreadableError("plan_damaged", file=name)
    if suffix not in {".txt", ".text", ".md", ""}:
        raise UnreadableError("plan_form_unknown", file=name, form=suffix)
    if len(data) > MAX_TEXT:
        raise UnreadableError("plan_too_large", file=name)
    return "txt"


def _office_form(name: str, suffix: str, data: bytes) -> str:
    """Looks into the zip: which office document it is, and that it does not unfold beyond bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > _MAX_ENTRIES or sum(e.file_size for e in entries) > _MAX_INNER:
                raise UnreadableError("plan_too_large", file=name)
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise UnreadableError("plan_encrypted", file=name)
            if any(n.lower().endswith("vbaproject.bin") for n in names):
                raise UnreadableError("plan_macros", file=name)
            form = "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
            if not form:
                raise UnreadableError("plan_form_unknown", file=name, form=suffix)
            _check_members(name, archive, entries)
            return form
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise UnreadableError("plan_damaged", file=name) from None


def _check_members(name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpacks every member that is XML, whatever its name: bounded as a tree, and without entities of its own."""
    if len({entry.filename for entry in entries}) != len(entries):
        raise UnreadableError("plan_damaged", file=name)
    trees = 0
    for entry in entries:
        with archive.open(entry) as member:
            head = member.read(_CHUNK)
            if not _is_xml(head):
                continue
            if entry.file_size > _MAX_XML:
                raise UnreadableError("plan_too_large", file=name)
            text = head + member.read()
        if text.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = text.decode("utf-16", "replace").encode()
        declared = _ENCODING.match(text.lstrip(b"\xef\xbb\xbf \t\r\n"))
        odd = declared is not None and declared[1].lower() not in _ENCODINGS
        if odd or b"\0" in text or _DOCTYPE.search(text):
            raise UnreadableError("plan_damaged", file=name)
        trees += len(text) + _TAG * text.count(b"<") + _ATTRIBUTE * text.count(b"=")
        if trees > _MAX_TREES:
            raise UnreadableError("plan_too_large", file=name)


def _is_xml(head: bytes) -> bool:
    """Whether a parser could take a member for XML: it begins like XML in some encoding, or has no text signature."""
    bare = head.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")
    # 4C 6F A7 94 is <?xm in EBCDIC, 2B 41 44 77 is < in UTF-7.
    return bare.startswith((b"<", b"\x4c\x6f\xa7\x94", b"+ADw"))
