"""The superior's decision on a submission: a receipt or a return, in one transaction, harmless when repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.domain.assignment import measures_for
from desktop.domain.checks import Around, Finding, check_entry
from desktop.domain.codec import digest_of, verification_code
from desktop.domain.errors import RefusedError
from desktop.domain.package import InboxItem, InboxState, OutboxItem, PackageKind
from desktop.domain.quarter import Quarter
from desktop.domain.report import (
    Report,
    ReportDocument,
    ReportEvent,
    ReportRow,
    ReportState,
    next_state,
)
from desktop.domain.schedule import Past, Standing
from desktop.exchange import answer
from desktop.exchange.unlocking import SigningIdentity
from desktop.services.approving import scan_in, signed_for_facts
from desktop.services.checking import Yardstick, earlier_reports, labels_of_same, yardstick_of
from desktop.services.inspecting import Inspection
from desktop.services.posting import plan_part, post
from desktop.services.receiving import reinspect
from desktop.services.signing import submission_stream
from desktop.storage import Store


def _decidable(store: Store, digest: str, now: datetime) -> Inspection:
    seen = reinspect(store, digest, now)
    if seen.opened.header.kind is not PackageKind.SUBMISSION or seen.document is None:
        raise RefusedError("not_a_submission")
    if seen.verdict not in ("ready", "repeated"):
        raise RefusedError(seen.problem or "package_refused", **seen.refusal)
    return seen


def answered(store: Store, digest: str) -> OutboxItem | None:
    """The answer that was already given to a package, if any."""
    item = store.packages.inbox_item(digest)
    return store.packages.outbox_item(item.note) if item is not None and item.note else None


@dataclass(frozen=True)
class Remarks:
    """What an officer looks at before deciding: the checks' findings, and of what was returned before,
    the labels of the measures that were changed since and of those that were not.
    """

    findings: tuple[tuple[ReportRow, Finding], ...]
    mended: tuple[str, ...]
    untouched: tuple[str, ...]


def remarks(store: Store, seen: Inspection) -> Remarks:
    """The remarks on a submission, by the plan's rules: against what the superior holds of the unit's earlier quarters.

    Where it holds none, figures are compared with those of the last quarter that the submission names itself.
    """
    document, held = seen.document, seen.replaces
    if document is None:
        return Remarks((), (), ())
    findings = findings_of(store, document)
    asked = held.returned if held is not None and held.state is ReportState.RETURNED else {}
    before = store.reports.entries(held.id) if held is not None and asked else {}
    rows = [row for row in document.rows if row.measure_key in asked]
    mended = tuple(row.label for row in rows if before.get(row.measure_key) != row.entry)
    return Remarks(findings, mended, tuple(row.label for row in rows if row.label not in mended))


def findings_of(store: Store, document: ReportDocument) -> tuple[tuple[ReportRow, Finding], ...]:
    """The checks' findings on a submission, row by row; none where its version of the plan is not known here."""
    try:
        plan = store.plans.get(document.plan.id, document.plan.version)
    except KeyError:
        return ()
    code, rows = document.unit.code, document.rows
    earlier = earlier_reports(store, plan.id, code, document.quarter)
    yardstick = yardstick_of(store, plan, document.quarter, earlier)
    last = store.reports.entries(earlier[-1].id) if earlier else {}
    texts = {row.measure_key: row.entry.progress for row in rows}
    same = labels_of_same(plan, measures_for(plan, code), texts)
    found = []
    for row in rows:
        around = Around(
            last.get(row.measure_key), yardstick.standings(row.targets), same.get(row.measure_key, ())
        )
        if not earlier:
            around = replace(around, standings=_as_named(row, document.quarter, yardstick))
        found += [(row, each) for each in check_entry(row.entry, row.targets, around, yardstick.rules)]
    return tuple(found)


def _as_named(row: ReportRow, quarter: str, yardstick: Yardstick) -> dict[str, Standing]:
    """Standings by the figures of the quarter before that a row names."""
    before = str(Quarter.parse(quarter).previous)
    named = {r.target_key: r.value for r in row.previous}
    past = {
        t.key: (Past(before, value, t.accumulation, t.unit),)
        for t in row.targets
        if (value := named.get(t.key)) is not None
    }
    return replace(yardstick, past=past).standings(row.targets)


def accept(
    store: Store, digest: str, identity: SigningIdentity, words: str, actor: str, now: datetime
) -> OutboxItem:
    """Takes a submission into the superior's books and puts the receipt into the outbox; one transaction.

    Accepting the same package again gives the same receipt and writes nothing.
    Raises RefusedError with the failed check's code.
    """
    seen = _decidable(store, digest, now)
    given = answered(store, digest)
    if given is not None and given.kind is PackageKind.RECEIPT:
        return given
    if given is not None:
        raise RefusedError("already_returned", issuer=seen.opened.header.issuer.name)
    document, held = seen.document, seen.replaces
    assert document is not None
    report = _report_of(document, seen, store.packages.inbox_item(digest), ReportState.ACCEPTED, now, "")
    with store.transaction():
        if held is not None and held.state is ReportState.ACCEPTED:
            store.reports.put(replace(held, state=next_state(held.state, ReportEvent.SUPERSEDE)))
        _keep_report(store, report, document, seen, now)
        item = _answer(store, seen, document, "accepted", words, {}, None, identity, now)
        _decided(store, digest, InboxState.TAKEN, item, now)
        store.audit.append(
            now,
            actor,
            "submission_accepted",
            digest,
            {"unit": document.unit.name, "revision": str(document.revision), **_signed_for(seen)},
            report.digest,
        )
    return item


def send_back(
    store: Store, digest: str, words: str, entries: Mapping[str, str], due: date | None, identity: SigningIdentity,
    actor: str, now: datetime,
) -> OutboxItem:  # fmt: skip
    """Returns a submission with reasons, overall and per measure, and a deadline of its own.

    Raises RefusedError(`reason_missing`) without any reason, or with the failed check's code.
    """
    if not words.strip() and not any(text.strip() for text in entries.values()):
        raise RefusedError("reason_missing")
    seen = _decidable(store, digest, now)
    given = answered(store, digest)
    if given is not None and given.kind is PackageKind.RETURN:
        return given
    document, held = seen.document, seen.replaces
    assert document is not None
    if held is not None and held.revision > document.revision:
        raise RefusedError("revision_old", revision=document.revision, held=held.revision)
    report = _report_of(document, seen, store.packages.inbox_item(digest), ReportState.RETURNED, now, words)
    report = replace(report, returned=dict(entries), due=due)
    with store.transaction():
        _keep_report(store, report, document, seen, now)
        item = _answer(store, seen, document, "returned", words, entries, due, identity, now)
        _decided(store, digest, InboxState.RETURNED, item, now)
        store.audit.append(
            now,
            actor,
            "submission_returned",
            digest,
            {"unit": document.unit.name, "reason": words, **_signed_for(seen)},
            report.digest,
        )
    return item


def _report_of(
    document: ReportDocument,
    seen: Inspection,
    item: InboxItem | None,
    state: ReportState,
    now: datetime,
    reason: str,
) -> Report:
    data = seen.opened.files["report.json"]

    return Report(
        digest_of(data)[:32], document.plan.id, document.plan.version, document.unit.code, document.quarter,
        document.revision, state, document.people, decided_at=now, received_at=item.received_at if item else now,
        signed_at=seen.opened.header.claimed_time, reason=reason, digest=digest_of(data), code=verification_code(data),
        package=seen.opened.digest,
    )  # fmt: skip


def _keep_report(
    store: Store, report: Report, document: ReportDocument, seen: Inspection, now: datetime
) -> None:
    store.reports.put(report)
    for row in document.rows:
        store.reports.put_entry(report.id, row.entry, now)
    for name in ("report.json", "report.pdf", "ledger.xlsx"):
        store.reports.put_document(report.id, name, seen.opened.files[name])
    for name, data in seen.opened.files.items():
        if name.startswith("evidence/"):
            store.evidence.add_bytes(data, name.removeprefix("evidence/"))
    if seen.approval is not None:
        store.evidence.add_bytes(scan_in(seen.opened.files, seen.approval), seen.approval.scan.name)
        store.reports.put_approval(report.id, seen.approval)


def _signed_for(seen: Inspection) -> dict[str, str]:
    """What the audit trail says of who signed for the issuer, where somebody did."""
    approval = seen.approval
    return {"person": approval.signer, **signed_for_facts(approval)} if approval else {}


def _answer(
    store: Store, seen: Inspection, document: ReportDocument, outcome: str, words: str, entries: Mapping[str, str],
    due: date | None, identity: SigningIdentity, now: datetime,
) -> OutboxItem:  # fmt: skip

    trust, header = store.keys.trust(), seen.opened.header
    payload = answer.AnswerPayload(
        outcome, digest_of(seen.opened.files["report.json"]), document.plan.id, document.quarter, document.revision,
        words, dict(entries), due, header.sequence, trust.crls if trust else b"", trust.crl_number if trust else 0,
    )  # fmt: skip
    kind = PackageKind.RECEIPT if outcome == "accepted" else PackageKind.RETURN
    unit = store.units.region().find(document.unit.code)
    word = "回执" if outcome == "accepted" else "退回单"
    whose = f"{unit.short_name if unit else document.unit.name}{plan_part(store, document.plan.title)}"
    name = f"{whose}_{document.quarter}_第{document.revision}次报送_{word}.jbx"
    return post(
        store, kind, document.unit, submission_stream(document.plan.id, document.quarter), answer.write_answer(payload),
        identity, now, plan_digest=document.plan.digest, in_reply_to=seen.opened.digest, file_name=name,
    )  # fmt: skip


def _decided(store: Store, digest: str, state: InboxState, item: OutboxItem, now: datetime) -> None:
    inbox = store.packages.inbox_item(digest)
    if inbox is not None:
        store.packages.put_inbox(replace(inbox, state=state, decided_at=now, note=item.digest, problem=""))
