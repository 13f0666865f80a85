"""证书 at a unit: three steps from the invitation to a certificate of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.identity import SignRole
from desktop.domain.package import OutboxItem
from desktop.services.enrolling import SigningState
from desktop.views.context import Context
from desktop.views.pages.keys_form import SignerForm
from desktop.views.pages.keys_request import RequestingPart, again_word, replacing_words, revoked_words
from desktop.views.widgets.fingerprint import FingerprintView
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import JobBar, Ring
from desktop.views.widgets.styling import button, label, mark, pane, picture
from desktop.wording.terms import valid_until

# A revoked certificate has to be asked for anew.
STEPS = {"none": 0, "invited": 1, "revoked": 1, "requested": 2, "ready": 3}
_NOT_TAKEN = "已经签发、市里还没有收下的，市里不再收：装好新证书以后，到“导出报送”撤回那一次，再签发。"


class RoadStep(QWidget):
    """One step: a ring with its number, or a tick when it is done; title, words, and what is to be done."""

    def __init__(self, context: Context, number: int, title: str, body: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName(f"keys_step_{number}")
        self._ring, self._tick = Ring(context.icons, number), picture(context.icons, "mark-ok", size=20)
        self._title, self.text = label(title, "strong"), label("", tone="text2", wrap=True)
        self.text.setObjectName(f"keys_step_{number}_text")
        self.body = body or QWidget()
        words = column(self._title, self.text, self.body, None, gap=8)
        line = row(self._ring, self._tick, words, gap=12)
        for part in (self._ring, self._tick):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        line.setStretch(2, 1)
        card = pane("card")
        card.setLayout(line)
        line.setContentsMargins(16, 12, 16, 12)
        self._card = card
        self.setLayout(column(card))

    def stand(self, done: bool, now: bool, text: str) -> None:
        """Done, under way, or still to come."""
        self._ring.setVisible(not done)
        self._tick.setVisible(done)
        mark(self._title, tone="" if done or now else "text3")
        mark(self._card, pane="card" if done or now else "quietCard")
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.setAccessibleName(f"{self._title.text()}，{'办好了' if done else '正在办' if now else '还没到'}")


class CountyRoad(RequestingPart):
    """The issuer's road; those who sign before the issuer come after it."""

    def __init__(self, context: Context, bar: JobBar, parent: QWidget | None = None) -> None:
        form = SignerForm(context, "写出申请…", "request")
        super().__init__(context, bar, SignRole.ISSUER, form, parent)
        self._take = button("去收件，导入邀请", "primary", "keys_go_invitation", self._to_inbox)
        self._root = FingerprintView(context.icons, "root_fingerprint")
        self._own = FingerprintView(context.icons, "own_fingerprint")
        self._again = button("再写一份申请…", "tool", "keys_write_request", self._write_again)
        self._anew = button("重新申请…", "smallLink", "keys_request_anew", self._open_form)
        self._import = button("去收件，导入证书", "primary", "keys_go_certificate", self._to_inbox)
        self._replace = button("换人、重新申请…", "smallLink", "keys_replace", self._open_form)
        self._keep = button("不申请了", "smallLink", "keys_keep", self._close_form)
        self._certificate = FingerprintView(context.icons, "certificate_fingerprint")
        first, self._second, third = QWidget(), QWidget(), QWidget()
        first.setLayout(column(row(self._take, None), self._root, gap=8))
        asked = row(self._again, self._anew, self._keep, None)
        self._second.setLayout(column(self._form_line, self._own, asked, gap=10))
        third.setLayout(column(row(self._import, None), self._certificate, row(self._replace, None), gap=8))
        self._steps = (
            RoadStep(context, 1, "导入市里的邀请，核对指纹", first),
            RoadStep(context, 2, "申请证书", self._second),
            RoadStep(context, 3, "导入市里发回的证书", third),
        )
        self.setLayout(column(*self._steps, gap=12))

    def refresh(self) -> None:
        """Where the unit stands on its road."""
        store = self._context.open_store
        state = self._state()
        place = STEPS[state.state]
        request, replacing = self._request_item(), place == 3 and self.asking
        texts = (
            self._first_words(place),
            self._second_words(place, state, request),
            self._third_words(place, state),
        )
        for number, (step, text) in enumerate(zip(self._steps, texts, strict=True)):
            under_way = number == place or (number == 1 and (place == 2 or replacing))
            step.stand(number < place and not under_way, under_way, text)
        mark(self._steps[1].text, tone="bad" if state.state == "revoked" else "text2")
        self._root.show_digest(state.root_fingerprint)
        self._own.show_digest(state.fingerprint)
        self._again.setText(again_word(request))
        self._again.setAccessibleName(self._again.text())
        self._certificate.show_digest(state.fingerprint)
        self._form.set_person(state.person or store.settings.get("issuer", ""))
        asking = place == 1 or (place >= 2 and self.asking)
        shown = (
            (self._take, place == 0),
            (self._root, place >= 1),
            (self._form, asking),
            (self._own, place == 2 and not asking),
            (self._again, place == 2 and not asking and request is not None),
            (self._anew, place == 2 and not asking),
            (self._import, place == 2 and not asking),
            (self._certificate, place == 3),
            (self._replace, place == 3 and not asking),
            (self._keep, place >= 2 and asking),
        )
        for part, visible in shown:
            part.setVisible(visible)
        for step, visible in zip(self._steps, (True, place in (1, 2) or replacing, place >= 2), strict=True):
            step.body.setVisible(visible)

    def _open_form(self) -> None:
        super()._open_form()
        self._form.start()

    def _first_words(self, place: int) -> str:
        if place == 0:
            return "把市里发来的邀请（.jbx）在“收件”里打开，打电话和市里逐字核对指纹，再导入。"
        return "市里根证书的指纹，已经核对过。"

    def _second_words(self, place: int, state: SigningState, request: OutboxItem | None) -> str:
        if place == 0:
            return ""
        if state.state == "revoked":
            return revoked_words(state, "签发") + _NOT_TAKEN
        if place == 3 and self.asking:
            return replacing_words(state.person, "签发")
        if place == 1:
            return "钥匙在这台电脑上生成，只留在这里。申请文件交给市里，市里核对后发回证书。"
        if place == 2:
            return f"{self._when_written(request)}{state.person}的指纹在下面，市里打电话来核对时照着念。"
        return f"{state.person}的申请已经办好。"

    def _third_words(self, place: int, state: SigningState) -> str:
        if place < 2:
            return ""
        if place == 2:
            return "收到市里发回的证书（.jbx），在“收件”里导入，就可以签发了。"
        until = valid_until(state.not_after)
        return f"可以签发了。签发人{state.person}{until}。证书的指纹："
