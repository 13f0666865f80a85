"""The head of an 上行文 (GB/T 9704-2012, 7.2 and 7.3.1): 发文机关标志, 发文字号 and 签发人 on one line, red rule, title."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.letter import Letter
from desktop.reports.page import MM, Area, Pages, Style
from desktop.reports.title_setting import title_lines

SIZE, PITCH = 16.0, 29.0
NARROW = 15.8 / 16
"""28 characters of 16 points are wider than the 156 mm of the type area."""
RED = (0.9, 0.0, 0.07)
_MARK_TOP, _MARK_SIZE, _MARK_NARROWEST, _MARK_LEAST = 35 * MM, 52.0, 0.62, 30.0
_RULE_BELOW, _RULE_WIDTH = 4 * MM, 1.4
_TEXT_LINES = 4
"""The first page shows the addressee and text, however long names and title are."""


class LetterHead:
    """Draws the head from the top of the type area; `set` returns the y below the title and its blank line."""

    def __init__(self, pages: Pages, area: Area) -> None:
        faces = pages.faces
        self.pages, self.area = pages, area
        self.title = Style(faces.title, 22, 32)
        self.body = Style(faces.body, SIZE, PITCH, narrow=NARROW)
        self.name = Style(faces.subheading, SIZE, PITCH, narrow=NARROW)

    def set(self, letter: Letter, title: tuple[str, ...], issuer: str, year: int) -> float:
        """`issuer`: the person, empty while nobody is named: then the place is left for a hand."""
        lines = title_lines(title, self.title, self.area.width)
        mark, style = self._mark(f"{letter.issuer}文件") if letter.red_head else ((), self.title)
        above, gap = self._room(len(lines), len(mark) * style.pitch, letter.red_head)
        y = self.area.top - above
        for line in mark:
            self.pages.centred(self._middle, y - style.size * 0.88, line, style)
            y -= style.pitch
        y -= gap if mark else 0
        y = self._numbered(letter, issuer, year, y)
        y -= gap
        for line in lines:
            self.pages.centred(self._middle, y - 24, line, self.title)
            y -= self.title.pitch
        return y - PITCH

    @property
    def _middle(self) -> float:
        return (self.area.left + self.area.right) / 2

    def _mark(self, text: str) -> tuple[tuple[str, ...], Style]:
        """The issuer's name in red: less wide, then smaller, then in two lines where it is long."""
        face, width = self.pages.faces.title, self.area.width
        natural = face.width(text) / 1000
        narrow = max(min(1.0, width / (natural * _MARK_SIZE)), _MARK_NARROWEST)
        size = min(_MARK_SIZE, width / (natural * narrow) * 0.999)
        style = Style(face, size, size * 1.25, RED, narrow)
        if size >= _MARK_LEAST:
            return (text,), style
        style = replace(style, size=_MARK_LEAST, pitch=_MARK_LEAST * 1.3, narrow=0.8)
        return title_lines((text[:-2], "文件"), style, width), style

    def _room(self, title: int, mark: float, red: bool) -> tuple[float, float]:
        """Blank above the name, and between the parts: as the standard says, less where that leaves no room for text."""
        gap = 2 * PITCH
        above = _MARK_TOP if red else 0.0
        gaps = 2 if mark else 1
        fixed = mark + PITCH + _RULE_BELOW + title * self.title.pitch + (1 + _TEXT_LINES) * PITCH
        short = above + gaps * gap + fixed - self.area.height
        if short <= 0:
            return above, gap
        taken = min(short, above)
        return above - taken, max(gap - (short - taken) / gaps, PITCH / 2)

    def _numbered(self, letter: Letter, issuer: str, year: int, y: float) -> float:
        """发文字号 one character from the left, 签发人 one from the right, the red rule 4 mm below."""
        number, label = letter.number, "签发人："
        # A red-headed paper gets its number when it is issued, often by hand.
        if not number and letter.red_head:
            number = f"　　　〔{year}〕　　号"
        em = self.body.em
        person = issuer or "　" * 4
        wanted = self.body.width(number) + self.body.width(label) + self.name.width(person)
        factor = min(1.0, (self.area.width - 4 * em) / wanted)
        body, name = (replace(s, narrow=s.narrow * factor) for s in (self.body, self.name))
        baseline = y - 20
        self.pages.text(self.area.left + em, baseline, number, body)
        left = self.area.right - em - name.width(person)
        self.pages.text(left - body.width(label), baseline, label, body)
        self.pages.text(left, baseline, issuer, name)
        y -= PITCH + _RULE_BELOW - 5
        if letter.red_head:
            self.pages.rules([(self.area.left, y, self.area.right, y)], _RULE_WIDTH, RED)
        return y
