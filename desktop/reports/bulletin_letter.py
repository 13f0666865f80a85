"""The letter of a 通报 in the form of GB/T 9704-2012 for a 下行文: no 签发人 in the head, 发文字号 in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.reports.letter_body import LetterBody
from desktop.reports.letter_head import Heading, LetterHead
from desktop.reports.report_text import Paragraph


class BulletinLetter(LetterBody):
    """Sets one letter from the top of a fresh portrait page down to `y` of its last one."""

    def set(
        self, issuer: str, number: str, title: tuple[str, ...], addressee: str,
        paragraphs: Sequence[Paragraph], annexes: Sequence[str], day: date, below: float = 0.0,
    ) -> None:  # fmt: skip
        """The whole letter; the red head only where there is a `number`, the office's own paper has its own.

        `below`: the room that must be left under it on its last page.
        """
        head = LetterHead(self.pages, self.area)
        if number:
            self.y = head.set(Heading((issuer,), number, day.year), title)
        else:
            self.y = head.set_title(title, self.pitch)
        self.area = self.pages.area
        self.text(f"{addressee}：", paragraphs, annexes, self.signed_height(issuer) + below)
        self.signed(issuer, day)
