"""An authority's lists of revoked certificates: reading them, whose they are, which is newer, whom they name."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.domain.errors import UnreadableError


def load_certificates(pem: bytes) -> list[x509.Certificate]:
    """Raises UnreadableError(`certificate_wrong`) unless there is at least one and all can be read."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise UnreadableError("certificate_wrong") from None


def load_crls(pem: bytes) -> list[x509.CertificateRevocationList]:
    """The lists of a PEM bundle, none for empty bytes. Raises UnreadableError(`certificate_wrong`)."""
    end = b"-----END X509 CRL-----"
    parts = [part + end for part in pem.split(end)[:-1]]
    try:
        return [x509.load_pem_x509_crl(part) for part in parts]
    except ValueError:
        raise UnreadableError("certificate_wrong") from None


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether a certificate bears its issuer's name and signature."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def made_by(crl: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
    """Complete lists only: one with critical extensions (of part, of changes) is not the whole story."""
    key = authority.public_key()
    try:
        return (
            isinstance(key, ec.EllipticCurvePublicKey)
            and crl.issuer == authority.subject
            and crl.is_signature_valid(key)
            and not any(e.critical for e in crl.extensions)
        )
    except (ValueError, TypeError):
        return False


def list_number(crls: bytes, chain: bytes, root: bytes) -> int:
    """The highest number of those lists (PEM) that the issuing authority of `chain` under `root` made; 0 where there is none.

    Raises UnreadableError(`certificate_wrong`) when something cannot be read.
    """
    issuing, above = load_certificates(chain)[0], load_certificates(root)[0]
    if not issued_by(issuing, above):
        return 0
    return max((_number(crl) for crl in load_crls(crls) if made_by(crl, issuing)), default=0)


def entries_of(crls: bytes, authority: x509.Certificate) -> dict[int, datetime]:
    """Serial numbers on an authority's own lists (PEM), with the moment from which each is revoked."""
    own = [crl for crl in load_crls(crls) if made_by(crl, authority)]
    return {entry.serial_number: entry.revocation_date_utc for crl in own for entry in crl}


def revoked_since(certificate: bytes, chain: bytes, crls: bytes) -> datetime | None:
    """Since when a certificate (PEM) stands on a list of the issuing authority of `chain`; None where it does not.

    Raises UnreadableError(`certificate_wrong`) when something cannot be read.
    """
    serial = load_certificates(certificate)[0].serial_number
    return entries_of(crls, load_certificates(chain)[0]).get(serial)


def _number(crl: x509.CertificateRevocationList) -> int:
    try:
        return crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except (x509.ExtensionNotFound, ValueError):
        return 0
