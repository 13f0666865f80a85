"""The rows of a two-line list, with group heads between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class GroupHead:
    """一、产业结构 1–3"""

    text: str


@dataclass(frozen=True)
class ListRow:
    """What one row shows.

    `lamp` is a status code, `unfilled` or `half_filled`, and `word` stands beside it in its colour;
    `caption` follows. `marks` are (severity, count) at the right. `right_top` and `right_bottom` are words
    at the right in `right_tone` (text3, accent, good, bad, warn) below. `bar` (done, total) draws a bar
    in the second line, then done/total, then the lamp with its word; `right_room` are words whose room is kept at the right
    of that line, so that the bars of all rows are as long.
    """

    key: str
    title: str
    number: str = ""
    strong: bool = False
    lamp: str = ""
    word: str = ""
    caption: str = ""
    marks: tuple[tuple[str, int], ...] = ()
    right_top: str = ""
    right_bottom: str = ""
    right_top_tone: str = "text3"
    right_tone: str = "text3"
    bar: tuple[int, int] | None = None
    tooltip: str = ""
    right_room: str = ""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        parts = (self.number, self.title, self.word, self.caption, self.right_top, self.right_bottom)
        return "，".join(part for part in parts if part)


Row = GroupHead | ListRow


class RowModel(QAbstractListModel):
    """Rows as they are given; a group head cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._places: dict[str, int] = {}

    def set_rows(self, rows: Sequence[Row]) -> bool:
        """Replace the rows; where only contents changed, the view keeps its place. Returns whether it must begin anew."""
        new = tuple(rows)
        if [_identity(row) for row in new] == [_identity(row) for row in self._rows]:
            changed = [i for i, (old, row) in enumerate(zip(self._rows, new, strict=True)) if old != row]
            self._rows = new
            for i in changed:
                self.dataChanged.emit(self.index(i), self.index(i))
            return False
        self.beginResetModel()
        self._rows = new
        self._places = {row.key: number for number, row in enumerate(new) if isinstance(row, ListRow)}
        self.endResetModel()
        return True

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def index_of(self, key: str) -> QModelIndex:
        """The index of a row, invalid if it is not shown."""
        number = self._places.get(key)
        return QModelIndex() if number is None else self.index(number)

    def key_at(self, index: Index) -> str:
        row = self._rows[index.row()] if index.isValid() else None
        return row.key if isinstance(row, ListRow) else ""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text if isinstance(row, GroupHead) else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.text if isinstance(row, GroupHead) else row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, ListRow):
            return row.tooltip or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], ListRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


def _identity(row: Row) -> tuple[str, str]:
    return ("head", row.text) if isinstance(row, GroupHead) else ("row", row.key)
