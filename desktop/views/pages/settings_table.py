"""The tables of the settings page: rows under group heads, filtered as one types, worked from the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop.views.context import Context

_KEY = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class TableLine:
    """A row under its key; a `cells` of one text and no key is a group's head."""

    key: str
    cells: tuple[str, ...]


class SettingsTable(QTableView):
    """`opened(key)` by Enter or a double click, `remove_wanted(key)` by Delete, `chosen()` when the row changes."""

    opened = Signal(str)
    remove_wanted = Signal(str)
    chosen = Signal()

    def __init__(self, context: Context, heads: Sequence[str], widths: Sequence[int]) -> None:
        super().__init__()
        self._theme, self._heads, self._widths = context.theme, tuple(heads), tuple(widths)
        self._lines: tuple[TableLine, ...] = ()
        self._shown = QStandardItemModel(0, len(heads), self)
        self.setModel(self._shown)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(context.theme.space("tableRow"))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self._show_heads()
        for section, width in enumerate(widths):
            if width:
                self.setColumnWidth(section, context.theme.px(width))
            else:
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _: self._open())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())

    def hide_column(self, section: int, hidden: bool, instead: int | None = None) -> None:
        """Leaves a column out, or shows it again; its room goes to the column `instead`, where one is named."""
        self.setColumnHidden(section, hidden)
        if instead is not None:
            modes = QHeaderView.ResizeMode
            self.horizontalHeader().setSectionResizeMode(
                instead, modes.Stretch if hidden else modes.Interactive
            )
            if not hidden:
                self.setColumnWidth(instead, self._theme.px(self._widths[instead]))

    def _show_heads(self) -> None:
        self._shown.setHorizontalHeaderLabels(list(self._heads))

    def show_lines(self, lines: Sequence[TableLine]) -> None:
        """Shows rows; the chosen one stays chosen while it is among them, and the scroll stays."""
        key, top = self.key, self.verticalScrollBar().value()
        self._lines = tuple(lines)
        self.clearSpans()
        self._shown.setRowCount(0)
        for number, line in enumerate(self._lines):
            self._shown.appendRow([self._item(line, text) for text in line.cells])
            if not line.key:
                self.setSpan(number, 0, 1, len(self._heads))
                self.setRowHeight(number, self._theme.space("groupHead"))
        self.choose(key)
        self.verticalScrollBar().setValue(top)

    def _item(self, line: TableLine, text: str) -> QStandardItem:
        item = QStandardItem(text)
        item.setData(line.key, _KEY)
        item.setToolTip(text)
        if not line.key:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setBackground(self._theme.colour("surface2"))
            item.setForeground(self._theme.colour("text2"))
            item.setFont(self._theme.font("caption"))
        return item

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the rows that are shown."""
        return tuple(line.key for line in self._lines if line.key)

    @property
    def key(self) -> str:
        """The chosen row's key, or nothing."""
        index = self.currentIndex()
        return self._lines[index.row()].key if index.isValid() and index.row() < len(self._lines) else ""

    def choose(self, key: str) -> bool:
        """Makes a row current; False if it is not shown."""
        for number, line in enumerate(self._lines):
            if key and line.key == key:
                self.selectRow(number)
                self.setCurrentIndex(self._shown.index(number, 0))
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Delete and self.key:
            self.remove_wanted.emit(self.key)
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if self.key:
            self.opened.emit(self.key)
