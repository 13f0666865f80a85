"""台账: one report, or the city's summary, as a workbook to filter, print and keep."""

from __future__ import annotations

from typing import Any

from desktop.domain.codec import canonical_bytes, digest_of, verification_code
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportDocument, ReportRow, SummaryDocument
from desktop.reports.ledger_cells import (
    READING_COLUMNS,
    TARGET_COLUMNS,
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
from desktop.reports.summary_sheets import fill_summary

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
    """The workbook of the summary: 各单位, 全市指标, 措施矩阵, 明细, 指标明细, 来源; the same bytes for the same summary."""
    data = canonical_bytes(summary)
    code, period = verification_code(data), Quarter.parse(summary.quarter).chinese
    book = new_book(f"{summary.plan.title}{period}汇总台账", summary.issuer.name, summary.as_of)
    fill_summary(book, summary, digest_of(data), code)
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
    columns = (*TARGET_COLUMNS, Column("上季度完成值", 12, "right"), *READING_COLUMNS)
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
