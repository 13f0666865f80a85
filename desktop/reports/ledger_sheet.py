"""台账: one report, or the city's summary, as a workbook to filter, print and keep."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from desktop import __version__
from desktop.domain.codec import canonical_bytes, digest_of, verification_code
from desktop.domain.quarter import Quarter
from desktop.domain.report import STATUS_WORDS, ReportDocument, ReportRow
from desktop.domain.summary import SummaryDocument
from desktop.reports.cell_text import Value
from desktop.reports.ledger_cells import (
    CONTINUED_NOTE,
    DUE_COLUMN,
    READING_COLUMNS,
    TARGET_COLUMNS,
    about_rule,
    in_time_word,
    ordinal,
    reading_cells,
    readings_text,
    set_due,
    status_counts,
    status_word,
    target_cells,
    value_of,
)
from desktop.reports.long_form import DATA_SHEET, RECORDS_NOTE, unit_records, write_records
from desktop.reports.sheet import (
    Column,
    colour_statuses,
    name_range,
    new_book,
    saved,
    set_paper,
    write_facts,
    write_line,
    write_table,
)
from desktop.reports.summary_sheets import fill_summary

_SMALL = 9
_UNIT_LEDGER = (
    Column("序号", 5.5, "center", again="same"),
    Column("重点任务", 13, again="marked"),
    Column("主要内容", 28, size=_SMALL, widest=34),
    Column("牵头单位", 10, size=_SMALL, widest=14),
    Column("配合单位", 10, size=_SMALL, widest=14),
    Column("完成时限", 8.5, "center", _SMALL),
    Column("本季度进展情况", 31, size=_SMALL, widest=36),
    Column("量化指标完成值", 17, size=_SMALL, widest=22),
    Column("是否达到序时进度", 8, "center"),
    Column("存在问题", 16, size=_SMALL, widest=24),
    Column("下一步工作措施", 18, size=_SMALL, widest=26),
    Column("佐证材料", 12, size=_SMALL, widest=16),
    Column("状态", 9, "center", again="same"),
    Column("备注", 10, size=_SMALL, widest=16),
)
_HEAD, _STATUS = 3, "M"
_EVIDENCE = (
    Column("序号", 6, "center"),
    Column("重点任务", 24),
    Column("文件名", 46),
    Column("大小（字节）", 14, "right"),
    Column("文件摘要值（SHA-256）", 70, size=_SMALL),
)


def render_unit_ledger(document: ReportDocument) -> bytes:
    """The workbook of one report: 台账, 指标, 佐证材料 where there is some, 透视数据, 来源.

    The same document gives the same bytes in the same version of the program.
    """
    data = canonical_bytes(document)
    code, period = verification_code(data), Quarter.parse(document.quarter).chinese
    title, footer = f"{document.unit.name}{period}工作台账", f"核对码 {code}"
    book = new_book(
        title,
        document.unit.name,
        document.prepared_on,
        subject=document.plan.title,
        keywords=f"{document.quarter} 第{document.revision}次报送 {code}",
        description=f"季报摘要值（SHA-256）：{digest_of(data)}",
    )
    _ledger(book.create_sheet("台账"), document, title, footer)
    _unit_targets(book.create_sheet("指标"), document, footer)
    if any(row.entry.evidence for row in document.rows):
        _evidence(book.create_sheet("佐证材料"), document, footer)
    write_records(book.create_sheet(DATA_SHEET), unit_records(document), footer)
    sources = book.create_sheet("来源")
    write_facts(sources, _unit_sources(document, digest_of(data), code))
    set_paper(sources, "A2", footer)
    return saved(book)


def render_summary_ledger(summary: SummaryDocument) -> bytes:
    """The summary's workbook, see `summary_sheets`; the same bytes for the same summary and version of the program."""
    data = canonical_bytes(summary)
    code, period = verification_code(data), Quarter.parse(summary.quarter).chinese
    title = f"{summary.plan.title}{period}汇总台账"
    book = new_book(
        title,
        summary.issuer.name,
        summary.as_of,
        subject=summary.plan.title,
        keywords=f"{summary.quarter} {code}",
        description=f"汇总摘要值（SHA-256）：{digest_of(data)}",
    )
    fill_summary(book, summary, digest_of(data), code)
    return saved(book)


def _ledger(sheet: Any, document: ReportDocument, title: str, footer: str) -> None:
    rows = [_ledger_row(row) for row in document.rows]
    last = write_table(sheet, _HEAD, _UNIT_LEDGER, rows, whole=False)
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
    _foot(sheet, last + 2, document)
    body = f"{_STATUS}{_HEAD + 1}:{_STATUS}{max(last, _HEAD + 1)}"
    colour_statuses(sheet, body)
    colour_statuses(sheet, body.replace(_STATUS, "I"))
    _offer_words(sheet, body, tuple(STATUS_WORDS.values()))
    _offer_words(sheet, body.replace(_STATUS, "I"), ("是", "否", "不涉及"))
    name_range(sheet, "台账表", f"A{_HEAD}:N{last}")
    name_range(sheet, "台账状态", body)
    set_paper(sheet, f"C{_HEAD + 1}", footer)


def _foot(sheet: Any, top: int, document: ReportDocument) -> None:
    """Who filled, reviewed and issued, with room for pen and seal, below what the filter takes in."""
    people, day = document.people, document.prepared_on
    foot = (
        (f"填报人：{people.preparer}", f"审核人：{people.reviewer}", f"签发人：{people.issuer}"),
        (
            f"联系电话：{people.phone}",
            f"单位（盖章）：{document.unit.name}",
            f"日期：{day.year}年{day.month}月{day.day}日",
        ),
    )
    for number, line in enumerate(foot, start=top):
        for (first, end), text in zip(((1, 3), (4, 7), (8, len(_UNIT_LEDGER))), line, strict=True):
            write_line(sheet, number, first, end, text)
        sheet.row_dimensions[number].height = max(sheet.row_dimensions[number].height, 26.0)


def _offer_words(sheet: Any, cells: str, words: tuple[str, ...]) -> None:
    rule = DataValidation(
        type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True
    )
    rule.errorTitle, rule.error = "请从列表里选", f"这一格只填：{'、'.join(words)}。"
    rule.add(cells)
    sheet.add_data_validation(rule)


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
        in_time_word(entry),
        entry.problems,
        entry.next_steps,
        "\n".join(evidence.name for evidence in entry.evidence),
        status_word(entry),
        "\n".join(text for text in remark if text),
    )


def _unit_targets(sheet: Any, document: ReportDocument, footer: str) -> None:
    columns = (*TARGET_COLUMNS, DUE_COLUMN, Column("上季度完成值", 12, "right"), *READING_COLUMNS)
    rows = [
        (
            *target_cells(row.label, row.title, target),
            set_due(target, document.quarter),
            value_of(row.previous, target),
            *reading_cells(target, row.entry),
        )
        for row in document.rows
        for target in row.targets
    ]
    last = write_table(sheet, 1, columns, rows, whole=False)
    colour_statuses(sheet, f"M2:M{max(last, 2)}")
    name_range(sheet, "指标表", f"A1:N{last}")
    set_paper(sheet, "D2", footer)


def _evidence(sheet: Any, document: ReportDocument, footer: str) -> None:
    rows = [
        (ordinal(row.label), row.title, file.name, Decimal(file.size), file.digest)
        for row in document.rows
        for file in row.entry.evidence
    ]
    last = write_table(sheet, 1, _EVIDENCE, rows, whole=False)
    name_range(sheet, "佐证表", f"A1:E{last}")
    set_paper(sheet, "A2", footer)


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
        ("措施数", len(document.rows)),
        *status_counts(row.entry for row in document.rows),
        ("程序版本", f"蓝天季报 {__version__}"),
        ("使用说明", "本台账由季报数据生成，可以查阅、筛选、打印和接着用；内容以签发的季报为准。"),
        *about_rule(target for row in document.rows for target in row.targets),
        ("文字很长的格", CONTINUED_NOTE),
        ("透视数据", RECORDS_NOTE),
    )
