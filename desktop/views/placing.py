"""How a new window comes onto the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from desktop.views.main_window import DEFAULT_SIZE

# What Windows 10 and 11 put round a window.
_FRAME = QSize(16, 39)


def show_window(window: QMainWindow, before: QMainWindow | None) -> None:
    """As large as the window that it takes the place of; maximised on a desktop too small for the usual size."""
    is_small = QGuiApplication.platformName() == "windows" and not fits(window.screen().availableSize())
    if is_small or (before is not None and before.isMaximized()):
        window.showMaximized()
    else:
        window.show()


def fits(available: QSize) -> bool:
    """Whether a window of the usual size has room there with frame and title: on 1366 × 768 with a task bar it has not."""
    needed = DEFAULT_SIZE + _FRAME
    return available.width() >= needed.width() and available.height() >= needed.height()
