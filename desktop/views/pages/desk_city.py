"""全市指标: the figures that the city fills itself, a line for each target; saved on leaving a field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from desktop.domain.errors import UserError
from desktop.domain.quarter import Quarter
from desktop.domain.report import Reading
from desktop.domain.targets import Target
from desktop.services import citywide
from desktop.services.citywide import CityOverview, CityRow
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.pages.desk_city_words import counted, history, place
from desktop.views.widgets.inputs import NumberEdit, written
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.note_edit import NoteEdit
from desktop.views.widgets.notices import SectionHead
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import label, mark, pane, rule
from desktop.views.widgets.trend_line import TrendLine
from desktop.wording.filling import ACCUMULATION, standing
from desktop.wording.terms import goal, number

_HEADS = ("指标", "目标", "上季", "本季", "是否达到", "各季走势", "说明")
_RIGHT = (2,)
LONGEST_NOTE = 200


@dataclass
class _Line:
    row: CityRow
    value: NumberEdit
    note: NoteEdit
    before: QLabel
    lamp: QLabel
    words: QLabel
    trend: TrendLine


class CityPane(QWidget):
    """`saved(CityOverview)` after every figure or note that was kept."""

    saved = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("city_pane")
        self._context = context
        self._seen: CityOverview | None = None
        self._lines: list[_Line] = []
        # What was typed and could not be kept, by quarter and field: it is shown again, never dropped.
        self._unkept: dict[tuple[str, str], str] = {}
        self._compact = False
        self._head = SectionHead(context.icons, "")
        self._told = label("边填边存，写进汇总，不用下发", "caption", name="city_told")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(context.theme.px(12))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(6, 2)
        inside = QFrame()
        inside.setProperty("pane", "surface")
        margin = context.theme.space("page")
        inside.setLayout(column(self._grid, None, gap=0, margins=(margin, 0, margin, 12)))
        self._area = Scroll()
        self._area.setObjectName("city_area")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        top = row(self._head, self._told, gap=12, margins=(margin, 12, margin, 10))
        top.setStretch(0, 1)
        self.setLayout(column(top, self._area, gap=0))
        self.layout().setStretch(1, 1)

    def show_quarter(self, store: Store, plan_id: str, quarter: str) -> CityOverview:
        """Shows a quarter; what was typed in the one before is kept first, and what could not be kept comes back."""
        self.flush()
        seen = citywide.overview(store, plan_id, quarter)
        before, self._seen = self._seen, seen
        if before is None or _shape(before) != _shape(seen):
            self._build(seen)
        for line, found in zip(self._lines, seen.rows, strict=True):
            self._show(line, found)
        self._say()
        return self._seen

    def set_compact(self, compact: bool) -> None:
        """Where room is short everything stands closer."""
        self._compact = compact
        for line in self._lines:
            line.trend.set_short(compact)

    def flush(self) -> None:
        """Keeps what was typed up to now."""
        for line in self._lines:
            line.value.flush()
            line.note.flush()

    # Building

    def _build(self, seen: CityOverview) -> None:
        clear(self._grid)
        self._lines = []
        theme = self._context.theme
        self._grid.addWidget(pane("surface2"), 0, 0, 1, len(_HEADS))
        self._grid.setRowMinimumHeight(0, theme.space("tableHead"))
        for at, text in enumerate(_HEADS):
            head = label(text, "label", name=f"city_head_{at}")
            if at in _RIGHT:
                head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(_padded(head) if at == 0 else head, 0, at)
        self._grid.addWidget(rule(), 1, 0, 1, len(_HEADS))
        width = max((self._width(r.target) for r in seen.rows), default=0)
        for found in seen.rows:
            self._add(found, width)
        fields = [field for line in self._lines for field in (line.value, line.note)]
        for field, following in pairwise(fields):
            QWidget.setTabOrder(field, following)
            field.returnPressed.connect(self._to(following))
        if fields:
            fields[-1].returnPressed.connect(fields[-1].flush)
        self.set_compact(self._compact)

    def _width(self, target: Target) -> int:
        room = self.fontMetrics().horizontalAdvance(target.unit)
        return max(self._context.theme.px(96), room + self._context.theme.px(68))

    def _add(self, found: CityRow, width: int) -> None:
        target, theme, at = found.target, self._context.theme, 2 * len(self._lines) + 2
        value = NumberEdit(target.unit, width)
        value.setObjectName(f"city_value_{target.key}")
        value.setAccessibleName(f"{target.indicator}，本季，{target.unit}")
        note = NoteEdit(LONGEST_NOTE)
        note.setObjectName(f"city_note_{target.key}")
        note.setAccessibleName(f"{target.indicator}，说明")
        note.setMinimumWidth(theme.px(96))
        before = label("", tone="text3", name=f"city_before_{target.key}")
        before.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        lamp, words = QLabel(), label("", name=f"city_standing_{target.key}", wrap=True)
        stands = QWidget()
        stands.setLayout(row(lamp, words, gap=6))
        stands.layout().setStretch(1, 1)
        stands.setMinimumWidth(theme.px(112))
        line = _Line(found, value, note, before, lamp, words, TrendLine(theme))
        self._lines.append(line)
        value.edited.connect(lambda _: self._keep(line))
        value.unreadable.connect(lambda text: self._not_read(line, text))
        value.textEdited.connect(lambda: self._typing(line))
        note.edited.connect(lambda _: self._keep(line))
        parts = (self._named(found), self._wanted(target), before, value, stands, line.trend, note)
        for column_, part in enumerate(parts):
            self._grid.addWidget(part, at, column_)
        self._grid.setRowMinimumHeight(at, theme.px(52))
        self._grid.addWidget(rule(), at + 1, 0, 1, len(_HEADS))

    def _named(self, found: CityRow) -> QWidget:
        target = found.target
        indicator = label(target.indicator, wrap=True)
        asked = ACCUMULATION.get(target.accumulation, "")
        indicator.setToolTip("\n".join(part for part in (target.text, asked) if part))
        where = label(place(found.line), "caption", wrap=True)
        holder = QWidget()
        holder.setLayout(column(None, indicator, where, None, gap=0, margins=(8, 6, 0, 6)))
        holder.setMinimumWidth(self._context.theme.px(130))
        return holder

    def _wanted(self, target: Target) -> QWidget:
        words = label(goal(target.comparator, target.value, target.unit), wrap=True)
        when = label(target.deadline.strip(), "caption", wrap=True)
        when.setVisible(bool(when.text()))
        holder = QWidget()
        holder.setLayout(column(None, words, when, None, gap=0, margins=(0, 6, 0, 6)))
        holder.setMinimumWidth(self._context.theme.px(112))
        return holder

    def _to(self, field: QLineEdit) -> Callable[[], None]:
        def go() -> None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
            field.selectAll()
            self._area.ensureWidgetVisible(field, 0, self._context.theme.px(24))

        return go

    # Showing

    def _show(self, line: _Line, found: CityRow) -> None:
        line.row = found
        key = found.target.key
        unkept = [self._unkept.pop(self._field(name), None) for name in (key, f"{key}/note")]
        for field, stored, shown in (
            (line.value, written(found.line.value), unkept[0]),
            (line.note, found.line.note, unkept[1]),
        ):
            if shown is not None or field.text() != stored:
                if isinstance(field, NumberEdit):
                    field.set_value(found.line.value)
                else:
                    field.set_text(stored)
            if shown is not None:
                # Once more: what was no number is still none, what could not be written may be written now.
                field.setText(shown)
                field.flush()
        self._say_line(line)

    def _say_line(self, line: _Line) -> None:
        found = line.row
        if self._field(found.target.key) in self._unkept:
            read = line.value.property("tone") != "bad"
            words, met, tone = "没有存上" if read else "不是数字，没有存", None, "bad"
        else:
            words, met = standing(found.target, found.line.value)
            tone = "good" if met else "text3" if met is None else "text2"
        line.words.setText(words)
        mark(line.words, tone=tone)
        line.lamp.setVisible(bool(met))
        if met:
            line.lamp.setPixmap(self._context.icons.mark_pixmap("ok"))
        line.note.setToolTip(found.line.note)
        line.before.setText(number(found.line.previous) or "—")
        told = history(found)
        line.before.setToolTip(told)
        line.trend.show_values([point.value for point in found.history], found.target.value)
        line.trend.setToolTip(told)
        line.trend.setAccessibleName(told)

    def _say(self) -> None:
        if self._seen is not None:
            self._head.title.setText(Quarter.parse(self._seen.quarter).chinese)
            self._head.set_caption(counted(self._seen))

    # Keeping

    def _field(self, name: str) -> tuple[str, str]:
        return (self._seen.quarter if self._seen else "", name)

    def _typing(self, line: _Line) -> None:
        if self._unkept.pop(self._field(line.row.target.key), None) is not None:
            self._say_line(line)

    def _not_read(self, line: _Line, text: str) -> None:
        self._unkept[self._field(line.row.target.key)] = text
        self._say_line(line)

    def _keep(self, line: _Line) -> None:
        context, seen = self._context, self._seen
        if context.store is None or seen is None:
            return
        key, quarter = line.row.target.key, seen.quarter
        reading = Reading(key, line.value.value, line.note.text())
        try:
            citywide.save(context.store, seen.plan.id, quarter, reading, context.actor, context.now())
        except UserError as error:
            self._unkept[self._field(key)] = line.value.text()
            self._unkept[self._field(f"{key}/note")] = line.note.text()
            self._say_line(line)
            context.show_error(error)
            return
        self._unkept.pop(self._field(f"{key}/note"), None)
        if line.value.property("tone") != "bad":
            self._unkept.pop(self._field(key), None)
        self._seen = citywide.overview(context.store, seen.plan.id, quarter)
        line.row = next(found for found in self._seen.rows if found.target.key == key)
        self._say_line(line)
        self._say()
        context.note_saved()
        self.saved.emit(self._seen)


def _shape(seen: CityOverview) -> object:
    return seen.plan.id, tuple((r.target, r.line.label, r.line.title) for r in seen.rows)


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(widget, margins=(8, 0, 0, 0)))
    return holder
