"""F1: every place has its help, it tells only of keys that work, and opens and closes by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.context import Context
from desktop.views.dialogs.help import HelpDialog, help_file
from desktop.views.main_window import MainWindow, Place
from desktop.views.pages.start import StartPage
from desktop.views.places import REPORTING_PLACES, SUPERIOR_PLACES
from tests.conftest import ROOT

PLACES = {place.key: place for place in (*REPORTING_PLACES, *SUPERIOR_PLACES)}
# The start page is no place: nothing is open yet.
TITLES = {key: place.title for key, place in PLACES.items()} | {"start": "开始"}
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+(?:Shift\+)?[A-Za-z0-9↑↓]+|F\d")
# Keys that Qt's own fields and lists understand, and those that are made from a number.
BY_NATURE = {"Ctrl+V", *(f"Alt+{number}" for number in range(1, 6))}


@pytest.mark.parametrize("place", sorted(TITLES))
def test_every_place_has_help_under_its_own_name(place: str) -> None:
    text = help_file(ROOT / "resources" / "help", place).read_text(encoding="utf-8")
    title, told = text.splitlines()[:2]
    assert title == f"# {TITLES[place]}" and len(told) > 12
    assert all(len(line) < 90 for line in text.splitlines()), "one thought a line"
    assert not set(text) & set("！!#*`_<>".replace("#", "")), "plain words"


def test_help_without_a_place_is_nobodys() -> None:
    assert {path.stem for path in (ROOT / "resources" / "help").glob("*.md")} == set(TITLES)


def test_every_key_that_is_told_of_works() -> None:
    told = {
        key.replace("↑", "Up").replace("↓", "Down")
        for path in (ROOT / "resources" / "help").glob("*.md")
        for key in KEY.findall(path.read_text(encoding="utf-8"))
    }
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "desktop" / "views").rglob("*.py"))
    assert "Ctrl+Enter" in told and len(told) > 15
    assert [key for key in sorted(told - BY_NATURE) if f'"{key}"' not in source] == []


def test_f1_opens_the_help_of_the_place_that_is_shown(
    qtbot: QtBot, make_context: Callable[..., Context]
) -> None:
    places = [
        Place(key, PLACES[key].title, PLACES[key].icon, lambda _: QWidget()) for key in ("filling", "review")
    ]
    window = MainWindow(make_context(), places)
    qtbot.addWidget(window)
    window.show()
    for key in ("filling", "review"):
        # Without a screen nobody gives the window the focus back when a dialog closes.
        with qtbot.waitActive(window):
            window.activateWindow()
        window.go_to(key)
        qtbot.keyClick(window, Qt.Key.Key_F1)
        dialog = [d for d in window.findChildren(QDialog, "help_dialog") if d.isVisible()][-1]
        assert dialog.title.text() == PLACES[key].title
        words = dialog.findChild(QTextBrowser, "help_text")
        qtbot.waitUntil(words.hasFocus)
        assert "Ctrl+Enter" in words.toPlainText()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


@pytest.mark.parametrize("by_key", [True, False])
def test_the_start_page_has_its_help_too(
    qtbot: QtBot, make_context: Callable[..., Context], by_key: bool
) -> None:
    page = StartPage(make_context(), lambda _: None, lambda: ())
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    if by_key:
        qtbot.keyClick(page, Qt.Key.Key_F1)
    else:
        page.findChild(QPushButton, "open_help").click()
    (dialog,) = page.findChildren(QDialog, "help_dialog")
    assert dialog.isVisible() and dialog.title.text() == "开始"
    assert "从备份恢复" in dialog.findChild(QTextBrowser, "help_text").toPlainText()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_place_without_help_opens_nothing(
    qtbot: QtBot, make_context: Callable[..., Context], tmp_path: Path
) -> None:
    window = MainWindow(make_context(), [Place("nowhere", "没有", "doc", lambda _: QWidget())])
    qtbot.addWidget(window)
    window.open_help()
    assert window.findChild(QDialog, "help_dialog") is None


def test_short_help_is_a_short_dialog_and_long_help_scrolls(
    qtbot: QtBot, make_context: Callable[..., Context]
) -> None:
    context, heights = make_context(), {}
    for name, lines in (("short", 3), ("long", 90)):
        dialog = HelpDialog(context, "# 页\n" + "- 一行话\n" * lines, None)
        qtbot.addWidget(dialog)
        dialog.show()
        heights[name] = dialog.words.height()
        assert (dialog.words.verticalScrollBar().maximum() > 0) is (name == "long")
    assert heights["short"] < 200 < heights["long"]
