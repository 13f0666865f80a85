"""Titles as offices write them, in front of a small plan."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.plan import PlanDraft
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan

BODY = "\n\n一、重点任务\n1.拆除小锅炉。逐台登记，年内拆完。（市甲局牵头，各县区政府负责落实）\n2.清扫道路。每日清扫。（市乙局牵头，各县区政府负责落实）\n"


def read_under(head: str) -> PlanDraft:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "文件.txt"
        path.write_text(head + BODY, encoding="utf-8")
        return read_plan(path, Lexicon())


@pytest.mark.parametrize(
    "title",
    [
        "云河市清洁空气行动方案",
        "云河市清洁空气行动方案（2025年）",
        "云河市清洁空气行动计划(2024—2025年)",
        "云河市清洁空气行动方案（2024-2026年）",
        "云河市2025年大气污染防治工作要点",
        "云河市2025年大气污染防治工作安排",
        "云河市人民政府关于加快推进清洁取暖工作的实施意见",
    ],
)
def test_a_title_is_known_with_and_without_its_years(title: str) -> None:
    draft = read_under(title)
    assert (draft.title, draft.city, len(draft.measures)) == (title, "云河市", 2)


@pytest.mark.parametrize(
    ("head", "title", "place"),
    [
        (
            "云河市重点流域水污染防治\n与水生态保护修复\n攻坚行动方案（2025—2027年）",
            "云河市重点流域水污染防治与水生态保护修复攻坚行动方案（2025—2027年）",
            "云河市",
        ),
        (
            "云河市人民政府\n2025年3月6日\n云河市冬季清洁取暖\n实施方案\n（2024—2026年）",
            "云河市冬季清洁取暖实施方案（2024—2026年）",
            "云河市",
        ),
        (
            "云河市人民政府\n关于加快清洁取暖的\n实施意见\n（2025年3月1日）",
            "云河市人民政府关于加快清洁取暖的实施意见",
            "云河市",
        ),
        (
            "云河市人民政府关于印发云河市清洁取暖实施方案的通知\n各县区：\n现予印发。",
            "云河市清洁取暖实施方案",
            "云河市",
        ),
        ("䶮川县安全生产三年行动\n实施方案", "䶮川县安全生产三年行动实施方案", "䶮川县"),
        ("云河高新区扬尘治理工作方案", "云河高新区扬尘治理工作方案", "云河高新区"),
        ("云河经济开发区管委会\n\n扬尘治理工作方案", "扬尘治理工作方案", "云河经济开发区"),
        (
            "澜河流域（云河市段）治理\n2025年度实施计划",
            "澜河流域（云河市段）治理2025年度实施计划",
            "云河市",
        ),
        ("全市秋冬季大气污染攻坚方案", "全市秋冬季大气污染攻坚方案", ""),
    ],
)
def test_titles_in_several_lines_and_their_places(head: str, title: str, place: str) -> None:
    draft = read_under(head)
    assert (draft.title, draft.city, len(draft.measures)) == (title, place, 2)


@pytest.mark.parametrize(
    "head",
    [
        "云河县蓝天三年行动计划（征求意见稿）",
        "云河县蓝天三年行动计划\n（征求意见稿）",
        "云河县蓝天三年行动计划\n（2024—2026年）\n（征求意见稿）",
    ],
)
def test_a_draft_for_comment_is_told_wherever_it_says_so(head: str) -> None:
    draft = read_under(head)
    assert draft.title.startswith("云河县蓝天三年行动计划")
    assert "稿" not in draft.title
    assert "consultation_draft" in {problem.code for problem in draft.problems}


TITLE = "云河市重点流域水污染防治与水生态保护修复攻坚行动方案"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, len(TITLE) - 1), min_size=1, max_size=3, unique=True), st.booleans())
def test_a_title_cut_anywhere(places: list[int], notice: bool) -> None:
    cut = TITLE
    for at in sorted(places, reverse=True):
        cut = f"{cut[:at]}\n{cut[at:]}"
    before = (
        "各县区人民政府：\n现将方案印发给你们，请抓好落实。\n云河市人民政府办公室\n2025年3月6日\n"
        if notice
        else ""
    )
    assert read_under(before + cut).title == TITLE
