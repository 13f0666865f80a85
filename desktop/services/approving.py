"""经办人代签: the scan of the sheet that the issuer signed on paper, and who signs here for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.domain.approval import (
    SCAN_LIMIT,
    Approval,
    document_fault,
    fault_facts,
    is_scan,
    signer_fault,
)
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.file_names import plain_name
from desktop.domain.report import Evidence, Report, ReportDocument
from desktop.exchange.submission import scan_file
from desktop.storage import Store

_NAMED_SCAN = re.compile(r"SHA-256 ([0-9a-f]{64})$")
# What the unit itself can do wrong; anything else is an approval of something else.
_OWN = {
    "approval_superfluous": "approval_needless",
    "approval_too_early": "approval_day",
    "approval_too_late": "approval_day",
}


def keep_scan(store: Store, source: Path) -> Evidence:
    """Copies a scan into the workspace, for an approval to name; changes no report.

    Raises RefusedError: `scan_form`(file), `scan_empty`(file), `scan_too_large`(file, size, limit); and as
    Store.evidence.add.
    """
    if not is_scan(source.name):
        raise RefusedError("scan_form", file=source.name)
    try:
        kept = store.evidence.add(source, SCAN_LIMIT)
    except RefusedError as error:
        if error.code == "evidence_too_large":
            raise RefusedError("scan_too_large", **error.facts) from None
        raise
    if not kept.size:
        raise RefusedError("scan_empty", file=source.name)
    return replace(kept, name=plain_name(kept.name))


def approval_of(store: Store, report: Report, scan: Evidence, signed_on: date) -> Approval:
    """What is recorded when this computer's certificate signs a reviewed revision for its issuer.

    Raises RefusedError(`no_certificate`).
    """
    key = store.keys.get("signer")
    if key is None or not key.certificate:
        raise RefusedError("no_certificate")
    return Approval(report.digest, report.people.issuer, key.person, signed_on, scan)


def refuse_unfit(approval: Approval, document: ReportDocument, digest: str, person: str, today: date) -> None:
    """Whether `person` may sign for the issuer by an approval.

    Raises RefusedError: `approval_needless`(person) when the person is the issuer, `approval_day`(reviewed, today,
    day) when the day on the paper is before the review or after today, `approval_differs` when it is of something else.
    """
    fault = document_fault(approval, document, digest) or signer_fault(approval, person, today)
    if fault:
        facts = {**fault_facts(approval, document), "today": today.isoformat()}
        raise RefusedError(_OWN.get(fault, "approval_differs"), **facts)


def scan_of(store: Store, approval: Approval) -> bytes:
    """The kept scan, verified. Raises UnreadableError(`scan_altered`, file)."""
    try:
        return store.evidence.read(approval.scan.digest)
    except UnreadableError as error:
        raise UnreadableError("scan_altered", file=approval.scan.name) from error


def scan_in(files: Mapping[str, bytes], approval: Approval) -> bytes:
    """The scan in the files of a submission, which was compared with its digest when it was read."""
    return files[scan_file(approval)]


def signed_for_facts(approval: Approval) -> dict[str, str]:
    """What the audit trail records of who signed for whom."""
    scan = approval.scan
    return {
        "issuer": approval.issuer,
        "signed_on": approval.signed_on.isoformat(),
        "scan": scan.digest,
        "scan_name": scan.name,
    }


def signing_reason(document: ReportDocument, approval: Approval | None) -> str:
    """What the PDF's signature says that it was made for; with an approval it names the scan, which binds it."""
    reason = f"签发{document.unit.name}{document.quarter}季报"
    if approval is None:
        return reason
    return (
        f"{reason}：{approval.issuer}{approval.signed_on.isoformat()}在纸质签批单上签字，{approval.signer}代签，"
        f"扫描件 SHA-256 {approval.scan.digest}"
    )


def scan_named(reason: str) -> str:
    """The digest of the scan that a PDF's signature names; empty where nobody signed for another."""
    found = _NAMED_SCAN.search(reason)
    return found[1] if found else ""
