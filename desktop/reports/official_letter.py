"""The letter of a report in the form of GB/T 9704-2012: title, addressee, body, annexes, signature block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.report import People
from desktop.reports.line_breaking import Line
from desktop.reports.page import GREY, MM, Pages, Style
from desktop.reports.report_text import Account, Paragraph, chinese_date
from desktop.reports.title_setting import title_lines

SIZE, PITCH = 16.0, 29.0
NARROW = 15.8 / 16
"""28 characters of 16 points are wider than the 156 mm of the type area."""
BOX_WIDTH, BOX_HEIGHT = 188.0, 58.0
NOTE_LEFT, NOTE_PITCH = 9.0, 12.5


@dataclass(frozen=True)
class SignedBy:
    """Whose electronic signature the letter bears; `on_paper`: the day on which the issuer, for whom it was made,
    signed the 签批单 on paper, None where the issuer signs in person.
    """

    name: str
    on_paper: date | None = None


@dataclass(frozen=True)
class SignaturePlace:
    """Where the visible signature goes: page from 0, box (left, bottom, right, top) in points."""

    page: int
    box: tuple[float, float, float, float]


class LetterSetter:
    """Sets one letter from the top of a fresh portrait page."""

    def __init__(self, pages: Pages, outline: str) -> None:
        faces = pages.faces
        self.pages = pages
        self.area = pages.start(outline=outline)
        self.y = self.area.top
        self.title = Style(faces.title, 22, 32)
        self.body = Style(faces.body, SIZE, PITCH, narrow=NARROW)
        self.small = Style(faces.body, 14, 24)
        self.heading = Style(faces.heading, SIZE, PITCH, narrow=NARROW)
        self.note = Style(faces.note, 8.5, NOTE_PITCH, GREY)

    def set(
        self, account: Account, unit: str, day: date, people: People, signed_by: SignedBy | None
    ) -> SignaturePlace:
        self._title(account)
        self._lines(account.addressee, self.body, indent=0)
        for paragraph in account.paragraphs[:-1]:
            self._paragraph(paragraph)
        return self._tail(account, unit, day, people, signed_by)

    def _title(self, account: Account) -> None:
        for line in title_lines(account.title, self.title, self.area.width):
            baseline = self.y - 24
            self.pages.centred((self.area.left + self.area.right) / 2, baseline, line, self.title)
            self.y -= self.title.pitch
        self.y -= PITCH * 0.75

    def _room(self, height: float) -> None:
        if self.y - height < self.area.bottom - 0.5:
            self.area = self.pages.start()
            self.y = self.area.top

    def _paragraph(self, paragraph: Paragraph) -> None:
        style = self.heading if paragraph.heading else self.body
        if paragraph.heading:
            # A heading never stands alone at a page's foot.
            self._room(3 * PITCH)
        self._lines(paragraph.text, style, indent=2)

    def _lines(self, text: str, style: Style, indent: float, hang: float = 0) -> None:
        """A paragraph; `indent` and `hang` in characters: of its first line, of the others."""
        first, other = indent * style.em, hang * style.em
        lines = style.lines(text, self.area.width - other, indent=first - other)
        for number, line in enumerate(lines):
            self._room(PITCH * (2 if number == 0 and len(lines) > 2 else 1))
            shift = first if number == 0 else other
            self.pages.line_of_text(self.area.left + shift, self.y - 20, line, self.area.width - shift, style)
            self.y -= PITCH

    def _tail(
        self, account: Account, unit: str, day: date, people: People, signed_by: SignedBy | None
    ) -> SignaturePlace:
        """The end of the letter stays on one page: the seal never stands on a page without text."""
        listed = sum(
            len(self.body.lines(name, self.area.width - 7 * self.body.em)) for name in account.annexes
        )
        signed = self._signed_lines(signed_by, unit, people.issuer) if signed_by else []
        height = max(BOX_HEIGHT, 20.5 + len(signed) * NOTE_PITCH)
        # Beside unit and date the box may rise into the room that is left above them.
        stacked = self._stacked(unit) or height > 3.3 * PITCH
        signature = 2 * PITCH + height * stacked
        self._room((3 + listed) * PITCH + signature + self._people_height(people) + 26)
        self._paragraph(account.paragraphs[-1])
        self.y -= PITCH * 0.5
        self._annexes(account.annexes)
        self.y -= PITCH * 1.5
        place = self._signature(unit, day, height, stacked)
        if signed_by:
            self._signed(place.box, signed_by, signed)
        self._people(people)
        return place

    def _annexes(self, names: tuple[str, ...]) -> None:
        for number, name in enumerate(names, 1):
            label = "附件：" if number == 1 else "　　　"
            item = f"{number}. " if len(names) > 1 else ""
            left = self.area.left + 2 * self.body.em
            self._room(PITCH)
            if number == 1:
                self.pages.text(left, self.y - 20, label, self.body)
            left += 3 * self.body.em
            self.pages.text(left, self.y - 20, item, self.body)
            left += self.body.width(item)
            for line in self.body.lines(name, self.area.right - left):
                self.pages.text(left, self.y - 20, line.text, self.body)
                self.y -= PITCH

    def _stacked(self, unit: str) -> bool:
        """Whether the unit's name is too long to stand beside the visible signature."""
        return self.body.width(unit) > self.area.width - BOX_WIDTH - 3 * self.body.em

    def _signature(self, unit: str, day: date, height: float, stacked: bool) -> SignaturePlace:
        """Unit over date, the date four characters in; a name longer than that moves both to the left."""
        em = self.body.em
        written = chinese_date(day)
        half = max(self.body.width(unit), self.body.width(written)) / 2
        middle = min(self.area.right - 4 * em - self.body.width(written) / 2, self.area.right - 2 * em - half)
        middle = max(middle, self.area.left + half)
        for line in self.body.lines(unit, self.area.width):
            self.pages.centred(middle, self.y - 20, line.text, self.body)
            self.y -= PITCH
        self.pages.centred(middle, self.y - 20, written, self.body)
        self.y -= PITCH
        bottom = self.y - height if stacked else self.y + 2
        self.y = min(self.y, bottom)
        left = self.area.left
        box = (left, bottom, left + BOX_WIDTH, bottom + height)
        return SignaturePlace(self.pages.count - 1, box)

    def _signed_lines(self, signed_by: SignedBy, unit: str, issuer: str) -> list[Line]:
        """What stands under the signer's name: whose signature it is, and for whom where it is not the issuer's own."""
        texts = [unit, "签名时间和证书以本文件内的电子签名为准"]
        if signed_by.on_paper is not None:
            day = chinese_date(signed_by.on_paper)
            texts.insert(0, f"签发人{issuer}已于{day}在纸质签批单上签字，由{signed_by.name}代签")
        return [line for text in texts for line in self.note.lines(text, BOX_WIDTH - NOTE_LEFT)]

    def _signed(self, box: tuple[float, float, float, float], signed_by: SignedBy, lines: list[Line]) -> None:
        left, bottom, _, top = box
        self.pages.rectangles([(left, bottom + 2, 2, top - bottom - 4)], (0.11, 0.357, 0.659))
        x, y = left + NOTE_LEFT, top - 14
        self.pages.text(x, y, "电子签名", self.note)
        name = signed_by.name if signed_by.on_paper is None else f"{signed_by.name}（经办人代签）"
        self.pages.text(x + 42, y, name, Style(self.pages.faces.strong, 10.5, 15))
        y -= 15
        for line in lines:
            self.pages.text(x, y, line.text, self.note)
            y -= NOTE_PITCH

    def _people_height(self, people: People) -> float:
        rows = self._people_rows(people)
        return len(rows) * self.small.pitch + 6 if rows else 0.0

    def _people_rows(self, people: People) -> list[list[str]]:
        named = (
            ("填报人", people.preparer),
            ("审核人", people.reviewer),
            ("签发人", people.issuer),
            ("联系电话", people.phone),
        )
        cells = [f"{label}：{name}" for label, name in named if name]
        return _rows(cells, self.small, self.area.width - 28)

    def _people(self, people: People) -> None:
        """Who filled, reviewed and issued, between two rules at the foot of the type area."""
        rows, style = self._people_rows(people), self.small
        if not rows:
            return
        top = self.area.bottom + self._people_height(people)
        self.pages.rules(
            [(self.area.left, y, self.area.right, y) for y in (top, self.area.bottom)], 0.35 * MM
        )
        y = top - 20
        for row in rows:
            for number, cell in enumerate(row):
                self.pages.text(self.area.left + 14 + number * self.area.width / 2, y, cell, style)
            y -= style.pitch


def _rows(cells: list[str], style: Style, width: float) -> list[list[str]]:
    """Cells two and two, or one under another where one is too long for that."""
    if all(style.width(cell) <= width / 2 - 14 for cell in cells):
        return [cells[at : at + 2] for at in range(0, len(cells), 2)]
    return [[line.text] for cell in cells for line in style.lines(cell, width)]
