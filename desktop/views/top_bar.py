"""The bar at the top: whose it is, which quarter, how far, until when, saved."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.views.context import Context
from desktop.views.plan_chooser import PlanChooser
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.step_bar import StepBar
from desktop.views.widgets.styling import icon_button, label, mark, picture, rule
from desktop.wording.glancing import quarter_said, units_said

# What the unit and its plan may take, from the longest wording to the shortest.
_UNIT_WIDTHS = (244, 208, 170, 120, 120)


class QuarterChooser(QWidget):
    """‹ 2025年第一季度 ›: the neighbours by the arrows, any by the list."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._before = self._segment("left", "上一季度", "quarter_before", "first")
        self._name = self._segment("", "选择季度", "quarter_name", "middle")
        self._after = self._segment("right", "下一季度", "quarter_after", "last")
        self._name.setIcon(context.icons.icon("down", "text", 14))
        self._name.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._name.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._name)
        # The button runs from right to left only for its chevron's sake.
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._name.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._say_states)
        mark(self._name, strong=True)
        self._before.clicked.connect(lambda: self._step(-1))
        self._after.clicked.connect(lambda: self._step(1))
        self.setLayout(row(self._before, self._name, self._after, gap=0))

    def refresh(self) -> None:
        quarters, chosen = self._context.quarters, self._context.quarter
        self.setVisible(chosen is not None)
        if chosen is None:
            return
        self._name.setText(chosen.chinese)
        self._name.setAccessibleName(f"季度：{chosen.chinese}")
        place = quarters.index(chosen) if chosen in quarters else -1
        self._before.setEnabled(place > 0)
        self._after.setEnabled(0 <= place < len(quarters) - 1)
        self._menu.clear()
        for quarter in reversed(quarters):
            action = QAction(quarter.chinese, self._menu)
            action.setData(str(quarter))
            action.setCheckable(True)
            action.setChecked(quarter == chosen)
            action.triggered.connect(lambda _=False, quarter=quarter: self._context.choose_quarter(quarter))
            self._menu.addAction(action)

    def _say_states(self) -> None:
        """How each quarter stands, looked at only when the menu opens."""
        from desktop.services import glancing

        context, store = self._context, self._context.store
        if store is None or not context.plan_id:
            return
        today, said = context.today(), units_said if store.workspace.leads else quarter_said
        states = {seen.quarter: seen for seen in glancing.quarters(store, context.plan_id, today)}
        for action in self._menu.actions():
            name, seen = action.text().partition("\t")[0], states.get(action.data())
            # What stands behind the tab is shown in a column of its own.
            action.setText(f"{name}\t{said(seen, today)}" if seen else name)

    def _step(self, by: int) -> None:
        quarters, chosen = self._context.quarters, self._context.quarter
        if chosen in quarters and 0 <= quarters.index(chosen) + by < len(quarters):
            self._context.choose_quarter(quarters[quarters.index(chosen) + by])

    def _segment(self, icon: str, tip: str, name: str, edge: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setProperty("kind", "segment")
        made.setProperty("edge", edge)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        side = self._context.theme.px(14)
        made.setIconSize(QSize(side, side))
        if icon:
            made.setIcon(self._context.icons.icon(icon, "text", 14))
        return made


class TopBar(QFrame):
    """Shows what the context says; where the room ends it says it in fewer words."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._level = context, 0
        self._saved_at: datetime | None = None
        icons, theme = context.icons, context.theme
        self.setObjectName("topBar")
        self.setFixedHeight(theme.space("topBar"))
        self._unit = ElidedLabel("", "strong")
        self._unit.setObjectName("unit_name")
        self._plan = ElidedLabel("", "caption", middle=True)
        self._plan.setObjectName("plan_line")
        self._plans = PlanChooser(context)
        self._words = QWidget()
        self._words.setLayout(column(None, self._unit, self._plan, self._plans, None, gap=0))
        self._quarter = QuarterChooser(context)
        self._steps = StepBar(icons)
        self._steps.setObjectName("steps")
        self._divider = rule(vertical=True)
        self._divider.setFixedHeight(theme.px(24))
        self._clock = picture(icons, "clock", "text2", 14)
        self._late_clock = picture(icons, "clock", "behind", 14)
        self._deadline = label("", name="deadline")
        self._note = label("", "caption", name="deadline_note")
        self._tick = picture(icons, "check", "on", 14)
        self._saved = label("", "caption", "good", "saved")
        self._search = icon_button(
            icons, "search", "查找", "tool", "open_search", context.signals.searchWanted.emit
        )
        self._search.setToolTip("在全部方案、全部季度里查找（Ctrl+K）")
        self._help = icon_button(icons, "help", "F1", "tool", "open_help", context.signals.helpWanted.emit)
        self._help.setToolTip("这一页怎么用（F1）")
        self._help.setAccessibleName("这一页怎么用")
        self._layout = row(
            *(self._words, self._quarter, self._divider, self._steps, None),
            *(
                self._clock,
                self._late_clock,
                self._deadline,
                self._note,
                None,
                8,
                self._tick,
                self._saved,
                4,
                self._search,
                self._help,
            ),
            margins=(16, 0, 12, 0),
        )
        self._layout.insertSpacing(3, 8)
        self._layout.insertSpacing(2, 8)
        self.setLayout(self._layout)
        context.signals.headChanged.connect(self.refresh)
        context.signals.quarterChanged.connect(self.refresh)
        context.signals.saved.connect(self._note_saved)
        self.refresh()

    def refresh(self) -> None:
        """Read the context anew."""
        context = self._context
        self._unit.setText(context.unit_name)
        self._plan.setText(context.plan_line)
        several = context.plan_count > 1
        self._plan.setVisible(bool(context.plan_line) and not several)
        self._plans.refresh()
        self._plans.setVisible(several)
        self._quarter.refresh()
        self._steps.setVisible(context.steps is not None)
        if context.steps is not None:
            self._steps.set_steps(context.steps)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """What was hidden takes its face, and with it its width, only when it is shown: then the room is looked at again."""
        handled = bool(super().event(event))
        if event.type() == QEvent.Type.LayoutRequest and self._too_wide():
            self._fit()
        return handled

    def _too_wide(self) -> bool:
        """Whether something is cut that could be said in fewer words."""
        shortest = self._level == len(_UNIT_WIDTHS) - 1
        return not shortest and self._layout.minimumSize().width() > self.width()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def _fit(self) -> None:
        """The longest wording that has room."""
        for level, width in enumerate(_UNIT_WIDTHS):
            self._level = level
            self._words.setFixedWidth(self._context.theme.px(width))
            self._steps.set_level(min(max(level - 1, 0), 2))
            self._show_deadline()
            self._show_saved()
            # The glass is known to everybody; its word gives way to what is known to nobody.
            self._search.setText("" if level >= 2 else "查找")
            self._help.setVisible(level < 2)
            self._layout.activate()
            if self._layout.minimumSize().width() <= self.width():
                return

    def _show_deadline(self) -> None:
        deadline, steps = self._context.deadline, self._context.steps
        late = deadline is not None and deadline.late
        self._divider.setVisible(steps is not None or deadline is not None)
        self._clock.setVisible(deadline is not None and not late)
        self._late_clock.setVisible(late)
        text = deadline.text if deadline else ""
        self._deadline.setText(deadline.short or text if deadline and self._level >= 2 else text)
        self._deadline.setVisible(deadline is not None)
        mark(self._deadline, tone="bad" if late else "text")
        note = deadline.note if deadline and not self._level else ""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        # Beside the steps the deadline stands at the right; alone it stands where the steps would.
        before = self._layout.indexOf(self._steps) + 1
        after = self._layout.indexOf(self._note) + 1
        self._layout.setStretch(before, 1 if steps is not None else 0)
        self._layout.setStretch(after, 0 if steps is not None else 1)

    def _note_saved(self, at: datetime) -> None:
        self._saved_at = at
        self._fit()

    def _show_saved(self) -> None:
        shown = self._saved_at is not None
        self._tick.setVisible(shown)
        # At the last the tick speaks for itself.
        self._saved.setVisible(shown and self._level < len(_UNIT_WIDTHS) - 1)
        if self._saved_at is not None:
            said = f"已存好 {self._saved_at:%H:%M}"
            self._saved.setText("已存好" if self._level >= 2 else said)
            self._tick.setToolTip(said)
