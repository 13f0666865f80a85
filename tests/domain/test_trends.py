"""Figures over the quarters: gaps stay gaps, what may not be added is not added."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.codec import encode
from desktop.domain.schedule import Past
from desktop.domain.targets import Accumulation, Comparator, Target
from desktop.domain.trends import MOST_QUARTERS, trend_of

TARGET = Target(
    "t",
    "2",
    1,
    "淘汰燃煤锅炉",
    Comparator.AT_LEAST,
    Decimal(12),
    "台",
    accumulation=Accumulation.PLAN_TO_DATE,
)


def past(quarter: str, value: int, unit: str = "台") -> Past:
    return Past(quarter, Decimal(value), Accumulation.PLAN_TO_DATE, unit)


def test_quarters_run_without_a_hole_from_the_first_figure_to_this_one() -> None:
    trend = trend_of("2", "锅炉", TARGET, "2025Q2", {"a": Decimal(7), "b": None}, {"a": (past("2024Q4", 3),)})
    assert trend is not None
    assert trend.quarters == ("2024Q4", "2025Q1", "2025Q2")
    assert [unit.values for unit in trend.units] == [(3, None, 7), (None, None, None)]
    assert trend.sums == ()


def test_figures_are_added_only_where_the_indicator_says_so() -> None:
    now = {"a": Decimal(7), "b": Decimal("2.5")}
    added = trend_of("2", "锅炉", replace(TARGET, addable=True), "2025Q1", now, {"a": (past("2024Q3", 3),)})
    assert added is not None and added.sums == (3, None, Decimal("9.5"))


def test_another_unit_of_measure_is_no_figure_of_this_trend() -> None:
    trend = trend_of("2", "锅炉", TARGET, "2025Q1", {"a": Decimal(7)}, {"a": (past("2024Q4", 30, "蒸吨"),)})
    assert trend is not None and trend.quarters == ("2025Q1",)


def test_no_figure_no_trend_and_never_more_than_two_years() -> None:
    assert trend_of("2", "锅炉", TARGET, "2025Q1", {"a": None}, {}) is None
    trend = trend_of("2", "锅炉", TARGET, "2025Q1", {"a": None}, {"a": (past("2019Q1", 1),)})
    assert trend is not None and len(trend.quarters) == MOST_QUARTERS and trend.quarters[0] == "2023Q2"


def test_a_target_says_that_it_may_be_added_only_when_it_may() -> None:
    assert "addable" not in encode(TARGET) and encode(replace(TARGET, addable=True))["addable"] is True


@pytest.mark.parametrize("quarters", [(), ("2025Q1", "2025Q2"), ("一季度",), ("2025Q1",) * 9])
def test_figures_that_do_not_go_with_their_quarters_are_no_trend(quarters: tuple[str, ...]) -> None:
    trend = trend_of("2", "锅炉", TARGET, "2025Q1", {"a": Decimal(7)}, {})
    assert trend is not None
    with pytest.raises(ValueError, match=r"figures of|季度"):
        replace(trend, quarters=quarters)
