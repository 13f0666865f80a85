"""Detached signatures in one strict profile of CMS (RFC 5652; CAdES baseline B-B, ETSI EN 319 122-1).

One signer, ECDSA on P-256 with SHA-256, the signing certificate bound by its digest, no unsigned
attributes. The reader takes the few values out, rebuilds the bytes and demands equality, so that
nothing rides along unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import algos, cms, core, crl, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

# The order of P-256's group: of the two forms (r, s) and (r, n - s) of a signature only the lower is taken.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_MOST_PARTS = 200


@dataclass(frozen=True)
class SignatureFacts:
    """A signature that fits the profile. `good`: it was made by the certificate's key, over `digest` (SHA-256)."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    crls: tuple[x509.CertificateRevocationList, ...]
    digest: bytes
    good: bool


def sign_digest(
    digest: bytes,
    key: ec.EllipticCurvePrivateKey,
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    claimed: datetime | None,
) -> bytes:
    """DER of a detached signature over content with that SHA-256, other certificates and CRLs inside.

    `claimed` is the signing time; PAdES wants it in the PDF instead.
    """
    der = certificate.public_bytes(Encoding.DER)
    attributes = _signed_attributes(digest, der, claimed)
    signature = _lower(key.sign(_to_sign(attributes), ec.ECDSA(SHA256())))
    certificates = [der, *(other.public_bytes(Encoding.DER) for other in others)]
    return _signed_data(attributes, signature, certificates, [c.public_bytes(Encoding.DER) for c in crls])


def read_signature(data: bytes) -> SignatureFacts:
    """Raises ValueError unless the bytes are exactly one signature of the profile."""
    try:
        return _read(data)
    except Exception as error:  # hostile DER makes the parsers raise many kinds
        raise ValueError("no signature of the profile") from error


def _read(data: bytes) -> SignatureFacts:
    content = cms.ContentInfo.load(data, strict=True)["content"]
    certificates = [choice.chosen.dump() for choice in content["certificates"]]
    found = content["crls"]
    lists = [] if isinstance(found, core.Void) else [choice.chosen.dump() for choice in found]
    (signer,) = content["signer_infos"]
    attributes = {attribute["type"].native: attribute["values"] for attribute in signer["signed_attrs"]}
    digest = attributes["message_digest"][0].native
    claimed = attributes["signing_time"][0].native if "signing_time" in attributes else None
    wanted = attributes["signing_certificate_v2"][0]["certs"][0]["cert_hash"].native
    if len(certificates) + len(lists) > _MOST_PARTS:
        raise ValueError("too many parts")
    (own,) = (der for der in certificates if hashlib.sha256(der).digest() == wanted)
    signature = signer["signature"].native
    if _lower(signature) != signature:
        raise ValueError("the other form of the same signature")
    rebuilt = _signed_attributes(digest, own, claimed)
    if _signed_data(rebuilt, signature, certificates, lists) != data:
        raise ValueError("not as it was written")
    certificate = x509.load_der_x509_certificate(own)
    return SignatureFacts(
        certificate,
        tuple(x509.load_der_x509_certificate(der) for der in certificates if der != own),
        tuple(x509.load_der_x509_crl(der) for der in lists),
        digest,
        _made_by(certificate, signature, _to_sign(rebuilt)),
    )


def _made_by(certificate: x509.Certificate, signature: bytes, signed: bytes) -> bool:
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 key")
    try:
        key.verify(signature, signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _lower(signature: bytes) -> bytes:
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, _ORDER - s))


def _to_sign(attributes: Any) -> bytes:
    """RFC 5652, section 5.4: as an explicit SET OF, not under its tag in the message."""
    return bytes(attributes.untag().dump())


def _signed_attributes(digest: bytes, certificate: bytes, claimed: datetime | None) -> Any:
    bound = tsp.SigningCertificateV2(
        {"certs": [tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate).digest()})]}
    )
    protection = cms.CMSAlgorithmProtection(
        {"digest_algorithm": _digest_algorithm(), "signature_algorithm": _signature_algorithm()}
    )
    values = {
        "content_type": "data",
        "message_digest": digest,
        "signing_certificate_v2": bound,
        "cms_algorithm_protection": protection,
    }
    if claimed is not None:
        moment = claimed.astimezone(UTC).replace(microsecond=0)
        values["signing_time"] = cms.Time({"utc_time": core.UTCTime(moment)})
    return cms.CMSAttributes(
        [cms.CMSAttribute({"type": name, "values": [value]}) for name, value in values.items()]
    )


def _signed_data(
    attributes: Any, signature: bytes, certificates: Sequence[bytes], lists: Sequence[bytes]
) -> bytes:
    own = _bound_certificate(attributes, certificates)
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": own.issuer, "serial_number": own.serial_number}
                    )
                }
            ),
            "digest_algorithm": _digest_algorithm(),
            "signed_attrs": attributes,
            "signature_algorithm": _signature_algorithm(),
            "signature": signature,
        }
    )
    fields = {
        "version": "v1",
        "digest_algorithms": [_digest_algorithm()],
        "encap_content_info": {"content_type": "data"},
        "certificates": [
            cms.CertificateChoices("certificate", asn1_x509.Certificate.load(der)) for der in certificates
        ],
        "signer_infos": [signer],
    }
    if lists:
        fields["crls"] = [cms.RevocationInfoChoice("crl", crl.CertificateList.load(der)) for der in lists]
    message = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(fields)})
    return bytes(message.dump())


def _bound_certificate(attributes: Any, certificates: Sequence[bytes]) -> Any:
    wanted = next(a for a in attributes if a["type"].native == "signing_certificate_v2")
    digest = wanted["values"][0]["certs"][0]["cert_hash"].native
    return next(
        asn1_x509.Certificate.load(der) for der in certificates if hashlib.sha256(der).digest() == digest
    )


def _digest_algorithm() -> Any:
    return algos.DigestAlgorithm({"algorithm": "sha256"})


def _signature_algorithm() -> Any:
    return algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
