"""What a unit typed follows its measures through the versions of a plan; nothing typed is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.assignment import measures_for
from desktop.domain.changes import ChangeKind
from desktop.domain.plan import Measure, Plan
from desktop.domain.report import Entry, Report
from desktop.domain.succession import sources_of
from desktop.domain.targets import Target
from desktop.storage import Store


@dataclass(frozen=True)
class FormerEntry:
    """What this unit typed under a measure that the plan has no longer, or has otherwise.

    `label` and `title` are the measure's then; `kind`: merged or split into the row's measure, dropped where there is
    no row. `quarter`: empty for this report's own entry, else the earlier quarter. `taken`: the row says it all already.
    """

    label: str
    title: str
    kind: ChangeKind
    entry: Entry
    quarter: str = ""
    taken: bool = False


@dataclass(frozen=True)
class Typed:
    """The entries of one report by measure, and the version of the plan that they were typed for."""

    entries: Mapping[str, Entry]
    version: int
    quarter: str = ""


def former_of(
    plan: Plan, measure: Measure, unit_code: str, typed: Typed, now: Entry
) -> tuple[FormerEntry, ...]:
    """Typed entries of measures that were merged into this one, or of which it was split off; `now` is its own entry."""
    asked = {t.key for t in plan.targets_for(measure, unit_code)}
    found = []
    for source in sources_of(plan, measure.key, typed.version):
        entry = typed.entries.get(source.key)
        if entry is not None and not entry.empty:
            taken = joined(now, entry, set() if typed.quarter else asked) == now
            found.append(FormerEntry(source.label, source.title, source.kind, entry, typed.quarter, taken))
    return tuple(found)


def dropped_of(plan: Plan, unit_code: str, typed: Typed) -> tuple[FormerEntry, ...]:
    """Typed entries of measures that the plan no longer has or no longer gives to the unit, and that no row shows."""
    own = measures_for(plan, unit_code)
    shown = {m.key for m in own} | {s.key for m in own for s in sources_of(plan, m.key, typed.version)}
    found = []
    for key, entry in typed.entries.items():
        if key not in shown and not entry.empty:
            label, title = _called(plan, key)
            found.append(FormerEntry(label, title, ChangeKind.DROPPED, entry))
    return tuple(found)


def _called(plan: Plan, key: str) -> tuple[str, str]:
    """The number and title of a measure as the newest version has it that had it at all."""
    measure = next((m for m in plan.measures if m.key == key), None)
    if measure is not None:
        return plan.label(measure), measure.title
    for change in reversed(plan.changes):
        if key in change.old:
            place = change.old.index(key)
            return change.old_labels[place], change.old_titles[place]
    return "", ""


def joined(entry: Entry, former: Entry, asked: set[str]) -> Entry:
    """The entry with what a former one says behind it: texts, evidence, and figures of targets that are asked for.

    What it says already is not said twice; its own figures stay, and so does its status.
    """
    given = {r.target_key for r in entry.readings}
    readings = tuple(r for r in former.readings if r.target_key in asked - given)
    files = {e.digest for e in entry.evidence}
    evidence = tuple(e for e in former.evidence if e.digest not in files)
    return replace(
        entry,
        progress=_appended(entry.progress, former.progress),
        problems=_appended(entry.problems, former.problems),
        next_steps=_appended(entry.next_steps, former.next_steps),
        explanation=_appended(entry.explanation, former.explanation),
        readings=entry.readings + readings,
        evidence=entry.evidence + evidence,
    )


def _appended(text: str, more: str) -> str:
    if more.strip() in text:
        return text
    return f"{text.rstrip()}\n{more.strip()}" if text.strip() else more


def with_moved(
    entry: Entry | None, key: str, targets: tuple[Target, ...], others: Mapping[str, Entry]
) -> Entry | None:
    """An entry with the figures of its targets that were typed under another measure, from which the target came."""
    given = {r.target_key for r in entry.readings} if entry else set()
    wanted = {t.key for t in targets} - given
    if not wanted:
        return entry
    moved = tuple(
        r
        for k, other in others.items()
        if k != key
        for r in other.readings
        if r.target_key in wanted and r.value is not None
    )
    if not moved:
        return entry
    return replace(entry or Entry(key), readings=(*(entry.readings if entry else ()), *moved))


def carry_readings(store: Store, report: Report, actor: str, now: datetime) -> None:
    """Copies figures to the measures that their targets belong to now, in a draft that the plan's new version reaches.

    Must run within the caller's transaction. Where they were typed they stay, too.
    """
    plan, entries = store.plans.get(report.plan_id), store.reports.entries(report.id)
    for measure in measures_for(plan, report.unit_code):
        before = entries.get(measure.key)
        after = with_moved(before, measure.key, plan.targets_for(measure, report.unit_code), entries)
        if after is not None and after != before:
            store.reports.put_entry(report.id, after, now)
            facts = {"version": str(plan.version)}
            store.audit.append(now, actor, "readings_carried", f"{report.id}/{measure.key}", facts)
