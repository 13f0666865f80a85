"""填报人、审核人签名: who signs which revision before the issuer does, and the own pass phrase."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import RefusedError
from desktop.domain.identity import SignRole, read_out
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report
from desktop.services import signing
from desktop.services.enrolling import signing_state
from desktop.views.context import Context
from desktop.views.dialogs.signing import SigningDialog, SignWork
from desktop.views.errors import show_in_banner
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import label
from desktop.wording.terms import SIGN_ROLE, full_date


class CoSignDialog(SigningDialog):
    """`signed` when the signature is on the file and kept."""

    def __init__(
        self, context: Context, report: Report, role: SignRole, parent: QWidget | None = None
    ) -> None:
        who, store = SIGN_ROLE[role], context.open_store
        title = f"{who}在{Quarter.parse(report.quarter).chinese}季报上签名"
        super().__init__(context, report, "co_sign", f"{who}签名", title, 580, parent)
        named, state = getattr(report.people, role.value), signing_state(store, role)
        until = f"证书有效到{full_date(state.not_after)}，" if state.not_after else ""
        shown = f"{until}指纹 {read_out(state.fingerprint)}" if state.state == "ready" else ""
        lines = ((who, named, shown), ("核对码", report.code, "每页页脚都印着"))
        for head, text, more in lines:
            said = label(text, name=f"co_sign_{'person' if head == who else 'code'}")
            self.body.addLayout(
                row(label(head, tone="text2"), said, ElidedLabel(more, tone="text2"), None, gap=16)
            )
        means = "签名后内容不能改；退回填报人的，签名作废，改完重签。取消则什么都不变。"
        self._ask(f"{who}的签名口令", "请本人输入，不会写进文件", means)
        if state.state == "ready" and state.person == named:
            self._offer("签名")
            self._warn_if_over(state.not_after)
            self._check()
            self.passphrase.edit.setFocus()
        elif state.state == "revoked":
            self._say_revoked(role)
            self._offer_keys()
        else:
            self._say_why_not(role, named, state.person if state.state == "ready" else "")
            self._offer_keys()

    def _say_why_not(self, role: SignRole, named: str, certified: str) -> None:
        """The certificate that was at hand at the review is gone or another's."""
        if certified:
            refused = RefusedError("co_signer_not_named", who=role.value, named=named, person=certified)
        else:
            refused = RefusedError("co_signer_without_certificate", who=role.value)
        show_in_banner(self.trouble, refused)

    def _work(self, secret: str) -> SignWork:
        context, report, store = self._context, self._report, self._context.open_store
        actor, now = context.actor, context.now()
        return lambda faces, told: signing.co_sign(store, report.id, secret, faces, actor, now, told)
