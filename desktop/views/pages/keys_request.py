"""Asking for a certificate: the key is made here, the request is written where the person says, and again if it was lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.identity import SignRole
from desktop.domain.package import OutboxItem
from desktop.services import enrolling, requesting
from desktop.services.enrolling import SigningState
from desktop.views.context import Context
from desktop.views.pages.carrying import carry_to
from desktop.views.pages.keys_form import SignerForm
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import JobBar
from desktop.wording.terms import full_date, moment


def again_word(request: OutboxItem | None) -> str:
    """The button that writes a request: nothing can be written again that was not written yet."""
    return "再写一份申请…" if request is not None and request.written_at else "写出申请…"


def replacing_words(person: str, act: str) -> str:
    """What asking anew does while a certificate still holds."""
    return (
        f"换了人，或者口令忘了、可能泄露了，在这里重新申请。写出申请以后，这台电脑上{person}的证书随即停用，"
        f"市里发回新证书以前不能{act}。旧证书请市里注销。"
    )


def revoked_words(state: SigningState, act: str) -> str:
    """Since when and by which list a certificate is revoked, and what to do."""
    day = full_date(state.revoked_at.astimezone()) if state.revoked_at else ""
    return (
        f"{state.person}的证书{day}被市里注销了（注销名单第{state.list_number}号），不能再{act}。"
        "在这里申请新证书；换了人的，写新的姓名。"
    )


class RequestingPart(QWidget):
    """A part of the page that asks for the certificate of one role. `done(title, text)` when a step was taken.

    `refresh` is the part's own; `asking` is whether its form was opened by hand.
    """

    done = Signal(str, str)

    def __init__(
        self, context: Context, bar: JobBar, role: SignRole, form: SignerForm, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._bar, self._role, self._form = context, bar, role, form
        self.asking, self._asked_beside = False, ""
        form.setMaximumWidth(context.theme.px(560))
        # Beside a stretch: a layout asks for the height at the whole width, and a form is not that wide.
        self._form_line = row(form, None, gap=0)
        self._form_line.setStretch(0, 1000)
        form.filled.connect(self._request)

    def refresh(self) -> None:
        raise NotImplementedError

    def _request_item(self) -> OutboxItem | None:
        store = self._context.open_store
        return requesting.request_item(store, self._role)

    @staticmethod
    def _when_written(request: OutboxItem | None) -> str:
        """When the request was carried away last."""
        at = request.written_at if request is not None else None
        return f"申请{moment(at)}写出过。" if at else "申请还没有写出。"

    def _open_form(self) -> None:
        self._asked_beside, self.asking = self._state().fingerprint, True
        self.refresh()

    def _state(self) -> SigningState:
        """Where the role stands. A form that was opened closes when what it was opened beside is another now."""
        state = enrolling.signing_state(self._context.open_store, self._role)
        self.asking = self.asking and state.fingerprint == self._asked_beside
        return state

    def _close_form(self) -> None:
        self._form.clear()
        self.asking = False
        self.refresh()

    def _request(self, person: str, passphrase: str) -> None:
        context, store, now, role = self._context, self._context.open_store, self._context.now(), self._role
        folder, anew = self._folder(), self.asking
        if folder is None:
            return
        self._form.set_busy(True)
        job = context.runner.run(
            lambda progress: enrolling.request_certificate(
                store, person, passphrase, context.rounds, context.actor, now, role, anew
            ),
            lambda item: self._requested(item, folder),
            self._not_requested,
            owner=self,
        )
        self._form.bar.watch(job)

    def _requested(self, item: OutboxItem, folder: Path) -> None:
        self._form.clear()
        self._form.set_busy(False)
        self.asking = False
        self._context.tell_changed()
        self.refresh()
        self._carry(item, folder)

    def _not_requested(self, error: Exception) -> None:
        if not self._form.refused(error):
            self._context.show_error(error)

    def _write_again(self) -> None:
        item = self._request_item()
        folder = self._folder() if item else None
        if item is not None and folder is not None:
            self._carry(item, folder)

    def _folder(self) -> Path | None:
        folder: Path | None = self._context.files.folder("把证书申请写到哪里")
        return folder

    def _carry(self, item: OutboxItem, folder: Path) -> None:
        carry_to(self._context, self, self._bar, [item.digest], folder, self._written)

    def _written(self, folder: Path, files: int) -> None:
        self.refresh()
        self.done.emit("申请已写出并核对", f"写进了“{folder}”。交给市里，等市里打电话来核对指纹。")

    def _to_inbox(self) -> None:
        self._context.navigate("inbox")
