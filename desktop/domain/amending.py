"""Comparing the measures of a new document with those of the plan in force: by their words, not by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.changes import ChangeKind, Match
from desktop.domain.errors import RefusedError
from desktop.domain.likeness import likeness
from desktop.domain.pairing import groups_of, number, text_of, words
from desktop.domain.plan import Duty, DutyRole, Measure

CERTAIN = 80
"""From this likeness on, a reworded measure needs nobody's word that it is the same one."""


def compare(old: Sequence[Measure], new: Sequence[Measure]) -> tuple[Match, ...]:
    """What became of each measure: every key of both sides stands in exactly one match, in the new document's order.

    The words decide; numbers, and then places in the document, only choose between measures that are equally alike.
    """
    groups = groups_of(old, new)
    found = [described([old[i] for i in g.old], [new[j] for j in g.new]) for g in groups]
    taken = {key for match in found for key in match.old}, {key for match in found for key in match.new}
    found += [described([m], []) for m in old if m.key not in taken[0]]
    found += [described([], [m]) for m in new if m.key not in taken[1]]
    return in_order(found, old, new)


def described(old: Sequence[Measure], new: Sequence[Measure]) -> Match:
    """The match of these measures with its kind and likeness; ValueError where several stand for several."""
    keys = tuple(m.key for m in old), tuple(m.key for m in new)
    if min(len(old), len(new)) > 1 or not (old or new):
        raise ValueError(keys)
    if not old or not new:
        return Match(ChangeKind.DROPPED if old else ChangeKind.NEW, *keys)
    if len(old) > 1 or len(new) > 1:
        alike = likeness("".join(map(text_of, old)), "".join(map(text_of, new)))
        return Match(ChangeKind.MERGED if len(old) > 1 else ChangeKind.SPLIT, *keys, alike)
    before, after = old[0], assigned_on(old[0], new[0])
    kind = kind_of(before, after)
    if kind is not ChangeKind.REWORDED:
        return Match(kind, *keys, 100)
    # All signs may be the same where only their order, a deadline or a remark differs.
    return Match(kind, *keys, min(likeness(text_of(before), text_of(after)), 99))


def kind_of(old: Measure, new: Measure) -> ChangeKind:
    """What became of a measure that is still itself."""
    if words(old) != words(new):
        return ChangeKind.REWORDED
    if (old.duties, old.wording, old.open_ended) != (new.duties, new.wording, new.open_ended):
        return ChangeKind.REASSIGNED
    return ChangeKind.UNCHANGED if number(old) == number(new) else ChangeKind.RENUMBERED


def assigned_on(old: Measure, new: Measure) -> Measure:
    """The new measure with the officer's own assignment of the old one, where the document names whom it named before."""
    if old.read_implementers is None or new.read_implementers is not None:
        return new
    if new.names(DutyRole.IMPLEMENT) != old.read_implementers:
        return new
    others = tuple(d for d in new.duties if d.role is not DutyRole.IMPLEMENT)
    own = tuple(d for d in old.duties if d.role is DutyRole.IMPLEMENT)
    return new.with_duties(_as_before(old.duties, (*others, *own)))


def _as_before(before: tuple[Duty, ...], duties: tuple[Duty, ...]) -> tuple[Duty, ...]:
    """The duties in the order of the former ones where they are the same: no change is told of for that."""
    key = {duty: at for at, duty in enumerate(before)}
    return before if set(duties) == key.keys() else duties


def is_certain(match: Match) -> bool:
    """Whether it needs nobody's word."""
    doubtful = (ChangeKind.DROPPED, ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.NEW)
    if match.kind is not ChangeKind.REWORDED:
        return match.kind not in doubtful
    return match.likeness >= CERTAIN


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
