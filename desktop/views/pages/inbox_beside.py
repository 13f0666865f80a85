"""The pane at the right of the inbox: what can be decided about the file that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.identity import SignRole
from desktop.domain.package import InboxItem, InboxState, OutboxItem, PackageKind
from desktop.domain.quarter import Quarter
from desktop.services import answering, certifying, receiving, revoking
from desktop.views.context import Context
from desktop.views.dialogs.passphrase import unlock_signer, with_passphrase
from desktop.views.dialogs.revoke import RevokeDialog, told_revoked
from desktop.views.pages import inbox_told, inbox_words
from desktop.views.pages.carrying import carry_out
from desktop.views.pages.inbox_compare import ComparePane
from desktop.views.pages.inbox_decision import Decision, DecisionPane
from desktop.views.pages.inbox_done import Action, DonePane
from desktop.views.pages.inbox_look import Looked
from desktop.views.widgets.notices import JobBar
from desktop.views.widgets.styling import pane
from desktop.wording.terms import PACKAGE, SIGN_ROLE, moment, revision

if TYPE_CHECKING:
    from desktop.exchange.unlocking import SigningIdentity

ANSWERS = (PackageKind.RECEIPT, PackageKind.RETURN, PackageKind.CERTIFICATE)
ONCE = "收下和退回都要签名。口令只问这一次：钥匙打开后只留在内存里，不存到电脑上，关闭程序就没有了。"


class Beside(QStackedWidget):
    """`decided(title, text)` after a decision was written, `written(folder, files)` after answers were carried out,
    `told(title, text)` after something was done that decides on no file.
    """

    decided = Signal(str, str)
    told = Signal(str, str)
    written = Signal(object, int)

    def __init__(self, context: Context, bar: JobBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._bar = context, bar
        self._identity: SigningIdentity | None = None
        self._drafts: dict[str, Decision] = {}
        self._item: InboxItem | None = None
        self._looked: Looked | None = None
        self._nothing = pane("surface2")
        self.decision, self.compare, self.done = (
            DecisionPane(context),
            ComparePane(context),
            DonePane(context),
        )
        for part in (self._nothing, self.decision, self.compare, self.done):
            self.addWidget(part)
        self.decision.decided.connect(self._decide)
        self.compare.compared.connect(self._compared)

    def show_nothing(self) -> None:
        self._item = None
        self.setCurrentWidget(self._nothing)

    def show_item(self, item: InboxItem, looked: Looked) -> None:
        """What can be done about a file, by its kind and how it stands."""
        self._item, self._looked = item, looked
        if item.state in (InboxState.TAKEN, InboxState.RETURNED):
            self._show_decided(item, looked)
        elif looked.seen.verdict != "ready":
            self._show_refused(looked)
        elif item.kind == PackageKind.SUBMISSION:
            self._show_decision(taken=False)
        elif item.kind in (PackageKind.REQUEST, PackageKind.INVITATION):
            self._show_compare(item, looked)
        else:
            action = Action("导入", "inbox_apply", lambda: self._apply(""), primary=True)
            self._tell("可以导入", [("", "查验都通过，现在还什么都没改。")], [action])

    def keep_draft(self) -> None:
        """Keep what was typed for the file that is shown."""
        if self._item is not None and self.currentWidget() is self.decision:
            self._drafts[self._item.digest] = self.decision.decision

    def unwritten(self) -> tuple[str, ...]:
        """Digests of the answers in the outbox that were never written out."""
        store = self._context.store
        if store is None or not store.workspace.leads:
            return ()
        return tuple(i.digest for i in store.packages.outbox() if i.kind in ANSWERS and i.written_at is None)

    def write_out(self, digests: Iterable[str]) -> None:
        """Asks for a folder and writes answers there."""
        carry_out(self._context, self, self._bar, digests, "把回复写到哪里", self._wrote)

    def _wrote(self, folder: Path, files: int) -> None:
        self._context.tell_changed()
        self.written.emit(folder, files)

    def _show_decision(self, taken: bool) -> None:
        assert self._item is not None and self._looked is not None
        kept = self._drafts.get(self._item.digest, Decision())
        self.decision.open_submission(
            self._looked.seen, self._sender(self._item), self._looked.remarks, kept, taken
        )
        self.setCurrentWidget(self.decision)

    def _show_refused(self, looked: Looked) -> None:
        if looked.seen.verdict == "waiting":
            issuer = looked.seen.opened.header.issuer.name
            self._tell("先放着", [("", f"前一份到了就能定。请向{issuer}要中间那一份。")])
        else:
            self._tell("没有收", [("", "库里没有变化，原因写在左边。")])

    def _show_compare(self, item: InboxItem, looked: Looked) -> None:
        header = looked.seen.opened.header
        phone = self._phone(header.issuer.code)
        if item.kind == PackageKind.REQUEST:
            self.compare.ask(
                f"{looked.person}申请{SIGN_ROLE[looked.role]}证书",
                f"{header.issuer.name}，{SIGN_ROLE[looked.role]}{looked.person}",
                looked.fingerprint,
                f"给对方打电话{phone}，请他念出“证书”页上的指纹，和这里逐字核对。不要用来电里报的号码。",
                "已和对方逐字核对，一致",
                "签发证书…",
            )
        else:
            self.compare.ask(
                f"{header.issuer.name}的邀请",
                "导入以后，就只认这个根证书发的文件。",
                looked.fingerprint,
                f"给市里打电话{phone}，请他念出“证书”页上的指纹，和这里逐字核对。号码用平时公开的。",
                "已打电话和市里逐字核对，一致",
                "信任并导入",
            )
        self.setCurrentWidget(self.compare)

    def _go(self, place: str, plan_id: str, quarter: Quarter | None) -> None:
        """To a place that shows the plan and the quarter which the file was about."""
        if plan_id:
            self._context.choose_plan(plan_id, quarter)
        self._context.navigate(place)

    def _show_decided(self, item: InboxItem, looked: Looked) -> None:
        store = self._context.store
        assert store is not None
        if not store.workspace.leads:
            kind = PackageKind(item.kind)
            title, paragraphs = inbox_told.told(store, kind, looked.subject)
            place, words = inbox_told.place_after(kind)
            shown = inbox_told.shown_for(store, kind, looked.subject) if looked.subject else ("", None)
            later = Action(words, "inbox_go", lambda: self._go(place, *shown), primary=True)
            self._tell(title, paragraphs, [later])
            return
        if item.kind == PackageKind.WITHDRAWAL:
            self._tell(*inbox_told.told(store, PackageKind.WITHDRAWAL, item.digest))
            return
        answer = answering.answered(store, item.digest)
        when = moment(item.decided_at) if item.decided_at else ""
        paragraphs, actions = [("", f"{when} 定的。")], []
        if answer is not None:
            paragraphs.append((PACKAGE[answer.kind.value], _where(answer)))
            new = answer.written_at is None
            text = f"{'写出' if new else '再写一份'}{PACKAGE[answer.kind.value]}…"
            actions.append(Action(text, "inbox_write_answer", lambda: self.write_out([answer.digest]), new))
        if item.state is InboxState.TAKEN and item.kind == PackageKind.SUBMISSION:
            actions.append(
                Action("发现不对，退回…", "inbox_return_after", lambda: self._show_decision(taken=True))
            )
        self._tell(inbox_words.state_word(item)[0], paragraphs, actions)

    def _tell(
        self, title: str, paragraphs: list[tuple[str, str]], actions: list[Action] | None = None
    ) -> None:
        self.done.tell(title, paragraphs, actions or [])
        self.setCurrentWidget(self.done)

    def _decide(self, decision: Decision) -> None:
        context, item, store, now = self._context, self._item, self._context.store, self._context.now()
        assert item is not None and store is not None
        if self._identity is None:
            self._identity = unlock_signer(context, self, "用您的口令签名", ONCE)
        identity = self._identity
        if identity is None:
            return
        self._drafts[item.digest] = decision
        self.decision.set_busy(True)

        def work(progress: object) -> OutboxItem:
            if not decision.returns:
                return answering.accept(store, item.digest, identity, decision.words, context.actor, now)
            entries = dict.fromkeys(decision.measures, decision.words)
            return answering.send_back(
                store, item.digest, decision.words, entries, decision.due, identity, context.actor, now
            )

        job = context.runner.run(
            work, lambda made: self._answered(item, made), self._not_answered, owner=self
        )
        self._bar.watch(job)

    def _answered(self, item: InboxItem, made: OutboxItem) -> None:
        self.decision.set_busy(False)
        self._drafts.pop(item.digest, None)
        self._item = None
        returned = made.kind is PackageKind.RETURN
        what = f"{self._sender(item)}{inbox_words.quarter_of(item)}{revision(item.revision)}"
        word = PACKAGE[made.kind.value]
        self.decided.emit(
            f"{'已退回' if returned else '已收下'}{what}", f"{word}已放进发件箱，写出后送给对方。"
        )

    def _not_answered(self, error: Exception) -> None:
        self.decision.set_busy(False)
        self._context.show_error(error)

    def _compared(self, fingerprint: str) -> None:
        if self._item is None or self._looked is None:
            return
        if self._item.kind == PackageKind.INVITATION:
            self._apply(fingerprint)
            return
        context, store, now = self._context, self._context.store, self._context.now()
        assert store is not None
        item, opened, role = self._item, self._looked.seen.opened, self._looked.role
        made = with_passphrase(
            context,
            self,
            "签发证书",
            f"用本市的签发钥匙给{self._sender(item)}的{self._looked.person}签发证书，输入您的口令。口令不会保存。",
            "签发证书",
            lambda words: certifying.certify(store, opened, fingerprint, words, context.actor, now),
        )
        if made is not None:
            who = f"{self._sender(item)}的{self._looked.person}"
            self.decided.emit(f"已给{who}签发证书", "证书已放进发件箱，写出后送给对方。")
            self._offer_revoking(item.issuer.code, role)

    def _offer_revoking(self, unit_code: str, role: SignRole) -> None:
        """The certificate before still holds: whoever has its key may sign on."""
        context = self._context
        held = revoking.standing(context.open_store, context.now())
        older = held.get((unit_code, role), ())[1:]
        if older:
            dialog = RevokeDialog(context, older[0], offered=True, parent=self.window())
            dialog.revoked.connect(lambda issued: self.told.emit(*told_revoked(context.open_store, issued)))
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _apply(self, confirmed: str) -> None:
        context, item, store, now = self._context, self._item, self._context.store, self._context.now()
        assert item is not None and store is not None

        def work(progress: object) -> tuple[receiving.Applied, ...]:
            done = receiving.apply(store, item.digest, confirmed, context.actor, now)
            # Files that came before the root was known can be taken in now.
            return (done, *receiving.settle(store, context.actor, now)[0])

        self._bar.watch(context.runner.run(work, self._applied, context.show_error, owner=self))

    def _applied(self, done: tuple[receiving.Applied, ...]) -> None:
        store = self._context.store
        assert store is not None
        title, paragraphs = inbox_told.told(store, done[0].kind, done[0].subject)
        lines = [inbox_told.one_line(store, applied) for applied in done[1:]]
        self.decided.emit(title, "\n".join([paragraphs[0][1], *lines]))

    def _sender(self, item: InboxItem) -> str:
        store = self._context.store
        assert store is not None
        return inbox_words.sender(item, store.units.region())

    def _phone(self, code: str) -> str:
        store = self._context.store
        unit = store.units.region().find(code) if store is not None else None
        return f"（{unit.phone}）" if unit is not None and unit.phone else ""


def _where(answer: OutboxItem) -> str:
    if answer.written_at is None:
        return "在“下发”页的发件箱里，还没有写出。"
    return f"{moment(answer.written_at)} 写出过。"
