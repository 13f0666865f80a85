"""A short text in one line that saves itself."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.views.widgets.inputs import SAVE_PAUSE_MS


class NoteEdit(QLineEdit):
    """`edited` after a pause and when the focus leaves, with what stands there then."""

    edited = Signal(str)

    def __init__(self, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self.setMaxLength(longest)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVE_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textEdited.connect(lambda: self._pause.start())

    def set_text(self, text: str) -> None:
        """Show a stored text; tells nobody."""
        self._pause.stop()
        self._told = text
        self.setText(text)
        self.setCursorPosition(0)

    def flush(self) -> None:
        """Tell now what was typed."""
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.edited.emit(self._told)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()
