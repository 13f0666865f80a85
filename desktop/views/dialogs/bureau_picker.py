"""分给…: which bureau does some measures, and whom to call about these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.delegation import Bureau
from desktop.domain.errors import UserError
from desktop.services import delegating
from desktop.views.context import Context
from desktop.views.dialogs.bureau_editor import BureauEditor
from desktop.views.dialogs.delegating_words import person
from desktop.views.errors import show_in_banner
from desktop.views.models.rows import ListRow
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import SearchBox, labelled
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import label, pane


class BureauPicker(Dialog):
    """`given(bureau)` once the measures are its own. `counts`: how many each bureau has; `chosen` stands first marked."""

    given = Signal(str)

    def __init__(
        self,
        context: Context,
        plan_id: str,
        keys: Sequence[str],
        counts: Mapping[str, int],
        chosen: str = "",
        person_now: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        title = f"把这{len(keys)}条措施分给" if len(keys) > 1 else "把这条措施分给"
        super().__init__("分给", title, 480, parent)
        self.setObjectName("bureau_picker")
        self._context, self._plan_id, self._keys, self._counts = context, plan_id, tuple(keys), counts
        self.search = _FilterBox(context.icons, "输入几个字筛选")
        self.search.setObjectName("bureau_search")
        self.list = RowList(context.icons, one_line=True)
        self.list.setObjectName("bureau_choices")
        self.list.setAccessibleName("部门")
        self.give_room(self.list, context.theme.px(204), context.theme.px(290))
        frame = pane("card")
        frame.setLayout(column(self.list, margins=(1, 1, 1, 1)))
        self.contact, self.phone = QLineEdit(person_now[0]), QLineEdit(person_now[1])
        self.contact.setObjectName("measure_contact")
        self.phone.setObjectName("measure_phone")
        self._banner = Banner(context.icons, "bad")
        self._banner.hide()
        own = row(labelled("另有联系人", self.contact), labelled("电话", self.phone), gap=12)
        self.body.addWidget(self.search)
        self.body.addWidget(frame, 1)
        self.body.addLayout(own)
        self.body.addWidget(label("不填，就找部门的联系人。", "caption"))
        self.body.addWidget(self._banner)
        self.add_button("加一个部门…", "link", "bureau_new", self._add)
        self.add_button("取消", name="bureau_picker_cancel", clicked=self.reject)
        self._give = self.add_button("分给它", "primary", "bureau_give", self.give)
        self.search.changed.connect(lambda _: self._fill())
        self.search.left.connect(self.reject)
        self.search.moved.connect(self.list.step)
        self.search.returnPressed.connect(self.give)
        self.list.opened.connect(lambda _: self.give())
        self.list.chosen.connect(lambda _: self._say())
        self._fill(chosen)
        self.search.setFocus()

    def _fill(self, chosen: str = "") -> None:
        store, word = self._context.open_store, self.search.text().strip()
        found = [b for b in delegating.bureaus(store) if word in f"{b.name} {b.contact}"]
        self.list.set_rows([_listed(bureau, self._counts.get(bureau.name, 0)) for bureau in found])
        if not self.list.choose(chosen or self.list.key, tell=False) and self.list.keys:
            self.list.choose(self.list.keys[0], tell=False)
        self._say()

    def _say(self) -> None:
        name = self.list.key
        self._give.setEnabled(bool(name))
        self._give.setText(f"分给{name}" if name else "没有符合的部门")
        for field, word in ((self.contact, "contact"), (self.phone, "phone")):
            store = self._context.store
            bureau = next((b for b in delegating.bureaus(store) if b.name == name), None) if store else None
            field.setPlaceholderText(getattr(bureau, word) if bureau else "")

    def give(self) -> None:
        """Gives the measures to the chosen bureau and closes; says in place what is refused."""
        context, name = self._context, self.list.key
        if context.store is None or not name:
            return
        try:
            delegating.delegate(
                context.store, self._plan_id, self._keys, name, context.actor, context.now(),
                self.contact.text(), self.phone.text(),
            )  # fmt: skip
        except UserError as error:
            show_in_banner(self._banner, error)
            return
        self.given.emit(name)
        self.accept()

    def _add(self) -> None:
        editor = BureauEditor(self._context, name=self.search.text().strip(), parent=self)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.saved.connect(self._added)
        editor.open()

    def _added(self, name: str) -> None:
        self.search.clear()
        self._fill(name)


class _FilterBox(SearchBox):
    """Up and down go through the list below (`moved`), so that the hands stay on the keys."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)


def _listed(bureau: Bureau, measures: int) -> ListRow:
    return ListRow(
        bureau.name,
        bureau.name,
        right_top=f"{measures}条" if measures else "",
        right_bottom=person(bureau.contact, bureau.phone),
    )
