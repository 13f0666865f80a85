"""A scroll area that scrolls no further than its contents need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class Scroll(QScrollArea):
    """Its contents are as wide as it is, and as high as they need at that width.

    By itself Qt takes for the height what labels would need at the least width they could have.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def stand_in_margin(self) -> None:
        """The bar stands in the right margin of what is shown, which is as wide with it as without."""
        inside = self.widget().layout()
        margins, bar = inside.contentsMargins(), self.verticalScrollBar()

        def fit(least: int, most: int) -> None:
            right = margins.right() - (bar.sizeHint().width() if most > least else 0)
            inside.setContentsMargins(margins.left(), margins.top(), max(right, 0), margins.bottom())

        bar.rangeChanged.connect(fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            # Otherwise contents that became smaller keep the size that they had.
            QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if inside is None or layout is None:
            return
        least = layout.totalMinimumSize()
        needed = least.height()
        if layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(max(self.viewport().width(), least.width()))
        if inside.minimumHeight() != needed:
            inside.setMinimumHeight(needed)
