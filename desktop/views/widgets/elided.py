"""A label that ends in … where its room ends, and says the whole in its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget


class ElidedLabel(QLabel):
    """One line, or as many as `lines`; `middle` cuts in the middle, as paths need it; `whole` shows all of it or nothing."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "",
        middle: bool = False,
        whole: bool = False,
        lines: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self._whole, self._lines = whole, lines
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        least = 0 if self._whole else self.fontMetrics().horizontalAdvance("汉字…")
        return QSize(least, self._height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def _height(self) -> int:
        return super().minimumSizeHint().height() + (self._lines - 1) * self.fontMetrics().lineSpacing()

    def _shown(self, width: int) -> str:
        """What there is room for; lines are parted where words may be."""
        left, lines = self.text(), []
        while len(lines) < self._lines - 1 and self.fontMetrics().horizontalAdvance(left) > width:
            layout = QTextLayout(left, self.font())
            layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
            layout.beginLayout()
            line = layout.createLine()
            line.setLineWidth(width)
            layout.endLayout()
            if not 0 < line.textLength() < len(left):
                break
            lines.append(left[: line.textLength()])
            left = left[line.textLength() :]
        return "\n".join([*lines, self.fontMetrics().elidedText(left, self._mode, width)])

    def paintEvent(self, event: QPaintEvent) -> None:
        inner = self.contentsRect()
        shown = self._shown(inner.width())
        cut = shown.replace("\n", "") != self.text()
        if self._whole and cut:
            return
        self.setToolTip(self.text() if cut else "")
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            inner,
            int(QStyle.visualAlignment(self.layoutDirection(), self.alignment()).value),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
