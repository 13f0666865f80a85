"""Signing a reviewed revision: PDF, workbook and package are made once, from the frozen document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors import RefusedError
from desktop.domain.package import OutboxItem, PackageKind
from desktop.domain.progress import Progress, silent
from desktop.domain.report import Report, ReportDocument, ReportEvent, next_state
from desktop.exchange import submission
from desktop.exchange.signing import sign_pdf
from desktop.reports.fonts import Faces
from desktop.reports.ledger_sheet import render_unit_ledger
from desktop.reports.rendered import RenderedPdf
from desktop.reports.unit_report import render_unit_report
from desktop.services.enrolling import signer
from desktop.services.evidencing import refuse_overweight
from desktop.services.posting import post
from desktop.services.reviewing import frozen_document
from desktop.storage import Store


@dataclass(frozen=True)
class Signed:
    """A signed revision, its package in the outbox, and how its pages were set."""

    report: Report
    package: OutboxItem
    rendered: RenderedPdf


def submission_stream(plan_id: str, quarter: str) -> str:
    """The stream of a unit's submissions for one plan and quarter."""
    return f"{plan_id}/{quarter}"


def sign(
    store: Store,
    report_id: str,
    passphrase: str,
    faces: Faces,
    actor: str,
    now: datetime,
    progress: Progress = silent,
) -> Signed:
    """Signs and locks a reviewed revision.

    Raises RefusedError: `report_state`, `passphrase_wrong`, `no_certificate`, `signer_not_named`(issuer, person)
    when the certificate names somebody else than the report's issuer, `document_altered`,
    `report_overweight`(size, limit, largest).
    """
    report = store.reports.get(report_id)
    state = next_state(report.state, ReportEvent.SIGN)
    document, data = frozen_document(store, report)
    refuse_overweight(row.entry for row in document.rows)
    key = store.keys.get("signer")
    if key is not None and key.certificate and key.person != document.people.issuer:
        raise RefusedError("signer_not_named", issuer=document.people.issuer, person=key.person)
    progress("unlock", 0, 5)
    identity = signer(store, passphrase)
    progress("render", 1, 5)
    rendered = render_unit_report(document, faces, document.people.issuer)
    progress("sign", 2, 5)
    pdf = sign_pdf(
        rendered.pdf, identity, data, reason=f"签发{document.unit.name}{document.quarter}季报", field="Issuer",
        box=rendered.signature_box, page=rendered.signature_page, at=now,
    )  # fmt: skip
    progress("workbook", 3, 5)
    workbook = render_unit_ledger(document)
    progress("pack", 4, 5)
    evidence = {e.digest: store.evidence.read(e.digest) for row in document.rows for e in row.entry.evidence}
    payload = submission.SubmissionPayload(document, data, pdf, workbook, evidence)
    files = submission.write_submission(payload)
    with store.transaction():
        store.reports.put_document(report.id, "report.pdf", pdf)
        store.reports.put_document(report.id, "ledger.xlsx", workbook)
        item = post(
            store, PackageKind.SUBMISSION, document.superior, submission_stream(report.plan_id, report.quarter), files,
            identity, now, plan_digest=document.plan.digest, supersedes=_superseded(store, report),
            file_name=f"{file_stem(store, document)}.jbx",
        )  # fmt: skip
        report = replace(report, state=state, signed_at=now, package=item.digest)
        store.reports.put(report)
        store.audit.append(
            now,
            actor,
            "report_signed",
            report.id,
            {"code": report.code, "person": key.person if key else ""},
            item.digest,
        )
    progress("done", 5, 5)
    return Signed(report, item, rendered)


def _superseded(store: Store, report: Report) -> str:
    last = store.packages.last_sent(
        store.workspace.superior.code if store.workspace.superior else "",
        submission_stream(report.plan_id, report.quarter),
    )
    return last.digest if last else ""


def file_stem(store: Store, document: ReportDocument) -> str:
    """What the files of a revision are called: unit, quarter, which time."""
    unit = store.units.region().find(document.unit.code)
    return f"{unit.short_name if unit else document.unit.name}_{document.quarter}_第{document.revision}次报送"
