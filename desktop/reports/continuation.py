"""Rows whose text is taller than a row may be go on in the next row, so that neither screen nor paper cuts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Protocol

from desktop.reports.cell_text import TALLEST_ROW, Value, height

CONTINUED = "（续）"
# Where a text may be parted, the best first; looked for in the last third of what fits.
_BREAKS = ("\n", "。", "；;", "，,、")


class Layout(Protocol):
    """What must be known of a column."""

    @property
    def size(self) -> int: ...
    @property
    def again(self) -> str: ...


def continued(
    columns: Sequence[Layout], widths: Sequence[float], rows: Sequence[Sequence[Value]]
) -> Iterator[tuple[Value, ...]]:
    """The rows, those too tall in pieces that joined give the text again.

    A column with `again` = `same` has its value in every piece, `marked` with （续）; the others only what goes on.
    """
    for row in rows:
        cells = [
            pieces(value, width, column.size) if isinstance(value, str) and not column.again else (value,)
            for value, width, column in zip(row, widths, columns, strict=True)
        ]
        for number, piece in enumerate(zip_longest(*cells)):
            yield tuple(piece) if number == 0 else tuple(map(_going_on, columns, row, piece))


def _going_on(column: Layout, value: Value, piece: Value) -> Value:
    if not column.again:
        return piece
    return f"{value}{CONTINUED}" if column.again == "marked" else value


def pieces(text: str, width: float, size: int) -> tuple[str, ...]:
    """A text in parts that each fit the tallest row of a column; joined they are the text."""
    found = []
    while not _fits(text, width, size):
        end = _parting(text, _longest(text, width, size))
        found.append(text[:end])
        text = text[end:]
    return (*found, text)


def _fits(text: str, width: float, size: int) -> bool:
    return height([(text, width, size)]) <= TALLEST_ROW


def _longest(text: str, width: float, size: int) -> int:
    """How many characters fit at most, at least one."""
    low, high = 1, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        if _fits(text[:middle], width, size):
            low = middle
        else:
            high = middle
    return low


def _parting(text: str, end: int) -> int:
    """The best place at or before `end`: after a line, a sentence, a clause; else where the room ends."""
    for signs in _BREAKS:
        found = max(text.rfind(sign, end * 2 // 3, end) for sign in signs)
        if found >= 0:
            return found + 1
    return end
