"""The shell of every dialog: a title, a body, buttons at the right of the foot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import button, label


class Dialog(QDialog):
    """`body` is a column to fill; `add_button` from left to right. Esc leaves without a change."""

    def __init__(self, caption: str, title: str, width: int = 520, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(caption)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setMinimumWidth(width)
        self.title = label(title, "title", name="dialog_title", wrap=True)
        self.body = column(gap=12)
        self._links = row()
        self._buttons = row()
        foot = row(self._links, None, self._buttons)
        self.setLayout(column(self.title, self.body, 4, foot, gap=12, margins=(24, 20, 24, 16)))
        self.layout().setStretch(1, 1)

    def event(self, event: QEvent) -> bool:
        """Grow with the contents: wrapped text needs a height that a window does not ask for by itself."""
        handled = bool(super().event(event))
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show) and self.layout() is not None:
            needed = self.layout().totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)
        return handled

    def add_button(
        self, text: str, kind: str = "secondary", name: str = "", clicked: Callable[[], object] | None = None
    ) -> QPushButton:
        made = button(text, kind, name, clicked)
        (self._links if kind in ("link", "smallLink") else self._buttons).addWidget(made)
        if kind == "primary":
            made.setAutoDefault(True)
            made.setDefault(True)
        return made
