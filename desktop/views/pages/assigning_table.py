"""The coverage table: measures stand at the left, units above with their totals, a box in every cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.plan import Measure
from desktop.views.context import Context
from desktop.views.pages.assigning_model import ASSIGNED, CHANGED, AssignmentModel, Choices
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import button, label

Index = QModelIndex | QPersistentModelIndex
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST_LINES = 3


class BoxDelegate(QStyledItemDelegate):
    """A box with a tick; a change that is not in force yet has the ground of what is to be looked at."""

    def __init__(self, context: Context, view: AssignmentTable) -> None:
        super().__init__(view)
        self._theme, self._icons, self._view = context.theme, context.icons, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, px = option.rect, self._theme.px
        current = self._view.currentIndex()
        same_row = current.isValid() and current.row() == index.row()
        ground = "warnBg" if index.data(CHANGED) else "sel" if same_row else "surface"
        painter.fillRect(rect, self._theme.colour(ground))
        box = QRect(0, 0, px(14), px(14))
        box.moveCenter(rect.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        assigned = bool(index.data(ASSIGNED))
        painter.setPen(QPen(self._theme.colour("accent" if assigned else "line2"), 1))
        painter.setBrush(self._theme.colour("accent" if assigned else "surface"))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if assigned:
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(box, self._icons.pixmap("check", "onAccent", 14, ratio))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), self._theme.colour("rowline"))
        if same_row and current.column() == index.column():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.colour("accent" if self._view.hasFocus() else "line2"))
            for inset in (0, 1):
                painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        # By itself Qt leaves room for a box of its own, and the cell's ring looks out beside the invitation.
        editor.setGeometry(option.rect)


class UnitHeader(QHeaderView):
    """A unit's short name in up to three lines over its total."""

    def __init__(self, context: Context, view: QTableView, model: AssignmentModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._theme, self._shown = context.theme, model
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(76))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        px, choices = self._theme.px, self._shown.choices
        painter.fillRect(rect, self._theme.colour("surface2"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), self._theme.colour("line"))
        if choices is None or section >= len(self._shown.units):
            painter.restore()
            return
        unit = self._shown.units[section]
        font = self._theme.font("caption")
        painter.setFont(font)
        painter.setPen(self._theme.colour("text2"))
        lines = wrapped(unit.short_name, rect.width() - px(6), QFontMetrics(font))
        height, top = px(15), rect.y() + px(4)
        top += (_MOST_LINES - len(lines)) * height
        for at, line in enumerate(lines):
            painter.drawText(QRect(rect.x(), top + at * height, rect.width(), height), _CENTRE, line)
        painter.setFont(self._theme.font("caption", strong=True))
        total = choices.total(unit.code)
        painter.setPen(self._theme.colour("text" if total else "warn"))
        room = QRect(rect.x(), rect.y() + px(52), rect.width(), px(20))
        painter.drawText(room, _CENTRE, f"{total}条")
        painter.restore()


class MeasureHeader(QHeaderView):
    """A measure's number and title; a click chooses its row."""

    def __init__(self, context: Context, view: QTableView, model: AssignmentModel) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._theme, self._icons, self._shown, self._view = context.theme, context.icons, model, view
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(self._theme.px(30))
        self.width_wanted = self._theme.px(300)

    def sizeHint(self) -> QSize:
        return QSize(self.width_wanted, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        choices = self._shown.choices
        if choices is None or section >= len(self._shown.rows):
            return
        painter.save()
        px, measure = self._theme.px, self._shown.rows[section]
        chosen = self._view.currentIndex().isValid() and self._view.currentIndex().row() == section
        painter.fillRect(rect, self._theme.colour("sel" if chosen else "surface"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), self._theme.colour("rowline"))
        if chosen:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), self._theme.colour("accent"))
        number, font = choices.plan.label(measure), self._theme.font("body")
        narrow = QFontMetrics(font).horizontalAdvance(number) > px(32)
        painter.setFont(self._theme.font("caption") if narrow else font)
        painter.setPen(self._theme.colour("text2"))
        painter.drawText(QRect(rect.x() + px(4), rect.y(), px(40), rect.height()), _RIGHT, number)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        left = rect.x() + px(52)
        room = QRect(left, rect.y(), rect.right() - left - px(8), rect.height())
        shown = painter.fontMetrics().elidedText(measure.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)
        painter.restore()


class AssignmentTable(QTableView):
    """`measureChanged(key)` when another row is current, `pickAsked(key)` for the picker of a row (Enter, 选单位…)."""

    measureChanged = Signal(str)
    pickAsked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.cells = AssignmentModel()
        self._measures = MeasureHeader(context, self, self.cells)
        self.setObjectName("assignment_table")
        self.setAccessibleName("措施和落实单位")
        self.setProperty("matrix", True)
        self.setModel(self.cells)
        self.setItemDelegate(BoxDelegate(context, self))
        self.setHorizontalHeader(UnitHeader(context, self, self.cells))
        self.setVerticalHeader(self._measures)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._measures.sectionClicked.connect(lambda section: self._go(section))

    def show_choices(self, choices: Choices, rows: tuple[Measure, ...]) -> None:
        """Show some measures; the current cell stays where it is still there."""
        key, column = self.key, max(self.currentIndex().column(), 0)
        at = self.verticalScrollBar().value()
        self.cells.show(choices, rows)
        keys = [measure.key for measure in rows]
        if rows and choices.units:
            place = keys.index(key) if key in keys else 0
            self.setCurrentIndex(self.cells.index(place, min(column, len(choices.units) - 1)))
        self._arrange()
        self._span()
        self.verticalScrollBar().setValue(at)

    @property
    def key(self) -> str:
        """The current measure's key, or nothing."""
        at = self.currentIndex().row()
        return self.cells.rows[at].key if 0 <= at < len(self.cells.rows) else ""

    def choose(self, key: str) -> bool:
        """Make a measure current; False if it is not shown."""
        keys = [measure.key for measure in self.cells.rows]
        if key not in keys or not self.cells.units:
            return False
        self.setCurrentIndex(self.cells.index(keys.index(key), max(self.currentIndex().column(), 0)))
        return True

    def _span(self) -> None:
        """A measure that nobody implements shows that, and a way to choose, instead of empty boxes."""
        self.clearSpans()
        choices = self.cells.choices
        for at, measure in enumerate(self.cells.rows):
            index = self.cells.index(at, 0)
            lacking = choices is not None and not choices.codes(measure)
            if lacking:
                if self.cells.columnCount() > 1:
                    self.setSpan(at, 0, 1, self.cells.columnCount())
                self.setIndexWidget(index, self._invitation(measure))
            elif self.indexWidget(index) is not None:
                self.setIndexWidget(index, None)

    def _invitation(self, measure: Measure) -> QWidget:
        made = QWidget()
        made.setAutoFillBackground(True)
        pick = button(
            "选单位…", "smallOutlined", f"pick_{measure.key}",
            lambda: QTimer.singleShot(0, self, lambda: self.pickAsked.emit(measure.key)),
        )  # fmt: skip
        pick.setAccessibleName(f"给“{measure.title}”选落实单位")
        words = label("还没有落实单位", "caption", "warn", "unassigned_row")
        made.setLayout(row(words, pick, None, gap=12, margins=(12, 0, 8, 0)))
        return made

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self._measures.viewport().update()
        if current.isValid() and (not previous.isValid() or current.row() != previous.row()):
            self.measureChanged.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.pickAsked.emit(self.key)
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.toggle(index)

    def toggle(self, index: Index) -> None:
        """Assign what is not, and the other way round."""
        state = Qt.CheckState.Unchecked if index.data(ASSIGNED) else Qt.CheckState.Checked
        self.cells.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return bool(super().event(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px, units = self._context.theme.px, len(self.cells.units)
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        least, title = px(58), px(300)
        if units:
            # The titles give way before the columns need a scroll bar.
            title = max(px(180), min(px(360), room - least * units))
            wide = max(least, min(px(92), (room - title) // units))
            title = max(title, room - wide * units)
            for section in range(units):
                self.setColumnWidth(section, wide)
        self._measures.width_wanted = title
        self._measures.setFixedWidth(title)
        self.updateGeometries()

    def _go(self, section: int) -> None:
        self.setCurrentIndex(self.cells.index(section, max(self.currentIndex().column(), 0)))
        self.setFocus()


def wrapped(text: str, width: int, metrics: QFontMetrics) -> list[str]:
    """A name in at most three lines of even length, the last one cut where it is still too long."""
    count = 1
    while count < _MOST_LINES and metrics.horizontalAdvance(text) > width * count:
        count += 1
    step = -(-len(text) // count)
    lines = [text[at : at + step] for at in range(0, len(text), step)]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]
