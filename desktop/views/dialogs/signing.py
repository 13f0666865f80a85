"""What every dialog that signs has in common: the pass phrase, the job that signs with it, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import CancelledError, RefusedError, UserError
from desktop.domain.identity import SignRole
from desktop.domain.progress import Progress
from desktop.domain.report import Report
from desktop.jobs.runner import Job
from desktop.services.enrolling import refuse_revoked
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import PassphraseEdit
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar, note
from desktop.views.widgets.styling import label
from desktop.wording.filling import SIGN_STEPS

if TYPE_CHECKING:
    from desktop.reports.fonts import Faces

SignWork = Callable[["Faces", Progress], object]


class SigningDialog(Dialog):
    """`signed` when the signature is kept. Closing it before that changes nothing. Its parts are named `prefix`_….

    A dialog adds what it shows, then calls `_ask` and, where there is a key to sign with, `_offer`; `_work` makes the
    signature, `_ready` says what else must be given, `_lock` what must stay as it is meanwhile.
    """

    signed = Signal()

    def __init__(
        self, context: Context, report: Report, prefix: str, caption: str, title: str, width: int,
        parent: QWidget | None,
    ) -> None:  # fmt: skip
        super().__init__(caption, title, width, parent)
        self.setObjectName(f"{prefix}_dialog")
        self._context, self._report, self._prefix = context, report, prefix
        self._job: Job[Any] | None = None
        self.trouble = Banner(context.icons, "bad")
        self.trouble.setObjectName(f"{prefix}_trouble")
        self.trouble.hide()
        self._secret = QWidget()
        self.passphrase = PassphraseEdit(context.icons)
        self.passphrase.edit.setObjectName(f"{prefix}_passphrase")
        self.progress = JobBar()

    def _ask(self, whose: str, kept: str, said: str) -> None:
        """The field for the pass phrase, `kept` beside its label, and what signing means."""
        self.passphrase.edit.setAccessibleName(whose)
        caption = label(whose, "label")
        caption.setBuddy(self.passphrase.edit)
        head = row(caption, None, label(kept, "caption"))
        self._secret.setLayout(column(head, self.passphrase, gap=4))
        self._note = note(said, f"{self._prefix}_note")
        for part in (self._secret, self.trouble, self._note, self.progress):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.add_button("取消", name=f"{self._prefix}_cancel", clicked=self.reject)

    def _offer(self, text: str) -> None:
        self._answer = self.add_button(text, "primary", f"{self._prefix}_done", self.sign)
        self.passphrase.changed.connect(lambda _: self._check())

    def _warn_if_over(self, until: datetime | None) -> None:
        """The certificate ended: said before a pass phrase is typed."""
        if until is not None and until < self._context.now():
            show_in_banner(self.trouble, RefusedError("certificate_expired"))

    def _say_revoked(self, role: SignRole) -> None:
        """The superior revoked the certificate of the role."""
        try:
            refuse_revoked(self._context.open_store, role)
        except RefusedError as refused:
            show_in_banner(self.trouble, refused)

    def _offer_keys(self) -> None:
        """There is nothing to sign with."""
        self._secret.hide()
        self._note.hide()
        self.add_button("去办证书", "primary", f"{self._prefix}_keys", self._to_keys).setFocus()

    def _to_keys(self) -> None:
        self.reject()
        self._context.navigate("keys")

    def _ready(self) -> bool:
        """Whether all but the pass phrase is given."""
        return True

    def _check(self) -> None:
        self._answer.setEnabled(self._ready() and bool(self.passphrase.text()) and self._job is None)

    def _work(self, secret: str) -> SignWork:
        """What signs with this pass phrase; called before the job begins, so that it holds what stands in the fields now."""
        raise NotImplementedError

    def sign(self) -> None:
        """Sign with the pass phrase that stands in the field; what is wrong is said here and the dialog stays."""
        faces = self._context.faces
        assert faces is not None
        made = self._work(self.passphrase.text())
        self.trouble.hide()
        self._lock(True)

        def work(progress: Progress) -> object:
            def told(step: str, done: int, total: int) -> None:
                progress(SIGN_STEPS.get(step, step), done, total)

            return made(faces(), told)

        self._job = self._context.runner.run(work, lambda _: self._done(), self._failed, owner=self)
        self.progress.watch(self._job)
        self._check()

    def _lock(self, locked: bool) -> None:
        """While the signature is being made nothing of what it is made from can be changed."""
        self._secret.setEnabled(not locked)

    def _done(self) -> None:
        self._job = None
        self.passphrase.clear()
        self.signed.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._lock(False)
        self._check()
        if isinstance(error, CancelledError):
            self.reject()
        elif isinstance(error, UserError):
            show_in_banner(self.trouble, error)
            self.passphrase.edit.selectAll()
            self.passphrase.edit.setFocus()
        else:
            self._context.show_error(error)

    def reject(self) -> None:
        """Leave without a change; a signature that is being made is asked to stop first."""
        if self._job is not None:
            self._job.cancel()
            return
        self.passphrase.clear()
        super().reject()
