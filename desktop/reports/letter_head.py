"""The head of a paper (GB/T 9704-2012, 7.2 and 7.3.1): 发文机关标志, 发文字号, on one that goes up 签发人, red rule, title."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.reports.page import MM, Area, Pages, Style
from desktop.reports.title_setting import title_lines

SIZE, PITCH = 16.0, 29.0
NARROW = 15.8 / 16
"""28 characters of 16 points are wider than the 156 mm of the type area."""
RED = (0.9, 0.0, 0.07)
_MARK_TOP, _MARK_SIZE, _MARK_NARROWEST, _MARK_LEAST = 35 * MM, 52.0, 0.62, 30.0
_MOST_MARK = 4
"""Lines of the issuer's name; one that needs more is set smaller."""
_RULE_BELOW, _RULE_WIDTH = 4 * MM, 1.4
_TEXT_LINES = 4
"""The first page shows the addressee and text, however long names and title are."""


@dataclass(frozen=True)
class Heading:
    """What stands above the title. `mark`: 发文机关标志 in parts that stay together, none where it is not printed.

    `signer`: 签发人, empty while nobody is named: then the place is left for a hand; None on a paper that goes down,
    which has its 发文字号 in the middle. A red-headed paper that goes up gets its number when it is issued, often by
    hand: without a `number` there is room for it, in that `year`.
    """

    mark: tuple[str, ...]
    number: str
    year: int
    signer: str | None = None


class LetterHead:
    """Draws the head from the top of the type area; `set` returns the y below the title and its blank line."""

    def __init__(self, pages: Pages, area: Area) -> None:
        faces = pages.faces
        self.pages, self.area = pages, area
        self.title = Style(faces.title, 22, 32)
        self.body = Style(faces.body, SIZE, PITCH, narrow=NARROW)
        self.name = Style(faces.subheading, SIZE, PITCH, narrow=NARROW)

    def set(self, heading: Heading, title: tuple[str, ...]) -> float:
        lines = title_lines(title, self.title, self.area.width)
        mark, style = self._mark(heading.mark) if heading.mark else ((), self.title)
        above, gap = self._room(len(lines), len(mark) * style.pitch, bool(mark))
        y = self.area.top - above
        for line in mark:
            self.pages.centred(self._middle, y - style.size * 0.88, line, style)
            y -= style.pitch
        y -= gap if mark else 0
        y = self._numbered(heading, y)
        return self._titled(lines, y - gap) - PITCH

    def set_title(self, title: tuple[str, ...], pitch: float) -> float:
        """The title alone; what follows stands on the page's lines of that `pitch`."""
        lines = title_lines(title, self.title, self.area.width)
        below = self.area.top - self._titled(lines, self.area.top)
        return self.area.top - -(-(below + pitch / 2) // pitch) * pitch

    def _titled(self, lines: tuple[str, ...], y: float) -> float:
        for line in lines:
            if y - self.title.pitch < self.area.bottom:
                self.area = self.pages.start()
                y = self.area.top
            self.pages.centred(self._middle, y - 24, line, self.title)
            y -= self.title.pitch
        return y

    @property
    def _middle(self) -> float:
        return (self.area.left + self.area.right) / 2

    def _mark(self, parts: tuple[str, ...]) -> tuple[tuple[str, ...], Style]:
        """The issuer's name in red: less wide, then smaller, then in two lines and more where it is long."""
        text = "".join(parts)
        face, width = self.pages.faces.title, self.area.width
        natural = face.width(text) / 1000
        narrow = max(min(1.0, width / (natural * _MARK_SIZE)), _MARK_NARROWEST)
        size = min(_MARK_SIZE, width / (natural * narrow) * 0.999)
        style = Style(face, size, size * 1.25, RED, narrow)
        if size >= _MARK_LEAST:
            return (text,), style
        size = _MARK_LEAST
        while True:
            style = replace(style, size=size, pitch=size * 1.3, narrow=0.8)
            lines = title_lines(parts, style, width)
            if len(lines) <= _MOST_MARK:
                return lines, style
            size *= 0.9

    def _room(self, title: int, mark: float, red: bool) -> tuple[float, float]:
        """Blank above the name, and between the parts: as the standard says, less where that leaves no room for text."""
        gap = 2 * PITCH
        above = _MARK_TOP if red else 0.0
        gaps = 2 if red else 1
        fixed = mark + PITCH + _RULE_BELOW + title * self.title.pitch + (1 + _TEXT_LINES) * PITCH
        short = above + gaps * gap + fixed - self.area.height
        if short <= 0:
            return above, gap
        taken = min(short, above)
        return above - taken, max(gap - (short - taken) / gaps, PITCH / 2)

    def _numbered(self, heading: Heading, y: float) -> float:
        """发文字号 and 签发人, the red rule 4 mm below."""
        baseline = y - 20
        if heading.signer is None:
            wide = self.body.width(heading.number)
            body = self._narrowed(self.body, min(1.0, self.area.width / max(wide, 1)))
            self.pages.centred(self._middle, baseline, heading.number, body)
        else:
            self._both(heading, heading.signer, baseline)
        y -= PITCH + _RULE_BELOW - 5
        if heading.mark:
            self.pages.rules([(self.area.left, y, self.area.right, y)], _RULE_WIDTH, RED)
        return y

    def _both(self, heading: Heading, signer: str, baseline: float) -> None:
        """发文字号 one character from the left, 签发人 one from the right."""
        number, label = heading.number, "签发人："
        if not number and heading.mark:
            number = f"　　　〔{heading.year}〕　　号"
        em = self.body.em
        person = signer or "　" * 4
        wanted = self.body.width(number) + self.body.width(label) + self.name.width(person)
        factor = min(1.0, (self.area.width - 4 * em) / wanted)
        body, name = (self._narrowed(style, factor) for style in (self.body, self.name))
        self.pages.text(self.area.left + em, baseline, number, body)
        left = self.area.right - em - name.width(person)
        self.pages.text(left - body.width(label), baseline, label, body)
        self.pages.text(left, baseline, signer, name)

    @staticmethod
    def _narrowed(style: Style, factor: float) -> Style:
        return replace(style, narrow=style.narrow * factor)
