"""The letter of a report in the form of GB/T 9704-2012: head, addressee, body, annexes, signature block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from desktop.domain.report import ReportDocument
from desktop.reports.letter_head import NARROW, PITCH, SIZE, LetterHead
from desktop.reports.line_breaking import Line
from desktop.reports.page import GREY, Pages, Style
from desktop.reports.report_text import Account, Paragraph, chinese_date, letter_of
from desktop.reports.signature_block import (
    NOTE_LEFT,
    NOTE_PITCH,
    SignatureBlock,
    draw_block,
    for_issuer,
    moment_words,
)
from desktop.reports.title_setting import title_lines

BOX_WIDTH, BOX_HEIGHT = 188.0, 58.0
LAST_HEIGHT = 20.5 + 4 * NOTE_PITCH
"""Of the issuer's place where others sign before: what stands in it is known only when its turn comes."""


Trial = TypeVar("Trial")
PITCHES = (PITCH, 28.6, 28.2, 27.7)
"""Line pitches of the body: 22 lines on a page, and down to 23."""


@dataclass(frozen=True)
class SignedBy:
    """Whose electronic signature the letter bears; `on_paper`: the day on which the issuer, for whom it was made,
    signed the 签批单 on paper, None where the issuer signs in person; `at`: when it is made, None where it is not yet.
    """

    name: str
    on_paper: date | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class SignaturePlace:
    """Where the visible signature goes: page from 0, box (left, bottom, right, top) in points."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class _Tail:
    """The names of the annexes, and the lines under the signer's name."""

    annexes: tuple[str, ...]
    signed: list[Line]
    least: float = BOX_HEIGHT

    @property
    def box(self) -> float:
        """The height of the visible signature."""
        return max(self.least, 20.5 + len(self.signed) * NOTE_PITCH)


class LetterSetter:
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
        self.note = Style(faces.note, 8.5, NOTE_PITCH, GREY)

    def set(self, account: Account, document: ReportDocument, signed_by: SignedBy | None) -> SignaturePlace:
        letter, day = letter_of(document), document.prepared_on
        head = LetterHead(self.pages, self.area)
        self.y = head.set(letter, account.title, document.people.issuer, day.year)
        tail = _Tail(
            tuple(name for _, name in account.annexes.listed),
            self._signed_lines(signed_by, document) if signed_by else [],
            LAST_HEIGHT if document.co_signers else BOX_HEIGHT,
        )
        height = self._height(tail, letter.issuer)
        self._lines(account.addressee, self.body)
        body = account.paragraphs[:-1]
        for number, paragraph in enumerate(body):
            self._paragraph(paragraph, body[number + 1 :], height)
        self._room(height)
        self._lines(account.paragraphs[-1].text, self.body, indent=2)
        if tail.annexes:
            self.y -= self.pitch
            self._annexes(tail.annexes)
        self.y -= self.pitch * 1.5
        place = self._signature(letter.issuer, day, tail, self._stacked(letter.issuer, tail))
        if signed_by:
            self._signed(place.box, signed_by, tail.signed)
        return place

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
            self.pages.line_of_text(left, self.y - 20, line, self.area.right - left, style)
            self.y -= self.pitch

    def _height(self, tail: _Tail, issuer: str) -> float:
        """What the end of the letter needs: it stays on one page."""
        names = tail.annexes
        listed = sum(len(self.body.lines(name, self.area.width - 7 * self.body.em)) for name in names)
        lines = 2 + listed + len(self._named(issuer)) + (2.5 if names else 1.5)
        return lines * self.pitch + tail.box * self._stacked(issuer, tail)

    def _annexes(self, names: tuple[str, ...]) -> None:
        for number, name in enumerate(names, 1):
            label = "附件：" if number == 1 else "　　　"
            item = f"{number}. " if len(names) > 1 else ""
            left = self.area.left + 2 * self.body.em
            self._room(self.pitch)
            if number == 1:
                self.pages.text(left, self.y - 20, label, self.body)
            left += 3 * self.body.em
            self.pages.text(left, self.y - 20, item, self.body)
            left += self.body.width(item)
            for line in self.body.lines(name, self.area.right - left):
                self.pages.text(left, self.y - 20, line.text, self.body)
                self.y -= self.pitch

    def _named(self, issuer: str) -> tuple[str, ...]:
        """The issuer's name in lines of good proportion."""
        return title_lines((issuer,), self.body, self.area.width - 2 * self.body.em)

    def _stacked(self, issuer: str, tail: _Tail) -> bool:
        """Whether the issuer's name is too long to stand beside the visible signature, or that is too high.

        Beside issuer and date the box may rise into the room that is left above them.
        """
        wide = self.body.width(issuer) > self.area.width - BOX_WIDTH - 3 * self.body.em
        return wide or tail.box > 3.3 * self.pitch

    def _signature(self, unit: str, day: date, tail: _Tail, stacked: bool) -> SignaturePlace:
        """Unit over date, the date four characters in; a name longer than that moves both to the left."""
        em = self.body.em
        written = chinese_date(day)
        lines = self._named(unit)
        half = max(self.body.width(text) for text in (written, *lines)) / 2
        middle = min(self.area.right - 4 * em - self.body.width(written) / 2, self.area.right - 2 * em - half)
        middle = max(middle, self.area.left + half)
        for line in lines:
            self.pages.centred(middle, self.y - 20, line, self.body)
            self.y -= self.pitch
        self.pages.centred(middle, self.y - 20, written, self.body)
        self.y -= self.pitch
        height = tail.box
        bottom = self.y - height if stacked else self.y + 2
        self.y = min(self.y, bottom)
        left = self.area.left
        box = (left, bottom, left + BOX_WIDTH, bottom + height)
        return SignaturePlace(self.pages.count - 1, box)

    def _signed_lines(self, signed_by: SignedBy, document: ReportDocument) -> list[Line]:
        """What stands under the signer's name: whose signature it is, when it was made, and for whom where it is not the
        issuer's own.
        """
        when = "签名时间和证书以本文件内的电子签名为准"
        texts = [document.unit.name, *([moment_words(signed_by.at)] if signed_by.at else []), when]
        if signed_by.on_paper is not None:
            texts.insert(0, for_issuer(document.people.issuer, signed_by.name, signed_by.on_paper))
        return [line for text in texts for line in self.note.lines(text, BOX_WIDTH - NOTE_LEFT)]

    def _signed(self, box: tuple[float, float, float, float], signed_by: SignedBy, lines: list[Line]) -> None:
        name = signed_by.name if signed_by.on_paper is None else f"{signed_by.name}（经办人代签）"
        draw_block(self.pages, box, SignatureBlock("电子签名", name, ()), lines, self.note)


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
