"""Fields of an entry as texts: there and back, compared by digest, joined without saying anything twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.report import Entry, ProgressStatus, Reading
from desktop.domain.workbook import (
    Place,
    field_digest,
    field_texts,
    joined,
    number_text,
    with_field,
)

ENTRY = Entry(
    "m",
    ProgressStatus.BEHIND,
    "甲",
    "乙",
    "丙",
    "丁",
    (Reading("t1", Decimal("84.50"), "抽查"), Reading("t2", None)),
)


def test_all_fields_go_there_and_come_back() -> None:
    texts = field_texts(ENTRY, ["t1", "t2", "t3"])
    assert texts == {
        "status": "behind", "progress": "甲", "problems": "乙", "next_steps": "丙", "explanation": "丁",
        "reading:t1": "84.5", "note:t1": "抽查", "reading:t2": "", "note:t2": "", "reading:t3": "", "note:t3": "",
    }  # fmt: skip
    again = Entry("m")
    for name, text in texts.items():
        field, _, target = name.partition(":")
        assert Place("m", field, target).name == name
        again = with_field(again, Place("m", field, target), text)
    assert field_texts(again, ["t1", "t2", "t3"]) == texts
    assert [r.target_key for r in again.readings] == ["t1"]


def test_one_field_leaves_the_others_alone() -> None:
    changed = with_field(ENTRY, Place("m", "reading", "t1"), "")
    assert changed.readings == (Reading("t1", None, "抽查"),)
    assert with_field(ENTRY, Place("m", "status"), "").status is None
    assert with_field(ENTRY, Place("m", "note", "t3"), "说明").readings[-1] == Reading("t3", None, "说明")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("m", "status"), "done"),
        (Place("m", "reading", "t1"), "1e5"),
        (Place("m", "reading", "t1"), "NaN"),
        (Place("m", "reading", "t1"), "９"),
        (Place("m", "reading", "t1"), "9" * 31),
        (Place("m", "evidence"), "x"),
    ],
)
def test_texts_that_do_not_fit_are_refused(place: Place, text: str) -> None:
    with pytest.raises(ValueError):
        with_field(ENTRY, place, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [("12.50", "12.5"), ("1E+3", "1000"), ("-0.0", "0"), ("0.000", "0"), ("100", "100"), ("-3.10", "-3.1")],
)
def test_figures_in_plain_digits(value: str, text: str) -> None:
    assert number_text(Decimal(value)) == text


def test_joining_says_nothing_twice() -> None:
    assert joined("甲。", "乙。") == "甲。\n乙。"
    assert joined("甲。乙。", "乙。") == "甲。乙。"
    assert joined("甲。", "甲。乙。") == "甲。乙。"
    assert joined("", "乙") == "乙" and joined("甲", "") == "甲"


@given(st.text(max_size=120))
def test_a_fields_digest_is_short(text: str) -> None:
    assert len(field_digest(text)) == 16
