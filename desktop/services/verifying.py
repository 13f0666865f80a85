"""Checking one file from outside, with nothing but a root certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.domain.approval import Approval, signer_fault
from desktop.domain.errors import UnreadableError
from desktop.domain.package import PackageKind, Verification
from desktop.exchange.certificates import fingerprint_of
from desktop.exchange.packages import open_package, verify_file
from desktop.exchange.submission import read_submission
from desktop.exchange.trust import Trust
from desktop.services.approving import scan_named
from desktop.services.receiving import read_file


@dataclass(frozen=True)
class Verified:
    """The separate facts about a file; `approval`: who signed a submission for its issuer, where somebody did;
    `scan`: the digest of the scanned 签批单 that the file names, empty where the issuer signed in person.
    """

    facts: Verification
    approval: Approval | None = None
    scan: str = ""


def verify(path: Path, root: Path | None, now: datetime, known: Trust | None = None) -> Verified:
    """What is known of a package or a signed PDF, by a root or by what a workspace has `known`: its lists are newer than
    those in the file, which were the newest when it was signed.

    Without either, what depends on trust stays None. An approval that does not fit is among the facts' problems.
    Raises UnreadableError when the file is neither.
    """
    trust = Trust(read_file(root)) if root is not None else known
    if trust is not None:
        # Also when there is no signature to follow up to it: a wrong root is never passed over.
        fingerprint_of(trust.root)
    data = read_file(path)
    facts = verify_file(data, trust, now)
    if facts.kind == PackageKind.SUBMISSION and facts.intact:
        return _submission(data, facts, trust, now)
    return Verified(facts, scan=scan_named(facts.reason))


def _submission(data: bytes, facts: Verification, trust: Trust | None, now: datetime) -> Verified:
    opened = open_package(data, trust, now)
    if "approval.json" not in opened.files:
        return Verified(facts)
    try:
        approval = read_submission(opened.files).approval
    except UnreadableError as error:
        return Verified(replace(facts, problems=(*facts.problems, error.code)))
    assert approval is not None
    code = signer_fault(
        approval, facts.signers[0].name if facts.signers else "", opened.header.claimed_time.date()
    )
    wrong = replace(facts, problems=(*facts.problems, code)) if code else facts
    return Verified(wrong, approval, approval.scan.digest)
