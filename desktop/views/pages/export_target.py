"""Step 1 of the export: which stick, or which folder. Sticks appear by themselves."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.views.context import Context
from desktop.views.drives import Drive, Drives
from desktop.views.widgets.file_drop import size_text
from desktop.views.widgets.layout import column
from desktop.views.widgets.notices import SectionHead
from desktop.views.widgets.radio_card import RadioCard

LOOK_EVERY_MS = 2000
FOLDER_WORDS = ("其他文件夹…", "先存到电脑上，以后再拷")
_COLUMNS = 3


class TargetChooser(QWidget):
    """Cards for the drives that are there and one for a folder; `changed` when another target holds."""

    changed = Signal()

    def __init__(self, context: Context, drives: Drives, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._look = context, drives
        self._drives: tuple[Drive, ...] = ()
        self._cards: list[RadioCard] = []
        self._folder: Path | None = None
        self._uses_folder = False
        self.head = SectionHead(context.icons, "选U盘或文件夹", number=1)
        self._other = RadioCard(context.icons, *FOLDER_WORDS, icon="folder")
        self._other.setObjectName("drive_other")
        self._other.clicked.connect(self.choose_folder)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        for number in range(_COLUMNS):
            self._grid.setColumnStretch(number, 1)
        self.setLayout(column(self.head, self._grid, gap=8))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._arrange()

    @property
    def drive(self) -> Drive | None:
        """The drive that is chosen, if it is one."""
        if self._uses_folder:
            return None
        return next((d for d, card in zip(self._drives, self._cards, strict=True) if card.isChecked()), None)

    @property
    def folder(self) -> Path | None:
        """The folder that is chosen, if it is no drive."""
        return self._folder if self._uses_folder else None

    def look(self) -> None:
        """See which drives are there now; the cards change only where the drives did."""
        drives = self._look()
        if [d.root for d in drives] != [d.root for d in self._drives]:
            chosen = self.drive
            self._drives = drives
            self._arrange()
            self._check(chosen.root if chosen else None)
            self.changed.emit()
        else:
            self._drives = drives
        for drive, card in zip(self._drives, self._cards, strict=True):
            card.say(drive.name, f"{drive.file_system}　可用 {size_text(drive.free)}")

    def choose_folder(self) -> bool:
        """Asks for a folder; False when the person went back, and then all is as before."""
        folder = self._context.files.folder("把季报存到哪个文件夹")
        if folder is None and self._folder is None:
            self._check(self._drives[0].root if self._drives and not self._uses_folder else None)
            return False
        if folder is not None:
            self._folder = folder
            self._other.say(folder.name or str(folder), str(folder))
        self._uses_folder = True
        self._check(None)
        self.changed.emit()
        return folder is not None

    def set_locked(self, locked: bool) -> None:
        """While files are written nothing else can be chosen."""
        for card in (*self._cards, self._other):
            card.setEnabled(not locked)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _arrange(self) -> None:
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.setParent(None)
            card.deleteLater()
        self._cards = []
        for number, drive in enumerate(self._drives):
            card = RadioCard(self._context.icons, drive.name, icon="usb")
            card.setObjectName(f"drive_{number}")
            card.clicked.connect(self._drive_clicked)
            self._cards.append(card)
        for number, card in enumerate((*self._cards, self._other)):
            self._grid.addWidget(card, number // _COLUMNS, number % _COLUMNS)
        here = "插上就会出现，不用刷新"
        self.head.set_caption(here if self._drives else f"没有看到U盘。{here}。也可以先存到文件夹")

    def _drive_clicked(self) -> None:
        self._uses_folder = False
        self.changed.emit()

    def _check(self, root: Path | None) -> None:
        """Check the card of a drive, or the folder's; without either, the first drive's."""
        if self._uses_folder:
            self._other.setChecked(True)
            return
        roots = [drive.root for drive in self._drives]
        if self._cards:
            self._cards[roots.index(root) if root in roots else 0].setChecked(True)
        else:
            self._other.setAutoExclusive(False)
            self._other.setChecked(False)
            self._other.setAutoExclusive(True)
