"""Targets that stand in tables: counties down the side, or indicators with their years across."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.intake.figures.clause_reading import Found
from desktop.intake.figures.figure_lists import comparator_for
from desktop.intake.figures.figures import Figure, figures_in
from desktop.intake.figures.indicators import Subject
from desktop.intake.figures.measure_units import UNIT
from desktop.intake.stream.blocks import Document, Row
from desktop.intake.tables.table_header import find_header

_GOAL = re.compile(r"^(?:总体|工作|主要|年度|具体|行动)?(?:目标|指标)(?:任务)?[：:]")
_PLACE_HEAD = re.compile(
    r"^(?:各?(?:县|区|市|旗|乡|镇|街道|地|辖|园|单位|行政|考核|责任)[^率量浓比数%％]{0,8}|名称|地名)$"
)
_INDICATOR_HEAD = re.compile(r"指标(?:名称|内容)?$|^(?:目标|考核|监测|控制)项目?$|^目标指标$|^项目名称$")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_BASE = re.compile(
    r"基数|现状|基准|基期|实际|完成情况|完成值|属性|备注|序号|编号|责任|牵头|说明|电话|手机|传真|邮编|邮箱|姓名|职务|联系|号码|时间|日期|人员"
)
_YEAR = re.compile(r"20\d\d\s*年(?:底|末)?(?:前)?")
_BRACKET = re.compile(r"[（(](?P<inner>[^（()）]{1,24})[）)]")


@dataclass(frozen=True)
class TableTarget:
    """A target of a table and the block it stands in."""

    found: Found
    block: int


@dataclass(frozen=True)
class _Column:
    """What a column's heading says: indicator, unit, comparator words, year."""

    head: str
    indicator: str
    unit: str
    deadline: str


def goal_rows(document: Document) -> Iterator[tuple[int, str]]:
    """Rows of tables that are one sentence of aims (总体目标：…), with their blocks."""
    for table in document.tables:
        for row in table:
            texts = {cell for cell in row.cells if cell}
            text = texts.pop() if len(texts) == 1 else ""
            if aims := _GOAL.match(text):
                yield row.block, text[aims.end() :]


def table_targets(document: Document) -> Iterator[TableTarget]:
    """The targets of tables that are no lists of tasks."""
    for table in document.tables:
        if find_header(table) is not None or len(table) < 2:
            continue
        first = next((at for at, row in enumerate(table) if _has_numbers(row)), 0)
        heads = [row for row in table[:first] if len({c for c in row.cells if c}) > 1]
        if not heads:
            continue
        columns = [_column(heads, at) for at in range(len(table[0].cells))]
        caption = _caption(document, table[0].block)
        yield from _of_places(table[first:], columns, caption)
        yield from _of_indicators(table[first:], columns, caption)


def _has_numbers(row: Row) -> bool:
    values = row.cells[1:]
    return any(
        re.fullmatch(r"[≤≥<>＜＞]?\s*\d+(?:\.\d+)?\s*(?:[%％].*|\D{0,8})", cell) for cell in values
    ) and (not any(_YEAR.match(cell) for cell in values))


def _caption(document: Document, block: int) -> str:
    """The year that the paragraph before a table speaks of."""
    before = [line.text for line in document.lines if line.block < block][-2:]
    years = _YEAR.findall("".join(before))
    return re.sub(r"\s", "", years[-1]) if years else ""


def _column(heads: Sequence[Row], at: int) -> _Column:
    texts = dict.fromkeys(row.cells[at] for row in heads if at < len(row.cells) and row.cells[at])
    head = re.sub(r"\s", "", "".join(texts))
    year = _YEAR.search(head)
    unit = ""
    indicator = head.replace(year.group(), "") if year else head
    for bracket in _BRACKET.finditer(head):
        inner = re.sub(r"^单位[：:]", "", bracket["inner"])
        if re.fullmatch(UNIT, inner):
            unit = inner.replace("％", "%")
            indicator = indicator.replace(bracket.group(), "")
    indicator = re.sub(r"(?:年度|控制|考核)?(?:目标|指标)(?:值|任务)?$", "", indicator)
    return _Column(head, indicator, unit, year.group() if year else "")


def _of_places(rows: Sequence[Row], columns: Sequence[_Column], caption: str) -> Iterator[TableTarget]:
    """Places down the side, an indicator over each column."""
    at = next((i for i, c in enumerate(columns) if _PLACE_HEAD.match(c.head)), None)
    if at is None or any(_INDICATOR_HEAD.search(c.head) for c in columns):
        return
    for row in rows:
        place = row.cells[at].strip()
        if not place or re.search(r"\d", place):
            continue
        scope = "全市" if re.match("合计|总计", place) else re.sub("(?:平均|合计|总计)$", "", place)
        for index, column in enumerate(columns):
            if index <= at or _BASE.search(column.head) or not column.indicator:
                continue
            yield from _cell(row, index, column.indicator, column.unit, column.deadline or caption, scope)


def _of_indicators(rows: Sequence[Row], columns: Sequence[_Column], caption: str) -> Iterator[TableTarget]:
    """Indicators down the side, years, places or one 目标值 across."""
    at = next((i for i, c in enumerate(columns) if _INDICATOR_HEAD.search(c.head)), None)
    if at is None:
        return
    unit_at = next((i for i, c in enumerate(columns) if _UNIT_HEAD.match(c.head)), None)
    for row in rows:
        name = re.sub(r"\s", "", row.cells[at])
        if len(name) < 2:
            continue
        unit = row.cells[unit_at].strip() if unit_at is not None else ""
        bracket = _BRACKET.search(name)
        if bracket and re.fullmatch(UNIT, bracket["inner"]):
            unit = unit or bracket["inner"]
            name = name.replace(bracket.group(), "")
        for index, column in enumerate(columns):
            if index <= at or index == unit_at or _BASE.search(column.head):
                continue
            scope = column.indicator if re.search(r"[县区市旗]$", column.indicator) else ""
            yield from _cell(row, index, name, unit.replace("％", "%"), column.deadline or caption, scope)


def _cell(row: Row, at: int, indicator: str, unit: str, deadline: str, scope: str) -> Iterator[TableTarget]:
    text = row.cells[at] if at < len(row.cells) else ""
    figure = next(figures_in(text, 0), None) if len(text) <= 30 else None
    if figure is None or at in row.left or re.fullmatch(r"\D*\d{7,}\D*", text):
        return
    if not (unit or figure.unit or Subject(indicator, "").measured):
        return
    figure = Figure(
        figure.start, figure.end, figure.before, figure.after, figure.value, figure.unit or unit, figure.about
    )
    shown = f"{scope}{indicator}{text}"
    subject = Subject(indicator, scope)
    comparator = comparator_for(figure, indicator)
    yield TableTarget(Found(subject, figure, comparator, deadline, shown), row.block)
