"""How a row of a list is painted: number, title and what stands at its right, over a second line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.views.icons import Icons, lamp_token
from desktop.views.models.rows import ROW, GroupHead, ListRow, Row

Index = QModelIndex | QPersistentModelIndex
Look = tuple[bool, bool, bool]
"""Selected, hovered, with the ring of the focus."""
_MOST_PICTURES = 200
_SELECTED = QStyle.StateFlag.State_Selected.value
_HOVERED = QStyle.StateFlag.State_MouseOver.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TONES = {"good": "on", "bad": "behind"}


class RowDelegate(QStyledItemDelegate):
    """Paints ListRow (46 px, or 34 px with `one_line`) and GroupHead (24 px); the ring only where the view's `keyboard` is on."""

    def __init__(self, icons: Icons, one_line: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons, self._theme, self._one_line = icons, icons.theme, one_line
        self.number_width = icons.theme.px(20)
        space = icons.theme.space
        self._head_size = QSize(10, space("groupHead"))
        self._row_size = QSize(10, space("rowOneLine" if one_line else "rowTwoLines"))
        self._pictures: dict[object, QPixmap] = {}
        self._cut = False
        self._cut_rows: set[tuple[ListRow, int]] = set()
        self._caption = QFontMetrics(self._theme.font("caption"))
        self._body = QFontMetrics(self._theme.font("body"))
        self._widths: dict[str, int] = {}

    def make_room(self, numbers: Sequence[str]) -> None:
        """As much room for the numbers as the longest one takes (19-2, 保障-一)."""
        for number in numbers:
            if number not in self._widths:
                self._widths[number] = self._body.horizontalAdvance(number)
        longest = max((self._widths[number] for number in numbers), default=0)
        self.number_width = max(self._theme.px(20), longest + 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._head_size if isinstance(index.data(ROW), GroupHead) else self._row_size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints a row once for each look and width; scrolling and filtering put the pictures elsewhere."""
        row, rect = index.data(ROW), option.rect
        ratio = painter.device().devicePixelRatio()
        look = self._look(option)
        key = (row, look, rect.width(), rect.height(), ratio, self.number_width)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._picture(row, look, rect.size(), ratio)
            self._pictures[key] = picture
            if len(self._cut_rows) > _MOST_PICTURES:
                # Those in sight are painted anew before anybody can point at them.
                self._cut_rows = {each for each in self._cut_rows if each == (row, rect.width())}
                self._pictures = {key: picture}
            if len(self._pictures) > _MOST_PICTURES:
                del self._pictures[next(iter(self._pictures))]
        painter.drawPixmap(rect.topLeft(), picture)

    def _picture(self, row: Row, look: Look, size: QSize, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        # Opaque, so that the system's way of smoothing letters is the same as on the list itself.
        picture.fill(self._theme.colour("surface"))
        painter, rect = QPainter(picture), QRect(QPoint(0, 0), size)
        if isinstance(row, GroupHead):
            self._paint_head(painter, rect, row)
        else:
            self._paint_ground(painter, rect, look)
            self._cut = False
            self._paint_row(painter, rect, row)
            if self._cut:
                self._cut_rows.add((row, size.width()))
        painter.end()
        return picture

    def _look(self, option: QStyleOptionViewItem) -> Look:
        # Numbers, not flags: this is asked for every row that is painted.
        state, view = option.state.value, option.widget
        ringed = bool(state & _FOCUSED) and getattr(view, "keyboard", False)
        return bool(state & _SELECTED), bool(state & _HOVERED), ringed

    def _paint_head(self, painter: QPainter, rect: QRect, head: GroupHead) -> None:
        painter.fillRect(rect, self._theme.colour("surface2"))
        self._line(painter, rect)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text2"))
        painter.drawText(rect.adjusted(self._theme.px(12), 0, -8, 0), _LEFT, head.text)

    def _paint_ground(self, painter: QPainter, rect: QRect, look: Look) -> None:
        selected, hovered, ringed = look
        painter.fillRect(
            rect, self._theme.colour("sel" if selected else "surface2" if hovered else "surface")
        )
        self._line(painter, rect)
        if selected:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), self._theme.colour("accent"))
        if ringed:
            for inset in (0, 1):
                painter.setPen(self._theme.colour("accent"))
                painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))

    def _line(self, painter: QPainter, rect: QRect) -> None:
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), self._theme.colour("line"))

    def _paint_row(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        px = self._theme.px
        left, right = rect.x() + px(12), rect.right() - px(12)
        if row.number:
            painter.setFont(self._theme.font("body"))
            painter.setPen(self._theme.colour("text2"))
            width = self.number_width
            painter.drawText(self._first_line(rect, left, width), _RIGHT, row.number)
            left += width + px(8)
        right = self._paint_marks(painter, rect, right, row)
        first, second = (
            self._first_line(rect, left, right - left),
            self._second_line(rect, left, right - left),
        )
        first = self._paint_right(painter, first, row.right_top, row.right_top_tone)
        if self._one_line:
            first = self._paint_right(painter, first, row.right_bottom, row.right_tone)
        painter.setFont(self._title_font(row.strong))
        self._text(painter, first, row.title, "text")
        if not self._one_line:
            kept = self._caption.horizontalAdvance(row.right_room) + px(8) if row.right_room else 0
            end = second.right() - kept
            second = self._paint_right(painter, second, row.right_bottom, row.right_tone)
            second.setRight(min(second.right(), end))
            self._paint_second(painter, second, row)

    def _title_font(self, strong: bool) -> QFont:
        font = self._theme.font("body")
        if strong:
            # Unfilled titles are 700 in both faces; a made-up bold is wanted here.
            font.setWeight(QFont.Weight.Bold)
        return font

    def _first_line(self, rect: QRect, left: int, width: int) -> QRect:
        px = self._theme.px
        return QRect(left, rect.y() + px(7 if self._one_line else 5), width, px(20))

    def _second_line(self, rect: QRect, left: int, width: int) -> QRect:
        return QRect(left, rect.y() + self._theme.px(25), width, self._theme.px(16))

    def _paint_marks(self, painter: QPainter, rect: QRect, right: int, row: ListRow) -> int:
        """Paint from the right; returns where the free room ends."""
        px, metrics = self._theme.px, self._caption
        painter.setFont(self._theme.font("caption"))
        for severity, count in reversed(row.marks):
            room = metrics.horizontalAdvance(str(count))
            painter.setPen(self._theme.colour("text2"))
            painter.drawText(QRect(right - room, rect.y(), room + 1, rect.height()), _RIGHT, str(count))
            right -= room + px(3 + 14)
            pixmap = self._icons.mark_pixmap(severity, painter.device().devicePixelRatio())
            painter.drawPixmap(right, rect.y() + (rect.height() - px(14)) // 2, pixmap)
            right -= px(8)
        return right

    def _paint_right(self, painter: QPainter, line: QRect, text: str, tone: str) -> QRect:
        if not text:
            return line
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour(_TONES.get(tone, tone)))
        painter.drawText(line, _RIGHT, text)
        used = self._caption.horizontalAdvance(text) + self._theme.px(8)
        return line.adjusted(0, 0, -used, 0)

    def _paint_second(self, painter: QPainter, line: QRect, row: ListRow) -> None:
        px = self._theme.px
        painter.setFont(self._theme.font("caption"))
        metrics = self._caption
        if row.bar is not None:
            line = self._paint_bar(painter, line, row.bar, bool(row.lamp))
        if row.lamp:
            pixmap = self._icons.lamp_pixmap(row.lamp, painter.device().devicePixelRatio())
            painter.drawPixmap(line.x(), line.y() + px(2), pixmap)
            line = line.adjusted(px(16), 0, 0, 0)
        if row.word:
            self._text(painter, line, row.word, lamp_token(row.lamp) if row.lamp else "text2")
            line = line.adjusted(metrics.horizontalAdvance(row.word) + px(10), 0, 0, 0)
        self._text(painter, line, row.caption, "text3")

    def _paint_bar(self, painter: QPainter, line: QRect, bar: tuple[int, int], lamp: bool) -> QRect:
        px, (done, total) = self._theme.px, bar
        tail = px(36 + (36 if lamp else 0) + 8)
        room = QRect(line.x(), line.y() + px(5), max(line.width() - tail, px(20)), px(6))
        painter.fillRect(room, self._theme.colour("line"))
        filled = round(room.width() * done / total) if total else 0
        painter.fillRect(QRect(room.x(), room.y(), filled, room.height()), self._theme.colour("accent"))
        left = room.right() + px(8)
        self._text(painter, QRect(left, line.y(), px(40), line.height()), f"{done}/{total}", "text2")
        return QRect(left + px(42), line.y(), line.right() - left - px(42), line.height())

    def _text(self, painter: QPainter, room: QRect, text: str, token: str) -> None:
        painter.setPen(self._theme.colour(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        self._cut = self._cut or shown != text
        painter.drawText(room, _LEFT, shown)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A row that has no tooltip of its own says in it what it had no room for."""
        row = index.data(ROW)
        if isinstance(row, ListRow) and not row.tooltip and (row, option.rect.width()) in self._cut_rows:
            lines = (row.title, row.caption, row.right_top, row.right_bottom)
            QToolTip.showText(event.globalPos(), "\n".join(line for line in lines if line), view)
            return True
        return bool(super().helpEvent(event, view, option, index))
