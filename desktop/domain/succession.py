"""From one version of a plan to the next: keys that stay, targets that keep theirs, and what is said of the change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.amending import assigned_on, kind_of
from desktop.domain.assignment import measures_for
from desktop.domain.changes import ChangeKind, Match, PlanChange
from desktop.domain.goals import with_goals, without_goals
from desktop.domain.likeness import likeness
from desktop.domain.pairing import text_of, words
from desktop.domain.plan import GOALS, DutyRole, Measure, Plan, PlanDraft
from desktop.domain.target_pairing import targets_on
from desktop.domain.targets import Target
from desktop.domain.unit import Region


def amended(plan: Plan, draft: PlanDraft) -> Plan:
    """The next version of the plan: the draft's words under the keys that its matches say.

    One and one keep the key; of a split the most alike piece keeps it; what is merged takes the key of the most
    alike former measure; the rest gets keys that no version ever had. Likewise for targets. Where an officer assigned
    a measure by hand and the document names whom it named before, the officer's assignment stays.
    `draft.matches` must name every key of both sides once. The row of overall targets is no part of it on either side:
    `headed` puts it to the version that is made.
    """
    plan = without_goals(plan)
    version = plan.version + 1
    old, new = {m.key: m for m in plan.measures}, {m.key: m for m in draft.measures}
    heirs = {key: heir for match in draft.matches if match.old for key, heir in _heirs(match, old, new)}
    used = set(old) | {key for change in plan.changes for key in (*change.old, *change.new)}
    fresh = _fresh(f"m{version}", used)
    keys = {m.key: heirs.get(m.key) or next(fresh) for m in draft.measures}
    before = {n: _nearest(m, new[n], old) for m in draft.matches if m.old for n in m.new}
    measures = tuple(
        replace(assigned_on(old[before[m.key]], m) if m.key in before else m, key=keys[m.key])
        for m in draft.measures
    )
    target_keys = _fresh(f"t{version}", {t.key for t in plan.targets})
    targets = targets_on(plan, draft, keys, target_keys)
    made = replace(plan, version=version, title=draft.title, measures=measures, targets=targets)
    final = (replace(m, new=tuple(keys[key] for key in m.new)) for m in draft.matches)
    return replace(made, changes=(*plan.changes, *_told(plan, made, final)))


def _heirs(match: Match, old: Mapping[str, Measure], new: Mapping[str, Measure]) -> Iterator[tuple[str, str]]:
    """Which of a match's new measures takes which old key: the most alike one."""
    if match.new:
        alike = [(-_alike(old[o], new[n]), match.old.index(o), match.new.index(n), o, n)
                 for o in match.old for n in match.new]  # fmt: skip
        *_, key, heir = min(alike)
        yield heir, key


def _nearest(match: Match, measure: Measure, old: Mapping[str, Measure]) -> str:
    return max(match.old, key=lambda key: (_alike(old[key], measure), -match.old.index(key)))


def _alike(a: Measure, b: Measure) -> int:
    return likeness(text_of(a), text_of(b))


def _fresh(head: str, used: set[str]) -> Iterator[str]:
    """Keys that begin with the version they came with, so that none of another version is like them."""
    return (key for at in range(1, 1_000_000) if (key := f"{head}-{at:03d}") not in used)


def _told(plan: Plan, made: Plan, matches: Iterator[Match]) -> Iterator[PlanChange]:
    """What to say of each match, with the kind that it has once targets and assignments are settled."""
    for match in matches:
        kind = match.kind
        if len(match.old) == len(match.new) == 1:
            kind = _kind(plan, made, match.old[0])
        if kind is not ChangeKind.UNCHANGED:
            yield change_of(plan, made.version, kind, match.old, match.new)


def _kind(before: Plan, after: Plan, key: str) -> ChangeKind:
    """What became of a measure that both versions have."""
    old, new = before.measure(key), after.measure(key)
    kind = kind_of(old, new)
    quiet = kind in (ChangeKind.UNCHANGED, ChangeKind.RENUMBERED)
    return ChangeKind.RETARGETED if quiet and _figures(before, old) != _figures(after, new) else kind


def _figures(plan: Plan, measure: Measure) -> set[Target]:
    """A measure's targets, whatever its number and their order."""
    return {replace(t, task_no="", part=0, by_hand=False) for t in plan.targets_of(measure)}


def change_of(
    plan: Plan, version: int, kind: ChangeKind, old: Sequence[str], new: Sequence[str]
) -> PlanChange:
    """A change that comes with `version`; `plan` is the version before it, which knows the old numbers and titles."""
    measures = [plan.measure(key) for key in old]
    labels = tuple(plan.label(m) for m in measures)
    return PlanChange(version, kind, tuple(old), tuple(new), labels, tuple(m.title for m in measures))


def changed_in_place(plan: Plan, made: Plan) -> Plan:
    """A version made by hand from the one before, measure by measure, with its changes told; to be `headed`."""
    same = (Match(ChangeKind.UNCHANGED, (m.key,), (m.key,)) for m in made.own_measures)
    told = tuple(_told(plan, made, same))
    return replace(made, changes=(*plan.changes, *told))


def headed(plan: Plan, made: Plan, region: Region) -> Plan:
    """A version with its row of overall targets, and what became of that row since the version before, `plan`."""
    made = with_goals(made, region)
    before, after = ((GOALS,) if any(m.key == GOALS for m in p.measures) else () for p in (plan, made))
    if not before + after:
        return made
    kind = ChangeKind.DROPPED if not after else ChangeKind.UNCHANGED if before else ChangeKind.NEW
    told = tuple(_told(plan, made, iter([Match(kind, before, after)])))
    return replace(made, changes=(*made.changes, *told))


@dataclass(frozen=True)
class Former:
    """A measure that led to another: left with `version`, by `kind`, its label and title then."""

    key: str
    kind: ChangeKind
    version: int
    label: str
    title: str


def formers_of(plan: Plan, key: str) -> tuple[Former, ...]:
    """Every measure that was merged into this one or of which it was split off, over all versions, the newest first."""
    found: dict[str, Former] = {}
    todo = [(key, plan.version + 1)]
    while todo:
        current, before = todo.pop(0)
        for change in reversed(plan.changes):
            joined = change.kind in (ChangeKind.MERGED, ChangeKind.SPLIT) and current in change.new
            if change.version >= before or not joined:
                continue
            for old, label, title in zip(change.old, change.old_labels, change.old_titles, strict=False):
                if old not in found and old != key:
                    found[old] = Former(old, change.kind, change.version, label, title)
                    todo.append((old, change.version))
    return tuple(found.values())


def sources_of(plan: Plan, key: str, since: int) -> tuple[Former, ...]:
    """The formers of a measure that tell something to who holds version `since`: those left later, or gone for good."""
    if not plan.changes:
        return ()
    there = {m.key for m in plan.measures}
    return tuple(f for f in formers_of(plan, key) if f.version > since or f.key not in there)


def changes_for(plan: Plan, held: Plan, unit_code: str) -> tuple[PlanChange, ...]:
    """What differs for one unit between the version that it held and this one, over all versions between.

    What is no longer the unit's is dropped, what was not the unit's before is new; who else implements is no change.
    """
    before = {m.key: m for m in measures_for(held, unit_code)}
    after = {m.key: m for m in measures_for(plan, unit_code)}
    origins = {
        key: [
            k
            for k in before
            if k == key or k in {f.key for f in formers_of(plan, key) if f.version > held.version}
        ]
        for key in after
    }
    heirs: dict[str, list[str]] = {key: [n for n, olds in origins.items() if key in olds] for key in before}
    told: dict[tuple[tuple[str, ...], tuple[str, ...]], ChangeKind] = {}
    for key, olds in origins.items():
        if not olds:
            told[(), (key,)] = ChangeKind.NEW
        elif len(olds) > 1:
            told[tuple(olds), (key,)] = ChangeKind.MERGED
        elif len(heirs[olds[0]]) > 1:
            told[tuple(olds), tuple(heirs[olds[0]])] = ChangeKind.SPLIT
        else:
            told[tuple(olds), (key,)] = _kind_for(held, plan, before[olds[0]], after[key], unit_code)
    told |= {((key,), ()): ChangeKind.DROPPED for key, own in heirs.items() if not own}
    order = list(ChangeKind)
    ranked = sorted(told.items(), key=lambda item: order.index(item[1]))
    return tuple(
        change_of(held, plan.version, kind, old, new)
        for (old, new), kind in ranked
        if kind is not ChangeKind.UNCHANGED
    )


def _kind_for(held: Plan, plan: Plan, old: Measure, new: Measure, unit_code: str) -> ChangeKind:
    if words(old) != words(new):
        return ChangeKind.REWORDED
    roles = (DutyRole.LEAD, DutyRole.SUPPORT)
    if [old.names(role) for role in roles] != [new.names(role) for role in roles]:
        return ChangeKind.REASSIGNED
    figures = [
        {replace(t, task_no="", part=0, by_hand=False) for t in p.targets_for(m, unit_code)}
        for p, m in ((held, old), (plan, new))
    ]
    if figures[0] != figures[1]:
        return ChangeKind.RETARGETED
    return ChangeKind.UNCHANGED if held.label(old) == plan.label(new) else ChangeKind.RENUMBERED
