"""签发: who signs which revision, what locking means, and the pass phrase."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.errors import CancelledError, RefusedError, UserError
from desktop.domain.identity import SignRole, read_out
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report
from desktop.services import signing
from desktop.services.enrolling import SigningState, signing_state
from desktop.views.context import Context
from desktop.views.dialogs.approvals import save_sheet
from desktop.views.dialogs.sign_for import SignForDraft, SignForPanel
from desktop.views.dialogs.signing import SigningDialog, SignWork
from desktop.views.errors import show_in_banner
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import label
from desktop.wording.terms import revision


class SignDialog(SigningDialog):
    """`signed` when the revision is locked.

    `summary` says what this revision holds (18条，改了6处). Where the certificate is not the issuer's, it can be told
    that the issuer signed on paper: `drafted` carries what was given for that, to be handed in as `draft` the next time.
    """

    drafted = Signal(object)

    def __init__(
        self,
        context: Context,
        report: Report,
        summary: str,
        parent: QWidget | None = None,
        draft: SignForDraft | None = None,
    ) -> None:
        store = context.open_store
        unit = store.units.region().find(report.unit_code)
        name = unit.short_name if unit else store.workspace.unit.name
        title = f"签发{name}{Quarter.parse(report.quarter).chinese}季报"
        super().__init__(context, report, "sign", "签发", title, 560, parent)
        state = self._state = signing_state(store)
        self.body.addLayout(_facts(report, state, summary))
        self.refusal = Banner(context.icons, "bad", parent=self)
        self.refusal.setObjectName("sign_refusal")
        self.refusal.hide()
        self._for: SignForPanel | None = None
        if state.state == "ready" and state.person != report.people.issuer:
            self.body.addWidget(self.refusal)
            self._for = SignForPanel(context, report, draft or SignForDraft())
            self.body.addWidget(self._for)
        means = (
            "签发后，这一次报送就锁定，不能再改。要改，在“导出报送”撤回，市里已收下的请市里退回。"
            "现在取消，填的都在。"
        )
        self._ask("签名口令", "只在这台电脑上用，不会写进文件", means)
        if state.state == "ready":
            self._offer_signing()
        else:
            self._say_why_not(state)
            self._offer_keys()

    def _offer_signing(self) -> None:
        self._offer("")
        self._stand()
        if self._for is None:
            self.passphrase.edit.setFocus()
            return
        signing_for = self._for
        signing_for.changed.connect(self._drafted)
        signing_for.started.connect(lambda job: self.progress.watch(job, "正在存扫描件"))
        signing_for.troubled.connect(lambda error: show_in_banner(self.trouble, error))
        signing_for.kept.connect(self._to_passphrase)
        signing_for.sheetWanted.connect(self._save_sheet)
        if signing_for.ready:
            self._to_passphrase()
        else:
            signing_for.tick.setFocus()

    def _to_passphrase(self) -> None:
        """Nothing else is missing: the pass phrase is next, also where the dialog scrolls."""
        self.passphrase.edit.setFocus()
        self.reveal(self._secret)

    def _drafted(self, draft: SignForDraft) -> None:
        self.drafted.emit(draft)
        self._stand()

    def _stand(self) -> None:
        """Say what hinders signing before a pass phrase is typed; nothing does for the issuer in person."""
        agreed = self._for is None or self._for.draft.agreed
        issuer = self._report.people.issuer
        self.trouble.hide()
        self.refusal.hide()
        if not agreed:
            refused = RefusedError("signer_not_named", issuer=issuer, person=self._state.person)
            show_in_banner(self.refusal, refused)
        else:
            self._warn_if_over(self._state.not_after)
        self._answer.setText("签发并锁定" if self._for is None else "代签并锁定")
        self._secret.setEnabled(agreed)
        self._check()

    def _save_sheet(self) -> None:
        job = save_sheet(self._context, self._report, self, self._sheet_failed)
        if job is not None:
            self.progress.watch(job, "正在做签批单")

    def _sheet_failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and not isinstance(error, CancelledError):
            show_in_banner(self.trouble, error)
        else:
            self._context.show_error(error)

    def _say_why_not(self, state: SigningState) -> None:
        if state.state == "revoked":
            self._say_revoked(SignRole.ISSUER)
            return
        if state.state == "requested":
            self.trouble.say(
                "warn", "证书还在办", "申请已经做好。把它交给市里，市里发回证书后，在“收件”里导入，就能签发。"
            )
        else:
            self.trouble.say(
                "warn",
                "这台电脑上还没有签名证书",
                "签发要用市里发的证书。到“证书”里申请一次，以后每季都能用。",
            )
        self.trouble.show()

    def _ready(self) -> bool:
        return self._for is None or self._for.ready

    def _work(self, secret: str) -> SignWork:
        context, report, store = self._context, self._report, self._context.open_store
        actor, now = context.actor, context.now()
        approval = self._for.approval() if self._for is not None else None
        return lambda faces, told: signing.sign(store, report.id, secret, faces, actor, now, told, approval)

    def _lock(self, locked: bool) -> None:
        super()._lock(locked)
        if self._for is not None:
            self._for.setEnabled(not locked)


def _facts(report: Report, state: SigningState, summary: str) -> QGridLayout:
    lines = [
        ("签发人", report.people.issuer or "还没有写", _certificate(report, state)),
        ("这一次", f"{revision(report.revision)}，{summary}", ""),
        ("核对码", report.code, "每页页脚都印着"),
    ]
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for place, (head, text, more) in enumerate(lines):
        value = label(text, name=f"sign_fact_{place}")
        rest = label(more, tone="text2", name=f"sign_more_{place}")
        grid.addWidget(label(head, tone="text2"), place, 0)
        grid.addLayout(row(value, rest, None, gap=16), place, 1)
    return grid


def _certificate(report: Report, state: SigningState) -> str:
    if state.state != "ready":
        return ""
    if state.person != report.people.issuer:
        return f"这台电脑的证书是{state.person}的"
    until: datetime | None = state.not_after
    valid = f"证书有效到{until.year}年{until.month}月，" if until else "证书"
    return f"{valid}指纹 {read_out(state.fingerprint)}"
