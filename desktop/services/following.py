"""What a unit typed follows its measures through the versions of a plan; nothing typed is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.assignment import measures_for
from desktop.domain.changes import ChangeKind, PlanChange
from desktop.domain.plan import Measure, Plan
from desktop.domain.report import Entry


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


def former_of(
    plan: Plan, measure: Measure, entries: Mapping[str, Entry], since: int, quarter: str = ""
) -> tuple[FormerEntry, ...]:
    """Typed entries of measures that were merged into this one, or of which this one was split off."""
    found = []
    for change in plan.changes:
        if change.version <= since or measure.key not in change.new:
            continue
        if change.kind not in (ChangeKind.SPLIT, ChangeKind.MERGED):
            continue
        for key, label, title in zip(change.old, change.old_labels, change.old_titles, strict=True):
            entry = entries.get(key)
            if key != measure.key and entry is not None and not entry.empty:
                found.append(FormerEntry(label, title, change.kind, entry, quarter))
    return tuple(found)


def dropped_of(plan: Plan, unit_code: str, entries: Mapping[str, Entry]) -> tuple[FormerEntry, ...]:
    """Typed entries of measures that the plan no longer has, or no longer assigns to the unit."""
    own = {m.key for m in measures_for(plan, unit_code)}
    return tuple(
        FormerEntry("", "", ChangeKind.DROPPED, entry)
        for key, entry in entries.items()
        if key not in own and not entry.empty
    )


def changes_for(plan: Plan, held: Plan, unit_code: str) -> tuple[PlanChange, ...]:
    """What differs for one unit between the version that it held and this one."""
    mine = {m.key for p in (plan, held) for m in measures_for(p, unit_code)}
    return tuple(c for c in plan.changes if c.version > held.version and mine & {*c.old, *c.new})
