"""A table of small numbers in one hue, the number always written; hatched where nothing has come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.domain.contrast import Heat, HeatRow
from desktop.views.theme import Theme
from desktop.views.widgets.styling import mark

Index = QModelIndex | QPersistentModelIndex
STEPS = ("heat0", "heat1", "heat2", "heat3")
_TEXTS = ("text3", "heatText1", "heatText2", "heatText3")
_CENTRE = Qt.AlignmentFlag.AlignCenter
_ROW, _HEAD, _SUM, _TITLE = 24, 40, 46, 168
_LEAST, _MOST = 52, 88


class _Model(QAbstractTableModel):
    """Rows of Heat; the first column is the row's title, the last its sum."""

    def __init__(self) -> None:
        super().__init__()
        self.heat = Heat((), ())
        self.names: Sequence[str] = ()
        self._signs = 5

    def fit_heads(self, signs: int) -> None:
        """Heads of two lines of so many signs."""
        self._signs = max(signs, 2)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def show(self, heat: Heat, names: Sequence[str]) -> None:
        self.beginResetModel()
        self.heat, self.names = heat, names
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heat.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.names) + 2

    def count(self, index: Index) -> int | None:
        """What the cell counts: as in HeatRow."""
        return self.heat.rows[index.row()].counts[index.column() - 1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.heat.rows[index.row()], index.column()
        asked = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role not in asked:
            return None
        if column == 0:
            return row.title
        if column > len(self.names):
            return str(row.total)
        count = self.count(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if count is None or count <= 0 else str(count)
        said = (
            "还没报来" if count is None else "没有分派" if count == HeatRow.UNASSIGNED else f"滞后{count}条"
        )
        return f"{self.names[column - 1]}　{row.title}：{said}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return _CENTRE
        name = ("", *self.names, "合计")[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return name
        return two_lines(name, self._signs) if role == Qt.ItemDataRole.DisplayRole else None


def two_lines(name: str, signs: int) -> str:
    """A name in at most two lines of `signs` signs, as even as they can be; the rest is left out, saying so."""
    if len(name) <= signs:
        return name
    half = min(max(-(-len(name) // 2), 3), signs)
    rest = name[half:]
    return f"{name[:half]}\n{rest if len(rest) <= signs else rest[: signs - 1] + '…'}"


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: HeatView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect, model = self._theme, option.rect, self._view.lines
        painter.save()
        painter.fillRect(rect, theme.colour("surface"))
        last = index.column() > len(model.names)
        if index.column() == 0 or last:
            painter.setFont(theme.font("caption", strong=last))
            painter.setPen(theme.colour("text"))
            room = rect.adjusted(theme.px(2), 0, -theme.px(4), 0)
            text = painter.fontMetrics().elidedText(
                str(index.data()), Qt.TextElideMode.ElideRight, room.width()
            )
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, _CENTRE if last else left, text)
        else:
            self._paint_count(painter, rect.adjusted(1, 1, -1, -1), model.count(index))
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_count(self, painter: QPainter, rect: QRect, count: int | None) -> None:
        theme = self._theme
        if count == HeatRow.UNASSIGNED:
            return
        if count is None:
            painter.fillRect(rect, theme.colour("hatchBg"))
            painter.fillRect(rect, QBrush(theme.colour("hatch"), Qt.BrushStyle.BDiagPattern))
            return
        step = min(count, 3)
        painter.fillRect(rect, theme.colour(STEPS[step]))
        if count:
            painter.setFont(theme.font("caption", strong=True))
            painter.setPen(theme.colour(_TEXTS[step]))
            painter.drawText(rect, _CENTRE, str(count))


class HeatView(QTableView):
    """`opened(row, unit code)` by Enter or a double click on a cell that counts something; `chosen(unit code)`."""

    opened = Signal(int, str)
    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines = _Model()
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        head = self.horizontalHeader()
        # Narrow columns have no room for a table's usual padding.
        mark(head, dense=True)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setTextElideMode(Qt.TextElideMode.ElideNone)
        head.setFixedHeight(theme.px(_HEAD))
        head.setMinimumSectionSize(theme.px(24))
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._choose)

    def show_heat(self, heat: Heat, names: Sequence[str]) -> None:
        """`names`: the units' short names, in the order of `heat.units`."""
        at = self.currentIndex()
        self.lines.show(heat, names)
        self._share_width()
        if at.isValid() and at.row() < self.lines.rowCount() and at.column() < self.lines.columnCount():
            self.setCurrentIndex(self.lines.index(at.row(), at.column()))
        self.updateGeometry()

    def _share_width(self) -> None:
        """The units share what title and sum leave, within bounds; what does not fit scrolls."""
        px, count = self._theme.px, len(self.lines.names)
        longest = max((len(row.title) for row in self.lines.heat.rows), default=0)
        title = px(min(max(longest * 12 + 12, 72), _TITLE))
        each = (self.viewport().width() - title - px(_SUM)) // max(count, 1)
        each = min(max(each, px(_LEAST)), px(_MOST))
        self.lines.fit_heads((each - px(4)) // px(12))
        widths = [title, *[each] * count, px(_SUM)]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def sizeHint(self) -> QSize:
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        rows = self.lines.rowCount() * self._theme.px(_ROW)
        return QSize(super().sizeHint().width(), rows + self._theme.px(_HEAD) + extra + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _code(self, index: Index) -> str:
        column = index.column() - 1
        return (
            self.lines.heat.units[column] if index.isValid() and 0 <= column < len(self.lines.names) else ""
        )

    def _choose(self, index: QModelIndex) -> None:
        if code := self._code(index):
            self.chosen.emit(code)

    def _open(self, index: Index) -> None:
        code = self._code(index)
        if code and (self.lines.count(index) or 0) > 0:
            self.opened.emit(index.row(), code)
