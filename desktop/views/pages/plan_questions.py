"""The open questions and targets of a draft, sorted and found by measure, worked out once per draft."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from desktop.domain.plan import PlanDraft, PlanProblem, Severity
from desktop.domain.targets import Target

# The overall targets stand in the list like a measure, under this key.
GOALS = "goals"


@dataclass(frozen=True)
class Questions:
    """What is still to be looked at, errors first, then in the plan's order; the same by measure; the targets.

    `asked` has a doubt about a name once, in however many measures it is written; `same` how many those are.
    """

    open: tuple[PlanProblem, ...]
    asked: tuple[PlanProblem, ...]
    same: dict[str, int] = field(default_factory=dict)
    of: dict[str, list[PlanProblem]] = field(default_factory=dict)
    targets: dict[str, list[Target]] = field(default_factory=dict)


def questions_of(draft: PlanDraft) -> Questions:
    """Everything under the key of its measure, overall targets and what is asked about them under GOALS."""
    from desktop.services import drafting, drafting_gaps

    places = {m.key: float(at) for at, m in enumerate(draft.measures)}

    def place(problem: PlanProblem) -> float:
        where = drafting_gaps.place_of(problem) if problem.code == drafting_gaps.CODE else None
        if where is None:
            return places.get(problem.measure_key, -1)
        before = drafting_gaps.before(draft, where[0])
        # Behind the measure that it follows in the document.
        return places[before.key] + 0.5 if before else -1

    order = list(Severity)
    found = [p for p in draft.problems if not p.settled]
    ordered = tuple(sorted(found, key=lambda p: (order.index(p.severity), place(p))))
    of: dict[str, list[PlanProblem]] = defaultdict(list)
    for problem in ordered:
        of[home_of(problem, places)].append(problem)
    targets: dict[str, list[Target]] = defaultdict(list)
    for target in draft.targets:
        targets[target.measure_key if target.measure_key in places else GOALS].append(target)
    asked: dict[object, PlanProblem] = {}
    same: Counter[str] = Counter()
    for at, problem in enumerate(ordered):
        alike = drafting.same_name(problem, problem)
        asked.setdefault((problem.code, problem.facts["name"]) if alike else at, problem)
        if alike:
            same[problem.facts["name"]] += 1
    return Questions(ordered, tuple(asked.values()), dict(same), dict(of), dict(targets))


def home_of(problem: PlanProblem, keys: dict[str, float]) -> str:
    """What a problem belongs to: a measure, the overall targets, or nothing that can be selected."""
    if problem.measure_key in keys:
        return problem.measure_key
    return GOALS if problem.facts.get("indicator") and not problem.measure_key else ""
