"""One picture to look at: fitted to the window, or larger and moved about."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.views.icons import Icons

_MARGIN = 12
_STEPS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)


class PictureView(QAbstractScrollArea):
    """`zoomChanged(text)`; Ctrl+wheel, + and − zoom, 0 fits, the arrows and the mouse move it."""

    zoomChanged = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = icons.theme
        self._image = QImage()
        self._zoom = 0.0
        self._wide = False
        self._held = QPoint()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("图片")
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)

    def show_image(self, image: QImage, name: str = "", wide: bool = False) -> None:
        """Show an image at the zoom that was chosen, from its top. What is `wide` is fitted by its width: a page to read."""
        self._image, self._wide = image, wide
        self.setAccessibleName(name or "图片")
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    @property
    def image(self) -> QImage:
        return self._image

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by one of the fixed steps."""
        now = self._scale()
        larger = [step for step in _STEPS if step > now * 1.01]
        smaller = [step for step in _STEPS if step < now * 0.99]
        options = larger[:1] if steps > 0 else smaller[-1:]
        if options:
            self.set_zoom(options[0])

    def fit(self) -> None:
        self.set_zoom(0.0)

    def set_zoom(self, zoom: float) -> None:
        """Screen pixels to one of the picture; 0 fits it in."""
        middle = self._middle()
        self._zoom = zoom
        self._arrange()
        self._show_middle(*middle)
        self.zoomChanged.emit(self.zoom_word)
        self.viewport().update()

    @property
    def zoom_word(self) -> str:
        if self._zoom:
            return f"{self._zoom:.0%}"
        return "适合宽度" if self._wide else "适合窗口"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour("mat"))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            rect = self._rect()
            painter.fillRect(rect, self._theme.colour("paper"))
            painter.drawImage(rect, self._image)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
        if event.key() in zooms:
            self.zoom_by(zooms[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            # They turn pages, which is the dialog's.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            moved = event.position().toPoint() - self._held
            self._held = event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def _scale(self) -> float:
        if self._zoom or self._image.isNull():
            return self._zoom or 1.0
        room = self.viewport().size()
        width, height = room.width() - 2 * _MARGIN, room.height() - 2 * _MARGIN
        across, down = width / self._image.width(), height / self._image.height()
        fit = across if self._wide else min(across, down)
        # A small picture is not blown up.
        return max(min(fit, 1.0), 0.01)

    def _size(self) -> QSizeF:
        return QSizeF(self._image.size()) * self._scale()

    def _rect(self) -> QRectF:
        size, room = self._size(), self.viewport().size()
        left = max((room.width() - size.width()) / 2, _MARGIN) - self.horizontalScrollBar().value()
        top = max((room.height() - size.height()) / 2, _MARGIN) - self.verticalScrollBar().value()
        return QRectF(left, top, size.width(), size.height())

    def _arrange(self) -> None:
        size, room = self._size(), self.viewport().size()
        for bar, whole, seen in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setRange(0, max(0, round(whole + 2 * _MARGIN - seen)))
            bar.setPageStep(seen)

    def _middle(self) -> tuple[float, float]:
        """Which part of the picture lies at the middle, as shares of its width and height."""
        rect, centre = self._rect(), QRectF(self.viewport().rect()).center()
        width, height = max(rect.width(), 1.0), max(rect.height(), 1.0)
        return (centre.x() - rect.x()) / width, (centre.y() - rect.y()) / height

    def _show_middle(self, across: float, down: float) -> None:
        size, room = self._size(), self.viewport().size()
        self.horizontalScrollBar().setValue(round(size.width() * across + _MARGIN - room.width() / 2))
        self.verticalScrollBar().setValue(round(size.height() * down + _MARGIN - room.height() / 2))
