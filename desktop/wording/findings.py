"""Results of checking an entry: what is wrong, why, and what would settle it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.checks import Finding

_TITLES: Mapping[str, tuple[str, str]] = {
    "status_missing": ("还没选进展状态", "五个里选一个。"),
    "progress_missing": ("还没写进展情况", "写清本季度做了什么、做到哪一步。"),
    "explanation_missing": ("还没写不涉及的原因", "选了“不涉及”，要说明为什么。"),
    "reading_missing": ("“{indicator}”还没填数", "填本季度末的数。"),
    "behind_without_problems": ("还没写“存在问题”", "选了“滞后”，写一句卡在哪里。"),
    "behind_without_next_steps": ("还没写“下一步措施”", "选了“滞后”，写明怎么赶上、什么时候完成。"),
    "completed_not_reached": ("“{indicator}”还没达到目标", "状态选了“已完成”。请核对数字，或改状态。"),
    "cumulative_fell": (
        "“{indicator}”从{before}变成{now}",
        "累计数一般不会变少。如果上季报错了，请在说明里写一句。",
    ),
    "hundredfold": ("“{indicator}”是上季的一百倍以上", "上季{before}，本季{now}。请看一下单位有没有填错。"),
    "same_as_last_quarter": ("进展情况与上季写法相同", "如果确实没有变化，可以不改。"),
}


def title(finding: Finding) -> str:
    """What is wrong, in a few words."""
    return _TITLES[finding.code][0].format_map(finding.facts)


def advice(finding: Finding) -> str:
    """What would settle it."""
    return _TITLES[finding.code][1].format_map(finding.facts)


def known_codes() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_TITLES)
