"""A collective term (统称) and the units it stands for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.errors import UserError
from desktop.domain.unit import CollectiveTerm
from desktop.services import arranging
from desktop.views.context import Context
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import button, label
from desktop.wording.terms import listed


class TermEditor(Dialog):
    """`saved(term)` once it stands in the workspace."""

    saved = Signal(str)

    def __init__(
        self, context: Context, term: CollectiveTerm | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("统称", term.term if term else "新增统称", 520, parent)
        self.setObjectName("term_editor")
        self._context, self._before = context, term.term if term else ""
        self._codes = term.unit_codes if term else ()
        self.word = QLineEdit(self._before)
        self.word.setObjectName("term_word")
        self.word.setPlaceholderText("照方案里的写法，例如 各县（市、区）人民政府")
        self._units = label("", name="term_units", wrap=True)
        self._banner = Banner(context.icons, "bad")
        self._banner.setObjectName("term_banner")
        self._banner.hide()
        choose = button("选单位…", name="term_choose", clicked=self.choose)
        line = row(self._units, choose)
        line.setStretch(0, 1)
        self.body.addWidget(labelled("统称", self.word))
        self.body.addWidget(label("指这几家", "label"))
        self.body.addLayout(line)
        self.body.addWidget(label("已发布的方案不跟着变，要改请到“任务分派”。", "caption"))
        self.body.addWidget(self._banner)
        self.add_button("取消", name="term_cancel", clicked=self.reject)
        self._save = self.add_button("保存统称", "primary", "term_save", self.save)
        self.take(self._codes)
        self.word.setFocus()

    def choose(self) -> None:
        """Opens the list of units with the chosen ones ticked."""
        store = self._context.open_store
        title = f"“{self.word.text().strip() or '统称'}”是哪几家？"
        picker = UnitPicker(self._context, title, store.units.region(), self._codes, parent=self)
        picker.picked.connect(self.take)
        picker.open()

    def take(self, codes: tuple[str, ...]) -> None:
        """Makes these the units that it stands for."""
        store = self._context.open_store
        self._codes = tuple(codes)
        region = store.units.region()
        names = [unit.short_name for code in self._codes if (unit := region.find(code)) is not None]
        self._units.setText(f"{len(names)}家：{listed(names, 12)}" if names else "还没有选")
        self._save.setEnabled(bool(names))

    def save(self) -> None:
        """Saves and closes; says in place what is refused."""
        context = self._context
        store = context.open_store
        term = CollectiveTerm(self.word.text().strip(), self._codes)
        try:
            arranging.save_term(store, term, context.actor, context.now(), replaces=self._before)
        except UserError as error:
            show_in_banner(self._banner, error)
            return
        self.saved.emit(term.term)
        self.accept()
