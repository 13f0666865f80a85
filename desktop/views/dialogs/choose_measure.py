"""Choosing one measure of a submission: filter as you type, Enter takes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.report import ReportRow
from desktop.views.context import Context
from desktop.views.icons import UNFILLED, lamp_word
from desktop.views.models.rows import ListRow
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.row_list import RowList


class ChooseMeasureDialog(Dialog):
    """`key` is the measure that was chosen."""

    def __init__(self, context: Context, rows: Sequence[ReportRow], parent: QWidget) -> None:
        super().__init__("蓝天季报", "哪一条要改", 480, parent)
        self.setObjectName("choose_measure")
        self._all = rows
        self.search = SearchBox(context.icons, "编号或措施")
        self.search.setObjectName("measure_search")
        self.list = RowList(context.icons)
        self.list.setObjectName("measure_list")
        self.give_room(self.list, context.theme.px(300), context.theme.px(200))
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.add_button("取消", name="measure_cancel", clicked=self.reject)
        self._yes = self.add_button("加上这一条", "primary", "measure_take", self.accept)
        self.search.changed.connect(self._filter)
        self.list.opened.connect(lambda key: self.accept())
        self._filter("")
        self.search.setFocus()

    @property
    def key(self) -> str:
        return self.list.key

    def _filter(self, text: str) -> None:
        words = text.split()
        found = [r for r in self._all if all(word in f"{r.label} {r.title}" for word in words)]
        self.list.set_rows([_row(line) for line in found])
        if found and self.list.key not in self.list.keys:
            self.list.choose(found[0].measure_key)
        self._yes.setEnabled(bool(found))


def choose_measure(context: Context, asker: QWidget, rows: Sequence[ReportRow]) -> str:
    """The key of the measure that was chosen, empty when the person went back."""
    dialog = ChooseMeasureDialog(context, rows, asker.window())
    key = dialog.key if dialog.exec() == Dialog.DialogCode.Accepted else ""
    dialog.deleteLater()
    return key


def _row(line: ReportRow) -> ListRow:
    state = line.entry.status or UNFILLED
    return ListRow(line.measure_key, line.title, line.label, lamp=state, word=lamp_word(state))
