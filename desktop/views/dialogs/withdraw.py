"""撤回: why, and the pass phrase of the person who signed, because the superior is told under the same signature."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.errors import CancelledError, RefusedError, UserError
from desktop.domain.report import Report, ReportState
from desktop.jobs.runner import Job
from desktop.services import withdrawing
from desktop.services.enrolling import refuse_revoked
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import PassphraseEdit, labelled
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import label
from desktop.wording.terms import revision

LONGEST = 500
_HANDED = "撤回后会做好一份撤回通知，要交给市里。市里已经收下的，收下的仍然有效。"
_NOT_YET = "撤回后会做好一份撤回通知，和下一次报送一起交给市里。"


class WithdrawDialog(Dialog):
    """`withdrawn` when the revision is taken back. Closing it before that changes nothing."""

    withdrawn = Signal()

    def __init__(self, context: Context, report: Report, parent: QWidget | None = None) -> None:
        super().__init__("撤回", f"撤回{revision(report.revision)}", 520, parent)
        self.setObjectName("withdraw_dialog")
        self._context, self._report = context, report
        self._job: Job[object] | None = None
        handed = report.state is ReportState.SUBMITTED
        said = f"填过的内容都在，改好后作为{revision(report.revision + 1)}再签发。"
        self.body.addWidget(label(said + (_HANDED if handed else _NOT_YET), tone="text2", wrap=True))
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("withdraw_reason")
        self.edit.setAccessibleName("撤回原因")
        self.edit.setPlaceholderText("写清为什么撤回，市里会看到")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(72)
        self.body.addWidget(labelled("撤回原因", self.edit))
        self.passphrase = PassphraseEdit(context.icons)
        self.passphrase.edit.setObjectName("withdraw_passphrase")
        self.passphrase.edit.setAccessibleName("签名口令")
        self.body.addWidget(labelled("签名口令", self.passphrase))
        self.trouble = Banner(context.icons, "bad")
        self.trouble.setObjectName("withdraw_trouble")
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.progress = JobBar()
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.add_button("取消", name="withdraw_cancel", clicked=self.reject)
        self._answer = self.add_button("撤回", "primary", "withdraw_done", self._withdraw)
        self.edit.textChanged.connect(self._check)
        self.passphrase.changed.connect(lambda _: self._check())
        self._revoked = False
        try:
            refuse_revoked(context.open_store)
        except RefusedError as refused:
            # Said before anything is typed: nothing can be signed here now.
            self._revoked = True
            show_in_banner(self.trouble, refused)
        self._check()
        self.edit.setFocus()

    @property
    def reason(self) -> str:
        return self.edit.toPlainText().strip()

    def _check(self) -> None:
        ready = 0 < len(self.reason) <= LONGEST and bool(self.passphrase.text()) and self._job is None
        self._answer.setEnabled(ready and not self._revoked)

    def _withdraw(self) -> None:
        context, store, report = self._context, self._context.open_store, self._report
        reason, secret, actor, now = self.reason, self.passphrase.text(), context.actor, context.now()
        self.trouble.hide()
        self._job = context.runner.run(
            lambda progress: withdrawing.withdraw(store, report.id, reason, secret, actor, now),
            lambda _: self._done(),
            self._failed,
            owner=self,
        )
        self.progress.watch(self._job, "正在撤回")
        self._check()

    def _done(self) -> None:
        self._job = None
        self.passphrase.clear()
        self.withdrawn.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
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
