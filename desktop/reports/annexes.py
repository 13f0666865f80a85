"""The parts that follow a bulletin's letter, on landscape pages; without a letter they are the document itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.reports.annex_head import HEAD_HEIGHT, set_annex_head
from desktop.reports.line_breaking import Line
from desktop.reports.page import BOTTOM, LONG, TOP, Area, Pages, Style
from desktop.reports.pdf_table import Column, Table, TableSetter
from desktop.reports.title_setting import title_lines

_ORDINALS = "一二三四五六七八九"
WIDE = LONG - TOP - BOTTOM
"""The width of a landscape page's type area."""
_TITLE_HEIGHT = 22.0
"""Of a part's title where it is no annex."""


def capped(style: Style, text: str, width: float, most: int) -> tuple[Line, ...]:
    """A heading's lines; one that no reader could take in at a glance is cut, it stands in full in the data."""
    lines = style.lines(text, width)
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], *style.lines(f"{lines[most - 1].text[:-2]}…", width)[:1])


class Annexes:
    """Opens one part after another. With a letter each is an 附件 on a page of its own, else they follow each other."""

    def __init__(
        self, pages: Pages, titles: Sequence[str], letter: bool, head: Sequence[str], below: float = 0.0
    ) -> None:
        """`below`: the room that the last part leaves under it."""
        self.pages = pages
        self.y = 0.0
        self._opened, self._below = 0, below
        self._titles, self._letter, self._head = titles, letter, head
        self._numbers: Iterator[int] = iter(range(len(titles)))

    def open(self, needed: float = 160.0, fresh: bool = False) -> float:
        """Sets the next part's title; returns the y below it. `needed` is the room that should follow on the page."""
        number = next(self._numbers)
        self._opened = number + 1
        title = self._titles[number]
        if self._letter:
            return self._annex(number, title)
        words = f"{_ORDINALS[number]}、{title}"
        if number == 0:
            self._document_title(words)
        elif fresh or self.y - self.pages.area.bottom < needed + self.below:
            self.y = self.pages.start(landscape=True, outline=words).top
        else:
            self.y -= 18
        self.pages.text(self.pages.area.left, self.y - 12, words, Style(self.pages.faces.heading, 12, 16))
        self.y -= _TITLE_HEIGHT
        return self.y

    @property
    def next_height(self) -> float:
        """What the head of the part that is opened next takes of a fresh page."""
        if self._letter:
            return HEAD_HEIGHT
        style, lines = self._title_lines()
        return _TITLE_HEIGHT + (0.0 if self._opened else 12 + len(lines) * style.pitch)

    @property
    def below(self) -> float:
        """The room that the part which is open leaves under it."""
        return self._below if self._opened == len(self._titles) else 0.0

    @property
    def next_below(self) -> float:
        """The room that the part which is opened next leaves under it."""
        return self._below if self._opened + 1 == len(self._titles) else 0.0

    def _annex(self, number: int, title: str) -> float:
        label = f"附件{number + 1}" if len(self._titles) > 1 else "附件"
        self.pages.start(landscape=True, outline=f"{label}　{title}")
        self.y = set_annex_head(self.pages, label, (title,))
        return self.y

    def _document_title(self, outline: str) -> None:
        area = self.pages.start(landscape=True, outline=outline)
        style, lines = self._title_lines()
        self.y = area.top - 4
        for line in lines:
            self.pages.centred((area.left + area.right) / 2, self.y - 22, line, style)
            self.y -= style.pitch
        self.y -= 8

    def _title_lines(self) -> tuple[Style, tuple[str, ...]]:
        style = Style(self.pages.faces.title, 22, 31)
        return style, title_lines(self._head, style, WIDE)

    def paragraph(self, text: str, size: float = 12.0, pitch: float = 20.0) -> float:
        """Words above or under a table, over as many pages as they need; returns the y below."""
        style = Style(self.pages.faces.body, size, pitch)
        for number, line in enumerate(style.lines(text, self.pages.area.width, indent=2 * size)):
            if self.y - pitch < self.pages.area.bottom:
                self.y = self.pages.start(landscape=True).top
            shift = 2 * size if number == 0 else 0.0
            area = self.pages.area
            self.pages.line_of_text(area.left + shift, self.y - pitch * 0.75, line, area.width - shift, style)
            self.y -= pitch
        self.y -= 4
        return self.y

    def table(self, columns: Sequence[Column]) -> TableSetter:
        """A table from here; the column of width 0 takes what the others leave."""
        rest = self.pages.area.width - sum(column.width for column in columns)
        made = tuple(
            column if column.width else Column(column.head, rest, column.align) for column in columns
        )
        faces = self.pages.faces
        table = Table(made, Style(faces.strong, 10.5, 15), Style(faces.table, 10.5, 15))
        return TableSetter(self.pages, table, self.y, self.next_page, self.below)

    def next_page(self) -> tuple[Area, float]:
        following = self.pages.start(landscape=True)
        return following, following.top
