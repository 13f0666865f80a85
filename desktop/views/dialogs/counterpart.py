"""Choosing which measure of the other version a measure is: filter as you type, Enter takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.views.context import Context
from desktop.views.models.rows import ListRow
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.row_list import RowList


@dataclass(frozen=True)
class Candidate:
    """A measure to choose; `held` says what it stands for now, empty while it is free, and `together` what ticking keeps."""

    key: str
    label: str
    title: str
    held: str = ""
    together: str = ""


class CounterpartDialog(Dialog):
    """`key` is the measure that was chosen; `together`: along with what it stands for now, not in place of it."""

    def __init__(
        self, context: Context, title: str, candidates: Sequence[Candidate], parent: QWidget
    ) -> None:
        super().__init__("比对", title, 520, parent)
        self.setObjectName("counterpart_dialog")
        self._all = {candidate.key: candidate for candidate in candidates}
        self.search = SearchBox(context.icons, "编号或文字")
        self.search.setObjectName("counterpart_search")
        self.list = RowList(context.icons)
        self.list.setObjectName("counterpart_list")
        self.list.setAccessibleName(title)
        self._keep = QCheckBox()
        self._keep.setObjectName("counterpart_together")
        self._keep.setChecked(True)
        self.give_room(self.list, context.theme.px(280), context.theme.px(240))
        for made in (self.search, self.list, self._keep):
            self.body.addWidget(made)
        self.add_button("取消", name="counterpart_cancel", clicked=self.reject)
        self._yes = self.add_button("就是这一条", "primary", "counterpart_take", self.accept)
        self.search.changed.connect(self._filter)
        self.list.chosen.connect(self._say)
        self.list.opened.connect(lambda key: self.accept())
        self._filter("")
        self.search.setFocus()

    @property
    def key(self) -> str:
        return self.list.key

    @property
    def together(self) -> bool:
        candidate = self._all.get(self.key)
        return candidate is not None and bool(candidate.together) and self._keep.isChecked()

    def _filter(self, text: str) -> None:
        words = text.split()
        found = [c for c in self._all.values() if all(word in f"{c.label} {c.title}" for word in words)]
        self.list.set_rows(
            [ListRow(c.key, c.title, c.label, caption=c.held or "还没有对应的") for c in found]
        )
        if found and self.list.key not in self.list.keys:
            self.list.choose(found[0].key, tell=False)
        self._yes.setEnabled(bool(found))
        self._say(self.list.key)

    def _say(self, key: str) -> None:
        candidate = self._all.get(key)
        self._keep.setText(candidate.together if candidate else "")
        self._keep.setVisible(bool(candidate and candidate.together))


def ask_counterpart(
    context: Context,
    asker: QWidget,
    title: str,
    candidates: Sequence[Candidate],
    chosen: Callable[[str, bool], object],
) -> CounterpartDialog:
    """Opens the question; `chosen(key, together)` is called with the answer, nothing when the officer goes back."""
    dialog = CounterpartDialog(context, title, candidates, asker.window())
    dialog.accepted.connect(lambda: chosen(dialog.key, dialog.together))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
