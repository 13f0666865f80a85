from __future__ import annotations

import pytest

from desktop.reports.fonts import Faces
from desktop.reports.page import Style
from desktop.reports.title_setting import title_lines

WIDTH = 442.2


@pytest.mark.parametrize(
    ("unit", "plan"),
    [
        ("清禾县人民政府", "《云川市空气质量持续改善行动实施方案》"),
        ("云川国家级高新技术产业开发区管理委员会", "《云川市空气质量持续改善行动实施方案》"),
        ("东川区人民政府", "《云川市2025年蓝天行动计划（征求意见稿）》"),
        ("清禾县人民政府", "《关于深入打好重污染天气消除、臭氧污染防治和柴油货车污染治理攻坚战的实施方案》"),
    ],
)
def test_lines_fit_and_none_is_left_with_a_few_characters(faces: Faces, unit: str, plan: str) -> None:
    style = Style(faces.title, 22, 32)
    parts = (unit, "关于", plan, "2025年第一季度", "进展情况的报告")
    lines = title_lines(parts, style, WIDTH)
    assert "".join(lines) == "".join(parts)
    assert len(lines) <= 4
    assert max(style.width(line) for line in lines) <= WIDTH
    assert min(len(line) for line in lines) >= 6
    assert not any(line[0] in "》）、的" or line[-1] in "《（" for line in lines)


def test_a_short_title_stays_on_one_line(faces: Faces) -> None:
    assert title_lines(("清禾县", "佐证材料清单"), Style(faces.title, 22, 32), WIDTH) == (
        "清禾县佐证材料清单",
    )


def test_a_title_too_long_for_four_lines_is_broken_all_the_same(faces: Faces) -> None:
    style = Style(faces.title, 22, 32)
    lines = title_lines(("方案名称很长" * 30,), style, WIDTH)
    assert "".join(lines) == "方案名称很长" * 30
    assert max(style.width(line) for line in lines) <= WIDTH
