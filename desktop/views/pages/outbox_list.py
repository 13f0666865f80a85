"""What waits to be carried out: packages of the outbox, written to a folder or a stick and read back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from desktop.domain.package import OutboxItem, PackageKind
from desktop.views.context import Context
from desktop.views.drives import done_word
from desktop.views.errors import show_in_banner
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import button, label
from desktop.wording.steps import spoken
from desktop.wording.terms import PACKAGE, moment

_MOST = 200


class OutboxList(QWidget):
    """Packages of some kinds, the newest first; those not written yet are ticked. `written` when files were written."""

    written = Signal(object)

    def __init__(
        self, context: Context, kinds: tuple[PackageKind, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._kinds = context, kinds
        self._boxes: dict[str, QCheckBox] = {}
        self._unticked: set[str] = set()
        self._all = False
        self._busy = False
        self._head = label("", "caption", name="outbox_head")
        self._more = button("", "smallLink", "outbox_more", self._turn)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        holder = QWidget()
        holder.setProperty("pane", "")
        holder.setLayout(self._column)
        self._area = QScrollArea()
        self._area.setObjectName("outbox_area")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(holder)
        self._banner = Banner(context.icons, "good")
        self._banner.setObjectName("outbox_banner")
        self._banner.hide()
        self._bar = JobBar()
        self.write = button("", "secondary", "outbox_write", self._ask_folder)
        head = row(label("发件箱", "strong", name="outbox_title"), self._head, None, self._more)
        self.setLayout(column(head, self._banner, self._area, self._bar, row(self.write, None), gap=8))
        self.layout().setStretch(2, 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the outbox anew; ticks that were taken away stay away."""
        items = [item for item in self._items() if item.kind in self._kinds]
        waiting = [item for item in items if item.written_at is None]
        carried = len(items) - len(waiting)
        shown = items[:_MOST] if self._all else waiting
        self._head.setText(f"{len(waiting)}件还没写出" if waiting else "没有要写出的文件")
        self._more.setText("只看没写出的" if self._all else f"写出过的{carried}件")
        self._more.setVisible(bool(carried))
        clear(self._column)
        self._boxes = {}
        for item in shown:
            self._column.addWidget(self._line(item))
        self._column.addStretch(1)
        self._say()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Digests of what is ticked."""
        return tuple(digest for digest, box in self._boxes.items() if box.isChecked())

    def write_to(self, digests: Iterable[str], folder: Path) -> None:
        """Write these packages, as if they had been chosen."""
        from desktop.services import sending

        store, context, wanted, now = (
            self._context.open_store,
            self._context,
            tuple(digests),
            self._context.now(),
        )
        self._busy = True
        self._banner.hide()
        self._say()
        job = context.runner.run(
            lambda progress: sending.carry_out(store, wanted, folder, context.actor, now, spoken(progress)),
            lambda files: self._done(folder, files),
            self._failed,
            owner=self,
        )
        self._bar.watch(job)

    def _items(self) -> tuple[OutboxItem, ...]:
        store = self._context.store
        return store.packages.outbox() if store is not None else ()

    def _line(self, item: OutboxItem) -> QWidget:
        box = QCheckBox()
        box.setObjectName(f"outbox_{item.digest[:12]}")
        box.setAccessibleName(item.file_name)
        box.setChecked(item.written_at is None and item.digest not in self._unticked)
        box.toggled.connect(lambda ticked: self._ticked(item.digest, ticked))
        self._boxes[item.digest] = box
        state = f"{moment(item.written_at)}写出过" if item.written_at else f"{moment(item.created_at)}做好"
        # Its name begins with whom it is for and ends with what it is.
        name = ElidedLabel(item.file_name, middle=True)
        caption = ElidedLabel(f"{PACKAGE[item.kind.value]} · {state}", "caption")
        made = QWidget()
        line = row(box, column(name, caption, gap=0), gap=8, margins=(0, 5, 8, 5))
        line.setStretch(1, 1)
        made.setLayout(line)
        made.setToolTip(f"{item.file_name}\n发给{item.recipient.name}")
        return made

    def _ticked(self, digest: str, ticked: bool) -> None:
        (self._unticked.discard if ticked else self._unticked.add)(digest)
        self._say()

    def _say(self) -> None:
        count = len(self.chosen)
        self.write.setText(f"把{count}件写到文件夹或U盘…" if count else "写到文件夹或U盘…")
        self.write.setAccessibleName(self.write.text())
        self.write.setEnabled(count > 0 and not self._busy)
        self.write.setVisible(bool(self._boxes))

    def _turn(self) -> None:
        self._all = not self._all
        self.refresh()

    def _ask_folder(self) -> None:
        digests = self.chosen
        folder = self._context.files.folder("写到哪个文件夹或U盘")
        if folder is not None and digests:
            self.write_to(digests, folder)

    def _done(self, folder: Path, files: tuple[object, ...]) -> None:
        self._busy = False
        say_written(self._banner, self._context, folder, len(files))
        self.refresh()
        self.written.emit(files)
        self._context.tell_changed()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.refresh()
        if isinstance(error, UserError):
            self._banner.clear_actions()
            show_in_banner(self._banner, error)
        else:
            self._context.show_error(error)


def say_written(banner: Banner, context: Context, folder: Path, count: int) -> None:
    """The green banner after files were written and read back, with the way to the folder."""
    banner.clear_actions()
    banner.say(
        "good",
        done_word(folder),
        f"{count}个文件写进了“{folder}”，又读回来逐个比对，完全一致。",
    )
    banner.add_action("打开文件夹", lambda: context.files.show(folder), "tool", "open_folder")
    banner.show()
