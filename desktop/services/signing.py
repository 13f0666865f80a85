"""Signing a reviewed revision: PDF, workbook and package are made once, from the frozen document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.approval import Approval
from desktop.domain.errors import RefusedError
from desktop.domain.identity import SignRole
from desktop.domain.package import OutboxItem, PackageKind
from desktop.domain.progress import Progress, silent
from desktop.domain.report import Report, ReportDocument, ReportEvent, next_state
from desktop.domain.signatures import FieldPlace
from desktop.exchange import submission
from desktop.exchange.signing import SigningIdentity, sign_pdf
from desktop.reports.fonts import Faces
from desktop.reports.ledger_sheet import render_unit_ledger
from desktop.reports.official_letter import SignedBy
from desktop.reports.rendered import RenderedPdf
from desktop.reports.unit_report import render_unit_report
from desktop.services.approving import refuse_unfit, scan_of, signed_for_facts, signing_reason
from desktop.services.enrolling import signer
from desktop.services.evidencing import refuse_overweight
from desktop.services.posting import plan_part, post
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
    approval: Approval | None = None,
) -> Signed:
    """Signs and locks a reviewed revision; with an `approval` for the issuer, who signed on paper.

    Raises RefusedError: `report_state`, `passphrase_wrong`, `no_certificate`, `signer_not_named`(issuer, person)
    when the certificate names somebody else than the report's issuer and there is no approval, `document_altered`,
    `report_overweight`(size, limit, largest); as `refuse_unfit`; UnreadableError(`scan_altered`, file) when the scan is
    not what was kept.
    """
    report = store.reports.get(report_id)
    state = next_state(report.state, ReportEvent.SIGN)
    document, data = frozen_document(store, report)
    refuse_overweight(row.entry for row in document.rows)
    person = _certified(store, document, approval)
    if approval is not None:
        refuse_unfit(approval, document, report.digest, person, now.date())
    scan = scan_of(store, approval) if approval else b""
    progress("unlock", 0, 5)
    identity = signer(store, passphrase)
    rendered, payload = _made(store, document, data, identity, faces, now, progress, approval, scan)
    files = submission.write_submission(payload)
    with store.transaction():
        store.reports.put_document(report.id, "report.pdf", payload.pdf)
        store.reports.put_document(report.id, "ledger.xlsx", payload.workbook)
        if approval is not None:
            store.reports.put_approval(report.id, approval)
        item = post(
            store, PackageKind.SUBMISSION, document.superior, submission_stream(report.plan_id, report.quarter), files,
            identity, now, plan_digest=document.plan.digest, supersedes=_superseded(store, report),
            file_name=f"{file_stem(store, document)}.jbx",
        )  # fmt: skip
        report = replace(report, state=state, signed_at=now, package=item.digest)
        store.reports.put(report)
        action = "report_signed_for" if approval else "report_signed"
        facts = {"code": report.code, "person": person, **(signed_for_facts(approval) if approval else {})}
        store.audit.append(now, actor, action, report.id, facts, item.digest)
    progress("done", 5, 5)
    return Signed(report, item, rendered)


def _made(
    store: Store, document: ReportDocument, data: bytes, identity: SigningIdentity, faces: Faces, now: datetime,
    progress: Progress, approval: Approval | None, scan: bytes,
) -> tuple[RenderedPdf, submission.SubmissionPayload]:  # fmt: skip
    """All that is packed: the PDF signed, the workbook, the evidence, and what another signs by; writes nothing."""
    progress("render", 1, 5)
    on_paper = approval.signed_on if approval else None
    rendered = render_unit_report(document, faces, SignedBy(identity.signer.name, on_paper))
    progress("sign", 2, 5)
    pdf = sign_pdf(
        rendered.pdf, identity, data, reason=signing_reason(document, approval),
        places=(FieldPlace(SignRole.ISSUER, rendered.signature_page, rendered.signature_box),), at=now,
    )  # fmt: skip
    progress("workbook", 3, 5)
    workbook = render_unit_ledger(document)
    progress("pack", 4, 5)
    evidence = {e.digest: store.evidence.read(e.digest) for row in document.rows for e in row.entry.evidence}
    return rendered, submission.SubmissionPayload(document, data, pdf, workbook, evidence, approval, scan)


def _certified(store: Store, document: ReportDocument, approval: Approval | None) -> str:
    """The person of this computer's certificate, who signs in person or by an approval.

    Raises RefusedError: `no_certificate`, `signer_not_named`(issuer, person).
    """
    key = store.keys.get("signer")
    if key is None or not key.certificate:
        raise RefusedError("no_certificate")
    if key.person != document.people.issuer and approval is None:
        raise RefusedError("signer_not_named", issuer=document.people.issuer, person=key.person)
    return key.person


def _superseded(store: Store, report: Report) -> str:
    last = store.packages.last_sent(
        store.workspace.superior.code if store.workspace.superior else "",
        submission_stream(report.plan_id, report.quarter),
    )
    return last.digest if last else ""


def file_stem(store: Store, document: ReportDocument) -> str:
    """What the files of a revision are called: unit, of which plan where there are several, quarter, which time."""
    unit = store.units.region().find(document.unit.code)
    name = unit.short_name if unit else document.unit.name
    plan = plan_part(store, document.plan.title)
    return f"{name}{plan}_{document.quarter}_第{document.revision}次报送"
