"""What a 报告 and a 通报 have in common: paragraphs, names of annexes, issuer over date, kept together where they must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from desktop.reports.letter_head import NARROW, PITCH, SIZE
from desktop.reports.page import Pages, Style
from desktop.reports.report_text import Paragraph, chinese_date
from desktop.reports.title_setting import title_lines

Trial = TypeVar("Trial")
PITCHES = (PITCH, 28.6, 28.2, 27.7)
"""Line pitches of the body: 22 lines on a page, and down to 23."""
BASELINE = 20.0
"""From the top of a line to where its signs stand."""
_ABOVE_SEAL = 1.5
"""Lines left above the issuer's name: a seal over name and date is then less than a line below the text (7.3.5.1)."""
_TEXT = 3
"""Lines of text that fit at least on the page of a letter's end; a higher end stands by itself."""


class LetterBody:
    """Sets one letter from the top of a fresh portrait page down to `y` of its last one."""

    def __init__(self, pages: Pages, outline: str, pitch: float = PITCH) -> None:
        faces = pages.faces
        self.pitch = pitch
        self.pages = pages
        self.area = pages.start(outline=outline)
        self.y = self.area.top
        self.body = Style(faces.body, SIZE, pitch, narrow=NARROW)
        self.headings = {
            1: Style(faces.heading, SIZE, pitch, narrow=NARROW),
            2: Style(faces.subheading, SIZE, pitch, narrow=NARROW),
        }

    def text(self, addressee: str, paragraphs: Sequence[Paragraph], names: Sequence[str], end: float) -> None:
        """主送机关, body, and the names of the annexes; the last paragraph stands on the page of all that follows it.

        `end`: the height of what follows the names of the annexes.
        """
        *body, last = paragraphs
        tail = self._tail(names) + end
        # What fills a page takes no text along: it would be left with a heading alone.
        along = tail if tail <= self.area.height - _TEXT * self.pitch else 0.0
        self._lines(addressee, self.body)
        for number, paragraph in enumerate(body):
            self._paragraph(paragraph, body[number + 1 :], along)
        self._room(tail)
        self._lines(last.text, self.body, indent=2)
        if names:
            self.y -= self.pitch
            self._annexes(names)
        self.y -= self.pitch * _ABOVE_SEAL

    def signed(self, issuer: str, day: date) -> None:
        """Issuer over date, the date four characters in; a name longer than that moves both to the left."""
        em = self.body.em
        written = chinese_date(day)
        lines = self.named(issuer)
        half = max(self.body.width(text) for text in (written, *lines)) / 2
        middle = min(self.area.right - 4 * em - self.body.width(written) / 2, self.area.right - 2 * em - half)
        middle = max(middle, self.area.left + half)
        for line in (*lines, written):
            self.pages.centred(middle, self.y - BASELINE, line, self.body)
            self.y -= self.pitch

    def named(self, issuer: str) -> tuple[str, ...]:
        """The issuer's name in lines of good proportion."""
        return title_lines((issuer,), self.body, self.area.width - 2 * self.body.em)

    def signed_height(self, issuer: str) -> float:
        """What issuer and date need."""
        return (len(self.named(issuer)) + 1) * self.pitch

    def _tail(self, names: Sequence[str]) -> float:
        """From the last paragraph down to the issuer's name."""
        width = self.area.width - 7 * self.body.em
        listed = sum(len(self.body.lines(name, width)) for name in names)
        return (1 + listed + bool(names) + _ABOVE_SEAL) * self.pitch

    def _room(self, height: float) -> None:
        if self.y - height < self.area.bottom - 0.5:
            self.area = self.pages.start()
            self.y = self.area.top

    def _paragraph(self, paragraph: Paragraph, following: Sequence[Paragraph], tail: float) -> None:
        """Headings never stand alone at a page's foot; the page with the `tail` has text above it."""
        style = self.headings.get(paragraph.heading, self.body)
        if paragraph.heading:
            heads = next((at for at, each in enumerate(following) if not each.heading), len(following))
            lines = self._count(following[heads].text) if heads < len(following) else 0
            together = _together(0, lines, heads == len(following) - 1)
            ends = heads == len(following) - 1 and together == lines
            self._room((1 + heads + together) * self.pitch + tail * ends)
        self._lines(paragraph.text, style, indent=2, after=0 if following else tail)

    def _count(self, text: str) -> int:
        return len(self.body.lines(text, self.area.width, indent=2 * self.body.em))

    def _lines(self, text: str, style: Style, indent: float = 0, after: float = 0) -> None:
        """A paragraph, its first line indented by so many characters; no line of it stands alone on a page.

        Its last two lines stand where `after` points are left below them.
        """
        shift = indent * style.em
        lines = style.lines(text, self.area.width, indent=shift)
        for number, line in enumerate(lines):
            together = _together(number, len(lines), after > 0)
            self._room(self.pitch * together + after * (number + together == len(lines)))
            left = self.area.left + (shift if number == 0 else 0)
            self.pages.line_of_text(left, self.y - BASELINE, line, self.area.right - left, style)
            self.y -= self.pitch

    def _annexes(self, names: Sequence[str]) -> None:
        for number, name in enumerate(names, 1):
            label = "附件：" if number == 1 else "　　　"
            item = f"{number}. " if len(names) > 1 else ""
            left = self.area.left + 2 * self.body.em
            self._room(self.pitch)
            if number == 1:
                self.pages.text(left, self.y - BASELINE, label, self.body)
            left += 3 * self.body.em
            self.pages.text(left, self.y - BASELINE, item, self.body)
            left += self.body.width(item)
            for line in self.body.lines(name, self.area.right - left):
                self.pages.text(left, self.y - BASELINE, line.text, self.body)
                self.y -= self.pitch


def fitted(set_at: Callable[[float], Trial], pages_of: Callable[[Trial], int]) -> Trial:
    """What is set at the widest line pitch at which the paper has its fewest pages: `set_at` sets it at a pitch.

    GB/T 9704-2012 (7.3.5.5) wants the page of the seal not to be left with little more than it, and lines set closer
    for that; what is gained is at most a line a page, so that a page is saved only where it would be nearly empty.
    """
    natural, *between, closest = PITCHES
    widest, least = set_at(natural), set_at(closest)
    if pages_of(least) >= pages_of(widest):
        return widest
    for pitch in between:
        tried = set_at(pitch)
        if pages_of(tried) == pages_of(least):
            return tried
    return least


def _together(number: int, lines: int, last: bool) -> int:
    """How many lines must still fit on the page for this one to stand there: the first has company, the last as well
    where there are more than three, and always in the `last` paragraph, which goes with the signature.
    """
    if number == 0:
        return lines if lines == 3 and last else min(lines, 2)
    return 2 if number == lines - 2 and lines > 3 else 1
