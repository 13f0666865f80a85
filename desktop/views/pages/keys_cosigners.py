"""证书 at a unit, for those who sign before the issuer: 填报人 and 审核人, each with a key and a pass phrase of their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.identity import SignRole
from desktop.domain.package import OutboxItem
from desktop.domain.signatures import CO_SIGNERS
from desktop.services import enrolling, requesting
from desktop.views.context import Context
from desktop.views.dialogs.change_passphrase import change_passphrase
from desktop.views.pages.carrying import carry_to
from desktop.views.pages.keys_form import SignerForm
from desktop.views.widgets.fingerprint import FingerprintView
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import JobBar, SectionHead
from desktop.views.widgets.styling import button, label, pane
from desktop.wording.terms import SIGN_ROLE, full_date, moment

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


class CoSignerCard(QWidget):
    """One role's certificate: asked for, on its way, at hand."""

    done = Signal(str, str)

    def __init__(self, context: Context, bar: JobBar, role: SignRole) -> None:
        super().__init__()
        self._context, self._bar, self._role, self._asking = context, bar, role, False
        name = role.value
        self.setObjectName(f"keys_{name}")
        self._text = label("", tone="text2", name=f"keys_{name}_text", wrap=True)
        self._print = FingerprintView(context.icons)
        self._print.setObjectName(f"{name}_fingerprint")
        self._form = SignerForm(
            context, "做申请，写到…", name, SIGN_ROLE[role], f"季报上写的{SIGN_ROLE[role]}"
        )
        self._form.setMaximumWidth(context.theme.px(560))
        self._form.filled.connect(self._request)
        self._ask = button("申请证书…", "tool", f"keys_{name}_ask", self._open_form)
        self._again = button("再写一份申请…", "tool", f"keys_{name}_write", self._write_again)
        self._anew = button("重新申请…", "smallLink", f"keys_{name}_anew", self._open_form)
        self._import = button("去收件，导入证书", "tool", f"keys_{name}_go", self._to_inbox)
        self._change = button("改口令…", "tool", f"keys_{name}_change", self._change_passphrase)
        for made in (self._ask, self._again, self._anew, self._import, self._change):
            made.setAccessibleName(f"{SIGN_ROLE[role]}：{made.text()}")
        acts = row(self._ask, self._again, self._import, self._change, self._anew, None)
        card = pane("card")
        head = row(label(SIGN_ROLE[role], "strong"), self._text, gap=12)
        head.setStretch(1, 1)
        card.setLayout(column(head, self._print, self._form, acts, gap=8, margins=(16, 12, 16, 12)))
        self.setLayout(column(card))

    def refresh(self) -> None:
        """Where this role stands; what is being typed stays."""
        store = self._context.store
        assert store is not None
        state = enrolling.signing_state(store, self._role)
        request = requesting.request_item(store, self._role)
        waiting, ready = state.state == "requested", state.state == "ready"
        over = bool(state.not_after and state.not_after < self._context.now())
        self._asking = self._asking and not (ready and not over)
        if ready:
            until = f"，有效到{full_date(state.not_after)}" if state.not_after else ""
            text = f"{state.person}的证书已装好{until}。证书的指纹："
        elif waiting:
            when = (
                f"申请{moment(request.written_at)}写出过"
                if request and request.written_at
                else "申请还没有写出"
            )
            text = f"{when}。市里打电话来核对{state.person}的指纹时，照下面念。"
        else:
            text = "还没有申请。"
        self._text.setText(text)
        self._print.show_digest(state.fingerprint)
        named = store.settings.get(self._role.value, "")
        self._form.set_person(state.person or (named if isinstance(named, str) else ""))
        shown = (
            (self._print, (ready or waiting) and not self._asking),
            (self._form, self._asking),
            (self._ask, not self._asking and (not (ready or waiting) or over)),
            (self._again, waiting and not self._asking and request is not None),
            (self._anew, waiting and not self._asking),
            (self._import, waiting and not self._asking),
            (self._change, ready and not self._asking),
        )
        for part, visible in shown:
            part.setVisible(visible)

    def _open_form(self) -> None:
        self._asking = True
        self.refresh()
        self._form.start()

    def _request(self, person: str, passphrase: str) -> None:
        context, store, now, role = self._context, self._context.store, self._context.now(), self._role
        assert store is not None
        folder = context.files.folder("把证书申请写到哪里")
        if folder is None:
            return
        self._form.set_busy(True)
        job = context.runner.run(
            lambda progress: enrolling.request_certificate(
                store, person, passphrase, context.rounds, context.actor, now, role
            ),
            lambda item: self._requested(item, folder),
            self._not_requested,
            owner=self,
        )
        self._form.bar.watch(job)

    def _requested(self, item: OutboxItem, folder: Path) -> None:
        self._form.clear()
        self._form.set_busy(False)
        self._asking = False
        self._context.tell_changed()
        self.refresh()
        carry_to(self._context, self, self._bar, [item.digest], folder, self._written)

    def _not_requested(self, error: Exception) -> None:
        if not self._form.refused(error):
            self._context.show_error(error)

    def _write_again(self) -> None:
        store = self._context.store
        assert store is not None
        item = requesting.request_item(store, self._role)
        folder = self._context.files.folder("把证书申请写到哪里") if item else None
        if item is not None and folder is not None:
            carry_to(self._context, self, self._bar, [item.digest], folder, self._written)

    def _written(self, folder: Path, files: int) -> None:
        self.refresh()
        self.done.emit("申请已写出并核对", f"写进了“{folder}”。交给市里，等市里打电话来核对指纹。")

    def _to_inbox(self) -> None:
        self._context.navigate("inbox")

    def _change_passphrase(self) -> None:
        if change_passphrase(self._context, self, self._role):
            self.done.emit(f"{SIGN_ROLE[self._role]}的口令已经换了", "证书没有变。以后签名用新口令。")
