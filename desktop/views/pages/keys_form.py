"""Naming who signs and choosing a pass phrase, typed twice: at the city and at a unit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.errors import UserError
from desktop.services.enrolling import SHORTEST_PASSPHRASE
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.inputs import PassphraseEdit, labelled
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar, note
from desktop.views.widgets.styling import button, label, set_tone

NOT_RECOVERABLE = (
    "口令谁也找不回来，程序和市里都没有存。忘了口令，只能重新申请、重新核对。一句自己记得住的话最好。"
)
ROOT_NOT_RECOVERABLE = (
    "口令谁也找不回来，程序里没有存。忘了口令，这个工作区就签不了名，只能另建工作区，请各单位重新申请证书。"
    "定一句自己记得住的话，写下来封存。"
)


class SignerForm(QWidget):
    """`filled(person, passphrase)` by the primary action, once both are there and the two pass phrases agree."""

    filled = Signal(str, str)

    def __init__(
        self,
        context: Context,
        action: str,
        name: str,
        who: str = "签发人",
        hint: str = "签发季报的负责人；由经办人代签的，写经办人",
        warning: str = NOT_RECOVERABLE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._person = QLineEdit()
        self._person.setObjectName(f"{name}_person")
        self._person.setPlaceholderText(hint)
        self._first, self._second = PassphraseEdit(context.icons), PassphraseEdit(context.icons)
        self._first.edit.setObjectName(f"{name}_passphrase")
        self._second.edit.setObjectName(f"{name}_again")
        self._second.edit.setAccessibleName("再输一次口令")
        self._hint = label("", "caption", name=f"{name}_hint")
        self.banner = Banner(context.icons)
        self.banner.setObjectName(f"{name}_banner")
        self.banner.hide()
        self.bar = JobBar()
        self.primary = button(action, "primary", f"{name}_do", self._told)
        self.setLayout(
            column(
                labelled(f"{who}姓名", self._person),
                labelled("口令", self._first),
                labelled("再输一次", self._second),
                note(warning),
                *(self.banner, self.bar),
                row(self.primary, self._hint, None, gap=12),
                gap=12,
            )
        )
        self._person.textChanged.connect(lambda text: self._follow())
        for edit in (self._first, self._second):
            edit.changed.connect(lambda text: self._follow())
            edit.entered.connect(self._told)
        self._follow()

    def set_person(self, person: str) -> None:
        """Propose a name where none was typed."""
        if not self._person.text():
            self._person.setText(person)

    def start(self) -> None:
        """Put the cursor where something is still to be typed."""
        (self._first.edit if self._person.text() else self._person).setFocus()

    def set_busy(self, busy: bool) -> None:
        self.primary.setEnabled(not busy)
        if not busy:
            self._follow()

    def refused(self, error: Exception) -> bool:
        """Say an error in place; False for one that is no guidance. What was typed stays."""
        self.set_busy(False)
        if isinstance(error, UserError):
            show_in_banner(self.banner, error)
            return True
        return False

    def clear(self) -> None:
        """Forget the pass phrases."""
        self._first.clear()
        self._second.clear()
        self.banner.hide()

    def _follow(self) -> None:
        first, second = self._first.text(), self._second.text()
        missing = ""
        if not self._person.text().strip():
            missing = "先写姓名"
        elif len(first) < SHORTEST_PASSPHRASE:
            missing = f"口令至少{SHORTEST_PASSPHRASE}个字符"
        elif second and first != second:
            missing = "两次输入的不一样"
        elif not second:
            missing = "再输一次口令"
        set_tone(self._second.edit, "bad" if second and not first.startswith(second) else "")
        self._hint.setText(missing)
        self.primary.setEnabled(not missing)

    def _told(self) -> None:
        if self.primary.isEnabled():
            self.banner.hide()
            self.filled.emit(self._person.text().strip(), self._first.text())
