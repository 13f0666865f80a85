"""Setting what should be reached by each quarter, for a target of the plan in force."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.plan import Plan
from desktop.domain.targets import Target
from desktop.views.context import Context
from desktop.views.dialogs.measure_editor import Editor
from desktop.views.widgets.addable import addable_tick
from desktop.views.widgets.milestones import MilestonesEdit
from desktop.views.widgets.styling import label
from desktop.wording.filling import BY_TIME
from desktop.wording.terms import ACCUMULATION, goal


class MilestonesDialog(Editor):
    """`given(milestones, addable)` when they are confirmed and differ."""

    given = Signal(object, bool)

    def __init__(self, context: Context, plan: Plan, target: Target, parent: QWidget | None = None) -> None:
        super().__init__("定序时应达", f"“{target.indicator}”每季度应达到多少", 560, parent)
        self.setObjectName("milestones_dialog")
        self._context, self._target = context, target
        words = goal(target.comparator, target.value, target.unit)
        said = f"目标 {words}　{target.deadline}".rstrip("　")
        self.body.addWidget(label(f"{said}（{ACCUMULATION[target.accumulation]}）", tone="text2", wrap=True))
        self.edit = MilestonesEdit(context.theme, target, plan.title, context.today())
        self.body.addWidget(self.edit)
        self._wrong = label("这里要填一个数", "caption", "bad", "milestones_wrong")
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.body.addWidget(label(BY_TIME[target.accumulation], "caption", wrap=True))
        self._addable = addable_tick(target)
        self.body.addWidget(self._addable)
        version = plan.version + 1
        text = f"定了以后方案是第{version}版，其他内容不变。下次下发时带给各单位。"
        self.body.addWidget(label(text, tone="text2", wrap=True))
        self.add_button("取消", name="milestones_cancel", clicked=self.reject)
        self.add_button(f"定下来，成为第{version}版", "primary", "milestones_set", self._confirm)

    def _changed(self) -> bool:
        return not self.edit.flush() or self._differs()

    def _differs(self) -> bool:
        same = self.edit.milestones == self._target.milestones
        return not same or self._addable.isChecked() != self._target.addable

    def _confirm(self) -> None:
        readable = self.edit.flush()
        self._wrong.setHidden(readable)
        if readable:
            if self._differs():
                self.given.emit(self.edit.milestones, self._addable.isChecked())
            self.accept()
