"""透视数据: one record per measure × unit × target, every place filled, nothing merged; for pivot tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, ReportDocument
from desktop.domain.summary import SummaryDocument, SummaryRow, UnitSummary
from desktop.domain.targets import Target, shortfall
from desktop.reports.cell_text import Value
from desktop.reports.ledger_cells import (
    STATE_WORDS,
    figure_cells,
    in_time_word,
    kind_word,
    ordinal,
    set_due,
    status_word,
    value_of,
    verdict_cell,
)
from desktop.reports.sheet import Column, colour_statuses, set_paper, write_data

DATA_SHEET = "透视数据"
RECORDS_NOTE = (
    "“透视数据”表一行是一条措施、一个单位、一个指标，供插入数据透视表。"
    "一条措施有几个指标就有几行；数措施时请对“项数”求和。没有的文字写“—”，没有的数字留空。"
)
_TABLE = "季报数据"
_NOTHING = "—"
_ASKED = ("指标", "范围", "要求", "目标值", "计量单位", "统计口径", "指标时限")
"""The headings of what the plan asks, as `figure_cells` fills them."""
_HEADINGS: dict[str, Column] = {
    column.heading: column
    for column in (
        Column("季度", 15, "center"),
        Column("单位", 14, widest=40),
        Column("单位全称", 22, widest=60),
        Column("单位代码", 11),
        Column("单位类别", 11, "center"),
        Column("报送状态", 9, "center"),
        Column("报送次数", 9, "right"),
        Column("序号", 7, "center"),
        Column("章节", 18, widest=44),
        Column("重点任务", 22, widest=60),
        Column("牵头单位", 18, widest=44),
        Column("完成时限", 11, widest=30),
        Column("进展状态", 12, "center"),
        Column("达到序时进度", 9, "center"),
        Column("指标", 24, widest=44),
        Column("范围", 12, widest=30),
        Column("要求", 8, "center"),
        Column("目标值", 10, "right"),
        Column("计量单位", 10, "center", widest=20),
        Column("统计口径", 11, "center"),
        Column("指标时限", 11, widest=30),
        Column("序时应达", 10, "right"),
        Column("上季度完成值", 10, "right"),
        Column("本季度完成值", 10, "right"),
        Column("距目标", 10, "right"),
        Column("达到目标值", 9, "center"),
        Column("项数", 6, "right"),
        Column("佐证材料数", 9, "right"),
        Column("本季度进展情况", 36, widest=36),
        Column("存在问题", 24, widest=24),
        Column("下一步工作措施", 24, widest=24),
    )
}
# Where there is no record to see by, a report's: a summary alone knows of these two.
_UNIT_HEADINGS = frozenset(_HEADINGS) - {"单位类别", "报送状态"}
Record = dict[str, Value]


def unit_records(document: ReportDocument) -> Iterator[Record]:
    """The records of one report."""
    for row in document.rows:
        about: Record = {
            "季度": Quarter.parse(document.quarter).chinese,
            "单位": document.unit.name,
            "单位全称": document.unit.name,
            "单位代码": document.unit.code,
            "报送次数": document.revision,
            "序号": ordinal(row.label),
            "章节": row.section,
            "重点任务": row.title,
            "牵头单位": "、".join(row.lead),
            "完成时限": row.deadline,
        }
        for number, target in enumerate(row.targets or (None,)):
            record = about | _said(row.entry, number == 0) | _figures(target, row.entry, document.quarter)
            record["上季度完成值"] = None if target is None else value_of(row.previous, target)
            yield record


def summary_records(
    summary: SummaryDocument, assigned: Iterable[tuple[SummaryRow, UnitSummary, Entry | None]]
) -> Iterator[Record]:
    """The records of all units: of each assignment, for each target that the unit fills."""
    for row, unit, entry in assigned:
        about: Record = {
            "季度": Quarter.parse(summary.quarter).chinese,
            "单位": unit.short_name,
            "单位全称": unit.unit.name,
            "单位代码": unit.unit.code,
            "单位类别": kind_word(unit.kind),
            "报送状态": STATE_WORDS[unit.state],
            "报送次数": unit.revision,
            "序号": ordinal(row.label),
            "章节": row.section,
            "重点任务": row.title,
            "牵头单位": "、".join(row.lead),
        }
        state = STATE_WORDS[unit.state]
        for number, target in enumerate(filled_targets(row.targets, unit.unit.code, entry) or (None,)):
            yield about | _said(entry, number == 0, state) | _figures(target, entry, summary.quarter)


def filled_targets(targets: Sequence[Target], unit_code: str, entry: Entry | None) -> tuple[Target, ...]:
    """The targets that concern a unit, and those it has given a figure for."""
    return tuple(
        target
        for target in targets
        if target.concerns(unit_code) or (entry is not None and entry.reading(target.key) is not None)
    )


def write_records(sheet: Any, records: Iterable[Record], footer: str) -> None:
    """The records as a named table, with the columns that they have."""
    wanted = iter(records)
    first = next(wanted, None)
    columns = [column for heading, column in _HEADINGS.items() if heading in (first or _UNIT_HEADINGS)]
    rows = [
        [_filled(record[column.heading], column) for column in columns]
        for record in chain(() if first is None else (first,), wanted)
    ]
    last = write_data(sheet, columns, rows)
    letters = {column.heading: get_column_letter(at) for at, column in enumerate(columns, start=1)}
    # A table must have a row; Excel would repair one that has none.
    if rows:
        ref = f"A1:{get_column_letter(len(columns))}{last}"
        table = Table(displayName=_TABLE, name=_TABLE, ref=ref, autoFilter=AutoFilter(ref=ref))
        # openpyxl would look into every cell of the table for its headings.
        table.tableColumns = [
            TableColumn(id=at, name=column.heading) for at, column in enumerate(columns, start=1)
        ]
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        sheet.add_table(table)
        for heading in ("进展状态", "达到序时进度", "达到目标值"):
            colour_statuses(sheet, f"{letters[heading]}2:{letters[heading]}{last}")
    set_paper(sheet, f"{letters['重点任务']}2", footer, pages_wide=3, title_columns=f"A:{letters['单位']}")


def _filled(value: Value, column: Column) -> Value:
    """No blank among what records are grouped by."""
    if value or value == 0 or column.align == "right":
        return value
    return _NOTHING


def _said(entry: Entry | None, first: bool, state: str = "") -> Record:
    return {
        "进展状态": state if entry is None else status_word(entry),
        "达到序时进度": state if entry is None else in_time_word(entry),
        "项数": int(first),
        "佐证材料数": len(entry.evidence) if entry and first else 0,
        "本季度进展情况": entry.progress if entry else "",
        "存在问题": entry.problems if entry else "",
        "下一步工作措施": entry.next_steps if entry else "",
    }


def _figures(target: Target | None, entry: Entry | None, quarter: str) -> Record:
    if target is None:
        asked = dict.fromkeys((*_ASKED, "达到目标值"), "")
        figures = dict.fromkeys(("目标值", "序时应达", "本季度完成值", "距目标"))
        return {**asked, **figures, "指标": "无量化指标"}
    value = entry.reading(target.key) if entry else None
    missing: Decimal | None = None
    if value is not None and target.value is not None:
        missing = shortfall(target, value)
    return {
        **dict(zip(_ASKED, figure_cells(target), strict=True)),
        "序时应达": set_due(target, quarter),
        "本季度完成值": value,
        "距目标": missing,
        "达到目标值": verdict_cell(target, value),
    }
