"""指标完成值: what the plan wants in the end and by now, the last comparable figure, what is reported now, the trend."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QWidget

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.domain.report import Reading
from desktop.domain.schedule import Standing
from desktop.domain.targets import Target
from desktop.services.surveying import FillingRow
from desktop.views.icons import Icons
from desktop.views.widgets.inputs import NumberEdit, UndoElsewhere, read_decimal, written
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.styling import label, mark, pane, rule, set_tone
from desktop.views.widgets.trend_line import TrendLine
from desktop.wording import findings
from desktop.wording.filling import ACCUMULATION, NOT_COMPARABLE, Said, due_words, placed, quarter_beside
from desktop.wording.terms import goal, number

_HEADS = ("指标", "目标", "上次", "本季", "是否达到", "走势")
_WIDE = 560
"""Pixels below which there is no room for a trend."""


@dataclass
class _Line:
    target: Target
    edit: NumberEdit
    lamp: QLabel
    words: QLabel
    trend: TrendLine
    standing: Standing | None


class ReadingsTable(QFrame):
    """One line for each target; `edited` when a figure was typed and could be read, `typing(target, text)` before that.

    The text is the number as it is stored, or as it was typed where it is none.
    """

    edited = Signal()
    typing = Signal(str, str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._shown: object = None
        self._measure: tuple[str, str] = ("", "")
        self._trend_head: QLabel | None = None
        self._before: QWidget | None = None
        self._lines: list[_Line] = []
        self._unread: dict[tuple[tuple[str, str], str], str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(icons.theme.px(12))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)

    def show_row(self, row: FillingRow, report_id: str = "") -> None:
        """Show a measure's targets and figures; what was typed in this report and is no number is shown again."""
        # Plans share measures' keys, and so do quarters.
        measure = (report_id, row.measure.key)
        shape = (measure, row.targets, row.standings)
        if shape != self._shown:
            self._shown, self._measure = shape, measure
            self._build(row)
        for line in self._lines:
            stored = row.entry.reading(line.target.key)
            text = self._unread.get((self._measure, line.target.key))
            if text is not None:
                line.edit.setText(text)
                line.edit.flush()
            elif line.edit.value != stored:
                line.edit.set_value(stored)
        self.show_findings(row.findings)

    def show_findings(self, found: tuple[Finding, ...]) -> None:
        """Mark the figures that should be looked at, and say how each stands to its target."""
        for line in self._lines:
            key = line.target.key
            finding = next((f for f in found if f.target == key and f.severity is not Severity.ERROR), None)
            if (self._measure, key) not in self._unread:
                set_tone(line.edit, "warn" if finding else "")
                line.edit.setToolTip(findings.title(finding) if finding else "")
            self._say(line)

    def set_editable(self, editable: bool) -> None:
        for line in self._lines:
            line.edit.setReadOnly(not editable)

    def flush(self) -> None:
        for line in self._lines:
            line.edit.flush()

    def readings(self, stored: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """The figures as they stand, with the notes of the stored ones."""
        notes = {r.target_key: r.note for r in stored}
        return tuple(
            Reading(line.target.key, line.edit.value, notes.get(line.target.key, ""))
            for line in self._lines
            if line.edit.value is not None
        )

    def focus(self, target_key: str) -> QWidget | None:
        """Put the focus on a figure (the first for no key); returns its field."""
        line = next((n for n in self._lines if n.target.key == target_key), None)
        line = line or (self._lines[0] if self._lines else None)
        if line is None:
            return None
        line.edit.setFocus()
        line.edit.selectAll()
        return line.edit

    def _build(self, shown: FillingRow) -> None:
        clear(self._grid)
        self._lines = []
        self._grid.addWidget(pane("surface2"), 0, 0, 1, len(_HEADS))
        self._grid.setRowMinimumHeight(0, self._icons.theme.space("tableHead"))
        for place, text in enumerate(_HEADS):
            head = label(text, "label")
            if place == len(_HEADS) - 1:
                self._trend_head = head
            if place in (1, 2):
                head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(_padded(head, 4) if place == 0 else head, 0, place)
        self._grid.addWidget(rule(), 1, 0, 1, len(_HEADS))
        width = max((self._width(t) for t in shown.targets), default=96)
        for target in shown.targets:
            self._add(target, shown.standings.get(target.key), width)
        self._fit()
        self._order()

    def stand_after(self, before: QWidget) -> None:
        """Tab leads from that field through the figures, whatever was built when."""
        self._before = before
        self._order()

    def _order(self) -> None:
        place = self._before
        for line in self._lines:
            if place is not None:
                QWidget.setTabOrder(place, line.edit)
            place = line.edit

    def _width(self, target: Target) -> int:
        room = self.fontMetrics().horizontalAdvance(target.unit)
        return max(self._icons.theme.px(96), room + self._icons.theme.px(68))

    def _add(self, target: Target, standing: Standing | None, width: int) -> None:
        line = 2 * len(self._lines) + 2
        edit = NumberEdit(target.unit, width)
        edit.setObjectName(f"reading_{target.key}")
        edit.setAccessibleName(f"{target.indicator}，本季，{target.unit}")
        indicator = label(target.indicator, wrap=True)
        indicator.setToolTip(target.text)
        asked = label(ACCUMULATION[target.accumulation], "caption", name=f"asked_{target.key}")
        named = column(indicator, asked, gap=0)
        lamp, state = QLabel(), label("", name=f"standing_{target.key}", wrap=True)
        holder = QWidget()
        words = row(lamp, state, gap=6, margins=(0, 0, 0, 0))
        words.setStretch(1, 1)
        holder.setLayout(words)
        holder.setMinimumWidth(self._icons.theme.px(108))
        trend = TrendLine(self._icons.theme)
        trend.set_short(True)
        trend.setAccessibleName(f"{target.indicator}的走势")
        made = _Line(target, edit, lamp, state, trend, standing)
        self._lines.append(made)
        edit.edited.connect(lambda _: self._read(made))
        edit.unreadable.connect(lambda text: self._not_read(made, text))
        edit.textEdited.connect(lambda: self._typing(made))
        UndoElsewhere(edit)
        cells = (
            _padded(named),
            self._wanted(target, standing),
            self._last(target, standing),
            edit,
            holder,
            trend,
        )
        for place, widget in enumerate(cells):
            self._grid.addWidget(widget, line, place)
        self._grid.setRowMinimumHeight(line, self._icons.theme.px(44))
        self._grid.addWidget(rule(), line + 1, 0, 1, len(_HEADS))

    def _wanted(self, target: Target, standing: Standing | None) -> QWidget:
        """The final target, and under it what is due by this quarter."""
        words = goal(target.comparator, target.value, target.unit)
        wanted = label(f"{target.deadline.strip()} {words}".strip(), tone="text2", wrap=True)
        due = label(due_words(target, standing), "caption", name=f"due_{target.key}", wrap=True)
        due.setHidden(not due.text())
        if standing is not None and standing.due is not None:
            due.setToolTip("市里定的" if standing.by_city else "按时间比例算的，到本季末")
        for text in (wanted, due):
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        holder.setLayout(column(None, wanted, due, None, gap=0))
        holder.setMinimumWidth(self._icons.theme.px(112))
        return holder

    def _last(self, target: Target, standing: Standing | None) -> QWidget:
        """The last comparable figure, and under it the quarter that it is of."""
        past = standing.last if standing else None
        figure = label(number(past.value) if past else "—", tone="text3", name=f"last_{target.key}")
        when = label("", "caption", name=f"last_quarter_{target.key}")
        if past is not None and standing is not None:
            when.setText(quarter_beside(past.quarter, standing.quarter))
        when.setHidden(past is None)
        holder = QWidget()
        holder.setLayout(column(None, figure, when, None, gap=0))
        holder.setToolTip("" if past else NOT_COMPARABLE[target.accumulation])
        for text in (figure, when):
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where room is short, the figures come before the trend."""
        room = self.width() >= self._icons.theme.px(_WIDE)
        for line in self._lines:
            line.trend.setVisible(room)
        if self._trend_head is not None:
            self._trend_head.setVisible(room)

    def _read(self, line: _Line) -> None:
        self._unread.pop((self._measure, line.target.key), None)
        self._say(line)
        self.edited.emit()

    def _typing(self, line: _Line) -> None:
        if self._unread.pop((self._measure, line.target.key), None) is not None:
            self._say(line)
        text = line.edit.text()
        with suppress(ValueError):
            text = written(read_decimal(text, line.target.unit))
        self.typing.emit(line.target.key, text)

    def _not_read(self, line: _Line, text: str) -> None:
        self._unread[self._measure, line.target.key] = text
        self._say(line)

    def _say(self, line: _Line) -> None:
        due = line.standing.due if line.standing else None
        unread = (self._measure, line.target.key) in self._unread
        said = Said("不是数字，没有存") if unread else placed(line.target, line.edit.value, due)
        tone = "bad" if unread else "good" if said.met else "warn" if said.short else "text2"
        line.words.setText(said.text)
        mark(line.words, tone=tone if line.edit.value is not None or unread else "text3")
        line.lamp.setVisible(said.met or said.short)
        if said.met or said.short:
            line.lamp.setPixmap(self._icons.mark_pixmap("ok" if said.met else Severity.WARNING))
        past = [each.value for each in line.standing.trend] if line.standing else []
        line.trend.show_values([*past, line.edit.value], due if due is not None else line.target.value)


def _padded(parts: QWidget | QLayout, above: int = 6) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(parts, margins=(8, above, 0, above)))
    return holder
