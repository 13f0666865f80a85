"""The visible text of an electronic signature: whose it is, of which unit, and when; no picture of a seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.reports.description import Description
from desktop.reports.font_embedding import FontBook
from desktop.reports.fonts import Faces
from desktop.reports.line_breaking import Line
from desktop.reports.page import GREY, Foot, Pages, Style
from desktop.reports.report_text import chinese_date

NOTE_LEFT, NOTE_PITCH = 9.0, 12.5
_NAME, _NAME_PITCH = 10.5, 15.0
_ROOM = 20.5  # above the notes: the line with the name
_SIZES = (8.5, 7.5, 6.5, 5.5)
_FACES = 100  # more than a document ever uses
_BLUE = (0.11, 0.357, 0.659)


@dataclass(frozen=True)
class SignatureBlock:
    """`head` stands before the name, `notes` under it, each on lines of its own."""

    head: str
    name: str
    notes: tuple[str, ...]


def moment_words(at: datetime) -> str:
    """When somebody signed, by the clock of their PC."""
    return f"{chinese_date(at)} {at:%H:%M}签名"


def issuer_block(unit: str, issuer: str, name: str, at: datetime, on_paper: date | None) -> SignatureBlock:
    """The issuer's; `on_paper`: the day on which the issuer, for whom `name` signs, signed the sheet."""
    notes = (unit, moment_words(at))
    if on_paper is None:
        return SignatureBlock("电子签名", name, notes)
    said = for_issuer(issuer, name, on_paper)
    return SignatureBlock("电子签名", f"{name}（经办人代签）", (said, *notes))


def for_issuer(issuer: str, name: str, day: date) -> str:
    """Who signed on paper and who signs here."""
    return f"签发人{issuer}已于{chinese_date(day)}在纸质签批单上签字，由{name}代签"


def render_signature_block(
    block: SignatureBlock, number: int, width: float, height: float, faces: Faces
) -> bytes:
    """A PDF of one page of that size in points, which a signature shows at its place; smaller text where it must be.

    `number`: which signature of the document it is, from 1.
    """
    pages = Pages(faces, Foot("", ""), Description(block.head, block.name, "", date(2000, 1, 1)))
    pages.book = FontBook(number * _FACES + 1)
    pages.start_bare(width, height)
    for size in _SIZES:
        style = Style(faces.note, size, NOTE_PITCH * size / _SIZES[0], GREY)
        lines = [line for note in block.notes for line in style.lines(note, width - NOTE_LEFT)]
        if _ROOM + len(lines) * style.pitch <= height + 0.01:
            break
    draw_block(pages, (0, 0, width, height), block, lines, style)
    return pages.finish()


def draw_block(
    pages: Pages,
    box: tuple[float, float, float, float],
    block: SignatureBlock,
    lines: Sequence[Line],
    note: Style,
) -> None:
    """A bar at the left, head and name, the notes as `lines` under them."""
    left, bottom, right, top = box
    pages.rectangles([(left, bottom + 2, 2, top - bottom - 4)], _BLUE)
    x, y = left + NOTE_LEFT, top - 14
    head = Style(note.typeface, _SIZES[0], NOTE_PITCH, GREY)
    pages.text(x, y, block.head, head)
    shift = head.width(block.head) + 8
    name = Style(pages.faces.strong, _NAME, _NAME_PITCH)
    room = right - x - shift
    if name.width(block.name) > room:
        name = replace(name, narrow=max(room / name.width(block.name), 0.3))
    pages.text(x + shift, y, block.name, name)
    y -= _NAME_PITCH
    for line in lines:
        pages.text(x, y, line.text, note)
        y -= note.pitch
