"""The shape of every certificate and list of revoked ones that an authority makes (RFC 5280)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.identity import SignRole
from desktop.domain.unit import UnitRef

NAME_LIMIT = 64  # characters; X.520, for names of persons and organizations
_EARLIER = timedelta(days=1)  # clocks of offline PCs disagree
_YEAR = timedelta(days=365)
_ROOT, _ISSUING, _PERSON = 20 * _YEAR, 10 * _YEAR, 2 * _YEAR


def name_of(unit: UnitRef, person: str, role: SignRole) -> x509.Name:
    """Person, unit and role as a certificate's subject. Raises RefusedError(`signer_name_wrong`, name)."""
    if not person or person != person.strip() or len(person) > NAME_LIMIT or not person.isprintable():
        raise RefusedError("signer_name_wrong", name=person)
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, unit.name),
            x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, unit.code),
            x509.NameAttribute(NameOID.TITLE, role.value),
            x509.NameAttribute(NameOID.COMMON_NAME, person),
        ]
    )


def names_in(name: x509.Name) -> tuple[UnitRef, str, str]:
    """Unit, person and role, each named exactly once. Raises UnreadableError(`request_wrong`)."""
    values = []
    for oid in (
        NameOID.ORGANIZATION_IDENTIFIER,
        NameOID.ORGANIZATION_NAME,
        NameOID.COMMON_NAME,
        NameOID.TITLE,
    ):
        found = name.get_attributes_for_oid(oid)
        if len(found) != 1 or not isinstance(found[0].value, str) or not found[0].value.isprintable():
            raise UnreadableError("request_wrong")
        values.append(found[0].value)
    code, unit, person, role = values
    return UnitRef(code, unit), person, role


def _builder(
    subject: x509.Name, public: ec.EllipticCurvePublicKey, issuer: x509.Name, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    """What every certificate has."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_utc(now) - _EARLIER)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    """A person signs documents, an authority certificates and lists; neither does the other's work."""
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def _for_signing(
    builder: x509.CertificateBuilder, issuer_key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(authority, critical=False)
    )


def authority_certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    path_length: int,
    now: datetime,
) -> x509.Certificate:
    """A certificate that may sign others: 20 years for a root (its own issuer), 10 for what a root signs."""
    lasting = _ROOT if subject == issuer else _ISSUING
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        _builder(subject, key.public_key(), issuer, now, _utc(now) + lasting)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(authority, critical=False)
        .sign(issuer_key, SHA384())
    )


def person_certificate(
    subject: x509.Name,
    public: object,
    issuing: x509.Certificate,
    issuing_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    """Two years for a person, never longer than the authority. Raises UnreadableError(`request_wrong`)."""
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise UnreadableError("request_wrong")
    until = min(_utc(now) + _PERSON, issuing.not_valid_after_utc)
    builder = _builder(subject, public, issuing.subject, now, until)
    return _for_signing(builder, issuing_key).sign(issuing_key, SHA384())


def own_certificate(name: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    """A self-signed certificate, with which a request is signed until its answer comes."""
    builder = _builder(name, key.public_key(), name, now, _utc(now) + _PERSON)
    return _for_signing(builder, key).sign(key, SHA256())


def revocation_list(
    revoked: Sequence[tuple[int, datetime]],
    number: int,
    authority: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> bytes:
    """A list of revoked serial numbers as PEM; it lasts as long as its authority, for past its nextUpdate nothing is trusted."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.subject)
        .last_update(_utc(now) - _EARLIER)
        .next_update(authority.not_valid_after_utc)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    for serial, when in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(_utc(when))
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(key, SHA384()).public_bytes(Encoding.PEM)


def pem_of(certificate: x509.Certificate) -> bytes:
    """The certificate as PEM."""
    return certificate.public_bytes(Encoding.PEM)


def _utc(moment: datetime) -> datetime:
    """Certificates count whole seconds of UTC."""
    return moment.astimezone(UTC).replace(microsecond=0)
