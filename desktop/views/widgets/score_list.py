"""Places, names and scores as stacked bars: a list that the arrow keys walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
SHADES = ("chart1", "chart2", "chart3", "chart4")
_ROW = 34
# What score and places moved take at the right, under the words that stand above the list.
_FIGURES = 108
_DATA = Qt.ItemDataRole.UserRole + 1
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus


@dataclass(frozen=True)
class ScoreLine:
    """A unit's line. `parts`: shares of the full score, of which `full` are the most; `words` stand instead of a bar.

    `moved`: how many places better than before, None where that cannot be said; `told`: the line for a screen reader.
    """

    key: str
    place: str
    name: str
    parts: tuple[float, ...]
    full: tuple[float, ...]
    points: str
    moved: int | None
    words: str
    told: str


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_DATA)
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        rect, chosen = option.rect, bool(option.state & _SELECTED)
        painter.fillRect(rect, theme.colour("sel" if chosen else "surface"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour("rowline"))
        if chosen:
            painter.fillRect(QRect(rect.x(), rect.y(), px(3), rect.height()), theme.colour("accent"))
        dim = bool(line.words)
        self._write(
            painter,
            rect,
            px(8),
            px(28),
            line.place,
            "text3" if dim else "text",
            strong=not dim,
            align=_CENTRE,
        )
        name = px(44)
        wide = min(max(rect.width() * 3 // 10, px(90)), px(168))
        self._write(painter, rect, name, wide, line.name, "text3" if dim else "text", strong=chosen)
        left = name + wide + px(10)
        right = rect.width() - px(_FIGURES)
        if dim:
            self._write(painter, rect, left, rect.width() - left - px(8), line.words, "text3", role="caption")
        else:
            self._bar(painter, QRect(rect.x() + left, rect.y() + px(11), max(right - left, 0), px(12)), line)
            self._write(painter, rect, right + px(4), px(44), line.points, "text", strong=True, align=_RIGHT)
            self._moved(painter, rect, rect.width() - px(48), px(36), line.moved)
        if option.state & _FOCUSED and chosen:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _write(
        self, painter: QPainter, rect: QRect, left: int, width: int, text: str, colour: str,
        strong: bool = False, align: Qt.AlignmentFlag = _LEFT, role: str = "body",
    ) -> None:  # fmt: skip
        painter.setFont(self._theme.font(role, strong))
        painter.setPen(self._theme.colour(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(rect.x() + left, rect.y(), width, rect.height()), align, shown)

    def _bar(self, painter: QPainter, room: QRect, line: ScoreLine) -> None:
        """Each part in its shade after the one before; what was taken off is left empty in its place's outline."""
        x = float(room.x())
        for part, full, shade in zip(line.parts, line.full, SHADES, strict=True):
            width, most = part * room.width(), full * room.width()
            outline = QRect(round(x), room.y(), max(round(most) - 1, 0), room.height())
            if part < full:
                painter.fillRect(outline, self._theme.colour("heat0"))
            painter.fillRect(
                QRect(outline.x(), room.y(), max(round(width) - 1, 0), room.height()),
                self._theme.colour(shade),
            )
            x += most

    def _moved(self, painter: QPainter, rect: QRect, left: int, width: int, moved: int | None) -> None:
        if not moved:
            self._write(
                painter,
                rect,
                left,
                width,
                "" if moved is None else "—",
                "text3",
                align=_RIGHT,
                role="caption",
            )
            return
        text, up = str(abs(moved)), moved > 0
        self._write(painter, rect, left, width, text, "text2", align=_RIGHT, role="caption")
        shift = painter.fontMetrics().horizontalAdvance(text) + self._theme.px(4)
        half, y = self._theme.px(4), rect.center().y()
        x = rect.x() + left + width - shift - half
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.colour("text2")), 1.5))
        tip = -half // 2 if up else half // 2
        painter.drawLine(x - half, y - tip, x, y + tip)
        painter.drawLine(x, y + tip, x + half, y - tip)


class ScoreList(QListView):
    """`chosen(key)` when another line becomes current; `key` is its unit's."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.key))

    @property
    def key(self) -> str:
        """The current unit's, empty when there is none."""
        line = self.currentIndex().data(_DATA)
        return line.key if line is not None else ""

    def show_lines(self, lines: Sequence[ScoreLine]) -> None:
        """Another set of lines; the unit that was current stays current if it is still there."""
        kept = self.key
        self._model.clear()
        for line in lines:
            item = QStandardItem(line.name)
            item.setData(line, _DATA)
            item.setData(line.told, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(line.told)
            self._model.appendRow(item)
        self.choose(kept)

    def choose(self, key: str) -> None:
        """Makes a unit's line current; nothing where there is none."""
        for number in range(self._model.rowCount()):
            index = self._model.index(number, 0)
            if index.data(_DATA).key == key:
                self.setCurrentIndex(index)
                return
