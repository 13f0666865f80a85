"""The list of what was found: rows of a mailbox with the words that were looked for marked in them."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from desktop.domain.needle import Span
from desktop.views.icons import Icons
from desktop.views.models.hits import HitRow
from desktop.views.models.rows import ListRow
from desktop.views.widgets.row_delegate import RowDelegate
from desktop.views.widgets.row_list import RowList

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class HitDelegate(RowDelegate):
    """Marks by a ground and by weight: two signals, as a lamp has them."""

    def _paint_row(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        self._row = row if isinstance(row, HitRow) else None
        super()._paint_row(painter, rect, row)

    def _text(self, painter: QPainter, room: QRect, text: str, token: str) -> None:
        row = self._row
        spans: tuple[Span, ...] = ()
        if row is not None and text == row.title and token == "text":
            spans = row.title_spans
        elif row is not None and text == row.caption and token == "text3":
            spans, token = row.caption_spans, "text2"
        if spans:
            self._marked(painter, room, text, spans, token)
        else:
            super()._text(painter, room, text, token)

    def _marked(self, painter: QPainter, room: QRect, text: str, spans: tuple[Span, ...], token: str) -> None:
        """The text piece by piece, elided at the room's end."""
        plain, strong = QFont(painter.font()), QFont(painter.font())
        strong.setWeight(QFont.Weight.Bold)
        shown = QFontMetrics(plain).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        kept = len(shown) - 1 if shown != text else len(shown)
        left, at = room.x(), 0
        for start, end in (*spans, (kept, kept)):
            for piece, found in ((text[at : min(start, kept)], False), (text[start : min(end, kept)], True)):
                if piece and left < room.right():
                    font = strong if found else plain
                    left = self._piece(
                        painter,
                        QRect(left, room.y(), room.right() - left, room.height()),
                        piece,
                        font,
                        found,
                        token,
                    )
            at = max(end, at)
        if kept < len(text):
            self._piece(
                painter, QRect(left, room.y(), room.right() - left, room.height()), "…", plain, False, token
            )

    def _piece(self, painter: QPainter, room: QRect, text: str, font: QFont, found: bool, token: str) -> int:
        """Paints a piece and returns where the next one begins."""
        width = min(QFontMetrics(font).horizontalAdvance(text), room.width())
        place = QRect(room.x(), room.y(), width, room.height())
        if found:
            painter.fillRect(place.adjusted(0, 1, 0, -1), self._theme.colour("warnBg"))
        painter.setFont(font)
        painter.setPen(self._theme.colour("text" if found else token))
        painter.drawText(place, _LEFT, text)
        painter.setFont(font)
        return room.x() + width


class HitList(RowList):
    """A RowList of HitRows."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(icons, parent=parent)
        self._delegate = HitDelegate(icons, parent=self)
        self.setItemDelegate(self._delegate)
