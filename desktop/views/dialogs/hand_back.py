"""交还原件: what a unit handed in, or all that was exchanged with it, written out as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.file_names import plain_name
from desktop.domain.package import InboxItem
from desktop.domain.progress import Progress
from desktop.jobs.runner import Job
from desktop.services import handing_back
from desktop.services.handing_back import Piece
from desktop.services.writing import WrittenFile, made_folder
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.radio_card import RadioCard
from desktop.views.widgets.styling import label
from desktop.wording import keeping as words
from desktop.wording.steps import spoken


class HandBackDialog(Dialog):
    """`handed(folder, number of files)` once they are written and read back; closing it before that writes no more."""

    handed = Signal(object, int)

    def __init__(self, context: Context, item: InboxItem, parent: QWidget | None = None) -> None:
        store = context.open_store
        unit = store.units.region().find(item.issuer.code)
        self._name = unit.short_name if unit else item.issuer.code
        super().__init__("交还原件", f"交还给{self._name}", 560, parent)
        self.setObjectName("hand_back_dialog")
        self._context = context
        self._one = (handing_back.piece_of(store, item),)
        self._all = handing_back.exchanged(store, item.issuer.code)
        self._job: Job[tuple[WrittenFile, ...]] | None = None
        self.body.addWidget(label(words.HAND_BACK, tone="text2", name="hand_back_words", wrap=True))
        self.single = RadioCard(context.icons, "只这一份", self._one[0].name)
        self.single.setObjectName("hand_back_one")
        self.every = RadioCard(
            context.icons,
            f"和{self._name}往来的全部{len(self._all)}个文件",
            words.exchanged(piece.kind for piece in self._all),
        )
        self.every.setObjectName("hand_back_all")
        self.single.setChecked(True)
        self._banner = Banner(context.icons, "bad")
        self._banner.setObjectName("hand_back_banner")
        self._banner.hide()
        self._bar = JobBar()
        for part in (self.single, self.every, self._banner, self._bar):
            self.body.addWidget(part)
        self.add_button("取消", name="hand_back_cancel", clicked=self.reject)
        self._go = self.add_button("写到文件夹…", "primary", "hand_back_go", self._write)

    def _write(self) -> None:
        root = self._context.files.folder("把原件写到哪里")
        if root is None:
            return
        self._banner.hide()
        context, store, now = self._context, self._context.open_store, self._context.now()
        every = self.every.isChecked()
        pieces: Sequence[Piece] = self._all if every else self._one
        below = (plain_name(words.exchanged_folder(self._name, now)),) if every else ()

        def work(progress: Progress) -> tuple[WrittenFile, ...]:
            # A folder of their own keeps the many apart from what lies there.
            folder = made_folder(root, *below)
            return handing_back.hand_back(store, pieces, folder, context.actor, now, spoken(progress))

        self._set_busy(True)
        self._job = context.runner.run(work, self._done, self._failed, self)
        self._bar.watch(self._job, "正在查验")

    def _set_busy(self, busy: bool) -> None:
        for part in (self.single, self.every, self._go):
            part.setEnabled(not busy)

    def _done(self, written: tuple[WrittenFile, ...]) -> None:
        self._job = None
        self.accept()
        self.handed.emit(written[0].path.parent, len(written))

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._set_busy(False)
        if isinstance(error, CancelledError):
            return
        if isinstance(error, UserError):
            show_in_banner(self._banner, error)
        else:
            self._context.show_error(error)

    def reject(self) -> None:
        """Leave; what is being written is told to stop between two files."""
        if self._job is not None:
            self._job.cancel()
        super().reject()
