"""Faces inside a PDF: one subset per face, two-byte codes, and a ToUnicode map that is right for every plane.

reportlab's own embedding splits a Chinese face into subsets of 256 glyphs and writes a wrong ToUnicode map
beyond the BMP; a Type 0 font over CIDFontType2 (ISO 32000-1, 9.7) needs one font object per face.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc

from desktop.reports.fonts import REPLACEMENT, Face, Typeface

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class EmbeddedFace:
    """One face in one document: hands out codes as characters come, and writes its objects at the end."""

    def __init__(self, face: Face, number: int) -> None:
        self.face = face
        self.name = f"LT{number}"
        self.chars: list[str] = []

    def code(self, char: str) -> str:
        """The next code for a character not seen before, as four hex digits; 0 stays for "no glyph"."""
        self.chars.append(char)
        return f"{len(self.chars):04X}"

    def write(self, document: Any) -> None:
        """Adds the font to a reportlab document under its name."""
        glyphs = self.face.glyphs
        drawn = [ord(char) if ord(char) in glyphs else ord(REPLACEMENT) for char in self.chars]
        tag = "".join(chr(ord("A") + int(digit)) for digit in f"{int(self.name[2:]):06d}")
        base = f"{tag}+{self.face.parsed.name.decode('latin-1')}"
        descriptor = self.face.parsed.addSubsetObjects(document, base, drawn)
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "FontDescriptor": descriptor,
                "DW": 1000,
                "W": self._widths(drawn),
                "CIDToGIDMap": _stream(document, f"{self.name}.gid", self._glyph_map(drawn)),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"{self.name}.cid")]),
                "ToUnicode": _stream(document, f"{self.name}.unicode", _to_unicode(self.chars)),
            }
        )
        fonts = document.idToObject["BasicFonts"].dict
        fonts[self.name] = document.Reference(font, self.name)

    def _widths(self, drawn: list[int]) -> str:
        return f"[1 [{' '.join(format(self.face.advance(chr(code)), 'g') for code in drawn)}]]"

    def _glyph_map(self, drawn: list[int]) -> bytes:
        # The subset numbers its glyphs in order of first use, whatever characters share them.
        order: dict[int, int] = {0: 0}
        found = [0]
        for code in drawn:
            found.append(order.setdefault(self.face.glyphs[code], len(order)))
        return b"".join(glyph.to_bytes(2, "big") for glyph in found)


class FontBook:
    """The faces one document uses; `entry` says how a character of a typeface is shown.

    `first` numbers them: what is put into another document later needs numbers, and so subset tags, of its own.
    """

    def __init__(self, first: int = 1) -> None:
        self._first = first
        self._fonts: dict[Face, EmbeddedFace] = {}
        self._entries: dict[tuple[Face, str], tuple[str, str]] = {}
        self.missing: dict[str, None] = {}

    def entry(self, typeface: Typeface, char: str) -> tuple[str, str]:
        """The font's resource name and the character's code in it."""
        face = typeface.places[char]
        found = self._entries.get((face, char))
        if found is None:
            font = self._fonts.get(face)
            if font is None:
                font = self._fonts[face] = EmbeddedFace(face, len(self._fonts) + self._first)
            if ord(char) not in face.glyphs:
                self.missing[char] = None
            found = self._entries[face, char] = (font.name, font.code(char))
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """Readable names of the faces used, in order of first use."""
        return tuple(dict.fromkeys(face.name for face in self._fonts))

    def write(self, document: Any) -> None:
        for font in self._fonts.values():
            font.write(document)


def _to_unicode(chars: list[str]) -> bytes:
    parts = [_CMAP_HEAD]
    for start in range(0, len(chars), 100):
        block = chars[start : start + 100]
        parts.append(f"{len(block)} beginbfchar\n")
        parts += [
            f"<{start + offset + 1:04X}> <{char.encode('utf-16-be').hex().upper()}>\n"
            for offset, char in enumerate(block)
        ]
        parts.append("endbfchar\n")
    parts.append(_CMAP_TAIL)
    return "".join(parts).encode("ascii")


def _stream(document: Any, name: str, content: bytes) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    stream.filters = [pdfdoc.PDFZCompress]
    return document.Reference(stream, name)
