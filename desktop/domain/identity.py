"""Who signs, in which role, and how fingerprints are read out over the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SignRole(StrEnum):
    """The role a certificate names. 填报人, 审核人 and 签发人 sign reports, only the issuer packages; the authorities
    sign certificates.
    """

    PREPARER = "preparer"
    REVIEWER = "reviewer"
    ISSUER = "issuer"
    ROOT = "root"
    ISSUING = "issuing"


PERSON_ROLES = (SignRole.ISSUER, SignRole.PREPARER, SignRole.REVIEWER)
"""Roles that an authority gives to persons, the issuer first: without it nothing leaves a unit."""

KEY_PURPOSES = {SignRole.ISSUER: "signer", SignRole.PREPARER: "preparer", SignRole.REVIEWER: "reviewer"}
"""Under which purpose a workspace keeps the key of each role: one key a role."""


@dataclass(frozen=True)
class KeyRecord:
    """A key of this workspace and its certificate.

    `purpose` is `root`, `issuing` or one of KEY_PURPOSES; `key_blob` is PKCS#12, encrypted by the pass phrase;
    `certificate` is PEM, empty while a request is waiting for its answer.
    """

    purpose: str
    person: str
    key_blob: bytes
    certificate: bytes
    fingerprint: str
    created_at: datetime
    not_after: datetime | None = None


@dataclass(frozen=True)
class TrustState:
    """What this workspace trusts. `root` PEM; `chain` PEM of the intermediates; `crls` PEM; `confirmed`: a person compared the fingerprint."""

    root: bytes
    chain: bytes
    crls: bytes
    crl_number: int
    fingerprint: str
    confirmed: bool


@dataclass(frozen=True)
class Enrolment:
    """One unit's road to the certificate of one role, as the superior keeps it.

    `state`: invited, requested, certified, revoked. `fingerprint` is that of the key in the request, later of the certificate.
    """

    unit_code: str
    state: str
    person: str = ""
    fingerprint: str = ""
    certificate: bytes = b""
    request: bytes = b""
    changed_at: datetime | None = None
    role: SignRole = SignRole.ISSUER


class RevocationReason(StrEnum):
    """Why the superior revokes a certificate: the person is another now, the key or its pass phrase is lost or known to
    others, it should not have been issued, something else.
    """

    REPLACED = "replaced"
    KEY_LOST = "key_lost"
    MISTAKEN = "mistaken"
    OTHER = "other"


@dataclass(frozen=True)
class Issued:
    """A certificate (PEM) that the superior gave to a person of a unit, and when, why and by whom it was revoked.

    `fingerprint` is the certificate's. `revoked_at` is None while it holds; then there is no reason.
    """

    fingerprint: str
    unit_code: str
    role: SignRole
    person: str
    certificate: bytes
    issued_at: datetime
    revoked_at: datetime | None = None
    reason: RevocationReason | None = None
    revoked_by: str = ""


def read_out(hex_digest: str) -> str:
    """The first 64 bits of a digest in four groups of four, as it is read out: `4FA2 9C71 03BE 55D0`."""
    text = hex_digest[:16].upper()
    return " ".join(text[i : i + 4] for i in range(0, 16, 4))


def same_fingerprint(compared: str, hex_digest: str) -> bool:
    """Whether what a person compared is this fingerprint: at least the 64 bits that are read out."""
    given = "".join(compared.split()).lower()
    return len(given) >= 16 and hex_digest.startswith(given)
