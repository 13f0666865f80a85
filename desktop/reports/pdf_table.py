"""Tables over many pages: heads repeat, rows and cells split anywhere, nothing leaves its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from desktop.reports.line_breaking import Line
from desktop.reports.page import Area, Pages, Style

PAD_X, PAD_Y = 3.5, 4.0
HAIR, FRAME = 0.5, 1.0
HEAD_GREY = (0.945, 0.953, 0.961)
LEAST_LINES = 2
"""Lines of a cell that stay together at either side of a page break."""


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True)
class Column:
    """A column's head, its width in points, and how its cells stand."""

    head: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Cell:
    """A cell's lines that are still to be set, and how."""

    lines: tuple[Line, ...]
    style: Style

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.pitch + 2 * PAD_Y if self.lines else 0.0


@dataclass(frozen=True)
class Band:
    """A row over the whole width: a section's title."""

    text: str
    style: Style


Row = tuple[str, ...] | Band


@dataclass(frozen=True)
class Table:
    """What is set: columns, and rows of texts or bands. `head_style` and `style` say how."""

    columns: tuple[Column, ...]
    head_style: Style
    style: Style

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


class TableSetter:
    """Sets one table from `y` downwards; `next_page` begins a page and says its area and where to go on."""

    def __init__(
        self, pages: Pages, table: Table, y: float, next_page: Callable[[], tuple[Area, float]]
    ) -> None:
        self.pages = pages
        self.table = table
        self.y = y
        self.area = pages.area
        self._next_page = next_page
        self._top = y
        self._fresh = True
        self._edges = _edges(table, self.area)
        self._heads = [table.head_style.lines(c.head, c.width - 2 * PAD_X + 2) for c in table.columns]
        self._head()

    def rows(self, rows: Sequence[Row], step: Callable[[int], None] = lambda done: None) -> float:
        """Sets all rows and closes the table; returns the y below it. `step` is told after each row."""
        for number, row in enumerate(rows):
            if isinstance(row, Band):
                following = rows[number + 1] if number + 1 < len(rows) else None
                self._band(row, following)
            else:
                self._row(self._cells(row))
            step(number + 1)
        self._close()
        return self.y

    def _cells(self, texts: tuple[str, ...]) -> list[Cell]:
        style = self.table.style
        return [
            Cell(style.lines(text, column.width - 2 * PAD_X), style)
            for text, column in zip(texts, self.table.columns, strict=True)
        ]

    def _row(self, cells: list[Cell], begun: bool = False) -> None:
        """Sets a row, over as many pages as it needs; what is continued says so in its first cell."""
        first = cells[0]
        while True:
            needed = max(max(cell.height for cell in cells), self._least_height())
            room = self.y - self.area.bottom
            if needed <= room:
                self._draw(cells, needed, middle=not begun)
                return
            whole_page = self._page_room()
            # A row of moderate height rather moves than splits; a tall one fills the page first.
            upper, rest = _split(cells, room)
            worth = upper is not None and (needed > whole_page * 0.45 or begun)
            if upper is None and self._fresh:
                upper, rest, worth = *_cut(cells, room), True
            if upper is not None and (worth or self._fresh):
                self._draw(upper, max(cell.height for cell in upper), middle=False)
                if not rest[0].lines:
                    rest = [_continued(first, self.table.columns[0].width - 2 * PAD_X), *rest[1:]]
                cells, begun = rest, True
            self._break()

    def _least_height(self) -> float:
        return self.table.style.pitch + 2 * PAD_Y

    def _page_room(self) -> float:
        return self._top - self.area.bottom

    def _band(self, band: Band, following: Row | None) -> None:
        """A section's title stays with at least the beginning of the row after it."""
        lines = band.style.lines(band.text, self.table.width - 2 * PAD_X)
        height = len(lines) * band.style.pitch + 2 * PAD_Y - 2
        ahead = 0.0
        if following is not None and not isinstance(following, Band):
            ahead = min(max(cell.height for cell in self._cells(following)), self._page_room() * 0.45)
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
        for cell, column, left in zip(cells, self.table.columns, self._edges, strict=False):
            style = cell.style
            text_height = len(cell.lines) * style.pitch
            down = (height - text_height) / 2 if middle else PAD_Y
            baseline = self.y - down - _rise(style)
            room = column.width - 2 * PAD_X
            for line in cell.lines:
                if column.align is Align.CENTRE:
                    x = left + column.width / 2 - line.width * style.em / 2000
                    self.pages.text(x, baseline, line.text, style)
                else:
                    self.pages.line_of_text(left + PAD_X, baseline, line, room, style)
                baseline -= style.pitch
        self._box(height, self._edges)

    def _box(self, height: float, edges: tuple[float, ...]) -> None:
        """Column rules of one row and the rule under it."""
        bottom = self.y - height
        inner = [(x, self.y, x, bottom) for x in edges[1:-1]]
        self.pages.rules([*inner, (edges[0], bottom, edges[-1], bottom)], HAIR)
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
        self._close()
        self.area, self.y = self._next_page()
        self._edges = _edges(self.table, self.area)
        self._head()


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


def _split(cells: list[Cell], room: float) -> tuple[list[Cell] | None, list[Cell]]:
    """What of a row fits in `room`, and the rest; no cell leaves a single line at either side. None: nothing does."""
    upper, rest = [], []
    for cell in cells:
        fits = int((room - 2 * PAD_Y) / cell.style.pitch)
        total = len(cell.lines)
        if fits >= total:
            fits = total
        elif total - fits < LEAST_LINES:
            fits = total - LEAST_LINES
        if fits < min(LEAST_LINES, total):
            return None, cells
        upper.append(replace(cell, lines=cell.lines[:fits]))
        rest.append(replace(cell, lines=cell.lines[fits:]))
    return upper, rest


def _continued(first: Cell, width: float) -> Cell:
    """The first cell of a row's later parts: the same words, where they are few, smaller, and 续."""
    small = replace(first.style, size=8.0, pitch=11.0)
    text = "".join(line.text for line in first.lines)
    lines = small.lines(f"{text}\n（续）", width)
    return Cell(lines if len(lines) <= 4 else lines[-1:], small)


def _cut(cells: list[Cell], room: float) -> tuple[list[Cell], list[Cell]]:
    """The same without care for single lines, for a page so short that there is no other way."""
    fits = [max(int((room - 2 * PAD_Y) / cell.style.pitch), 1) for cell in cells]
    upper = [replace(cell, lines=cell.lines[:most]) for cell, most in zip(cells, fits, strict=True)]
    return upper, [replace(cell, lines=cell.lines[most:]) for cell, most in zip(cells, fits, strict=True)]
