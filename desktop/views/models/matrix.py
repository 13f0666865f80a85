"""措施 × 单位 as a table model: three frozen columns, then one per unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.views.icons import LAMPS, lamp_word

Index = QModelIndex | QPersistentModelIndex
CELL, NOTE = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
FROZEN = 3
WAITING, BLANK = "waiting", ""
_HEADS = ("", "措施", "滞后")


@dataclass(frozen=True)
class MatrixColumn:
    """A unit; neighbours of one `group` stand under one head."""

    key: str
    text: str
    group: str = ""
    tooltip: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """A measure. `cells`, one per column: a lamp's code, `waiting` (nothing sent) or '' (not assigned); `notes`, one per
    column or none at all: what is to be looked at in the cell, '' where it has no mark.
    """

    key: str
    label: str
    title: str
    count: int
    cells: tuple[str, ...]
    tooltip: str = ""
    notes: tuple[str, ...] = ()


class MatrixModel(QAbstractTableModel):
    """Column 0 is the number, 1 the title, 2 the count of 滞后; units follow."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[MatrixColumn, ...] = ()
        self.rows: tuple[MatrixRow, ...] = ()

    def show(self, columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]) -> None:
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else FROZEN + len(self.columns)

    def keys_at(self, index: Index) -> tuple[str, str]:
        """(row key, column key); the column key is '' in the frozen columns."""
        column = index.column() - FROZEN
        return self.rows[index.row()].key, self.columns[column].key if column >= 0 else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if index.column() < FROZEN:
            if role == Qt.ItemDataRole.ToolTipRole:
                return row.tooltip or row.title
            shown = (row.label, row.title, str(row.count) if row.count else "")[index.column()]
            return (
                shown if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
            )
        column, cell = self.columns[index.column() - FROZEN], row.cells[index.column() - FROZEN]
        note = row.notes[index.column() - FROZEN] if row.notes else ""
        if role in (CELL, NOTE):
            return cell if role == CELL else note
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            said = f"{column.tooltip or column.text}　{row.label} {row.title}\n{_word(cell)}"
            return f"{said}\n{note}" if note else said
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section] if section < FROZEN else self.columns[section - FROZEN].text
        if role == Qt.ItemDataRole.ToolTipRole and section >= FROZEN:
            return self.columns[section - FROZEN].tooltip or None
        return None

    def group_of(self, section: int) -> str:
        return self.columns[section - FROZEN].group if section >= FROZEN else ""


def _word(cell: str) -> str:
    if cell == WAITING:
        return "还没报来"
    return lamp_word(cell) if cell in LAMPS else "没有分派"
