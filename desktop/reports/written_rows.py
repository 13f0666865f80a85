"""Rows of a table written straight as SpreadsheetML: openpyxl's cells, an object each, cost several times as much.

openpyxl keeps the styles, the heading and all that stands around the table; its file then gets the rows.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from desktop.reports.cell_text import Value, clean, escaped, format_of, plain, tempting

# The day before the first in Excel's count, as it stands after its day too many.
_DAY_NOUGHT = date(1899, 12, 30)
_DIMENSION = re.compile(rb'(<dimension ref="[A-Z]+[0-9]+:)([A-Z]+)([0-9]+)(")')
# Rows in one piece: fewer would cost time, more memory.
_AT_ONCE = 100
Dress = Callable[[Any, int], None]


class WrittenRows:
    """The rows below the heading of one sheet. `dress(cell, column)` gives a cell what all of its column have.

    Where they are not `fixed`, Excel makes a row's height anew when somebody writes more into it.
    """

    def __init__(self, sheet: Any, top: int, columns: int, dress: Dress, *, fixed: bool) -> None:
        self._sheet, self._top, self._dress = sheet, top, dress
        self._letters = [get_column_letter(at + 1) for at in range(columns)]
        self._kept = ' customHeight="1"' if fixed else ""
        self._styles: dict[tuple[int, str, bool], int] = {}
        self._rows: list[Sequence[Value]] = []
        self._heights = array("d")

    def add(self, row: Sequence[Value], height: float) -> None:
        """One more row."""
        self._rows.append(row)
        self._heights.append(height)

    def into(self, xml: bytes) -> Iterator[bytes]:
        """A sheet's part with the rows below its heading, piece by piece: as a whole it may be large.

        Only when the last piece is taken does the book know every style of these rows.
        """
        end = xml.index(b"</row>", xml.index(b'<row r="%d"' % self._top)) + len(b"</row>")
        yield _DIMENSION.sub(self._wider, xml[:end], count=1)
        for start in range(0, len(self._rows), _AT_ONCE):
            rows = range(start, min(start + _AT_ONCE, len(self._rows)))
            yield "".join(map(self._row, rows)).encode()
        yield xml[end:]

    def _row(self, index: int) -> str:
        number = self._top + 1 + index
        cells = "".join(
            self._cell(at, f"{letter}{number}", plain(value))
            for at, (letter, value) in enumerate(zip(self._letters, self._rows[index], strict=True))
        )
        return f'<row r="{number}" ht="{self._heights[index]:g}"{self._kept}>{cells}</row>'

    def _wider(self, found: re.Match[bytes]) -> bytes:
        return found[1] + found[2] + b"%d" % max(int(found[3]), self._top + len(self._rows)) + found[4]

    def _cell(self, at: int, place: str, value: Value) -> str:
        if value is None or value == "":
            return f'<c r="{place}" s="{self._style(at, "", False)}"/>'
        if isinstance(value, str):
            style, text = self._style(at, "", tempting(value)), escape(escaped(clean(value)))
            return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        style = self._style(at, format_of(value), False)
        number = (value - _DAY_NOUGHT).days if isinstance(value, date) else format(value, "f")
        return f'<c r="{place}" s="{style}"><v>{number}</v></c>'

    def _style(self, at: int, number_format: str, quoted: bool) -> int:
        key = (at, number_format, quoted)
        found = self._styles.get(key)
        if found is None:
            # A cell that is in no sheet, for the number under which the book keeps its style.
            cell = Cell(self._sheet, row=1, column=1)
            self._dress(cell, at)
            if number_format:
                cell.number_format = number_format
            cell.quotePrefix = quoted
            found = self._styles[key] = cell.style_id
        return found
