"""Unlocking a key, signing a PDF with it, checking a signed PDF.

pyHanko takes a second to import, so it is loaded only when a PDF is signed or checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.domain.errors import RefusedError
from desktop.domain.identity import SignRole
from desktop.domain.package import Signer, Verification
from desktop.domain.signatures import FieldPlace
from desktop.exchange.certificates import facts_of
from desktop.exchange.cms import sign_digest
from desktop.exchange.keyring import open_key
from desktop.exchange.trust import Trust, load_certificates, load_crls, self_signed

__all__ = ["SigningIdentity", "Trust", "sign_next", "sign_pdf", "unlock", "verify_pdf"]


@dataclass(frozen=True)
class SigningIdentity:
    """An unlocked key with its certificate, what leads from it to the root, and the lists of revoked ones."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    crls: tuple[x509.CertificateRevocationList, ...]
    _key: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def signer(self) -> Signer:
        """Whom the certificate names."""
        return facts_of(self.certificate)

    def sign(self, digest: bytes, claimed: datetime | None, *, with_crls: bool) -> bytes:
        """A detached CMS signature over content with that SHA-256."""
        crls = self.crls if with_crls else ()
        return sign_digest(digest, self._key, self.certificate, self.chain, crls, claimed)


def unlock(
    key_blob: bytes, certificate: bytes, chain: bytes, crls: bytes, passphrase: str
) -> SigningIdentity:
    """Opens a key; without a certificate the self-signed one kept beside it is used (for requests).

    `chain` and `crls` are PEM bundles or empty. Raises RefusedError: `passphrase_wrong`, `passphrase_missing`,
    `certificate_of_other_key`; UnreadableError: `key_damaged`, `certificate_wrong`.
    """
    key, own = open_key(key_blob, passphrase)
    signer = load_certificates(certificate)[0] if certificate else own
    if signer.public_key() != key.public_key():
        raise RefusedError("certificate_of_other_key")
    above = load_certificates(chain) if chain else []
    intermediates = tuple(c for c in above if c != signer and not self_signed(c))
    return SigningIdentity(signer, intermediates, tuple(load_crls(crls)), key)


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
