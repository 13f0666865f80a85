"""What rendering returns, and what every printed document has in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.codec import digest_of, verification_code
from desktop.domain.identity import SignRole
from desktop.domain.missing_signs import MissingSign
from desktop.domain.paper_faces import FaceUse
from desktop.domain.signatures import FieldPlace
from desktop.reports.fonts import DamagedFaceError, Faces
from desktop.reports.page import GREY, MM, Area, Pages, Style
from desktop.reports.qr_code import squares

PROOF_HEIGHT = 33 * MM
_COMPARE = "与收到的电子数据的摘要比对，即可确认纸质文本与电子数据是否一致。"
_OF_REPORT = "每页页脚的核对码取自本文件数据的SHA-256摘要，二维码内是该摘要的全文。" + _COMPARE


@dataclass(frozen=True)
class RenderedPdf:
    """A finished file. `faces`: those used, by role; `missing`: characters none of them has, `places`:
    where these stand, as far as the document has named places.

    `signature_page` counts from 0; `signature_box` (left, bottom, right, top) is in points, all zero where
    no signature is expected. `co_signatures`: the places of those who sign before the issuer, in their order.
    """

    pdf: bytes
    pages: int
    faces: tuple[FaceUse, ...]
    missing: tuple[str, ...]
    signature_page: int = 0
    signature_box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    places: tuple[MissingSign, ...] = ()
    co_signatures: tuple[FieldPlace, ...] = ()

    @property
    def signature_places(self) -> tuple[FieldPlace, ...]:
        """All who sign, the issuer last."""
        issuer = FieldPlace(SignRole.ISSUER, self.signature_page, self.signature_box)
        return (*self.co_signatures, issuer)


def over_damage(faces: Faces, render: Callable[[Faces], RenderedPdf]) -> RenderedPdf:
    """What `render` makes; where a face of this PC turns out to be damaged only when it is embedded, once more without it.

    Raises DamagedFaceError(`font_unreadable`, file) where it is one of the program's own.
    """
    while True:
        try:
            return render(faces)
        except DamagedFaceError as error:
            if not error.face.installed:
                raise
            faces = faces.without(error.face)


@dataclass(frozen=True)
class Proof:
    """What binds paper to data: digest and code of the canonical bytes."""

    digest: str
    code: str

    @classmethod
    def of(cls, data: bytes) -> Proof:
        return cls(digest_of(data), verification_code(data))


def draw_proof(pages: Pages, area: Area, y: float, proof: Proof, words: str = _OF_REPORT) -> None:
    """The QR code with the whole digest, and in `words` what it is for; needs PROOF_HEIGHT below y."""
    side = 27 * MM
    bottom = y - side - 2 * MM
    pages.rectangles(squares(proof.digest.upper(), area.left, bottom, side), (0, 0, 0))
    strong = Style(pages.faces.strong, 9, 14)
    note = Style(pages.faces.note, 8.5, 13, GREY)
    x = area.left + side + 3 * MM
    top = bottom + side - 18
    pages.text(x, top, f"核对码　{proof.code}", strong)
    y = top - 17
    for line in note.lines(words, area.right - x):
        pages.line_of_text(x, y, line, area.right - x, note)
        y -= note.pitch
    pages.text(x, y - 2, f"SHA-256　{proof.digest[:32]}", note)
    pages.text(x + note.width("SHA-256　"), y - 2 - note.pitch, proof.digest[32:], note)
