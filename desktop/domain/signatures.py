"""Who signs a report's PDF, in which order, and where each signature stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.identity import SignRole

CO_SIGNERS = (SignRole.PREPARER, SignRole.REVIEWER)
"""Who may sign before the issuer, in the order in which they do."""

FIELDS: Mapping[SignRole, str] = {
    SignRole.PREPARER: "Preparer",
    SignRole.REVIEWER: "Reviewer",
    SignRole.ISSUER: "Issuer",
}
"""Each role's field in the PDF."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class FieldPlace:
    """One role's field: page from 0 (-1 is the last), box (left, bottom, right, top) in points, None for no place on paper."""

    role: SignRole
    page: int
    box: Box | None


def signing_order(co_signers: Sequence[SignRole]) -> tuple[SignRole, ...]:
    """All who sign, the issuer last."""
    return (*co_signers, SignRole.ISSUER)


def in_order(co_signers: Sequence[SignRole]) -> bool:
    """Whether they are roles that sign before the issuer, each once and in their order."""
    return tuple(co_signers) == tuple(role for role in CO_SIGNERS if role in co_signers)


@dataclass(frozen=True)
class CoSignature:
    """A signature before the issuer's: `fingerprint` is that of the certificate, `signed_at` the clock of the PC."""

    role: SignRole
    person: str
    fingerprint: str
    signed_at: datetime


@dataclass(frozen=True)
class CoSigned:
    """Who has signed a frozen document so far; `report_digest` is its SHA-256."""

    report_digest: str
    signatures: tuple[CoSignature, ...] = ()

    def next(self, co_signers: Sequence[SignRole]) -> SignRole | None:
        """Whose turn it is; None when only the issuer is left."""
        return next(iter(co_signers[len(self.signatures) :]), None)


@dataclass(frozen=True)
class CoSigner:
    """Who would sign before the issuer: `certified` is the person of this computer's certificate of the role, empty
    without one in force; `revoked`: the superior revoked the one that is here.
    """

    role: SignRole
    person: str
    certified: str
    revoked: bool = False

    @property
    def can(self) -> bool:
        return bool(self.person) and self.person == self.certified
