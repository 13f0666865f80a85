"""Rows that go on: every piece fits the tallest row, joined they are the text, and they part where a reader pauses."""

from __future__ import annotations

import random

import pytest

from desktop.reports.cell_text import TALLEST_ROW, height
from desktop.reports.continuation import continued, pieces
from desktop.reports.sheet import Column

COLUMNS = (Column("序号", 6, again="same"), Column("任务", 12, again="marked"), Column("进展", 30, size=9))
WIDTHS = (6.0, 12.0, 30.0)
WORDS = (
    "完成治理",
    "。",
    "，",
    "VOCs",
    "65蒸吨/小时",
    "\n",
    "https://example.org/a/very/long/address?x=1",
    " ",
    "𠮷",
)


@pytest.mark.parametrize("length", [1, 40, 900, 5_000, 40_000])
def test_pieces_fit_and_give_the_text_again(length: int) -> None:
    chance = random.Random(length)
    text = "".join(chance.choice(WORDS) for _ in range(length))[:length]
    for width, size in ((30.0, 9), (6.0, 10), (60.0, 12)):
        found = pieces(text, width, size)
        assert "".join(found) == text
        assert all(height([(piece, width, size)]) <= TALLEST_ROW for piece in found)


def test_a_text_parts_after_a_sentence_where_one_ends_nearby() -> None:
    first, *_ = pieces("治理设施运行稳定。" * 200, 30, 9)
    assert first.endswith("。")


def test_rows_that_fit_stay_as_they_are() -> None:
    rows = [(1, "任务", "完成。"), (2, "任务", None)]
    assert list(continued(COLUMNS, WIDTHS, rows)) == rows


def test_a_row_that_goes_on_says_which_it_is() -> None:
    text = "治理设施运行稳定。" * 300
    rows = list(continued(COLUMNS, WIDTHS, [(7, "控尘", text)]))
    assert len(rows) > 2
    assert {row[0] for row in rows} == {7}
    assert [row[1] for row in rows] == ["控尘", *["控尘（续）"] * (len(rows) - 1)]
    assert "".join(str(row[2]) for row in rows) == text


def test_a_long_word_asks_for_the_lines_that_it_leaves_empty() -> None:
    words = (
        "见 https://example.org/aaaaaaaaaaaaaaaaaaaaaaaa 和 https://example.org/bbbbbbbbbbbbbbbbbbbbbbbb 处"
    )
    assert height([(words, 30, 10)]) > height([("字" * (len(words) // 2), 30, 10)])
