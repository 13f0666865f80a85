"""Signing a reviewed revision: PDF, workbook and package are made once, from the frozen document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.approval import Approval
from desktop.domain.codec import digest_of
from desktop.domain.errors import RefusedError
from desktop.domain.identity import KEY_PURPOSES, SignRole
from desktop.domain.package import OutboxItem, PackageKind
from desktop.domain.paper_faces import PaperFaces
from desktop.domain.progress import Progress, silent
from desktop.domain.report import Report, ReportDocument, ReportEvent, next_state
from desktop.domain.signatures import CoSignature, CoSigned
from desktop.exchange import submission
from desktop.exchange.signing import sign_next, sign_pdf, verify_pdf
from desktop.exchange.unlocking import SigningIdentity
from desktop.reports.fonts import Faces
from desktop.reports.ledger_sheet import render_unit_ledger
from desktop.reports.official_letter import BOX_HEIGHT, BOX_WIDTH, LAST_HEIGHT, SignedBy
from desktop.reports.signature_block import (
    SignatureBlock,
    issuer_block,
    moment_words,
    render_signature_block,
)
from desktop.reports.unit_report import render_unit_report
from desktop.services.approving import refuse_unfit, scan_of, signed_for_facts, signing_reason
from desktop.services.cosigning import PARTLY_SIGNED, co_signed
from desktop.services.enrolling import refuse_revoked, signer, trust_of
from desktop.services.evidencing import refuse_overweight
from desktop.services.posting import plan_part, post
from desktop.services.reviewing import frozen_document
from desktop.services.safeguarding import keep_snapshot
from desktop.services.vouching import refuse_missing, refuse_unvouched
from desktop.storage import Store


@dataclass(frozen=True)
class Signed:
    """A signed revision and its package in the outbox."""

    report: Report
    package: OutboxItem


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
    """Signs and locks a reviewed revision; with an `approval` for the issuer, who signed on paper. The database is copied then.

    Raises RefusedError: `report_state`, `passphrase_wrong`, `no_certificate`, `own_certificate_revoked`(who, person, day), `signer_not_named`(issuer, person)
    when the certificate names somebody else than the report's issuer and there is no approval, `document_altered`,
    `co_signature_missing`(who), `co_signature_revoked`, `restored_unvouched`(day), `own_missing`(quarter), `report_overweight`(size, limit, largest); as `refuse_unfit`; UnreadableError(`scan_altered`, file) when the scan is
    not what was kept.
    """
    report = store.reports.get(report_id)
    state = next_state(report.state, ReportEvent.SIGN)
    refuse_missing(store, submission_stream(report.plan_id, report.quarter))
    refuse_unvouched(store)
    document, data = frozen_document(store, report)
    refuse_overweight(row.entry for row in document.rows)
    person = _certified(store, document, approval)
    signed = co_signed(store, report)
    if waiting := signed.next(document.co_signers):
        raise RefusedError("co_signature_missing", who=waiting.value)
    _refuse_revoked_before(store, report, now)
    if approval is not None:
        refuse_unfit(approval, document, report.digest, person, now.date())
    scan = scan_of(store, approval) if approval else b""
    progress("unlock", 0, 5)
    identity = signer(store, passphrase)
    pdf, used = _signed_pdf(store, report, document, data, identity, faces, now, progress, approval)
    payload = _packed(store, document, data, pdf, progress, approval, scan)
    files = submission.write_submission(payload)
    with store.transaction():
        store.reports.put_document(report.id, "report.pdf", payload.pdf)
        store.reports.put_document(report.id, "ledger.xlsx", payload.workbook)
        if used is not None:
            store.reports.put_faces(report.id, used)
        if approval is not None:
            store.reports.put_approval(report.id, approval)
        item = post(
            store, PackageKind.SUBMISSION, document.superior, submission_stream(report.plan_id, report.quarter), files,
            identity, now, plan_digest=document.plan.digest, supersedes=_superseded(store, report),
            file_name=f"{file_stem(store, document)}.jbx",
        )  # fmt: skip
        if document.co_signers:
            last = CoSignature(SignRole.ISSUER, identity.signer.name, identity.signer.fingerprint, now)
            store.reports.put_co_signed(report.id, replace(signed, signatures=(*signed.signatures, last)))
        report = replace(report, state=state, signed_at=now, package=item.digest)
        store.reports.put(report)
        action = "report_signed_for" if approval else "report_signed"
        facts = {"code": report.code, "person": person, **(signed_for_facts(approval) if approval else {})}
        store.audit.append(now, actor, action, report.id, facts, item.digest)
    keep_snapshot(store, now)
    progress("done", 5, 5)
    return Signed(report, item)


def co_sign(
    store: Store,
    report_id: str,
    passphrase: str,
    faces: Faces,
    actor: str,
    now: datetime,
    progress: Progress = silent,
) -> CoSigned:
    """The next of those who must sign before the issuer signs the reviewed revision; the file so far is kept.

    Raises RefusedError: `report_state`, `co_signatures_complete`, `co_signer_without_certificate`(who),
    `own_certificate_revoked`(who, person, day), `co_signer_not_named`(who, named, person), `certificate_expired`, `passphrase_wrong`, `document_altered`,
    `report_overweight`(size, limit, largest).
    """
    report = store.reports.get(report_id)
    next_state(report.state, ReportEvent.SIGN)
    document, data = frozen_document(store, report)
    refuse_overweight(row.entry for row in document.rows)
    signed = co_signed(store, report)
    role = signed.next(document.co_signers)
    if role is None:
        raise RefusedError("co_signatures_complete")
    named = getattr(document.people, role.value)
    key = store.keys.get(KEY_PURPOSES[role])
    if key is None or not key.certificate:
        raise RefusedError("co_signer_without_certificate", who=role.value)
    refuse_revoked(store, role)
    if key.person != named:
        raise RefusedError("co_signer_not_named", who=role.value, named=named, person=key.person)
    if key.not_after is not None and key.not_after < now:
        raise RefusedError("certificate_expired")
    progress("unlock", 0, 3)
    identity = signer(store, passphrase, role)
    pdf, used = _co_signed_pdf(store, report, document, data, identity, role, faces, now, progress)
    made = CoSignature(role, named, identity.signer.fingerprint, now)
    signed = replace(signed, signatures=(*signed.signatures, made))
    with store.transaction():
        store.reports.put_document(report.id, PARTLY_SIGNED, pdf)
        if used is not None:
            store.reports.put_faces(report.id, used)
        store.reports.put_co_signed(report.id, signed)
        facts = {"code": report.code, "person": named, "role": role.value, "fingerprint": made.fingerprint}
        store.audit.append(now, actor, "report_co_signed", report.id, facts, digest_of(pdf))
    progress("done", 3, 3)
    return signed


def _co_signed_pdf(
    store: Store, report: Report, document: ReportDocument, data: bytes, identity: SigningIdentity, role: SignRole,
    faces: Faces, now: datetime, progress: Progress,
) -> tuple[bytes, PaperFaces | None]:  # fmt: skip
    """The first signs pages set from the frozen document, the others what was signed before them; the faces of pages
    that were set just now.
    """
    head = {SignRole.PREPARER: "填报人电子签名", SignRole.REVIEWER: "审核人电子签名"}[role]
    block = SignatureBlock(head, identity.signer.name, (document.unit.name, moment_words(now)))
    number = document.co_signers.index(role) + 1
    look = render_signature_block(block, number, BOX_WIDTH, BOX_HEIGHT, faces)
    reason = f"{'填报' if role is SignRole.PREPARER else '审核'}{document.unit.name}{document.quarter}季报"
    before = store.reports.document(report.id, PARTLY_SIGNED) if co_signed(store, report).signatures else None
    if before is not None:
        progress("sign", 2, 3)
        return sign_next(before, identity, reason, role, now, look), None
    progress("render", 1, 3)
    rendered = render_unit_report(document, faces)
    progress("sign", 2, 3)
    pdf = sign_pdf(
        rendered.pdf, identity, data, reason=reason, places=rendered.signature_places, at=now, look=look
    )
    return pdf, PaperFaces(rendered.faces)


def _signed_pdf(
    store: Store, report: Report, document: ReportDocument, data: bytes, identity: SigningIdentity, faces: Faces,
    now: datetime, progress: Progress, approval: Approval | None,
) -> tuple[bytes, PaperFaces | None]:  # fmt: skip
    """The issuer's signature, the only one or the last; the faces of pages that were set just now."""
    progress("render", 1, 5)
    on_paper, name = approval.signed_on if approval else None, identity.signer.name
    reason = signing_reason(document, approval)
    if not document.co_signers:
        rendered = render_unit_report(document, faces, SignedBy(name, on_paper, now))
        progress("sign", 2, 5)
        pdf = sign_pdf(rendered.pdf, identity, data, reason=reason, places=rendered.signature_places, at=now)
        return pdf, PaperFaces(rendered.faces)
    before = store.reports.document(report.id, PARTLY_SIGNED)
    if before is None:
        raise RefusedError("document_altered", file=PARTLY_SIGNED)
    block = issuer_block(document.unit.name, document.people.issuer, name, now, on_paper)
    look = render_signature_block(block, len(document.co_signers) + 1, BOX_WIDTH, LAST_HEIGHT, faces)
    progress("sign", 2, 5)
    return sign_next(before, identity, reason, SignRole.ISSUER, now, look), None


def _packed(
    store: Store, document: ReportDocument, data: bytes, pdf: bytes, progress: Progress, approval: Approval | None,
    scan: bytes,
) -> submission.SubmissionPayload:  # fmt: skip
    """All that is packed: the signed PDF, the workbook, the evidence, and what another signs by; writes nothing."""
    progress("workbook", 3, 5)
    workbook = render_unit_ledger(document)
    progress("pack", 4, 5)
    evidence = {e.digest: store.evidence.read(e.digest) for row in document.rows for e in row.entry.evidence}
    return submission.SubmissionPayload(document, data, pdf, workbook, evidence, approval, scan)


def _refuse_revoked_before(store: Store, report: Report, now: datetime) -> None:
    """Raises RefusedError(`co_signature_revoked`) where a certificate that signed before the issuer was revoked since."""
    before = store.reports.document(report.id, PARTLY_SIGNED)
    if before is not None and verify_pdf(before, trust_of(store), now)[0].revocation is False:
        raise RefusedError("co_signature_revoked")


def _certified(store: Store, document: ReportDocument, approval: Approval | None) -> str:
    """The person of this computer's certificate, who signs in person or by an approval.

    Raises RefusedError: `no_certificate`, `own_certificate_revoked`(who, person, day), `signer_not_named`(issuer, person).
    """
    key = store.keys.get("signer")
    if key is None or not key.certificate:
        raise RefusedError("no_certificate")
    refuse_revoked(store)
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
