"""The report's data inside its PDF, written and read: one associated file (ISO 32000-2, 14.13), within bounds.

So paper and data cannot disagree: both lie under the same first signature.
"""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any

from pyhanko.pdf_utils import embed
from pyhanko.pdf_utils.generic import pdf_name

from desktop.domain.errors import RefusedError

_NAME = "report.json"
_LIMIT = 20 * 1024 * 1024


def require_fits(report_json: bytes) -> None:
    """Raises RefusedError(`report_too_large`, size, limit in bytes)."""
    if len(report_json) > _LIMIT:
        raise RefusedError("report_too_large", size=len(report_json), limit=_LIMIT)


def attach(writer: Any, report_json: bytes, at: datetime) -> None:
    """Puts the data into the document that `writer` is writing; `at` is in UTC."""
    content = embed.EmbeddedFileObject.from_file_data(
        writer,
        report_json,
        mime_type="application/json",
        params=embed.EmbeddedFileParams(creation_date=at, modification_date=at),
    )
    embed.embed_file(writer, embed.FileSpec(_NAME, _NAME, content, None, pdf_name("/Data")))


def read_attachment(reader: Any) -> tuple[bytes | None, tuple[str, ...]]:
    """The one file of the one name, unpacked within bounds; or what is wrong with it."""
    if "/AF" not in reader.root:
        return None, ()
    associated = [entry.get_object() for entry in reader.root["/AF"]]
    if len(associated) != 1 or associated[0]["/UF"] != _NAME:
        return None, ("attachment_wrong",)
    if associated[0].get("/AFRelationship") != "/Data":
        return None, ("attachment_wrong",)
    stream = associated[0]["/EF"]["/UF"]
    kind = stream.get("/Filter")
    kinds = [kind] if isinstance(kind, str) else list(kind or ())
    if kinds not in ([], ["/FlateDecode"]) or "/DecodeParms" in stream:
        return None, ("attachment_wrong",)
    packed = bytes(stream.encoded_data)
    if not kinds:
        return (packed, ()) if len(packed) <= _LIMIT else (None, ("attachment_too_large",))
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, _LIMIT)
    if unpacking.unconsumed_tail or unpacking.decompress(b"", 1):
        return None, ("attachment_too_large",)
    return (content, ()) if unpacking.eof else (None, ("attachment_wrong",))
