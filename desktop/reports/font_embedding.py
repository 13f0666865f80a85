"""Faces inside a PDF: one subset per face, two-byte codes, and a ToUnicode map that is right for every plane.

reportlab's own embedding splits a Chinese face into subsets of 256 glyphs and writes a wrong ToUnicode map
beyond the BMP; a Type 0 font over CIDFontType2 (ISO 32000-1, 9.7) needs one font object per face.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc

from desktop.domain.paper_faces import FaceRole, FaceUse
from desktop.reports.font_tables import DAMAGE
from desktop.reports.fonts import REPLACEMENT, DamagedFaceError, Face, Typeface

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
        self._codes: dict[str, str] = {}

    @property
    def chars(self) -> list[str]:
        """The characters in order of first use."""
        return list(self._codes)

    def code(self, char: str) -> str:
        """A character's code, as four hex digits; 0 stays for "no glyph"."""
        return self._codes.setdefault(char, f"{len(self._codes) + 1:04X}")

    def write(self, document: Any) -> None:
        """Adds the font to a reportlab document under its name. Raises DamagedFaceError(`font_unreadable`, file)."""
        glyphs = self.face.glyphs
        drawn = [ord(char) if ord(char) in glyphs else ord(REPLACEMENT) for char in self.chars]
        tag = "".join(chr(ord("A") + int(digit)) for digit in f"{int(self.name[2:]):06d}")
        base = f"{tag}+{self.face.parsed.name.decode('latin-1')}"
        try:
            descriptor = self.face.parsed.addSubsetObjects(document, base, drawn)
        except DAMAGE as error:
            raise DamagedFaceError(self.face) from error
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


class Codes(dict[int, str]):
    """How a typeface's characters (code points, for str.translate) are shown within `[<…>] TJ` under its first face, which is `font`.

    What another face draws changes to it and back; `%` stands for the size.
    """

    def __init__(self, book: FontBook, typeface: Typeface) -> None:
        super().__init__()
        self._book, self._typeface = book, typeface
        self.font = book.font(typeface.faces[0]).name

    def __missing__(self, point: int) -> str:
        char = chr(point)
        face = self._typeface.places[char]
        font = self._book.font(face)
        if point not in face.glyphs:
            self._book.missing[char] = None
        code = font.code(char)
        if font.name != self.font:
            code = f">] TJ /{font.name} % Tf [<{code}>] TJ /{self.font} % Tf [<"
        self[point] = code
        return code


class FontBook:
    """The faces one document uses; `codes` say how a typeface's characters are shown.


    `first` numbers them: what is put into another document later needs numbers, and so subset tags, of its own.
    """

    def __init__(self, first: int = 1) -> None:
        self._first = first
        self._fonts: dict[Face, EmbeddedFace] = {}
        self._codes: dict[Typeface, Codes] = {}
        self.missing: dict[str, None] = {}

    def codes(self, typeface: Typeface) -> Codes:
        found = self._codes.get(typeface)
        if found is None:
            found = self._codes[typeface] = Codes(self, typeface)
        return found

    def font(self, face: Face) -> EmbeddedFace:
        found = self._fonts.get(face)
        if found is None:
            found = self._fonts[face] = EmbeddedFace(face, len(self._fonts) + self._first)
        return found

    @property
    def uses(self) -> tuple[FaceUse, ...]:
        """The faces of each role, in the roles' order; what drew only single signs stands behind the first."""
        found = {typeface.role: (typeface, codes) for typeface, codes in self._codes.items() if codes}
        return tuple(_use(*found[role]) for role in FaceRole if role in found)

    def write(self, document: Any) -> None:
        for font in self._fonts.values():
            if not font.chars:
                # Chosen, but others drew all its characters: the pages name it all the same.
                font.code(" ")
            font.write(document)


def _use(typeface: Typeface, codes: Codes) -> FaceUse:
    drew = {typeface.places[chr(point)] for point in codes}
    first, *others = (face for face in typeface.faces if face in drew)
    return FaceUse(
        typeface.role, first.name, first.installed, typeface.lack, tuple(face.name for face in others)
    )


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
