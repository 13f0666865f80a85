"""The figures of a draft: added, put right, filled in, taken out; every edit gives a new draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from desktop.domain.errors import RefusedError
from desktop.domain.plan import PlanDraft, PlanProblem
from desktop.domain.targets import OVERALL, Comparator, Target


def blank_target(draft: PlanDraft, measure_key: str) -> Target:
    """A target of a measure, or an overall one, that has its own key and says nothing yet; not in the draft."""
    numbers = [int(found[1]) for t in draft.targets if (found := re.fullmatch(r"t-(\d+)", t.key))]
    key = f"t-{max(numbers, default=0) + 1:03d}"
    place = next(((m.task_no, m.part) for m in draft.measures if m.key == measure_key), (OVERALL, 1))
    return Target(key, place[0], place[1], "", Comparator.AT_LEAST, None, "", measure_key=measure_key)


def add_target(draft: PlanDraft, target: Target) -> PlanDraft:
    """The draft with a target more, behind the others of its measure.

    Raises RefusedError: `indicator_missing`, `target_taken`(key).
    """
    if not target.indicator.strip():
        raise RefusedError("indicator_missing")
    if any(t.key == target.key for t in draft.targets):
        raise RefusedError("target_taken", key=target.key)
    places = [at for at, t in enumerate(draft.targets) if t.measure_key == target.measure_key]
    place = places[-1] + 1 if places else len(draft.targets)
    made = replace(target, by_hand=True)
    return replace(draft, targets=(*draft.targets[:place], made, *draft.targets[place:]))


def edit_target(draft: PlanDraft, target: Target) -> PlanDraft:
    """The draft with the target of the same key replaced; a blank figure that was filled settles its problem."""
    before = next((t for t in draft.targets if t.key == target.key), target)
    # The next version of the document is read anew: what people put right must be told from what was read.
    target = replace(target, by_hand=True)
    targets = tuple(target if t.key == target.key else t for t in draft.targets)
    if target.value is None:
        renamed = _each_blank(
            draft, before, lambda p: replace(p, facts={**p.facts, "indicator": target.indicator})
        )
        return replace(draft, targets=targets, problems=renamed)
    return replace(draft, targets=targets, problems=_answered(draft, before))


def fill_blank(draft: PlanDraft, problem: PlanProblem, value: Decimal) -> PlanDraft:
    """The draft with the figure that the document leaves blank."""
    target = blank_of(draft, problem)
    if target is None:
        return draft
    filled = edit_target(draft, replace(target, value=value))
    done = tuple(replace(p, settled=True) if p == problem else p for p in filled.problems)
    return replace(filled, problems=done)


def blank_of(draft: PlanDraft, problem: PlanProblem) -> Target | None:
    """The target whose missing figure a problem asks about: of several of one name the one that it quotes."""
    found = [t for t in draft.targets if t.value is None and _asks_about(problem, t)]
    return next((t for t in found if t.text == problem.facts.get("text")), found[0] if found else None)


def remove_target(draft: PlanDraft, target_key: str) -> PlanDraft:
    """The draft without a target that is none, and without the question for its figure."""
    gone = next((t for t in draft.targets if t.key == target_key), None)
    if gone is None:
        return draft
    kept = replace(draft, targets=tuple(t for t in draft.targets if t.key != target_key))
    return replace(kept, problems=_answered(draft, gone)) if gone.value is None else kept


def _answered(draft: PlanDraft, target: Target) -> tuple[PlanProblem, ...]:
    return _each_blank(draft, target, lambda p: replace(p, settled=True))


def _each_blank(
    draft: PlanDraft, target: Target, change: Callable[[PlanProblem], PlanProblem]
) -> tuple[PlanProblem, ...]:
    """The problems, the open one that asks for this target's figure changed; of two that do, the one that quotes it."""
    asked = [at for at, p in enumerate(draft.problems) if not p.settled and _asks_about(p, target)]
    asked.sort(key=lambda at: draft.problems[at].facts.get("text") != target.text)
    others = sum(
        1
        for t in draft.targets
        if t.value is None and t.key != target.key and asked and _asks_about(draft.problems[asked[0]], t)
    )
    # Two blanks of one name have two questions, of which only one is answered.
    mine = asked[: max(len(asked) - others, 0)]
    return tuple(change(p) if at in mine else p for at, p in enumerate(draft.problems))


def _asks_about(problem: PlanProblem, target: Target) -> bool:
    return (
        problem.code == "blank_figure"
        and problem.measure_key == target.measure_key
        and problem.facts.get("indicator") == target.indicator
    )
