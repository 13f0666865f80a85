"""A pass phrase opens a key: from then on it signs, with its certificate and what leads from it to the root."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.domain.errors import RefusedError
from desktop.domain.package import Signer
from desktop.exchange.authority_lists import load_certificates, load_crls
from desktop.exchange.certificates import facts_of
from desktop.exchange.cms import sign_digest
from desktop.exchange.keyring import open_key
from desktop.exchange.trust import self_signed


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
