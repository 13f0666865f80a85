"""What is said about bureaus and their workbooks: errors, refused and doubtful fields, proposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.domain.workbook import RefusedRow, SheetProblem
from desktop.wording.terms import FIELD

_KEPT = "没有读入，已填的内容都在。"
_AS_XLSX = "请用 Excel 或 WPS 表格打开它，另存为 .xlsx，再选一次。"

SENTENCES: dict[str, tuple[str, str]] = {
    # Who does what in the county
    "bureau_unknown": ("名单里没有“{name}”", "没有改动任何内容。请先在“县内分工”里加上它。"),
    "bureau_taken": ("已经有“{name}”了", "没有保存。请换一个名称；要合并，请把措施改分给它，再删掉这一个。"),
    "bureau_in_use": ("“{name}”还有{measures}条措施", "没有删。请先把这些措施分给别的单位，再删。"),
    "bureau_without_measures": ("“{name}”还没有分到措施", "没有生成文件。请先在“县内分工”里给它分措施。"),
    "name_too_long": ("名称“{name}”太长", "没有保存。最多{limit}个字，请写简称。"),
    "phone_wrong": (
        "“{phone}”不像电话号码",
        "没有保存。请只写数字，可以带区号和分机，例如 0953-1234567 转 8001。",
    ),
    "nothing_chosen": ("还没有选措施", "没有生成文件。请先选一条或几条。"),
    # Workbooks that come back
    "workbook_form": ("“{file}”是 {form} 文件，只能读 .xlsx", _KEPT + _AS_XLSX),
    "workbook_damaged": (
        "“{file}”坏了，打不开",
        _KEPT + "请让对方重新发一份；能打开的话，另存为 .xlsx 再选。",
    ),
    "workbook_encrypted": ("“{file}”加了密码", _KEPT + "请先去掉打开密码，另存为 .xlsx，再选一次。"),
    "workbook_macros": ("“{file}”带有宏", "为了安全没有打开，已填的内容都在。" + _AS_XLSX),
    "workbook_empty": ("“{file}”是空的", _KEPT + "请检查是不是选错了文件。"),
    "workbook_too_large": (
        "“{file}”太大，或里面的内容大得不正常",
        "为了安全没有打开，已填的内容都在。请把填好的内容粘到原来的填报表里，删去图片，再选一次。",
    ),
    "workbook_no_table": (
        "“{file}”里没有找到填报表",
        _KEPT + "请检查是不是选错了文件。表头要有“序号”“任务”“进展状态”“本季度进展”这样的字。",
    ),
    "workbook_other_report": (
        "“{file}”是{unit}{quarter}的填报表",
        _KEPT + "请打开那个季度再读入，或换一个文件。",
    ),
    "workbook_other_plan": ("“{file}”是另一个行动方案的填报表", _KEPT + "现在打开的是“{plan}”。"),
}

# Why a field or row cannot be taken, or is only proposed.
_REASONS: dict[str, str] = {
    "cell_formula": "格子里是公式。请填算好的结果。",
    "cell_error": "格子里是出错的公式（{given}）。请填算好的结果。",
    "status_unknown": "“{given}”不是五种状态里的一种，也看不出是哪一种。",
    "reading_not_a_number": "“{given}”不是一个数。请只填数字，文字写在说明里。",
    "reading_unit": "填的是“{given}”，这个指标的单位是{unit}。",
    "text_too_long": "有{length}个字，超过了{limit}个字。",
    "row_twice": "这一条写了不止一行：{cells}。",
    "row_unknown": "看不出是哪一条措施。",
    "row_contradicts": "这一行的编号和文字对不上，可能只排了一部分列的顺序。",
    "row_likeness": "文字有改动，看上去是这一条：“{text}”。",
    "row_not_asked": "这一条没有交给这个单位填。",
    "cell_merged": "格子和上一行合并了，当作两行都写了同样的内容。",
    "cell_cleared": "原来有内容，交回时空了。",
    "status_words": "写的是“{given}”，看上去是“{likely}”。",
    "reading_fraction": "填的是{given}，看上去是{likely}。",
    "reading_words": "写的是“{given}”，看上去是{likely}。",
    "reading_converted": "写的是“{given}”，换算后是{likely}。",
}
_PROBLEMS: dict[str, str] = {
    "stamp_missing": "这份表不是从这里导出的，或隐藏的标记被删了。每一处不同都要您来定。",
    "stamp_damaged": "这份表里隐藏的标记被改动过。每一处不同都要您来定。",
    "column_twice": "“{sheet}”里“{column}”有两列都填了，没有读这一项。请留一列。",
    "column_missing": "“{sheet}”里少了这几列：{fields}。其他列照常读。",
}
_HOW = {
    "same_lead": "“{lead}”牵头的其他措施都给了它",
    "known": "按“{lead}”在名单里找到",
    "derived": "按“{lead}”推想的名称，请核对",
}
_COLUMNS = FIELD | {"note": "指标说明"}


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def reason(code: str, facts: Mapping[str, str]) -> str:
    """Why a field or a row is refused or only proposed; empty for no code."""
    return _REASONS[code].format_map(_Facts(facts)) if code else ""


def row_reason(row: RefusedRow) -> str:
    return reason(row.code, row.facts)


def problem(found: SheetProblem) -> str:
    """Something about a sheet as a whole, in one sentence."""
    facts = dict(found.facts)
    if "fields" in facts:
        facts["fields"] = "、".join(_COLUMNS.get(name, name) for name in facts["fields"].split("、"))
    return _PROBLEMS[found.code].format_map(_Facts(facts))


def proposal_reason(how: str, lead: str) -> str:
    """Why a bureau is proposed for a measure."""
    return _HOW[how].format(lead=lead)


def known_reasons() -> frozenset[str]:
    """Every code of a field or row that has words."""
    return frozenset(_REASONS)


def known_problems() -> frozenset[str]:
    return frozenset(_PROBLEMS)
