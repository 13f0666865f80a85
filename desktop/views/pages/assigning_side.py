"""Beside the table of assignments: the chosen measure, and why these units implement it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.plan import DutyRole, Measure
from desktop.views.context import Context
from desktop.views.pages.assigning_model import Choices
from desktop.views.pages.plan_desk import spoken_number
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, page_bar, pane
from desktop.wording.terms import ROLE


class MeasureSide(QWidget):
    """The chosen measure: its text, who leads, and why these units implement it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("assigning_side")
        self.setProperty("pane", "surface2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(context.theme.px(240))
        self._number = label("", "strong", name="side_number")
        bar = page_bar(context.icons)
        bar.setLayout(row(self._number, None, margins=(16, 0, 12, 0)))
        self._holder = pane("surface2")
        self._words = column(gap=10, margins=(16, 14, 16, 14))
        self._holder.setLayout(self._words)
        area = Scroll()
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._holder)
        self.pick = button("选单位…", "outlined", "side_pick")
        self.back = button("这条不改了", "link", "side_back")
        tools = row(self.pick, self.back, None, gap=8, margins=(16, 10, 12, 12))
        self.setLayout(column(bar, area, tools, gap=0))
        self.layout().setStretch(1, 1)

    def show_measure(self, choices: Choices, measure: Measure | None) -> None:
        """Show one measure, or that none is chosen."""
        clear(self._words)
        self.pick.setVisible(measure is not None)
        self.back.setVisible(measure is not None and measure.key in choices.changed)
        self._number.setText("" if measure is None else spoken_number(choices.plan.label(measure)))
        if measure is None:
            self._words.addStretch(1)
            return
        self._words.addWidget(label(measure.title, "strong", name="side_title", wrap=True))
        self._words.addWidget(label("由谁落实", "label"))
        for text, tone in self._reasons(choices, measure):
            self._words.addWidget(label(text, tone=tone, name="side_reason", wrap=True))
        for role in (DutyRole.LEAD, DutyRole.SUPPORT):
            names = measure.names(role)
            if names:
                self._words.addWidget(label(ROLE[role], "label"))
                self._words.addWidget(label("、".join(names), tone="text2", wrap=True))
        if measure.content:
            self._words.addWidget(label("内容", "label"))
            self._words.addWidget(label(measure.content, tone="text2", name="side_content", wrap=True))
        self._words.addStretch(1)

    def _reasons(self, choices: Choices, measure: Measure) -> list[tuple[str, str]]:
        """Each wording of the plan with the units it stands for, then what was added and taken away by hand."""
        now = set(choices.codes(measure))
        names = {unit.code: unit.short_name for unit in choices.region.units}
        found = []
        for duty in measure.duties:
            if duty.role is not DutyRole.IMPLEMENT or not duty.unit_codes:
                continue
            units = "、".join(names.get(code, code) for code in duty.unit_codes)
            several = len(duty.unit_codes) > 1
            found.append(
                (f"统称“{duty.name}”→ 这{len(duty.unit_codes)}家：{units}" if several else units, "")
            )
        planned = set(measure.implementers)
        for word, codes in (("刚加的", now - planned), ("刚去掉的", planned - now)):
            if codes:
                listed = "、".join(unit.short_name for unit in choices.region.units if unit.code in codes)
                found.append((f"{word}：{listed}", "warn"))
        if not now:
            found.append(("还没有落实单位", "warn"))
        return found
