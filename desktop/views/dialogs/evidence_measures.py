"""Choosing the measures whose entries want evidence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.domain.plan import Plan
from desktop.views.context import Context
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import button, label

_FIGURE_SPACE = "\u2007"


class EvidenceMeasures(Dialog):
    """`chosen(keys)` in the plan's order. Space ticks the line that has the focus."""

    chosen = Signal(object)

    def __init__(self, context: Context, plan: Plan, keys: tuple[str, ...], parent: QWidget) -> None:
        super().__init__("蓝天季报", "哪些措施要有佐证材料", 560, parent)
        self.setObjectName("evidence_measures")
        self.search = SearchBox(context.icons, "筛选编号、标题")
        self.list = QListWidget()
        self.list.setObjectName("evidence_list")
        self.list.setAccessibleName("措施")
        self.list.setProperty("ticked", True)
        numbers = [plan.label(measure) for measure in plan.own_measures]
        widest = max((len(number) for number in numbers), default=0)
        for number, measure in zip(numbers, plan.own_measures, strict=True):
            # A figure space is as wide as a digit: the titles stand under one another.
            line = QListWidgetItem(f"{number.ljust(widest, _FIGURE_SPACE)}　{measure.title}")
            line.setData(Qt.ItemDataRole.UserRole, measure.key)
            line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            line.setCheckState(Qt.CheckState.Checked if measure.key in keys else Qt.CheckState.Unchecked)
            line.setToolTip(measure.title)
            self.list.addItem(line)
        self.give_room(self.list, context.theme.px(320), context.theme.px(200))
        # Laid out before the style sheet was known, lines would stay where they stood then.
        self.list.ensurePolished()
        self.list.doItemsLayout()
        self._said = label("", "caption", name="evidence_count")
        every = button("全选", "smallLink", "evidence_all", lambda: self._tick(True))
        none = button("全不选", "smallLink", "evidence_none", lambda: self._tick(False))
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.body.addLayout(row(self._said, None, every, none))
        self.add_button("取消", name="evidence_cancel", clicked=self.reject)
        self.add_button("就这些", "primary", "evidence_take", self._take)
        self.search.changed.connect(self._filter)
        self.search.left.connect(self.list.setFocus)
        self.list.itemChanged.connect(lambda _: self._count())
        self._count()

    @property
    def keys(self) -> tuple[str, ...]:
        ticked = (line for line in self._lines() if line.checkState() is Qt.CheckState.Checked)
        return tuple(line.data(Qt.ItemDataRole.UserRole) for line in ticked)

    def _lines(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _filter(self, text: str) -> None:
        for line in self._lines():
            line.setHidden(not all(word in line.text() for word in text.split()))

    def _tick(self, on: bool) -> None:
        """All that the filter shows."""
        for line in self._lines():
            if not line.isHidden():
                line.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _count(self) -> None:
        self._said.setText(f"已选{len(self.keys)}条")

    def _take(self) -> None:
        self.chosen.emit(self.keys)
        self.accept()
