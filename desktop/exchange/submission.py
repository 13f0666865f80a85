"""The submission: a frozen report as data, as signed PDF and as workbook, with its evidence, and where another person
signed for the issuer, with who signed for whom and the scan of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.approval import SCAN_LIMIT, Approval, document_fault, fault_facts, is_scan
from desktop.domain.codec import canonical_bytes, digest_of
from desktop.domain.errors import UnreadableError
from desktop.domain.file_names import plain_name
from desktop.domain.letter import letter_fault
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportDocument, ReportRow
from desktop.domain.signatures import in_order
from desktop.exchange.payload import need_files, read_json, wrong

_EVIDENCE = "evidence/"
_APPROVAL, _SCAN = "approval.json", "approval/"
_SCHEMA = 1
_MOST_REVISIONS = 999
_MOST_PAST = 40
"""Quarters that a figure may look back on: ten years."""
_MOST_UNIT = 100


@dataclass(frozen=True)
class SubmissionPayload:
    """`document_bytes` is the document's canonical JSON; `evidence` maps SHA-256 (hex) to content.

    `scan` is the content of the approval's scan, empty where there is no approval.
    """

    document: ReportDocument
    document_bytes: bytes
    pdf: bytes
    workbook: bytes
    evidence: Mapping[str, bytes]
    approval: Approval | None = None
    scan: bytes = b""


def write_submission(payload: SubmissionPayload) -> dict[str, bytes]:
    """The files of a submission."""
    approval = payload.approval
    signed_for = {_APPROVAL: canonical_bytes(approval), scan_file(approval): payload.scan} if approval else {}
    return {
        "report.json": payload.document_bytes,
        "report.pdf": payload.pdf,
        "ledger.xlsx": payload.workbook,
        **{_EVIDENCE + digest: content for digest, content in payload.evidence.items()},
        **signed_for,
    }


def scan_file(approval: Approval) -> str:
    """The name of the scan in a submission."""
    return _SCAN + approval.scan.digest


def read_submission(files: Mapping[str, bytes]) -> SubmissionPayload:
    """Raises UnreadableError: `package_content_wrong`(detail), also when evidence is not exactly what the document names;
    for an approval that does not fit its report, the code and facts of `document_fault`.
    """
    if "report.json" not in files:
        raise wrong("report.json: missing")
    document = read_json(files, "report.json", ReportDocument)
    _refuse_odd(document)
    named = {e.digest: e.size for row in document.rows for e in row.entry.evidence}
    approval = read_json(files, _APPROVAL, Approval) if _APPROVAL in files else None
    signed_for = (_APPROVAL, scan_file(approval)) if approval else ()
    need_files(
        files, ("report.json", "report.pdf", "ledger.xlsx", *(_EVIDENCE + d for d in named), *signed_for)
    )
    evidence = {digest: files[_EVIDENCE + digest] for digest in sorted(named)}
    for digest, content in evidence.items():
        if digest_of(content) != digest or len(content) != named[digest]:
            raise wrong(f"{_EVIDENCE}{digest}: other content")
    scan = _scan(files, approval, document) if approval else b""
    return SubmissionPayload(
        document, files["report.json"], files["report.pdf"], files["ledger.xlsx"], evidence, approval, scan
    )


def _scan(files: Mapping[str, bytes], approval: Approval, document: ReportDocument) -> bytes:
    """The scan of an approval that fits its report."""
    named, content = approval.scan, files[scan_file(approval)]
    if digest_of(content) != named.digest or len(content) != named.size:
        raise wrong(f"{scan_file(approval)}: other content")
    if not 0 < named.size <= SCAN_LIMIT or not is_scan(named.name) or plain_name(named.name) != named.name:
        raise wrong(f"{_APPROVAL}: scan")
    fault = document_fault(approval, document, digest_of(files["report.json"]))
    if fault:
        raise UnreadableError(fault, **fault_facts(approval, document))
    return content


def _refuse_odd(document: ReportDocument) -> None:
    """What the types alone do not show."""
    if document.schema != _SCHEMA or not 1 <= document.revision <= _MOST_REVISIONS:
        raise wrong("report.json: schema or revision")
    if not in_order(document.co_signers):
        raise wrong("report.json: co_signers")
    if document.letter is not None and (field := letter_fault(document.letter)):
        raise wrong(f"report.json: letter: {field}")
    try:
        Quarter.parse(document.quarter)
    except ValueError:
        raise wrong("report.json: quarter") from None
    for row in document.rows:
        _refuse_odd_standings(row)


def _refuse_odd_standings(row: ReportRow) -> None:
    """One for a target at most, none for what is no target of the row, each of a bounded past."""
    keys = [standing.target_key for standing in row.standings]
    if len(set(keys)) != len(keys) or not set(keys) <= {target.key for target in row.targets}:
        raise wrong("report.json: standings")
    for standing in row.standings:
        past = [*standing.trend, *([standing.last] if standing.last else [])]
        if len(past) > _MOST_PAST + 1 or any(len(each.unit) > _MOST_UNIT for each in past):
            raise wrong("report.json: standings")
        try:
            for quarter in (standing.quarter, *(each.quarter for each in past)):
                Quarter.parse(quarter)
        except ValueError:
            raise wrong("report.json: standings") from None
