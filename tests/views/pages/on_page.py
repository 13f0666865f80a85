"""A page on the screen, and its parts by their names, as page tests want them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


def open_page(qtbot: QtBot, page: W) -> W:
    """The page in the active window at the usual size, with what the store holds."""
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.refresh()
    return page


def find(page: QWidget, name: str, kind: type[W] = QWidget) -> W:
    """The part of this name, whether it can be seen or not."""
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def words(page: QWidget, name: str) -> str:
    """What a label says."""
    return find(page, name, QLabel).text()


def button(page: QWidget, name: str) -> QAbstractButton:
    return find(page, name, QAbstractButton)


def seen(page: QWidget, kind: type[W], name: str) -> W:
    """The part of this name that can be seen; what was replaced a moment ago is still about."""
    QApplication.processEvents()
    return next(w for w in page.findChildren(kind, name) if w.isVisible())


def press(page: QWidget, name: str) -> None:
    """Click the button of this name that can be seen."""
    seen(page, QAbstractButton, name).click()
