"""What was recognised: how much, the filters, and one line per measure, the selected one unfolded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.views.context import Context
from desktop.views.pages.plan_acts import MeasureActs
from desktop.views.pages.plan_card import MeasureCard
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.pages.plan_list import MeasureList
from desktop.views.pages.plan_questions import GOALS
from desktop.views.pages.plan_targets import GoalsCard
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import icon_button, label, page_bar


class MeasuresPane(QWidget):
    """The list under its head: how much was recognised, and the three filters."""

    def __init__(
        self, context: Context, desk: DraftDesk, acts: MeasureActs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._acts, self._compact = context, desk, acts, False
        self._head = label("", "strong", name="recognised")
        self.source_button = icon_button(context.icons, "doc", "看原文", "tool", "open_source")
        self.source_button.setToolTip("Ctrl+L")
        self.source_button.hide()
        self.filter = ChipRow(context.icons)
        self.filter.setObjectName("measure_filter")
        self.filter.add("all", "全部")
        self.filter.add("doubtful", "要看的", context.icons.mark("warning"))
        self.filter.add("targets", "有指标的")
        self.filter.changed.connect(lambda _: self.refresh())
        bar = page_bar(context.icons)
        bar.setLayout(row(self.source_button, self._head, None, self.filter, margins=(14, 0, 12, 0)))
        bar.layout().setAlignment(self.filter, Qt.AlignmentFlag.AlignVCenter)
        self.list = MeasureList(context, desk, self._card)
        self.list.dropped.connect(acts.move)
        self.list.menuAsked.connect(acts.pop_up)
        self.setLayout(column(bar, self.list, gap=0))
        desk.changed.connect(self.refresh)
        desk.moved.connect(self._follow)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._step(step))
        remove = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(acts.remove)

    def _card(self, key: str) -> QWidget:
        measure = self._desk.measure
        if key == GOALS or measure is None:
            return GoalsCard(self._context, self._desk, self._acts)
        return MeasureCard(self._context, self._desk, self._acts, measure)

    def set_compact(self, compact: bool) -> None:
        """Fewer words in the head."""
        self._compact = compact
        self.refresh()

    def refresh(self) -> None:
        draft, desk = self._desk.draft, self._desk
        keys = [m.key for m in draft.measures]
        doubtful = [key for key in keys if desk.problems_at(key)]
        measured = [key for key in keys if desk.targets_at(key)]
        tasks = len({m.task_no for m in draft.measures})
        whole = f"认出{tasks}项任务，{len(draft.measures)}条措施"
        self._head.setText(f"{len(draft.measures)}条措施" if self._compact else whole)
        self._head.setToolTip(whole if self._compact else "")
        for key, found in (("all", keys), ("doubtful", doubtful), ("targets", measured)):
            self.filter.set_count(key, len(found))
        self.filter.setMinimumWidth(_width_of(self.filter))
        goals = {
            "all": True,
            "doubtful": bool(desk.problems_at(GOALS)),
            "targets": bool(desk.targets_at(GOALS)),
        }
        shown = {"all": keys, "doubtful": doubtful, "targets": measured}[self.filter.key]
        if desk.key not in shown and desk.key in keys and self.filter.key != "all":
            # What was just answered stays in sight until something else is chosen.
            wanted = {*shown, desk.key}
            shown = [key for key in keys if key in wanted]
        self.list.show_keys([*([GOALS] if goals[self.filter.key] else []), *shown])

    def _follow(self) -> None:
        if self._desk.key not in self.list.rows:
            self.filter.choose("all")
            self.refresh()
        self.list.follow()

    def _step(self, by: int) -> None:
        keys = self.list.rows
        at = keys.index(self._desk.key) + by if self._desk.key in keys else 0
        if 0 <= at < len(keys):
            self._desk.select(keys[at])


def _width_of(chips: ChipRow) -> int:
    """The width at which the chips stand in one line."""
    layout = chips.layout()
    widths = [layout.itemAt(at).sizeHint().width() for at in range(layout.count())]
    return sum(widths) + 6 * (len(widths) - 1)
