"""证书 at a unit, for those who sign before the issuer: 填报人 and 审核人, each with a key and a pass phrase of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.identity import SignRole
from desktop.domain.signatures import CO_SIGNERS
from desktop.views.context import Context
from desktop.views.dialogs.change_passphrase import change_passphrase
from desktop.views.pages.keys_form import SignerForm
from desktop.views.pages.keys_request import RequestingPart, again_word, replacing_words, revoked_words
from desktop.views.widgets.fingerprint import FingerprintView
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import JobBar, SectionHead
from desktop.views.widgets.styling import button, label, pane
from desktop.wording.terms import SIGN_ROLE, valid_until

_ABOUT = "只在本单位要求填报人、审核人也签名时才用（送审核时勾选）。各人用各人的口令，互不代用。"


class CoSignerCards(QWidget):
    """`done(title, text)` when a step was taken."""

    done = Signal(str, str)

    def __init__(self, context: Context, bar: JobBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = [CoSignerCard(context, bar, role) for role in CO_SIGNERS]
        for card in self._cards:
            card.done.connect(self.done)
        head = SectionHead(context.icons, "填报人、审核人的证书")
        self.setLayout(column(head, label(_ABOUT, tone="text2", wrap=True), *self._cards, gap=8))

    def refresh(self) -> None:
        for card in self._cards:
            card.refresh()


class CoSignerCard(RequestingPart):
    """One role's certificate: asked for, on its way, at hand."""

    def __init__(self, context: Context, bar: JobBar, role: SignRole) -> None:
        name, who = role.value, SIGN_ROLE[role]
        form = SignerForm(context, "写出申请…", name, who, f"季报上写的{who}")
        super().__init__(context, bar, role, form)
        self.setObjectName(f"keys_{name}")
        self._text = label("", tone="text2", name=f"keys_{name}_text", wrap=True)
        self._print = FingerprintView(context.icons, f"{name}_fingerprint")
        self._ask = button("申请证书…", "tool", f"keys_{name}_ask", self._open_form)
        self._again = button("再写一份申请…", "tool", f"keys_{name}_write", self._write_again)
        self._anew = button("重新申请…", "smallLink", f"keys_{name}_anew", self._open_form)
        self._replace = button("换人、重新申请…", "smallLink", f"keys_{name}_replace", self._open_form)
        self._keep = button("不申请了", "smallLink", f"keys_{name}_keep", self._close_form)
        self._import = button("去收件，导入证书", "tool", f"keys_{name}_go", self._to_inbox)
        self._change = button("改口令…", "tool", f"keys_{name}_change", self._change_passphrase)
        for made in (
            self._ask,
            self._again,
            self._anew,
            self._import,
            self._change,
            self._replace,
            self._keep,
        ):
            made.setAccessibleName(f"{SIGN_ROLE[role]}：{made.text()}")
        acts = row(
            self._ask, self._again, self._import, self._change, self._anew, self._replace, self._keep, None
        )
        card = pane("card")
        head = row(label(SIGN_ROLE[role], "strong"), self._text, gap=12)
        head.setStretch(1, 1)
        card.setLayout(column(head, self._print, self._form_line, acts, gap=8, margins=(16, 12, 16, 12)))
        self.setLayout(column(card))

    def refresh(self) -> None:
        """Where this role stands; what is being typed stays."""
        store = self._context.open_store
        state = self._state()
        request = self._request_item()
        waiting, ready = state.state == "requested", state.state == "ready"
        over = bool(state.not_after and state.not_after < self._context.now())
        if ready and self.asking:
            text = replacing_words(state.person, "签名")
        elif state.state == "revoked":
            text = revoked_words(state, "签名")
        elif ready:
            until = valid_until(state.not_after)
            text = f"{state.person}的证书已装好{until}。证书的指纹："
        elif waiting:
            text = f"{self._when_written(request)}市里打电话来核对{state.person}的指纹时，照下面念。"
        else:
            text = "还没有申请。"
        self._text.setText(text)
        word = again_word(request)
        self._again.setText(word)
        self._again.setAccessibleName(f"{SIGN_ROLE[self._role]}：{word}")
        self._print.show_digest(state.fingerprint)
        named = store.settings.get(self._role.value, "")
        self._form.set_person(state.person or (named if isinstance(named, str) else ""))
        shown = (
            (self._print, (ready or waiting) and not self.asking),
            (self._form, self.asking),
            (self._ask, not self.asking and (not (ready or waiting) or over)),
            (self._again, waiting and not self.asking and request is not None),
            (self._anew, waiting and not self.asking),
            (self._import, waiting and not self.asking),
            (self._change, ready and not self.asking),
            (self._replace, ready and not over and not self.asking),
            (self._keep, self.asking and not (waiting and request is None)),
        )
        for part, visible in shown:
            part.setVisible(visible)

    def _open_form(self) -> None:
        super()._open_form()
        self._form.start()

    def _change_passphrase(self) -> None:
        if change_passphrase(self._context, self, self._role):
            self.done.emit(f"{SIGN_ROLE[self._role]}的口令已经换了", "证书没有变。以后签名用新口令。")
