"""A list of two-line rows that reads like a mailbox."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.views.icons import Icons
from desktop.views.models.rows import GroupHead, ListRow, Row, RowModel
from desktop.views.widgets.row_delegate import RowDelegate

Index = QModelIndex | QPersistentModelIndex


class RowList(QListView):
    """`chosen(key)` when another row becomes current, `opened(key)` by Enter or a double click."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, icons: Icons, one_line: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowModel()
        self._hidden: frozenset[int] = frozenset()
        self._quiet = False
        self.keyboard = False
        self.setModel(self._rows)
        self._delegate = RowDelegate(icons, one_line, self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setMinimumWidth(icons.theme.px(160))
        self.activated.connect(lambda index: self.opened.emit(self._rows.key_at(index)))

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show rows; the chosen one stays chosen while it is among them. Tells nobody."""
        key, top = self.key, self.verticalScrollBar().value()
        self._quiet = True
        self._delegate.make_room([row.number for row in rows if isinstance(row, ListRow)])
        if self._rows.set_rows(rows):
            # The view has forgotten what was hidden.
            self._hidden = frozenset()
        index = self._rows.index_of(key)
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        if index.isValid() and self.verticalScrollBar().value() != top:
            self.verticalScrollBar().setValue(top)
        self._quiet = False

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows.rows

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the rows that are shown, from top to bottom."""
        hidden = self._hidden
        return tuple(
            row.key for at, row in enumerate(self._rows.rows) if isinstance(row, ListRow) and at not in hidden
        )

    def show_only(self, keys: Container[str]) -> None:
        """Hide all other rows, and the heads of groups of which nothing is left. Cheaper than other rows, at every sign typed."""
        hidden: set[int] = set()
        head = -1
        for at, row in enumerate(self._rows.rows):
            if isinstance(row, GroupHead):
                head = at
                hidden.add(at)
            elif row.key in keys:
                hidden.discard(head)
            else:
                hidden.add(at)
        for at in hidden ^ self._hidden:
            self.setRowHidden(at, at in hidden)
        self._hidden = frozenset(hidden)

    @property
    def key(self) -> str:
        """The chosen row's key, or nothing."""
        return self._rows.key_at(self.currentIndex())

    def choose(self, key: str, tell: bool = True) -> bool:
        """Make a row current; False if it is not shown."""
        index = self._rows.index_of(key)
        if not index.isValid() or index.row() in self._hidden:
            return False
        self._quiet = not tell
        seen = self.viewport().rect().contains(self.visualRect(index))
        self.setCurrentIndex(index)
        if not seen:
            # What comes before and after is to be seen as well.
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._quiet = False
        return True

    def step(self, by: int) -> bool:
        """Choose the row `by` places further; False at the ends."""
        keys = self.keys
        place = keys.index(self.key) + by if self.key in keys else 0
        return 0 <= place < len(keys) and self.choose(keys[place])

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        key = self._rows.key_at(current)
        if key and not self._quiet:
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keyboard = True
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.keyboard = False
        return bool(super().viewportEvent(event))
