"""The plan in force, to read: measures at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QWidget

from desktop.domain.errors import UserError
from desktop.domain.plan import GOALS, DutyRole, Measure, Plan
from desktop.domain.targets import Audience, Target
from desktop.domain.unit import Region
from desktop.views.context import Context
from desktop.views.dialogs.blank_figure import BlankFigureDialog
from desktop.views.dialogs.milestones import MilestonesDialog
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.views.pages.plan_desk import spoken_number
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, footer_bar, label, page_bar, pane
from desktop.wording.terms import ACCUMULATION, AUDIENCE, ROLE, goal, listed


class PublishedPlan(QWidget):
    """`importAsked` for a new document, `amendAsked` for a new version of this plan, `planChosen(id)` where there are several."""

    importAsked = Signal()
    amendAsked = Signal()
    planChosen = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._plan: Plan | None = None
        self._region: Region | None = None
        icons, px = context.icons, context.theme.px
        self._title = ElidedLabel("", "strong", middle=True)
        self._title.setObjectName("published_title")
        self._caption = label("", "caption", name="published_caption")
        self._plans = QComboBox()
        self._plans.setObjectName("plan_choice")
        self._plans.setAccessibleName("看哪个方案")
        self._plans.setProperty("size", "tool")
        self._plans.setMaximumWidth(px(320))
        self._plans.activated.connect(lambda at: self.planChosen.emit(self._plans.itemData(at)))
        head = page_bar(icons)
        head.setLayout(
            row(
                *(self._title, self._caption, self._plans),
                button("导入新版本…", "tool", "import_version", self.amendAsked.emit),
                button("导入新方案…", "tool", "import_new", self.importAsked.emit),
                gap=12, margins=(16, 0, 12, 0),
            )
        )  # fmt: skip
        head.layout().setStretch(0, 1)
        self._search = SearchBox(icons, "筛选措施")
        self._search.setObjectName("published_search")
        self._search.changed.connect(lambda _: self._fill())
        self._filter = ChipRow(icons)
        for key, text in (("all", "全部"), ("targets", "有指标的"), ("nobody", "没有落实单位")):
            self._filter.add(key, text)
        self._filter.changed.connect(lambda _: self._fill())
        self._list = RowList(icons, one_line=True)
        self._list.setObjectName("published_list")
        self._list.setAccessibleName("措施")
        self._list.chosen.connect(self._show_measure)
        self._search.left.connect(self._list.setFocus)
        tools = column(self._search, self._filter, gap=8, margins=(12, 10, 12, 10))
        left = pane()
        left.setLayout(column(tools, self._list, gap=0))
        self._detail = pane()
        self._words = column(gap=12, margins=(24, 20, 24, 24))
        self._detail.setLayout(self._words)
        area = Scroll()
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._detail)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for part, stretch in ((left, 2), (area, 3)):
            part.setMinimumWidth(px(300))
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setSizes([px(480), px(810)])
        context.settings.keep_splitter("published", split)
        foot = footer_bar(icons)
        foot.setFixedHeight(context.theme.space("footer"))
        note = label(
            "措施只能看，序时应达可以定。落实单位在“任务分派”里改；方案修订了，用“导入新版本”。", "caption"
        )
        assign = button("去分派", "primary", "go_assign", lambda: context.navigate("assign"), "Ctrl+Enter")
        foot.setLayout(row(note, None, assign, margins=(14, 0, 14, 0)))
        self.setLayout(column(head, split, foot, gap=0))
        self.layout().setStretch(1, 1)

    def show_plan(self, plan: Plan, region: Region, others: tuple[tuple[str, str], ...]) -> None:
        """Show a plan; `others` are all plans as (id, title)."""
        self._plan, self._region = plan, region
        self._title.setText(plan.title)
        head = "和总体目标" if len(plan.measures) != len(plan.own_measures) else ""
        targets = f"，{len(plan.targets)}个指标" if plan.targets else ""
        self._caption.setText(
            f"第{plan.version}版 · {plan.task_count}项任务，{len(plan.own_measures)}条措施{head}{targets}"
        )
        self._plans.clear()
        for plan_id, title in others:
            self._plans.addItem(title, plan_id)
        self._plans.setCurrentIndex([i for i, _ in others].index(plan.id))
        self._plans.setVisible(len(others) > 1)
        self._filter.set_count("all", len(plan.measures))
        self._filter.set_count("targets", sum(1 for m in plan.measures if plan.targets_of(m)))
        self._filter.set_count("nobody", sum(1 for m in plan.measures if not m.implementers))
        self._fill()

    def select(self, key: str) -> None:
        """Show one measure."""
        self._filter.choose("all")
        self._search.clear()
        self._list.choose(key)

    def _fill(self) -> None:
        plan = self._plan
        if plan is None:
            return
        wanted, rows, section = self._search.text().strip(), [], ""
        for measure in plan.measures:
            if not _fits(plan, measure, self._filter.key, wanted):
                continue
            if measure.section != section:
                section = measure.section
                rows.append(GroupHead(section))
            rows.append(_line(plan, measure))
        self._list.set_rows(rows)
        if not self._list.key and self._list.keys:
            self._list.choose(self._list.keys[0], tell=False)
        self._show_measure(self._list.key)

    def _show_measure(self, key: str) -> None:
        clear(self._words)
        plan = self._plan
        if plan is None or not key:
            self._words.addWidget(label("没有符合的措施。清空筛选，就能看到全部。", tone="text2"))
            self._words.addStretch(1)
            return
        measure = plan.measure(key)
        number = "方案里的目标，由这些单位填" if key == GOALS else spoken_number(plan.label(measure))
        where = " · ".join(part for part in (measure.section, number) if part)
        self._words.addWidget(label(where, "caption", wrap=True))
        self._words.addWidget(label(measure.title, "title", name="published_measure", wrap=True))
        if measure.content:
            self._words.addWidget(label(measure.content, name="published_content", wrap=True))
        for role in (DutyRole.LEAD, DutyRole.SUPPORT, DutyRole.IMPLEMENT, DutyRole.SHARED):
            text = _who(measure, role, self._region)
            if text or role is DutyRole.IMPLEMENT:
                lacking = role is DutyRole.IMPLEMENT and not text
                self._pair(ROLE[role], "还没有落实单位" if lacking else text, "warn" if lacking else "")
        for name, text in (("时限", measure.deadline), ("备注", measure.remark)):
            if text:
                self._pair(name, text)
        targets = plan.targets_of(measure)
        if targets:
            self._pair("指标", "\n".join(_goal_line(t, self._region) for t in targets))
        for target in targets:
            self._words.addLayout(self._acts_of(target))
        self._words.addStretch(1)

    def _acts_of(self, target: Target) -> QHBoxLayout:
        """A figure that the document leaves blank can be filled once it is known; what is due by each quarter can be set."""
        name = label(target.indicator, "caption")
        parts: list[QWidget] = [name]
        if target.value is None:
            fill = button(
                "填上空着的数…", "smallOutlined", f"fill_{target.key}", lambda: self._ask_figure(target)
            )
            fill.setAccessibleName(f"填上“{target.indicator}”空着的数")
            parts.append(fill)
        count = len(target.milestones)
        word = f"序时应达，定了{count}个季度…" if count else "定序时应达…"
        due = button(word, "smallLink", f"milestones_{target.key}", lambda: self._ask_milestones(target))
        due.setAccessibleName(f"“{target.indicator}”：{word}")
        return row(self._context.theme.px(72), *parts, due, None, gap=8)

    def _ask_milestones(self, target: Target) -> None:
        from desktop.services import amending

        context, plan = self._context, self._plan
        assert plan is not None and context.store is not None
        store = context.store
        dialog = MilestonesDialog(context, plan, target, self.window())
        dialog.given.connect(
            lambda given, addable: self._change(
                lambda: amending.set_milestones(
                    store, plan.id, target.key, given, context.actor, context.now(), addable
                )
            )
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_figure(self, target: Target) -> None:
        assert self._plan is not None
        dialog = BlankFigureDialog(target, self._plan.version + 1, self.window())
        dialog.filled.connect(lambda value: self._fill_figure(target, value))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _fill_figure(self, target: Target, value: Decimal) -> None:
        from desktop.services import amending

        context, plan = self._context, self._plan
        assert context.store is not None and plan is not None
        store = context.store
        self._change(
            lambda: amending.set_target_value(store, plan.id, target.key, value, context.actor, context.now())
        )

    def _change(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as error:
            self._context.show_error(error)
            return
        self._context.note_saved()
        self._context.tell_changed()

    def _pair(self, name: str, text: str, tone: str = "") -> None:
        caption = label(name, "label")
        caption.setFixedWidth(self._context.theme.px(64))
        caption.setContentsMargins(0, 2, 0, 0)
        line = row(caption, label(text, tone=tone, wrap=True), gap=8)
        line.setStretch(1, 1)
        line.setAlignment(caption, Qt.AlignmentFlag.AlignTop)
        self._words.addLayout(line)


def _fits(plan: Plan, measure: Measure, kind: str, wanted: str) -> bool:
    if kind == "targets" and not plan.targets_of(measure):
        return False
    if kind == "nobody" and measure.implementers:
        return False
    names = " ".join(duty.name for duty in measure.duties)
    return all(
        word in f"{plan.label(measure)} {measure.title} {measure.content} {names}" for word in wanted.split()
    )


def _line(plan: Plan, measure: Measure) -> Row:
    count = len(measure.implementers)
    return ListRow(
        measure.key,
        measure.title,
        plan.label(measure),
        right_bottom=f"落实 {count}家" if count else "没有落实单位",
        right_tone="text3" if count else "warn",
        tooltip=measure.title,
    )


def _who(measure: Measure, role: DutyRole, region: Region | None) -> str:
    """Names as written; a collective one with the units it stands for."""
    parts = []
    for duty in measure.duties:
        if duty.role is not role:
            continue
        units = [u.short_name for u in region.units if u.code in duty.unit_codes] if region else []
        parts.append(f"{duty.name}（{'、'.join(units)}）" if len(units) > 1 else duty.name)
    return "、".join(parts)


def _goal_line(target: Target, region: Region | None) -> str:
    who = AUDIENCE[target.audience]
    if target.audience is Audience.NAMED and region is not None:
        who = listed([u.short_name for u in region.units if u.code in target.unit_codes])
    words = (
        f"{target.indicator}　{goal(target.comparator, target.value, target.unit)}　{target.deadline}".rstrip(
            "　"
        )
    )
    return f"{words}　（{who}填，{ACCUMULATION[target.accumulation]}）"
