"""The shell of every dialog: whose it is, a title, a body, buttons at the right of the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QPushButton, QWidget
from shiboken6 import isValid

from desktop.views.widgets.layout import column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label


def front_window() -> QWidget | None:
    """The window in front; where the program is not in front, its own window. None while it has none."""
    shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow) and w.isVisible())
    return QApplication.activeWindow() or next(shown, None)


class OwnedDialog(QDialog):
    """The base of all dialogs: each belongs to a window, to the one in front where nobody says to which.

    A dialog without an owner blocks no window: that can be closed below it, and the dialog stays, on a workspace that is gone.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent or front_window())


def close_dialogs(window: QWidget, asks: bool = True) -> bool:
    """Leaves every open dialog of a window as Esc does, the innermost first; False where one stays.

    One that waits for a signature, or asks whether words are to be dropped, stays. Where the program ends nobody is there
    to be asked: without `asks` all are left, and what they keep at once is kept.
    """
    open_ones = (w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
    owned = [(depth, w) for w in open_ones if (depth := _depth(w, window))]
    for _, dialog in sorted(owned, key=lambda pair: -pair[0]):
        # What the one inside it did may have closed it as well, or deleted it.
        if isValid(dialog) and dialog.isVisible():
            if asks:
                dialog.reject()
            else:
                dialog.done(QDialog.DialogCode.Rejected)
        if isValid(dialog) and dialog.isVisible():
            return False
    return True


def _depth(dialog: QWidget, window: QWidget) -> int:
    """The how manieth over a window a dialog is, 0 where it is not its own."""
    depth, above = 1, dialog.parentWidget()
    while above is not None and above is not window:
        depth, above = depth + above.isWindow(), above.parentWidget()
    return depth if above is not None else 0


class TopWindow(QMainWindow):
    """A window of the program. It closes only with all its dialogs, whoever closes it: nothing is left standing on its own."""

    def closeEvent(self, event: QCloseEvent) -> None:
        if close_dialogs(self):
            super().closeEvent(event)
        else:
            event.ignore()


class _Body(Scroll):
    """As high as its contents; where the screen ends it scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(QWidget())

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.widget().minimumSizeHint().width(), 0)

    def needed(self, width: int) -> int:
        """The height at which nothing scrolls."""
        layout = self.widget().layout()
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return layout.totalMinimumSize().height()


class Dialog(OwnedDialog):
    """`body` is a column to fill; `add_button` from left to right. Esc leaves without a change.

    It is as high as its contents, but never higher than the window it belongs to: then the body scrolls.
    """

    def __init__(self, caption: str, title: str, width: int = 520, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(caption)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setMinimumWidth(width)
        self.title = label(title, "title", name="dialog_title", wrap=True)
        self.body = column(gap=12)
        self._area = _Body()
        self._area.widget().setLayout(self.body)
        self._area.widget().installEventFilter(self)
        self._links = row()
        self._buttons = row()
        foot = row(self._links, None, self._buttons)
        self.setLayout(column(self.title, self._area, 4, foot, gap=12, margins=(24, 20, 24, 16)))
        self.layout().setStretch(1, 1)

    def event(self, event: QEvent) -> bool:
        """Grow with the contents: wrapped text needs a height that a window does not ask for by itself."""
        handled = bool(super().event(event))
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._grow()
        return handled

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The area keeps its contents' wishes to itself.
        if event.type() == QEvent.Type.LayoutRequest:
            self._area.updateGeometry()
            self._grow()
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        margins = layout.contentsMargins()
        sides = margins.left() + margins.right()
        # A least width that is set by hand silences the layout's own: the body would be cut at its right.
        wide = max(self.width(), self._area.minimumSizeHint().width() + sides)
        others = layout.totalHeightForWidth(wide) - max(self._area.sizeHint().height(), 0)
        height = min(others + self._area.needed(wide - sides), self._most())
        if wide > self.width() or height > self.height() or self.height() > self._most():
            self.resize(wide, max(height, min(self.height(), self._most())))

    def reveal(self, part: QWidget) -> None:
        """Scroll a part of the body into sight, once it stands where the layout puts it."""
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(part))

    def give_room(self, part: QWidget, height: int, others: int) -> None:
        """Make a part that scrolls by itself `height` px high, less where the window leaves no more beside `others`."""
        part.setMinimumHeight(max(min(height, self._most() - others), 120))

    def _most(self) -> int:
        parent = self.parentWidget()
        window = parent.window().height() if parent is not None else 0
        return max(window, 400) if window else self.screen().availableGeometry().height() - 40

    def add_button(
        self, text: str, kind: str = "secondary", name: str = "", clicked: Callable[[], object] | None = None
    ) -> QPushButton:
        made = button(text, kind, name, clicked)
        (self._links if kind in ("link", "smallLink") else self._buttons).addWidget(made)
        if kind == "primary":
            made.setAutoDefault(True)
            made.setDefault(True)
        return made
