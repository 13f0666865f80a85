"""佐证材料 as chips: files that are opened and taken off by mouse and keyboard, and the zone that takes new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QToolButton, QWidget

from desktop.domain.report import Evidence
from desktop.services.evidencing import told_name
from desktop.views.icons import Icons
from desktop.views.widgets.file_drop import DropZone, icon_for, size_text
from desktop.views.widgets.layout import FlowLayout, column, discard, row
from desktop.views.widgets.notices import JobBar
from desktop.views.widgets.styling import button, label, mark, picture

_OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}

File = tuple[str, str, int]
"""Key, name, size in bytes."""


class FileChip(QFrame):
    """A file's name and size; `opened` by a click on its name or Enter, `removed` by its cross or Del."""

    opened = Signal()
    removed = Signal()

    def __init__(
        self, icons: Icons, name: str, size: int, removable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._removable = removable
        self.setProperty("file", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{name}，{size_text(size)}")
        self.setAccessibleDescription("回车打开" + ("，Delete 去掉" if removable else ""))
        shown = name if len(name) <= 24 else f"{name[:14]}…{name[-9:]}"
        opener = button(shown, "quiet", "open_file", self.opened.emit)
        opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        opener.setToolTip(f"{name}\n点名称或按回车打开" + ("，按 Delete 去掉" if removable else ""))
        layout = row(
            picture(icons, icon_for(name), "text2", 14), opener, label(size_text(size), "caption"), gap=4
        )
        layout.setContentsMargins(8, 1, 8, 1)
        if removable:
            layout.addWidget(_cross(icons, f"去掉“{name}”", self.removed.emit))
            layout.setContentsMargins(8, 1, 3, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPEN_KEYS:
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._removable:
            self.removed.emit()
        elif event.key() in _STEPS:
            self.focusNextPrevChild(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class FileChips(QWidget):
    """Files to open, in lines that wrap. `opened(key)`, and where they may be taken off `removed(key)`."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(
        self,
        icons: Icons,
        files: Sequence[File] = (),
        tail: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._shown: tuple[tuple[File, ...], bool] = ((), True)
        self.chips: list[FileChip] = []
        self._flow = FlowLayout(self, 8, 4)
        if tail is not None:
            self._flow.addWidget(tail)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_files(files, removable=False)

    def set_files(self, files: Sequence[File], removable: bool = True) -> bool:
        """Show these files; False where they are shown already. The focus stays at its place in the row."""
        if (tuple(files), removable) == self._shown:
            return False
        self._shown = (tuple(files), removable)
        focused = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), None)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            discard(chip)
        self.chips = [self._chip(number, file, removable) for number, file in enumerate(files)]
        if focused is not None and self.chips:
            self.chips[min(focused, len(self.chips) - 1)].setFocus()
        self.updateGeometry()
        return True

    def _chip(self, number: int, file: File, removable: bool) -> FileChip:
        key, name, size = file
        chip = FileChip(self._icons, name, size, removable)
        chip.setObjectName(f"file_{key}")
        chip.opened.connect(lambda: self.opened.emit(key))
        chip.removed.connect(lambda: self.removed.emit(key))
        self._flow.insert_widget(number, chip)
        # Now, and not with the next event: it may be given the focus at once.
        chip.show()
        return chip


def file_chips(icons: Icons, evidence: Sequence[Evidence]) -> FileChips:
    """The files of an entry, to be opened."""
    return FileChips(icons, [(e.digest, told_name(e.name), e.size) for e in evidence])


class EvidenceZone(DropZone):
    """A drop zone that shows the files it holds as chips before its words (佐证材料), and below them what they weigh.

    Pictures out of the clipboard come as `imagePasted`; `filesShown` when other files are shown.
    """

    opened = Signal(str)
    removed = Signal(str)
    imagePasted = Signal(QImage)
    filesShown = Signal()
    FOLDERS = True

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(icons, "把文件拖到这里，或", icon="clip", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setToolTip("也可以按 Ctrl+V 粘贴截图或复制的文件")
        tail = QWidget()
        tail.setLayout(row(self.text, self.link, gap=2))
        self._head.takeAt(1)
        self.files = FileChips(icons, tail=tail)
        self.files.opened.connect(self.opened)
        self.files.removed.connect(self.removed)
        self._weight = label("", "caption", name="evidence_weight", wrap=True)
        self._said = label("", "caption", "accent", "evidence_said", wrap=True)
        self.bar = JobBar()
        for part in (self._weight, self._said):
            part.hide()
        words = QWidget()
        words.setLayout(column(self.files, self._weight, self._said, self.bar, gap=4))
        self._head.addWidget(words, 1)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        words.setSizePolicy(policy)
        self.setSizePolicy(policy)

    def set_files(self, files: Sequence[File], removable: bool = True) -> None:
        """Show files as (key, name, size in bytes)."""
        focused = any(chip.hasFocus() for chip in self.files.chips)
        if self.files.set_files(files, removable):
            # What is made last stands last in the order of Tab: chips come before the link, as they are read.
            for before, after in pairwise((self, *self.files.chips)):
                QWidget.setTabOrder(before, after)
            if focused and not files:
                self.link.setFocus()
            self.updateGeometry()
        self.filesShown.emit()

    def show_weight(self, text: str, near: bool = False) -> None:
        """What the files weigh; `near` where there is not much room left."""
        self._weight.setText(text)
        self._weight.setVisible(bool(text))
        mark(self._weight, tone="warn" if near else "")

    def say(self, text: str) -> None:
        """A quiet word about what was just given; empty takes it away."""
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def take(self, paths: list[Path]) -> None:
        """Tell about whatever was given; what it is worth as evidence is not judged here."""
        if paths:
            self.filesDropped.emit(paths)
        else:
            self.say("拖来的不是电脑里的文件。请先存到电脑上，再放进来。")

    def paste(self, source: QMimeData) -> None:
        """Files that were copied, or a picture."""
        paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        image = QImage() if paths or not source.hasImage() else QImage(source.imageData())
        if paths:
            self.take(paths)
        elif not image.isNull():
            self.imagePasted.emit(image)
        else:
            self.say("剪贴板里没有图片，也没有文件。先截图或复制文件，再按 Ctrl+V。")

    def menu(self) -> QMenu:
        """What the right mouse button offers."""
        made = QMenu(self)
        source = QGuiApplication.clipboard().mimeData()
        paste = made.addAction("粘贴截图或文件\tCtrl+V", self._paste)
        paste.setEnabled(self.acceptDrops() and (source.hasImage() or source.hasUrls()))
        choose = made.addAction("选择文件…", self.chooseRequested.emit)
        choose.setEnabled(self.acceptDrops())
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        made = self.menu()
        made.exec(event.globalPos())
        made.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.acceptDrops():
            self._paste()
        else:
            super().keyPressEvent(event)

    def _paste(self) -> None:
        self.paste(QGuiApplication.clipboard().mimeData())


def _cross(icons: Icons, tip: str, clicked: Callable[[], object]) -> QToolButton:
    made = QToolButton()
    made.setObjectName("remove_file")
    made.setProperty("kind", "tiny")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setIcon(icons.icon("close", "text3", 12))
    made.setIconSize(QSize(icons.theme.px(12), icons.theme.px(12)))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.clicked.connect(lambda: clicked())
    return made
