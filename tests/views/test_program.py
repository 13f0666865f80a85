"""The program's windows: from the start page into a workspace and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.domain.errors import RefusedError
from desktop.paths import Paths
from desktop.services import certifying, opening, receiving
from desktop.views.application import Program
from desktop.views.main_window import MainWindow
from desktop.views.pages.start import StartPage
from desktop.views.preferences import Preferences
from tests.conftest import ROOT, TEST_ROUNDS
from tests.journeys.offices import CITY, COUNTY, REGION, open_offices


@pytest.fixture
def program(theme_app: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(theme_app, Paths(ROOT / "resources", tmp_path / "user"), rounds=TEST_ROUNDS)
    yield made
    made.close()
    made.runner.close()


def test_another_workspace_frees_the_one_that_was_open(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    now = program.new_context().now()
    opening.create_workspace(tmp_path / "市", CITY, REGION, "test", now).close()
    assert program.open_folder(tmp_path / "市")
    window = program.window
    assert isinstance(window, MainWindow) and window.place == "desk"
    with pytest.raises(RefusedError) as refused:
        opening.open_workspace(tmp_path / "市", "test", now)
    assert refused.value.code == "workspace_in_use"
    window.go_to("settings")
    other = window.findChild(QAbstractButton, "other_workspace")
    assert other is not None
    other.click()
    assert isinstance(program.window.centralWidget(), StartPage)
    opening.open_workspace(tmp_path / "市", "test", now).close()
    (recent,) = program.preferences.recent_workspaces
    assert (recent.folder, recent.unit, recent.opened) == (tmp_path / "市", CITY.name, now.date())


def test_a_double_clicked_package_is_taken_in_by_the_last_workspace(
    program: Program, tmp_path: Path, now: datetime
) -> None:
    made = open_offices(tmp_path / "单位", now)
    package = next(made.stick.glob("*任务包*.jbx"))
    county = made.county.folder
    made.city.close()
    made.county.close()
    program.preferences.remember_workspace(tmp_path / "不在了")
    program.preferences.remember_workspace(county)
    program.begin(None, package)
    window = program.window
    assert isinstance(window, MainWindow) and window.place == "inbox"
    assert program.runner.wait_idle()
    QApplication.processEvents()
    assert program.context is not None and program.context.store is not None
    assert "收过" in str(window.page.news.title.text() + window.page.news.text.text())


def test_on_the_first_day_what_the_superior_sent_is_shown(
    program: Program, tmp_path: Path, now: datetime
) -> None:
    made = open_offices(tmp_path / "单位", now)
    invitation = certifying.invite(made.city, COUNTY.code, made.identity, "test", now)
    path = made.to_county(invitation.digest)
    made.city.close()
    made.county.close()
    new = opening.create_workspace(tmp_path / "新", COUNTY, REGION, "test", now)
    receiving.arrive(new, path, "test", now)
    program.show_store(new)
    window = program.window
    assert isinstance(window, MainWindow) and window.place == "inbox"
    assert program.runner.wait_idle()


def test_a_package_handed_over_is_taken_into_the_open_workspace(
    program: Program, tmp_path: Path, now: datetime, qtbot: QtBot
) -> None:
    made = open_offices(tmp_path / "单位", now)
    package = next(made.stick.glob("*任务包*.jbx"))
    county = made.county.folder
    made.city.close()
    made.county.close()
    assert program.open_folder(county)
    asking = QDialog(program.window)
    asking.setModal(True)
    asking.show()
    program.take_package(package)
    window = program.window
    assert isinstance(window, MainWindow) and window.place == "filling", "a dialog is open: it waits"
    asking.close()
    qtbot.waitUntil(lambda: window.place == "inbox")
    assert program.runner.wait_idle()


def test_a_package_handed_over_to_the_start_page_opens_the_last_workspace(
    program: Program, tmp_path: Path, now: datetime
) -> None:
    made = open_offices(tmp_path / "单位", now)
    package = next(made.stick.glob("*任务包*.jbx"))
    made.city.close()
    made.county.close()
    program.show_start()
    program.preferences.remember_workspace(made.county.folder)
    program.take_package(package)
    assert isinstance(program.window, MainWindow) and program.window.place == "inbox"
    assert program.runner.wait_idle()


def test_the_look_that_was_chosen_is_there_at_the_next_start(
    theme_app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The tests that come after this one go on in the light.
    monkeypatch.setattr("desktop.views.application.apply", lambda *_: None)
    paths = Paths(ROOT / "resources", tmp_path / "user")
    for look in ("dark", "light"):
        Preferences(paths.settings).look = look
        program = Program(theme_app, paths, rounds=TEST_ROUNDS)
        assert program.theme.name == look
        program.runner.close()
