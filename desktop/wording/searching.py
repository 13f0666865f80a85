"""What 查找 says: where words were found, how many entries, and what to do when there are none."""

from __future__ import annotations

from desktop.domain.report import ReportState
from desktop.wording.terms import FIELD, STATE

FOUND_IN = {
    **{name: FIELD[name] for name in ("progress", "problems", "next_steps", "explanation", "evidence")},
    "title": "措施",
    "number": "编号",
    "content": "方案原文",
    "section": "章节",
    "units": "责任单位",
    "bureau": "承办部门",
    "unit": "单位",
}
PLACEHOLDER = "写几个字就找：措施、进展、问题、佐证材料的文件名"
KEYS = "↑↓ 选，Enter 打开，Esc 关闭"


def nothing_typed(leads: bool) -> tuple[str, str]:
    """Title and text before anything is typed."""
    what = (
        "已收下和退回的季报，全部方案、全部季度都找。"
        if leads
        else "全部方案、全部季度都找，锁定的季度也在内。"
    )
    return "写几个字，就在下面列出来", f"{what}几个词用空格分开，都有的才列出来。"


def nothing_found(typed: str, plans: int, quarters: int) -> tuple[str, str]:
    """Title and text where no entry has all the words."""
    return f"没有找到“{typed}”", f"{plans}个方案、{quarters}个季度都找过了。少写几个字，再看看。"


def counted(count: int, more: bool) -> str:
    """How many entries were found."""
    return f"多于{count}条，只列前{count}条，再写几个字就少了" if more else f"找到{count}条"


def group_said(quarter: str, unit: str, plan: str, state: ReportState | None) -> str:
    """2025年第一季度　盐池县（已退回）　某市行动方案: what a superior did not accept is said to be so."""
    aside = f"（{STATE[state]}）" if unit and state not in (None, ReportState.ACCEPTED) else ""
    return "　".join(part for part in (quarter, unit + aside, plan) if part)
