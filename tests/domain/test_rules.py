"""Quarters, states of a report, targets and the checks of an entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from desktop.domain.checks import Around, check_entry, is_filled
from desktop.domain.errors import RefusedError
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import (
    Entry,
    ProgressStatus,
    Reading,
    ReportEvent,
    ReportState,
    may_edit,
    next_state,
)
from desktop.domain.targets import (
    Accumulation,
    Audience,
    Comparator,
    Target,
    Verdict,
    reached,
    shortfall,
    verdict_on,
)

TARGET = Target(
    "t", "1", 1, "关停锅炉", Comparator.EQUAL, Decimal(12), "台", accumulation=Accumulation.PLAN_TO_DATE
)
GOOD = Entry("m", ProgressStatus.ON_SCHEDULE, "关停7台。", readings=(Reading("t", Decimal(7)),))


def codes(entry: Entry, previous: Entry | None = None) -> list[str]:
    return [finding.code for finding in check_entry(entry, (TARGET,), Around(previous))]


def test_quarters_follow_each_other() -> None:
    assert str(Quarter.parse("2024Q4").next) == "2025Q1"
    assert Quarter.parse("2025Q1").previous == Quarter(2024, 4)
    assert Quarter.of(date(2025, 4, 1)) == Quarter(2025, 2)
    assert Quarter(2025, 1).chinese == "2025年第一季度"
    assert Quarter(2024, 4).last_day == date(2024, 12, 31)
    for wrong in ("2025Q5", "2025q1", "25Q1", "", "2025Q1 "):
        with pytest.raises(ValueError):
            Quarter.parse(wrong)


def test_the_usual_calendar_is_a_proposal_around_the_turn_of_the_quarter() -> None:
    assert QuarterCalendar.usual(Quarter(2025, 4)) == QuarterCalendar(
        "2025Q4", date(2025, 12, 25), date(2026, 1, 10), date(2026, 1, 20)
    )


def test_only_a_draft_takes_entries_and_every_forbidden_step_is_refused() -> None:
    assert [s for s in ReportState if may_edit(s)] == [ReportState.DRAFT]
    allowed = 0
    for state, event in product(ReportState, ReportEvent):
        try:
            next_state(state, event)
            allowed += 1
        except RefusedError as refused:
            assert refused.code == "report_state"
    assert allowed == 15
    assert next_state(ReportState.ACCEPTED, ReportEvent.RETURN) is ReportState.RETURNED
    with pytest.raises(RefusedError):
        next_state(ReportState.DRAFT, ReportEvent.SIGN)


def test_a_good_entry_has_no_findings_and_an_untouched_one_neither() -> None:
    assert codes(GOOD) == [] and is_filled(GOOD, (TARGET,))
    assert codes(Entry("m")) == [] and not is_filled(Entry("m"), (TARGET,))


def test_what_is_missing() -> None:
    assert codes(replace(GOOD, progress=" ")) == ["progress_missing"]
    assert codes(replace(GOOD, status=None)) == ["status_missing"]
    assert codes(replace(GOOD, readings=())) == ["reading_missing"]
    assert codes(replace(GOOD, status=ProgressStatus.BEHIND)) == [
        "behind_without_problems",
        "behind_without_next_steps",
    ]
    assert codes(Entry("m", ProgressStatus.NOT_APPLICABLE)) == ["explanation_missing"]
    assert is_filled(Entry("m", ProgressStatus.NOT_APPLICABLE, explanation="没有锅炉"), (TARGET,))


def test_an_unmet_target_of_the_year_is_no_finding_but_completed_without_it_is() -> None:
    assert codes(GOOD) == []
    assert codes(replace(GOOD, status=ProgressStatus.COMPLETED)) == ["completed_not_reached"]


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        (Comparator.AT_LEAST, 12, True),
        (Comparator.AT_LEAST, 11, False),
        (Comparator.AT_MOST, 12, True),
        (Comparator.AT_MOST, 13, False),
        (Comparator.MORE_THAN, 12, False),
        (Comparator.LESS_THAN, 12, False),
        (Comparator.LESS_THAN, 11, True),
        (Comparator.ABOUT, 12, True),
        (Comparator.ABOUT, 10, False),
    ],
)
def test_reaching(comparator: Comparator, value: int, met: bool) -> None:
    target = replace(TARGET, comparator=comparator)
    assert reached(target, Decimal(value)) is met
    assert reached(target, None) is None
    assert reached(replace(target, value=None), Decimal(value)) is None


@pytest.mark.parametrize(
    ("wanted", "value", "counted", "verdict"),
    [
        ("95", "95", False, Verdict.REACHED),
        ("95", "94.5", False, Verdict.REACHED),
        ("95", "95.49", False, Verdict.REACHED),
        ("95", "94.4", False, Verdict.NEAR),
        ("95", "91.2", False, Verdict.NEAR),
        ("95", "97", False, Verdict.NEAR),
        ("95", "90", False, Verdict.MISSED),
        ("95", "100", False, Verdict.ABOVE),
        ("16.5", "16.45", False, Verdict.REACHED),
        ("16.5", "16.4", False, Verdict.NEAR),
        ("35", "42", False, Verdict.ABOVE),
        ("300", "299.6", True, Verdict.REACHED),
        ("300", "320", True, Verdict.REACHED),
        ("300", "290", True, Verdict.NEAR),
        ("300", "280", True, Verdict.MISSED),
        ("0", "0", False, Verdict.REACHED),
    ],
)
def test_about_is_reached_by_what_rounds_to_it_and_else_left_to_people(
    wanted: str, value: str, counted: bool, verdict: Verdict
) -> None:
    """No plan says how far 左右 goes: 91.2 % of 95 % or so is no 达到, and no 未达到 either."""
    kind = Accumulation.PLAN_TO_DATE if counted else Accumulation.POINT_IN_TIME
    target = replace(TARGET, comparator=Comparator.ABOUT, value=Decimal(wanted), accumulation=kind)
    assert verdict_on(target, Decimal(value)) is verdict
    told = {Verdict.REACHED: True, Verdict.MISSED: False}.get(verdict)
    assert reached(target, Decimal(value)) is told


def test_shortfall_is_never_negative() -> None:
    assert shortfall(TARGET, Decimal(7)) == 5
    assert shortfall(TARGET, Decimal(20)) == 0
    assert shortfall(replace(TARGET, comparator=Comparator.AT_MOST), Decimal(15)) == 3


def test_whom_a_target_concerns() -> None:
    assert TARGET.concerns("any")
    named = replace(TARGET, audience=Audience.NAMED, unit_codes=("a",))
    assert named.concerns("a") and not named.concerns("b")
    assert not replace(TARGET, audience=Audience.CITY).concerns("a")
