"""Where a desktop is small, a window takes all of it; a maximised one is followed by a maximised one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from desktop.views.placing import fits, show_window


@pytest.mark.parametrize(
    ("width", "height", "room"),
    [(1366, 728, False), (1280, 672, False), (1440, 852, True), (1920, 1032, True), (1920, 700, False)],
)
def test_whether_the_usual_window_has_room(width: int, height: int, room: bool) -> None:
    assert fits(QSize(width, height)) == room


def test_a_maximised_window_is_followed_by_one(qtbot: QtBot) -> None:
    first, second, third = QMainWindow(), QMainWindow(), QMainWindow()
    for window in (first, second, third):
        qtbot.addWidget(window)
    show_window(first, None)
    assert not first.isMaximized()
    first.showMaximized()
    show_window(second, first)
    assert second.isMaximized()
    second.showNormal()
    show_window(third, second)
    assert not third.isMaximized()


def test_on_a_small_desktop_of_windows_it_is_maximised(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "windows")
    assert not fits(window.screen().availableSize()), "the offscreen desktop has 800 by 800"
    show_window(window, None)
    assert window.isMaximized()
