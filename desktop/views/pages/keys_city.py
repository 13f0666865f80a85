"""证书 at the city: its root, who signs, and every unit's road to its certificate."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from desktop.domain.identity import Enrolment, Issued, SignRole, read_out
from desktop.domain.package import InboxItem, OutboxItem
from desktop.domain.signatures import CO_SIGNERS
from desktop.domain.unit import Unit
from desktop.services import certifying, enrolling, exporting, requesting, revoking
from desktop.views.context import Context
from desktop.views.dialogs.passphrase import with_passphrase
from desktop.views.files import EVERYTHING
from desktop.views.pages.carrying import carry_to
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.fingerprint import FingerprintView
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import JobBar, SectionHead
from desktop.views.widgets.styling import button, label, pane
from desktop.wording.revoking import whose
from desktop.wording.terms import SIGN_ROLE, full_date, month_day

_STATES = {
    "": ("还没邀请", "text3"),
    "invited": ("已邀请，等申请", "text2"),
    "requested": ("申请来了，等您核对", "accent"),
    "certified": ("证书已发", "good"),
    "revoked": ("已注销", "bad"),
}
_CERTIFICATES = ("证书文件 (*.pem)", EVERYTHING)


class RootCard(QWidget):
    """The root's fingerprint to be read out, who signs, until when; 导出根证书."""

    exported = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.fingerprint = FingerprintView(context.icons, "root_fingerprint")
        self._signer = label("", tone="text2", name="keys_signer", wrap=True)
        export = button("导出根证书…", name="keys_export_root", clicked=self._export)
        words = column(
            label("根证书的指纹", "strong"),
            self.fingerprint,
            label("各单位导入邀请时会打电话来核对，照这里念。", "caption"),
            gap=6,
        )
        card = pane("card")
        card.setLayout(
            row(words, 24, column(self._signer, row(export, None), gap=8), None, margins=(16, 12, 16, 12))
        )
        self.setLayout(column(card))

    def refresh(self) -> None:
        store = self._context.open_store
        state, root = enrolling.signing_state(store), store.keys.get("root")
        self.fingerprint.show_digest(state.root_fingerprint)
        until = f"签发证书有效到{full_date(state.not_after)}" if state.not_after else ""
        roots = f"根证书有效到{full_date(root.not_after)}" if root and root.not_after else ""
        self._signer.setText("\n".join(part for part in (f"签发人　{state.person}", until, roots) if part))

    def _export(self) -> None:
        store = self._context.open_store
        trust = store.keys.trust()
        path = self._context.files.save_file("导出根证书", "root.pem", _CERTIFICATES)
        if path is None or trust is None:
            return
        self._context.runner.run(
            lambda progress: exporting.write_named({path: trust.root}),
            lambda written: self.exported.emit(written[0].path),
            self._context.show_error,
            owner=self,
        )


class UnitTable(QWidget):
    """The units that report, each with how far it is; chosen ones are invited in one go.

    `revoking(Issued)` when a certificate that still holds is to be revoked.
    """

    invited = Signal(object, int)
    revoking = Signal(object)

    def __init__(self, context: Context, bar: JobBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._bar, self._px = context, bar, context.theme.px
        self._ticks: dict[str, QCheckBox] = {}
        self._invite = button("生成邀请，写到…", "primary", "keys_invite", self.invite)
        self._head = SectionHead(context.icons, "各单位的证书", trailing=self._invite)
        self._all = QCheckBox("单位")
        self._all.setProperty("role", "label")
        self._all.setObjectName("keys_all")
        self._all.clicked.connect(self._tick_all)
        heads = pane("surface2")
        heads.setLayout(self._spread(self._all, *(label(t, "label") for t in ("进度", "姓名", "指纹", ""))))
        self._lines = column(gap=0)
        self.setLayout(column(self._head, heads, self._lines, gap=0))
        self.layout().insertSpacing(1, 8)

    def refresh(self) -> None:
        """Reads the units and their states; ticks stay."""
        store = self._context.open_store
        ticked = {code for code, tick in self._ticks.items() if tick.isChecked()}
        clear(self._lines)
        self._ticks = {}
        waiting = requesting.waiting_requests(store)
        known = {(enrolment.unit_code, enrolment.role): enrolment for enrolment in store.keys.enrolments()}
        standing = revoking.standing(store, self._context.now())
        done = 0
        for unit in store.units.region().reporting:
            issuer = (unit.code, SignRole.ISSUER)
            enrolment = known.get(issuer)
            done += bool(enrolment and enrolment.state == "certified")
            self._add(unit, enrolment, waiting.get(issuer), unit.code in ticked)
            self._add_older(unit, enrolment, standing.get(issuer, ()))
            for role in CO_SIGNERS:
                held, asked = known.get((unit.code, role)), waiting.get((unit.code, role))
                if held is not None or asked is not None:
                    self._add_co_signer(unit, role, held, asked)
                    self._add_older(unit, held, standing.get((unit.code, role), ()))
        self._head.set_caption(f"{done}/{len(self._ticks)} 已发证书")
        self._follow()

    def take_focus(self) -> None:
        self._all.setFocus()

    def invite(self) -> None:
        """One invitation for each ticked unit, all written to one folder."""
        codes = [code for code, tick in self._ticks.items() if tick.isChecked()]
        context, store, now = self._context, self._context.store, self._context.now()
        folder = context.files.folder("把邀请写到哪里") if codes else None
        if folder is None or store is None:
            return

        def work(passphrase: str) -> list[OutboxItem]:
            identity = enrolling.signer(store, passphrase)
            return [certifying.invite(store, code, identity, context.actor, now) for code in codes]

        text = f"给{len(codes)}家单位做邀请，要签名。口令只用这一次，不会保存。"
        made = with_passphrase(context, self, "用您的口令签名", text, f"做{len(codes)}份邀请", work)
        if made:
            self._carry([item.digest for item in made], folder)

    def _carry(self, digests: list[str], folder: Path) -> None:
        for tick in self._ticks.values():
            tick.setChecked(False)
        carry_to(self._context, self, self._bar, digests, folder, self.invited.emit)

    def _add(self, unit: Unit, enrolment: Enrolment | None, request: InboxItem | None, ticked: bool) -> None:
        word, tone = _progress(enrolment, request)
        tick = QCheckBox(unit.short_name)
        tick.setObjectName(f"unit_{unit.code}")
        tick.setAccessibleName(f"{unit.name}，{word}")
        tick.setChecked(ticked)
        tick.toggled.connect(lambda on: self._follow())
        self._ticks[unit.code] = tick
        acts = self._acts(unit, enrolment, request, unit.code)
        self._line(tick, word, tone, enrolment, acts)

    def _add_co_signer(
        self, unit: Unit, role: SignRole, enrolment: Enrolment | None, request: InboxItem | None
    ) -> None:
        """Below the unit's line: who else of it has a certificate, or asks for one."""
        word, tone = _progress(enrolment, request)
        head = QWidget()
        # Under the unit's name, a little further in.
        head.setLayout(row(32, label(SIGN_ROLE[role], tone="text2", name=f"{role.value}_{unit.code}"), None))
        self._line(
            head, word, tone, enrolment, self._acts(unit, enrolment, request, f"{unit.code}_{role.value}")
        )

    def _add_older(self, unit: Unit, enrolment: Enrolment | None, standing: tuple[Issued, ...]) -> None:
        """Certificates of before that still hold beside the present one."""
        present = enrolment.fingerprint if enrolment and enrolment.state == "certified" else ""
        for issued in standing:
            if issued.fingerprint == present:
                continue
            head = QWidget()
            head.setLayout(row(32, label(f"{SIGN_ROLE[issued.role]}的旧证书", tone="text2"), None))
            word = f"还有效，{month_day(issued.issued_at)}发的"
            acts = QWidget()
            acts.setLayout(row(None, self._revoke_link(unit, issued, f"revoke_{issued.fingerprint[:16]}")))
            self._line(head, word, "warn", issued, acts)

    def _acts(self, unit: Unit, enrolment: Enrolment | None, request: InboxItem | None, name: str) -> QWidget:
        """去核对 for a request that came, 注销… for a certificate that holds."""
        parts: list[QWidget] = []
        if request is not None:
            digest = request.digest
            go = button(
                "去核对", "smallLink", f"request_{name}", lambda: self._context.navigate("inbox", digest)
            )
            parts.append(go)
        if enrolment is not None and enrolment.state == "certified":
            issued = self._context.open_store.keys.issued_as(enrolment.fingerprint)
            if issued is not None:
                parts.append(self._revoke_link(unit, issued, f"revoke_{name}"))
        made = QWidget()
        made.setLayout(row(None, *parts, gap=8))
        return made

    def _revoke_link(self, unit: Unit, issued: Issued, name: str) -> QWidget:
        made = button("注销…", "smallLink", name, lambda: self.revoking.emit(issued))
        made.setAccessibleName(f"注销{whose(unit.short_name, issued)}")
        return made

    def _line(
        self, head: QWidget, word: str, tone: str, shown: Enrolment | Issued | None, acts: QWidget
    ) -> None:
        person = shown.person if shown else ""
        fingerprint = read_out(shown.fingerprint) if shown and shown.fingerprint else ""
        made = QFrame()
        made.setProperty("file", "row")
        made.setFixedHeight(self._px(34))
        cells = (label(word, tone=tone), ElidedLabel(person), ElidedLabel(fingerprint, tone="text2"), acts)
        made.setLayout(self._spread(head, *cells))
        self._lines.addWidget(made)

    def _spread(self, *cells: QWidget) -> object:
        line = row(*cells, gap=12, margins=(8, 4, 8, 4))
        for place, share in enumerate((5, 4, 3, 5)):
            line.setStretch(place, share)
            policy = cells[place].sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Ignored)
            cells[place].setSizePolicy(policy)
            cells[place].setMinimumWidth(self._px(60))
        cells[4].setFixedWidth(self._px(100))
        return line

    def _tick_all(self, on: bool) -> None:
        for tick in self._ticks.values():
            tick.setChecked(on)

    def _follow(self) -> None:
        count = sum(tick.isChecked() for tick in self._ticks.values())
        self._all.setChecked(bool(self._ticks) and count == len(self._ticks))
        self._invite.setText(f"生成{count}份邀请，写到…" if count else "先勾选要邀请的单位")
        self._invite.setAccessibleName(self._invite.text())
        self._invite.setEnabled(bool(count))


def _progress(enrolment: Enrolment | None, request: InboxItem | None) -> tuple[str, str]:
    """How far a role of a unit is, and in which tone that is said."""
    state = "requested" if request is not None else enrolment.state if enrolment else ""
    word, tone = _STATES[state]
    if state in ("certified", "revoked") and enrolment is not None and enrolment.changed_at:
        word = f"{word}，{month_day(enrolment.changed_at)}"
    return word, tone
