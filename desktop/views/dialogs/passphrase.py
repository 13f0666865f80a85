"""Asking for the pass phrase; it goes to the work that needs it and is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import PassphraseEdit, labelled
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import label

if TYPE_CHECKING:
    from desktop.exchange.unlocking import SigningIdentity


class PassphraseDialog(Dialog):
    """Asks for a pass phrase and tries it with `work`; while it does not fit, the dialog stays and says why."""

    def __init__(
        self,
        context: Context,
        title: str,
        text: str,
        yes: str,
        work: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__("蓝天季报", title, 460, parent)
        self.setObjectName("passphrase_dialog")
        self._context, self._work = context, work
        self.made: Any = None
        self._busy = False
        self.edit = PassphraseEdit(context.icons)
        self.edit.edit.setObjectName("passphrase")
        self._banner = Banner(context.icons)
        self._banner.setObjectName("passphrase_banner")
        self._banner.hide()
        self._bar = JobBar()
        for part in (
            label(text, tone="text2", wrap=True),
            labelled("口令", self.edit),
            self._banner,
            self._bar,
        ):
            self.body.addWidget(part)
        self.add_button("取消", name="passphrase_cancel", clicked=self.reject)
        self._yes = self.add_button(yes, "primary", "passphrase_ok", self._try)
        self._yes.setEnabled(False)
        self.edit.changed.connect(lambda text: self._yes.setEnabled(bool(text)))
        self.edit.setFocus()

    def _try(self) -> None:
        passphrase, self._busy = self.edit.text(), True
        self._yes.setEnabled(False)
        self._banner.hide()
        job = self._context.runner.run(
            lambda progress: self._work(passphrase), self._fits, self._fits_not, owner=self
        )
        self._bar.watch(job)

    def reject(self) -> None:
        """While the work runs there is no way back: it would be done and nobody would hear of it."""
        if not self._busy:
            super().reject()

    def _fits(self, made: object) -> None:
        self.made, self._busy = made, False
        self.edit.clear()
        self.accept()

    def _fits_not(self, error: Exception) -> None:
        self._busy = False
        self._yes.setEnabled(True)
        if isinstance(error, UserError):
            show_in_banner(self._banner, error)
            self.edit.edit.selectAll()
            self.edit.edit.setFocus()
        else:
            self._context.show_error(error)


def with_passphrase(
    context: Context, asker: QWidget, title: str, text: str, yes: str, work: Callable[[str], object]
) -> Any:
    """What `work` returned for the pass phrase that fits; None when the person went back."""
    dialog = PassphraseDialog(context, title, text, yes, work, asker.window())
    made = dialog.made if dialog.exec() == Dialog.DialogCode.Accepted else None
    dialog.deleteLater()
    return made


def unlock_signer(context: Context, asker: QWidget, title: str, text: str) -> SigningIdentity | None:
    """The workspace's signing key, unlocked for as long as the caller keeps it; None when the person went back."""
    from desktop.services import enrolling

    store = context.open_store
    made: SigningIdentity | None = with_passphrase(
        context, asker, title, text, "用这个口令签名", lambda passphrase: enrolling.signer(store, passphrase)
    )
    return made
