"""The submission: a frozen report as data, as signed PDF and as workbook, with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.codec import canonical_bytes, digest_of
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportDocument
from desktop.exchange.payload import need_files, read_json, wrong

_EVIDENCE = "evidence/"
_SCHEMA = 1
_MOST_REVISIONS = 999


@dataclass(frozen=True)
class SubmissionPayload:
    """`document_bytes` is the document's canonical JSON; `evidence` maps SHA-256 (hex) to content."""

    document: ReportDocument
    document_bytes: bytes
    pdf: bytes
    workbook: bytes
    evidence: Mapping[str, bytes]


def write_submission(payload: SubmissionPayload) -> dict[str, bytes]:
    """The files of a submission."""
    return {
        "report.json": payload.document_bytes,
        "report.pdf": payload.pdf,
        "ledger.xlsx": payload.workbook,
        **{_EVIDENCE + digest: content for digest, content in payload.evidence.items()},
    }


def read_submission(files: Mapping[str, bytes]) -> SubmissionPayload:
    """Raises UnreadableError(`package_content_wrong`, detail), also when evidence is not exactly what the document names."""
    if "report.json" not in files:
        raise wrong("report.json: missing")
    document = read_json(files, "report.json", ReportDocument)
    _refuse_odd(document)
    named = {e.digest: e.size for row in document.rows for e in row.entry.evidence}
    need_files(files, ("report.json", "report.pdf", "ledger.xlsx", *(_EVIDENCE + d for d in named)))
    evidence = {digest: files[_EVIDENCE + digest] for digest in sorted(named)}
    for digest, content in evidence.items():
        if digest_of(content) != digest or len(content) != named[digest]:
            raise wrong(f"{_EVIDENCE}{digest}: other content")
    return SubmissionPayload(
        document, canonical_bytes(document), files["report.pdf"], files["ledger.xlsx"], evidence
    )


def _refuse_odd(document: ReportDocument) -> None:
    """What the types alone do not show."""
    if document.schema != _SCHEMA or not 1 <= document.revision <= _MOST_REVISIONS:
        raise wrong("report.json: schema or revision")
    try:
        Quarter.parse(document.quarter)
    except ValueError:
        raise wrong("report.json: quarter") from None
