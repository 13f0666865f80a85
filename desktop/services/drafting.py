"""Putting a draft right: by the reader's proposals or by hand; every edit gives a new draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from desktop.domain.matching import match_name
from desktop.domain.plan import Duty, DutyRole, Measure, PlanDraft, PlanProblem
from desktop.domain.unit import Region

_SLIPS = frozenset({"typo", "typo_unit"})
_OF_NAMES = _SLIPS | {"unknown_unit"}
_MENDED = frozenset({"joined_names", "typo", "typo_unit", "collective_term", "no_single_lead"})


def settle(draft: PlanDraft, problem: PlanProblem) -> PlanDraft:
    """The draft with a problem marked as looked at."""
    return replace(
        draft, problems=tuple(replace(p, settled=True) if p == problem else p for p in draft.problems)
    )


def same_name(problem: PlanProblem, other: PlanProblem) -> bool:
    """Whether two doubts ask the same of one name, in whichever measures it stands."""
    return (
        problem.code == other.code
        and problem.code in _OF_NAMES
        and problem.facts.get("name") == other.facts.get("name")
    )


def _settle_name(draft: PlanDraft, problem: PlanProblem) -> PlanDraft:
    """The draft with a problem marked as looked at, about a name wherever that is written."""
    return replace(
        draft,
        problems=tuple(
            replace(p, settled=True) if p == problem or same_name(p, problem) else p for p in draft.problems
        ),
    )


def take_proposal(draft: PlanDraft, problem: PlanProblem, region: Region) -> PlanDraft:
    """The draft with a problem's proposed mend made where it has one, and the problem settled.

    What is proposed for a name holds wherever it is written.
    """
    draft = _settle_name(draft, problem)
    if problem.code in _SLIPS:
        return _rename(draft, problem.facts["name"], problem.facts["likely"], region)
    return draft


def keep_as_written(draft: PlanDraft, problem: PlanProblem) -> PlanDraft:
    """The draft with a problem's proposal refused: joined names put together again, a typo's match undone."""
    draft = _settle_name(draft, problem)
    if problem.code in _SLIPS:
        return _each_duty(
            draft, lambda d: replace(d, unit_codes=()) if d.name == problem.facts["name"] else d
        )
    if problem.code == "joined_names":
        return _rejoin(draft, problem)
    return draft


def proposals(draft: PlanDraft) -> tuple[PlanProblem, ...]:
    """Open problems for which the reader proposes or has already made a mend; others only the officer can answer."""
    return tuple(p for p in draft.problems if p.code in _MENDED and not p.settled)


def take_all(draft: PlanDraft, region: Region) -> PlanDraft:
    """The draft with every proposed mend made."""
    found = proposals(draft)
    taken = set(map(id, found))
    settled = tuple(replace(p, settled=True) if id(p) in taken else p for p in draft.problems)
    draft = replace(draft, problems=settled)
    for name, likely in {p.facts["name"]: p.facts["likely"] for p in found if p.code in _SLIPS}.items():
        draft = _rename(draft, name, likely, region)
    return draft


def name_means(draft: PlanDraft, name: str, unit_codes: tuple[str, ...]) -> PlanDraft:
    """The draft in which a name stands for just these units wherever it is written, and is no problem any more."""
    mapped = _each_duty(draft, lambda d: replace(d, unit_codes=unit_codes) if d.name == name else d)
    about = {"unknown_unit", "typo", "typo_unit", "collective_term"}
    return replace(
        mapped,
        problems=tuple(
            replace(p, settled=True) if p.code in about and p.facts.get("name") == name else p
            for p in mapped.problems
        ),
    )


def _rename(draft: PlanDraft, name: str, better: str, region: Region) -> PlanDraft:
    codes = match_name(better, region).unit_codes
    return _each_duty(draft, lambda d: replace(d, name=better, unit_codes=codes) if d.name == name else d)


def _each_duty(draft: PlanDraft, change: Callable[[Duty], Duty]) -> PlanDraft:
    return replace(
        draft, measures=tuple(replace(m, duties=tuple(change(d) for d in m.duties)) for m in draft.measures)
    )


def _rejoin(draft: PlanDraft, problem: PlanProblem) -> PlanDraft:
    names = problem.facts["names"].split("、")
    for measure in draft.measures:
        if measure.key != problem.measure_key:
            continue
        for start in range(len(measure.duties)):
            run = measure.duties[start : start + len(names)]
            if [d.name for d in run] == names and len({d.role for d in run}) == 1:
                joined = Duty(run[0].role, "".join(names))
                duties = (*measure.duties[:start], joined, *measure.duties[start + len(names) :])
                return draft.with_measure(replace(measure, duties=duties))
    return draft


def set_duty_names(
    draft: PlanDraft, measure_key: str, role: DutyRole, names: Iterable[str], region: Region
) -> PlanDraft:
    """The draft with one role of a measure listing these names, mapped anew; other roles stay."""
    measure = _measure(draft, measure_key)
    wanted = [name.strip() for name in names if name.strip()]
    known = {d.name: d for d in measure.duties if d.role is role}
    listed = [known.get(n) or Duty(role, n, match_name(n, region).unit_codes) for n in dict.fromkeys(wanted)]
    order = list(DutyRole)
    others = [d for d in measure.duties if d.role is not role]
    duties = sorted([*others, *listed], key=lambda d: order.index(d.role))
    return _answered(draft.with_measure(measure.with_duties(tuple(duties))), measure, role)


def assign_in_draft(
    draft: PlanDraft, measure_key: str, unit_codes: Iterable[str], region: Region
) -> PlanDraft:
    """The draft with a measure implemented by just these units, departments included."""
    measure = _measure(draft, measure_key)
    return _answered(
        draft.with_measure(implemented_by(measure, unit_codes, region)), measure, DutyRole.IMPLEMENT
    )


def implemented_by(measure: Measure, unit_codes: Iterable[str], region: Region) -> Measure:
    """Whole collective duties stay under their name; what is left over or added is named unit by unit."""
    wanted = dict.fromkeys(unit_codes)
    kept = [
        d
        for d in measure.duties
        if d.role is DutyRole.IMPLEMENT and d.unit_codes and set(d.unit_codes) <= set(wanted)
    ]
    covered = {code for duty in kept for code in duty.unit_codes}
    single = [
        Duty(DutyRole.IMPLEMENT, u.short_name, (u.code,))
        for c in wanted
        if c not in covered and (u := region.find(c))
    ]
    others = [d for d in measure.duties if d.role is not DutyRole.IMPLEMENT]
    return measure.with_duties((*others, *kept, *single))


def _answered(draft: PlanDraft, measure: Measure, role: DutyRole) -> PlanDraft:
    """Problems of a measure that an edit by hand answers."""
    now = _measure(draft, measure.key)

    def done(p: PlanProblem) -> bool:
        if p.measure_key != measure.key:
            return False
        if p.code == "no_implementer":
            return bool(now.implementers)
        if p.code in ("unknown_unit", "typo", "typo_unit"):
            return p.facts.get("name") not in {d.name for d in now.duties if not d.unit_codes}
        return False

    return replace(draft, problems=tuple(replace(p, settled=True) if done(p) else p for p in draft.problems))


def edit_measure(
    draft: PlanDraft, measure_key: str, title: str, content: str, deadline: str, remark: str
) -> PlanDraft:
    """The draft with a measure's words put right by hand."""
    measure = _measure(draft, measure_key)
    return draft.with_measure(
        replace(measure, title=title, content=content, deadline=deadline, remark=remark)
    )


def edit_section(draft: PlanDraft, measure_key: str, section: str) -> PlanDraft:
    """The draft with a measure under another heading of the document."""
    measure = _measure(draft, measure_key)
    return draft.with_measure(replace(measure, section=section.strip()))


def _measure(draft: PlanDraft, key: str) -> Measure:
    return next(m for m in draft.measures if m.key == key)
