"""序时应达, and which earlier figure a reading may be compared with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.codec import canonical_bytes, parse_json
from desktop.domain.quarter import Quarter
from desktop.domain.schedule import Past, Span, comparable, deadline_of, short_of, span_of, standing_of
from desktop.domain.targets import Accumulation, Comparator, Milestone, Target

PLAN, YEAR = Accumulation.PLAN_TO_DATE, Accumulation.YEAR_TO_DATE
OWN, LEVEL = Accumulation.QUARTER, Accumulation.POINT_IN_TIME
BOILERS = Target(
    "t", "1", 1, "关停锅炉", Comparator.AT_LEAST, Decimal(12), "台", "2025年底", accumulation=PLAN
)
SPAN = Span(Quarter(2025, 1), Quarter(2025, 4))
QUARTERS = st.builds(Quarter, st.integers(2023, 2028), st.integers(1, 4))
VALUES = st.decimals(0, 10_000, places=2, allow_nan=False)
KINDS = st.sampled_from(list(Accumulation))


def past(quarter: str, value: int, kind: Accumulation = PLAN, unit: str = "台") -> Past:
    return Past(quarter, Decimal(value), kind, unit)


def due(target: Target, quarter: str, span: Span = SPAN) -> Decimal | None:
    return standing_of(target, Quarter.parse(quarter), (), span).due


def last(target: Target, quarter: str, *figures: Past) -> str:
    found = standing_of(target, Quarter.parse(quarter), figures, SPAN).last
    return found.quarter if found else ""


def test_seven_of_twelve_by_the_end_of_march_is_ahead() -> None:
    assert due(BOILERS, "2025Q1") == 3
    assert short_of(BOILERS, Decimal(7), due(BOILERS, "2025Q1")) is False
    assert [due(BOILERS, f"2025Q{n}") for n in (2, 3, 4)] == [6, 9, 12]
    assert due(BOILERS, "2026Q2") == 12 and due(BOILERS, "2024Q4") is None


def test_a_figure_that_does_not_part_evenly_is_rounded_down_to_its_own_places() -> None:
    assert due(replace(BOILERS, value=Decimal(10)), "2025Q1") == 2
    assert due(replace(BOILERS, value=Decimal("1.50")), "2025Q1") == Decimal("0.37")


def test_levels_and_limits_and_a_quarters_own_figures_do_not_grow_with_time() -> None:
    for kind in (LEVEL, OWN):
        assert due(replace(BOILERS, accumulation=kind), "2025Q3") is None
    assert due(replace(BOILERS, comparator=Comparator.AT_MOST), "2025Q3") is None
    assert due(replace(BOILERS, value=None), "2025Q3") is None


def test_what_the_city_set_is_asked_for_and_nothing_in_proportion_beside_it() -> None:
    level = replace(
        BOILERS, accumulation=LEVEL, milestones=(Milestone("2025Q2", Decimal(5)), Milestone("2025Q4", Decimal(9)))
    )  # fmt: skip
    assert [due(level, f"2025Q{n}") for n in (1, 2, 3, 4)] == [None, 5, 5, 9]
    assert standing_of(level, Quarter(2025, 3), (), SPAN).by_city
    set_plan = replace(level, accumulation=PLAN)
    assert due(set_plan, "2025Q1") is None
    assert due(replace(level, accumulation=OWN), "2025Q3") is None
    yearly = replace(level, accumulation=YEAR)
    assert due(yearly, "2025Q4") == 9 and due(yearly, "2026Q1") is None
    capped = replace(level, comparator=Comparator.AT_MOST)
    assert short_of(capped, Decimal(6), due(capped, "2025Q2")) is True


def test_a_yearly_figure_starts_again_in_january() -> None:
    yearly = replace(BOILERS, accumulation=YEAR, deadline="每年底")
    assert [due(yearly, q) for q in ("2025Q4", "2026Q1")] == [12, 3]
    assert due(replace(yearly, deadline="2027年"), "2025Q4") is None
    figures = (past("2024Q4", 11, YEAR), past("2025Q1", 2, YEAR))
    assert last(yearly, "2025Q1", *figures) == ""
    assert last(yearly, "2025Q3", *figures) == "2025Q1"


def test_the_last_comparable_reading_is_looked_for_in_all_earlier_quarters() -> None:
    assert last(BOILERS, "2025Q4", past("2025Q1", 3), past("2025Q2", 4)) == "2025Q2"
    assert last(BOILERS, "2025Q4", past("2025Q2", 4, YEAR), past("2025Q1", 3)) == "2025Q1"
    assert last(BOILERS, "2025Q4", past("2025Q2", 4, unit="蒸吨")) == ""
    own = replace(BOILERS, accumulation=OWN)
    heating = past("2024Q4", 9, OWN), past("2025Q3", 1, OWN)
    assert last(own, "2025Q4", *heating) == "2024Q4"
    assert last(own, "2025Q4", heating[1]) == "2025Q3"


@given(
    QUARTERS,
    st.lists(st.builds(Past, QUARTERS.map(str), VALUES, KINDS, st.sampled_from(["台", "吨"]))),
    KINDS,
)
def test_only_its_own_kind_and_period_is_compared(
    quarter: Quarter, figures: list[Past], kind: Accumulation
) -> None:
    target = replace(BOILERS, accumulation=kind)
    found = comparable(target, quarter, figures)
    names = [each.quarter for each in found]
    assert names == sorted(set(names)) and all(name < str(quarter) for name in names)
    assert {(each.accumulation, each.unit) for each in found} <= {(kind, "台")}
    if kind is YEAR:
        assert all(name.startswith(str(quarter.year)) for name in names)


@given(st.integers(1, 100_000), st.sampled_from([PLAN, YEAR]), st.integers(2024, 2027), st.integers(0, 3))
def test_what_is_due_in_proportion_never_falls_within_its_period_and_ends_at_the_target(
    value: int, kind: Accumulation, year: int, years: int
) -> None:
    target = replace(BOILERS, value=Decimal(value), accumulation=kind, deadline=f"{year + years}年底")
    span = Span(Quarter(year, 1), Quarter(year + years, 4))
    first = year if kind is PLAN else year + years
    asked = [due(target, f"{y}Q{n}", span) for y in range(first, year + years + 1) for n in (1, 2, 3, 4)]
    given_ones = [d for d in asked if d is not None]
    assert len(given_ones) == len(asked) and given_ones == sorted(given_ones)
    assert given_ones[-1] == value and given_ones[0] * len(asked) <= value


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2025年底前", "2025Q4"), ("2025年6月底前", "2025Q2"), ("9月底", "2025Q3"), ("2024—2026年", "2026Q4"),
        ("第三季度", "2025Q3"), ("上半年", "2025Q2"), ("2026年上半年", "2026Q2"), ("长期坚持", "2025Q4"), ("", "2025Q4"),
        ("2025年12月", "2025Q4"), ("2026年1季度", "2026Q1"),
    ],
)  # fmt: skip
def test_deadlines(text: str, quarter: str) -> None:
    assert str(deadline_of(text, Quarter(2025, 4))) == quarter


def test_a_deadline_without_a_year_says_nothing_of_a_plan_without_years() -> None:
    assert deadline_of("9月底", None) is None and str(deadline_of("2026年", None)) == "2026Q4"


def test_the_plans_years_are_those_of_its_title() -> None:
    assert span_of("某市2025年行动方案") == SPAN
    assert span_of("某市2024—2027年行动方案") == Span(Quarter(2024, 1), Quarter(2027, 4))
    assert span_of("某市行动方案") == Span()
    assert span_of("某市行动方案", "2024Q3") == Span(Quarter(2024, 3), None)


def test_targets_without_milestones_keep_their_canonical_bytes() -> None:
    assert b"milestones" not in canonical_bytes(BOILERS)
    made = replace(BOILERS, milestones=(Milestone("2025Q2", Decimal(5)),))
    assert parse_json(canonical_bytes(made), Target) == made
    with pytest.raises(ValueError):
        parse_json(canonical_bytes(made).replace(b"2025Q2", b"2025Q7"), Target)
