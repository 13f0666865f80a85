"""How far plans and quarters are, at a glance, and which plan was chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.report import Entry, ProgressStatus, Report, ReportState
from desktop.services import filling, glancing, surveying
from desktop.wording import glancing as words
from desktop.wording.terms import month_day
from tests.journeys.offices import COUNTY, PARK, QUARTER, Offices
from tests.journeys.several import WATER, second_plan


def said(offices: Offices, days: int = 0) -> str:
    """What the menu says of the county's quarter some days from now."""
    today = offices.now.date() + timedelta(days=days)
    (seen,) = glancing.quarters(offices.county, offices.plan.id, today)
    return words.quarter_said(seen, today)


def test_a_unit_sees_filling_lateness_and_the_lock(offices: Offices) -> None:
    due = month_day(offices.now.date() + timedelta(days=3))
    opens = month_day(offices.now.date() - timedelta(days=3))
    assert said(offices, -5) == f"{opens}开放"
    assert said(offices) == f"还没填 0/2，{due}截止"
    report = offices.draft_report()
    entry = Entry("m-002", ProgressStatus.ON_SCHEDULE, "机扫率到了八成。")
    filling.save_entry(offices.county, report.id, entry, "test", offices.now)
    assert said(offices) == f"填报中 1/2，{due}截止"
    assert said(offices, 4) == f"填报中 1/2，{due}已截止"
    assert said(offices, 10) == "已锁定"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ReportState.REVIEWED, "审核通过，待签发"),
        (ReportState.SIGNED, "已签发，待报送"),
        (ReportState.SUBMITTED, "已报送，等回执"),
        (ReportState.ACCEPTED, "已收下"),
        (ReportState.WITHDRAWN, "已撤回"),
    ],
)
def test_a_unit_sees_what_became_of_its_report_before_and_after_the_lock(
    offices: Offices, state: ReportState, expected: str
) -> None:
    report = offices.draft_report()
    offices.county.reports.put(replace(report, state=state))
    assert said(offices) == said(offices, 30) == expected


def test_a_returned_report_says_until_when(offices: Offices) -> None:
    due = offices.now.date() + timedelta(days=6)
    offices.county.reports.put(replace(offices.draft_report(), state=ReportState.RETURNED, due=due))
    assert said(offices) == f"已退回，{month_day(due)}前重报"


def test_the_count_is_the_survey_s(offices: Offices) -> None:
    report = offices.draft_report()
    filling.save_entry(
        offices.county, report.id, Entry("m-001", ProgressStatus.BEHIND, "少一个数"), "test", offices.now
    )
    offices.fill(report)
    seen = surveying.overview(offices.county, report)
    (glance,) = glancing.quarters(offices.county, offices.plan.id, offices.now.date())
    assert (glance.done, glance.total) == (seen.filled, len(seen.rows)) == (2, 2)


def test_plans_are_told_at_the_quarter_that_would_be_shown(offices: Offices) -> None:
    second_plan(offices, ("2024Q4", "2025Q2"))
    today = offices.now.date()
    told = {
        s.plan.title: words.plan_said(s, today, False) for s in glancing.plans(offices.county, QUARTER, today)
    }
    assert told == {
        WATER: "2025年第二季度　已填0/2，还剩17天",
        offices.plan.title: "2025年第一季度　已填0/2，还剩3天",
    }
    (last,) = (s for s in glancing.plans(offices.county, "2024Q4", today) if s.plan.title == WATER)
    assert last.quarter is not None and last.quarter.quarter == "2024Q4"


def test_a_superior_counts_whom_it_accepted(offices: Offices) -> None:
    city, today = offices.city, offices.now.date()
    for code, state in ((COUNTY.code, ReportState.ACCEPTED), (PARK.code, ReportState.RETURNED)):
        city.reports.put(Report(code, offices.plan.id, 1, code, QUARTER, 1, state))
    (seen,) = glancing.quarters(city, offices.plan.id, today)
    assert words.units_said(seen, today) == f"收下1/2家，{month_day(today + timedelta(days=3))}截止"
    (plan,) = glancing.plans(city, QUARTER, today)
    assert words.plan_said(plan, today, True) == "2025年第一季度　收下1/2家，还剩3天"
    assert words.units_said(seen, today + timedelta(days=4)).endswith("已截止")
    (locked,) = glancing.quarters(city, offices.plan.id, today + timedelta(days=20))
    assert words.units_said(locked, today + timedelta(days=20)) == "收下1/2家，已锁定"


def test_a_plan_without_a_quarter_says_so(offices: Offices) -> None:
    second_plan(offices, ())
    seen = glancing.plans(offices.city, QUARTER, offices.now.date())[0]
    assert words.plan_said(seen, offices.now.date(), True) == "还没有开放季度"


def test_the_choice_stays_while_the_plan_is_there(offices: Offices) -> None:
    store, water = offices.county, second_plan(offices)
    assert glancing.chosen_plan(store) == water.id
    glancing.choose_plan(store, offices.plan.id)
    assert glancing.chosen_plan(store) == offices.plan.id
    glancing.choose_plan(store, "not there")
    assert glancing.chosen_plan(store) == water.id
