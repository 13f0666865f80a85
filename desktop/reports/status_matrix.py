"""The matrix of measures × units: one shape per cell, paged in both directions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import ceil

from desktop.domain.report import STATUS_WORDS, ProgressStatus, SummaryDocument, SummaryRow, UnitSummary
from desktop.reports.page import Area, Pages, Style
from desktop.reports.pdf_table import FRAME, HAIR, HEAD_GREY
from desktop.reports.report_text import NOT_FILLED
from desktop.reports.status_shapes import draw_hatch, draw_status

LABEL, LEAST_TITLE = 30.0, 146.0
NARROWEST, WIDEST = 21.0, 54.0
GRID = (0.45, 0.48, 0.52)
_STACK = 12
"""Most characters of a unit's name that stand one under another in the head."""


class MatrixSetter:
    """Draws the matrix; `step` is told how many rows are done, over all blocks of units."""

    def __init__(self, pages: Pages, document: SummaryDocument, title: str) -> None:
        faces = pages.faces
        self.pages = pages
        self.document = document
        self.title = title
        self.name_style = Style(faces.note, 9, 10)
        self.row_style = Style(faces.table, 9.5, 12.5)
        self.band_style = Style(faces.strong, 9.5, 12.5)
        self.area = Area(0, 0, 0, 0)
        self.y = 0.0

    def draw(self, step: Callable[[int], None]) -> float:
        """All blocks of units, each over all measures; returns the y below the last."""
        blocks = blocks_of(self.document.units, self._most_units())
        done = 0
        for number, units in enumerate(blocks):
            self.units = units
            self._start(first=number == 0, block=(number + 1, len(blocks)))
            section = ""
            for row in self.document.rows:
                if row.section and row.section != section:
                    section = row.section
                    self._band(section, self._height(row))
                self._row(row)
                done += 1
                step(done)
            self._close()
        return self.y

    def _most_units(self) -> int:
        room = self.pages.area.width - LABEL - LEAST_TITLE
        deepest = max((len(unit.short_name) for unit in self.document.units), default=1)
        narrowest = max(NARROWEST, ceil(deepest / _STACK) * 10 + 3)
        return max(int(room // narrowest), 1)

    def _start(self, first: bool, block: tuple[int, int]) -> None:
        self.block = block
        self.area = self.pages.start(landscape=True, outline=self.title if first else "")
        self.column = min(WIDEST, (self.area.width - LABEL - LEAST_TITLE) / len(self.units))
        self.title_width = self.area.width - LABEL - self.column * len(self.units)
        self.y = self.area.top
        part = f"（单位分{block[1]}组，第{block[0]}组）" if block[1] > 1 else ""
        self.pages.text(
            self.area.left, self.y - 12, self.title + part, Style(self.pages.faces.heading, 12, 16)
        )
        draw_legend(self.pages, self.area, self.y - 32)
        self.y -= 44
        self._head()

    def _head(self) -> None:
        stacks = [_stacks(unit.short_name) for unit in self.units]
        pitch = self.name_style.pitch
        height = max([4, *(len(stack) for name in stacks for stack in name)]) * pitch + 8
        left, style = self.area.left, self.band_style
        self._top = self.y
        self.pages.rectangles([(left, self.y - height, self.area.width, height)], HEAD_GREY)
        middle = self.y - height / 2 - style.size * 0.36
        self.pages.centred(left + LABEL / 2, middle, "序号", style)
        self.pages.centred(left + LABEL + self.title_width / 2, middle, "重点任务", style)
        for number, name in enumerate(stacks):
            centre = self._left_of(number) + self.column / 2
            for at, stack in enumerate(name):
                x = centre + (at - (len(name) - 1) / 2) * 10
                y = self.y - (height - len(stack) * pitch) / 2 - 8.4
                for sign in stack:
                    self.pages.centred(x, y, sign, self.name_style)
                    y -= pitch
        self._box(height)

    def _left_of(self, number: int) -> float:
        return self.area.left + LABEL + self.title_width + number * self.column

    def _height(self, row: SummaryRow) -> float:
        lines = self.row_style.lines(row.title, self.title_width - 7)
        return max(len(lines) * self.row_style.pitch + 4, 17)

    def _row(self, row: SummaryRow) -> None:
        lines = self.row_style.lines(row.title, self.title_width - 7)
        height = max(len(lines) * self.row_style.pitch + 4, 17)
        self._room(height)
        style, left = self.row_style, self.area.left
        middle = self.y - height / 2
        self.pages.centred(left + LABEL / 2, middle - style.size * 0.36, row.label, style)
        baseline = middle + len(lines) * style.pitch / 2 - 9.6
        for line in lines:
            self.pages.line_of_text(left + LABEL + 3.5, baseline, line, self.title_width - 7, style)
            baseline -= style.pitch
        cells = {cell.unit_code: cell for cell in row.cells}
        for number, unit in enumerate(self.units):
            cell = cells.get(unit.unit.code)
            x = self._left_of(number)
            if cell is None:
                continue
            if cell.entry is None:
                draw_hatch(self.pages, x, self.y - height, self.column, height)
            else:
                draw_status(self.pages, x + self.column / 2, middle, cell.entry.status)
        self._box(height)

    def _band(self, section: str, following: float) -> None:
        lines = self.band_style.lines(section, self.area.width - 7)
        height = len(lines) * self.band_style.pitch + 4
        self._room(height + following)
        left = self.area.left
        self.pages.rectangles([(left, self.y - height, self.area.width, height)], HEAD_GREY)
        baseline = self.y - 11.6
        for line in lines:
            self.pages.text(left + 3.5, baseline, line.text, self.band_style)
            baseline -= self.band_style.pitch
        self.y -= height
        self.pages.rules([(left, at, self.area.right, at) for at in (self.y, self.y + height)], HAIR, GRID)

    def _room(self, height: float) -> None:
        if self.y - height < self.area.bottom:
            self._close()
            self._start(first=False, block=self.block)

    def _box(self, height: float) -> None:
        bottom = self.y - height
        edges = [self.area.left + LABEL, *(self._left_of(number) for number in range(len(self.units)))]
        self.pages.rules([(x, self.y, x, bottom) for x in edges], HAIR, GRID)
        self.pages.rules([(self.area.left, bottom, self.area.right, bottom)], HAIR, GRID)
        self.y = bottom

    def _close(self) -> None:
        left, right, top, bottom = self.area.left, self.area.right, self._top, self.y
        self.pages.rules(
            [
                (left, top, right, top),
                (left, bottom, right, bottom),
                (left, top, left, bottom),
                (right, top, right, bottom),
            ],
            FRAME,
        )


def blocks_of(units: Sequence[UnitSummary], most: int) -> list[tuple[UnitSummary, ...]]:
    """Units in blocks of nearly equal size, none larger than `most`."""
    count = max(ceil(len(units) / most), 1)
    size, larger = divmod(len(units), count)
    found = []
    start = 0
    for number in range(count):
        end = start + size + (number < larger)
        found.append(tuple(units[start:end]))
        start = end
    return [block for block in found if block]


def draw_legend(pages: Pages, area: Area, y: float) -> None:
    """What each shape means, in words."""
    style = Style(pages.faces.note, 9, 12)
    x = area.left + 4
    legend = [(ProgressStatus(status), word) for status, word in STATUS_WORDS.items()]
    for status, word in [*legend, (None, NOT_FILLED)]:
        draw_status(pages, x, y + 3.2, status)
        pages.text(x + 9, y, word, style)
        x += 9 + style.width(word) + 18
    draw_hatch(pages, x - 4, y - 2, 14, 11)
    left, right, bottom, top = x - 4, x + 10, y - 2, y + 9
    corners = ((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))
    pages.rules([(*a, *b) for a, b in pairwise(corners)], HAIR, GRID)
    pages.text(x + 15, y, "季报尚未接收", style)
    x += 15 + style.width("季报尚未接收") + 18
    pages.text(x, y, "空白：未分派给该单位", style)


def _stacks(name: str) -> list[list[str]]:
    """A name in as few columns as it needs, of nearly equal length; two digits or letters stand side by side."""
    signs = re.findall(r"[0-9A-Za-z]{1,2}|\S", name)
    count = max(ceil(len(signs) / _STACK), 1)
    length = max(ceil(len(signs) / count), 1)
    return [signs[at : at + length] for at in range(0, len(signs), length)] or [[]]
