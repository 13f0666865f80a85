"""指标完成值: what the plan wants, what was reported last quarter, what is reported now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.domain.report import Reading
from desktop.domain.targets import Target
from desktop.services.filling import FillingRow
from desktop.views.icons import Icons
from desktop.views.widgets.inputs import NumberEdit
from desktop.views.widgets.layout import clear, row
from desktop.views.widgets.styling import label, mark, pane, rule, set_tone
from desktop.wording import findings
from desktop.wording.filling import ACCUMULATION, standing
from desktop.wording.terms import goal, number

_HEADS = ("指标", "目标", "上季", "本季", "是否达到")


@dataclass
class _Line:
    target: Target
    edit: NumberEdit
    lamp: QLabel
    words: QLabel


class ReadingsTable(QFrame):
    """One line for each target; `edited` when a figure was typed and could be read."""

    edited = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._shown: object = None
        self._measure = ""
        self._lines: list[_Line] = []
        self._unread: dict[tuple[str, str], str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(icons.theme.px(16))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)

    def show_row(self, row: FillingRow) -> None:
        """Show a measure's targets and figures; what was typed and is no number is shown again."""
        before = row.previous.readings if row.previous else ()
        shape = (row.measure.key, row.targets, before)
        if shape != self._shown:
            self._shown, self._measure = shape, row.measure.key
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
            if place in (1, 2):
                head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(_padded(head, 4) if place == 0 else head, 0, place)
        self._grid.addWidget(rule(), 1, 0, 1, len(_HEADS))
        width = max((self._width(t) for t in shown.targets), default=96)
        for target in shown.targets:
            previous = shown.previous.reading(target.key) if shown.previous else None
            self._add(target, previous, width)

    def _width(self, target: Target) -> int:
        room = self.fontMetrics().horizontalAdvance(target.unit)
        return max(self._icons.theme.px(96), room + self._icons.theme.px(68))

    def _add(self, target: Target, before: Decimal | None, width: int) -> None:
        line = 2 * len(self._lines) + 2
        edit = NumberEdit(target.unit, width)
        edit.setObjectName(f"reading_{target.key}")
        edit.setAccessibleName(f"{target.indicator}，本季，{target.unit}")
        words = goal(target.comparator, target.value, target.unit)
        when = target.deadline.strip()
        asked = ACCUMULATION.get(target.accumulation, "")
        indicator = label(target.indicator, wrap=True)
        indicator.setToolTip("\n".join(part for part in (target.text, asked) if part))
        wanted = label(f"{when} {words}".strip(), tone="text2", wrap=True)
        wanted.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        wanted.setMinimumWidth(self._icons.theme.px(120))
        last = label(number(before) or "—", tone="text3")
        last.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        lamp, state = QLabel(), label("", name=f"standing_{target.key}")
        holder = QWidget()
        holder.setLayout(row(lamp, state, None, gap=6, margins=(0, 0, 8, 0)))
        holder.setMinimumWidth(self._icons.theme.px(112))
        made = _Line(target, edit, lamp, state)
        self._lines.append(made)
        edit.edited.connect(lambda _: self._read(made))
        edit.unreadable.connect(lambda text: self._not_read(made, text))
        edit.textEdited.connect(lambda: self._typing(made))
        for place, widget in enumerate((_padded(indicator), wanted, last, edit, holder)):
            self._grid.addWidget(widget, line, place)
        self._grid.setRowMinimumHeight(line, self._icons.theme.px(40))
        self._grid.addWidget(rule(), line + 1, 0, 1, len(_HEADS))

    def _read(self, line: _Line) -> None:
        self._unread.pop((self._measure, line.target.key), None)
        self._say(line)
        self.edited.emit()

    def _typing(self, line: _Line) -> None:
        if self._unread.pop((self._measure, line.target.key), None) is not None:
            self._say(line)

    def _not_read(self, line: _Line, text: str) -> None:
        self._unread[self._measure, line.target.key] = text
        self._say(line)

    def _say(self, line: _Line) -> None:
        if (self._measure, line.target.key) in self._unread:
            words, met, tone = "不是数字，没有存", None, "bad"
        else:
            words, met = standing(line.target, line.edit.value)
            tone = "good" if met else "text3" if met is None else "text2"
        line.words.setText(words)
        mark(line.words, tone=tone)
        line.lamp.setVisible(bool(met))
        if met:
            line.lamp.setPixmap(self._icons.mark_pixmap("ok"))


def _padded(widget: QWidget, above: int = 6) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(widget, margins=(8, above, 0, above)))
    return holder
