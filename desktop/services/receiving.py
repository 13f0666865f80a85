"""Taking in what arrives: look first and write nothing, then one transaction, harmless when repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.domain.file_faults import file_fault
from desktop.domain.package import InboxItem, InboxState, PackageKind
from desktop.domain.report import (
    Report,
    ReportEvent,
    ReportState,
    may_edit,
    next_state,
)
from desktop.domain.unit import Region, Unit, UnitRef
from desktop.exchange import answer, certificates, enrolment, plan_package
from desktop.exchange.packages import OpenedPackage, open_package
from desktop.services import enrolling
from desktop.services.following import carry_readings
from desktop.services.inspecting import Inspection, inspect
from desktop.services.withdrawing import take_withdrawal
from desktop.storage import Store

LARGEST = 200 * 1024 * 1024


def read_file(path: Path) -> bytes:
    """A file's bytes. Raises UnreadableError: `file_missing`, `file_unreadable`, `package_too_large`."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableError("package_too_large", file=path.name, limit=LARGEST)
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError("file_missing", file=str(path)) from None
    except OSError as error:
        raise UnreadableError("file_unreadable", file=str(path), reason=file_fault(error)) from error


@dataclass(frozen=True)
class Glance:
    """What an invitation or a plan package says before there is a workspace. Nothing is trusted by it."""

    kind: PackageKind
    unit: Unit
    region: Region


def glance(path: Path, now: datetime) -> Glance:
    """For which unit of which region a file from above is; writes nothing.

    Raises UnreadableError as `read_file`, and when the file is no package; RefusedError: `package_not_intact`,
    `wrong_direction`(issuer), `unit_unknown`(unit) when the region does not have the recipient.
    """
    opened = open_package(read_file(path), None, now)
    header = opened.header
    if not opened.verification.intact:
        raise RefusedError("package_not_intact", file=path.name)
    if header.kind is PackageKind.INVITATION:
        region = enrolment.read_invitation(opened.files).region
    elif header.kind is PackageKind.PLAN:
        region = plan_package.read_plan(opened.files).region
    else:
        raise RefusedError("wrong_direction", issuer=header.issuer.name)
    unit = region.find(header.recipient.code)
    if unit is None:
        raise RefusedError("unit_unknown", unit=header.recipient.name)
    return Glance(header.kind, unit, region)


def arrive(store: Store, path: Path, actor: str, now: datetime) -> InboxItem:
    """Keeps a file that came in, with what inspecting it says, in the inbox; a repeated one is only returned.

    Raises UnreadableError when the file is no package; then nothing is kept.
    """
    data = read_file(path)
    seen = inspect(store, data, now)
    known = store.packages.inbox_item(seen.opened.digest)
    if known is not None and known.state is not InboxState.REFUSED and seen.verdict == "repeated":
        return known
    header, document = seen.opened.header, seen.document
    state = InboxState.REFUSED if seen.verdict == "refused" else InboxState.WAITING
    item = InboxItem(
        seen.opened.digest, header.kind.value, header.issuer, header.stream, header.sequence, state,
        known.received_at if known else now, problem=seen.problem, size=len(data),
        quarter=document.quarter if document else "", revision=document.revision if document else 0, file_name=path.name,
    )  # fmt: skip
    with store.transaction():
        store.packages.put_file(data)
        store.packages.put_inbox(item)
        store.audit.append(
            now, actor, "file_arrived", item.digest, {"file": path.name, "problem": item.problem}
        )
    return item


def reinspect(store: Store, digest: str, now: datetime) -> Inspection:
    """Inspects a file of the inbox again, as things stand now."""
    return inspect(store, store.packages.file(digest), now)


@dataclass(frozen=True)
class Applied:
    """What taking in a package from above changed. `subject`: plan id, report id or unit code."""

    kind: PackageKind
    subject: str
    again: bool


def apply(store: Store, digest: str, confirmed: str, actor: str, now: datetime) -> Applied:
    """Takes in what the superior sent: invitation, certificate, plan, receipt or return, and at the superior what a unit
    took back; harmless when repeated.

    `confirmed` is for invitations: the fingerprint that was compared with the superior. Raises RefusedError with the failed check's code.
    """
    seen = reinspect(store, digest, now)
    header = seen.opened.header
    if seen.verdict == "repeated":
        return Applied(header.kind, "", True)
    if seen.verdict != "ready":
        raise RefusedError(seen.problem or "package_refused", **seen.refusal)
    with store.transaction():
        match header.kind:
            case PackageKind.INVITATION:
                enrolling.take_invitation(store, seen.opened, confirmed, actor, now)
                subject = store.workspace.unit.code
            case PackageKind.CERTIFICATE:
                subject = enrolling.take_certificate(store, seen.opened, actor, now).purpose
            case PackageKind.PLAN:
                subject = _take_plan(store, seen.opened, actor, now)
            case PackageKind.RECEIPT | PackageKind.RETURN:
                subject = _take_answer(store, seen.opened, actor, now)
            case PackageKind.WITHDRAWAL:
                subject = take_withdrawal(store, seen.opened, actor, now)
            case _:
                raise RefusedError("wrong_direction", issuer=header.issuer.name)
        inbox = store.packages.inbox_item(digest)
        if inbox is not None:
            store.packages.put_inbox(replace(inbox, state=InboxState.TAKEN, decided_at=now, problem=""))
    return Applied(header.kind, subject, False)


_UNASKED = (
    PackageKind.PLAN,
    PackageKind.CERTIFICATE,
    PackageKind.RECEIPT,
    PackageKind.RETURN,
    PackageKind.WITHDRAWAL,
)


# What may be taken in later, when what it needs has come.
_LATE = ("root_not_known", "answer_without_report")


def settle(
    store: Store, actor: str, now: datetime, kinds: Sequence[PackageKind] = _UNASKED
) -> tuple[tuple[Applied, ...], tuple[UserError, ...]]:
    """Takes in all of the inbox that needs nobody's decision, of these kinds, in the order it was made in.

    What was refused only because the root was not known then, or the report that it answers, is looked at again. One bad
    file stops no other: its error is returned once, and it stays in the inbox as refused.
    """
    done: list[Applied] = []
    faults: list[UserError] = []
    for item in sorted(store.packages.inbox(), key=lambda i: (i.stream, i.sequence)):
        late = item.state is InboxState.REFUSED and item.problem in _LATE
        if item.kind not in kinds or not (late or item.state is InboxState.WAITING):
            continue
        try:
            done.append(apply(store, item.digest, "", actor, now))
        except UserError as error:
            if error.code in ("root_not_known", "sequence_gap") or (late and error.code == item.problem):
                continue
            faults.append(error)
            with store.transaction():
                store.packages.put_inbox(replace(item, state=InboxState.REFUSED, problem=error.code))
    return tuple(done), tuple(faults)


def _take_plan(store: Store, opened: OpenedPackage, actor: str, now: datetime) -> str:
    payload = plan_package.read_plan(opened.files)
    plan = payload.plan
    if plan.issuer_code != opened.header.issuer.code or opened.header.plan_digest != plan.digest:
        raise RefusedError("plan_differs", plan=plan.title)
    known = store.keys.trust()
    if known is None or certificates.fingerprint_of(payload.root) != known.fingerprint:
        raise RefusedError("root_not_known")
    if any(
        ref.version == plan.version and ref.digest != plan.digest for ref in store.plans.versions(plan.id)
    ):
        raise RefusedError("plan_conflict", plan=plan.title, version=plan.version)
    store.units.put_region(payload.region)
    store.plans.put(plan, now)
    for calendar in payload.calendars:
        store.plans.put_calendar(plan.id, calendar)
    store.plans.put_rules(plan.id, payload.rules)
    offered = replace(known, chain=payload.chain, crls=payload.crls, crl_number=payload.crl_number)
    store.keys.put_trust(enrolling.newer(known, offered))
    store.audit.append(
        now, actor, "plan_received", plan.id, {"title": plan.title, "version": str(plan.version)}, plan.digest
    )
    # What is typed already follows its measures; a figure's target may have gone to another one.
    for report in store.reports.find(plan_id=plan.id, unit_code=store.workspace.unit.code):
        if may_edit(report.state):
            carry_readings(store, report, actor, now)
    return plan.id


def _take_answer(store: Store, opened: OpenedPackage, actor: str, now: datetime) -> str:
    payload = answer.read_answer(opened.files)
    own: UnitRef = store.workspace.unit
    reports = store.reports.find(plan_id=payload.plan_id, unit_code=own.code, quarter=payload.quarter)
    report = next((r for r in reports if r.digest == payload.report_digest), None)
    # Written down here as not yet sent: the workspace was restored from before that.
    if report is None or report.state in (ReportState.DRAFT, ReportState.REVIEWED):
        raise RefusedError("answer_without_report", quarter=payload.quarter, revision=payload.revision)
    event = ReportEvent.ACCEPT if payload.outcome == "accepted" else ReportEvent.RETURN
    came_late = report.state is ReportState.WITHDRAWN
    report = replace(
        report, state=next_state(report.state, event), decided_at=now, reason=payload.reason,
        returned=dict(payload.entries), due=payload.due,
    )  # fmt: skip
    store.reports.put(report)
    if came_late and event is ReportEvent.RETURN:
        _tell_successor(store, report)
    sent = store.packages.outbox_item(opened.header.in_reply_to)
    if sent is not None:
        store.packages.put_outbox(replace(sent, answered_by=opened.digest))
    known = store.keys.trust()
    if known is not None:
        store.keys.put_trust(
            enrolling.newer(known, replace(known, crls=payload.crls, crl_number=payload.crl_number))
        )
    store.audit.append(now, actor, f"report_{report.state.value}", report.id, {"reason": payload.reason})
    return report.id


def _tell_successor(store: Store, report: Report) -> None:
    """A draft that was begun after a withdrawal learns what the superior had already found."""
    draft = store.reports.latest(report.plan_id, report.unit_code, report.quarter)
    if draft is not None and draft.revision > report.revision and may_edit(draft.state):
        told = replace(draft, reason=report.reason, returned=report.returned, due=report.due)
        store.reports.put(told)


def take_in(
    store: Store, path: Path, confirmed: str, actor: str, now: datetime
) -> tuple[InboxItem, Applied | None]:
    """Takes in one file as far as it can be done without a decision: packages from above and withdrawals are applied,
    submissions and requests wait in the inbox. Raises UserError when the file is refused.
    """
    item = arrive(store, path, actor, now)
    if item.state is InboxState.REFUSED:
        seen = reinspect(store, item.digest, now)
        raise RefusedError(seen.problem or item.problem, **seen.refusal)
    asks = store.workspace.leads and item.kind != PackageKind.WITHDRAWAL.value
    if asks or item.state is not InboxState.WAITING or item.problem == "sequence_gap":
        return item, None
    applied = apply(store, item.digest, confirmed, actor, now)
    return store.packages.inbox_item(item.digest) or item, applied
