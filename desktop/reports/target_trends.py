"""Targets over the quarters: per target a table of figures, each unit's with a small chart, readable without colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.quarter import Quarter
from desktop.domain.targets import Target
from desktop.domain.trends import TargetTrend
from desktop.reports.account_figures import ABOUT_RULE, says_about, verdict_word
from desktop.reports.annexes import Annexes, capped
from desktop.reports.line_breaking import Line
from desktop.reports.page import Colour, Style
from desktop.reports.pdf_table import FRAME, HAIR, HEAD_GREY
from desktop.reports.report_text import NOTHING, target_words

ABOUT = (
    "图中深色条为本季度完成值，浅色条为以前各季度；虚线为方案目标值；同一指标各单位用同一比例。"
    "“—”为没有填报或不可比。各单位的数一般不相加，只有注明可以相加的指标才列合计。"
)
_NOW: Colour = (0.16, 0.2, 0.26)
_BEFORE: Colour = (0.66, 0.7, 0.75)
_UNIT, _MET, _QUARTER, _CHART = 104.0, 44.0, 54.0, 180.0
_LEAST_CHART, _WIDE_CHART = 90.0, 320.0
_LEAST_ROW, _PAD = 24.0, 3.0
_MOST_LINES = 4
_GAP = 14.0
"""Between two tables."""


@dataclass(frozen=True)
class _Row:
    """One line of a target's table: whose, the figures as printed, the figures for the chart, 是否达到."""

    name: str
    texts: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    met: str
    strong: bool = False


@dataclass(frozen=True)
class _Scale:
    """From figures to parts of a chart's height."""

    low: Decimal
    high: Decimal

    def place(self, value: Decimal) -> float:
        return float((value - self.low) / (self.high - self.low))


def set_trends(
    annexes: Annexes, trends: Sequence[TargetTrend], names: dict[str, str], step: Callable[[int, int], None]
) -> None:
    """All targets with figures, one after another."""
    if not trends:
        annexes.paragraph("没有可以列出的指标完成值。")
        return
    about = ABOUT_RULE if says_about(trend.target for trend in trends) else ""
    annexes.paragraph(ABOUT + about, 10.5, 16)
    for number, trend in enumerate(trends, 1):
        below = annexes.below + _GAP if annexes.below and number == len(trends) else 0.0
        _TrendSetter(annexes, trend, below).set(_rows(trend, names))
        step(number, len(trends))


def _rows(trend: TargetTrend, names: dict[str, str]) -> list[_Row]:
    found = [
        _Row(
            names.get(unit.unit_code, unit.unit_code),
            tuple(map(_figure, unit.values)),
            unit.values,
            verdict_word(trend.target, unit.values[-1]) or NOTHING,
        )
        for unit in trend.units
    ]
    if trend.sums:
        found.append(_Row("各单位合计（已填的）", tuple(map(_figure, trend.sums)), (), NOTHING, strong=True))
    return found


def _figure(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:f}"


def _scale(target: Target, rows: Sequence[_Row]) -> _Scale | None:
    """From nothing to the greatest of figures and target, below nothing where figures are; None where all are nothing."""
    given = [value for row in rows for value in row.values if value is not None]
    given += [Decimal(0), *([] if target.value is None else [target.value])]
    low, high = min(given), max(given)
    return _Scale(low, high) if low < high else None


def _heading(trend: TargetTrend) -> str:
    target = trend.target
    wanted = target_words(target) or "方案中空缺"
    parts = [f"{trend.label}　{trend.title}　{target.indicator}", f"目标{wanted}"]
    if target.deadline:
        parts.append(f"期限{target.deadline}")
    unit = f"（单位：{target.unit}）" if target.unit else ""
    return "　".join(parts) + unit


class _TrendSetter:
    """Sets one target's table from where the annexes are, with room `below` it."""

    def __init__(self, annexes: Annexes, trend: TargetTrend, below: float) -> None:
        faces = annexes.pages.faces
        self.annexes, self.pages, self.trend, self.below = annexes, annexes.pages, trend, below
        self.text = Style(faces.table, 9.5, 12.5)
        self.strong = Style(faces.strong, 9.5, 12.5)
        self.band = Style(faces.strong, 10.5, 15)
        self.left, self.right = self.pages.area.left, self.pages.area.right
        count = len(trend.quarters)
        self.single = count == 1
        width = self.right - self.left
        self.quarter = min(_QUARTER, (width - _UNIT - _MET - _LEAST_CHART) / count)
        self.chart = min(_WIDE_CHART if self.single else _CHART, width - _UNIT - _MET - self.quarter * count)
        self.unit = width - _MET - self.chart - self.quarter * count

    def set(self, rows: Sequence[_Row]) -> None:
        scale = _scale(self.trend.target, rows)
        broken = [self._broken(row) for row in rows]
        ahead = sum(height for _, height in broken[:2])
        self._begin(_heading(self.trend), ahead + (self.below if len(rows) <= 2 else 0))
        for at, (row, (cells, height)) in enumerate(zip(rows, broken, strict=True)):
            # The last row takes the one before it along: no page has a single one.
            ahead = height + (broken[-1][1] if at == len(rows) - 2 and at > 0 else 0)
            ahead += self.below if at >= len(rows) - 2 and at > 0 else 0
            if self.annexes.y - ahead < self.pages.area.bottom:
                self._close()
                self.annexes.y = self.pages.start(landscape=True).top
                self.left, self.right = self.pages.area.left, self.pages.area.right
                self._head(f"{_heading(self.trend)}（续）")
            self._row(row, cells, height, scale)
        self._close()
        self.annexes.y -= _GAP

    def _broken(self, row: _Row) -> tuple[list[tuple[Line, ...]], float]:
        style = self.strong if row.strong else self.text
        widths = [self.unit - 7, *[self.quarter - 5] * len(row.texts), _MET - 5]
        cells = [
            style.lines(text, width)
            for text, width in zip((row.name, *row.texts, row.met), widths, strict=True)
        ]
        return cells, max(_LEAST_ROW, max(map(len, cells)) * style.pitch + 2 * _PAD)

    def _begin(self, heading: str, ahead: float) -> None:
        """A table's head stays with its first rows."""
        lines = len(self._heading_lines(heading))
        if self.annexes.y - lines * self.band.pitch - 36 - ahead < self.pages.area.bottom:
            self.annexes.y = self.pages.start(landscape=True).top
            self.left, self.right = self.pages.area.left, self.pages.area.right
        self._head(heading)

    def _heading_lines(self, heading: str) -> tuple[Line, ...]:
        return capped(self.band, heading, self.right - self.left - 8, _MOST_LINES)

    def _head(self, heading: str) -> None:
        top = self._top = self.annexes.y
        lines = self._heading_lines(heading)
        height = len(lines) * self.band.pitch + 4
        self.pages.rectangles(
            [(self.left, top - height - 30, self.right - self.left, height + 30)], HEAD_GREY
        )
        for number, line in enumerate(lines):
            self.pages.text(self.left + 4, top - 13 - number * self.band.pitch, line.text, self.band)
        self.annexes.y = top - height
        self.pages.rules([(self.left, self.annexes.y, self.right, self.annexes.y)], HAIR)
        heads = [
            "单位",
            *(_quarter_words(name) for name in self.trend.quarters),
            "与目标值对照" if self.single else "走势",
            "是否达\n到目标",
        ]
        edges = self._edges()
        for text, left, right in zip(heads, edges, edges[1:], strict=False):
            parts = text.split("\n")
            y = self.annexes.y - 15 + len(parts) * 6.25 - 9.5
            for part in parts:
                self.pages.centred((left + right) / 2, y, part, self.strong)
                y -= self.strong.pitch
        self._box(30)

    def _edges(self) -> list[float]:
        """x of every column rule: unit, quarters, chart, 是否达到."""
        edges = [self.left, self.left + self.unit]
        for _ in self.trend.quarters:
            edges.append(edges[-1] + self.quarter)
        return [*edges, edges[-1] + self.chart, self.right]

    def _row(self, row: _Row, cells: list[tuple[Line, ...]], height: float, scale: _Scale | None) -> None:
        style = self.strong if row.strong else self.text
        edges = self._edges()
        middle = self.annexes.y - height / 2
        columns = [*range(len(cells) - 1), len(edges) - 2]
        for number, (lines, column) in enumerate(zip(cells, columns, strict=True)):
            y = middle + len(lines) * style.pitch / 2 - 9.6
            for line in lines:
                if number == 0:
                    self.pages.text(edges[0] + 4, y, line.text, style)
                else:
                    self.pages.centred((edges[column] + edges[column + 1]) / 2, y, line.text, style)
                y -= style.pitch
        bottom = middle - _LEAST_ROW / 2 + 3
        if scale is not None and row.values and self.single:
            self._across(row.values[0], edges[-3] + 6, bottom, _LEAST_ROW - 6, scale)
        elif scale is not None and row.values:
            self._bars(row.values, edges[-3] + 6, bottom, _LEAST_ROW - 6, scale)
        self._box(height)

    def _across(
        self, value: Decimal | None, left: float, bottom: float, height: float, scale: _Scale
    ) -> None:
        """Of one quarter there is no course: its bar lies, and the target stands upright across it."""
        width = self.chart - 12
        nought = left + width * scale.place(Decimal(0))
        if value is not None:
            x = left + width * scale.place(value)
            box = (min(x, nought), bottom + height * 0.25, max(abs(x - nought), 0.8), height * 0.5)
            self.pages.rectangles([box], _NOW)
        self.pages.rules([(nought, bottom, nought, bottom + height)], 0.4, _NOW)
        if (wanted := self.trend.target.value) is not None:
            x = left + width * scale.place(wanted)
            self._dashes(x, bottom - 1, x, bottom + height + 1)

    def _dashes(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.pages.draw(f"0 0 0 RG 0.7 w [3 2] 0 d {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def _bars(
        self, values: Sequence[Decimal | None], left: float, bottom: float, height: float, scale: _Scale
    ) -> None:
        slot = min((self.chart - 12) / len(values), 22.0)
        width = slot * 0.62
        nought = bottom + height * scale.place(Decimal(0))
        before: list[tuple[float, float, float, float]] = []
        now: list[tuple[float, float, float, float]] = []
        for number, value in enumerate(values):
            if value is None:
                continue
            y = bottom + height * scale.place(value)
            # A bar of nothing is still a bar: a gap means that no figure was given.
            box = (
                left + number * slot + (slot - width) / 2,
                min(y, nought),
                width,
                max(abs(y - nought), 0.8),
            )
            (now if number == len(values) - 1 else before).append(box)
        self.pages.rectangles(before, _BEFORE)
        self.pages.rectangles(now, _NOW)
        right = left + slot * len(values)
        self.pages.rules([(left, nought, right, nought)], 0.4, _NOW)
        if (wanted := self.trend.target.value) is not None:
            y = bottom + height * scale.place(wanted)
            self._dashes(left, y, right + 8, y)

    def _box(self, height: float) -> None:
        top, bottom = self.annexes.y, self.annexes.y - height
        inner = [(x, top, x, bottom) for x in self._edges()[1:-1]]
        self.pages.rules([*inner, (self.left, bottom, self.right, bottom)], HAIR)
        self.annexes.y = bottom

    def _close(self) -> None:
        left, right, top, bottom = self.left, self.right, self._top, self.annexes.y
        self.pages.rules(
            [(left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom), (right, top, right, bottom)],
            FRAME,
        )  # fmt: skip


def _quarter_words(name: str) -> str:
    quarter = Quarter.parse(name)
    return f"{quarter.year}年\n{quarter.chinese[-3:]}"
