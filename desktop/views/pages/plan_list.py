"""The list of measures: lines, the selected one unfolded as a card; keys, drag and drop, a menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QListView, QWidget

from desktop.views.context import Context
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.pages.plan_questions import GOALS
from desktop.views.pages.plan_rows import LineDelegate, LineModel, lines_of

_MEASURE = "application/x-lantian-measure"
_PAGE = 10


class MeasureList(QListView):
    """↑ ↓ PgUp PgDn Home End move the selection. `dropped(key, before)`: put before another, '' the end."""

    dropped = Signal(str, str)
    menuAsked = Signal(object)

    def __init__(self, context: Context, desk: DraftDesk, card_of: Callable[[str], QWidget]) -> None:
        super().__init__()
        self._context, self._desk, self._card_of = context, desk, card_of
        self._pressed_at: QPoint | None = None
        self._pressed_key, self._drop_row = "", -1
        self.card: QWidget | None = None
        self._card_key, self._card_height = "", 0
        self.setObjectName("measure_list")
        self.setAccessibleName("认出的措施")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that the card's width, and with it its height, does not depend on the length of the list.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # The page scrolls by itself; only while something is dragged to the edge the view does.
        self.setAutoScroll(False)
        self.setAcceptDrops(True)
        self.verticalScrollBar().setSingleStep(context.theme.px(34))
        self._lines = LineModel()
        self.setModel(self._lines)
        self.setItemDelegate(LineDelegate(context.icons, self._height_of, self))

    @property
    def keys(self) -> list[str]:
        """The measures that are shown, in order."""
        return [line.key for line in self._lines.lines if line.key != GOALS]

    @property
    def rows(self) -> list[str]:
        """Everything that can be chosen here, the overall targets included."""
        return [line.key for line in self._lines.lines]

    def show_keys(self, keys: list[str]) -> None:
        """Show these, the selected one unfolded; the scroll stays."""
        at = self.verticalScrollBar().value()
        self._lines.show(lines_of(self._desk, keys))
        self._unfold()
        self.verticalScrollBar().setValue(at)

    def follow(self) -> None:
        """Fold the old selection, unfold the new one, and bring it into sight."""
        self._unfold()
        self.reveal()

    def reveal(self) -> None:
        """Bring the selected measure into sight, its head above all."""
        index = self.index_of(self._desk.key)
        if not index.isValid():
            return
        rect, bar, margin = self.visualRect(index), self.verticalScrollBar(), self._context.theme.px(40)
        height = self.viewport().height()
        if rect.bottom() + margin > height:
            bar.setValue(bar.value() + rect.bottom() + margin - height)
            rect = self.visualRect(index)
        if rect.top() - margin < 0:
            bar.setValue(bar.value() + rect.top() - margin)

    def index_of(self, key: str) -> QModelIndex:
        row = self._lines.row_of(key)
        return self._lines.index(row) if row >= 0 else QModelIndex()

    @property
    def extent(self) -> tuple[int, int, int]:
        """How the list is laid out: lines, height in px, height of the card."""
        return len(self._lines.lines), self.verticalScrollBar().maximum(), self._card_height

    def place_of(self, key: str) -> tuple[int, int] | None:
        """Where a line begins and ends, in px from the head of the list."""
        index = self.index_of(key)
        if not index.isValid():
            return None
        rect = self.visualRect(index)
        return rect.top() + self.verticalOffset(), rect.bottom() + self.verticalOffset()

    # The card

    def _unfold(self) -> None:
        if self.card is not None:
            self.card.removeEventFilter(self)
            self.card.hide()
            self.card.deleteLater()
            for row in range(self._lines.rowCount()):
                if self.indexWidget(self._lines.index(row)) is self.card:
                    self.setIndexWidget(self._lines.index(row), None)
        self.card, self._card_key, self._card_height = None, "", 0
        index = self.index_of(self._desk.key)
        if index.isValid():
            self.card = self._card_of(self._desk.key)
            self._card_key = self._desk.key
            self.setIndexWidget(index, self.card)
            self.card.installEventFilter(self)
            self.setCurrentIndex(index)
        self._measure_card()

    def _measure_card(self) -> None:
        """Makes the unfolded row as high as its card wants to be at this width."""
        height = 0
        if self.card is not None:
            layout = self.card.layout()
            layout.activate()
            height = layout.totalHeightForWidth(self.viewport().width())
        if height != self._card_height or height == 0:
            self._card_height = height
            self.doItemsLayout()

    def _height_of(self, key: str) -> int:
        line = self._context.theme.space("rowOneLine")
        return max(self._card_height, line + 1) if key == self._card_key and self._card_height else line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.card and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._measure_card)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._card_height = 0
            self._measure_card()

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = self.rows
        at = rows.index(self._desk.key) if self._desk.key in rows else 0
        to = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_PageUp: at - _PAGE,
            Qt.Key.Key_PageDown: at + _PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(rows) - 1,
        }.get(Qt.Key(event.key()))
        if to is None or not rows or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        first = 1 if rows[0] == GOALS and len(rows) > 1 and event.key() != Qt.Key.Key_Up else 0
        self._desk.select(rows[min(max(to, first), len(rows) - 1)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self._pressed_key = self._key_at(self._pressed_at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if self._pressed_key not in ("", GOALS) and far >= QApplication.startDragDistance():
            self._drag(self._pressed_key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key, self._pressed_at = self._key_at(event.position().toPoint()), None
        if event.button() == Qt.MouseButton.LeftButton and key and key == self._pressed_key:
            # After its own event: a card may go by what follows.
            QTimer.singleShot(0, self, lambda: self._desk.select(key))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        key = self._key_at(self.viewport().mapFromGlobal(event.globalPos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            key = self._desk.key
        if key:
            self._desk.select(key)
            self.menuAsked.emit(event.globalPos())

    def _key_at(self, place: QPoint) -> str:
        index = self.indexAt(place)
        return self._lines.lines[index.row()].key if index.isValid() else ""

    # Drag and drop

    def _drag(self, key: str) -> None:
        self._pressed_at, self._pressed_key = None, ""
        data = QMimeData()
        data.setData(_MEASURE, key.encode())
        data.setText(self._lines.lines[self._lines.row_of(key)].title)
        drag = QDrag(self)
        drag.setMimeData(data)
        self.setAutoScroll(True)
        drag.exec(Qt.DropAction.MoveAction)
        self.setAutoScroll(False)
        self._drop_row = -1
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(_MEASURE) and event.source() is self:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(_MEASURE):
            self._drop_row = self._row_under(event.position().toPoint())
            self.viewport().update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._drop_row = -1
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        row, self._drop_row = self._row_under(event.position().toPoint()), -1
        key = bytes(event.mimeData().data(_MEASURE).data()).decode()
        lines = self._lines.lines
        before = lines[row].key if row < len(lines) else ""
        event.acceptProposedAction()
        self.viewport().update()
        QTimer.singleShot(0, self, lambda: self.dropped.emit(key, before))

    def _row_under(self, place: QPoint) -> int:
        """Before which row a drop at this place goes; never above the overall targets."""
        index = self.indexAt(place)
        if not index.isValid():
            return len(self._lines.lines)
        after = place.y() > self.visualRect(index).center().y()
        first = 1 if self._lines.lines[0].key == GOALS else 0
        return max(index.row() + (1 if after else 0), first)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if not self._lines.lines:
            painter.setPen(self._context.theme.colour("text2"))
            painter.drawText(self.viewport().rect().adjusted(14, 16, -12, 0), 0, "这里没有措施")
        if self.hasFocus():
            painter.setPen(self._context.theme.colour("accent"))
            for inset in (0, 1):
                painter.drawRect(self.viewport().rect().adjusted(inset, inset, -inset - 1, -inset - 1))
        if self._drop_row >= 0:
            last = QPersistentModelIndex(self._lines.index(len(self._lines.lines) - 1))
            shown = self._drop_row < len(self._lines.lines)
            y = self.visualRect(self._lines.index(self._drop_row)).top() if shown else 0
            y = y if shown else self.visualRect(QModelIndex(last)).bottom()
            painter.fillRect(0, y - 1, self.viewport().width(), 2, self._context.theme.colour("accent"))
