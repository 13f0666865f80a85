"""Results of checking an entry: what is wrong, why, and what would settle it; and the rules by which it is checked."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.domain.quarter import Quarter
from desktop.wording.terms import spoken

_TITLES: Mapping[str, tuple[str, str]] = {
    "status_missing": ("还没选进展状态", "五个里选一个。"),
    "progress_missing": ("还没写进展情况", "写清本季度做了什么、做到哪一步。"),
    "explanation_missing": ("还没写不涉及的原因", "选了“不涉及”，要说明为什么。"),
    "reading_missing": ("“{indicator}”还没填数", "填本季度末的数。"),
    "behind_without_problems": ("还没写“存在问题”", "选了“滞后”，写一句卡在哪里。"),
    "behind_without_next_steps": ("还没写“下一步措施”", "选了“滞后”，写明怎么赶上、什么时候完成。"),
    "completed_not_reached": (
        "“{indicator}”还没达到目标",
        "填的是{now}，状态选了“已完成”。请核对数字，或改状态。",
    ),
    "short_of_schedule": (
        "“{indicator}”还没到序时应达的{due}",
        "填的是{now}，状态选了“达到序时进度”。请核对数字，或改成“滞后”。",
    ),
    "cumulative_fell": (
        "“{indicator}”从{before}变成{now}",
        "累计数一般不会变少，{quarter}报的是{before}。请核对数字。",
    ),
    "hundredfold": (
        "“{indicator}”是上次的{factor}倍以上",
        "{quarter}是{before}，这次是{now}。请看一下单位有没有填错。",
    ),
    "hundredth": (
        "“{indicator}”不到上次的{factor}分之一",
        "{quarter}是{before}，这次是{now}。请看一下单位有没有填错。",
    ),
    "back_from_completed": ("上次报的是“已完成”，这次变了", "请核对状态。"),
    "evidence_missing": ("还没放佐证材料", "市里要求这一条有佐证材料。拖一个文件进来。"),
    "same_as_last_quarter": ("进展情况与上季写法相同", "没有改动地沿用了。如果确实没有变化，可以不改。"),
    "same_as_other": ("进展情况与{others}写法相同", "如果不是同一件事，请分开写。"),
    "no_figure": ("进展情况里没有数", "方案给“{indicator}”定了数，写上做了多少。"),
    "too_short": ("进展情况只有{length}个字", "写清本季度做了什么、做到哪一步。"),
}
RULES: Mapping[str, tuple[str, str]] = {
    "behind_without_problems": ("选了“滞后”，没写存在问题", ""),
    "behind_without_next_steps": ("选了“滞后”，没写下一步措施", ""),
    "completed_not_reached": ("选了“已完成”，指标还没达到目标", ""),
    "short_of_schedule": ("选了“达到序时进度”，完成值没到序时应达", ""),
    "cumulative_fell": ("累计数比上次少", "本年累计只在当年里比，每年1月重新算。"),
    "unit_slip": ("和上次差得太多，像是单位填错", "多或少到下面的倍数就提示。"),
    "back_from_completed": ("上次报“已完成”，这次不是了", ""),
    "evidence_missing": ("该有佐证材料，没有放", "哪些条要有，在下面选。"),
    "no_figure": ("指标有数，进展情况里没有数", ""),
    "too_short": ("进展情况太短", "少于下面的字数就提示。"),
    "same_as_last_quarter": ("进展情况和上季一字不差", ""),
    "same_as_other": ("进展情况和本单位另一条一字不差", ""),
}
"""The rules that a city may set: what is found, and a word beside it."""
SEVERITY: Mapping[Severity | None, str] = {
    Severity.ERROR: "必须改",
    Severity.WARNING: "要说明",
    Severity.HINT: "只提醒",
    None: "不查",
}
EXPLAIN = "确实如此的，在“说明”里写一句。"
"""What settles a warning that is right as it stands."""


def title(finding: Finding) -> str:
    """What is wrong, in a few words."""
    return _TITLES[finding.code][0].format_map(_said(finding))


def advice(finding: Finding) -> str:
    """Why, and what would settle it."""
    return _TITLES[finding.code][1].format_map(_said(finding))


def why(finding: Finding, explanation: str) -> str:
    """What an officer reads under the title: what the unit says to it, or why it was found."""
    return f"说明：{explanation.strip()}" if finding.explained else advice(finding)


def _said(finding: Finding) -> dict[str, str]:
    facts = dict(finding.facts)
    if "quarter" in facts:
        facts["quarter"] = Quarter.parse(facts["quarter"]).chinese
    if "others" in facts:
        facts["others"] = "、".join(spoken(label) for label in facts["others"].split("、"))
    return facts


def known_codes() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_TITLES)
