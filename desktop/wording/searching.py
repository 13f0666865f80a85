"""What 查找 says: where words were found, how many entries, and what to do when there are none."""

from __future__ import annotations

from desktop.domain.package import InboxItem, InboxState, PackageKind
from desktop.domain.report import ReportState
from desktop.wording.terms import FIELD, PACKAGE, STATE, revision

FOUND_IN = {
    **{name: FIELD[name] for name in ("progress", "problems", "next_steps", "explanation", "evidence")},
    "title": "措施",
    "number": "编号",
    "content": "方案原文",
    "section": "章节",
    "units": "责任单位",
    "bureau": "承办部门",
    "unit": "单位",
    "plan": "方案",
    "quarter": "季度",
    "file_name": "文件名",
}
PLACEHOLDER = "写几个字就找：措施、进展、问题、佐证材料的文件名"
PLACEHOLDER_CITY = "写几个字就找：措施、进展、问题、单位、收到的文件名"
WAITING_HEAD = "收件：还没有定的文件"
KEYS = "↑↓ 选，Enter 打开，Esc 关闭"


def nothing_typed(leads: bool) -> tuple[str, str]:
    """Title and text before anything is typed."""
    what = (
        "已收下和退回的季报，全部方案、全部季度都找；收件里还没有定的文件，按单位、方案、季度、文件名找。"
        if leads
        else "全部方案、全部季度都找，锁定的季度也在内。"
    )
    return "写几个字，就在下面列出来", f"{what}几个词用空格分开，都有的才列出来。"


def nothing_found(typed: str, plans: int, quarters: int) -> tuple[str, str]:
    """Title and text where no entry has all the words."""
    return f"没有找到“{typed}”", f"{plans}个方案、{quarters}个季度都找过了。少写几个字，再看看。"


def counted(count: int, more: bool, files: int = 0) -> str:
    """How many entries were found, and how many files that wait."""
    if files:
        entries = f"，{count}条填报" if count else ""
        return f"找到{files}个文件{entries}" + ("，还有没列出的，再写几个字就少了" if more else "")
    return f"多于{count}条，只列前{count}条，再写几个字就少了" if more else f"找到{count}条"


def group_said(quarter: str, unit: str, plan: str, state: ReportState | None) -> str:
    """2025年第一季度　盐池县（已退回）　某市行动方案: what a superior did not accept is said to be so."""
    aside = f"（{STATE[state]}）" if unit and state not in (None, ReportState.ACCEPTED) else ""
    return "　".join(part for part in (quarter, unit + aside, plan) if part)


def file_said(item: InboxItem) -> str:
    """What a file is: 第1次报送, 证书申请."""
    if item.kind == PackageKind.SUBMISSION and item.revision:
        return revision(item.revision)
    return PACKAGE[item.kind]


def file_state(item: InboxItem, claimed: bool) -> tuple[str, str]:
    """How a file stands, with its tone."""
    if item.state is InboxState.REFUSED:
        return "不能收", "bad"
    if claimed:
        return "还没核对是谁", "warn"
    return ("等前一份", "warn") if item.problem == "sequence_gap" else ("等您定", "accent")
