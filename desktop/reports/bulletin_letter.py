"""The letter of a 通报 in the form of GB/T 9704-2012 for a 下行文: no 签发人 in the head, 发文字号 in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.reports.letter_head import NARROW, PITCH, SIZE
from desktop.reports.page import MM, Colour, Pages, Style
from desktop.reports.report_text import Paragraph, chinese_date
from desktop.reports.title_setting import title_lines

RED: Colour = (0.8, 0.0, 0.0)
_BASELINE = 20.0
_SHORT = 9
"""Lines of a section that may move to the signature's page."""
_MARK_DOWN = 35 * MM
"""From the top of the type area to the issuer's name in the head (7.2.4)."""


class BulletinLetter:
    """Sets one letter from the top of a fresh portrait page."""

    def __init__(self, pages: Pages, outline: str) -> None:
        faces = pages.faces
        self.pages = pages
        self.area = pages.start(outline=outline)
        self.y = self.area.top
        self.title = Style(faces.title, 22, 32)
        self.body = Style(faces.body, SIZE, PITCH, narrow=NARROW)
        self.headings = {
            1: Style(faces.heading, SIZE, PITCH, narrow=NARROW),
            2: Style(faces.subheading, SIZE, PITCH, narrow=NARROW),
        }

    def head(self, issuer: str, number: str) -> None:
        """发文机关标志, 发文字号 and the red rule: only where there is a number, the office's own paper has its own."""
        middle = (self.area.left + self.area.right) / 2
        self.y -= _MARK_DOWN - 8
        size = min(38.0, 38.0 * self.area.width / max(Style(self.pages.faces.title, 38, 46).width(issuer), 1))
        mark = Style(self.pages.faces.title, size, size * 1.2, RED)
        self.pages.centred(middle, self.y - size * 0.9, issuer, mark)
        self.y -= mark.pitch + 2 * PITCH
        for part in self.body.lines(number, self.area.width):
            self.pages.centred(middle, self.y - _BASELINE, part.text, self.body)
            self.y -= PITCH
        line = self.y - 4 * MM
        self.pages.rules([(self.area.left, line, self.area.right, line)], 1.4, RED)
        self.y = line - PITCH

    def text(self, title: Sequence[str], addressee: str, paragraphs: Sequence[Paragraph]) -> None:
        """Title, 主送机关 and body, all but the last words, which `close` keeps with the signature."""
        middle = (self.area.left + self.area.right) / 2
        for line in title_lines(title, self.title, self.area.width):
            self.pages.centred(middle, self.y - 24, line, self.title)
            self.y -= self.title.pitch
        self.y -= PITCH * 0.75
        self._lines(f"{addressee}：", self.body, 0)
        self._body(paragraphs)

    def _body(self, paragraphs: Sequence[Paragraph]) -> None:
        for paragraph in paragraphs:
            if paragraph.heading:
                # A heading never stands alone at a page's foot.
                self._room(3 * PITCH)
            self._lines(paragraph.text, self._style(paragraph), 2)

    def _style(self, paragraph: Paragraph) -> Style:
        return self.headings.get(paragraph.heading, self.body)

    def close(self, ending: Sequence[Paragraph], annexes: Sequence[str], issuer: str, day: date) -> None:
        """The last section, annexes, and the signature block.

        Its last words stay with the seal, and the section before them where it is short: no page bears a seal
        with little more than itself.
        """
        *section, last = ending
        style = self.body
        width, indent = self.area.width, 2 * style.em
        lines = sum(len(self._style(each).lines(each.text, width, indent=indent)) for each in section)
        closing = self._closing_height(annexes, issuer)
        if lines <= _SHORT:
            self._room(lines * PITCH + closing)
        self._body(section)
        self._room(closing)
        self._lines(last.text, style, 2)
        if annexes:
            self.y -= PITCH * 0.5
            self._annexes(annexes)
        self.y -= 2 * PITCH
        self._signature(issuer, day)

    def _annex_width(self) -> float:
        return self.area.width - 6.6 * self.body.em

    def _closing_height(self, annexes: Sequence[str], issuer: str) -> float:
        listed = sum(len(self.body.lines(name, self._annex_width())) for name in annexes)
        signed = len(self.body.lines(issuer, self.area.width))
        return (1 + (listed + 0.5 if annexes else 0) + 3 + signed) * PITCH

    def _annexes(self, names: Sequence[str]) -> None:
        left, label = self.area.left, 5 * self.body.em
        self.pages.text(left + 2 * self.body.em, self.y - _BASELINE, "附件：", self.body)
        for number, name in enumerate(names, 1):
            item = f"{number}. " if len(names) > 1 else ""
            self.pages.text(left + label, self.y - _BASELINE, item, self.body)
            x = left + label + self.body.width(item)
            for line in self.body.lines(name, self._annex_width()):
                self.pages.text(x, self.y - _BASELINE, line.text, self.body)
                self.y -= PITCH

    def _signature(self, issuer: str, day: date) -> None:
        """The issuer over the date, the date four characters in, a longer name moving both to the left."""
        em, written = self.body.em, chinese_date(day)
        half = min(max(self.body.width(issuer), self.body.width(written)), self.area.width) / 2
        middle = min(self.area.right - 4 * em - self.body.width(written) / 2, self.area.right - 2 * em - half)
        middle = max(middle, self.area.left + half)
        for line in self.body.lines(issuer, self.area.width):
            self.pages.centred(middle, self.y - _BASELINE, line.text, self.body)
            self.y -= PITCH
        self.pages.centred(middle, self.y - _BASELINE, written, self.body)
        self.y -= PITCH

    def _lines(self, text: str, style: Style, indent: float) -> None:
        """A paragraph; `indent` of its first line in characters."""
        lines = style.lines(text, self.area.width, indent=indent * style.em)
        for number, line in enumerate(lines):
            together = 2 if number == 0 and len(lines) > 2 else 1
            self._room(PITCH * together)
            shift = indent * style.em if number == 0 else 0.0
            self.pages.line_of_text(
                self.area.left + shift, self.y - _BASELINE, line, self.area.width - shift, style
            )
            self.y -= PITCH

    def _room(self, height: float) -> None:
        if self.y - height < self.area.bottom - 0.5:
            self.area = self.pages.start()
            self.y = self.area.top
