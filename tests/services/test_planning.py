"""A draft put right by hand and by proposal, published, and assigned anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from desktop.domain.assignment import measures_for
from desktop.domain.errors import RefusedError
from desktop.domain.plan import Duty, DutyRole, PlanDraft, PlanProblem, Severity
from desktop.domain.targets import Audience, Comparator, Target
from desktop.services import arranging, drafting, drafting_targets, learning, planning
from desktop.storage import Store
from tests.journeys.offices import OFFICE, REGION, draft


def with_duty(name: str) -> PlanDraft:
    base = draft()
    return base.with_measure(replace(base.measures[2], duties=(Duty(DutyRole.IMPLEMENT, name),)))


def test_resolving_maps_names_and_says_what_a_collective_term_means() -> None:
    found = planning.resolve(draft(), REGION)
    assert found.measures[0].implementers == ("900001", "900000-P1")
    assert {p.facts["name"] for p in found.problems if p.code == "collective_term"} == {
        "各县区政府",
        "各园区管委会",
    }
    assert planning.resolve(found, REGION) == found, "resolving again changes nothing"


def test_a_typo_is_matched_said_and_can_be_refused() -> None:
    found = planning.resolve(with_duty("各园区管委委会"), REGION)
    (problem,) = [p for p in found.problems if p.code == "typo_unit"]
    assert found.measures[2].implementers == ("900000-P1",)
    taken = drafting.take_proposal(found, problem, REGION)
    assert taken.measures[2].names(DutyRole.IMPLEMENT) == ("各园区管委会",)
    kept = drafting.keep_as_written(found, problem)
    assert kept.measures[2].implementers == () and kept.measures[2].names(DutyRole.IMPLEMENT) == (
        "各园区管委委会",
    )
    assert all(p.settled for d in (taken, kept) for p in d.problems if p.code == "typo_unit")


def test_an_unknown_unit_becomes_an_alias_that_is_remembered(city: Store, now: datetime) -> None:
    found = planning.resolve(with_duty("环保局"), city.units.region())
    assert [p.facts["name"] for p in found.problems if p.code == "unknown_unit"] == ["环保局"]
    region, _ = learning.learn(city, "环保局", (OFFICE.code,), "test", now)
    again = planning.resolve(found, region)
    assert again.measures[2].implementers == (OFFICE.code,)
    assert [p for p in again.problems if p.code == "unknown_unit"] == []


def test_joined_names_can_be_put_together_again() -> None:
    problem = PlanProblem(
        "joined_names",
        Severity.WARNING,
        "3",
        1,
        {"names": "甲局、乙局", "text": "甲局乙局"},
        measure_key="m-003",
    )
    base = draft()
    duties = (Duty(DutyRole.LEAD, "甲局"), Duty(DutyRole.LEAD, "乙局"))
    split = replace(base.with_measure(replace(base.measures[2], duties=duties)), problems=(problem,))
    joined = drafting.keep_as_written(split, problem)
    assert joined.measures[2].names(DutyRole.LEAD) == ("甲局乙局",)
    assert drafting.take_proposal(split, problem, REGION).measures == split.measures


def test_departments_may_implement_and_collective_duties_keep_their_name() -> None:
    found = planning.resolve(draft(), REGION)
    for wanted in (("900001", "900000-P1", OFFICE.code), (OFFICE.code,), ("900001",)):
        changed = drafting.assign_in_draft(found, "m-001", wanted, REGION).measures[0]
        assert set(changed.implementers) == set(wanted)
        assert changed.names(DutyRole.LEAD) == ("生态环境局",)
    assert drafting.assign_in_draft(found, "m-001", ("900001",), REGION).measures[0].names(
        DutyRole.IMPLEMENT
    ) == ("各县区政府",)


def test_assigning_settles_the_missing_implementer() -> None:
    problem = PlanProblem(
        "no_implementer", Severity.WARNING, "3", 1, {"title": "监测网络"}, measure_key="m-003"
    )
    found = replace(planning.resolve(draft(), REGION), problems=(problem,))
    assert drafting.assign_in_draft(found, "m-003", (OFFICE.code,), REGION).problems[0].settled
    assert not drafting.assign_in_draft(found, "m-001", (OFFICE.code,), REGION).problems[0].settled


def test_a_blank_figure_is_filled() -> None:
    blank = Target("t-009", "2", 1, "机扫率", Comparator.AT_LEAST, None, "%", measure_key="m-002")
    problem = PlanProblem(
        "blank_figure", Severity.ERROR, "2", 1, {"indicator": "机扫率"}, measure_key="m-002"
    )
    base = replace(draft(), targets=(blank,), problems=(problem,))
    filled = drafting_targets.fill_blank(base, problem, Decimal(80))
    assert filled.targets[0].value == 80 and filled.problems[0].settled


def test_target_scopes_name_their_units() -> None:
    base = draft()
    target = replace(base.targets[0], scope="东川县城区")
    assert planning.resolve(replace(base, targets=(target,)), REGION).targets[0].unit_codes == ("900001",)
    odd = replace(base.targets[0], scope="农村地区", audience=Audience.NAMED)
    assert planning.resolve(replace(base, targets=(odd,)), REGION).targets[0].audience is Audience.EACH


def test_publishing_and_assigning_make_versions(city: Store, now: datetime) -> None:
    draft_id = planning.keep_draft(city, "", planning.resolve(draft(), REGION), now)
    plan = planning.publish(city, draft_id, "test", now)
    assert plan.version == 1 and city.plans.draft(draft_id) is None
    with pytest.raises(RefusedError, match="draft_missing"):
        planning.publish(city, draft_id, "test", now)
    assert planning.assign(city, plan.id, {"m-001": plan.measures[0].implementers}, "test", now) == plan
    second = planning.assign(city, plan.id, {"m-003": (OFFICE.code, "900001")}, "test", now)
    assert second.version == 2 and set(second.measures[2].implementers) == {OFFICE.code, "900001"}
    assert city.plans.get(plan.id, 1) == plan
    units = ("900001", "900000-P1", OFFICE.code)
    assert [len(measures_for(second, code)) for code in units] == [3, 1, 1]


def test_a_unit_in_use_is_not_removed_and_a_name_means_one_unit(city: Store, now: datetime) -> None:
    draft_id = planning.keep_draft(city, "", planning.resolve(draft(), REGION), now)
    planning.publish(city, draft_id, "test", now)
    with pytest.raises(RefusedError, match="unit_in_use"):
        arranging.remove_unit(city, "900001", "test", now)
    with pytest.raises(RefusedError, match="name_taken"):
        arranging.save_unit(city, replace(OFFICE, code="900000-D02"), "test", now)
    with pytest.raises(RefusedError, match="unit_code_wrong"):
        arranging.save_unit(
            city, replace(OFFICE, code="a b", name="丙局", short_name="", aliases=()), "test", now
        )
