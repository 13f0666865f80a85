"""改口令: the old one, the new one twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.identity import SignRole
from desktop.services import enrolling
from desktop.services.enrolling import SHORTEST_PASSPHRASE
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import PassphraseEdit, labelled
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import label


class ChangePassphraseDialog(Dialog):
    """Changes the pass phrase of a role's keys; stays, with the reason, while it cannot."""

    def __init__(self, context: Context, parent: QWidget, role: SignRole = SignRole.ISSUER) -> None:
        super().__init__("蓝天季报", "改口令", 460, parent)
        self.setObjectName("change_passphrase")
        self._context, self._role = context, role
        self._old, self._new, self._again = (PassphraseEdit(context.icons) for _ in range(3))
        fields = (
            (self._old, "old_passphrase", "现在的口令"),
            (self._new, "new_passphrase", f"新口令，至少{SHORTEST_PASSPHRASE}个字符"),
            (self._again, "new_passphrase_again", "再输一次新口令"),
        )
        self.body.addWidget(
            label("证书不变，只换打开钥匙的口令。新口令也没有别处存着。", tone="text2", wrap=True)
        )
        for edit, name, words in fields:
            edit.edit.setObjectName(name)
            edit.edit.setAccessibleName(words)
            edit.changed.connect(lambda text: self._follow())
            self.body.addWidget(labelled(words, edit))
        self._banner, self._bar = Banner(context.icons), JobBar()
        self._banner.setObjectName("change_banner")
        self._banner.hide()
        self.body.addWidget(self._banner)
        self.body.addWidget(self._bar)
        self.add_button("取消", name="change_cancel", clicked=self.reject)
        self._yes = self.add_button("换成新口令", "primary", "change_do", self._change)
        self._follow()

    def _follow(self) -> None:
        new = self._new.text()
        ready = self._old.text() and len(new) >= SHORTEST_PASSPHRASE and new == self._again.text()
        self._yes.setEnabled(bool(ready))

    def _change(self) -> None:
        context, store, now = self._context, self._context.store, self._context.now()
        old, new, role = self._old.text(), self._new.text(), self._role
        assert store is not None
        self._yes.setEnabled(False)
        job = context.runner.run(
            lambda progress: enrolling.change_passphrase(
                store, old, new, context.rounds, context.actor, now, role
            ),
            lambda nothing: self.accept(),
            self._refused,
            owner=self,
        )
        self._bar.watch(job)

    def _refused(self, error: Exception) -> None:
        self._follow()
        if isinstance(error, UserError):
            show_in_banner(self._banner, error)
        else:
            self._context.show_error(error)


def change_passphrase(context: Context, asker: QWidget, role: SignRole = SignRole.ISSUER) -> bool:
    """Asks and changes; False when the person went back."""
    dialog = ChangePassphraseDialog(context, asker.window(), role)
    changed = dialog.exec() == Dialog.DialogCode.Accepted
    dialog.deleteLater()
    return changed
