"""The matrix of measures × units: one shape per cell, paged in both directions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, repeat
from math import ceil

from desktop.domain.report import STATUS_WORDS, ProgressStatus
from desktop.domain.summary import SummaryDocument, SummaryRow, UnitSummary
from desktop.reports.annexes import WIDE, Annexes, capped
from desktop.reports.line_breaking import Line
from desktop.reports.page import LEFT, RIGHT, SHORT, Area, Pages, Style
from desktop.reports.pdf_table import FRAME, HAIR, HEAD_GREY
from desktop.reports.report_text import NOT_FILLED
from desktop.reports.status_shapes import draw_hatch, draw_status

LEAST_LABEL, MOST_LABEL, LEAST_TITLE = 30.0, 64.0, 146.0
NARROWEST, WIDEST = 15.0, 54.0
NAME, TITLE, LEGEND = "进展状态一览", 22.0, 22.0
GRID = (0.45, 0.48, 0.52)
_STACK = 12
"""Most characters of a unit's name that stand one under another in the head."""


_FEW = 4
"""Fewer measures than these on a block's last page are joined by some of the page before."""
_MOST_LINES = 6


@dataclass(frozen=True)
class _Group:
    """What stays together on a page: a measure, with its section's title where it is the first of a section."""

    row: SummaryRow
    section: str
    height: float


class MatrixSetter:
    """Draws the matrix as a part of the annexes; `step` is told how many cells' rows are done, over all blocks of units."""

    def __init__(self, annexes: Annexes, document: SummaryDocument) -> None:
        faces = annexes.pages.faces
        self.annexes, self.pages, self.document = annexes, annexes.pages, document
        self.name_style = Style(faces.note, 9, 10)
        self.area = Area(0, 0, 0, 0)
        self.y = self.head = 0.0
        self._set_size(tight=False)
        widest = max((self.row_style.width(row.label) for row in document.rows), default=0.0)
        self.label = min(max(widest + 7, LEAST_LABEL), MOST_LABEL)

    def draw(self, step: Callable[[int, int], None]) -> None:
        """All blocks of units, each over all measures."""
        blocks = blocks_of(self.document.units, self._most_units())
        total, done = len(blocks) * len(self.document.rows), 0
        below, self.head = self.annexes.next_below, self.annexes.next_height
        for number, units in enumerate(blocks):
            self.units, self.block = units, (number + 1, len(blocks))
            self._measure()
            ends = number == len(blocks) - 1
            for at, page in enumerate(self._paged(number == 0, below if ends else 0.0)):
                self._start(first=number == 0 and at == 0, again=at > 0)
                for group in page:
                    if group.section:
                        self._band(group.section)
                    self._row(group.row)
                    done += 1
                    step(done, total)
                self._close()
        self.annexes.y = self.y

    def _set_size(self, tight: bool) -> None:
        faces = self.pages.faces
        size, pitch, self.least = (9.0, 11.5, 14.5) if tight else (9.5, 12.5, 17.0)
        self.row_style = Style(faces.table, size, pitch)
        self.band_style = Style(faces.strong, size, pitch)

    def _most_units(self) -> int:
        room = WIDE - self.label - LEAST_TITLE
        deepest = max((len(unit.short_name) for unit in self.document.units), default=1)
        narrowest = max(NARROWEST, ceil(deepest / _STACK) * 10 + 3)
        return max(int(room // narrowest), 1)

    def _measure(self) -> None:
        self.column = min(WIDEST, (WIDE - self.label - LEAST_TITLE) / len(self.units))
        self.title_width = WIDE - self.label - self.column * len(self.units)

    def _paged(self, first: bool, below: float) -> list[list[_Group]]:
        """The block's measures page by page: a little smaller where that saves a page of a few, else evened out.

        There is room `below` the last.
        """
        self._set_size(tight=False)
        pages = self._filled(first, below)
        if len(pages) > 1 and len(pages[-1]) < max(_FEW + 2, len(pages[0]) // 3):
            self._set_size(tight=True)
            tighter = self._filled(first, below)
            if len(tighter) < len(pages):
                return tighter
            self._set_size(tight=False)
        while len(pages) > 1 and len(pages[-1]) < _FEW and len(pages[-2]) > _FEW:
            pages[-1].insert(0, pages[-2].pop())
        return pages

    def _filled(self, first: bool, below: float) -> list[list[_Group]]:
        """As many as fit on each page, with room `below` the last."""
        whole = SHORT - LEFT - RIGHT - self._names_height() - LEGEND
        rooms = chain([whole - (self.head if first else TITLE)], repeat(whole - TITLE))
        pages: list[list[_Group]] = [[]]
        room = next(rooms)
        for group in self._groups():
            if group.height > room and pages[-1]:
                pages.append([])
                room = next(rooms)
            pages[-1].append(group)
            room -= group.height
        if room < below and len(pages[-1]) > 1:
            pages.append([pages[-1].pop()])
        return pages

    def _groups(self) -> list[_Group]:
        found, section = [], ""
        for row in self.document.rows:
            new = row.section if row.section != section else ""
            section = row.section or section
            height = self._height(row) + (self._band_height(new) if new else 0)
            found.append(_Group(row, new, height))
        return found

    def _start(self, first: bool, again: bool) -> None:
        part = f"（单位分{self.block[1]}组，第{self.block[0]}组）" if self.block[1] > 1 else ""
        if first:
            self.y = self.annexes.open(fresh=True)
            self.area = self.pages.area
        else:
            self.area = self.pages.start(landscape=True)
            text = f"{NAME}{part}{'（续）' if again else ''}"
            self.pages.text(self.area.left, self.area.top - 12, text, Style(self.pages.faces.heading, 12, 16))
            self.y = self.area.top - TITLE
        draw_legend(self.pages, self.area, self.y - 10, part if first else "")
        self.y -= LEGEND
        self._head()

    def _names_height(self) -> float:
        stacks = [_stacks(unit.short_name) for unit in self.units]
        return max([4, *(len(stack) for name in stacks for stack in name)]) * self.name_style.pitch + 8

    def _head(self) -> None:
        stacks = [_stacks(unit.short_name) for unit in self.units]
        pitch, height = self.name_style.pitch, self._names_height()
        left, style = self.area.left, self.band_style
        self._top = self.y
        self.pages.rectangles([(left, self.y - height, self.area.width, height)], HEAD_GREY)
        middle = self.y - height / 2 - style.size * 0.36
        self.pages.centred(left + self.label / 2, middle, "序号", style)
        self.pages.centred(left + self.label + self.title_width / 2, middle, "重点任务", style)
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
        return self.area.left + self.label + self.title_width + number * self.column

    def _lines(self, row: SummaryRow) -> tuple[Line, ...]:
        return capped(self.row_style, row.title, self.title_width - 7, _MOST_LINES)

    def _height(self, row: SummaryRow) -> float:
        return max(len(self._lines(row)) * self.row_style.pitch + 4, self.least)

    def _row(self, row: SummaryRow) -> None:
        lines, height = self._lines(row), self._height(row)
        style, left = self.row_style, self.area.left
        middle = self.y - height / 2
        fitting = self._fitting(row.label)
        self.pages.centred(left + self.label / 2, middle - fitting.size * 0.36, row.label, fitting)
        baseline = middle + len(lines) * style.pitch / 2 - 9.6
        for line in lines:
            self.pages.line_of_text(left + self.label + 3.5, baseline, line, self.title_width - 7, style)
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

    def _fitting(self, label: str) -> Style:
        """A measure's number is not broken: where it is too long it is set smaller."""
        style, room = self.row_style, self.label - 4
        return replace(style, size=style.size * min(room / max(style.width(label), 1), 1))

    def _section_lines(self, section: str) -> tuple[Line, ...]:
        return capped(self.band_style, section, WIDE - 7, _MOST_LINES)

    def _band_height(self, section: str) -> float:
        return len(self._section_lines(section)) * self.band_style.pitch + 4

    def _band(self, section: str) -> None:
        lines, height = self._section_lines(section), self._band_height(section)
        left = self.area.left
        self.pages.rectangles([(left, self.y - height, self.area.width, height)], HEAD_GREY)
        baseline = self.y - 11.6
        for line in lines:
            self.pages.text(left + 3.5, baseline, line.text, self.band_style)
            baseline -= self.band_style.pitch
        self.y -= height
        self.pages.rules([(left, at, self.area.right, at) for at in (self.y, self.y + height)], HAIR, GRID)

    def _box(self, height: float) -> None:
        bottom = self.y - height
        edges = [self.area.left + self.label, *(self._left_of(number) for number in range(len(self.units)))]
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


def draw_legend(pages: Pages, area: Area, y: float, note: str = "") -> None:
    """What each shape means, in words; a note at the right."""
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
    pages.flush_right(area.right, y, note, style)


def _stacks(name: str) -> list[list[str]]:
    """A name in as few columns as it needs, of nearly equal length; two digits or letters stand side by side."""
    signs = re.findall(r"[0-9A-Za-z]{1,2}|\S", name)
    count = max(ceil(len(signs) / _STACK), 1)
    length = max(ceil(len(signs) / count), 1)
    return [signs[at : at + length] for at in range(0, len(signs), length)] or [[]]
