"""Whether a signer's certificate leads to the root that the reader trusts, and stands on no list of revoked ones.

The chain has one shape, person → issuing → root, each in its role (RFC 5280's rules for that shape).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.domain.errors import UnreadableError
from desktop.domain.identity import SignRole
from desktop.exchange.profile import names_in

_KNOWN_CRITICAL = {x509.BasicConstraints.oid, x509.KeyUsage.oid}


@dataclass(frozen=True)
class Trust:
    """What the reader trusts: one root (PEM), and the lists of revoked certificates it knows itself (PEM)."""

    root: bytes
    crls: bytes = b""


@dataclass(frozen=True)
class Judgement:
    """`trusted` and `revocation` as in Verification; `chain` from the signer up, empty when not trusted."""

    trusted: bool | None
    revocation: bool | None
    problems: tuple[str, ...] = ()
    chain: tuple[x509.Certificate, ...] = ()


def judge(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    trust: Trust | None,
    at: datetime,
    roles: Collection[SignRole] = (SignRole.ISSUER,),
) -> Judgement:
    """Follows the chain from a signer, who must have one of `roles`. `others` and `crls` come out of a file that may be hostile.

    Raises UnreadableError(`certificate_wrong`) when the reader's own root or lists cannot be read.
    """
    if trust is None:
        return Judgement(None, None)
    at = at.astimezone(UTC)
    root = load_certificates(trust.root)[0]
    try:
        chain, problem = _chain(signer, others, root, at, roles)
    except Exception:  # hostile certificates make the parser raise many kinds
        chain, problem = (), "certificate_wrong"
    if problem:
        return Judgement(False, None, (problem,))
    revocation, problems = _revocation(chain, crls, load_crls(trust.crls), at)
    return Judgement(True, revocation, problems, chain)


def judge_lists(
    judgement: Judgement, crls: Sequence[x509.CertificateRevocationList], trust: Trust | None, at: datetime
) -> Judgement:
    """The same judgement with lists that were read after it."""
    if trust is None or not judgement.chain:
        return judgement
    revocation, problems = _revocation(judgement.chain, crls, load_crls(trust.crls), at.astimezone(UTC))
    return Judgement(True, revocation, problems, judgement.chain)


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


def self_signed(certificate: x509.Certificate) -> bool:
    """Whether a certificate vouches for itself only."""
    return _issued(certificate, certificate)


def _chain(
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    root: x509.Certificate,
    at: datetime,
    roles: Collection[SignRole],
) -> tuple[tuple[x509.Certificate, ...], str]:
    """The chain, or what is wrong with it."""
    if _role(signer) not in roles or not _may_sign(signer):
        return (), "signer_role_wrong"
    issuing = next((c for c in others if _issued(signer, c) and _issued(c, root)), None)
    if issuing is None or not _issued(root, root):
        return (), "chain_incomplete"
    chain = (signer, issuing, root)
    if _role(issuing) != SignRole.ISSUING or _role(root) != SignRole.ROOT:
        return (), "authority_role_wrong"
    if not _may_certify(issuing, 0) or not _may_certify(root, 1) or not all(map(_understood, chain)):
        return (), "authority_role_wrong"
    if any(at < c.not_valid_before_utc for c in chain):
        return (), "certificate_not_yet_valid"
    if any(at > c.not_valid_after_utc for c in chain):
        return (), "certificate_expired"
    return chain, ""


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _role(certificate: x509.Certificate) -> str:
    return names_in(certificate.subject)[2]


def _may_sign(certificate: x509.Certificate) -> bool:
    extensions = certificate.extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    constraints = extensions.get_extension_for_class(x509.BasicConstraints).value
    return usage.digital_signature and not usage.key_cert_sign and not constraints.ca


def _may_certify(certificate: x509.Certificate, below: int) -> bool:
    extensions = certificate.extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    constraints = extensions.get_extension_for_class(x509.BasicConstraints).value
    deep = constraints.path_length is None or constraints.path_length >= below
    return usage.key_cert_sign and usage.crl_sign and constraints.ca and deep


def _understood(certificate: x509.Certificate) -> bool:
    return all(not e.critical or e.oid in _KNOWN_CRITICAL for e in certificate.extensions)


def _revocation(
    chain: Sequence[x509.Certificate],
    found: Sequence[x509.CertificateRevocationList],
    known: Sequence[x509.CertificateRevocationList],
    at: datetime,
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether lists cover the chain and name none of it. A list counts only if signed by its authority."""
    problems: list[str] = []
    usable = [
        (crl, authority) for crl in (*found, *known) for authority in chain[1:] if _made(crl, authority)
    ]
    genuine = {id(crl) for crl, _ in usable}
    if any(id(crl) not in genuine for crl in found):
        problems.append("crl_wrong")
    revoked, covered = False, True
    for certificate, authority in pairwise(chain):
        lists = [crl for crl, maker in usable if maker is authority]
        number = certificate.serial_number
        revoked = revoked or any(
            crl.get_revoked_certificate_by_serial_number(number) is not None for crl in lists
        )
        if not any(_current(crl, at) for crl in lists):
            covered = False
            problems.append("crl_expired" if lists else "crl_missing")
    if revoked:
        return False, ("certificate_revoked", *dict.fromkeys(problems))
    return (True if covered else None), tuple(dict.fromkeys(problems))


def _made(crl: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
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


def _current(crl: x509.CertificateRevocationList, at: datetime) -> bool:
    return crl.next_update_utc is not None and at <= crl.next_update_utc
