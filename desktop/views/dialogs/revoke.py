"""注销: what it means, why, and the city's pass phrase; nothing is chosen beforehand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.identity import Issued, RevocationReason
from desktop.jobs.runner import Job
from desktop.services import revoking
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import PassphraseEdit, labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.radio_card import RadioCard
from desktop.views.widgets.styling import label
from desktop.wording import revoking as words


class RevokeDialog(Dialog):
    """`revoked(Issued)` when the certificate stands on the list. Closing it before that changes nothing.

    `offered`: it was not asked for, a newer certificate has just been issued.
    """

    revoked = Signal(object)

    def __init__(
        self, context: Context, issued: Issued, offered: bool = False, parent: QWidget | None = None
    ) -> None:
        store = context.open_store
        unit = store.units.region().find(issued.unit_code)
        name = unit.short_name if unit else issued.unit_code
        super().__init__("注销证书", f"注销{words.whose(name, issued)}", 680, parent)
        self.setObjectName("revoke_dialog")
        self._context, self._issued = context, issued
        self._job: Job[Issued] | None = None
        said = [words.which(issued), *([words.OFFERED] if offered else []), words.MEANS, words.FOR_GOOD]
        for text in said:
            self.body.addWidget(label(text, tone="text2", wrap=True))
        waiting = len(revoking.undecided(store, issued.unit_code))
        if waiting:
            look = Banner(context.icons, "warn")
            look.setObjectName("revoke_waiting")
            look.say("warn", *words.undecided(name, waiting))
            self.body.addWidget(look)
        self.reasons = {reason: RadioCard(context.icons, text) for reason, text in words.REASON.items()}
        for reason, card in self.reasons.items():
            card.setObjectName(f"revoke_{reason.value}")
            card.toggled.connect(lambda on: self._check())
        self._why = QWidget()
        self._why.setLayout(row(*self.reasons.values(), gap=8))
        self.body.addWidget(labelled("为什么注销", self._why))
        self.passphrase = PassphraseEdit(context.icons)
        self.passphrase.edit.setObjectName("revoke_passphrase")
        self.passphrase.edit.setAccessibleName("本市签发人的口令")
        self.body.addWidget(labelled("本市签发人的口令", self.passphrase))
        self.trouble = Banner(context.icons, "bad")
        self.trouble.setObjectName("revoke_trouble")
        self.trouble.hide()
        self.progress = JobBar()
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.add_button("先不注销" if offered else "取消", name="revoke_cancel", clicked=self.reject)
        self._answer = self.add_button("注销这张证书", "primary", "revoke_done", self._revoke)
        self.passphrase.changed.connect(lambda _: self._check())
        self._check()

    @property
    def reason(self) -> RevocationReason | None:
        """What was chosen, None before that."""
        return next((reason for reason, card in self.reasons.items() if card.isChecked()), None)

    def _check(self) -> None:
        given = self.reason is not None and bool(self.passphrase.text())
        self._answer.setEnabled(given and self._job is None)

    def _revoke(self) -> None:
        reason, secret = self.reason, self.passphrase.text()
        if reason is None or self._job is not None:
            return
        context, store, fingerprint = self._context, self._context.open_store, self._issued.fingerprint
        actor, now = context.actor, context.now()
        self.trouble.hide()
        self._set_busy(True)
        self._job = context.runner.run(
            lambda progress: revoking.revoke(store, fingerprint, reason, secret, actor, now),
            self._done,
            self._failed,
            owner=self,
        )
        self.progress.watch(self._job, "正在注销")
        self._check()

    def _set_busy(self, busy: bool) -> None:
        for part in (self._why, self.passphrase):
            part.setEnabled(not busy)

    def _done(self, issued: Issued) -> None:
        self._job = None
        self.passphrase.clear()
        self.revoked.emit(issued)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._set_busy(False)
        self._check()
        if isinstance(error, UserError) and not isinstance(error, CancelledError):
            show_in_banner(self.trouble, error)
            self.passphrase.edit.selectAll()
            self.passphrase.edit.setFocus()
        elif not isinstance(error, CancelledError):
            self._context.show_error(error)

    def reject(self) -> None:
        """Leave without a change; what is being written is waited for."""
        if self._job is None:
            self.passphrase.clear()
            super().reject()


def told_revoked(store: Store, issued: Issued) -> tuple[str, str]:
    """What is said on the page once a certificate is revoked: title, and what is to be done."""
    unit, trust = store.units.region().find(issued.unit_code), store.keys.trust()
    name = unit.short_name if unit else issued.unit_code
    told = all(each.code != issued.unit_code for each in revoking.not_told(store))
    return f"已注销{words.whose(name, issued)}", words.done(name, trust.crl_number if trust else 0, told)
