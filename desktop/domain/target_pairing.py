"""Which targets of a new document are those of the plan in force: readings follow a target by its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.domain.likeness import likeness
from desktop.domain.pairing import words
from desktop.domain.plan import Measure, Plan, PlanDraft
from desktop.domain.targets import Target

_ALIKE = 50
"""Per cent of an indicator's name that must be the same for a target to be another wording of it."""


def targets_on(
    plan: Plan, draft: PlanDraft, keys: Mapping[str, str], fresh: Iterator[str]
) -> tuple[Target, ...]:
    """The draft's targets under measures' final `keys`, each with the key of the target that it was, or a `fresh` one.

    Only targets of measures that belong together are compared, and only those of one unit of measure: a figure in
    吨 is no figure in 万吨. What an officer put right by hand stays where the clause is the same.
    """
    were = _were(plan, draft)
    made: list[Target] = []
    for target in draft.targets:
        before = were.get(target.key)
        key = before.key if before else next(fresh)
        kept = _kept(before, target) if before else target
        made.append(replace(kept, key=key, measure_key=keys.get(target.measure_key, "")))
    known = {t.key for t in made}
    return (*made, *_added(plan, draft, keys, known))


def _were(plan: Plan, draft: PlanDraft) -> dict[str, Target]:
    """The former target of each target of the draft that has one, under the draft's key."""
    found: dict[str, Target] = {}
    pools = [(set(m.old), set(m.new)) for m in draft.matches if m.old and m.new] + [({""}, {""})]
    for old_keys, new_keys in pools:
        old = [t for t in plan.targets if t.measure_key in old_keys]
        new = [t for t in draft.targets if t.measure_key in new_keys]
        found |= {new[j].key: old[i] for i, j in pairs_of(old, new).items()}
    # A sentence that went to another measure took its figure along.
    taken = {t.key for t in found.values()}
    old = [t for t in plan.targets if t.key not in taken and t.text.strip()]
    new = [t for t in draft.targets if t.key not in found]
    moved = pairs_of(old, new, lambda a, b: _even(a.text) == _even(b.text))
    return found | {new[j].key: old[i] for i, j in moved.items()}


def _added(plan: Plan, draft: PlanDraft, keys: Mapping[str, str], known: set[str]) -> Iterator[Target]:
    """What an officer added by hand to measures that still say the same, and to the plan as a whole."""
    stays = {"": Measure("", "", 0, "", "", "")}
    old, new = {m.key: m for m in plan.measures}, {m.key: m for m in draft.measures}
    for match in draft.matches:
        if len(match.old) == len(match.new) == 1 and words(old[match.old[0]]) == words(new[match.new[0]]):
            stays[match.old[0]] = new[match.new[0]]
    for target in plan.targets:
        here = stays.get(target.measure_key)
        if target.by_hand and target.key not in known and here is not None:
            place = (here.task_no, here.part) if here.key else (target.task_no, target.part)
            yield replace(target, task_no=place[0], part=place[1], measure_key=keys.get(here.key, ""))


def pairs_of(
    old: Sequence[Target], new: Sequence[Target], fits: Callable[[Target, Target], bool] = lambda a, b: True
) -> dict[int, int]:
    """Place in `old` → place in `new` of targets that are one another's, the most alike first."""
    found = []
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            rank = _rank(before, after)
            if rank is not None and fits(before, after):
                found.append((rank, abs(i - j), i, j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(found):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _rank(old: Target, new: Target) -> tuple[int, ...] | None:
    """How well two targets fit, the smaller the better; None where they cannot be the same."""
    # What an officer put right is still known by the clause that it was read from.
    same_clause = old.by_hand and bool(old.text.strip()) and _even(old.text) == _even(new.text)
    if _even(old.unit) != _even(new.unit) and not same_clause:
        return None
    if old.unit_codes and new.unit_codes and not set(old.unit_codes) & set(new.unit_codes):
        return None
    scopes = _even(old.scope), _even(new.scope)
    if all(scopes) and scopes[0] != scopes[1] and likeness(*scopes) < _ALIKE:
        return None
    named = 100 if _even(old.indicator) == _even(new.indicator) else likeness(old.indicator, new.indicator)
    if named < _ALIKE and not same_clause:
        return None
    return (
        100 - named,
        scopes[0] != scopes[1],
        _even(old.deadline) != _even(new.deadline),
        old.comparator is not new.comparator,
        old.value != new.value,
        100 - likeness(old.text, new.text),
    )


def _kept(old: Target, new: Target) -> Target:
    """The new reading of a target, with what an officer put right in the old one where it still applies."""
    if new.by_hand or not old.by_hand:
        return new
    if _even(old.text) == _even(new.text):
        return replace(old, task_no=new.task_no, part=new.part)
    if old.addable:
        # Whether figures may be added lies in the indicator, whatever its figure.
        new = replace(new, addable=True, by_hand=True)
    if new.value is None:
        return replace(new, value=old.value, milestones=old.milestones, by_hand=True)
    same = (old.value, old.comparator, old.accumulation, old.deadline) == (
        new.value, new.comparator, new.accumulation, new.deadline,
    )  # fmt: skip
    # Words that changed around the same figure leave what the city set on the way to it.
    return replace(new, milestones=old.milestones, by_hand=True) if same and old.milestones else new


def _even(text: str) -> str:
    return "".join(text.split()).casefold()
