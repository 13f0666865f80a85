"""台账: one report, or the city's summary, as a workbook to filter, print and keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from desktop.domain.codec import canonical_bytes, digest_of, verification_code
from desktop.domain.quarter import Quarter
from desktop.domain.report import (
    Entry,
    ReportDocument,
    ReportRow,
    SummaryDocument,
    SummaryRow,
    UnitProgress,
    UnitSummary,
)
from desktop.domain.targets import Target
from desktop.reports.ledger_cells import (
    STATE_WORDS,
    STATUS_WORDS,
    kind_word,
    ordinal,
    reading_cells,
    readings_text,
    status_word,
    target_cells,
    value_of,
)
from desktop.reports.sheet import (
    Column,
    Value,
    colour_statuses,
    new_book,
    saved,
    set_paper,
    write_facts,
    write_line,
    write_table,
)

_UNIT_LEDGER = (
    Column("序号", 5.5, "center"),
    Column("重点任务", 14),
    Column("主要内容", 40, size=9),
    Column("牵头单位", 11),
    Column("配合单位", 11),
    Column("完成时限", 9, "center"),
    Column("本季度进展情况", 32),
    Column("量化指标完成值", 20),
    Column("进展状态", 10.5, "center"),
    Column("存在问题", 17),
    Column("下一步工作措施", 19),
    Column("佐证材料", 15, size=9),
    Column("备注", 10, size=9),
)
_TARGETS = (
    Column("序号", 6, "center"),
    Column("重点任务", 24),
    Column("指标", 28),
    Column("范围", 16),
    Column("要求", 9, "center"),
    Column("目标值", 10, "right"),
    Column("单位", 11, "center"),
    Column("统计口径", 11, "center"),
    Column("完成时限", 11, "center"),
)
_READINGS = (Column("本季度完成值", 12, "right"), Column("是否达到目标值", 12, "center"), Column("说明", 22))
_UNITS = (
    Column("序号", 6, "center"),
    Column("单位", 18),
    Column("单位全称", 26),
    Column("类别", 12, "center"),
    Column("报送状态", 10, "center"),
    Column("报送次数", 10, "center"),
    Column("应填", 8, "right"),
    Column("已填", 8, "right"),
    *(Column(word, 10, "right") for word in STATUS_WORDS.values()),
    Column("收到日期", 12, "center"),
    Column("逾期天数", 9, "right"),
    Column("退回原因", 24),
)
_MATRIX = (Column("序号", 6, "center"), Column("重点任务", 26), Column("牵头单位", 16))
_DETAILS = (
    Column("序号", 6, "center"),
    Column("章节", 14),
    Column("重点任务", 20),
    Column("牵头单位", 14),
    Column("单位", 13, "center"),
    Column("单位代码", 11, "center"),
    Column("类别", 11, "center"),
    Column("报送状态", 9, "center"),
    Column("进展状态", 10.5, "center"),
    Column("本季度进展情况", 40),
    Column("量化指标完成值", 22),
    Column("存在问题", 20),
    Column("下一步工作措施", 22),
    Column("说明", 16),
    Column("佐证材料", 18, size=9),
)


def render_unit_ledger(document: ReportDocument) -> bytes:
    """The workbook of one report: 台账, 指标, 来源. The same document gives the same bytes."""
    data = canonical_bytes(document)
    code, period = verification_code(data), Quarter.parse(document.quarter).chinese
    title = f"{document.unit.name}{period}工作台账"
    book = new_book(title, document.unit.name, document.prepared_on)
    _ledger(book.create_sheet("台账"), document, title, f"核对码 {code}")
    _unit_targets(book.create_sheet("指标"), document, f"核对码 {code}")
    sources = book.create_sheet("来源")
    write_facts(sources, _unit_sources(document, digest_of(data), code))
    set_paper(sources, "A2", f"核对码 {code}")
    return saved(book)


def render_summary_ledger(summary: SummaryDocument) -> bytes:
    """The workbook of the summary: 各单位, 措施矩阵, 明细, 指标明细, 来源; the same bytes for the same summary."""
    data = canonical_bytes(summary)
    code, period = verification_code(data), Quarter.parse(summary.quarter).chinese
    book = new_book(f"{summary.plan.title}{period}汇总台账", summary.issuer.name, summary.as_of)
    footer = f"核对码 {code}"
    _units(book.create_sheet("各单位"), summary, footer)
    _matrix(book.create_sheet("措施矩阵"), summary, footer)
    _details(book.create_sheet("明细"), summary, footer)
    _summary_targets(book.create_sheet("指标明细"), summary, footer)
    sources = book.create_sheet("来源")
    write_facts(sources, _summary_sources(summary, digest_of(data), code))
    set_paper(sources, "A2", footer)
    return saved(book)


def _ledger(sheet: Any, document: ReportDocument, title: str, footer: str) -> None:
    last = write_table(sheet, 3, _UNIT_LEDGER, [_ledger_row(row) for row in document.rows])
    width = len(_UNIT_LEDGER)
    write_line(sheet, 1, 1, width, title, size=18, title=True)
    write_line(
        sheet,
        2,
        1,
        width,
        f"行动方案：{document.plan.title}（第{document.plan.version}版）　　报送单位：{document.unit.name}　　"
        f"主送：{document.superior.name}　　第{document.revision}次报送",
    )
    people, day = document.people, document.prepared_on
    foot = (
        (f"填报人：{people.preparer}", f"审核人：{people.reviewer}", f"签发人：{people.issuer}"),
        (
            f"联系电话：{people.phone}",
            f"单位（盖章）：{document.unit.name}",
            f"日期：{day.year}年{day.month}月{day.day}日",
        ),
    )
    for offset, line in enumerate(foot, start=2):
        for (first, end), text in zip(((1, 3), (4, 7), (8, width)), line, strict=True):
            write_line(sheet, last + offset, first, end, text)
    colour_statuses(sheet, f"I4:I{max(last, 4)}")
    set_paper(sheet, "C4", footer)


def _ledger_row(row: ReportRow) -> tuple[Value, ...]:
    entry = row.entry
    remark = [row.remark, f"说明：{entry.explanation}" if entry.explanation else ""]
    return (
        ordinal(row.label),
        row.title,
        row.content,
        "、".join(row.lead),
        "、".join(row.support),
        row.deadline,
        entry.progress,
        readings_text(row.targets, entry),
        status_word(entry),
        entry.problems,
        entry.next_steps,
        "\n".join(evidence.name for evidence in entry.evidence),
        "\n".join(text for text in remark if text),
    )


def _unit_targets(sheet: Any, document: ReportDocument, footer: str) -> None:
    columns = (*_TARGETS, Column("上季度完成值", 12, "right"), *_READINGS)
    rows = [
        (
            *target_cells(row.label, row.title, target),
            value_of(row.previous, target),
            *reading_cells(target, row.entry),
        )
        for row in document.rows
        for target in row.targets
    ]
    write_table(sheet, 1, columns, rows)
    set_paper(sheet, "D2", footer)


def _unit_sources(document: ReportDocument, digest: str, code: str) -> tuple[tuple[str, Value], ...]:
    return (
        ("报送单位", document.unit.name),
        ("单位代码", document.unit.code),
        ("主送单位", document.superior.name),
        ("行动方案", document.plan.title),
        ("方案版本", f"第{document.plan.version}版"),
        ("方案摘要值（SHA-256）", document.plan.digest),
        ("季度", Quarter.parse(document.quarter).chinese),
        ("报送次数", f"第{document.revision}次报送"),
        ("核对码", code),
        ("季报摘要值（SHA-256）", digest),
        ("填报日期", document.prepared_on),
        ("使用说明", "本台账由季报数据生成，便于查阅、筛选和打印；内容以签发的季报为准。"),
    )


def _units(sheet: Any, summary: SummaryDocument, footer: str) -> None:
    rows = [_unit_row(number, unit) for number, unit in enumerate(summary.units, start=1)]
    last = write_table(sheet, 1, _UNITS, rows)
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
    set_paper(sheet, "C2", footer)


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


def _matrix(sheet: Any, summary: SummaryDocument, footer: str) -> None:
    columns = (*_MATRIX, *(Column(unit.short_name, 12.5, "center") for unit in summary.units))
    rows = [
        (
            ordinal(row.label),
            row.title,
            "、".join(row.lead),
            *(_matrix_word(row, unit) for unit in summary.units),
        )
        for row in summary.rows
    ]
    last = write_table(sheet, 1, columns, rows)
    if summary.units:
        colour_statuses(sheet, f"D2:{sheet.cell(max(last, 2), len(columns)).coordinate}")
    set_paper(sheet, "D2", footer)


def _details(sheet: Any, summary: SummaryDocument, footer: str) -> None:
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
    last = write_table(sheet, 1, _DETAILS, rows)
    colour_statuses(sheet, f"I2:I{max(last, 2)}")
    set_paper(sheet, "D2", footer)


def _detail_cells(targets: Sequence[Target], entry: Entry | None) -> tuple[Value, ...]:
    if entry is None:
        return ("",) * 7
    return (
        status_word(entry),
        entry.progress,
        readings_text(targets, entry),
        entry.problems,
        entry.next_steps,
        entry.explanation,
        "\n".join(evidence.name for evidence in entry.evidence),
    )


def _summary_targets(sheet: Any, summary: SummaryDocument, footer: str) -> None:
    columns = (*_TARGETS, Column("报送单位", 14, "center"), *_READINGS)
    rows = [
        (
            *target_cells(row.label, row.title, target),
            unit.short_name,
            *reading_cells(target, entry),
        )
        for row, unit, entry in _assigned(summary)
        for target in row.targets
        if target.concerns(unit.unit.code) or (entry is not None and entry.reading(target.key) is not None)
    ]
    write_table(sheet, 1, columns, rows)
    set_paper(sheet, "D2", footer)


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
        ("使用说明", "只汇总已接收的季报；空白表示该措施未分派给该单位，“未报送”等表示尚无已接收的季报。"),
    )


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
