"""任务分派: which unit implements which measure; changes are collected and make a new version of the plan."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop.domain.errors import UserError
from desktop.domain.goals import without_goals
from desktop.domain.plan import Measure
from desktop.views.context import Context
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.pages.assigning_model import Choices
from desktop.views.pages.assigning_side import MeasureSide
from desktop.views.pages.assigning_table import AssignmentTable
from desktop.views.pages.plan import STEPS
from desktop.views.pages.plan_desk import spoken_number
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.step_bar import Steps
from desktop.views.widgets.styling import button, footer_bar, label, page_bar, pane


class AssigningPage(QWidget):
    """The table, the chosen measure beside it, and one button that follows what was changed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._choices: Choices | None = None
        # What was chosen for a plan and is not in force yet waits while another plan is shown.
        self._waiting: dict[str, Choices] = {}
        self._order: tuple[str, ...] = ()
        self.setObjectName("assigning")
        self._empty = EmptyState(
            context.icons, "doc", "还没有方案", "先导入行动方案，再分派任务。", "去导入方案",
            lambda: context.navigate("plan"),
        )  # fmt: skip
        self.table = AssignmentTable(context)
        self.side = MeasureSide(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._body())
        self.setLayout(column(self._stack, gap=0))
        self.table.cells.edited.connect(self._edited)
        self.table.measureChanged.connect(self._show_side)
        self.table.pickAsked.connect(self.pick)
        self.side.pick.clicked.connect(lambda: self.pick(self.table.key))
        self.side.back.clicked.connect(self._put_back)

    def _body(self) -> QWidget:
        context, px = self._context, self._context.theme.px
        self._head = label("", "strong", name="assigning_head")
        self._filter = ChipRow(context.icons)
        self._filter.setObjectName("assigning_filter")
        self._filter.add("all", "全部")
        self._filter.add("nobody", "还没有落实单位", context.icons.mark("warning"))
        self._filter.add("changed", "刚改的")
        self._filter.changed.connect(lambda _: self._fill())
        self._search = SearchBox(context.icons, "筛选措施")
        self._search.setObjectName("assigning_search")
        self._search.setProperty("size", "tool")
        self._search.setFixedWidth(px(180))
        self._search.changed.connect(lambda _: self._fill())
        self._search.left.connect(self.table.setFocus)
        self._details = button("看这一条", "tool", "assigning_details", shortcut="Ctrl+R")
        self._details.setCheckable(True)
        self._details.toggled.connect(self.side.setVisible)
        self._details.hide()
        bar = page_bar(context.icons)
        parts = (self._head, None, self._filter, self._search, self._details)
        bar.setLayout(row(*parts, gap=12, margins=(16, 0, 12, 0)))
        bar.layout().setAlignment(self._filter, Qt.AlignmentFlag.AlignVCenter)
        self._nothing = label(
            "没有符合的措施。清空筛选，就能看到全部。", tone="text2", name="assigning_nothing"
        )
        self._nothing.setContentsMargins(16, 16, 16, 16)
        left = pane()
        left.setLayout(column(bar, self._nothing, self.table, gap=0))
        left.layout().setStretch(2, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([px(990), px(300)])
        context.settings.keep_splitter("assigning", self._split)
        holder = QWidget()
        holder.setLayout(column(self._split, self._foot(), gap=0))
        holder.layout().setStretch(0, 1)
        return holder

    def _foot(self) -> QWidget:
        self._said = label("", "caption", name="assigning_said")
        self._forget = button("都不改了", "link", "assigning_forget", self._drop_changes)
        self._next = button("去下发", "primary", "assigning_apply", self._go_on, "Ctrl+Enter")
        foot = footer_bar(self._context.icons)
        foot.setFixedHeight(self._context.theme.space("footer"))
        foot.setLayout(row(self._said, self._forget, None, self._next, gap=12, margins=(16, 0, 14, 0)))
        return foot

    def refresh(self) -> None:
        store, context = self._context.open_store, self._context
        context.set_steps(Steps(STEPS, 2) if context.plan_id else None)
        if not context.plan_id:
            self._choices = None
            self._stack.setCurrentIndex(0)
            return
        # Who fills the overall targets is said by the targets themselves.
        plan, region = without_goals(store.plans.get(context.plan_id)), store.units.region()
        if self._choices is not None:
            self._waiting[self._choices.plan.id] = self._choices
        before, shown = self._waiting.get(plan.id), self._choices
        kept: dict[str, tuple[str, ...]] = {}
        if before is not None and before.plan == plan:
            kept = before.changed
        self._choices = Choices(plan, region, kept)
        if shown is None or shown.plan != plan:
            # Those without a unit stand first, and stay there while one is chosen for them.
            lacking = [m.key for m in plan.measures if not m.implementers]
            self._order = (*lacking, *(m.key for m in plan.measures if m.key not in lacking))
        self._stack.setCurrentIndex(1)
        self._fill()

    def open_target(self, target: object) -> None:
        """A measure's key chooses its row."""
        if isinstance(target, str) and self._choices is not None:
            self._filter.choose("all")
            self._search.clear()
            self._fill()
            self.table.choose(target)

    def set_narrow(self, narrow: bool) -> None:
        self._search.setVisible(not narrow)
        self._details.setVisible(narrow)
        self._details.setChecked(False)
        self.side.setVisible(not narrow)

    def leave(self) -> None:
        self._context.set_steps(None)

    # Showing

    def _fill(self) -> None:
        choices = self._choices
        if choices is None:
            return
        measures = {m.key: m for m in choices.plan.measures}
        wanted = self._search.text().split()
        rows = tuple(
            m
            for m in (measures[key] for key in self._order)
            if self._fits(m)
            and all(word in f"{choices.plan.label(m)} {m.title} {m.content}" for word in wanted)
        )
        self._nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.table.show_choices(choices, rows)
        self._say()

    def _fits(self, measure: Measure) -> bool:
        choices = self._choices
        assert choices is not None
        if self._filter.key == "nobody":
            return not choices.codes(measure) or not measure.implementers
        return self._filter.key == "all" or measure.key in choices.changed

    def _edited(self) -> None:
        choices = self._choices
        assert choices is not None
        self.table.show_choices(choices, self.table.cells.rows)
        self._say()

    def _say(self) -> None:
        choices = self._choices
        assert choices is not None
        plan, changes = choices.plan, len(choices.changed)
        units = [u for u in choices.units if choices.total(u.code)]
        total = sum(choices.total(u.code) for u in units)
        self._head.setText(f"{len(plan.measures)}条措施分给{len(units)}家，共{total}项任务")
        for key, count in (
            ("all", len(plan.measures)),
            ("nobody", len(choices.unassigned)),
            ("changed", changes),
        ):
            self._filter.set_count(key, count)
        layout = self._filter.layout()
        widths = [layout.itemAt(at).sizeHint().width() for at in range(layout.count())]
        self._filter.setMinimumWidth(sum(widths) + 6 * (len(widths) - 1))
        if changes:
            text = f"改了{changes}条，还没有生效。生效后是方案第{plan.version + 1}版，要重新下发。"
        elif choices.unassigned:
            text = (
                f"现在是方案第{plan.version}版。还有{len(choices.unassigned)}条没有落实单位，可以先下发别的。"
            )
        else:
            text = f"现在是方案第{plan.version}版，每条都有落实单位。"
        self._said.setText(text)
        self._forget.setVisible(bool(changes))
        self._next.setText(f"按此分派（第{plan.version + 1}版）" if changes else "去下发")
        self._next.setAccessibleName(self._next.text())
        self._show_side(self.table.key)

    def _show_side(self, key: str) -> None:
        choices = self._choices
        if choices is not None:
            measure = next((m for m in choices.plan.measures if m.key == key), None)
            self.side.show_measure(choices, measure)

    # Changing

    def pick(self, key: str) -> None:
        """Choose a measure's units from the whole list."""
        choices = self._choices
        if choices is None or not key:
            return
        measure = choices.plan.measure(key)
        self.table.choose(key)
        title = f"{spoken_number(choices.plan.label(measure))}由谁落实"
        picker = UnitPicker(
            self._context, title, choices.region, choices.codes(measure), hint=measure.title, may_be_empty=True,
            parent=self,
        )  # fmt: skip

        def picked(codes: tuple[str, ...]) -> None:
            store = self._context.open_store
            choices.region = store.units.region()
            choices.choose(measure, codes)
            self._fill()
            self.table.setFocus()

        picker.picked.connect(picked)
        picker.open()

    def _put_back(self) -> None:
        choices = self._choices
        if choices is not None and self.table.key in choices.changed:
            del choices.changed[self.table.key]
            self._fill()

    def _drop_changes(self) -> None:
        if self._choices is not None:
            self._choices.changed.clear()
            self._fill()

    def _go_on(self) -> None:
        choices, context = self._choices, self._context
        assert choices is not None
        if not choices.changed:
            context.navigate("distribute")
            return
        from desktop.services import planning

        store = context.open_store
        try:
            planning.assign(store, choices.plan.id, dict(choices.changed), context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        choices.changed.clear()
        context.note_saved()
        context.tell_changed()
        self.refresh()
