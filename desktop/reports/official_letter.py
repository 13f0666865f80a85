"""The letter of a report in the form of GB/T 9704-2012: head, addressee, body, annexes, signature block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.report import ReportDocument
from desktop.reports.letter_body import LetterBody
from desktop.reports.letter_head import PITCH, Heading, LetterHead
from desktop.reports.line_breaking import Line
from desktop.reports.page import GREY, Pages, Style
from desktop.reports.report_text import Account, letter_of
from desktop.reports.signature_block import (
    NOTE_LEFT,
    NOTE_PITCH,
    SignatureBlock,
    draw_block,
    for_issuer,
    moment_words,
)

BOX_WIDTH, BOX_HEIGHT = 188.0, 58.0
LAST_HEIGHT = 20.5 + 4 * NOTE_PITCH
"""Of the issuer's place where others sign before: what stands in it is known only when its turn comes."""


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


class LetterSetter(LetterBody):
    """Sets one letter from the top of a fresh portrait page down to `y` of its last one."""

    def __init__(self, pages: Pages, outline: str, pitch: float = PITCH) -> None:
        super().__init__(pages, outline, pitch)
        self.note = Style(pages.faces.note, 8.5, NOTE_PITCH, GREY)

    def set(
        self, account: Account, document: ReportDocument, signed_by: SignedBy | None, below: float = 0.0
    ) -> SignaturePlace:
        """The whole letter; `below`: the room that must be left under it on its last page."""
        letter, day = letter_of(document), document.prepared_on
        mark = (letter.issuer, "文件") if letter.red_head else ()
        heading = Heading(mark, letter.number, day.year, document.people.issuer)
        self.y = LetterHead(self.pages, self.area).set(heading, account.title)
        self.area = self.pages.area
        names = tuple(name for _, name in account.annexes.listed)
        said = self._signed_lines(signed_by, document) if signed_by else []
        least = LAST_HEIGHT if document.co_signers else BOX_HEIGHT
        box = max(least, 20.5 + len(said) * NOTE_PITCH)
        stacked = self._stacked(letter.issuer, box)
        end = self.signed_height(letter.issuer) + box * stacked + below
        self.text(account.addressee, account.paragraphs, names, end)
        self.signed(letter.issuer, day)
        place = self._place(box, stacked)
        if signed_by:
            self._signed(place.box, signed_by, said)
        return place

    def _stacked(self, issuer: str, box: float) -> bool:
        """Whether the issuer's name is too long to stand beside the visible signature, or that is too high.

        Beside issuer and date the box may rise into the room that is left above them.
        """
        wide = self.body.width(issuer) > self.area.width - BOX_WIDTH - 3 * self.body.em
        return wide or box > 3.3 * self.pitch

    def _place(self, height: float, stacked: bool) -> SignaturePlace:
        """The visible signature's, at the left beside issuer and date or below them."""
        bottom = self.y - height if stacked else self.y + 2
        self.y = min(self.y, bottom)
        left = self.area.left
        return SignaturePlace(self.pages.count - 1, (left, bottom, left + BOX_WIDTH, bottom + height))

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
