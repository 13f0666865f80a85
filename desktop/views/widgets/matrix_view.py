"""The matrix: rows of 22 px, the first columns stay, arrow keys move the cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.views.icons import LAMPS, Icons
from desktop.views.models.matrix import CELL, FROZEN, NOTE, WAITING, MatrixColumn, MatrixModel, MatrixRow

Index = QModelIndex | QPersistentModelIndex
SUMMARY_AFTER_MS = 300
MARK = 11
_CENTRE = Qt.AlignmentFlag.AlignCenter
_FROZEN_ALIGN = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    _CENTRE,
)


class MatrixDelegate(QStyledItemDelegate):
    """Paints lamps, beside them the mark of what is to be looked at, hatch for nothing sent, nothing where nothing is
    assigned; the current cell has the ring.
    """

    def __init__(self, icons: Icons, view: MatrixView) -> None:
        super().__init__(view)
        self._icons, self._theme, self._view = icons, icons.theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, current = option.rect, self._view.currentIndex()
        same_row = current.isValid() and current.row() == index.row()
        painter.fillRect(rect, self._theme.colour("sel" if same_row else "surface"))
        if index.column() < FROZEN:
            self._paint_words(painter, rect, index)
        else:
            self._paint_cell(painter, rect, str(index.data(CELL)), same_row)
            if index.data(NOTE):
                self._paint_mark(painter, rect)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), self._theme.colour("rowline"))
        if self._view.group_starts(index.column()):
            painter.fillRect(QRect(rect.x(), rect.y(), 1, rect.height()), self._theme.colour("line"))
        if same_row and index.column() == current.column():
            self._paint_ring(painter, rect)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index) -> None:
        column = index.column()
        painter.setFont(self._theme.font("caption", strong=column == 2))
        painter.setPen(self._theme.colour(("text3", "text", "behind")[column]))
        room = rect.adjusted(self._theme.px(4), 0, -self._theme.px(4), 0)
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _FROZEN_ALIGN[column], shown)

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: str, same_row: bool) -> None:
        if cell == WAITING:
            if not same_row:
                painter.fillRect(rect, self._theme.colour("hatchBg"))
            painter.fillRect(rect, QBrush(self._theme.colour("hatch"), Qt.BrushStyle.BDiagPattern))
        elif cell in LAMPS:
            side = self._theme.px(12)
            at = QRect(0, 0, side, side)
            at.moveCenter(rect.center())
            painter.drawPixmap(at, self._icons.lamp_pixmap(cell, painter.device().devicePixelRatio()))

    def _paint_mark(self, painter: QPainter, rect: QRect) -> None:
        """At the right of the lamp, which it leaves whole: also in the narrowest column."""
        px, ratio = self._theme.px, painter.device().devicePixelRatio()
        at = QRect(rect.center().x() + px(9), 0, px(MARK), px(MARK))
        at.moveTop(rect.center().y() - px(MARK) // 2)
        painter.drawPixmap(at, self._icons.pixmap("mark-look", size=MARK, ratio=ratio))

    def _paint_ring(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(self._theme.colour("accent" if self._view.has_focus else "line2"))
        for inset in (0, 1):
            painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))


class MatrixHeader(QHeaderView):
    """Two storeys: the group over its units."""

    def __init__(self, icons: Icons, view: QTableView, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._theme, self._shown = icons.theme, model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(42))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        px = self._theme.px
        painter.fillRect(rect, self._theme.colour("surface2"))
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text2"))
        align = _FROZEN_ALIGN[section] if section < FROZEN else _CENTRE
        text = str(self._shown.headerData(section, Qt.Orientation.Horizontal) or "")
        lower = rect.adjusted(px(4) if section < FROZEN else 1, px(20), -1, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, align, shown)
        self._paint_group(painter, rect, section)
        line = self._theme.colour("line")
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), line)
        painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), line)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, section: int) -> None:
        group = self._shown.group_of(section)
        if not group:
            return
        first = last = section
        while self._shown.group_of(first - 1) == group:
            first -= 1
        while last + 1 < self.count() and self._shown.group_of(last + 1) == group:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        painter.save()
        # Each section paints its own part of the group's words, so that scrolling shows the rest.
        painter.setClipRect(rect)
        painter.drawText(QRect(left, rect.y(), right - left, self._theme.px(21)), _CENTRE, group)
        painter.restore()
        if first == section:
            painter.fillRect(QRect(rect.x(), rect.y(), 1, rect.height()), self._theme.colour("line"))


class MatrixView(QTableView):
    """`cellChanged(row key, column key)` when the cell moves, `opened` by Enter or a double click,
    `summaryAsked(row key, column key, cell's rectangle in global coordinates)` after 300 ms or Space.
    """

    cellChanged = Signal(str, str)
    opened = Signal(str, str)
    summaryAsked = Signal(str, str, QRect)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons, self._theme = icons, icons.theme
        self._cells = MatrixModel()
        self.has_focus = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SUMMARY_AFTER_MS)
        self._wait.timeout.connect(self._ask)
        self._dress(self)
        self._frozen = QTableView(self)
        self._dress(self._frozen)
        self._frozen.setSelectionModel(self.selectionModel())
        self._frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
        self.viewport().stackUnder(self._frozen)
        self._frozen.clicked.connect(self.setCurrentIndex)
        self._frozen.show()
        self.activated.connect(self._opened)

    def _dress(self, table: QTableView) -> None:
        table.setProperty("matrix", True)
        table.setModel(self._cells)
        table.setItemDelegate(MatrixDelegate(self._icons, self))
        table.setHorizontalHeader(MatrixHeader(self._icons, table, self._cells))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(1)
        table.verticalHeader().setDefaultSectionSize(self._theme.space("matrixRow"))
        table.setShowGrid(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)

    def show_matrix(self, columns: Sequence[MatrixColumn], rows: Sequence[MatrixRow]) -> None:
        """Show measures × units; the current cell stays where it is still there."""
        row_key, column_key = self.cell
        self._cells.show(columns, rows)
        self._arrange()
        self.go_to(row_key, column_key)

    @property
    def cell(self) -> tuple[str, str]:
        """(row key, column key) of the current cell, or ('', '')."""
        index = self.currentIndex()
        return self._cells.keys_at(index) if index.isValid() else ("", "")

    def go_to(self, row_key: str, column_key: str) -> bool:
        """Make a cell current; False if it is not shown."""
        rows = [row.key for row in self._cells.rows]
        columns = [column.key for column in self._cells.columns]
        if row_key not in rows or column_key not in columns:
            return False
        self.setCurrentIndex(self._cells.index(rows.index(row_key), FROZEN + columns.index(column_key)))
        return True

    def group_starts(self, column: int) -> bool:
        return column >= FROZEN and self._cells.group_of(column) != self._cells.group_of(column - 1)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for table in (self, self._frozen) if hasattr(self, "_frozen") else ():
            table.viewport().update()
        if current.isValid():
            self.cellChanged.emit(*self._cells.keys_at(current))
            self._wait.start()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        index = super().moveCursor(action, modifiers)
        if index.isValid() and index.column() < FROZEN:
            return self._cells.index(index.row(), FROZEN)
        return index

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        covered = self._frozen_width() - self.columnViewportPosition(index.column())
        if index.column() >= FROZEN and covered > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._ask()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.has_focus = event.type() == QEvent.Type.FocusIn
            if (
                self.has_focus
                and not self.currentIndex().isValid()
                and self._cells.rows
                and self._cells.columns
            ):
                self.setCurrentIndex(self._cells.index(0, FROZEN))
            self.viewport().update()
        return bool(super().event(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px, units = self._theme.px, len(self._cells.columns)
        # Room for the scroll bar is always kept, so that the columns stay when it comes.
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        number, count, least = self._number_width(), px(40), px(160)
        others = room - number - count
        # The titles give way before a unit's name is cut, and the names before the columns need a scroll bar.
        unit = self._head_width()
        if unit * units > others - least:
            unit = px(49)
        title = max(least, min(px(280), others - unit * units))
        if units:
            unit = max(unit, min(px(88), (others - title) // units))
            title = max(title, others - unit * units)
        for table in (self, self._frozen):
            for section, width in enumerate((number, title, count, *[unit] * units)):
                table.setColumnWidth(section, width)
                if table is self._frozen:
                    table.setColumnHidden(section, section >= FROZEN)
        self.updateGeometries()
        top = self.horizontalHeader().sizeHint().height()
        self._frozen.setGeometry(0, 0, self._frozen_width(), top + self.viewport().height())

    def _number_width(self) -> int:
        """As the widest number needs it: 保障1 takes more than 12."""
        metrics, px = QFontMetrics(self._theme.font("caption")), self._theme.px
        widest = max((metrics.horizontalAdvance(row.label) for row in self._cells.rows), default=0)
        return min(max(widest + px(9), px(36)), px(76))

    def _head_width(self) -> int:
        metrics, px = QFontMetrics(self._theme.font("caption")), self._theme.px
        widest = max((metrics.horizontalAdvance(column.text) for column in self._cells.columns), default=0)
        return min(max(widest + px(6), px(49)), px(76))

    def _frozen_width(self) -> int:
        return sum(self.columnWidth(section) for section in range(FROZEN))

    def _opened(self, index: Index) -> None:
        self.opened.emit(*self._cells.keys_at(index))

    def _ask(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self.has_focus:
            rect = self.visualRect(index)
            place = QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())
            self.summaryAsked.emit(*self._cells.keys_at(index), place)
