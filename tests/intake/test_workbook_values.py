"""What people type: statuses in other words, figures with units; in doubt proposed, never guessed in silence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.report import STATUS_WORDS
from desktop.domain.targets import Comparator, Target
from desktop.domain.workbook import number_text
from desktop.intake.workbooks.workbook_values import Said, said_reading, said_status, said_text, text_of


def target(unit: str, value: str | None = "12") -> Target:
    return Target("t", "1", 1, "指标", Comparator.AT_LEAST, None if value is None else Decimal(value), unit)


def outcome(said: Said) -> tuple[str, str]:
    return said.text, said.refused or said.doubt


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("已完成", ("completed", "")),
        (" 达到序时进度 。", ("on_schedule", "")),
        ("√已完成", ("completed", "")),
        (None, ("", "")),
        ("", ("", "")),
        ("已办结", ("completed", "status_words")),
        ("完成", ("completed", "status_words")),
        ("序时", ("on_schedule", "status_words")),
        ("正常推进", ("on_schedule", "status_words")),
        ("已完成（3月底）", ("completed", "status_words")),
        ("未达到序时进度", ("behind", "status_words")),
        ("尚未启动", ("not_started", "status_words")),
        ("本县不涉及", ("not_applicable", "status_words")),
        ("尚未达到序时进度要求", ("", "status_unknown")),
        ("没有滞后", ("", "status_unknown")),
        ("未完成", ("", "status_unknown")),
        ("部分已完成、部分滞后", ("", "status_unknown")),
        (85, ("", "status_unknown")),
    ],
)
def test_statuses(typed: object, expected: tuple[str, str]) -> None:
    assert outcome(said_status(typed)) == expected


@pytest.mark.parametrize("word", STATUS_WORDS.values())
def test_a_denied_status_is_never_taken_for_it(word: str) -> None:
    own = next(status.value for status, own in STATUS_WORDS.items() if own == word)
    for denied in (f"没有{word}", f"未{word}", f"不是{word}"):
        assert said_status(denied).text != own


@pytest.mark.parametrize(
    ("typed", "shown", "unit", "expected"),
    [
        (7, "General", "台", ("7", "")),
        (7.0, "General", "台", ("7", "")),
        (0.1 + 0.2, "General", "吨", ("0.3", "")),
        ("7", "@", "台", ("7", "")),
        ("７．５台", "@", "台", ("7.5", "")),
        ("1,234.50", "@", "吨", ("1234.5", "")),
        ("１，２３４吨", "@", "吨", ("1234", "")),
        ("-3", "@", "%", ("-3", "")),
        ("−3.5%", "@", "%", ("-3.5", "")),
        ("46 μg/m³", "@", "微克/立方米", ("46", "")),
        ("46微克/立方米。", "@", "微克/立方米", ("46", "")),
        ("95%", "@", "%", ("95", "")),
        ("95％", "@", "%", ("95", "")),
        (0.95, "0%", "%", ("95", "")),
        (0.955, "0.0%", "%", ("95.5", "")),
        (1, "0%", "%", ("100", "")),
        (0.95, "General", "%", ("95", "reading_fraction")),
        ("0.95", "@", "%", ("95", "reading_fraction")),
        ("0.95%", "@", "%", ("0.95", "")),
        (1, "General", "%", ("1", "")),
        (0.95, "General", "吨", ("0.95", "")),
        (0.95, "0%", "台", ("", "reading_unit")),
        ("95%", "@", "台", ("", "reading_unit")),
        ("7辆", "@", "台", ("", "reading_unit")),
        ("1.2万吨", "@", "吨", ("12000", "reading_converted")),
        ("12000吨", "@", "万吨", ("1.2", "reading_converted")),
        ("1.2万吨", "@", "万吨", ("1.2", "")),
        ("约7台", "@", "台", ("7", "reading_words")),
        ("累计7", "@", "台", ("7", "reading_words")),
        ("7台", "@", "", ("7", "reading_words")),
        ("7", "@", "", ("7", "")),
        ("7台（在建2台）", "@", "台", ("", "reading_not_a_number")),
        ("7/12", "@", "台", ("", "reading_not_a_number")),
        ("7-8", "@", "台", ("", "reading_not_a_number")),
        ("12,5", "@", "台", ("", "reading_not_a_number")),
        ("1e5", "@", "台", ("", "reading_not_a_number")),
        ("七台", "@", "台", ("", "reading_not_a_number")),
        ("=1+1", "@", "台", ("", "reading_not_a_number")),
        ("9" * 40, "@", "台", ("", "reading_not_a_number")),
        (float("inf"), "General", "台", ("", "reading_not_a_number")),
        (10**40, "General", "台", ("", "reading_not_a_number")),
        (True, "General", "台", ("", "reading_not_a_number")),
        (datetime(2025, 3, 7), "m-d", "台", ("", "reading_not_a_number")),
        ("", "@", "台", ("", "")),
        ("—", "@", "台", ("", "")),
        ("/", "@", "台", ("", "")),
        (None, "General", "台", ("", "")),
    ],
)
def test_readings(typed: object, shown: str, unit: str, expected: tuple[str, str]) -> None:
    assert outcome(said_reading(typed, shown, target(unit))) == expected


def test_a_share_below_one_is_no_slip_where_the_target_is_one() -> None:
    assert outcome(said_reading(0.5, "General", target("%", "0.8"))) == ("0.5", "")
    assert outcome(said_reading(0.5, "General", target("%", None))) == ("0.5", "")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_any_figure_with_separators_and_unit(value: Decimal) -> None:
    for text in (f"{value:f}", f"{value:,f}", f"{value:,f} 吨"):
        assert outcome(said_reading(text, "@", target("吨"))) == (number_text(value), "")


@given(st.text(max_size=40), st.sampled_from(["", "台", "%", "万吨", "微克/立方米"]))
def test_no_text_breaks_the_reader(text: str, unit: str) -> None:
    said = said_reading(text, "General", target(unit))
    assert not said.text or Decimal(said.text).is_finite()
    said_status(text)
    assert said_text(text, "General").refused == ""


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (12.0, "General", "12"),
        (0.5, "0%", "50%"),
        (0.5, '0.0"%"', "0.5"),
        (True, "General", "是"),
        (date(2025, 4, 2), "yyyy-mm-dd", "2025年4月2日"),
        ("甲_x000D_\n乙\t丙\u00a0丁\u200b", "General", "甲\n乙 丙 丁"),
        ("a\x00\x07b\u202e", "General", "ab"),
        (None, "General", ""),
    ],
)
def test_cells_read_as_people_see_them(value: object, shown: str, text: str) -> None:
    assert text_of(value, shown) == text


def test_a_text_beyond_a_cell_is_refused() -> None:
    assert said_text("长" * 32_768, "General").refused == "text_too_long"
