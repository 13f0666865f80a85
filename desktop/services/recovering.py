"""找回: a unit whose workspace was restored takes back what it had sent since, from the very files that it signed.

Numbers of packages go on where the last of them ends, so that the superior never meets two under one number. A file
counts only as the next link of the chain that is held here: what was signed otherwise since stays, and is said.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.domain.codec import digest_of, verification_code
from desktop.domain.errors import RefusedError, UserError
from desktop.domain.package import OutboxItem, PackageHeader, PackageKind
from desktop.domain.report import Entry, Report, ReportDocument, ReportEvent, ReportState, next_state
from desktop.domain.unit import UnitRef
from desktop.exchange import submission, withdrawal
from desktop.exchange.packages import OpenedPackage, open_package, read_header
from desktop.exchange.trust import Trust
from desktop.services.comparing import paper_facts, plan_fact
from desktop.services.enrolling import trust_of
from desktop.services.filling import difference
from desktop.services.receiving import read_file
from desktop.services.signing import submission_stream
from desktop.storage import Store

_OWN = (PackageKind.SUBMISSION, PackageKind.WITHDRAWAL)
_PLAN_NOT_HERE = ("plan_unknown", "plan_differs", "quarter_unknown")
_UNSENT = (ReportState.DRAFT, ReportState.REVIEWED)


def own_header(store: Store, path: Path) -> PackageHeader | None:
    """What a file says of itself if it says that this very unit sent it upwards; None also where it cannot be read."""
    try:
        header = read_header(read_file(path))
    except UserError:
        return None
    return header if header.kind in _OWN and header.issuer.code == store.workspace.unit.code else None


def is_own(store: Store, path: Path) -> bool:
    """Whether a file says that this very unit sent it upwards; False where it says nothing that can be read."""
    return own_header(store, path) is not None


def take_back(
    store: Store, path: Path, actor: str, now: datetime, unseen: bool = False
) -> tuple[Report, bool]:
    """Takes a submission or a withdrawal of this unit into its workspace again, as it was sent; one transaction.

    Returns the report, and whether it was there already (then nothing is written). What was typed since into a draft of
    the same revision gives way and stands in the trail. `unseen`: the submission that a withdrawal took back was never
    handed over and is lost; its place is kept by the withdrawal alone, without its words. Certificates count as of the day that the file names: what was
    signed years ago, or before its certificate was revoked, is still the unit's own. Raises UserError when the file cannot be read; RefusedError: `root_not_known`,
    `own_not_ours`(why a code of a check), `own_gap`(sequence, last, unseen where that would help), `own_fork`(sequence), `own_without_plan`(plan, version),
    and as `paper_facts`.
    """
    data, trust = read_file(path), trust_of(store)
    if trust is None:
        raise RefusedError("root_not_known")
    signed_at = min(read_header(data).claimed_time, now)
    trust = replace(trust, as_it_was=True)
    opened = open_package(data, trust, signed_at)
    header = opened.header
    known = store.packages.outbox_item(opened.digest)
    if known is not None:
        return _report_with(store, opened), True
    _refuse_strange(store, opened)
    _refuse_out_of_turn(store, header, unseen)
    superior = header.recipient
    with store.transaction():
        if header.kind is PackageKind.SUBMISSION:
            report = _take_submission(store, opened, actor, now, trust)
        else:
            report = _take_withdrawal(store, opened, unseen)
        store.packages.put_file(data)
        store.packages.put_outbox(_item(opened, superior, len(data), path.name))
        facts = {"file": path.name, "sequence": str(header.sequence)}
        store.audit.append(now, actor, "own_package_recovered", report.id, facts, opened.digest)
    return report, False


def _item(opened: OpenedPackage, recipient: UnitRef, size: int, name: str) -> OutboxItem:
    header = opened.header
    return OutboxItem(
        opened.digest, header.kind, recipient, header.stream, header.sequence, header.claimed_time,
        written_at=header.claimed_time, size=size, file_name=name,
    )  # fmt: skip


def _refuse_strange(store: Store, opened: OpenedPackage) -> None:
    """Only what a certificate of this unit signed under the confirmed root, for the same superior, whole."""
    seen, superior = opened.verification, store.workspace.superior
    good = seen.intact and seen.trusted and seen.whole_file and not seen.problems
    signers = {signer.unit_code for signer in seen.signers}
    if not good or signers != {store.workspace.unit.code} or opened.header.recipient != superior:
        raise RefusedError("own_not_ours", why=next(iter(seen.problems), ""))


def _refuse_out_of_turn(store: Store, header: PackageHeader, unseen: bool) -> None:
    last = store.packages.last_sent(header.recipient.code, header.stream)
    held = last.sequence if last else 0
    # A withdrawal stands for the one before it as well, which may never have left this computer.
    for_two = header.kind is PackageKind.WITHDRAWAL and header.sequence == held + 2
    if for_two and unseen:
        return
    if header.sequence > held + 1:
        more = {"unseen": "1"} if for_two else {}
        raise RefusedError("own_gap", sequence=header.sequence, last=held, **more)
    if header.sequence <= held or header.previous != (last.digest if last else ""):
        raise RefusedError("own_fork", sequence=header.sequence)


def _take_submission(store: Store, opened: OpenedPackage, actor: str, now: datetime, trust: Trust) -> Report:
    payload, signed_at = submission.read_submission(opened.files), min(opened.header.claimed_time, now)
    document, data = payload.document, payload.document_bytes
    for fact in (plan_fact(store, opened, document), *paper_facts(opened, payload, trust, signed_at)):
        if fact.problem in _PLAN_NOT_HERE:
            raise RefusedError(
                "own_without_plan", plan=document.plan.title, version=str(document.plan.version)
            )
        if fact.ok is False:
            raise RefusedError(fact.problem, **{"issuer": opened.header.issuer.name, **(fact.facts or {})})
    if opened.header.stream != submission_stream(document.plan.id, document.quarter):
        raise RefusedError("stream_differs", issuer=opened.header.issuer.name)
    report = replace(
        _place(store, opened, document, now), plan_version=document.plan.version, state=ReportState.SUBMITTED,
        people=document.people, reviewed_at=opened.header.claimed_time, signed_at=opened.header.claimed_time,
        submitted_at=opened.header.claimed_time, digest=digest_of(data), code=verification_code(data), package=opened.digest,
    )  # fmt: skip
    store.reports.put(report)
    for digest, content in payload.evidence.items():
        store.evidence.add_bytes(content, digest)
    held = store.reports.entries(report.id)
    for row in document.rows:
        before = held.get(row.measure_key) or Entry(row.measure_key)
        if before != row.entry:
            store.reports.put_entry(report.id, row.entry, now)
            subject = f"{report.id}/{row.measure_key}"
            store.audit.append(now, actor, "entry_saved", subject, difference(before, row.entry))
    for name in ("report.json", "report.pdf", "ledger.xlsx"):
        store.reports.put_document(report.id, name, opened.files[name])
    if payload.approval is not None:
        store.evidence.add_bytes(payload.scan, payload.approval.scan.name)
        store.reports.put_approval(report.id, payload.approval)
    return report


def _place(store: Store, opened: OpenedPackage, document: ReportDocument, now: datetime) -> Report:
    """The draft of the same revision, or a new report right behind the revision before."""
    latest = store.reports.latest(document.plan.id, document.unit.code, document.quarter)
    held = latest.revision if latest else 0
    if latest is not None and held == document.revision and latest.state in _UNSENT:
        return latest
    if document.revision > held + 1:
        raise RefusedError("own_gap", sequence=opened.header.sequence, last=opened.header.sequence - 1)
    if document.revision <= held:
        raise RefusedError("own_fork", sequence=opened.header.sequence)
    return Report(
        uuid.uuid4().hex, document.plan.id, document.plan.version, document.unit.code, document.quarter,
        document.revision, created_at=now,
    )  # fmt: skip


def _take_withdrawal(store: Store, opened: OpenedPackage, unseen: bool) -> Report:
    said = withdrawal.read_withdrawal(opened.files)
    if opened.header.stream != submission_stream(said.plan_id, said.quarter):
        raise RefusedError("stream_differs", issuer=opened.header.issuer.name)
    report = _of_package(store, said.package)
    if report is None and unseen:
        report = _unseen(store, opened, said)
    if report is None:
        raise RefusedError("own_gap", sequence=opened.header.sequence, last=opened.header.sequence - 2)
    report = replace(report, state=next_state(report.state, ReportEvent.WITHDRAW), reason=said.reason)
    store.reports.put(report)
    return report


def _unseen(store: Store, opened: OpenedPackage, said: withdrawal.WithdrawalPayload) -> Report:
    """The revision that a withdrawal took back, as far as the withdrawal knows it: nothing of what it said."""
    own, at = store.workspace.unit.code, opened.header.claimed_time
    versions = store.plans.versions(said.plan_id)
    if not versions:
        raise RefusedError("own_without_plan", plan=said.plan_id, version="")
    latest = store.reports.latest(said.plan_id, own, said.quarter)
    held = latest.revision if latest else 0
    if latest is not None and held == said.revision and latest.state in _UNSENT:
        return replace(latest, state=ReportState.SUBMITTED, digest="", code="", package=said.package)
    if said.revision != held + 1:
        raise RefusedError("own_fork", sequence=opened.header.sequence)
    return Report(
        uuid.uuid4().hex, said.plan_id, versions[-1].version, own, said.quarter, said.revision,
        ReportState.SUBMITTED, created_at=at, package=said.package,
    )  # fmt: skip


def _report_with(store: Store, opened: OpenedPackage) -> Report:
    digest = opened.digest
    if opened.header.kind is PackageKind.WITHDRAWAL:
        digest = withdrawal.read_withdrawal(opened.files).package
    report = _of_package(store, digest)
    if report is None:
        raise RefusedError("own_fork", sequence=opened.header.sequence)
    return report


def _of_package(store: Store, digest: str) -> Report | None:
    found = store.reports.find(unit_code=store.workspace.unit.code)
    return next((report for report in found if report.package == digest), None)
