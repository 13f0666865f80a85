"""Tables over many pages: heads repeat, rows and cells split anywhere, rows share cells, nothing leaves its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop.reports.line_breaking import Line
from desktop.reports.page import Area, Pages, Style
from desktop.reports.table_cells import PAD_X, PAD_Y, Cell, Drawn, continued, cut, split
from desktop.reports.table_parts import ENDING, Align, Band, Column, Row, Table, Texts, Together, company

__all__ = ["Align", "Band", "Column", "Row", "Table", "TableSetter", "Texts", "Together"]

HAIR, FRAME = 0.5, 1.0
HEAD_GREY = (0.945, 0.953, 0.961)
MOST_SHARED = 6
"""Lines up to which a text may stand in a cell over several rows: it must fit where they begin on a page."""

_MODERATE = 0.45
"""Share of a page up to which a row rather moves than splits."""


class TableSetter:
    """Sets one table from `y` downwards; `next_page` begins a page and says its area and where to go on.

    `below`: the room that its end leaves on the page for what comes after it.
    """

    def __init__(
        self,
        pages: Pages,
        table: Table,
        y: float,
        next_page: Callable[[], tuple[Area, float]],
        below: float = 0.0,
    ) -> None:
        self.pages = pages
        self.table = table
        self.y = y
        self.area = pages.area
        self._next_page = next_page
        self._below = below
        self._top = y
        self._fresh = True
        self._shared: dict[int, Cell] = {}
        self._shared_top: float | None = None
        self._edges = _edges(table, self.area)
        self._heads = [table.head_style.lines(c.head, c.width - 2 * PAD_X + 2) for c in table.columns]
        self._head()

    def rows(self, rows: Sequence[Row], step: Callable[[int], None] = lambda done: None) -> float:
        """Sets all rows and closes the table; returns the y below it. `step` is told after each row.

        The last line does not stand alone on a page: the one before it goes along.
        """
        for number, row in enumerate(rows):
            ending = rows[number:] if number >= len(rows) - ENDING else ()
            line, after = company(ending, self._least)
            after += self._below if after else 0.0
            below = self._below if number == len(rows) - 1 else 0.0
            if isinstance(row, Band):
                first, more = company(ending[1:], self._least)
                following = rows[number + 1] if number + 1 < len(rows) else None
                kept = more + self._below if first == 0 else self._below if number + 2 == len(rows) else 0.0
                self._band(row, following, kept)
            elif isinstance(row, Together):
                self._together(row, line, after, below)
            else:
                self._row(self._cells(row), after, below)
            step(number + 1)
        self._close()
        return self.y

    def _cells(self, texts: Texts) -> list[Cell]:
        style = self.table.style
        return [
            Cell((), style, text)
            if isinstance(text, Drawn)
            else Cell(style.lines(text, column.width - 2 * PAD_X), style)
            for text, column in zip(texts, self.table.columns, strict=True)
        ]

    def _least(self, row: Row) -> float:
        """The height of a band, or of a row's first line."""
        if isinstance(row, Band):
            return self._band_height(row, self._band_lines(row))
        cells = self._cells(row.rows[0] if isinstance(row, Together) else row)
        return max(max(cell.height for cell in cells), self._least_height())

    def _together(self, group: Together, line: int, after: float, below: float) -> None:
        """Sets rows under one another and what they share over them; `after` is the height below its row `line`, `below`
        the one below the last.
        """
        rows = [self._cells(texts) for texts in group.rows]
        self._shared = {at: rows[0][at] for at in group.shared if len(rows[0][at].lines) <= MOST_SHARED}
        for number, cells in enumerate(rows):
            own = [replace(c, lines=()) if at in self._shared else c for at, c in enumerate(cells)]
            ends = number == len(rows) - 1
            self._row(own, after if number == line else 0.0, below if ends else 0.0)
        self._draw_shared()
        self._shared = {}

    def _draw_shared(self) -> None:
        """The shared cells from where they begin on this page down to here, with the rule below them."""
        if self._shared_top is None:
            return
        top, self._shared_top = self._shared_top, None
        for at, cell in self._shared.items():
            self._lines(cell, at, top - (top - self.y - len(cell.lines) * cell.style.pitch) / 2)
            self.pages.rules([(self._edges[at], self.y, self._edges[at + 1], self.y)], HAIR)

    def _shared_height(self) -> float:
        """What the first rows on a page must leave to the cells that they share."""
        if self._shared_top is not None:
            return 0.0
        return max((cell.height for cell in self._shared.values()), default=0.0)

    def _row(self, cells: list[Cell], after: float = 0.0, below: float = 0.0) -> None:
        """Sets a row, over as many pages as it needs; what is continued says so in its first cell.

        It moves to the next page where it fits on this one but what stands `after` it does not, or there is no room
        `below` it; a tall one is split for that room.
        """
        first, begun = cells[0], False
        while True:
            shared = self._shared_height()
            needed = max(max(cell.height for cell in cells), self._least_height(), shared)
            room, whole_page = self.y - self.area.bottom, self._page_room()
            kept = after + below
            moderate = max(needed, kept) <= self.area.height * _MODERATE
            short = needed <= room < needed + kept
            if short and moderate and not self._fresh:
                self._break()
                continue
            if short and below:
                upper, rest = split(cells, room - below) if shared <= room - below else (None, cells)
                if upper is not None and any(cell.lines for cell in rest):
                    cells, begun = self._part(upper, rest, first, shared), True
                    self._break()
                    continue
            if needed <= room:
                self._draw(cells, needed, middle=not begun)
                return
            # A row of moderate height rather moves than splits; a tall one fills the page first.
            upper, rest = split(cells, room) if shared <= room else (None, cells)
            worth = upper is not None and (needed > whole_page * _MODERATE or begun)
            if upper is None and self._fresh:
                upper, rest, worth = *cut(cells, room), True
            if upper is not None and (worth or self._fresh):
                cells, begun = self._part(upper, rest, first, shared), True
            self._break()

    def _part(self, upper: list[Cell], rest: list[Cell], first: Cell, shared: float) -> list[Cell]:
        """Draws what of a row stands on this page; returns the rest, which names the row by its `first` cell."""
        self._draw(upper, max(max(cell.height for cell in upper), shared), middle=False)
        if rest[0].lines or 0 in self._shared:
            return rest
        return [continued(first, self.table.columns[0].width - 2 * PAD_X), *rest[1:]]

    def _least_height(self) -> float:
        return self.table.style.pitch + 2 * PAD_Y

    def _page_room(self) -> float:
        return self._top - self.area.bottom

    def _band_lines(self, band: Band) -> tuple[Line, ...]:
        return band.style.lines(band.text, self.table.width - 2 * PAD_X)

    def _band_height(self, band: Band, lines: Sequence[Line]) -> float:
        return len(lines) * band.style.pitch + 2 * PAD_Y - 2

    def _band(self, band: Band, following: Row | None, after: float) -> None:
        """A section's title stays with at least the beginning of the row after it, and with `after` where that must."""
        lines = self._band_lines(band)
        height = self._band_height(band, lines)
        ahead = 0.0
        if isinstance(following, Together):
            following = following.rows[0]
        if following is not None and not isinstance(following, Band):
            ahead = min(max(cell.height for cell in self._cells(following)), self._page_room() * _MODERATE)
            ahead += after if max(ahead, after) < self.area.height * _MODERATE else 0.0
        if height + ahead > self.y - self.area.bottom and not self._fresh:
            self._break()
        left = self._edges[0]
        self.pages.rectangles([(left, self.y - height, self.table.width, height)], HEAD_GREY)
        baseline = self.y - PAD_Y + 1 - _rise(band.style)
        for line in lines:
            self.pages.line_of_text(left + PAD_X, baseline, line, self.table.width - 2 * PAD_X, band.style)
            baseline -= band.style.pitch
        # The fill has covered half of the rule above it.
        self.pages.rules([(left, self.y, self._edges[-1], self.y)], HAIR)
        self._box(height, (left, self._edges[-1]))

    def _draw(self, cells: list[Cell], height: float, middle: bool) -> None:
        if self._shared_top is None:
            self._shared_top = self.y if self._shared else None
        for at, cell in enumerate(cells):
            if cell.drawn:
                width = self.table.columns[at].width - 2 * PAD_X
                bottom = self.y - height + (height - cell.drawn.height) / 2
                cell.drawn.draw(self.pages, self._edges[at] + PAD_X, bottom, width)
            elif cell.lines:
                spare = height - len(cell.lines) * cell.style.pitch
                self._lines(cell, at, self.y - (spare / 2 if middle else PAD_Y))
        self._box(height, self._edges)

    def _lines(self, cell: Cell, at: int, top: float) -> None:
        """A cell's lines from `top` down, in the column `at`."""
        column, left, style = self.table.columns[at], self._edges[at], cell.style
        baseline = top - _rise(style)
        for line in cell.lines:
            if column.align is Align.CENTRE:
                x = left + column.width / 2 - line.width * style.em / 2000
                self.pages.text(x, baseline, line.text, style)
            else:
                self.pages.line_of_text(left + PAD_X, baseline, line, column.width - 2 * PAD_X, style)
            baseline -= style.pitch

    def _box(self, height: float, edges: tuple[float, ...]) -> None:
        """Column rules of one row and the rule under it, which leaves out what goes on over the next row."""
        bottom = self.y - height
        strokes = [(x, self.y, x, bottom) for x in edges[1:-1]]
        begin = 0
        for at in (*sorted(self._shared), len(edges) - 1):
            if at > begin:
                strokes.append((edges[begin], bottom, edges[at], bottom))
            begin = at + 1
        self.pages.rules(strokes, HAIR)
        self.y = bottom
        self._fresh = False

    def _head(self) -> None:
        style = self.table.head_style
        broken = self._heads
        height = max(len(lines) for lines in broken) * style.pitch + 2 * PAD_Y
        self._start = self.y
        left = self._edges[0]
        self.pages.rectangles([(left, self.y - height, self.table.width, height)], HEAD_GREY)
        for lines, column, x in zip(broken, self.table.columns, self._edges, strict=False):
            baseline = self.y - (height - len(lines) * style.pitch) / 2 - _rise(style)
            for line in lines:
                self.pages.centred(x + column.width / 2, baseline, line.text, style)
                baseline -= style.pitch
        self._box(height, self._edges)
        self._top = self.y
        self._fresh = True

    def _close(self) -> None:
        """The outer frame of what stands on this page."""
        left, right = self._edges[0], self._edges[-1]
        self.pages.rules(
            [
                (left, self._start, right, self._start),
                (left, self.y, right, self.y),
                (left, self._start, left, self.y),
                (right, self._start, right, self.y),
            ],
            FRAME,
        )

    def _break(self) -> None:
        if self._shared_top is not None:
            self._draw_shared()
            self._shared = {
                at: continued(cell, self.table.columns[at].width - 2 * PAD_X, MOST_SHARED)
                for at, cell in self._shared.items()
            }
        self._close()
        shared, self._shared = self._shared, {}
        self.area, self.y = self._next_page()
        self._edges = _edges(self.table, self.area)
        self._head()
        self._shared = shared


def _edges(table: Table, area: Area) -> tuple[float, ...]:
    """x of every column rule, the table centred in the area."""
    x = area.left + (area.width - table.width) / 2
    found = [x]
    for column in table.columns:
        x += column.width
        found.append(x)
    return tuple(found)


def _rise(style: Style) -> float:
    """From the top of a line's box down to its baseline: Chinese glyphs sit between +0.88 and -0.12 em."""
    return (style.pitch - style.size) / 2 + style.size * 0.88
