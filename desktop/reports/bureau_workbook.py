"""填报表: a workbook in which a bureau fills its measures. Only what is to be filled can be changed."""

from __future__ import annotations

from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.domain.clean_text import tidied
from desktop.domain.codec import canonical_bytes
from desktop.domain.quarter import Quarter
from desktop.domain.report import STATUS_WORDS, Entry
from desktop.domain.targets import Target
from desktop.domain.workbook import AskedRow, BureauWorkbook
from desktop.reports.cell_text import Value, clean
from desktop.reports.ledger_cells import ACCUMULATION_WORDS, ordinal, value_of
from desktop.reports.report_text import chinese_date, target_words
from desktop.reports.sheet import (
    Column,
    colour_statuses,
    new_book,
    saved,
    set_paper,
    write_facts,
    write_line,
    write_table,
)

STAMP_SHEET = "_蓝天季报"
# Rows of every sheet to be filled: title, line, hidden field names, headings.
_MARKS, _HEAD = 3, 4
_ROOM = 66.0
_CHUNK = 8_000
_OPEN = PatternFill("solid", start_color="FFFBEA")

# Field name → column. The names stand in a hidden row, so that columns may be moved and headings changed.
_MEASURES = {
    "#measure": Column("标识", 6),
    "#label": Column("序号", 6, "center"),
    "#title": Column("任务", 15),
    "#content": Column("措施内容", 32, size=9),
    "#deadline": Column("时限", 8.5, "center"),
    "#previous": Column("上季度填报", 26, size=9),
    "#status": Column("进展状态", 12, "center"),
    "#progress": Column("本季度进展", 34),
    "#problems": Column("存在问题", 18),
    "#next_steps": Column("下一步措施", 18),
    "#explanation": Column("说明", 14),
}
_TARGETS = {
    "#target": Column("标识", 6),
    "#label": Column("序号", 6, "center"),
    "#title": Column("任务", 24),
    "#indicator": Column("指标", 30),
    "#goal": Column("最终目标", 16, "center"),
    "#unit": Column("计量单位", 14, "center"),
    "#accumulation": Column("怎么算", 13, "center"),
    "#deadline": Column("时限", 13, "center"),
    "#previous": Column("上季度完成值", 14, "right"),
    "#reading": Column("本季度完成值", 16, "right"),
    "#note": Column("说明", 26),
}
_FILLED = {
    *("#status", "#progress", "#problems", "#next_steps", "#explanation"),
    *("#reading", "#note"),
}
_NOTES = {
    "#status": "点格子右边的箭头，五个里选一个。\n年底的目标没到不算滞后；落后于现在该到的进度才算。",
    "#progress": "写本季度做了什么、做到哪一步，尽量带数字。与上季度完全一样的，请核实后再写。",
    "#problems": "状态选“滞后”的必须写：卡在哪里。",
    "#next_steps": "状态选“滞后”的必须写：怎么赶上，什么时候完成。",
    "#explanation": "状态选“不涉及”的，写明原因；累计数变小的，也在这里说明。",
    "#reading": "只填数字，单位已写在前面。\n百分数填 95 或 95% 都可以。",
    "#note": "数字需要说明的写在这里，例如“含在建2台”。",
}


def as_written(text: str) -> str:
    """A field's text as its cell holds it, and as it comes back when nobody changed it."""
    return tidied(clean(tidied(text)))


def render_bureau_workbook(workbook: BureauWorkbook) -> bytes:
    """The workbook: 填报, 指标 (where there are any), 填写说明, and a hidden stamp. Same input, same bytes."""
    period = Quarter.parse(workbook.stamp.quarter).chinese
    who = workbook.bureau.name or "各有关单位"
    book = new_book(f"{who}{period}填报表", workbook.unit.name, workbook.prepared_on)
    title = f"{workbook.unit.name}{period}填报表"
    _measures(book.create_sheet("填报"), workbook, title, _line(workbook, who))
    if any(asked.row.targets for asked in workbook.rows):
        _targets(book.create_sheet("指标"), workbook, f"{title}（指标）", _line(workbook, who))
    _guide(book.create_sheet("填写说明"), workbook, who)
    _stamp(book.create_sheet(STAMP_SHEET), workbook)
    book.security.lockStructure = True
    return saved(book)


def _line(workbook: BureauWorkbook, who: str) -> str:
    parts = ["只填浅黄色的格子", f"填报单位：{who}"]
    if workbook.reply_by:
        parts.append(f"请于{chinese_date(workbook.reply_by)}前交回")
    if workbook.collector:
        parts.append(f"交给：{workbook.collector} {workbook.phone}".rstrip())
    return "　　".join([*parts, f"行动方案：{workbook.plan_title}"])


def _measures(sheet: Any, workbook: BureauWorkbook, title: str, line: str) -> None:
    rows = [_measure_cells(asked) for asked in workbook.rows]
    last = _table(sheet, _MEASURES, rows, title, line)
    at = _letters(_MEASURES)
    words = DataValidation(
        type="list",
        formula1='"' + ",".join(STATUS_WORDS.values()) + '"',
        allow_blank=True,
        showErrorMessage=True,
    )
    words.errorTitle, words.error = "进展状态", "请从下拉列表里选一个。"
    _offer(sheet, words, at["#status"], last)
    for name in ("#progress", "#problems", "#next_steps", "#explanation"):
        _prompt(sheet, _MEASURES[name].heading, _NOTES[name], at[name], last)
    colour_statuses(sheet, f"{at['#status']}{_HEAD + 1}:{at['#status']}{max(last, _HEAD + 1)}")
    set_paper(sheet, f"{at['#content']}{_HEAD + 1}", workbook.bureau.name)
    _begin_at(sheet, f"{at['#status']}{_HEAD + 1}")


def _measure_cells(asked: AskedRow) -> tuple[Value, ...]:
    row, entry = asked.row, asked.row.entry
    return (
        row.measure_key,
        ordinal(row.label),
        row.title,
        row.content,
        row.deadline,
        _previous_text(asked.previous),
        STATUS_WORDS[entry.status] if entry.status else "",
        *(as_written(text) for text in (entry.progress, entry.problems, entry.next_steps, entry.explanation)),
    )


def _previous_text(entry: Entry | None) -> str:
    if entry is None or entry.empty:
        return ""
    parts = [f"【{STATUS_WORDS[entry.status]}】" if entry.status else "", entry.progress]
    parts += [f"问题：{entry.problems}" if entry.problems else ""]
    parts += [f"下一步：{entry.next_steps}" if entry.next_steps else ""]
    return tidied("\n".join(part for part in parts if part))


def _targets(sheet: Any, workbook: BureauWorkbook, title: str, line: str) -> None:
    rows = [_target_cells(asked, target) for asked in workbook.rows for target in asked.row.targets]
    last = _table(sheet, _TARGETS, rows, title, line)
    at = _letters(_TARGETS)
    for name in ("#reading", "#note"):
        _prompt(sheet, _TARGETS[name].heading, _NOTES[name], at[name], last)
    for number in range(_HEAD + 1, last + 1):
        # With General, a typed 95% brings its own format along, by which it is told from 0.95.
        sheet[f"{at['#reading']}{number}"].number_format = "General"
    set_paper(sheet, f"{at['#goal']}{_HEAD + 1}", workbook.bureau.name)
    _begin_at(sheet, f"{at['#reading']}{_HEAD + 1}")


def _target_cells(asked: AskedRow, target: Target) -> tuple[Value, ...]:
    row = asked.row
    scope = f"（{target.scope}）" if target.scope else ""
    return (
        f"{row.measure_key}/{target.key}",
        ordinal(row.label),
        row.title,
        f"{target.indicator}{scope}",
        target_words(target) or "方案未定数",
        target.unit,
        ACCUMULATION_WORDS[target.accumulation],
        target.deadline,
        value_of(row.previous, target),
        row.entry.reading(target.key),
        as_written(next((r.note for r in row.entry.readings if r.target_key == target.key), "")),
    )


def _table(
    sheet: Any, columns: dict[str, Column], rows: list[tuple[Value, ...]], title: str, line: str
) -> int:
    """Title, line, hidden field names and the table; everything locked but what is to be filled."""
    last = write_table(sheet, _HEAD, tuple(columns.values()), rows)
    width = len(columns)
    write_line(sheet, 1, 2, width, title, size=16, title=True)
    write_line(sheet, 2, 2, width, line)
    # In the middle of a sheet wider than the screen nobody would see it.
    sheet.cell(1, 2).alignment = Alignment(horizontal="left", vertical="center")
    for index, name in enumerate(columns, start=1):
        sheet.cell(_MARKS, index).value = name
        head = sheet.cell(_HEAD, index)
        if name in _NOTES:
            head.comment = Comment(_NOTES[name], "蓝天季报", width=260, height=110)
        if name in _FILLED:
            head.fill = PatternFill("solid", start_color="FFE9A8")
            for number in range(_HEAD + 1, last + 1):
                cell = sheet.cell(number, index)
                cell.protection, cell.fill = Protection(locked=False), _OPEN
    sheet.row_dimensions[_MARKS].hidden = True
    sheet.column_dimensions["A"].hidden = True
    for number in range(_HEAD + 1, last + 1):
        height = sheet.row_dimensions[number].height
        sheet.row_dimensions[number].height = max(height, _ROOM if columns is _MEASURES else 30.0)
    # No pass phrase: this keeps slips out, not people. Sizes, filters and sorting stay free.
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = False
    return last


def _letters(columns: dict[str, Column]) -> dict[str, str]:
    return {name: get_column_letter(index) for index, name in enumerate(columns, start=1)}


def _prompt(sheet: Any, heading: str, text: str, letter: str, last: int) -> None:
    """The rule beside the cell while it is being filled; nothing is refused by it."""
    rule = DataValidation(allow_blank=True, showInputMessage=True)
    rule.promptTitle, rule.prompt = heading[:32], text[:255]
    _offer(sheet, rule, letter, last)


def _offer(sheet: Any, rule: DataValidation, letter: str, last: int) -> None:
    if last > _HEAD:
        rule.add(f"{letter}{_HEAD + 1}:{letter}{last}")
        sheet.add_data_validation(rule)


def _begin_at(sheet: Any, cell: str) -> None:
    """The sheet opens with its first cell to be filled chosen."""
    for selection in sheet.sheet_view.selection:
        if selection.pane == "bottomRight":
            selection.activeCell = selection.sqref = cell


def _guide(sheet: Any, workbook: BureauWorkbook, who: str) -> None:
    """填写说明: whose, until when, and what is expected, in one sheet that prints on a page."""
    person = f"{workbook.bureau.contact} {workbook.bureau.phone}".strip()
    facts: list[tuple[str, Value]] = [
        ("填报单位", who),
        ("联系人", person),
        ("行动方案", f"{workbook.plan_title}（第{workbook.stamp.plan_version}版）"),
        ("季度", Quarter.parse(workbook.stamp.quarter).chinese),
        ("收表单位", workbook.unit.name),
        ("收表人", f"{workbook.collector} {workbook.phone}".strip()),
        ("交回日期", chinese_date(workbook.reply_by) if workbook.reply_by else ""),
        ("1. 填哪里", "只填浅黄色的格子。其他格子锁定了，没有密码；行高、列宽可以随意调。"),
        (
            "2. 进展状态",
            "从下拉列表里选：" + "、".join(STATUS_WORDS.values()) + "。" + _NOTES["#status"].split("\n")[1],
        ),
        ("3. 本季度进展", _NOTES["#progress"]),
        ("4. 滞后", "选了“滞后”，要写“存在问题”和“下一步措施”。"),
        ("5. 不涉及", "选了“不涉及”，要在“说明”里写明原因。"),
        ("6. 指标", "在“指标”表里填“本季度完成值”，只填数字。累计的指标填累计数，不要只填本季度新增的数。"),
        ("7. 不要用公式", "请填算好的结果。公式读不回去，会请您重填。"),
        ("8. 已有的内容", "格子里已有的文字是收表单位先填的，可以直接改。"),
        ("9. 交回", "另存为 .xlsx 交回。Excel、WPS 表格、LibreOffice 都可以。不得填写涉密信息。"),
    ]
    write_facts(sheet, [(name, value) for name, value in facts if value])
    set_paper(sheet, "A2", who)
    sheet.protection.sheet = True


def _stamp(sheet: Any, workbook: BureauWorkbook) -> None:
    """The stamp's canonical JSON in pieces, one a row, where nobody stumbles over it."""
    text = canonical_bytes(workbook.stamp).decode("utf-8")
    for number, start in enumerate(range(0, len(text), _CHUNK), start=1):
        cell = sheet.cell(number, 1)
        # A mark in front: no piece begins with a sign that a program takes for a formula.
        cell.value, cell.data_type = "|" + text[start : start + _CHUNK], "s"
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
