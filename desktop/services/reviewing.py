"""Review: what changed, what is still wrong, and freezing the revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.codec import canonical_bytes, digest_of, parse_json, verification_code
from desktop.domain.errors import RefusedError
from desktop.domain.report import (
    Entry,
    PlanRef,
    Report,
    ReportDocument,
    ReportEvent,
    next_state,
)
from desktop.reports.fonts import Faces
from desktop.reports.rendered import RenderedPdf
from desktop.reports.unit_report import render_unit_report
from desktop.services.closing import refuse_closed
from desktop.services.commenting import refuse_unsettled
from desktop.services.composing import letter_of
from desktop.services.cosigning import asked, give_up
from desktop.services.following import carry_readings
from desktop.services.separating import refuse_same
from desktop.services.surveying import (
    FillingOverview,
    overview,
    previous_entries,
    report_rows,
    revision_before,
)
from desktop.storage import Store

DOCUMENT_SCHEMA = 1


@dataclass(frozen=True)
class FieldChange:
    """One field of one measure that differs. `field` is an Entry's field name or `reading`/`evidence`.

    `before` and `after` are texts as they are shown (a status's code, a figure with its unit, file names).
    """

    measure_key: str
    label: str
    title: str
    field: str
    indicator: str
    before: str
    after: str
    explanation: str = ""


def document_of(store: Store, report: Report, prepared_on: datetime) -> ReportDocument:
    """The whole content of a revision as it stands: what is printed, signed and packed."""
    seen = overview(store, report)
    superior = store.workspace.superior
    if superior is None:
        raise RefusedError("no_superior")
    plan = seen.plan
    rows = report_rows(seen)
    reference = PlanRef(plan.id, plan.version, plan.title, plan.digest)
    return ReportDocument(
        DOCUMENT_SCHEMA, reference, store.workspace.unit, superior, report.quarter, report.revision,
        report.people, prepared_on.date(), rows, letter_of(store, seen, rows),
        asked(store, report.people, prepared_on),
    )  # fmt: skip


def review(store: Store, report_id: str, actor: str, now: datetime) -> Report:
    """Passes the review and freezes the revision's document.

    Raises RefusedError: `quarter_closed`(quarter, closes), `report_incomplete`(missing, first),
    `report_errors`(count, first), `report_unexplained`(count, first), `people_missing`(who), `report_state`,
    `comments_open`(count, first), `same_person`(name).
    """
    report = store.reports.get(report_id)
    state = next_state(report.state, ReportEvent.REVIEW)
    refuse_closed(store, report, now)
    seen = overview(store, report)
    _refuse_unready(seen)
    refuse_unsettled(store, report, seen.rows)
    for who in ("preparer", "reviewer", "issuer"):
        if not getattr(report.people, who).strip():
            raise RefusedError("people_missing", who=who)
    refuse_same(store, report.people)
    plan = store.plans.get(report.plan_id)
    report = replace(report, plan_version=plan.version)
    document = document_of(store, report, now)
    data = canonical_bytes(document)
    report = replace(
        report, state=state, reviewed_at=now, digest=digest_of(data), code=verification_code(data)
    )
    with store.transaction():
        store.reports.put_document(report.id, "report.json", data)
        store.reports.put(report)
        facts = {"code": report.code}
        if document.co_signers:
            facts["co_signers"] = ",".join(document.co_signers)
        store.audit.append(now, actor, "report_reviewed", report.id, facts, report.digest)
    return report


def _refuse_unready(seen: FillingOverview) -> None:
    unfilled = [row.label for row in seen.rows if not row.filled]
    if unfilled:
        raise RefusedError("report_incomplete", missing=len(unfilled), first=unfilled[0])
    if seen.errors:
        wrong = next(row.label for row in seen.rows for f in row.findings if f.severity.value == "error")
        raise RefusedError("report_errors", count=seen.errors, first=wrong)
    if seen.unexplained:
        first = next(row.label for row in seen.rows for f in row.findings if f.wants_explanation)
        raise RefusedError("report_unexplained", count=seen.unexplained, first=first)


def reopen(store: Store, report_id: str, reason: str, actor: str, now: datetime) -> Report:
    """Gives a reviewed revision back to the preparer; it is a draft again and nothing typed is lost. Signatures of
    preparer and reviewer are void with what they signed.

    Raises RefusedError: `report_state`, `quarter_closed`(quarter, closes) where nobody could go on with it.
    """
    report = store.reports.get(report_id)
    state = next_state(report.state, ReportEvent.REOPEN)
    refuse_closed(store, report, now)
    report = replace(
        report, state=state, reviewed_at=None, digest="", code="", reason=reason or report.reason
    )
    with store.transaction():
        give_up(store, report, actor, now)
        store.reports.put(report)
        carry_readings(store, report, actor, now)
        store.audit.append(now, actor, "report_reopened", report.id, {"reason": reason})
    return report


def frozen_document(store: Store, report: Report) -> tuple[ReportDocument, bytes]:
    """The frozen document of a reviewed or later revision, with its exact bytes.

    Raises RefusedError(`report_not_frozen`) before review, RefusedError(`document_altered`) if the
    bytes on disk are not the ones that were frozen.
    """
    data = store.reports.document(report.id, "report.json") if report.digest else None
    if data is None:
        raise RefusedError("report_not_frozen")
    if digest_of(data) != report.digest:
        raise RefusedError("document_altered", file="report.json")
    return parse_json(data, ReportDocument), data


def preview(store: Store, report: Report, faces: Faces, now: datetime) -> RenderedPdf:
    """The pages as they will be signed: from the frozen document, or from the draft as it stands now."""
    document = frozen_document(store, report)[0] if report.digest else document_of(store, report, now)
    return render_unit_report(document, faces)


def changes(store: Store, report: Report) -> tuple[FieldChange, ...]:
    """What differs from the revision before; for a first revision, from nothing at all (empty)."""
    earlier = revision_before(store, report)
    if earlier is None:
        return ()
    return compared(overview(store, report), store.reports.entries(earlier.id))


def changes_since_last_quarter(store: Store, report: Report) -> tuple[FieldChange, ...]:
    """What differs from the newest earlier quarter."""
    return compared(overview(store, report), previous_entries(store, report))


def compared(seen: FillingOverview, before: Mapping[str, Entry]) -> tuple[FieldChange, ...]:
    """Field by field, what the overview says otherwise than `before`."""
    found: list[FieldChange] = []
    for row in seen.rows:
        document_row = (row.measure.key, row.label, row.measure.title)
        found += entry_changes(
            *document_row,
            before.get(row.measure.key) or Entry(row.measure.key),
            row.entry,
            {t.key: (t.indicator, t.unit) for t in row.targets},
        )
    return tuple(found)


def entry_changes(
    key: str, label: str, title: str, before: Entry, after: Entry, indicators: Mapping[str, tuple[str, str]]
) -> list[FieldChange]:
    """The fields of one entry that differ; `indicators` gives each target's name and unit of measure."""
    found: list[FieldChange] = []
    for name in ("status", "progress", "problems", "next_steps", "explanation"):
        old, new = getattr(before, name) or "", getattr(after, name) or ""
        if old != new:
            found.append(FieldChange(key, label, title, name, "", str(old), str(new)))
    for target, (indicator, unit) in indicators.items():
        old_value, new_value = before.reading(target), after.reading(target)
        if old_value != new_value:
            shown = ["" if v is None else f"{v:f}{unit}" for v in (old_value, new_value)]
            found.append(
                FieldChange(key, label, title, "reading", indicator, shown[0], shown[1], after.explanation)
            )
    if before.evidence != after.evidence:
        names = ["\n".join(e.name for e in entry.evidence) for entry in (before, after)]
        found.append(FieldChange(key, label, title, "evidence", "", names[0], names[1]))
    return found
