"""The annex of readings: every target of the unit beside 序时应达, its final target and its own past."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportDocument, ReportRow
from desktop.domain.schedule import Past, Standing
from desktop.domain.targets import Comparator, Target
from desktop.reports.account_figures import ABOUT_RULE, kind_of, says_about, target_words
from desktop.reports.page import Area, Pages, Style
from desktop.reports.pdf_table import Align, Column, Row, Table, TableSetter, Together
from desktop.reports.readings_chart import chart
from desktop.reports.report_text import NOT_FILLED, NOTHING
from desktop.reports.table_cells import Drawn

_COLUMNS = (
    Column("序号", 32, Align.CENTRE),
    Column("指标", 0),
    Column("计量单位", 64.5, Align.CENTRE),
    Column("最终\n目标", 52, Align.CENTRE),
    Column("完成时限", 62, Align.CENTRE),
    Column("序时\n应达", 46, Align.CENTRE),
    Column("上次\n完成值", 62, Align.CENTRE),
    Column("本季度\n完成值", 52, Align.CENTRE),
    Column("比上次\n增减", 46, Align.CENTRE),
    Column("达标\n情况", 50, Align.CENTRE),
    Column("走势", 84, Align.CENTRE),
)
_WORDS = {
    "met": "达到目标",
    "near": "接近目标",
    "above": "高于目标",
    "in_time": "达到序时",
    "short": "未达序时",
    "overdue": "到期未达",
    "open": "推进中",
}
_LEGEND = (
    "走势：浅色是以往季度，深色是本季度；虚线是最终目标，粗短线是序时应达。时点数有两个以上的画折线，其他的画柱形，从零画起。"
    "各行各有比例，不能互相比较。上次完成值取口径和计量单位相同的数：当季数取去年同期，没有的取最近一个季度；本年累计只在当年内比较。"
)


def draw_readings(pages: Pages, document: ReportDocument, area: Area, y: float, below: float = 0.0) -> float:
    """The table on a landscape page from y down, legend above it, room `below` it; returns the y below."""
    note = Style(pages.faces.note, 8.5, 12.5)
    asked = [target for row in document.rows for target in row.targets]
    legend = _LEGEND + (ABOUT_RULE if says_about(asked) else "")
    for line in note.lines(legend, area.width):
        pages.line_of_text(area.left, y - 10, line, area.width, note)
        y -= note.pitch
    text = Style(pages.faces.table, 10.5, 15)
    rest = area.width - sum(column.width for column in _COLUMNS)
    columns = tuple(column if column.width else replace(column, width=rest) for column in _COLUMNS)
    table = Table(columns, Style(pages.faces.strong, 10.5, 15), text)

    def next_page() -> tuple[Area, float]:
        following = pages.start(landscape=True)
        return following, following.top

    quarter = Quarter.parse(document.quarter)
    rows = [_of_measure(row, quarter) for row in document.rows if row.targets]
    return TableSetter(pages, table, y - 6, next_page, below).rows(rows)


def _of_measure(row: ReportRow, quarter: Quarter) -> Row:
    return Together(tuple(texts_of(row, target, quarter) for target in row.targets), (0,))


def texts_of(row: ReportRow, target: Target, quarter: Quarter) -> tuple[str | Drawn, ...]:
    """One target's line."""
    value, standing = row.entry.reading(target.key), row.standing(target.key)
    last = standing.last if standing else None
    return (
        row.label,
        target.indicator,
        target.unit or NOTHING,
        target_words(replace(target, unit="")) or "空缺",
        target.deadline or NOTHING,
        _due_words(target, standing),
        f"{last.value:f}\n{_when(last, quarter)}" if last else NOTHING,
        NOT_FILLED if value is None else f"{value:f}",
        _change(value, last),
        NOTHING if value is None else _WORDS[kind_of(target, value, standing, quarter)],
        chart(target, value, standing) or NOTHING,
    )


def _due_words(target: Target, standing: Standing | None) -> str:
    if standing is None or standing.due is None:
        return NOTHING
    most = "≤" if target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN) else ""
    return f"{most}{standing.due:f}"


def _when(past: Past, quarter: Quarter) -> str:
    """Of which quarter a figure is."""
    then = Quarter.parse(past.quarter)
    if then == quarter.previous:
        return "（上季度）"
    if then == Quarter(quarter.year - 1, quarter.number):
        return "（去年同期）"
    return f"（{then.year}年\n{'一二三四'[then.number - 1]}季度）"


def _change(value: Decimal | None, last: Past | None) -> str:
    if value is None or last is None:
        return NOTHING
    change = value - last.value
    if not change:
        return "持平"
    return f"{'+' if change > 0 else '−'}{abs(change):f}"
