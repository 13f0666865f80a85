"""Errors as they reach the person, and what the computer remembers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import CancelledError, RefusedError
from desktop.views.errors import ErrorPresenter, install_hooks
from desktop.views.icons import Icons
from desktop.views.preferences import Preferences


def test_a_bug_is_shown_with_its_log(icons: Icons, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ErrorPresenter(icons, tmp_path / "lantian.log").dialog(KeyError("x"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert str(tmp_path / "lantian.log") in dialog.findChild(QLabel, "error_text").text()
    code = dialog.findChild(QLabel, "error_code")
    assert not code.isVisible()
    dialog.findChild(QPushButton, "error_detail").click()
    assert code.isVisible()
    assert "KeyError" in code.text()


def test_a_user_error_is_shown_in_its_sentence(
    icons: Icons, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Said:
        title, text, code = "U盘满了", "什么都还没写。", "disk_full"

    monkeypatch.setattr("desktop.views.errors.sentence_of", lambda error: Said())
    dialog = ErrorPresenter(icons, tmp_path / "log").dialog(RefusedError("disk_full"))
    qtbot.addWidget(dialog)
    assert dialog.findChild(QLabel, "dialog_title").text() == "U盘满了"
    assert dialog.findChild(QLabel, "error_code").text() == "disk_full"


def test_a_cancelled_job_shows_nothing(icons: Icons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    presenter = ErrorPresenter(icons, tmp_path / "log")
    monkeypatch.setattr(presenter, "dialog", lambda *given: pytest.fail("shown"))
    presenter(CancelledError())


def test_uncaught_bugs_are_shown(monkeypatch: pytest.MonkeyPatch, qtlog: object) -> None:
    import sys

    from PySide6.QtCore import qInstallMessageHandler

    shown: list[Exception] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    try:
        install_hooks(shown.append)
        error = ValueError("x")
        sys.excepthook(ValueError, error, None)
    finally:
        qInstallMessageHandler(None)
    assert shown == [error]


def test_preferences_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "用户" / "settings.ini"
    first = Preferences(path)
    first.scale = 1.15
    for name in ("甲", "乙", "甲"):
        first.remember_workspace(tmp_path / name)
    del first
    again = Preferences(path)
    assert again.scale == 1.15
    assert again.recent == (tmp_path / "甲", tmp_path / "乙")
    again.forget_workspace(tmp_path / "甲")
    assert again.recent == (tmp_path / "乙",)
    again.set_word("scale", "99")
    again.set_word("theme", "?")
    assert (again.scale, again.look) == (1.0, "light")
