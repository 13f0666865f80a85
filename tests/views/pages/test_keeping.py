"""备份 in the settings, 从备份恢复 and 用自动备份恢复 on the start page, one's own files in the inbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.paths import Paths
from desktop.reports.fonts import Faces
from desktop.services import keeping, opening, restoring, safeguarding, sending, signing
from desktop.storage import Store, snapshots
from desktop.views.application import Program
from desktop.views.context import Context
from desktop.views.dialogs.restore import RestoreDialog
from desktop.views.main_window import MainWindow
from desktop.views.pages.inbox import InboxPage
from desktop.views.pages.settings import SettingsPage
from desktop.views.pages.start import StartPage
from tests.conftest import ROOT, TEST_ROUNDS
from tests.journeys.offices import PASS_PHRASE, Offices, enrol, open_offices
from tests.views.pages.on_page import button


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = open_offices(tmp_path / "offices", datetime.now().astimezone().replace(microsecond=0))
    made.fill(made.draft_report())
    yield made
    made.city.close()
    made.county.close()


def text(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def said(page: QWidget, banner: str) -> str:
    found = page.findChild(QWidget, banner)
    assert found is not None and found.isVisible(), banner
    return found.accessibleName()


@pytest.fixture
def settings(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> tuple[SettingsPage, Context]:
    context = make_context(store=offices.county, clock=lambda: offices.now)
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.show()
    page.refresh()
    page.open_target("computer")
    return page, context


def test_a_backup_is_written_and_said_in_place(
    settings: tuple[SettingsPage, Context], offices: Offices, tmp_path: Path
) -> None:
    page, context = settings
    assert text(page, "backup_file") == "还没有备份到文件"
    assert text(page, "backup_automatic") == "还没有自动备份"
    context.files.saved = tmp_path / "备份.jbk"
    button(page, "back_up").click()
    assert not button(page, "back_up").isEnabled()
    assert context.runner.wait_idle()
    assert "备份好了" in said(page, "backup_banner") and button(page, "back_up").isEnabled()
    now = offices.now
    assert text(page, "backup_file") == f"上次备份到文件：{now.month}月{now.day}日 {now:%H:%M}"
    restoring.check(tmp_path / "备份.jbk")
    button(page, "open_backup").click()
    assert context.files.shown == [tmp_path]


def test_a_backup_that_cannot_be_written_says_why(
    settings: tuple[SettingsPage, Context], tmp_path: Path
) -> None:
    page, context = settings
    context.files.saved = tmp_path / "没有这个文件夹" / "备份.jbk"
    button(page, "back_up").click()
    assert context.runner.wait_idle()
    assert "找不到这个文件夹" in said(page, "backup_banner") and button(page, "back_up").isEnabled()
    context.files.saved = None
    button(page, "back_up").click()
    assert not context.runner.busy


def test_stopping_says_that_nothing_is_left(settings: tuple[SettingsPage, Context], tmp_path: Path) -> None:
    page, context = settings
    target = tmp_path / "备份.jbk"
    page.computer.backup.back_up(target)
    page.computer.backup._bar._cancel()
    assert context.runner.wait_idle()
    assert "已停下" in said(page, "backup_banner") and not target.exists()


def test_a_quarter_that_ended_is_a_hint(settings: tuple[SettingsPage, Context], offices: Offices) -> None:
    page, context = settings
    hint = page.findChild(QLabel, "backup_overdue")
    assert hint is not None and not hint.isVisible()
    context.clock = lambda: offices.now + timedelta(days=100)
    page.refresh()
    assert hint.isVisible() and "该备份一次" in hint.text()


@pytest.fixture
def start(
    qtbot: QtBot, make_context: Callable[..., Context]
) -> Iterator[tuple[StartPage, Context, list[Store]]]:
    context, stores = make_context(), []
    page = StartPage(context, stores.append, tuple)
    qtbot.addWidget(page)
    page.resize(1366, 696)
    page.show()
    yield page, context, stores
    for store in stores:
        store.close()
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.close()


def restore_dialog(page: QWidget) -> RestoreDialog:
    found = page.window().findChildren(RestoreDialog)
    assert len(found) == 1
    return found[0]


def told() -> str:
    dialog = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "restored_dialog")
    return text(dialog, "restored_text")


def test_a_backup_becomes_a_new_workspace_that_is_opened(
    start: tuple[StartPage, Context, list[Store]], offices: Offices, tmp_path: Path, qtbot: QtBot
) -> None:
    page, context, stores = start
    made = keeping.back_up(offices.county, tmp_path / "a.jbk", "test", offices.now)
    context.files.files = (made.path,)
    link = button(page, "open_backup")
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    assert context.runner.wait_idle()
    dialog = restore_dialog(page)
    assert dialog.title.text() == "东川县人民政府"
    facts = [text(dialog, f"restore_fact_{number}") for number in range(5)]
    assert (
        facts[1] == "1个：云河市蓝天行动方案" and facts[2] == "1个：2025年第一季度" and facts[3] == "还没有"
    )
    assert "不要两个都用" in text(dialog, "restore_not_both") and "导入" in text(dialog, "restore_after")
    folder, go = dialog.findChild(QLineEdit, "restore_folder"), button(dialog, "restore_go")
    assert folder is not None and go.isEnabled()
    folder.setText(str(offices.county.folder))
    assert not go.isEnabled() and "已经有一个工作区" in text(dialog, "restore_folder_word")
    folder.setText(str(tmp_path / "新的"))
    go.click()
    assert context.runner.wait_idle()
    (store,) = stores
    assert store.folder == tmp_path / "新的" and store.workspace == offices.county.workspace
    assert "不要两个都用" in told()


def test_what_is_no_backup_is_said_in_the_dialog(
    start: tuple[StartPage, Context, list[Store]], tmp_path: Path
) -> None:
    page, context, stores = start
    (tmp_path / "a.jbk").write_bytes(b"PK\x03\x04 something else")
    context.files.files = (tmp_path / "a.jbk",)
    button(page, "open_backup").click()
    assert context.runner.wait_idle()
    dialog = restore_dialog(page)
    assert "不是蓝天季报的备份" in said(dialog, "restore_banner")
    assert not button(dialog, "restore_go").isEnabled() and not stores


def destroy(store: Store) -> None:
    store.close()
    path = store.folder / "lantian.db"
    data = bytearray(path.read_bytes())
    data[100:4000] = b"\xa5" * 3900
    path.write_bytes(bytes(data))


def test_a_damaged_database_is_offered_its_copy_and_asked(
    start: tuple[StartPage, Context, list[Store]], offices: Offices
) -> None:
    page, context, stores = start
    found = safeguarding.keep_snapshot(offices.county, datetime(2025, 4, 3, 14, 32))
    assert found is not None
    destroy(offices.county)
    page.open_folder(offices.county.folder)
    assert "读不出来" in said(page, "start_banner")
    assert context.runner.wait_idle()
    offer = button(page, "put_back_snapshot")
    assert offer.text() == "用自动备份恢复（4月3日 14:32）…"
    context.ask.answer = False
    offer.click()
    assert not context.runner.busy and not stores
    context.ask.answer = True
    offer.click()
    assert context.runner.wait_idle()
    assert "4月3日 14:32以后填的" in context.ask.asked[-1].text
    (store,) = stores
    assert store.folder == offices.county.folder and list(store.folder.glob("lantian.damaged-*.db"))
    assert "请再填一次" in told()


def test_without_a_copy_nothing_is_offered(
    start: tuple[StartPage, Context, list[Store]], offices: Offices
) -> None:
    page, context, _ = start
    destroy(offices.county)
    page.open_folder(offices.county.folder)
    assert context.runner.wait_idle()
    assert "读不出来" in said(page, "start_banner")
    assert page.findChild(QAbstractButton, "put_back_snapshot") is None


def test_the_offer_is_not_made_for_another_folder(
    start: tuple[StartPage, Context, list[Store]], offices: Offices, tmp_path: Path
) -> None:
    page, context, _ = start
    safeguarding.keep_snapshot(offices.county, offices.now)
    destroy(offices.county)
    page.open_folder(offices.county.folder)
    page.open_folder(tmp_path / "没有")
    assert context.runner.wait_idle()
    assert page.findChild(QAbstractButton, "put_back_snapshot") is None


def test_ones_own_submission_comes_back_through_the_inbox(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    enrol(offices)
    report = offices.reviewed_report()
    made = keeping.back_up(offices.county, tmp_path / "a.jbk", "test", offices.now)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    assert len(snapshots.snapshots(offices.county.folder)) >= 1
    folder = restoring.restore(made.path, tmp_path / "new", "test", offices.now)
    store = opening.open_workspace(folder, "test", offices.now)
    context = make_context(store=store, clock=lambda: offices.now)
    page = InboxPage(context)
    qtbot.addWidget(page)
    page.show()
    for words in ("找回了2025年第一季度第1次报送", "本来就在"):
        page.take_files([written[2].path])
        assert context.runner.wait_idle()
        assert words in page.news.accessibleName()
    assert store.packages.inbox_item(written[2].sha256) is None
    store.close()


@pytest.fixture
def program(theme_app: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(theme_app, Paths(ROOT / "resources", tmp_path / "user"), rounds=TEST_ROUNDS)
    yield made
    made.close()
    made.runner.close()


def test_the_program_copies_once_a_day_after_opening(
    program: Program, offices: Offices, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.views.daily.AFTER_MS", 0)
    offices.county.close()
    for _ in range(2):
        assert program.open_folder(offices.county.folder)
        assert isinstance(program.window, MainWindow)
        qtbot.waitUntil(lambda: len(snapshots.snapshots(offices.county.folder)) == 1)
        assert program.runner.wait_idle()
        program.show_start()


def test_a_damaged_workspace_leads_to_the_start_page(program: Program, offices: Offices) -> None:
    safeguarding.keep_snapshot(offices.county, offices.now)
    destroy(offices.county)
    assert not program.open_folder(offices.county.folder)
    assert program.runner.wait_idle()
    page = program.window.centralWidget()
    assert isinstance(page, StartPage) and "读不出来" in said(page, "start_banner")
    assert button(page, "put_back_snapshot").text().startswith("用自动备份恢复（")
