"""The program's windows: from the start page into a workspace and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import RefusedError
from desktop.paths import Paths
from desktop.services import opening
from desktop.views.application import Program
from desktop.views.main_window import MainWindow
from desktop.views.pages.start import StartPage
from tests.conftest import ROOT, TEST_ROUNDS
from tests.journeys.offices import CITY, REGION


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
