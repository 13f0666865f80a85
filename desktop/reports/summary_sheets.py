"""The sheets of the city's summary workbook: 各单位, 全市指标 where there are some, 措施矩阵, 明细, 指标明细, 透视数据, 来源."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from desktop import __version__
from desktop.domain.quarter import Quarter
from desktop.domain.report import STATUS_WORDS, Entry
from desktop.domain.summary import SummaryDocument, SummaryRow, UnitProgress, UnitSummary
from desktop.domain.targets import Target
from desktop.reports.cell_text import Value
from desktop.reports.ledger_cells import (
    CONTINUED_NOTE,
    DUE_COLUMN,
    READING_COLUMNS,
    STATE_WORDS,
    TARGET_COLUMNS,
    about_rule,
    in_time_word,
    kind_word,
    ordinal,
    reading_cells,
    readings_text,
    set_due,
    status_word,
    target_cells,
    verdict_cell,
)
from desktop.reports.long_form import (
    DATA_SHEET,
    RECORDS_NOTE,
    filled_targets,
    summary_records,
    write_records,
)
from desktop.reports.sheet import (
    Column,
    colour_statuses,
    name_range,
    set_paper,
    write_facts,
    write_line,
    write_table,
)

_SMALL = 9
_UNITS = (
    Column("序号", 6, "center"),
    Column("单位", 18),
    Column("单位全称", 26),
    Column("类别", 12, "center"),
    Column("报送状态", 10, "center"),
    Column("报送次数", 10, "center"),
    Column("应填", 8, "right"),
    Column("已填", 8, "right"),
    *(Column(word, 9, "right") for word in STATUS_WORDS.values()),
    Column("收到日期", 12, "center"),
    Column("逾期天数", 9, "right"),
    Column("退回原因", 24, widest=60),
)
_MATRIX = (Column("序号", 6, "center"), Column("重点任务", 26), Column("牵头单位", 16))
_MATRIX_UNIT = 12.5
# So many digits of the default face stand on a page's width at three quarters of their size.
_PAGE = 205.0
_DETAILS = (
    Column("序号", 6, "center", again="same"),
    Column("章节", 11, size=_SMALL),
    Column("重点任务", 15, again="marked"),
    Column("牵头单位", 10, size=_SMALL, widest=14),
    Column("单位", 11, "center", again="same"),
    Column("单位代码", 9, "center", _SMALL, again="same"),
    Column("类别", 9, "center", _SMALL),
    Column("报送状态", 8, "center", again="same"),
    Column("进展状态", 9, "center", again="same"),
    Column("是否达到序时进度", 8, "center", again="same"),
    Column("本季度进展情况", 34, size=_SMALL, widest=38),
    Column("量化指标完成值", 17, size=_SMALL, widest=22),
    Column("存在问题", 15, size=_SMALL, widest=24),
    Column("下一步工作措施", 17, size=_SMALL, widest=26),
    Column("说明", 11, size=_SMALL, widest=16),
    Column("佐证材料", 12, size=_SMALL, widest=16),
)


def fill_summary(book: Any, summary: SummaryDocument, digest: str, code: str) -> None:
    """Add the summary's sheets to an empty workbook; `digest` and `code` are those of its canonical JSON."""
    footer = f"核对码 {code}"
    head = f"{summary.issuer.name}{Quarter.parse(summary.quarter).chinese}汇总台账"
    _units(book.create_sheet("各单位"), summary, footer, head)
    if summary.city:
        _city(book.create_sheet("全市指标"), summary, footer, head)
    _matrix(book.create_sheet("措施矩阵"), summary, footer, head)
    _details(book.create_sheet("明细"), summary, footer, head)
    _summary_targets(book.create_sheet("指标明细"), summary, footer, head)
    write_records(book.create_sheet(DATA_SHEET), summary_records(summary, _assigned(summary)), footer)
    sources = book.create_sheet("来源")
    write_facts(sources, _summary_sources(summary, digest, code))
    set_paper(sources, "A2", footer)


def _units(sheet: Any, summary: SummaryDocument, footer: str, head: str) -> None:
    rows = [_unit_row(number, unit) for number, unit in enumerate(summary.units, start=1)]
    last = _table(sheet, _UNITS, rows, "单位表", "E:E")
    assigned = sum(unit.assigned for unit in summary.units)
    filled = sum(unit.filled for unit in summary.units)
    arrived = sum(unit.state is UnitProgress.ACCEPTED for unit in summary.units)
    write_line(
        sheet,
        last + 2,
        1,
        len(_UNITS),
        f"共{len(summary.units)}个单位，已接收{arrived}个；应填{assigned}项，已填{filled}项。"
        f"截至{summary.as_of:%Y-%m-%d}。",
    )
    set_paper(sheet, "C2", footer, head=head)


def _table(
    sheet: Any, columns: Sequence[Column], rows: Sequence[Sequence[Value]], name: str, statuses: str
) -> int:
    """A table from the first row on, under a name, its columns of `statuses` (`H:J`) coloured; returns its last row."""
    last = write_table(sheet, 1, columns, rows, whole=False)
    if statuses:
        first, final = statuses.split(":")
        colour_statuses(sheet, f"{first}2:{final}{max(last, 2)}")
    name_range(sheet, name, f"A1:{get_column_letter(len(columns))}{last}")
    return last


def _city(sheet: Any, summary: SummaryDocument, footer: str, head: str) -> None:
    columns = (*TARGET_COLUMNS, DUE_COLUMN, Column("上季度完成值", 12, "right"), *READING_COLUMNS)
    rows = [
        (
            *target_cells(line.label, line.title, line.target),
            set_due(line.target, summary.quarter),
            line.previous,
            line.value,
            verdict_cell(line.target, line.value),
            line.note,
        )
        for line in summary.city
    ]
    _table(sheet, columns, rows, "全市指标表", "M:M")
    set_paper(sheet, "D2", footer, head=head)


def _unit_row(number: int, unit: UnitSummary) -> tuple[Value, ...]:
    return (
        number,
        unit.short_name,
        unit.unit.name,
        kind_word(unit.kind),
        STATE_WORDS[unit.state],
        f"第{unit.revision}次" if unit.revision else "",
        unit.assigned,
        unit.filled,
        *(unit.counts.get(status.value, 0) for status in STATUS_WORDS),
        unit.received_on,
        unit.late_days,
        unit.reason,
    )


def _matrix(sheet: Any, summary: SummaryDocument, footer: str, head: str) -> None:
    columns = (*_MATRIX, *(Column(unit.short_name, _MATRIX_UNIT, "center") for unit in summary.units))
    rows = [
        (
            ordinal(row.label),
            row.title,
            "、".join(row.lead),
            *(_matrix_word(row, unit) for unit in summary.units),
        )
        for row in summary.rows
    ]
    _table(sheet, columns, rows, "矩阵表", f"D:{get_column_letter(len(columns))}" if summary.units else "")
    room = _PAGE - sum(column.width for column in _MATRIX)
    pages = max(1, math.ceil(len(summary.units) * _MATRIX_UNIT / room))
    set_paper(sheet, "D2", footer, pages_wide=pages, title_columns="A:C" if pages > 1 else "", head=head)


def _details(sheet: Any, summary: SummaryDocument, footer: str, head: str) -> None:
    rows = [
        (
            ordinal(row.label),
            row.section,
            row.title,
            "、".join(row.lead),
            unit.short_name,
            unit.unit.code,
            kind_word(unit.kind),
            STATE_WORDS[unit.state],
            *_detail_cells(row.targets, entry),
        )
        for row, unit, entry in _assigned(summary)
    ]
    _table(sheet, _DETAILS, rows, "明细表", "H:J")
    set_paper(sheet, "D2", footer, head=head)


def _detail_cells(targets: Sequence[Target], entry: Entry | None) -> tuple[Value, ...]:
    if entry is None:
        return ("",) * 8
    return (
        status_word(entry),
        in_time_word(entry),
        entry.progress,
        readings_text(targets, entry),
        entry.problems,
        entry.next_steps,
        entry.explanation,
        "\n".join(evidence.name for evidence in entry.evidence),
    )


def _summary_targets(sheet: Any, summary: SummaryDocument, footer: str, head: str) -> None:
    columns = (*TARGET_COLUMNS, DUE_COLUMN, Column("报送单位", 14, "center"), *READING_COLUMNS)
    rows = [
        (
            *target_cells(row.label, row.title, target),
            set_due(target, summary.quarter),
            unit.short_name,
            *reading_cells(target, entry),
        )
        for row, unit, entry in _assigned(summary)
        for target in filled_targets(row.targets, unit.unit.code, entry)
    ]
    _table(sheet, columns, rows, "指标明细表", "M:M")
    set_paper(sheet, "D2", footer, head=head)


def _summary_sources(summary: SummaryDocument, digest: str, code: str) -> tuple[tuple[str, Value], ...]:
    return (
        ("汇总单位", summary.issuer.name),
        ("行动方案", summary.plan.title),
        ("方案版本", f"第{summary.plan.version}版"),
        ("方案摘要值（SHA-256）", summary.plan.digest),
        ("季度", Quarter.parse(summary.quarter).chinese),
        ("报送截止", summary.due),
        ("汇总日期", summary.as_of),
        ("核对码", code),
        ("汇总摘要值（SHA-256）", digest),
        ("单位数", len(summary.units)),
        ("措施数", len(summary.rows)),
        ("程序版本", f"蓝天季报 {__version__}"),
        ("使用说明", "只汇总已接收的季报；空白表示该措施未分派给该单位，“未报送”等表示尚无已接收的季报。"),
        *about_rule(_targets(summary)),
        ("文字很长的格", CONTINUED_NOTE),
        ("透视数据", RECORDS_NOTE),
    )


def _targets(summary: SummaryDocument) -> Iterator[Target]:
    yield from (line.target for line in summary.city)
    yield from (target for row in summary.rows for target in row.targets)


def _assigned(summary: SummaryDocument) -> Iterator[tuple[SummaryRow, UnitSummary, Entry | None]]:
    for row in summary.rows:
        for unit in summary.units:
            cell = row.cell(unit.unit.code)
            if cell is not None:
                yield row, unit, cell.entry


def _matrix_word(row: SummaryRow, unit: UnitSummary) -> str:
    """The status; without an accepted entry where the unit's report stands; blank where not assigned."""
    cell = row.cell(unit.unit.code)
    if cell is None:
        return ""
    if cell.entry is None:
        return STATE_WORDS[unit.state]
    return status_word(cell.entry)
