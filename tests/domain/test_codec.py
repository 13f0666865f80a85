"""Canonical JSON: what goes in comes out, and what does not fit is refused with its place."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.codec import canonical_bytes, decode, encode, parse_json, verification_code
from desktop.domain.plan import Duty, DutyRole, Measure, PlanDraft, PlanProblem, Severity
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, Evidence, ProgressStatus, Reading
from desktop.domain.targets import Comparator, Target
from desktop.domain.unit import UnitRef

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)
entries = st.builds(
    Entry,
    texts,
    st.none() | st.sampled_from(ProgressStatus),
    *(texts for _ in range(4)),
    st.lists(st.builds(Reading, texts, st.none() | decimals, texts), max_size=3).map(tuple),
    st.lists(st.builds(Evidence, texts, texts, st.integers(0, 10**9), texts), max_size=2).map(tuple),
)


@given(entries)
def test_an_entry_reads_back_the_same(entry: Entry) -> None:
    data = canonical_bytes(entry)
    assert parse_json(data, Entry) == entry
    assert canonical_bytes(parse_json(data, Entry)) == data


def test_nested_values_read_back_the_same() -> None:
    measure = Measure("m", "1", 1, "", "题", "文", (Duty(DutyRole.LEAD, "甲", ("1",)),))
    target = Target("t", "1", 1, "率", Comparator.AT_LEAST, Decimal("1.50"), "%")
    problem = PlanProblem("x", Severity.HINT, facts={"a": "b"})
    draft = PlanDraft("题", "市", (measure,), (target,), (problem,))
    assert parse_json(canonical_bytes(draft), PlanDraft) == draft


def test_decimals_keep_their_digits_and_never_become_floats() -> None:
    assert encode(Decimal("1E+3")) == "1000"
    assert canonical_bytes(Reading("t", Decimal("0.10"))) == b'{"note":"","target_key":"t","value":"0.10"}'
    with pytest.raises(TypeError):
        encode(1.5)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"target_key":"t","value":1.5}', "$.value"),
        (b'{"target_key":"t","value":"NaN"}', "$.value"),
        (b'{"target_key":"t","value":null,"more":1}', "'more'"),
        (b'{"value":null}', "target_key"),
        (b'{"target_key":7,"value":null}', "$.target_key"),
        (b'{"target_key":"t","target_key":"u","value":null}', "twice"),
        (b'{"target_key":"t","value":NaN}', "NaN"),
        (b"[]", "$"),
        (b"\xff", ""),
        (b"[" * 100_000, ""),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(data: bytes, where: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_json(data, Reading)
    assert where in str(refused.value)


def test_dates_and_their_order() -> None:
    calendar = QuarterCalendar("2025Q1", date(2025, 3, 25), date(2025, 4, 10), date(2025, 4, 20))
    assert decode(QuarterCalendar, encode(calendar)) == calendar
    with pytest.raises(ValueError):
        decode(
            QuarterCalendar,
            {"quarter": "2025Q1", "opens": "2025-04-11", "due": "2025-04-10", "closes": "2025-04-20"},
        )
    with pytest.raises(ValueError):
        decode(datetime, "yesterday")


def test_the_code_is_eighty_bits_in_groups_of_four() -> None:
    code = verification_code(b"data")
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert code != verification_code(b"datb")


def test_half_a_character_is_refused() -> None:
    """JSON can write a lone surrogate; neither UTF-8 nor the database takes it."""
    with pytest.raises(ValueError, match="half a character"):
        parse_json(b'{"code":"1","name":"\\ud800"}', UnitRef)
