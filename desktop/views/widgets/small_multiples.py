"""One small line chart for each unit, all on the same scale, the mean of all behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.views.theme import Theme

_CELL, _LEAST = 84, 132
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class SmallLine:
    """A unit's line: its values in per cent, None where there is none; `told` in words for tooltip and reader."""

    key: str
    name: str
    values: tuple[Decimal | None, ...]
    told: str


class SmallMultiples(QWidget):
    """`chosen(key)` by a click. Cells flow: as many beside each other as the width holds."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[SmallLine, ...] = ()
        self._mean: tuple[Decimal | None, ...] = ()
        self._marked = self._current = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: Sequence[SmallLine], mean: Sequence[Decimal | None], marked: str) -> None:
        """`marked`: the one unit whose line has the colour of what is behind, or empty."""
        self._lines, self._mean, self._marked = tuple(lines), tuple(mean), marked
        self.setAccessibleName("；".join(line.told for line in lines))
        self.updateGeometry()
        self.update()

    def choose(self, key: str) -> None:
        self._current = key
        self.update()

    def sizeHint(self) -> QSize:
        width = self._theme.px(_LEAST)
        return QSize(width, self._theme.px(_CELL))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._lines) // self._across(width))
        return rows * self._theme.px(_CELL)

    def _across(self, width: int) -> int:
        return max(min(width // self._theme.px(_LEAST), 6), 1)

    def _cell(self, at: int) -> QRect:
        across = self._across(self.width())
        wide, high = self.width() // across, self._theme.px(_CELL)
        return QRect(at % across * wide, at // across * high, wide, high)

    def _at(self, place: QPointF) -> SmallLine | None:
        cells = ((line, self._cell(at)) for at, line in enumerate(self._lines))
        return next((line for line, cell in cells if cell.contains(place.toPoint())), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._at(event.position())
        if line is not None:
            self.chosen.emit(line.key)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            line = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), line.told if line else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, line in enumerate(self._lines):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            self._paint_cell(painter, self._cell(at), line)

    def _paint_cell(self, painter: QPainter, cell: QRect, line: SmallLine) -> None:
        theme, px = self._theme, self._theme.px
        if line.key == self._current:
            painter.fillRect(cell.adjusted(0, 0, -px(8), -px(4)), theme.colour("sel"))
            painter.fillRect(QRect(cell.x(), cell.y(), px(3), cell.height() - px(4)), theme.colour("accent"))
        marked = line.key == self._marked
        inner = cell.adjusted(px(8), px(4), -px(16), -px(12))
        painter.setFont(theme.font("caption", strong=marked or line.key == self._current))
        painter.setPen(theme.colour("behind" if marked else "text"))
        name = QRect(inner.x(), inner.y(), inner.width(), px(16))
        shown = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, _LEFT, shown)
        chart = QRectF(inner.adjusted(0, px(22), -px(34), 0))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(chart.bottomLeft() + QPointF(0, px(4)), chart.bottomRight() + QPointF(0, px(4)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._curve(painter, chart, self._mean, QPen(theme.colour("line2"), 1.5))
        colour = theme.colour("behind" if marked else "accent")
        last = self._curve(painter, chart, line.values, QPen(colour, 1.75))
        now = line.values[-1] if line.values else None
        painter.setFont(theme.font("caption", strong=True))
        if now is not None and last is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(last, px(2.5), px(2.5))
            painter.setPen(theme.colour("behind" if marked else "text"))
            text, middle = f"{now:.0f}%", last.y()
        else:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("text3"))
            text, middle = "还没有", chart.center().y()
        painter.drawText(QRectF(chart.right() + px(6), middle - px(8), px(44), px(16)), _LEFT, text)

    def _curve(
        self, painter: QPainter, chart: QRectF, values: Sequence[Decimal | None], pen: QPen
    ) -> QPointF | None:
        """0 to 100 per cent over the chart's height; the line breaks where a value is missing. The last point."""
        step = chart.width() / max(len(values) - 1, 1)
        painter.setPen(pen)
        piece: list[QPointF] = []
        last = None
        for at, value in enumerate((*values, None)):
            if value is not None:
                x = chart.right() if len(values) == 1 else chart.x() + at * step
                piece.append(QPointF(x, chart.bottom() - float(value) / 100 * chart.height()))
                continue
            if len(piece) > 1:
                painter.drawPolyline(QPolygonF(piece))
            elif piece:
                painter.drawPoint(piece[0])
            last, piece = (piece[-1] if piece else last), []
        return last
