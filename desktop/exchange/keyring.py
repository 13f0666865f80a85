"""Private keys at rest: PKCS#12 (RFC 7292), both its encryption and its integrity code slow to guess at."""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from typing import Any

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

from desktop.domain.errors import RefusedError, UnreadableError

DEFAULT_ROUNDS = 600_000
_BLOCK = 64
_MAC_KEY = 3  # the purpose number of the integrity key in RFC 7292, appendix B.3


def lock(
    key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, passphrase: str, rounds: int
) -> bytes:
    """PKCS#12 of a key and its certificate. Raises RefusedError(`passphrase_missing`)."""
    secret = _secret(passphrase)
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(secret)
    )
    blob = pkcs12.serialize_key_and_certificates(None, key, certificate, None, encryption)
    return _harden(blob, passphrase, rounds)


def open_key(blob: bytes, passphrase: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """The key and the certificate kept beside it.

    Raises RefusedError(`passphrase_wrong`, `passphrase_missing`), UnreadableError(`key_damaged`).
    """
    _parsed(blob)
    secret = _secret(passphrase)
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(blob, secret)
    except ValueError:
        raise RefusedError("passphrase_wrong") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
        raise UnreadableError("key_damaged")
    return key, certificate


def change_passphrase(key_blob: bytes, old: str, new: str, rounds: int) -> bytes:
    """The same key under another pass phrase. Raises what `open_key` and `lock` raise."""
    key, certificate = open_key(key_blob, old)
    return lock(key, certificate, new, rounds)


def _secret(passphrase: str) -> bytes:
    """One spelling per pass phrase, whichever keyboard composed it."""
    if not passphrase:
        raise RefusedError("passphrase_missing")
    return unicodedata.normalize("NFC", passphrase).encode("utf-8")


def _parsed(blob: bytes) -> Any:
    try:
        parsed = asn1_pkcs12.Pfx.load(blob, strict=True)
        if parsed["mac_data"].native is None:
            raise ValueError
    except (ValueError, TypeError):
        raise UnreadableError("key_damaged") from None
    return parsed


def _harden(blob: bytes, passphrase: str, rounds: int) -> bytes:
    """The same PKCS#12 with an integrity code of as many rounds as the encryption.

    `cryptography` always writes 2,048 there, and whoever guesses pass phrases would guess at that
    code instead of the encryption.
    """
    parsed = _parsed(blob)
    salt = os.urandom(16)
    content = parsed["auth_safe"]["content"].native
    key = _integrity_key(unicodedata.normalize("NFC", passphrase), salt, rounds)
    mac = parsed["mac_data"]
    mac["mac_salt"] = salt
    mac["iterations"] = rounds
    mac["mac"]["digest"] = hmac.new(key, content, hashlib.sha256).digest()
    return bytes(parsed.dump(force=True))


def _integrity_key(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """RFC 7292, appendix B.2, for the one block of output that HMAC-SHA-256 needs."""
    password = passphrase.encode("utf-16-be") + b"\0\0"
    block = bytes([_MAC_KEY]) * _BLOCK + _filled(salt) + _filled(password)
    digest = hashlib.sha256(block).digest()
    for _ in range(rounds - 1):
        digest = hashlib.sha256(digest).digest()
    return digest


def _filled(text: bytes) -> bytes:
    """Repeated to a whole number of blocks."""
    length = -(-len(text) // _BLOCK) * _BLOCK
    return (text * (length // len(text) + 1))[:length]
