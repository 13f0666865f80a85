"""A figure over its quarters, as small as a word."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.theme import Theme

MOST = 8


class TrendLine(QWidget):
    """The last eight values from left to right, the goal as a dashed line; where a value is missing the line breaks."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._values: tuple[Decimal | None, ...] = ()
        self._goal: Decimal | None = None
        self._short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[Decimal | None], goal: Decimal | None) -> None:
        """None for a quarter without a value, and for a goal without a figure."""
        self._values, self._goal = tuple(values[-MOST:]), goal
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(64 if self._short else 84), self._theme.px(28))

    def set_short(self, short: bool) -> None:
        """Less wide, where room is short."""
        self._short = short
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        known = [value for value in self._values if value is not None]
        if not known:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = self._theme.px(2.5)
        room = QRectF(self.rect()).adjusted(dot + 1, dot + 2, -dot - 1, -dot - 2)
        shown = [*known, *([] if self._goal is None else [self._goal])]
        least, most = min(shown), max(shown)

        def height(value: Decimal) -> float:
            share = float((value - least) / (most - least)) if most > least else 0.5
            return room.bottom() - share * room.height()

        if self._goal is not None:
            painter.setPen(QPen(self._theme.colour("line2"), 1, Qt.PenStyle.DashLine))
            at = height(self._goal)
            painter.drawLine(QPointF(0, at), QPointF(self.width(), at))
        step = room.width() / max(len(self._values) - 1, 1)
        alone = len(self._values) == 1
        accent = self._theme.colour("accent")
        painter.setPen(QPen(accent, 1.5))
        piece: list[QPointF] = []
        for place, value in enumerate((*self._values, None)):
            if value is not None:
                x = room.center().x() if alone else room.left() + place * step
                piece.append(QPointF(x, height(value)))
                continue
            if len(piece) > 1:
                painter.drawPolyline(QPolygonF(piece))
            elif piece:
                painter.drawEllipse(piece[0], 1, 1)
            last, piece = (piece[-1] if piece else None), []
            if last is not None and place == len(self._values):
                painter.setBrush(accent)
                painter.drawEllipse(last, dot, dot)
