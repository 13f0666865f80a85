"""Whether a signer's certificate leads to the root that the reader trusts, and stands on no list of revoked ones.

The chain has one shape, person → issuing → root, each in its role (RFC 5280's rules for that shape).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from cryptography import x509

from desktop.domain.identity import SignRole
from desktop.exchange.authority_lists import issued_by, load_certificates, load_crls, made_by
from desktop.exchange.profile import names_in

_KNOWN_CRITICAL = {x509.BasicConstraints.oid, x509.KeyUsage.oid}


@dataclass(frozen=True)
class Trust:
    """What the reader trusts: one root (PEM), and the lists of revoked certificates it knows itself (PEM).

    `as_it_was`: a revocation counts only from its own moment on. Only for a moment that the reader knows by itself, or
    for what is its own; a signer can claim any.
    """

    root: bytes
    crls: bytes = b""
    as_it_was: bool = False


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
    revocation, problems = _revocation(chain, crls, trust, at)
    return Judgement(True, revocation, problems, chain)


def judge_lists(
    judgement: Judgement, crls: Sequence[x509.CertificateRevocationList], trust: Trust | None, at: datetime
) -> Judgement:
    """The same judgement with lists that were read after it."""
    if trust is None or not judgement.chain:
        return judgement
    revocation, problems = _revocation(judgement.chain, crls, trust, at.astimezone(UTC))
    return Judgement(True, revocation, problems, judgement.chain)


def self_signed(certificate: x509.Certificate) -> bool:
    """Whether a certificate vouches for itself only."""
    return issued_by(certificate, certificate)


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
    issuing = next((c for c in others if issued_by(signer, c) and issued_by(c, root)), None)
    if issuing is None or not issued_by(root, root):
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
    trust: Trust,
    at: datetime,
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether lists cover the chain and name none of it. A list counts only if signed by its authority."""
    problems: list[str] = []
    known = load_crls(trust.crls)
    usable = [
        (crl, authority) for crl in (*found, *known) for authority in chain[1:] if made_by(crl, authority)
    ]
    genuine = {id(crl) for crl, _ in usable}
    if any(id(crl) not in genuine for crl in found):
        problems.append("crl_wrong")
    revoked, covered = False, True
    for certificate, authority in pairwise(chain):
        lists = [crl for crl, maker in usable if maker is authority]
        number = certificate.serial_number
        moments = [entry.revocation_date_utc for crl in lists if (entry := _entry(crl, number)) is not None]
        revoked = revoked or any(not trust.as_it_was or moment <= at for moment in moments)
        if not any(_current(crl, at) for crl in lists):
            covered = False
            problems.append("crl_expired" if lists else "crl_missing")
    if revoked:
        return False, ("certificate_revoked", *dict.fromkeys(problems))
    return (True if covered else None), tuple(dict.fromkeys(problems))


def _entry(crl: x509.CertificateRevocationList, number: int) -> x509.RevokedCertificate | None:
    return crl.get_revoked_certificate_by_serial_number(number)


def _current(crl: x509.CertificateRevocationList, at: datetime) -> bool:
    return crl.next_update_utc is not None and at <= crl.next_update_utc
