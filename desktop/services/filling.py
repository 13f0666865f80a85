"""Filling a quarter: opening the report, saving entries, attaching evidence."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.assignment import measures_for
from desktop.domain.checks import even_text
from desktop.domain.errors import RefusedError
from desktop.domain.report import Entry, People, Report, ReportState
from desktop.services.checking import labels_of_same
from desktop.services.closing import refuse_locked
from desktop.services.following import carry_readings, joined
from desktop.services.surveying import FillingRow, overview, plan_of, row_alone
from desktop.storage import Store

_PEOPLE = ("preparer", "reviewer", "issuer", "phone")


@dataclass(frozen=True)
class Saved:
    """What a saved entry changed. `others`: rows that had or now have the same words, with their findings anew."""

    row: FillingRow
    at: datetime
    others: tuple[FillingRow, ...] = ()


def begin(store: Store, plan_id: str, quarter: str, actor: str, now: datetime) -> Report:
    """The unit's newest revision for a quarter, made if there is none yet.

    Raises RefusedError: `quarter_not_open`(quarter) when the superior has not opened it, `quarter_closed`(quarter, closes)
    when it is over and nothing was begun.
    """
    own = store.workspace.unit.code
    report = store.reports.latest(plan_id, own, quarter)
    if report is not None:
        return report
    calendar = store.plans.calendar(plan_id, quarter)
    if calendar is None:
        raise RefusedError("quarter_not_open", quarter=quarter)
    if now.date() > calendar.closes:
        raise RefusedError("quarter_closed", quarter=quarter, closes=calendar.closes.isoformat())
    people = _people_of_last_time(store, plan_id, quarter)
    version = store.plans.get(plan_id).version
    report = Report(uuid.uuid4().hex, plan_id, version, own, quarter, 1, people=people, created_at=now)
    with store.transaction():
        store.reports.put(report)
        store.audit.append(now, actor, "report_begun", report.id, {"quarter": quarter})
    return report


def _people_of_last_time(store: Store, plan_id: str, quarter: str) -> People:
    own = store.workspace.unit.code
    before = [r for r in store.reports.find(plan_id=plan_id, unit_code=own) if r.quarter < quarter]
    if before:
        return before[-1].people
    settings = store.settings
    return People(
        settings.get("preparer", ""),
        settings.get("reviewer", ""),
        settings.get("issuer", ""),
        settings.get("phone", ""),
    )


def next_revision(store: Store, report: Report, actor: str, now: datetime) -> Report:
    """A draft that follows a returned or withdrawn revision, with everything that was typed.

    Raises RefusedError(`report_state`) unless the newest revision was returned or withdrawn.
    """
    latest = store.reports.latest(report.plan_id, report.unit_code, report.quarter)
    if latest is None or latest.state not in (ReportState.RETURNED, ReportState.WITHDRAWN):
        state = latest.state.value if latest else ""
        raise RefusedError("report_state", state=state, event="revise")
    # The version that its words were typed for, until a review passes them for a newer one.
    draft = Report(
        uuid.uuid4().hex, report.plan_id, latest.plan_version, report.unit_code, report.quarter, latest.revision + 1,
        people=latest.people, created_at=now, due=latest.due, returned=latest.returned,
        # Why a unit took its own report back is no reproach to the next one.
        reason=latest.reason if latest.state is ReportState.RETURNED else "",
    )  # fmt: skip
    with store.transaction():
        store.reports.put(draft)
        for entry in store.reports.entries(latest.id).values():
            store.reports.put_entry(draft.id, entry, now)
        store.letters.copy(latest.id, draft.id, now)
        carry_readings(store, draft, actor, now)
        store.audit.append(now, actor, "revision_begun", draft.id, {"revision": str(draft.revision)})
    return draft


def save_entry(store: Store, report_id: str, entry: Entry, actor: str, now: datetime) -> Saved:
    """Saves an entry durably; returns its row with fresh findings. An unchanged entry writes nothing.

    Raises RefusedError: as `closing.refuse_locked`, and `not_assigned`(measure).
    """
    report = store.reports.get(report_id)
    refuse_locked(store, report, now)
    plan = plan_of(store, report)
    measures = measures_for(plan, report.unit_code)
    measure = next((m for m in measures if m.key == entry.measure_key), None)
    if measure is None:
        raise RefusedError("not_assigned", measure=entry.measure_key)
    before = store.reports.entry(report_id, measure.key) or Entry(measure.key)
    # A figure that is asked for no more is not given up with the next word typed.
    asked = {t.key for t in plan.targets_for(measure, report.unit_code)} | {
        r.target_key for r in entry.readings
    }
    kept = tuple(r for r in before.readings if r.target_key not in asked)
    entry = replace(entry, readings=entry.readings + kept)
    if before != entry:
        with store.transaction():
            store.reports.put_entry(report_id, entry, now)
            store.audit.append(
                now, actor, "entry_saved", f"{report_id}/{entry.measure_key}", difference(before, entry)
            )
    texts = store.reports.progress_texts(report_id)
    own = even_text(entry.progress)
    alike = {key: text for key, text in texts.items() if even_text(text) == own}
    same = labels_of_same(plan, measures, alike).get(measure.key, ())
    row = row_alone(store, report, plan, measure, entry, same)
    return Saved(row, now, _touched(store, report, measure.key, before.progress, entry.progress, texts))


def save_entries(
    store: Store, report_id: str, entries: Iterable[Entry], actor: str, now: datetime
) -> tuple[Saved, ...]:
    """Saves several entries, all or none. Raises as `save_entry`."""
    with store.transaction():
        return tuple(save_entry(store, report_id, entry, actor, now) for entry in entries)


def _touched(
    store: Store, report: Report, measure_key: str, before: str, after: str, texts: Mapping[str, str]
) -> tuple[FillingRow, ...]:
    """The other rows whose words are, or were, those of the saved one."""
    words = {even_text(before), even_text(after)} - {""}
    if even_text(before) == even_text(after):
        return ()
    keys = {key for key, text in texts.items() if key != measure_key and even_text(text) in words}
    if not keys:
        return ()
    return tuple(row for row in overview(store, report).rows if row.measure.key in keys)


def take_over_former(
    store: Store, report_id: str, measure_key: str, former_key: str, actor: str, now: datetime
) -> Saved:
    """Appends what was typed under a former measure to the entry of the one it became: texts, figures, evidence.

    This report's own words are taken before those of the earlier quarter, of which the figures stay behind; taking
    over twice adds nothing. Raises as `save_entry`, and RefusedError(`former_missing`) when nothing was typed there.
    """
    seen = overview(store, store.reports.get(report_id))
    row = next((r for r in seen.rows if r.measure.key == measure_key), None)
    former = next((f for f in row.former if f.entry.measure_key == former_key), None) if row else None
    if row is None or former is None:
        raise RefusedError("former_missing")
    asked = {t.key for t in row.targets} if not former.quarter else set()
    return save_entry(store, report_id, joined(row.entry, former.entry, asked), actor, now)


def difference(before: Entry, after: Entry) -> dict[str, str]:
    facts: dict[str, str] = {}
    for name in ("status", "progress", "problems", "next_steps", "explanation"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            facts[f"{name}_from"], facts[f"{name}_to"] = str(old or ""), str(new or "")
    for key in {r.target_key for r in (*before.readings, *after.readings)}:
        if before.reading(key) != after.reading(key):
            facts[f"reading_{key}"] = f"{before.reading(key)}→{after.reading(key)}"
    if before.evidence != after.evidence:
        facts["evidence_from"] = "、".join(e.name for e in before.evidence)
        facts["evidence"] = "、".join(e.name for e in after.evidence)
    return facts


def name_people(store: Store, report_id: str, people: People, actor: str, now: datetime) -> Report:
    """Records who prepares, reviews and issues. Raises RefusedError as `closing.refuse_locked`."""
    # A blank behind the issuer's name would make it another than the certificate's.
    people = People(*(getattr(people, name).strip() for name in _PEOPLE))
    report = store.reports.get(report_id)
    refuse_locked(store, report, now)
    if report.people == people:
        return report
    facts: dict[str, str] = {}
    for name in _PEOPLE:
        before, after = getattr(report.people, name), getattr(people, name)
        if before != after:
            facts |= {f"{name}_from": before, name: after}
    report = replace(report, people=people)
    with store.transaction():
        store.reports.put(report)
        for name in _PEOPLE:
            store.settings.put(name, getattr(people, name))
        store.audit.append(now, actor, "people_named", report.id, facts)
    return report
