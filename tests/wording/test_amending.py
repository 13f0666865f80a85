"""What is said of two versions' difference."""

from __future__ import annotations

import pytest

from desktop.domain.changes import ChangeKind
from desktop.wording import amending


def test_every_kind_has_words_everywhere() -> None:
    assert set(amending.KIND) == set(ChangeKind)
    for kind in ChangeKind:
        assert amending.meaning(kind, ["7"], ["8"]).endswith("。")
        assert amending.follows(kind, ["东川县"], ["8"]).endswith("。")
        assert amending.moved(kind, ["7"], ["8"])


def test_changes_are_counted_in_the_order_of_interest() -> None:
    kinds = [ChangeKind.UNCHANGED, ChangeKind.REWORDED, ChangeKind.DROPPED, ChangeKind.REWORDED]
    assert amending.counted(kinds) == "取消1条、改写2条"
    assert amending.counted([ChangeKind.UNCHANGED]) == ""
    assert amending.news(3, kinds)[0] == "方案已更新为第3版"


@pytest.mark.parametrize(
    ("likeness", "word"),
    [(100, "一字不差"), (99, "几乎一样"), (70, "大体相同"), (69, "一半相同"), (10, "少有相同")],
)
def test_likeness_in_words(likeness: int, word: str) -> None:
    assert amending.likeness_word(likeness) == word


def test_numbers_as_people_say_them() -> None:
    assert amending.numbers(["7", "8-1", "保障-一"]) == "第7条、第8-1条、保障-一"
    assert amending.moved(ChangeKind.REWORDED, ["7"], ["7"]) == "第7条"
    assert amending.moved(ChangeKind.SPLIT, ["7"], ["7", "8"]) == "第7条 → 第7条、第8条"


def test_where_words_come_from() -> None:
    merged = amending.origin(ChangeKind.MERGED, "8", "清扫道路", "")
    assert merged == "原第8条“清扫道路”并进了本条，那里填过："
    split = amending.origin(ChangeKind.SPLIT, "5", "散煤", "2025Q1")
    assert split == "本条是从原第5条“散煤”拆出来的，2025年第一季度那里填过："
