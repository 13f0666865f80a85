"""版记 (GB/T 9704-2012, 7.4): who did the work, whom to ask, and on which day it was issued, at the foot
of a portrait page's type area.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.letter import Letter
from desktop.domain.report import People
from desktop.reports.page import LEFT, MM, RIGHT, SHORT, Area, Pages, Style

_THICK, _THIN = 0.35 * MM, 0.25 * MM
_INSET = 14.0
_PADDING = 6.0
_WIDTH = SHORT - LEFT - RIGHT - 2 * _INSET


@dataclass(frozen=True)
class FootRow:
    """Cells at even places; `last` is set flush right."""

    cells: tuple[str, ...]
    last: str = ""


class LetterFoot:
    """Groups of rows between rules, none where there is nothing to say."""

    def __init__(self, pages: Pages, people: People, who: str, issued: str) -> None:
        """`people`: whom to ask; `who` did the work or issues the paper, `issued` beside it. Empty ones are left out."""
        self.pages = pages
        self.style = Style(pages.faces.body, 14, 24)
        self.groups = [group for group in (self._people(people), self._work(who, issued)) if group]

    @classmethod
    def of_report(cls, pages: Pages, letter: Letter, people: People, day: str) -> LetterFoot:
        """承办单位, and on a red-headed paper the day of issue beside it."""
        who = f"承办单位：{letter.bureau}" if letter.bureau else letter.issuer if letter.red_head else ""
        return cls(pages, people, who, f"{day}印发" if letter.red_head else "")

    @property
    def height(self) -> float:
        rows = sum(len(group) for group in self.groups)
        return rows * self.style.pitch + _PADDING * len(self.groups) if rows else 0.0

    def set(self, area: Area) -> None:
        """Draws it: its lower rule is the type area's lower edge."""
        if not self.groups:
            return
        y: float = area.bottom + self.height
        thin: list[float] = []
        self._rule(area, y, _THICK)
        for number, group in enumerate(self.groups):
            if number:
                thin.append(y)
            baseline: float = y - 20
            for row in group:
                step = (area.width - 2 * _INSET) / max(len(row.cells), 1)
                for place, cell in enumerate(row.cells):
                    self.pages.text(area.left + _INSET + place * step, baseline, cell, self.style)
                self.pages.flush_right(area.right - _INSET, baseline, row.last, self.style)
                baseline -= self.style.pitch
            y -= len(group) * self.style.pitch + _PADDING
        for middle in thin:
            self._rule(area, middle, _THIN)
        self._rule(area, area.bottom, _THICK)

    def _rule(self, area: Area, y: float, width: float) -> None:
        self.pages.rules([(area.left, y, area.right, y)], width)

    def _people(self, people: People) -> list[FootRow]:
        named = (("填报人", people.preparer), ("审核人", people.reviewer), ("联系电话", people.phone))
        return self._rows([f"{label}：{name}" for label, name in named if name])

    def _work(self, who: str, issued: str) -> list[FootRow]:
        if not who:
            return []
        if self.style.width(who) + self.style.width(issued) + 2 * self.style.em <= _WIDTH:
            return [FootRow((who,), issued)]
        lines = [FootRow((line.text,)) for line in self.style.lines(who, _WIDTH)]
        return [*lines, FootRow((), issued)] if issued else lines

    def _rows(self, cells: list[str]) -> list[FootRow]:
        """All cells in a row where they fit, else two and two, long ones under one another."""
        # As one text, so that it is copied as one.
        row = "　　".join(cells)
        if self.style.width(row) <= _WIDTH:
            return [FootRow((row,))] if row else []
        if all(self.style.width(cell) <= _WIDTH / 2 - self.style.em for cell in cells):
            return [FootRow(tuple(cells[at : at + 2])) for at in range(0, len(cells), 2)]
        return [FootRow((line.text,)) for cell in cells for line in self.style.lines(cell, _WIDTH)]
