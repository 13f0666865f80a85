"""What a new version of the plan changed for a unit, measure by measure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import ChangeKind, PlanChange
from desktop.domain.plan import Plan
from desktop.views.context import Context
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.row_list import RowList
from desktop.wording.amending import KIND, moved, numbers


class PlanNewsDialog(Dialog):
    """`wanted(measure key)` when a line is opened."""

    wanted = Signal(str)

    def __init__(
        self, context: Context, plan: Plan, changes: Sequence[PlanChange], own: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__("方案的改动", f"第{plan.version}版改了什么", 560, parent)
        self.setObjectName("plan_news_dialog")
        self.list = RowList(context.icons)
        self.list.setObjectName("plan_news_list")
        self.list.setAccessibleName("方案的改动")
        self.give_room(self.list, context.theme.px(340), context.theme.px(180))
        self._own = set(own)
        self.list.set_rows(_rows(plan, changes, self._own))
        self.body.addWidget(self.list)
        self._go = self.add_button(
            "去看这一条", "secondary", "plan_news_go", lambda: self._open(self.list.key)
        )
        self.add_button("知道了", "primary", "plan_news_close", self.accept)
        self.list.chosen.connect(lambda key: self._go.setEnabled(_measure(key) in self._own))
        self.list.opened.connect(self._open)
        self._go.setEnabled(False)
        if self.list.keys:
            self.list.choose(self.list.keys[0])
        self.list.setFocus()

    def _open(self, key: str) -> None:
        if _measure(key) in self._own:
            self.accept()
            self.wanted.emit(_measure(key))


def _measure(key: str) -> str:
    """The measure that a line leads to."""
    return key.rpartition("/")[2]


def _rows(plan: Plan, changes: Sequence[PlanChange], own: set[str]) -> list[Row]:
    labels = {m.key: plan.label(m) for m in plan.measures}
    titles = {m.key: m.title for m in plan.measures}
    rows: list[Row] = []
    for kind, word in KIND.items():
        members = [c for c in changes if c.kind is kind]
        if members:
            rows.append(GroupHead(f"{word}　{len(members)}条"))
        for at, change in enumerate(members):
            new = [labels[key] for key in change.new if key in labels]
            shown = [titles[key] for key in change.new if key in titles] or change.old_titles
            rows.append(
                ListRow(
                    f"{kind}/{at}/{min(change.new or change.old, key=lambda key: key not in own)}",
                    "、".join(dict.fromkeys(shown)),
                    caption=_said(change, new),
                )
            )
    return rows


def _said(change: PlanChange, new: Sequence[str]) -> str:
    titles = "、".join(change.old_titles)
    match change.kind:
        case ChangeKind.NEW:
            return f"新的{numbers(new)}"
        case ChangeKind.DROPPED:
            return f"原{numbers(change.old_labels)}"
        case ChangeKind.SPLIT | ChangeKind.MERGED:
            return f"{moved(change.kind, change.old_labels, new)}　{titles}"
    return moved(change.kind, change.old_labels, new)
