"""交还原件 from the inbox: one file or all that was exchanged, written as it came, and refused in place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.report import ReportState
from desktop.reports.fonts import Faces
from desktop.services import keeping, opening, recovering, restoring, signing, withdrawing
from desktop.views.context import Context
from desktop.views.dialogs.hand_back import HandBackDialog
from desktop.views.pages.export import ExportPage
from desktop.views.pages.filling import FillingPage
from desktop.views.pages.inbox import InboxPage
from desktop.views.pages.review import ReviewPage
from tests.journeys.offices import COUNTY, PASS_PHRASE, Offices, enrol
from tests.views.pages.office_context import context_for, settle
from tests.views.pages.test_inbox import news, submission, take

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def page(qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, faces: Faces) -> InboxPage:
    """The city's inbox with a submission of the county that waits."""
    context = context_for(make_context, offices, offices.city)
    made = InboxPage(context)
    made.context = context
    qtbot.addWidget(made)
    made.resize(1290, 648)
    made.show()
    made.refresh()
    take(made, submission(offices, faces))
    made.chips.choose("all")
    made.list.choose(made.list.keys[0])
    settle(context)
    return made


def opened(page: InboxPage) -> HandBackDialog:
    page.findChild(QPushButton, "inbox_hand_back").click()
    QApplication.processEvents()
    return next(d for d in page.window().findChildren(HandBackDialog) if d.isVisible())


def test_the_file_that_is_shown_is_written_as_it_came(
    page: InboxPage, offices: Offices, tmp_path: Path
) -> None:
    folder = tmp_path / "给县里"
    folder.mkdir()
    page.context.files.chosen = folder
    digest = page.list.key
    dialog = opened(page)
    assert dialog.title.text() == "交还给东川县" and dialog.single.isChecked()
    dialog.findChild(QPushButton, "hand_back_go").click()
    settle(page.context)
    (path,) = folder.iterdir()
    assert path.read_bytes() == offices.county.packages.file(digest)
    assert news(page)[0] == "已写出并核对" and "1个文件" in news(page)[1]
    assert recovering.is_own(offices.county, path)


def test_all_goes_into_a_folder_of_its_own(page: InboxPage, tmp_path: Path) -> None:
    folder = tmp_path / "U盘2"
    folder.mkdir()
    page.context.files.chosen = folder
    dialog = opened(page)
    assert dialog.every.text() == "和东川县往来的全部3个文件"
    for word in ("任务包1份", "季报1份", "邀请1份", "证书不在里面"):
        assert word in dialog.every.caption
    dialog.every.click()
    dialog.findChild(QPushButton, "hand_back_go").click()
    settle(page.context)
    (made,) = folder.iterdir()
    assert made.name.startswith("东川县_往来文件_") and len(list(made.iterdir())) == 3


def test_what_cannot_be_written_is_said_in_place(page: InboxPage, offices: Offices, tmp_path: Path) -> None:
    page.context.files.chosen = tmp_path / "不在"
    dialog = opened(page)
    dialog.findChild(QPushButton, "hand_back_go").click()
    settle(page.context)
    assert dialog.isVisible() and dialog.findChild(QLabel, "banner_title") is not None
    assert dialog._banner.isVisible() and dialog._go.isEnabled()
    page.context.files.chosen = None
    dialog._go.click()
    dialog.reject()


def test_a_unit_hands_nothing_back_and_what_was_refused_stays(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> None:
    context = context_for(make_context, offices, offices.county)
    page = InboxPage(context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    settle(context)
    assert page.findChild(QPushButton, "inbox_hand_back").isHidden()
    assert COUNTY.code == offices.county.workspace.unit.code


def test_a_unit_is_asked_whether_what_it_took_back_is_lost(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    enrol(offices)
    report = offices.reviewed_report()
    made = keeping.back_up(offices.county, tmp_path / "备份.jbk", "test", offices.now).path
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, item = withdrawing.withdraw(offices.county, report.id, "台数", PASS_PHRASE, "test", offices.now)
    notice = offices.to_city(item.digest)
    offices.county.close()
    place = restoring.restore(made, tmp_path / "新", "test", offices.now)
    offices.county = opening.open_workspace(place, "test", offices.now)
    context = context_for(make_context, offices, offices.county)
    page = InboxPage(context)
    page.context = context
    qtbot.addWidget(page)
    page.show()
    context.ask.answer = False
    take(page, notice)
    assert [question.title for question in context.ask.asked] == ["撤回的那一份找不到了吗？"]
    assert offices.county.reports.get(report.id).state is ReportState.REVIEWED
    context.ask.answer = True
    take(page, notice)
    assert offices.county.reports.get(report.id).state is ReportState.WITHDRAWN
    assert news(page)[0] == "记下了2025年第一季度第1次报送已经撤回" and len(context.ask.asked) == 2
    context.faces = lambda: faces
    # A revision of which only the withdrawal is left is shown like any other.
    for build in (FillingPage, ReviewPage, ExportPage):
        shown = build(context)
        qtbot.addWidget(shown)
        shown.show()
        shown.refresh()
        settle(context)
        assert not shown.grab().isNull()
    assert context.errors == []
