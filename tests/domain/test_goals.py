"""Overall targets: those of units become a row at the plan's head, those of the city are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.amending import compare
from desktop.domain.changes import ChangeKind
from desktop.domain.goals import city_targets, with_goals, without_goals
from desktop.domain.plan import GOALS, DutyRole, Plan, PlanDraft
from desktop.domain.succession import amended, changed_in_place, changes_for, headed
from desktop.domain.targets import OVERALL, Audience, Comparator, Target
from desktop.domain.unit import Region, Unit, UnitKind
from tests.domain.measures import plan_measures

CITY, COUNTY, PARK = "900000", "900001", "900000-P1"
REGION = Region(
    CITY,
    "云河市",
    (
        Unit(CITY, "云河市人民政府", "云河市", UnitKind.CITY),
        Unit(COUNTY, "东川县人民政府", "东川县", UnitKind.COUNTY),
        Unit(PARK, "北塬工业园区管理委员会", "北塬工业园区", UnitKind.PARK),
    ),
)
M = plan_measures()


def overall(key: str, audience: Audience, *codes: str, text: str = "", **more: Any) -> Target:
    made = Target(
        key, OVERALL, 1, f"指标{key}", Comparator.AT_MOST, Decimal(34), "微克/立方米",
        text=text, audience=audience, unit_codes=codes,
    )  # fmt: skip
    return replace(made, **more)


OF_CITY = overall("t-001", Audience.CITY, text="全市浓度不高于34微克/立方米")
OF_COUNTY = overall("t-002", Audience.NAMED, COUNTY, text="东川县浓度不高于33微克/立方米")
OF_ALL = overall("t-003", Audience.EACH, text="各县区、园区台账每季更新")


def plan_of(*targets: Target) -> Plan:
    return Plan("p", 1, "云河市蓝天行动方案", CITY, "云河市人民政府", tuple(M), targets)


def amend(plan: Plan, targets: Sequence[Target]) -> Plan:
    draft = PlanDraft(plan.title, "云河市", tuple(M), tuple(targets), amends=plan.id)
    draft = replace(draft, matches=compare(without_goals(plan).measures, draft.measures))
    return headed(plan, amended(plan, draft), REGION)


def test_named_units_get_a_row_with_just_their_clauses_and_targets() -> None:
    plan = with_goals(plan_of(OF_CITY, OF_COUNTY), REGION)
    head = plan.measures[0]
    assert (head.key, head.task_no, head.part, head.title) == (GOALS, "目标", 1, "总体目标")
    assert plan.label(head) == "目标" and head.content == OF_COUNTY.text
    assert head.names(DutyRole.IMPLEMENT) == ("东川县",) and head.implementers == (COUNTY,)
    assert [t.key for t in plan.targets_for(head, COUNTY)] == ["t-002"]
    assert [t.measure_key for t in plan.targets] == ["", GOALS]


def test_what_every_unit_must_reach_falls_on_all_that_implement() -> None:
    plan = with_goals(plan_of(OF_COUNTY, OF_ALL), REGION)
    head = plan.measures[0]
    assert set(head.implementers) == {code for m in M for code in m.implementers}
    assert [t.key for t in plan.targets_for(head, PARK)] == ["t-003"]
    assert [t.key for t in plan.targets_for(head, COUNTY)] == ["t-002", "t-003"]


@pytest.mark.parametrize("targets", [(), (OF_CITY,), (overall("t-004", Audience.NAMED, CITY),)])
def test_without_targets_of_units_there_is_no_row(targets: tuple[Target, ...]) -> None:
    assert with_goals(plan_of(*targets), REGION) == plan_of(*targets)


def test_the_row_is_no_measure_of_the_document_and_can_be_taken_off_again() -> None:
    bare = plan_of(OF_CITY, OF_COUNTY)
    plan = with_goals(bare, REGION)
    assert without_goals(plan) == bare and with_goals(plan, REGION) == plan
    assert (len(plan.measures), len(plan.own_measures)) == (len(M) + 1, len(M))
    assert plan.task_count == bare.task_count


def test_the_city_fills_its_own_targets_overall_ones_first() -> None:
    inside = replace(overall("t-009", Audience.CITY), measure_key=M[2].key)
    early = replace(overall("t-010", Audience.NAMED, CITY), measure_key=M[0].key)
    plan = with_goals(plan_of(inside, early, OF_COUNTY, OF_CITY), REGION)
    assert [t.key for t in city_targets(plan)] == ["t-001", "t-010", "t-009"]


def test_versions_keep_the_row_s_key_and_its_targets_keys() -> None:
    first = with_goals(plan_of(OF_CITY, OF_COUNTY), REGION)
    stricter = replace(OF_COUNTY, key="t-001", value=Decimal(31), text="东川县浓度不高于31微克/立方米")
    second = amend(first, [stricter, replace(OF_CITY, key="t-002")])
    assert [m.key for m in second.measures] == [m.key for m in first.measures]
    assert {t.key: t.value for t in second.targets} == {"t-001": Decimal(34), "t-002": Decimal(31)}
    assert [(c.kind, c.old, c.new) for c in second.changes] == [(ChangeKind.REWORDED, (GOALS,), (GOALS,))]
    assert [c.kind for c in changes_for(second, first, COUNTY)] == [ChangeKind.REWORDED]
    assert changes_for(second, first, PARK) == ()


def test_the_row_comes_and_goes_with_its_targets() -> None:
    first = plan_of(OF_CITY)
    second = amend(first, [OF_CITY, replace(OF_COUNTY, key="t-005")])
    assert [(c.version, c.kind, c.new) for c in second.changes] == [(2, ChangeKind.NEW, (GOALS,))]
    third = amend(second, [OF_CITY])
    (gone,) = (c for c in third.changes if c.version == 3)
    assert (gone.kind, gone.old, gone.old_labels) == (ChangeKind.DROPPED, (GOALS,), ("目标",))
    assert [c.kind for c in changes_for(third, second, COUNTY)] == [ChangeKind.DROPPED]
    assert amend(third, [OF_CITY]).changes == third.changes


def test_a_figure_filled_later_is_told_of_the_row() -> None:
    blank = with_goals(plan_of(replace(OF_COUNTY, value=None)), REGION)
    targets = tuple(replace(t, value=Decimal(30), by_hand=True) for t in blank.targets)
    made = changed_in_place(blank, replace(blank, version=2, targets=targets))
    filled = headed(blank, made, REGION)
    assert [(c.kind, c.old) for c in filled.changes] == [(ChangeKind.RETARGETED, (GOALS,))]
    assert filled.targets[0].measure_key == GOALS
