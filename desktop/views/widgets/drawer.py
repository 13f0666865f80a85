"""A pane that leaves its place where room is short, and then opens over the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.widgets.styling import mark


class Drawer(QObject):
    """Folds `pane` away and lays it over the left of `page` on demand; `put_back` gives it its place again.

    Esc, a press beside it, or `close()` put it away. Where it is not folded, `toggle` hides and shows it in place.
    """

    def __init__(
        self,
        page: QWidget,
        pane: QWidget,
        width: int,
        put_back: Callable[[QWidget], object],
        focus: QWidget | None = None,
    ) -> None:
        super().__init__(page)
        self._page, self._pane, self._width, self._put_back = page, pane, width, put_back
        # No focus proxy of the pane: Tab would leap over what stands before it.
        self._focus = focus or pane
        self._folded = False
        page.installEventFilter(self)
        leave = QShortcut(QKeySequence("Esc"), pane)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.close)
        self._leave = leave
        leave.setEnabled(False)

    @property
    def folded(self) -> bool:
        return self._folded

    def set_folded(self, folded: bool) -> None:
        """Take the pane out of its place, or put it back there."""
        if folded == self._folded:
            return
        self._folded = folded
        self._leave.setEnabled(folded)
        mark(self._pane, floating=folded)
        if folded:
            self._pane.hide()
            if self._page.layout() is not None:
                self._page.layout().removeWidget(self._pane)
            self._pane.setParent(self._page)
        else:
            QApplication.instance().removeEventFilter(self)
            self._put_back(self._pane)
            self._pane.show()

    def toggle(self) -> None:
        """Ctrl+L: show or hide the pane."""
        if not self._folded:
            self._pane.setVisible(self._pane.isHidden())
        elif self._pane.isHidden():
            self.open()
        else:
            self.close()

    def open(self) -> None:
        """Lay a folded pane over the page, and give it, or its part that was named, the focus."""
        if not self._folded:
            return
        self._place()
        self._pane.show()
        self._pane.raise_()
        self._focus.setFocus()
        QApplication.instance().installEventFilter(self)

    def close(self) -> None:
        """Put a folded pane away."""
        if self._folded:
            QApplication.instance().removeEventFilter(self)
            self._pane.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.Resize and self._folded:
            self._place()
        elif (watched is self._page and event.type() == QEvent.Type.Hide) or (
            event.type() == QEvent.Type.MouseButtonPress and self._beside(event)
        ):
            self.close()
        return super().eventFilter(watched, event)

    def _beside(self, event: QEvent) -> bool:
        """Whether a press is on the page but not on the open pane: dialogs and menus over it don't count."""
        if not self._folded or self._pane.isHidden() or not isinstance(event, QMouseEvent):
            return False
        at = event.globalPosition().toPoint()
        window = QApplication.widgetAt(at)
        ours = window is not None and window.window() is self._page.window()
        return ours and not _on_screen(self._pane).contains(at) and _on_screen(self._page).contains(at)

    def _place(self) -> None:
        self._pane.setGeometry(0, 0, min(self._width, self._page.width()), self._page.height())


def _on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
