"""The city's authority, units' requests and certificates, and the lists of revoked ones (X.509, RFC 5280).

root (P-384) → issuing (pathlen 0) → persons (P-256). A certificate names a person (CN), a unit
(O, and its code as organizationIdentifier) and a role (title). Validity runs on real time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.identity import PERSON_ROLES, SignRole
from desktop.domain.package import Signer
from desktop.domain.unit import UnitRef
from desktop.exchange.authority_lists import entries_of
from desktop.exchange.keyring import DEFAULT_ROUNDS, change_passphrase, lock, open_key
from desktop.exchange.profile import (
    NAME_LIMIT,
    authority_certificate,
    name_of,
    names_in,
    own_certificate,
    pem_of,
    person_certificate,
    revocation_list,
)

__all__ = [
    "DEFAULT_ROUNDS",
    "CityAuthority",
    "RequestFacts",
    "certificate_facts",
    "certificate_matches_key",
    "change_passphrase",
    "create_authority",
    "create_request",
    "fingerprint_of",
    "issue_certificate",
    "make_crl",
    "read_request",
]


@dataclass(frozen=True)
class CityAuthority:
    """A new authority: keys as PKCS#12, certificates as PEM, `crls` the issuing CA's list, then the root's."""

    root_key: bytes
    issuing_key: bytes
    signer_key: bytes
    root: bytes
    issuing: bytes
    signer: bytes
    crls: bytes
    crl_number: int


@dataclass(frozen=True)
class RequestFacts:
    """What a certificate request says; `fingerprint` is that of its public key (SHA-256 over the SPKI)."""

    unit: UnitRef
    person: str
    role: SignRole
    fingerprint: str


def create_authority(
    unit: UnitRef, person: str, passphrase: str, rounds: int, now: datetime
) -> CityAuthority:
    """Root, issuing and the city's own signing key under one pass phrase, with an empty list of revoked ones.

    Raises RefusedError: `signer_name_wrong`(name), `passphrase_missing`.
    """
    root_key, issuing_key = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP384R1())
    signer_key = ec.generate_private_key(ec.SECP256R1())
    root_name = name_of(unit, f"{unit.name}根证书"[-NAME_LIMIT:], SignRole.ROOT)
    issuing_name = name_of(unit, f"{unit.name}签发证书"[-NAME_LIMIT:], SignRole.ISSUING)
    signer_name = name_of(unit, person, SignRole.ISSUER)
    root = authority_certificate(root_name, root_key, root_name, root_key, 1, now)
    issuing = authority_certificate(issuing_name, issuing_key, root_name, root_key, 0, now)
    signer = person_certificate(signer_name, signer_key.public_key(), issuing, issuing_key, now)
    crls = revocation_list([], 1, issuing, issuing_key, now) + revocation_list([], 1, root, root_key, now)
    return CityAuthority(
        root_key=lock(root_key, root, passphrase, rounds),
        issuing_key=lock(issuing_key, issuing, passphrase, rounds),
        signer_key=lock(signer_key, signer, passphrase, rounds),
        root=pem_of(root),
        issuing=pem_of(issuing),
        signer=pem_of(signer),
        crls=crls,
        crl_number=1,
    )


def create_request(
    unit: UnitRef,
    person: str,
    passphrase: str,
    rounds: int,
    now: datetime,
    role: SignRole = SignRole.ISSUER,
) -> tuple[bytes, bytes]:
    """A new P-256 key as PKCS#12 (with a self-signed certificate) and the request for its certificate, PEM.

    Raises RefusedError: `signer_name_wrong`(name), `passphrase_missing`.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = name_of(unit, person, role)
    certificate = own_certificate(name, key, now)
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, SHA256())
    return lock(key, certificate, passphrase, rounds), request.public_bytes(Encoding.PEM)


def read_request(csr: bytes) -> RequestFacts:
    """Raises UnreadableError(`request_wrong`): damaged, not signed by its own key, of another kind of key, or for a
    role that no person may have.
    """
    request = _request(csr)
    unit, person, named = names_in(request.subject)
    role = next((role for role in PERSON_ROLES if role == named), None)
    if role is None:
        raise UnreadableError("request_wrong")
    return RequestFacts(unit, person, role, _spki(request))


def issue_certificate(
    csr: bytes, unit: UnitRef, issuing_key: bytes, issuing_cert: bytes, passphrase: str, now: datetime
) -> bytes:
    """The certificate for a request and its one role, PEM, valid for two years at most; `unit` is whom the city invited.

    Raises RefusedError: `request_unit_differs`(expected, found), `passphrase_wrong`; UnreadableError: `request_wrong`.
    """
    facts = read_request(csr)
    if facts.unit.code != unit.code:
        raise RefusedError("request_unit_differs", expected=unit.code, found=facts.unit.code)
    issuing = _certificate(issuing_cert)
    key, _ = open_key(issuing_key, passphrase)
    public = _request(csr).public_key()
    return pem_of(person_certificate(name_of(unit, facts.person, facts.role), public, issuing, key, now))


def make_crl(
    revoked: Sequence[tuple[bytes, datetime]],
    number: int,
    issuing_key: bytes,
    issuing_cert: bytes,
    root_key: bytes,
    root_cert: bytes,
    passphrase: str,
    now: datetime,
    earlier: bytes = b"",
) -> bytes:
    """PEM: the issuing authority's list of revoked certificates, then the root's empty one, as long valid as they are.

    `revoked` holds certificates (PEM) with the moment of their revocation. What stands on the `earlier` list stays on
    it, as of its own moment. Raises RefusedError(`passphrase_wrong`).
    """
    issuing, root = _certificate(issuing_cert), _certificate(root_cert)
    serials = [(_certificate(pem).serial_number, when) for pem, when in revoked]
    before = entries_of(earlier, issuing)
    serials = [*before.items(), *((serial, when) for serial, when in serials if serial not in before)]
    return revocation_list(
        serials, number, issuing, open_key(issuing_key, passphrase)[0], now
    ) + revocation_list([], number, root, open_key(root_key, passphrase)[0], now)


def certificate_facts(pem: bytes) -> Signer:
    """Whom a certificate names. Raises UnreadableError(`certificate_wrong`)."""
    return facts_of(_certificate(pem))


def facts_of(certificate: x509.Certificate) -> Signer:
    """Whom a certificate names. Raises UnreadableError(`certificate_wrong`)."""
    try:
        unit, person, role = names_in(certificate.subject)
    except UnreadableError:
        raise UnreadableError("certificate_wrong") from None
    fingerprint = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
    return Signer(person, unit.name, unit.code, role, fingerprint, certificate.not_valid_after_utc)


def fingerprint_of(pem: bytes) -> str:
    """SHA-256 of the certificate's DER, hex. Raises UnreadableError(`certificate_wrong`)."""
    return hashlib.sha256(_certificate(pem).public_bytes(Encoding.DER)).hexdigest()


def certificate_matches_key(pem: bytes, fingerprint: str) -> bool:
    """Whether a certificate is for the key of a request with that fingerprint."""
    return _spki(_certificate(pem)) == fingerprint


def _certificate(pem: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError:
        raise UnreadableError("certificate_wrong") from None


def _request(csr: bytes) -> x509.CertificateSigningRequest:
    try:
        request = x509.load_pem_x509_csr(csr)
        public = request.public_key()
        fits = isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1)
        alone = request.public_bytes(Encoding.PEM) == csr
        if fits and alone and request.is_signature_valid:
            return request
    except Exception as error:  # the parsers of a hostile request raise many kinds
        raise UnreadableError("request_wrong") from error
    raise UnreadableError("request_wrong")


def _spki(holder: x509.Certificate | x509.CertificateSigningRequest) -> str:
    spki = holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()
