"""One of the unit's own bureaus: its name, and whom to call there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.delegation import Bureau
from desktop.domain.errors import UserError
from desktop.services import delegating
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import label


class BureauEditor(Dialog):
    """`saved(name)` once the bureau stands in the list; what is refused stays to be put right. None adds one."""

    saved = Signal(str)

    def __init__(
        self, context: Context, bureau: Bureau | None = None, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("部门", bureau.name if bureau else "加一个部门", 480, parent)
        self.setObjectName("bureau_editor")
        self._context, self._bureau = context, bureau
        shown = bureau or Bureau(name)
        self.name = _line("bureau_name", shown.name, "例如 县住建局")
        self.contact = _line("bureau_contact", shown.contact, "有问题找谁")
        self.phone = _line("bureau_phone", shown.phone, "区号-号码，可以带分机")
        self._banner = Banner(context.icons, "bad")
        self._banner.setObjectName("bureau_banner")
        self._banner.hide()
        pair = row(labelled("联系人", self.contact), labelled("联系电话", self.phone), gap=12)
        self.body.addWidget(labelled("名称", self.name))
        self.body.addLayout(pair)
        self.body.addWidget(label("只在本单位用，不报给市里。每个季度自动带出来。", "caption", wrap=True))
        self.body.addWidget(self._banner)
        self.add_button("取消", name="bureau_cancel", clicked=self.reject)
        self.add_button("保存部门" if bureau else "加上", "primary", "bureau_save", self.save)
        (self.name if not shown.name else self.contact).setFocus()

    def save(self) -> None:
        """Saves what stands in the fields and closes; says in place what is refused."""
        context = self._context
        store = context.open_store
        wanted = Bureau(self.name.text(), self.contact.text(), self.phone.text())
        try:
            if self._bureau is None:
                made = delegating.add_bureau(store, wanted, context.actor, context.now())
            else:
                made = delegating.change_bureau(
                    store, self._bureau.name, wanted, context.actor, context.now()
                )
        except UserError as error:
            show_in_banner(self._banner, error)
            return
        self.saved.emit(made.name)
        self.accept()


def _line(name: str, text: str, placeholder: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setPlaceholderText(placeholder)
    return made
