"""Asking for a certificate: the key is made here, the request is written where the person says, and again if it was lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.identity import SignRole
from desktop.domain.package import OutboxItem
from desktop.services import enrolling, requesting
from desktop.views.context import Context
from desktop.views.pages.carrying import carry_to
from desktop.views.pages.keys_form import SignerForm
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import JobBar
from desktop.wording.terms import moment


def again_word(request: OutboxItem | None) -> str:
    """The button that writes a request: nothing can be written again that was not written yet."""
    return "再写一份申请…" if request is not None and request.written_at else "写出申请…"


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
        self.asking = False
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
        self.asking = True
        self.refresh()

    def _request(self, person: str, passphrase: str) -> None:
        context, store, now, role = self._context, self._context.open_store, self._context.now(), self._role
        folder = self._folder()
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
