"""Two plans and two quarters through the real windows: found, chosen, filled, and there again after a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.report import Entry
from desktop.paths import Paths
from desktop.services import filling
from desktop.views.application import Program
from desktop.views.dialogs.search import SearchDialog
from desktop.views.main_window import MainWindow
from tests.conftest import ROOT, TEST_ROUNDS
from tests.journeys.offices import QUARTER, Offices, open_offices
from tests.journeys.several import WATER, second_plan
from tests.views.conftest import compose


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path / "单位", now)
    yield made
    made.city.close()
    made.county.close()


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[Path], Program]]:
    made: list[Program] = []

    def begin(workspace: Path) -> Program:
        program = Program(qapp, Paths(ROOT / "resources", tmp_path / "user"), rounds=TEST_ROUNDS)
        made.append(program)
        assert program.open_folder(workspace)
        return program

    yield begin
    for program in made:
        program.close()
        program.runner.close()


def window_of(program: Program, qtbot: QtBot) -> MainWindow:
    window = program.window
    assert isinstance(window, MainWindow)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def searched(program: Program, window: MainWindow, qtbot: QtBot, text: str) -> SearchDialog:
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(SearchDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.box.hasFocus)
    compose(dialog.box, text)
    qtbot.waitUntil(lambda: not dialog._pause.isActive())
    assert program.runner.wait_idle()
    return dialog


def test_what_was_written_in_another_plan_and_quarter_is_found_and_gone_to(
    offices: Offices, start: Callable[[Path], Program], qtbot: QtBot
) -> None:
    water = second_plan(offices, (QUARTER, "2025Q2"))
    report = filling.begin(offices.county, water.id, QUARTER, "test", offices.now)
    entry = Entry("m-002", None, "清了三公里", "淤泥没有地方放")
    filling.save_entry(offices.county, report.id, entry, "test", offices.now)
    filling.begin(offices.county, offices.plan.id, QUARTER, "test", offices.now)
    folder = offices.county.folder
    offices.county.close()
    program = start(folder)
    window = window_of(program, qtbot)
    context = program.context
    assert context is not None and context.plan_id == water.id and str(context.quarter) == "2025Q2"
    dialog = searched(program, window, qtbot, "淤泥")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert (context.plan_id, str(context.quarter), window.place) == (water.id, QUARTER, "filling")
    problems = window.page.findChild(QPlainTextEdit, "problems")
    # Without a screen nobody gives the window its place back.
    window.activateWindow()
    qtbot.waitUntil(problems.hasFocus)
    assert problems.toPlainText() == "淤泥没有地方放"
    assert window.windowTitle().endswith("2025年第一季度")


def test_the_plan_is_chosen_at_the_top_and_still_shown_after_a_restart(
    offices: Offices, start: Callable[[Path], Program], qtbot: QtBot
) -> None:
    second_plan(offices)
    folder = offices.county.folder
    offices.county.close()
    program = start(folder)
    window = window_of(program, qtbot)
    chooser = window.findChild(QPushButton, "plan_chooser")
    assert chooser.text() == f"{WATER} · 第1版"
    program.context.choose_plan(offices.plan.id)
    assert chooser.text() == "云河市蓝天行动方案 · 第1版"
    assert window.page.findChild(QLabel, "measure_title").text() == "拆除小锅炉"
    program.close()
    again = start(folder)
    assert again.context is not None and again.context.plan_id == offices.plan.id
    assert window_of(again, qtbot).page.findChild(QLabel, "measure_title").text() == "拆除小锅炉"


def test_the_city_has_both_plans_at_its_desk(
    offices: Offices, start: Callable[[Path], Program], qtbot: QtBot
) -> None:
    water = second_plan(offices)
    folder = offices.city.folder
    offices.city.close()
    program = start(folder)
    window = window_of(program, qtbot)
    titles = {row.title for row in window.page.matrix._document.rows}
    assert "清淤河道" in titles and program.context.plan_id == water.id
    program.context.choose_plan(offices.plan.id)
    assert {row.title for row in window.page.matrix._document.rows} >= {"拆除小锅炉", "清扫道路"}
    for place in ("plan", "assign", "distribute", "settings"):
        window.go_to(place)
        program.context.choose_plan(water.id)
        program.context.choose_plan(offices.plan.id)
    dialog = searched(program, window, qtbot, "没有人写过")
    assert dialog.findChild(QLabel, "empty_title").text() == "没有找到“没有人写过”"
    qtbot.keyClick(dialog.box, Qt.Key.Key_Escape)


def test_ctrl_k_searches_from_within_a_field_too_and_finds_what_was_just_typed(
    offices: Offices, start: Callable[[Path], Program], qtbot: QtBot
) -> None:
    offices.draft_report()
    folder = offices.county.folder
    offices.county.close()
    program = start(folder)
    window = window_of(program, qtbot)
    progress = window.page.findChild(QPlainTextEdit, "progress")
    progress.setFocus()
    compose(progress, "刚刚写下的话")
    progress.moveCursor(QTextCursor.MoveOperation.Start)
    dialog = searched(program, window, qtbot, "刚刚写下")
    assert progress.toPlainText() == "刚刚写下的话"
    assert [row.title for row in dialog.list.rows[1:]] == ["拆除小锅炉"]
    qtbot.keyClick(dialog.box, Qt.Key.Key_Escape)
