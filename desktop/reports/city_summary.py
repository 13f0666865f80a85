"""The superior's summary of a quarter on paper: units, the matrix, and what is behind in the units' own words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from desktop.domain.codec import canonical_bytes
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.domain.report import (
    STATUS_WORDS,
    CityLine,
    ProgressStatus,
    SummaryDocument,
    SummaryRow,
    UnitProgress,
    UnitSummary,
)
from desktop.reports.fonts import Faces
from desktop.reports.page import Area, Foot, Pages, Style
from desktop.reports.pdf_table import Align, Band, Column, Row, Table, TableSetter
from desktop.reports.rendered import PROOF_HEIGHT, Proof, RenderedPdf, draw_proof
from desktop.reports.report_text import NOTHING, amount, chinese_date, quoted, target_words
from desktop.reports.status_matrix import MatrixSetter
from desktop.reports.title_setting import title_lines

_STATES = {
    UnitProgress.MISSING: "未收到",
    UnitProgress.WAITING: "待接收",
    UnitProgress.ACCEPTED: "已接收",
    UnitProgress.RETURNED: "已退回",
}
_UNIT_COLUMNS = (
    Column("序号", 30, Align.CENTRE),
    Column("单位", 120),
    Column("接收\n情况", 46, Align.CENTRE),
    Column("报送\n次数", 36, Align.CENTRE),
    Column("已填／\n应填", 46, Align.CENTRE),
    Column("已完成", 42, Align.CENTRE),
    Column("达到序\n时进度", 42, Align.CENTRE),
    Column("滞后", 36, Align.CENTRE),
    Column("未启动", 42, Align.CENTRE),
    Column("不涉及", 42, Align.CENTRE),
    Column("收到日期", 64, Align.CENTRE),
    Column("逾期\n天数", 36, Align.CENTRE),
)
_CITY_COLUMNS = (
    Column("序号", 32, Align.CENTRE),
    Column("指标", 0),
    Column("目标", 98, Align.CENTRE),
    Column("期限", 66, Align.CENTRE),
    Column("上季度\n完成值", 66, Align.CENTRE),
    Column("本季度\n完成值", 66, Align.CENTRE),
    Column("是否\n达到", 46, Align.CENTRE),
    Column("说明", 116),
)
_BEHIND_COLUMNS = (
    Column("单位", 92),
    Column("本季度进展情况", 200),
    Column("存在问题", 172),
    Column("下一步措施", 172),
)


def render_city_summary(summary: SummaryDocument, faces: Faces, progress: Progress = silent) -> RenderedPdf:
    """The summary as a PDF made from the document alone; the same bytes for the same faces.

    Raises UnreadableError(`font_unreadable`, file).
    """
    quarter = Quarter.parse(summary.quarter).chinese
    proof = Proof.of(canonical_bytes(summary))
    parts = (summary.issuer.name, quarter, quoted(summary.plan.title), "落实情况汇总")
    title = "".join(parts)
    about = f"{summary.issuer.name}　{quarter}　截至{chinese_date(summary.as_of)}"
    pages = Pages(
        faces, Foot(proof.code, about), title, summary.issuer.name, summary.plan.title, summary.as_of
    )
    ordinals = iter("一二三四")
    y = _overview(pages, summary, parts, f"{next(ordinals)}、各单位报送情况")
    if summary.city:
        y = _city(pages, summary.city, y, f"{next(ordinals)}、全市指标完成情况")
    setter = MatrixSetter(pages, summary, f"{next(ordinals)}、进展状态一览")
    rows = len(summary.rows)
    if summary.units and rows:
        y = setter.draw(lambda done: progress("render_matrix", done, rows))
    y = _behind(pages, summary, y, f"{next(ordinals)}、进展滞后的工作措施", progress)
    if y - pages.area.bottom < PROOF_HEIGHT:
        y = pages.start(landscape=True).top
    draw_proof(pages, pages.area, y, proof)
    return RenderedPdf(pages.finish(), pages.count, pages.book.names, tuple(pages.book.missing))


def account_of(summary: SummaryDocument) -> str:
    """The paragraph at the head: who has reported, and what they report."""
    states = Counter(unit.state for unit in summary.units)
    accepted = [unit for unit in summary.units if unit.state is UnitProgress.ACCEPTED]
    late = sum(bool(unit.late_days) for unit in accepted)
    due = f"，报送截止日期为{chinese_date(summary.due)}" if summary.due else ""
    text = f"本季度应报送单位{len(summary.units)}个{due}。截至{chinese_date(summary.as_of)}，已接收{len(accepted)}个"
    text += f"（其中逾期报送{late}个）" if late else ""
    for state in (UnitProgress.WAITING, UnitProgress.RETURNED, UnitProgress.MISSING):
        if states[state]:
            text += f"，{_STATES[state]}{states[state]}个"
    text += "。"
    counts = {status: sum(unit.counts.get(status, 0) for unit in accepted) for status in STATUS_WORDS}
    listed = "，".join(f"{word}{counts[status]}项" for status, word in STATUS_WORDS.items() if counts[status])
    filled = sum(unit.filled for unit in accepted)
    assigned = sum(unit.assigned for unit in accepted)
    if accepted:
        text += f"已接收的季报应填{assigned}项、已填{filled}项" + (f"：{listed}。" if listed else "。")
    return text


def _overview(pages: Pages, summary: SummaryDocument, parts: tuple[str, ...], heading: str) -> float:
    """Title, account and the table of units; returns the y below."""
    area = pages.start(landscape=True, outline=heading)
    style = Style(pages.faces.title, 22, 31)
    y = area.top - 4
    for line in title_lines(parts, style, area.width):
        pages.centred((area.left + area.right) / 2, y - 22, line, style)
        y -= style.pitch
    y -= 8
    body = Style(pages.faces.body, 12, 20)
    for number, broken in enumerate(body.lines(account_of(summary), area.width, indent=24)):
        shift = 24 if number == 0 else 0
        pages.line_of_text(area.left + shift, y - 15, broken, area.width - shift, body)
        y -= body.pitch
    y -= 6
    pages.text(area.left, y - 12, heading, Style(pages.faces.heading, 12, 16))
    reasons = any(unit.reason for unit in summary.units)
    rows: list[Row] = [_unit_texts(number, unit, reasons) for number, unit in enumerate(summary.units, 1)]
    return _table(pages, _unit_columns(area.width, reasons), y - 20).rows(rows)


def _unit_columns(width: float, with_reason: bool) -> tuple[Column, ...]:
    """The unit's column takes what the others leave, or shares it with the remarks."""
    rest = width - sum(column.width for column in _UNIT_COLUMNS)
    number, unit, *others = _UNIT_COLUMNS
    if with_reason:
        return (number, replace(unit, width=104), *others, Column("备注", unit.width + rest - 104))
    return (number, replace(unit, width=unit.width + rest), *others)


def _unit_texts(number: int, unit: UnitSummary, with_reason: bool) -> tuple[str, ...]:
    came = unit.received_on is not None
    counted = unit.state is UnitProgress.ACCEPTED
    numbers = [str(unit.counts.get(status, 0)) if counted else NOTHING for status in STATUS_WORDS]
    texts = (
        str(number),
        unit.unit.name,
        _STATES[unit.state],
        str(unit.revision) if unit.revision else NOTHING,
        f"{unit.filled}／{unit.assigned}",
        *numbers,
        unit.received_on.isoformat() if unit.received_on else NOTHING,
        str(unit.late_days) if came and unit.late_days is not None else NOTHING,
    )
    return (*texts, unit.reason) if with_reason else texts


def _table(pages: Pages, columns: tuple[Column, ...], y: float) -> TableSetter:
    table = Table(columns, Style(pages.faces.strong, 10.5, 15), Style(pages.faces.table, 10.5, 15))

    def next_page() -> tuple[Area, float]:
        following = pages.start(landscape=True)
        return following, following.top

    return TableSetter(pages, table, y, next_page)


def city_account(lines: tuple[CityLine, ...]) -> str:
    """The paragraph above the city's own figures."""
    given = [line for line in lines if line.value is not None]
    text = f"由市本级填报的指标{len(lines)}项，本季度已填{len(given)}项"
    for word, met in (("达到方案目标值", True), ("尚未达到方案目标值", False)):
        count = sum(line.met is met for line in given)
        text += f"，{word}{count}项" if count else ""
    return f"{text}。"


def _city(pages: Pages, lines: tuple[CityLine, ...], y: float, heading: str) -> float:
    """The figures that the city fills itself; returns the y below."""
    body = Style(pages.faces.body, 12, 20)
    if y - pages.area.bottom < 140:
        y = pages.start(landscape=True, outline=heading).top
    else:
        y -= 16
    area = pages.area
    pages.text(area.left, y - 12, heading, Style(pages.faces.heading, 12, 16))
    pages.text(area.left + 24, y - 35, city_account(lines), body)
    rest = area.width - sum(column.width for column in _CITY_COLUMNS)
    columns = tuple(column if column.width else replace(column, width=rest) for column in _CITY_COLUMNS)
    return _table(pages, columns, y - 46).rows([_city_texts(line) for line in lines])


def _city_texts(line: CityLine) -> tuple[str, ...]:
    target = line.target
    before, now = (NOTHING if v is None else amount(v, target.unit) for v in (line.previous, line.value))
    met = {True: "达到", False: "未达到", None: NOTHING}[line.met]
    wanted = target_words(target) or "方案中空缺"
    return line.label, target.indicator, wanted, target.deadline or NOTHING, before, now, met, line.note


def _behind(pages: Pages, summary: SummaryDocument, y: float, heading: str, progress: Progress) -> float:
    """What is behind, measure by measure; returns the y below."""
    names = {unit.unit.code: unit.short_name for unit in summary.units}
    rows: list[Row] = []
    for row in summary.rows:
        rows += _behind_rows(pages, row, names)
    if rows or y - pages.area.bottom < 60:
        y = pages.start(landscape=True, outline=heading).top
    else:
        y -= 16
    area = pages.area
    pages.text(area.left, y - 12, heading, Style(pages.faces.heading, 12, 16))
    y -= 20
    if not rows:
        text = "已接收的季报中没有滞后的工作措施。"
        pages.text(area.left, y - 14, text, Style(pages.faces.body, 12, 20))
        return y - 30
    rest = area.width - sum(column.width for column in _BEHIND_COLUMNS)
    columns = (*_BEHIND_COLUMNS[:3], Column("下一步措施", _BEHIND_COLUMNS[3].width + rest))
    return _table(pages, columns, y).rows(rows, lambda done: progress("render_behind", done, len(rows)))


def _behind_rows(pages: Pages, row: SummaryRow, names: dict[str, str]) -> list[Row]:
    found: list[Row] = []
    for cell in row.cells:
        entry = cell.entry
        if entry is not None and entry.status is ProgressStatus.BEHIND:
            found.append(
                (
                    names.get(cell.unit_code, cell.unit_code),
                    entry.progress or NOTHING,
                    entry.problems or NOTHING,
                    entry.next_steps or NOTHING,
                )
            )
    if not found:
        return []
    lead = f"　牵头单位：{'、'.join(row.lead)}" if row.lead else ""
    text = f"{row.label}　{row.title}{lead}　滞后单位{len(found)}个"
    return [Band(text, Style(pages.faces.strong, 10.5, 15)), *found]
