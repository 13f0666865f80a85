"""交换文件: what a package says of itself, and the separate facts of checking one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.unit import UnitRef

FORMAT = 1


class PackageKind(StrEnum):
    INVITATION = "invitation"
    REQUEST = "request"
    CERTIFICATE = "certificate"
    PLAN = "plan"
    SUBMISSION = "submission"
    RECEIPT = "receipt"
    RETURN = "return"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class PayloadFile:
    """One file of a package; `name` below `data/`, `size` in bytes, `sha256` as hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class PackageHeader:
    """`data/package.json`. `stream` orders packages of one issuer; `sequence` counts from 1 within it.

    `previous` is the digest of the package before in the stream (empty for the first); `in_reply_to`
    and `supersedes` are digests of packages; `claimed_time` is the writer's clock and proves nothing.
    """

    format: int
    least_reader: int
    kind: PackageKind
    id: str
    issuer: UnitRef
    recipient: UnitRef
    stream: str
    sequence: int
    previous: str
    claimed_time: datetime
    program_version: str
    plan_digest: str = ""
    in_reply_to: str = ""
    supersedes: str = ""
    crl_number: int = 0
    files: tuple[PayloadFile, ...] = ()


@dataclass(frozen=True)
class Signer:
    """Who signed, as the certificate names them. `fingerprint` is that of the certificate."""

    name: str
    unit: str
    unit_code: str
    role: str
    fingerprint: str
    not_after: datetime | None = None


@dataclass(frozen=True)
class Verification:
    """Separate facts about a package or a signed PDF; never one boolean. None means: not known.

    intact: the signed bytes are unchanged; trusted: the chain ends at the given root, in the right roles;
    revocation: a list of revoked certificates was at hand and none of the chain stands on it;
    whole_file: no byte of the file lies outside what was signed. `problems` are codes; `reason` is what a
    signed PDF says that it was signed for, where its structure could be read, and `moments` when each of its signers
    claims to have signed (ISO 8601, empty where none is given), in the order of `signers`.
    """

    kind: str
    intact: bool | None
    signers: tuple[Signer, ...]
    trusted: bool | None
    revocation: bool | None
    whole_file: bool | None
    problems: tuple[str, ...] = ()
    reason: str = ""
    moments: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Every fact is known and good."""
        return bool(
            self.intact
            and self.trusted
            and self.revocation
            and self.whole_file
            and self.signers
            and not self.problems
        )


@dataclass(frozen=True)
class Fact:
    """One of the checks of a package. `subject`: signature, certificate, order, plan, paper, approval, files,
    recipient, version, withdrawal; signed_preparer, signed_reviewer, signed_issuer of a PDF that several signed.

    `ok` None: could not be decided. `facts` fill its sentence; `problem` is the code when it fails.
    """

    subject: str
    ok: bool | None
    problem: str = ""
    facts: Mapping[str, str] | None = None


class InboxState(StrEnum):
    """What became of a file that came in."""

    WAITING = "waiting"
    TAKEN = "taken"
    RETURNED = "returned"
    REFUSED = "refused"


@dataclass(frozen=True)
class InboxItem:
    """A package that came in: what it says and what became of it. `digest` is that of the file."""

    digest: str
    kind: str
    issuer: UnitRef
    stream: str
    sequence: int
    state: InboxState
    received_at: datetime
    decided_at: datetime | None = None
    note: str = ""
    problem: str = ""
    size: int = 0
    quarter: str = ""
    revision: int = 0
    file_name: str = ""


@dataclass(frozen=True)
class OutboxItem:
    """A package this workspace made; it stays until it is answered. `written_at`: last written outside and read back."""

    digest: str
    kind: PackageKind
    recipient: UnitRef
    stream: str
    sequence: int
    created_at: datetime
    written_at: datetime | None = None
    answered_by: str = ""
    size: int = 0
    file_name: str = ""
