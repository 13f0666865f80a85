"""Reading a plan, putting the draft right, and publishing it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.domain.errors import RefusedError
from desktop.domain.goals import with_goals
from desktop.domain.matching import match_name, units_at_start
from desktop.domain.plan import GOALS, DutyRole, Plan, PlanDraft, PlanProblem, Severity
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.succession import changed_in_place, headed
from desktop.domain.targets import Audience, Target
from desktop.domain.unit import Region
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan
from desktop.services.drafting import implemented_by
from desktop.services.drafting_gaps import with_gaps
from desktop.services.drafting_sentences import with_lost
from desktop.storage import Store


def lexicon_of(regions: Iterable[Region]) -> Lexicon:
    """Every spelling, collective term and city name of some regions, for the reader to know names by."""
    known = tuple(regions)
    return Lexicon(
        names=tuple(dict.fromkeys(s for r in known for u in r.units for s in u.spellings)),
        terms=tuple(dict.fromkeys(t.term for r in known for t in r.terms)),
        cities=tuple(dict.fromkeys(r.name for r in known)),
    )


def read_document(path: Path, regions: Iterable[Region], progress: Progress = silent) -> PlanDraft:
    """A plan document as a draft, names as written, with a question for each stretch or sentence that no measure holds.

    Nothing is stored. Raises UnreadableError, CancelledError.
    """
    return with_lost(with_gaps(read_plan(path, lexicon_of(regions), progress)))


def resolve(draft: PlanDraft, region: Region) -> PlanDraft:
    """The draft with every name mapped to its units, and what was doubtful in that as problems.

    Names that already have units (the officer's choice) stay. Target scopes are mapped as well.
    """
    mapping_codes = {"unknown_unit", "typo_unit", "collective_term"}
    settled = {(p.code, p.facts.get("name", "")) for p in draft.problems if p.settled}
    kept = tuple(p for p in draft.problems if p.code not in mapping_codes or p.settled)
    measures, found = [], list(kept)
    terms: dict[str, tuple[tuple[str, ...], list[str]]] = {}
    for measure in draft.measures:
        duties = []
        for duty in measure.duties:
            match = match_name(duty.name, region)
            chosen = bool(duty.unit_codes) and duty.unit_codes != match.unit_codes
            # A typo whose problem is settled and that has no unit was kept as written.
            refused = not duty.unit_codes and ("typo_unit", duty.name) in settled
            if chosen or refused or duty.role is DutyRole.SHARED:
                duties.append(duty)
                continue
            duties.append(replace(duty, unit_codes=match.unit_codes))
            if match.how == "term":
                terms.setdefault(duty.name, (match.unit_codes, []))[1].append(measure.key)
            elif match.how in ("typo", "unknown"):
                code = "typo_unit" if match.how == "typo" else "unknown_unit"
                if (code, duty.name) not in settled:
                    facts = {"name": duty.name, "role": duty.role.value, "likely": match.likely}
                    found.append(
                        PlanProblem(
                            code,
                            Severity.WARNING,
                            measure.task_no,
                            measure.part,
                            facts,
                            measure_key=measure.key,
                        )
                    )
        measures.append(replace(measure, duties=tuple(duties)))
    for name, (codes, where) in terms.items():
        if ("collective_term", name) not in settled:
            units = "、".join(u.short_name for u in region.units if u.code in codes)
            facts = {"name": name, "units": units, "count": str(len(codes)), "measures": str(len(where))}
            found.append(PlanProblem("collective_term", Severity.HINT, "", 0, facts))
    # The reader guesses a slip from the document alone; the region's own list knows better.
    clear = {d.name for m in measures for d in m.duties if d.unit_codes}
    found = [p for p in found if p.code != "typo" or p.settled or p.facts.get("name") not in clear]
    targets = tuple(_scoped(target, region) for target in draft.targets)
    return replace(draft, measures=tuple(measures), targets=targets, problems=tuple(found))


def _scoped(target: Target, region: Region) -> Target:
    """A target whose scope begins with a unit or a collective term is for those who report there."""
    if target.unit_codes or not target.scope:
        return target
    codes = units_at_start(target.scope, region)
    if codes:
        return replace(target, audience=Audience.NAMED, unit_codes=codes)
    return replace(target, audience=Audience.EACH) if target.audience is Audience.NAMED else target


def keep_draft(store: Store, draft_id: str, draft: PlanDraft, now: datetime) -> str:
    """Keeps a draft in the workspace, so that closing the program loses nothing; returns its id."""
    draft_id = draft_id or uuid.uuid4().hex
    with store.transaction():
        store.plans.put_draft(draft_id, draft, now)
    return draft_id


def drop_draft(store: Store, draft_id: str) -> None:
    """Forgets a draft that is no longer wanted."""
    with store.transaction():
        store.plans.remove_draft(draft_id)


def publish(store: Store, draft_id: str, actor: str, now: datetime) -> Plan:
    """The draft as version 1 of a plan in force here, with a row for its overall targets; the draft is gone afterwards.

    Raises RefusedError(`draft_missing`), RefusedError(`plan_empty`). Open problems do not hinder.
    """
    draft = store.plans.draft(draft_id)
    if draft is None:
        raise RefusedError("draft_missing")
    if not draft.measures:
        raise RefusedError("plan_empty", title=draft.title)
    own = store.workspace.unit
    read = Plan(uuid.uuid4().hex, 1, draft.title, own.code, own.name, draft.measures, draft.targets)
    plan = with_goals(read, store.units.region())
    with store.transaction():
        store.plans.put(plan, now)
        store.plans.remove_draft(draft_id)
        facts = {"title": plan.title, "measures": str(len(plan.own_measures)), "digest": plan.digest}
        store.audit.append(now, actor, "plan_published", plan.id, facts, plan.digest)
    return plan


def assign(
    store: Store, plan_id: str, choices: dict[str, tuple[str, ...]], actor: str, now: datetime
) -> Plan:
    """A new version of the plan in which each of these measures is implemented by just these units.

    Returns the plan unchanged when nothing differs. Who fills the overall targets is said by the targets, not here.
    """
    plan, region = store.plans.get(plan_id), store.units.region()
    measures = tuple(
        implemented_by(m, choices[m.key], region)
        if m.key in choices and m.key != GOALS and set(choices[m.key]) != set(m.implementers)
        else m
        for m in plan.measures
    )
    if measures == plan.measures:
        return plan
    made = replace(plan, version=plan.version + 1, measures=measures)
    changed = headed(plan, changed_in_place(plan, made), region)
    with store.transaction():
        store.plans.put(changed, now)
        facts = {"version": str(changed.version), "measures": "、".join(choices), "digest": changed.digest}
        store.audit.append(now, actor, "plan_assigned", plan.id, facts, changed.digest)
    return changed


def open_quarter(store: Store, plan_id: str, calendar: QuarterCalendar, actor: str, now: datetime) -> None:
    """Sets the three dates of a quarter; they travel with the next plan packages."""
    with store.transaction():
        store.plans.put_calendar(plan_id, calendar)
        facts = {
            "quarter": calendar.quarter,
            "opens": str(calendar.opens),
            "due": str(calendar.due),
            "closes": str(calendar.closes),
        }
        store.audit.append(now, actor, "quarter_opened", plan_id, facts)
