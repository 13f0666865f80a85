"""经办人代签: the named issuer signed the 签批单 on paper, another named person signs here with their certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from desktop.domain.report import Evidence, ReportDocument

SCAN_LIMIT = 30 * 1024 * 1024
SCAN_FORMS = (".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff")


@dataclass(frozen=True)
class Approval:
    """Who signed on paper, who signs for them, the day that stands on the paper, and the scan of the sheet.

    `report_digest` is the SHA-256 of the frozen document whose code the sheet bears.
    """

    report_digest: str
    issuer: str
    signer: str
    signed_on: date
    scan: Evidence


def is_scan(name: str) -> bool:
    """Whether a file's name is that of a scan: a document of pages or a picture."""
    return PurePath(name).suffix.lower() in SCAN_FORMS


def document_fault(approval: Approval, document: ReportDocument, digest: str) -> str:
    """The code of the first thing in which an approval does not fit its report (`digest`: the report's); empty if none."""
    if approval.report_digest != digest:
        return "approval_of_another_report"
    if approval.issuer != document.people.issuer:
        return "approval_of_another_issuer"
    if approval.signer == approval.issuer:
        return "approval_superfluous"
    if approval.signed_on < document.prepared_on:
        return "approval_too_early"
    return ""


def signer_fault(approval: Approval, person: str, latest: date) -> str:
    """The code of the first thing in which it does not fit the certificate's `person`, who signs on the day `latest`."""
    if person == approval.issuer:
        return "approval_superfluous"
    if person != approval.signer:
        return "approval_of_another_signer"
    if approval.signed_on > latest:
        return "approval_too_late"
    return ""


def fault_facts(approval: Approval, document: ReportDocument) -> Mapping[str, str]:
    """What the sentences of both kinds of fault need."""
    return {
        "issuer": document.unit.name,
        "named": document.people.issuer,
        "given": approval.issuer,
        "person": approval.signer,
        "day": approval.signed_on.isoformat(),
        "reviewed": document.prepared_on.isoformat(),
    }
