"""A TrueType file as reportlab's subsetting needs it, read piece by piece as it is asked for.

reportlab reads the whole file and makes objects of every glyph (25 MB and 60 ms for a Chinese face); here tables stay
arrays, and of the outlines only those are read that a document uses: mapped into memory they would count with all their
neighbours. Of a collection (.ttc) the first font is read.
"""

from __future__ import annotations

import operator
import os
import struct
import weakref
from array import array
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from desktop.reports.font_characters import CharacterMap, numbers, ranged, segmented
from desktop.reports.font_facts import read_facts

DAMAGE = (TTFError, OSError, ValueError, LookupError, TypeError, AttributeError, struct.error)
"""What reading a file that is no usable TrueType font may raise; reportlab raises AttributeError for a font without a name."""


class LazyFace(TTFontFace):  # type: ignore[misc]
    """Raises one of DAMAGE on what is no usable TrueType font."""

    def __init__(self, path: Path) -> None:
        self._ttf_data = _Pieces(path)
        super().__init__(str(path))

    def readFile(self, f: str) -> None:
        """Points the parser at the file's bytes."""
        self.filename, self._pos = f, 0

    def extractInfo(self, charInfo: int = 1) -> None:
        """Everything that subsetting asks for, by our own reading; reportlab refuses names that are not English."""
        size = len(self._ttf_data)
        for tag, record in self.table.items():
            if record["offset"] + record["length"] > size:
                raise TTFError(f"{tag}: cut off")
        facts = read_facts(self.get_table, Path(self.filename).stem)
        self.name = facts.name.encode("ascii")
        self.numGlyphs, self.flags, self.stemV = facts.glyphs, facts.flags, facts.stem
        self._scale = 1000 / facts.units
        self.bbox = [self._pdfScale(edge) for edge in facts.box]
        self.ascent, self.descent = self._pdfScale(facts.ascent), self._pdfScale(facts.descent)
        self.capHeight, self.italicAngle = self._pdfScale(facts.cap_height), facts.italic_angle
        self.charToGlyph = self._characters()
        self.glyphPos = self._places(facts.short_places)
        self.hmetrics = _Metrics(self.get_table("hmtx"), facts.full_metrics, facts.glyphs)
        self.defaultWidth = self._pdfScale(self.hmetrics[0][0])

    def _pdfScale(self, length: float) -> float:
        """A length in the font's units in thousandths of an em."""
        return length * self._scale

    def get_table(self, tag: str) -> Any:
        """A table's bytes; of the outlines a window that is read piece by piece."""
        start, length = self.get_table_pos(tag)
        return _Window(self._ttf_data, start) if tag == "glyf" else self._ttf_data[start : start + length]

    def advance(self, code: int) -> float:
        """Of a code point's glyph, in thousandths of an em."""
        return self._pdfScale(self.hmetrics[self.charToGlyph[code]][0])

    def ink(self, code: int) -> tuple[float, float]:
        """From where to where a code point's glyph is inked, in thousandths of an em; (0, 0) for none."""
        glyph = self.charToGlyph[code]
        start, end = self.glyphPos[glyph], self.glyphPos[glyph + 1]
        if end - start < 10:
            return 0.0, 0.0
        _, left, _, right, _ = struct.unpack(">5h", self.get_table("glyf")[start : start + 10])
        return self._pdfScale(left), self._pdfScale(right)

    def _places(self, short: bool) -> array[int]:
        """Where in the outlines each glyph begins, and where the last ends."""
        found = numbers("H" if short else "I", self.get_table("loca"))
        places = array("I", (place * 2 for place in found)) if short else found
        if len(places) <= self.numGlyphs:
            raise TTFError("loca: too short")
        used = places[: self.numGlyphs + 1]
        if any(map(operator.gt, used, used[1:])) or used[-1] > self.get_table_pos("glyf")[1]:
            raise TTFError("loca: outlines out of order")
        return places

    def _characters(self) -> CharacterMap:
        """Code point to glyph, by the map that reaches beyond the BMP where there is one."""
        table = self.get_table("cmap")
        count = struct.unpack(">H", table[2:4])[0]
        maps = {}
        for at in range(count):
            platform, encoding, offset = struct.unpack(">HHL", table[4 + 8 * at : 12 + 8 * at])
            if (platform == 3 and encoding in (1, 10)) or (platform == 0 and encoding != 5):
                maps[struct.unpack(">H", table[offset : offset + 2])[0]] = offset
        if 12 in maps:
            return segmented(table[maps[12] :], self.numGlyphs)
        if 4 in maps:
            return ranged(table[maps[4] :], self.numGlyphs)
        raise TTFError("cmap: no map of Unicode")


class _Pieces:
    """A file's bytes, read when they are asked for; nothing of it stays in memory."""

    def __init__(self, path: Path) -> None:
        file = path.open("rb", buffering=0)
        weakref.finalize(self, file.close)
        self._file, self._size = file, os.fstat(file.fileno()).st_size
        # A document may be set while another one is looked at.
        self._lock = Lock()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(self._size)
        with self._lock:
            self._file.seek(start)
            return self._file.read(max(stop - start, 0))


class _Window:
    """Part of a file, sliced without reading the whole."""

    def __init__(self, data: _Pieces, start: int) -> None:
        self.data, self.start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self.data[self.start + part.start : self.start + part.stop]


class _Metrics:
    """Advance and left bearing by glyph, in the font's units."""

    def __init__(self, table: bytes, full: int, glyphs: int) -> None:
        self.numbers, self.full = numbers("H", table), full
        if len(self.numbers) < full + max(glyphs, full):
            raise TTFError("hmtx: too short")

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self.full:
            return self.numbers[2 * glyph], self.numbers[2 * glyph + 1]
        return self.numbers[2 * self.full - 2], self.numbers[self.full + glyph]
