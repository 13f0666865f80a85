"""填报人、审核人签名: who signs which revision before the issuer does, and the own pass phrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import CancelledError, RefusedError, UserError
from desktop.domain.identity import SignRole, read_out
from desktop.domain.progress import Progress
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report
from desktop.domain.signatures import CoSigned
from desktop.jobs.runner import Job
from desktop.services import signing
from desktop.services.enrolling import signing_state
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.inputs import PassphraseEdit
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar, note
from desktop.views.widgets.styling import label
from desktop.wording.filling import SIGN_STEPS
from desktop.wording.terms import SIGN_ROLE, full_date


class CoSignDialog(Dialog):
    """`signed` when the signature is on the file and kept. Closing it before that changes nothing."""

    signed = Signal()

    def __init__(
        self, context: Context, report: Report, role: SignRole, parent: QWidget | None = None
    ) -> None:
        who = SIGN_ROLE[role]
        super().__init__(
            f"{who}签名", f"{who}在{Quarter.parse(report.quarter).chinese}季报上签名", 580, parent
        )
        self.setObjectName("co_sign_dialog")
        store = context.store
        assert store is not None
        self._context, self._report = context, report
        self._job: Job[CoSigned] | None = None
        named, state = getattr(report.people, role.value), signing_state(store, role)
        until = f"证书有效到{full_date(state.not_after)}，" if state.not_after else ""
        shown = f"{until}指纹 {read_out(state.fingerprint)}" if state.state == "ready" else ""
        lines = ((who, named, shown), ("核对码", report.code, "每页页脚都印着"))
        for head, text, more in lines:
            said = label(text, name=f"co_sign_{'person' if head == who else 'code'}")
            self.body.addLayout(
                row(label(head, tone="text2"), said, ElidedLabel(more, tone="text2"), None, gap=16)
            )
        self.trouble = Banner(context.icons, "bad")
        self.trouble.setObjectName("co_sign_trouble")
        self.trouble.hide()
        self._secret = QWidget()
        self.passphrase = PassphraseEdit(context.icons)
        self.passphrase.edit.setObjectName("co_sign_passphrase")
        self.passphrase.edit.setAccessibleName(f"{who}的签名口令")
        caption = label(f"{who}的签名口令", "label")
        caption.setBuddy(self.passphrase.edit)
        only = label("请本人输入，不会写进文件", "caption")
        self._secret.setLayout(column(row(caption, None, only), self.passphrase, gap=4))
        self.body.addWidget(self._secret)
        self.body.addWidget(self.trouble)
        self._note = note(
            "签名以后内容不能改。退回填报人的，签名作废，改完重新签。取消，什么都不变。", "co_sign_note"
        )
        self.body.addWidget(self._note)
        self.progress = JobBar()
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.add_button("取消", name="co_sign_cancel", clicked=self.reject)
        if state.state == "ready" and state.person == named:
            self._answer = self.add_button("签名", "primary", "co_sign_done", self.sign)
            self.passphrase.changed.connect(lambda _: self._check())
            if state.not_after is not None and state.not_after < context.now():
                show_in_banner(self.trouble, RefusedError("certificate_expired"))
            self._check()
            self.passphrase.edit.setFocus()
        else:
            self._offer_keys(role, named, state.person if state.state == "ready" else "")

    def _offer_keys(self, role: SignRole, named: str, certified: str) -> None:
        """The certificate that was at hand at the review is gone or another's."""
        self._secret.hide()
        self._note.hide()
        if certified:
            refused = RefusedError("co_signer_not_named", who=role.value, named=named, person=certified)
        else:
            refused = RefusedError("co_signer_without_certificate", who=role.value)
        show_in_banner(self.trouble, refused)
        self.add_button("去办证书", "primary", "co_sign_keys", self._to_keys).setFocus()

    def _to_keys(self) -> None:
        self.reject()
        self._context.navigate("keys")

    def _check(self) -> None:
        self._answer.setEnabled(bool(self.passphrase.text()) and self._job is None)

    def sign(self) -> None:
        """Sign with the pass phrase that stands in the field; what is wrong is said here and the dialog stays."""
        context, report, secret = self._context, self._report, self.passphrase.text()
        store, faces = context.store, context.faces
        assert store is not None and faces is not None
        actor, now = context.actor, context.now()
        self.trouble.hide()
        self._secret.setEnabled(False)

        def work(progress: Progress) -> CoSigned:
            def told(step: str, done: int, total: int) -> None:
                progress(SIGN_STEPS.get(step, step), done, total)

            return signing.co_sign(store, report.id, secret, faces(), actor, now, told)

        self._job = context.runner.run(work, lambda _: self._done(), self._failed, owner=self)
        self.progress.watch(self._job)
        self._check()

    def _done(self) -> None:
        self._job = None
        self.passphrase.clear()
        self.signed.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._secret.setEnabled(True)
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
