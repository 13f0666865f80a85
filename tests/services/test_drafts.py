"""Doubts of a draft: what is proposed, what is refused, and what stays so when names are mapped anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.domain.plan import Duty, DutyRole, PlanDraft
from desktop.services import drafting, planning, sending
from tests.journeys.offices import COUNTY, OFFICE, PARK, QUARTER, REGION, draft, open_offices


def _with_names(*names: str) -> PlanDraft:
    first, *others = draft().measures
    duties = tuple(Duty(DutyRole.IMPLEMENT, name) for name in names)
    return replace(draft(), measures=(replace(first, duties=duties), *others))


def _problem(found: PlanDraft, code: str) -> planning.PlanProblem:
    return next(p for p in found.problems if p.code == code and not p.settled)


def test_typo_kept_as_written_stays_so_when_mapped_again() -> None:
    found = planning.resolve(_with_names("各园区管季会"), REGION)
    assert found.measures[0].implementers == (PARK.code,)
    kept = drafting.keep_as_written(found, _problem(found, "typo_unit"))
    again = planning.resolve(kept, REGION)
    assert again.measures[0].implementers == ()
    assert not [p for p in again.problems if p.code == "typo_unit" and not p.settled]


def test_all_proposals_are_taken_and_open_questions_stay() -> None:
    found = planning.resolve(_with_names("各园区管季会", "神秘单位"), REGION)
    taken = drafting.take_all(found, REGION)
    assert taken.measures[0].names(DutyRole.IMPLEMENT) == ("各园区管委会", "神秘单位")
    assert [p.code for p in taken.problems if not p.settled] == ["unknown_unit"]
    assert drafting.proposals(taken) == ()


def test_name_means_settles_every_place_where_it_is_written() -> None:
    found = planning.resolve(_with_names("神秘单位"), REGION)
    told = drafting.name_means(found, "神秘单位", (OFFICE.code,))
    assert told.measures[0].implementers == (OFFICE.code,)
    assert planning.resolve(told, REGION).measures[0].implementers == (OFFICE.code,)
    assert not [p for p in told.problems if p.code == "unknown_unit" and not p.settled]


def test_recipients_are_current_until_plan_or_dates_change(tmp_path: Path, now: datetime) -> None:
    offices = open_offices(tmp_path, now)
    city, plan = offices.city, offices.plan

    def states() -> dict[str, sending.Recipient]:
        return {r.unit.code: r for r in sending.recipient_states(city, plan.id)}

    assert list(states()) == [COUNTY.code, PARK.code]
    assert (states()[COUNTY.code].current, states()[COUNTY.code].assigned) == (True, 2)
    assert (states()[PARK.code].current, states()[PARK.code].last) == (False, None)
    before = city.plans.calendar(plan.id, QUARTER)
    assert before is not None
    planning.open_quarter(
        city, plan.id, replace(before, closes=before.closes.replace(year=2099)), "test", now
    )
    assert not states()[COUNTY.code].current
    planning.open_quarter(city, plan.id, before, "test", now)
    assert states()[COUNTY.code].current
    planning.assign(city, plan.id, {"m-003": (COUNTY.code,)}, "test", now)
    assert not states()[COUNTY.code].current
