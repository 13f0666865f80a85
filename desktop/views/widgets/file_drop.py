"""Files: the zone they are dropped on, and the row that shows one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.views.icons import Icons
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import button, label, mark, picture

_ICONS = {".pdf": "doc", ".xlsx": "sheet", ".xls": "sheet", ".jbx": "package"}


def size_text(size: int) -> str:
    """A size in bytes as people read it: 86 kB, 1.2 MB, 13.6 GB."""
    for unit, step in (("GB", 1e9), ("MB", 1e6)):
        if size >= step:
            return f"{size / step:.1f} {unit}"
    return f"{max(round(size / 1e3), 1)} kB" if size else "0 kB"


def icon_for(name: str) -> str:
    """The icon of a file by its name."""
    return _ICONS.get(Path(name).suffix.lower(), "file")


class DropZone(QFrame):
    """Dashed; takes files that are dropped, and offers 选择文件 (`chooseRequested`).

    `suffixes` ('.jbx') limits what is taken; other files are `refused`.
    """

    filesDropped = Signal(list)
    refused = Signal(list)
    chooseRequested = Signal()
    # Whether folders are told about too, and not passed over.
    FOLDERS = False

    def __init__(
        self,
        icons: Icons,
        text: str,
        caption: str = "",
        icon: str = "inbox",
        suffixes: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = icons.theme
        self._suffixes = tuple(suffix.lower() for suffix in suffixes)
        self.setProperty("drop", True)
        self.setAcceptDrops(True)
        self.text = label(text, tone="text2")
        self.link = button("选择文件", "link", "choose_file", self.chooseRequested.emit)
        first = row(self.text, gap=2)
        second = row(label(caption, "caption"), gap=2)
        (second if caption else first).addWidget(self.link)
        if caption:
            mark(self.link, kind="smallLink")
        first.addStretch(1)
        second.addStretch(1)
        words = column(first, gap=0)
        if caption:
            words.addLayout(second)
        self._head = row(picture(icons, icon, "text2", 20 if caption else 16), words, gap=12)
        self._head.setStretch(1, 1)
        self._head.setContentsMargins(12, 8, 12, 8)
        self.setLayout(self._head)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        bad, over = self.property("tone") == "bad", bool(self.property("over")) or self.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if over else 1
        pen = QPen(self._theme.colour("behind" if bad else "accent" if over else "field"), width)
        # The style sheet's dashes are as short as the line is wide: they look like dots.
        pen.setDashPattern([4 / width, 3 / width])
        painter.setPen(pen)
        painter.setBrush(self._theme.colour("accentBg" if over else "surface2"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            mark(self, over=True)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        mark(self, over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        mark(self, over=False)
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.take([path for path in paths if self.FOLDERS or path.is_file()])

    def take(self, paths: list[Path]) -> None:
        """Tell about files as if they had been dropped."""
        taken = [path for path in paths if not self._suffixes or path.suffix.lower() in self._suffixes]
        others = [path for path in paths if path not in taken]
        if taken:
            self.filesDropped.emit(taken)
        if others:
            self.refused.emit(others)


class FileRow(QFrame):
    """A file of 52 px: icon, name over caption, size, and a word about its state."""

    def __init__(
        self,
        icons: Icons,
        name: str,
        caption: str = "",
        size: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self.setProperty("file", "row")
        self.setAccessibleName(name)
        self.setFixedHeight(icons.theme.px(52))
        words = column(None, ElidedLabel(name, middle=True), ElidedLabel(caption, "caption"), None, gap=0)
        self._size = label("" if size is None else size_text(size), tone="text2")
        self._tick = picture(icons, "check", "on", 14)
        self._tick.hide()
        self._state = label("", "caption", name="file_state")
        state = QWidget()
        state.setFixedWidth(icons.theme.px(96))
        state.setLayout(row(self._tick, self._state, None, gap=4))
        layout = row(picture(icons, icon_for(name), "text2", 20), words, self._size, 16, state, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def set_state(self, word: str, tone: str = "text3") -> None:
        """等待, 一致…; the tone `good` comes with a tick."""
        self._state.setText(word)
        mark(self._state, tone=tone)
        self._tick.setVisible(tone == "good")
