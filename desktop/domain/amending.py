"""Comparing the measures of a new document with those of the plan in force: by their words, not by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.changes import ChangeKind, Match
from desktop.domain.errors import RefusedError
from desktop.domain.plan import Measure, Plan, PlanDraft

CERTAIN = 80
"""From this likeness on, a reworded measure needs nobody's word that it is the same one."""


def compare(old: Sequence[Measure], new: Sequence[Measure]) -> tuple[Match, ...]:
    """What became of each measure: every key of both sides stands in exactly one match, in the new document's order."""
    left = {words(m): m for m in old}
    found: list[Match] = []
    for measure in new:
        before = left.pop(words(measure), None)
        if before is None:
            found.append(Match(ChangeKind.NEW, (), (measure.key,)))
        else:
            found.append(described((before,), (measure,)))
    taken = {key for match in found for key in match.old}
    found += [Match(ChangeKind.DROPPED, (m.key,), ()) for m in old if m.key not in taken]
    return tuple(found)


def described(old: Sequence[Measure], new: Sequence[Measure]) -> Match:
    """The match of these measures with its kind and likeness; ValueError where several stand for several."""
    keys = tuple(m.key for m in old), tuple(m.key for m in new)
    if min(len(old), len(new)) > 1 or not (old or new):
        raise ValueError(keys)
    if not old or not new:
        return Match(ChangeKind.DROPPED if old else ChangeKind.NEW, *keys)
    if len(old) > 1 or len(new) > 1:
        return Match(ChangeKind.MERGED if len(old) > 1 else ChangeKind.SPLIT, *keys, 100)
    before, after = old[0], new[0]
    if words(before) != words(after):
        return Match(ChangeKind.REWORDED, *keys, 50)
    if before.duties != after.duties:
        return Match(ChangeKind.REASSIGNED, *keys, 100)
    same = (before.task_no, before.part, before.section) == (after.task_no, after.part, after.section)
    return Match(ChangeKind.UNCHANGED if same else ChangeKind.RENUMBERED, *keys, 100)


def words(measure: Measure) -> tuple[str, ...]:
    """What a measure says, whatever its number and whoever does it; white space does not count."""
    said = (measure.title, measure.content, measure.deadline, measure.remark)
    return tuple("".join(text.split()) for text in said)


def is_certain(match: Match) -> bool:
    """Whether it needs nobody's word."""
    if match.kind in (ChangeKind.UNCHANGED, ChangeKind.RENUMBERED, ChangeKind.REASSIGNED):
        return True
    return match.kind is ChangeKind.REWORDED and match.likeness >= CERTAIN


def is_open(match: Match) -> bool:
    """Whether the officer has still to say that it is so."""
    return not (match.confirmed or is_certain(match))


def confirm(matches: tuple[Match, ...], match: Match) -> tuple[Match, ...]:
    """The matches with this one confirmed."""
    return tuple(replace(m, confirmed=True) if m == match else m for m in matches)


def pair(
    matches: tuple[Match, ...],
    old_keys: Sequence[str],
    new_keys: Sequence[str],
    old: Sequence[Measure],
    new: Sequence[Measure],
) -> tuple[Match, ...]:
    """The matches with these keys put together by hand; what they were part of is divided again.

    Raises RefusedError(`match_many_to_many`) where several stand for several.
    """
    if min(len(old_keys), len(new_keys)) > 1:
        raise RefusedError("match_many_to_many")
    touched = [m for m in matches if set(m.old) & set(old_keys) or set(m.new) & set(new_keys)]
    made = replace(
        described([m for m in old if m.key in old_keys], [m for m in new if m.key in new_keys]),
        confirmed=True,
    )
    rest_old = {k for m in touched for k in m.old} - set(old_keys)
    rest_new = {k for m in touched for k in m.new} - set(new_keys)
    again = compare([m for m in old if m.key in rest_old], [m for m in new if m.key in rest_new])
    return in_order((*(m for m in matches if m not in touched), made, *again), old, new)


def part(
    matches: tuple[Match, ...], match: Match, old: Sequence[Measure], new: Sequence[Measure]
) -> tuple[Match, ...]:
    """The matches with this one taken apart, because its measures are not the same: dropped and new, both confirmed."""
    pieces = [Match(ChangeKind.DROPPED, (key,), (), 0, True) for key in match.old]
    pieces += [Match(ChangeKind.NEW, (), (key,), 0, True) for key in match.new]
    return in_order((*(m for m in matches if m != match), *pieces), old, new)


def in_order(matches: Sequence[Match], old: Sequence[Measure], new: Sequence[Measure]) -> tuple[Match, ...]:
    """The matches in the new document's order, what is dropped behind what it stood behind."""
    old_at = {m.key: at for at, m in enumerate(old)}
    new_at = {m.key: at for at, m in enumerate(new)}
    followed = {old_at[key]: new_at[match.new[0]] for match in matches if match.new for key in match.old}

    def place(match: Match) -> tuple[int, int, int]:
        if match.new:
            return new_at[match.new[0]], 0, 0
        at = old_at[match.old[0]]
        return max((followed[o] for o in followed if o < at), default=-1), 1, at

    return tuple(sorted(matches, key=place))


def amended(plan: Plan, draft: PlanDraft) -> Plan:
    """The next version of the plan: the draft's words under the keys that their matches say."""
    keys = {new: match.old[0] for match in draft.matches if match.old for new in match.new[:1]}
    fresh = {m.key: f"m{plan.version + 1}-{at:03d}" for at, m in enumerate(draft.measures, 1)}
    return replace(
        plan,
        version=plan.version + 1,
        title=draft.title,
        measures=tuple(replace(m, key=keys.get(m.key, fresh[m.key])) for m in draft.measures),
        targets=tuple(
            replace(t, measure_key=keys.get(t.measure_key, fresh.get(t.measure_key, "")))
            for t in draft.targets
        ),
    )
