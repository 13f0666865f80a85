"""Text as a cell of a workbook can hold it, and the room that it needs there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

Value = str | int | Decimal | date | None

# Excel's own bounds: a row's height in points, a column's width in digits, a cell's UTF-16 units.
TALLEST_ROW = 409.0
WIDEST_COLUMN = 250.0
LONGEST_TEXT = 32_767
CUT_MARK = "……（本格文字过长，余下部分见季报）"
# Excel keeps 15 digits of a number; a longer one is written as text rather than rounded in silence.
EXACT_DIGITS = 15
# Excel counts days from 1900, with a day too many in its first February.
_FIRST_DAY = date(1900, 3, 1)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Workbooks write a sign that XML has no place for as _x000D_; what people typed in that form is no such sign.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# With a Chinese keyboard the full-width signs begin a formula too; a first ' would be taken for the mark of text.
_BEGINS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
_LONG_WORD = re.compile("[!-~]{9,}")
# Of a line of text: so many times the size of its signs, rather more than any face at hand asks for.
_LEADING = 1.3


def clean(text: str) -> str:
    """Text as a cell may hold it: without characters XML forbids, within Excel's length, the cut told."""
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(CUT_MARK)
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore") + CUT_MARK


def escaped(text: str) -> str:
    """Text as it stands in the file, where `_x0041_` would be read as another sign (ECMA-376, ST_Xstring)."""
    return _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text


def tempting(text: str) -> bool:
    """Whether a spreadsheet would make a formula of it, or drop its first sign, once somebody confirms the cell."""
    return text.lstrip().startswith(_BEGINS_FORMULA)


def plain(value: Value) -> Value:
    """A value as Excel can hold it: what it would round, or has no day for, as text."""
    if isinstance(value, Decimal):
        exact = len(value.as_tuple().digits) <= EXACT_DIGITS and abs(value.adjusted()) < EXACT_DIGITS
        return value if exact else format(value, "f")
    if isinstance(value, date) and value < _FIRST_DAY:
        return value.isoformat()
    return value


def format_of(value: Value) -> str:
    """The number format of a figure or a day: with as many places as it was given in."""
    if isinstance(value, Decimal):
        places = max(0, -int(value.as_tuple().exponent))
        return "#,##0" + ("." + "0" * places if places else "")
    return "yyyy-mm-dd" if isinstance(value, date) else "0"


def height(cells: Iterable[tuple[Value, float, int]]) -> float:
    """Points that the tallest of (value, width in digits, size in points) needs, generously."""
    tallest = max((lines(value, width, size) * size * _LEADING for value, width, size in cells), default=0.0)
    return tallest + 6.0


def lines(value: Value, width: float, size: int) -> int:
    """How many lines a value takes in a column of that width."""
    if not isinstance(value, str):
        return 1
    pixel = size * 96 / 72
    # A digit of the default face is 7 pixels; one character of room for punctuation that may not begin a line.
    room = max(width * 7 - 4 - pixel, pixel) / pixel
    return sum(_wrapped(line, room) for line in value.split("\n"))


def line_width(text: str, size: int) -> float:
    """How wide a column must be, in digits, for a text to stand in one line."""
    pixel = size * 96 / 72
    return ((_advance(text) + 1) * pixel + 4) / 7


def _advance(text: str) -> float:
    """A text's length in full-width characters; ASCII is half as wide, and a bit."""
    return len(text) - 0.45 * len(text.encode("ascii", "ignore"))


def _wrapped(line: str, room: float) -> int:
    """Lines that one paragraph takes, `room` in full-width characters."""
    narrow = len(line.encode("ascii", "ignore"))
    advance = _advance(line)
    if advance <= room:
        return 1
    # A long word or address goes to the next line whole and leaves what was before it empty.
    lost = sum(min(len(word) * 0.55, room) for word in _LONG_WORD.findall(line)) if narrow > 8 else 0.0
    return math.ceil((advance + lost) / room)
