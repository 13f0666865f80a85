"""改动记录: who changed what of an entry and when, from what to what; or what happened to a whole report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.letter import SECTION_WORDS, SectionName
from desktop.domain.report import Report
from desktop.domain.targets import Target
from desktop.services import tracing
from desktop.services.surveying import FillingRow
from desktop.services.tracing import TraceField, TraceStep
from desktop.views.context import Context
from desktop.views.models.diff import Run
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.diff_label import DiffLabel
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import label, pane, rule
from desktop.wording.terms import FIELD, revision, spoken, status_word
from desktop.wording.tracing import action, span, told

_MOST = 200
_WORDS = ("progress", "explanation", "problems", "next_steps", *SECTION_WORDS)


def show_history(context: Context, report: Report, shown: FillingRow | None, parent: QWidget) -> None:
    """Opens the record of one entry, or of the report where none is given."""
    dialog = HistoryDialog(context, report, shown, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class HistoryDialog(Dialog):
    """The newest first; from an entry's record the report's is one click away."""

    def __init__(self, context: Context, report: Report, shown: FillingRow | None, parent: QWidget) -> None:
        super().__init__("改动记录", "", 620, parent)
        self.setObjectName("history_dialog")
        self._context, self._report = context, report
        self._targets: Mapping[str, Target] = {}
        self.area = Scroll()
        self.area.setObjectName("history")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = pane("surface")
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        body.setLayout(column(self._steps, None, gap=0))
        self.area.setWidget(body)
        self.give_room(self.area, context.theme.px(400), context.theme.px(180))
        self.body.addWidget(self.area)
        self._whole = self.add_button("看整份报送的记录", "smallLink", "history_whole", self._show_report)
        self.add_button("关闭", "primary", "history_close", self.accept)
        if shown is None:
            self._show_report()
        else:
            self._show_entry(shown)
        self.area.setFocus()

    def _show_entry(self, shown: FillingRow) -> None:
        self._targets = {target.key: target for target in shown.targets}
        store = self._context.open_store
        self._fill(
            f"{spoken(shown.label)}的改动记录", tracing.entry_trail(store, self._report, shown.measure.key)
        )

    def _show_report(self) -> None:
        self._whole.hide()
        store = self._context.open_store
        self._fill("整份报送的记录", tracing.report_trail(store, self._report))

    def _fill(self, title: str, steps: Sequence[TraceStep]) -> None:
        self.title.setText(title)
        self.area.setAccessibleName(title)
        clear(self._steps)
        for step in steps[:_MOST]:
            self._steps.addWidget(self._step(step))
            self._steps.addWidget(rule())
        said = "" if steps else "还没有改动。"
        if len(steps) > _MOST:
            said = f"更早的还有{len(steps) - _MOST}次，都在操作日志里。"
        if said:
            self._steps.addWidget(label(said, tone="text2", name="history_said"))
        self.area.verticalScrollBar().setValue(0)

    def _step(self, step: TraceStep) -> QWidget:
        made = QWidget()
        made.setObjectName(f"step_{step.action}")
        done = label(action(step.action), "captionStrong")
        who = label(f"{step.actor}　{span(step.at, step.until)}", "caption")
        head = row(done, who, None, label(revision(step.revision), "caption"), gap=10)
        layout = column(head, gap=4, margins=(2, 8, 10, 10))
        for change in step.fields:
            layout.addWidget(label(self._name(change), "caption"))
            layout.addWidget(self._difference(change))
        text = told(step.facts or {})
        if text:
            words = label(text, tone="text2", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(words)
        made.setLayout(layout)
        return made

    def _name(self, change: TraceField) -> str:
        target = self._targets.get(change.target)
        if change.field in SECTION_WORDS and change.field not in FIELD:
            return SECTION_WORDS[SectionName(change.field)]
        return target.indicator if target else FIELD[change.field]

    def _difference(self, change: TraceField) -> DiffLabel:
        words = DiffLabel(self._context.icons)
        if change.field in _WORDS:
            words.set_texts(change.before, change.after)
            return words
        shown = partial(self._value, change)
        before, after = shown(change.before), shown(change.after)
        words.set_runs((Run("gone", before), Run("same", "　改为　"), Run("new", after)))
        return words

    def _value(self, change: TraceField, text: str) -> str:
        """A status by its word, a figure with its unit; what is empty is said to be."""
        if change.field == "status":
            return status_word(text)
        if change.field == "evidence":
            return text or "没有文件"
        target = self._targets.get(change.target)
        return f"{text}{target.unit if target else ''}" if text else "没有填"
