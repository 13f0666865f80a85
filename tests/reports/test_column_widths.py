"""A table's columns are as wide as its words ask, and never narrower than they may be."""

from __future__ import annotations

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.column_widths import FILLED, fitted_widths

PADDING = 6.0
USUAL = [30.0, 120.0, 80.0, 80.0]
LEAST = [30.0, 96.0, 62.0, 62.0]


def measure(text: str) -> float:
    return 10.5 * len(text)


def lines(widths: list[float], rows: list[tuple[str, ...]]) -> int:
    return sum(
        max(
            sum(max(ceil(measure(line) / ((width - PADDING) * FILLED)), 1) for line in text.split("\n"))
            for width, text in zip(widths, row, strict=True)
        )
        for row in rows
    )


def test_the_column_with_the_words_becomes_wide() -> None:
    rows = [("1", "已完成", "无", "字" * 900), ("2", "已完成", "无", "字" * 500)]
    found = fitted_widths(USUAL, LEAST, rows, measure, PADDING)
    assert found[0] == 30.0
    assert found[3] == max(found) > 110
    assert lines(found, rows) < 0.8 * lines(USUAL, rows)


def test_the_usual_widths_stay_where_no_others_are_better() -> None:
    assert fitted_widths(USUAL, LEAST, [("1", "已完成", "无", "无")], measure, PADDING) == USUAL
    assert fitted_widths(USUAL, LEAST, [], measure, PADDING) == USUAL


def test_a_table_of_any_length_is_fitted_by_rows_spread_over_it() -> None:
    rows = [(str(n), "字" * (n % 70), "字" * (n % 11), "字" * (n % 400)) for n in range(5000)]
    found = fitted_widths(USUAL, LEAST, rows, measure, PADDING)
    assert lines(found, rows) < lines(USUAL, rows)


texts = st.text("字A\n", max_size=300)


@given(st.lists(st.tuples(texts, texts, texts, texts), max_size=12))
def test_the_sum_stays_no_column_is_too_narrow_and_nothing_becomes_higher(
    rows: list[tuple[str, ...]],
) -> None:
    found = fitted_widths(USUAL, LEAST, rows, measure, PADDING)
    assert abs(sum(found) - sum(USUAL)) < 1e-6
    assert all(width >= least for width, least in zip(found, LEAST, strict=True))
    assert lines(found, rows) <= lines(USUAL, rows)
    assert fitted_widths(USUAL, LEAST, rows, measure, PADDING) == found
