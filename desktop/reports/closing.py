"""The end of a paper's file: places of those who sign before the issuer, the proof, and 版记 at the foot of the last page.

GB/T 9704-2012 binds 附件 with the letter and before 版记 (7.3.7), whose last rule is the lower edge of the type area on
the paper's last page (7.4.1). Papers are printed on both sides, so that page is the back of a sheet: an even one.
Offices without annexes have it at the letter's end where that is an even page with room, on its back where the letter
ends on an odd one. What would stand on an odd page, or under a landscape table, goes on to the next even page; where a
page is left blank for that, neither it nor the page with 版记 is numbered (7.5). A blank page still has the code at its
foot, because every page of a print is to be told from others. The QR code belongs to the last page, so it stands
right above 版记. A paper without 版记 has it under what stands last, which leaves `room_for` it.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.identity import SignRole
from desktop.domain.signatures import FieldPlace
from desktop.reports.letter_foot import LetterFoot
from desktop.reports.official_letter import BOX_HEIGHT, BOX_WIDTH
from desktop.reports.page import GREY, Pages, Style
from desktop.reports.rendered import PROOF_HEIGHT, Proof, draw_proof

_SIGNERS_HEIGHT = 30 + BOX_HEIGHT + 6
_GAP = 12.0


def room_for(foot: LetterFoot | None, signers: Sequence[SignRole] = ()) -> float:
    """What must be left below what stands last, so that the end of the file has no page of its own; none with 版记."""
    return 0.0 if foot and foot.height else _height(signers) + _GAP


def close(
    pages: Pages, y: float, foot: LetterFoot | None, proof: Proof, signers: Sequence[SignRole] = ()
) -> tuple[FieldPlace, ...]:
    """Sets the end below y or on pages of its own; returns the places of those who sign before the issuer."""
    needed = _height(signers)
    if foot and foot.height:
        printed = needed + foot.height + _GAP
        _last_page(pages, y - printed - _GAP >= pages.area.bottom)
        foot.set(pages.area)
        top = pages.area.bottom + printed
    else:
        if y - needed - _GAP < pages.area.bottom:
            y = pages.start(landscape=pages.landscape).top
        # On portrait pages at the foot, away from a seal.
        top = y - _GAP if pages.landscape else pages.area.bottom + needed
    places = _co_signers(pages, top, signers)
    draw_proof(pages, pages.area, top - (_SIGNERS_HEIGHT if signers else 0), proof)
    return places


def _height(signers: Sequence[SignRole]) -> float:
    return (_SIGNERS_HEIGHT if signers else 0.0) + PROOF_HEIGHT


def _last_page(pages: Pages, room: bool) -> None:
    """An even portrait page: the one that is open where it is one and has `room`."""
    even = pages.count % 2 == 0
    if even and room and not pages.landscape:
        return
    if even:
        pages.start(numbered=False)
    pages.start(numbered=not even)


def _co_signers(pages: Pages, y: float, signers: Sequence[SignRole]) -> tuple[FieldPlace, ...]:
    """Room for those who sign before the issuer, side by side below y under a line that says who they are."""
    if not signers:
        return ()
    area, note = pages.area, Style(pages.faces.note, 8.5, 12.5, GREY)
    pages.text(
        area.left, y - 22, "本报告还由下列人员电子签名，签名时间和证书以本文件内的电子签名为准：", note
    )
    top = y - 30
    step = BOX_WIDTH + (area.width - 2 * BOX_WIDTH) / 2
    lefts = [area.left + number * step for number in range(len(signers))]
    return tuple(
        FieldPlace(role, pages.count - 1, (left, top - BOX_HEIGHT, left + BOX_WIDTH, top))
        for role, left in zip(signers, lefts, strict=True)
    )
