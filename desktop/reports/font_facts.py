"""What a TrueType file says of the whole font: name, size, weight, metrics, and whether it may be embedded (OpenType 1.9)."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.pdfbase.ttfonts import FF_FIXED, FF_FORCEBOLD, FF_ITALIC, FF_SYMBOLIC, TTFError

_RESTRICTED, _NO_SUBSET_OR_BITMAPS = 0x0002, 0x0300
_USAGE = 0x000F
_MAGIC = 0x5F0F3CF5
_UNSPEAKABLE = re.compile(r"[^A-Za-z0-9._+-]")
_POSTSCRIPT, _FULL, _FAMILY = 6, 4, 1


class EmbeddingForbidden(TTFError):  # type: ignore[misc]
    """The font's maker does not allow that a document carries a subset of it (OS/2, fsType)."""


@dataclass(frozen=True)
class FontFacts:
    """Lengths in the font's units, of which an em has `units`; `flags` and `stem` as a PDF's descriptor wants them."""

    name: str
    units: int
    box: tuple[int, int, int, int]
    short_places: bool
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    flags: int
    stem: int
    full_metrics: int
    glyphs: int


def read_facts(table: Callable[[str], bytes], stem: str) -> FontFacts:
    """`table` gives a table's bytes or raises KeyError; `stem` names what has no name of its own.

    Raises EmbeddingForbidden; TTFError, struct.error, LookupError on what is no usable TrueType font.
    """
    head = table("head")
    if struct.unpack(">L", head[12:16])[0] != _MAGIC:
        raise TTFError("head: no font")
    units = struct.unpack(">H", head[18:20])[0]
    if not units:
        raise TTFError("head: an em of nothing")
    left, bottom, right, top = struct.unpack(">4h", head[36:44])
    weight, ascent, descent, cap = _measures(table, top, bottom)
    post, hhea = table("post"), table("hhea")
    whole, part = struct.unpack(">hH", post[4:8])
    full = struct.unpack(">H", hhea[34:36])[0]
    if not full or struct.unpack(">h", hhea[32:34])[0]:
        raise TTFError("hhea: no widths")
    angle = whole + part / 65536
    flags = FF_SYMBOLIC | (FF_ITALIC if angle else 0) | (FF_FORCEBOLD if weight >= 600 else 0)
    flags |= FF_FIXED if struct.unpack(">L", post[12:16])[0] else 0
    return FontFacts(
        name=_name(table("name"), stem),
        units=units,
        box=(left, bottom, right, top),
        short_places=struct.unpack(">h", head[50:52])[0] == 0,
        ascent=ascent,
        descent=descent,
        cap_height=cap,
        italic_angle=angle,
        flags=flags,
        stem=50 + int((weight / 65) ** 2),
        full_metrics=full,
        glyphs=struct.unpack(">H", table("maxp")[4:6])[0],
    )


def _measures(table: Callable[[str], bytes], top: int, bottom: int) -> tuple[int, int, int, int]:
    """Weight, ascent, descent and the height of capitals, by OS/2; fonts of Apple's may have none."""
    try:
        metrics = table("OS/2")
    except KeyError:
        return 500, top, bottom, top
    version, _, weight, _, allowed = struct.unpack(">HhHHH", metrics[:10])
    # Of several permissions the widest holds; a restricted font has no other.
    if allowed & _USAGE == _RESTRICTED or allowed & _NO_SUBSET_OR_BITMAPS:
        raise EmbeddingForbidden(f"OS/2: fsType {allowed:#06x}")
    ascent, descent = struct.unpack(">2h", metrics[68:72])
    cap = struct.unpack(">h", metrics[88:90])[0] if version > 1 else ascent
    return weight, ascent, descent, cap


def _name(table: bytes, stem: str) -> str:
    """A name that PostScript can say: the font's own, in whatever language it stands; else the file's, else any."""
    count, begin = struct.unpack(">2H", table[2:6])
    found: dict[int, str] = {}
    for at in range(count):
        record = struct.unpack(">6H", table[6 + 12 * at : 18 + 12 * at])
        platform, _, _, kind, length, offset = record
        text = table[begin + offset : begin + offset + length]
        said = text.decode("latin-1" if platform == 1 else "utf-16-be", "replace")
        if name := _UNSPEAKABLE.sub("", said.replace(" ", "-")).strip("-"):
            found.setdefault(kind, name)
    own = next((found[kind] for kind in (_POSTSCRIPT, _FULL, _FAMILY) if kind in found), "")
    return own or _UNSPEAKABLE.sub("", stem) or "Font"
