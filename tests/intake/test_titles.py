"""Titles as offices write them, in front of a small plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.intake import Lexicon, read_plan

BODY = "\n\n一、重点任务\n1.拆除小锅炉。逐台登记，年内拆完。（市甲局牵头，各县区政府负责落实）\n2.清扫道路。每日清扫。（市乙局牵头，各县区政府负责落实）\n"


@pytest.mark.parametrize(
    "title",
    [
        "云河市清洁空气行动方案",
        "云河市清洁空气行动方案（2025年）",
        "云河市清洁空气行动计划(2024—2025年)",
        "云河市清洁空气行动方案（2024-2026年）",
        "云河市2025年大气污染防治工作要点",
    ],
)
def test_a_title_is_known_with_and_without_its_years(tmp_path: Path, title: str) -> None:
    path = tmp_path / "文件.txt"
    path.write_text(title + BODY, encoding="utf-8")
    draft = read_plan(path, Lexicon())
    assert (draft.title, draft.city, len(draft.measures)) == (title, "云河市", 2)
