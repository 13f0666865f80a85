"""Signing a PDF with an unlocked key, checking a signed PDF.

pyHanko takes a second to import, so it is loaded only when a PDF is signed or checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.domain.identity import SignRole
from desktop.domain.package import Verification
from desktop.domain.signatures import FieldPlace
from desktop.exchange.trust import Trust
from desktop.exchange.unlocking import SigningIdentity


def sign_pdf(
    pdf: bytes,
    identity: SigningIdentity,
    report_json: bytes | None,
    reason: str,
    places: Sequence[FieldPlace],
    at: datetime,
    look: bytes = b"",
) -> bytes:
    """The PDF with a certifying signature (PAdES B-B, DocMDP P=2) after its last byte; the old bytes stay.

    `places`: the fields of all who sign, in their order; `identity` signs the first, the others stay empty for
    `sign_next`. `report_json` rides along as the associated file `report.json`. `look`: a PDF of one page that is
    shown at the place, nothing of ours where it is empty.
    Raises UnreadableError(`pdf_damaged`), RefusedError(`report_too_large`, size, limit; `pdf_already_signed`).
    """
    from desktop.exchange.pdf_writing import write_signature

    return write_signature(pdf, identity, report_json, reason, places, look, at)


def sign_next(
    pdf: bytes, identity: SigningIdentity, reason: str, role: SignRole, at: datetime, look: bytes = b""
) -> bytes:
    """The partly signed PDF with one more signature, in the field of `role`, after its last byte.

    Raises UnreadableError(`pdf_damaged`), RefusedError(`pdf_signature_out_of_turn`, field) where another field is next.
    """
    from desktop.exchange.pdf_writing import write_next_signature

    return write_next_signature(pdf, identity, reason, role, look, at)


def verify_pdf(pdf: bytes, trust: Trust | None, at: datetime) -> tuple[Verification, bytes | None]:
    """The separate facts of a signed PDF, and the `report.json` it carries, if intact and not distrusted.

    Raises UnreadableError(`file_not_ours`) when the file is no PDF, `file_too_large`(size, limit).
    """
    from desktop.exchange.pdf_reading import read_signed

    return read_signed(pdf, trust, at)
