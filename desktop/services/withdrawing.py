"""撤回: a unit takes back what it signed, the superior learns of it in the stream of submissions itself.

The notice stands behind the submission in the same numbered stream, names its package, and is signed by the same
unit: it can be neither forged nor used twice. What was accepted before it came stays accepted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors import RefusedError
from desktop.domain.package import Fact, InboxItem, InboxState, OutboxItem, PackageKind
from desktop.domain.report import Report, ReportEvent, next_state
from desktop.domain.unit import UnitRef
from desktop.exchange import withdrawal
from desktop.exchange.packages import OpenedPackage, open_package, read_header
from desktop.services.closing import refuse_closed
from desktop.services.enrolling import signer
from desktop.services.posting import post
from desktop.services.reviewing import frozen_document
from desktop.services.signing import file_stem, submission_stream
from desktop.services.vouching import refuse_missing, refuse_unvouched
from desktop.storage import Store

DECIDED = (InboxState.TAKEN, InboxState.RETURNED)


def withdraw(
    store: Store, report_id: str, reason: str, passphrase: str, actor: str, now: datetime
) -> tuple[Report, OutboxItem]:
    """Takes back a signed or submitted revision; the notice for the superior lies in the outbox.

    Raises RefusedError: `withdrawal_reason_missing`, `report_state`, `quarter_closed`(quarter, closes) where no other
    revision could follow, `restored_unvouched`(day), `own_missing`(quarter), `passphrase_wrong`, `certificate_expired`,
    `own_certificate_revoked`(who, person, day).
    """
    if not reason.strip():
        raise RefusedError("withdrawal_reason_missing")
    report = store.reports.get(report_id)
    state = next_state(report.state, ReportEvent.WITHDRAW)
    refuse_closed(store, report, now)
    refuse_missing(store, submission_stream(report.plan_id, report.quarter))
    refuse_unvouched(store)
    document = frozen_document(store, report)[0]
    identity = signer(store, passphrase)
    payload = withdrawal.WithdrawalPayload(
        report.package, report.digest, report.plan_id, report.quarter, report.revision, reason.strip()
    )
    with store.transaction():
        item = post(
            store, PackageKind.WITHDRAWAL, document.superior, submission_stream(report.plan_id, report.quarter),
            withdrawal.write_withdrawal(payload), identity, now, plan_digest=document.plan.digest,
            supersedes=report.package, file_name=f"{file_stem(store, document)}_撤回通知.jbx",
        )  # fmt: skip
        report = replace(report, state=state, reason=payload.reason)
        store.reports.put(report)
        facts = {"reason": payload.reason, "person": identity.signer.name}
        store.audit.append(now, actor, "report_withdrawn", report.id, facts, item.digest)
    return report, item


def notices(store: Store, report: Report) -> tuple[OutboxItem, ...]:
    """The withdrawal notices of a report's quarter, the first first: they travel with every later submission."""
    stream = submission_stream(report.plan_id, report.quarter)
    found = [i for i in store.packages.outbox() if i.kind is PackageKind.WITHDRAWAL and i.stream == stream]
    return tuple(sorted(found, key=lambda item: item.sequence))


def withdrawal_fact(store: Store, opened: OpenedPackage) -> Fact:
    """Whether a notice names the very package before it in its stream, and what becomes of that one.

    Facts: issuer, revision, quarter, reason, outcome: `open` (it waits for a decision), `unseen` (it has not come),
    `accepted` or `returned` (it was decided on before, and that stands).
    Raises UnreadableError as `read_withdrawal`.
    """
    header, said = opened.header, withdrawal.read_withdrawal(opened.files)
    facts = {"issuer": header.issuer.name, "revision": str(said.revision), "quarter": said.quarter}
    facts |= {"reason": said.reason, "outcome": outcome(store, said.package)}
    held = store.packages.inbox_item(said.package)
    linked = said.package == header.supersedes == header.previous
    streamed = header.stream == submission_stream(said.plan_id, said.quarter)
    fits = held is None or (held.issuer, held.stream, held.sequence, held.revision) == (
        header.issuer, header.stream, header.sequence - 1, said.revision,
    )  # fmt: skip
    before = store.packages.with_sequence(header.issuer.code, header.stream, header.sequence - 1)
    other = any(each.state in DECIDED and each.digest != said.package for each in before)
    good = linked and streamed and fits and not other
    return Fact("withdrawal", good, "" if good else "withdrawal_differs", facts)


def outcome(store: Store, package: str) -> str:
    """How a withdrawn submission stands at the superior: open, unseen, accepted, returned."""
    held = store.packages.inbox_item(package)
    if held is None:
        return "unseen"
    return {InboxState.TAKEN: "accepted", InboxState.RETURNED: "returned"}.get(held.state, "open")


def withdrawn(store: Store, header_issuer: str, stream: str, sequence: int) -> bool:
    """Whether the package at a place in a stream was taken back by the one behind it."""
    behind = store.packages.with_sequence(header_issuer, stream, sequence + 1)
    return any(
        item.kind == PackageKind.WITHDRAWAL.value and item.state is InboxState.TAKEN for item in behind
    )


def take_withdrawal(store: Store, opened: OpenedPackage, actor: str, now: datetime) -> str:
    """What the superior writes down: a submission that nobody decided on can no longer be accepted.

    Runs within the caller's transaction; returns the notice's digest.
    """
    said = withdrawal.read_withdrawal(opened.files)
    how = outcome(store, said.package)
    held = store.packages.inbox_item(said.package)
    if held is not None and how == "open":
        taken_back: InboxItem = replace(held, state=InboxState.REFUSED, problem="submission_withdrawn")
        store.packages.put_inbox(replace(taken_back, decided_at=now))
    facts = {"unit": opened.header.issuer.name, "reason": said.reason, "outcome": how}
    store.audit.append(now, actor, "submission_withdrawn", opened.digest, facts, said.report_digest)
    return opened.digest


@dataclass(frozen=True)
class Notice:
    """A notice that was taken in: whose it is, and how the submission that it names stands (as `outcome`)."""

    issuer: UnitRef
    said: withdrawal.WithdrawalPayload
    outcome: str


def notice_of(store: Store, digest: str) -> Notice:
    """A notice of the inbox, which was checked when it was taken in. Raises UnreadableError as `read_withdrawal`."""
    data = store.packages.file(digest)
    opened = open_package(data, None, read_header(data).claimed_time)
    said = withdrawal.read_withdrawal(opened.files)
    return Notice(opened.header.issuer, said, outcome(store, said.package))
