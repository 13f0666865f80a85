"""Which glyph a font has for a code point (OpenType `cmap`, formats 4 and 12), in a hundredth of a dict's room."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from reportlab.pdfbase.ttfonts import TTFError

_LAST_CODE = 0x10FFFF
_SPACES = {0x20: 0xA0, 0xA0: 0x20}


class CharacterMap(Mapping[int, int]):
    """Code point to glyph, without those that only point to the empty box or to no glyph at all.

    A space stands for the other one where a font has only one of U+0020 and U+00A0.
    """

    def __init__(self, runs: Iterable[tuple[range, Iterable[int]]], glyphs: int) -> None:
        """`runs`: code points in rising order, each with its glyph. Raises TTFError where they do not rise."""
        self._codes, self._glyphs = array("I"), array("I")
        before = -1
        for codes, numbers in runs:
            if codes and codes[0] <= before:
                raise TTFError("cmap: code points out of order")
            before = codes[-1] if codes else before
            self._codes.extend(codes)
            self._glyphs.extend(numbers)
        if len(self._codes) != len(self._glyphs):
            raise TTFError("cmap: cut off")
        if self._glyphs and not 0 < min(self._glyphs) <= max(self._glyphs) < glyphs:
            kept = [at for at, glyph in enumerate(self._glyphs) if 0 < glyph < glyphs]
            self._codes = array("I", (self._codes[at] for at in kept))
            self._glyphs = array("I", (self._glyphs[at] for at in kept))
        self._spaces = {
            code: self._glyph(other)
            for code, other in _SPACES.items()
            if self._glyph(code) == 0 and self._glyph(other) > 0
        }

    def __getitem__(self, code: int) -> int:
        found = self._glyph(code) or self._spaces.get(code, 0)
        if not found:
            raise KeyError(code)
        return found

    def __iter__(self) -> Iterator[int]:
        yield from self._codes
        yield from self._spaces

    def __len__(self) -> int:
        return len(self._codes) + len(self._spaces)

    def _glyph(self, code: int) -> int:
        at = bisect_left(self._codes, code)
        return self._glyphs[at] if at < len(self._codes) and self._codes[at] == code else 0


def numbers(code: str, data: bytes) -> array[int]:
    """Big-endian numbers of two (`H`) or four (`I`) bytes."""
    size = 2 if code == "H" else 4
    found = array(code, data[: len(data) // size * size])
    if sys.byteorder == "little":
        found.byteswap()
    return found


def segmented(table: bytes, glyphs: int) -> CharacterMap:
    """Format 12: groups of consecutive code points. Raises TTFError or struct.error on what is none."""
    count = struct.unpack(">L", table[12:16])[0]
    groups = numbers("I", table[16 : 16 + 12 * count])

    def runs() -> Iterator[tuple[range, Iterable[int]]]:
        for at in range(0, len(groups) - 2, 3):
            first, last, glyph = groups[at : at + 3]
            if first > last or last > _LAST_CODE or last - first > 0xFFFF or glyph > 0xFFFF:
                raise TTFError("cmap: a group out of order")
            yield range(first, last + 1), range(glyph, glyph + last - first + 1)

    return CharacterMap(runs(), glyphs)


def ranged(table: bytes, glyphs: int) -> CharacterMap:
    """Format 4: segments of the BMP, by a difference or by a list of glyphs. Raises TTFError or struct.error on what is none."""
    length, _, twice = struct.unpack(">3H", table[2:8])
    words, count = numbers("H", table[: max(length, 16)] if length else table), twice // 2
    ends, starts = words[7 : 7 + count], words[8 + count : 8 + 2 * count]
    deltas, offsets = words[8 + 2 * count : 8 + 3 * count], words[8 + 3 * count : 8 + 4 * count]

    def runs() -> Iterator[tuple[range, Iterable[int]]]:
        for at, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
            codes = range(first, last + 1)
            if offset == 0:
                yield codes, ((code + delta) & 0xFFFF for code in codes)
                continue
            place = 8 + 3 * count + at + offset // 2
            listed = words[place : place + last - first + 1]
            # What the table has no number for is no glyph.
            yield codes[: len(listed)], ((glyph + delta) & 0xFFFF if glyph else 0 for glyph in listed)

    return CharacterMap(runs(), glyphs)
