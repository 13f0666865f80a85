"""A past quarter on the pages: it says so and what to do, all of it can be read and copied, nothing can be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.report import Entry, ProgressStatus, ReportState
from desktop.reports.fonts import Faces
from desktop.services import commenting, filling, reviewing
from desktop.views.context import Context
from desktop.views.pages.delegating import DelegatingPage
from desktop.views.pages.filling import FillingPage
from desktop.views.pages.review import ReviewPage
from desktop.views.spot import Spot
from desktop.wording.terms import full_date
from tests.journeys.offices import Offices, enrol
from tests.views.pages.county import County, county
from tests.views.pages.on_page import open_page

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    """A county with one entry, ten days later: the quarter closed yesterday."""
    made = county(make_context, offices, faces)
    entry = Entry("m-001", ProgressStatus.BEHIND, "拆除5台锅炉。", "资金没有到位。")
    filling.save_entry(offices.county, made.report().id, entry, "test", offices.now)
    commenting.comment(offices.county, made.report().id, "m-001", "附照片", "马晓东", offices.now)
    made.context.clock = lambda: offices.now + timedelta(days=10)
    return made


def test_the_banner_says_what_is_so_and_where_to_go(qtbot: QtBot, own: County) -> None:
    page = open_page(qtbot, FillingPage(own.context))
    closes = own.offices.now.date() + timedelta(days=9)
    banner = page.frame.notice
    assert banner.isVisible() and banner.title.text() == f"{full_date(closes)}已锁定，只能看"
    assert "填过的都在" in banner.text.text() and "延长锁定日期" in banner.text.text()
    page.findChild(QPushButton, "notice_action").click()
    assert own.visited == [("inbox", None)]
    assert page.frame.saving.text() == "只能看，不能改"
    assert not page.frame.send.isVisible() and not page.frame.next.isVisible()
    assert not page.frame.entries.hand_out.isEnabled() and not page.frame.entries.take_back.isEnabled()


def test_what_was_written_is_read_and_copied_but_takes_no_key(qtbot: QtBot, own: County) -> None:
    page = open_page(qtbot, FillingPage(own.context))
    page.go_to("m-001")
    edit = page.findChild(QPlainTextEdit, "progress")
    edit.setFocus()
    qtbot.keyClicks(edit, "x")
    assert edit.toPlainText() == "拆除5台锅炉。"
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "拆除5台锅炉。"
    page.refresh()
    assert own.entry("m-001").progress == "拆除5台锅炉。"
    assert not page.frame.editor.picker.isEnabled()


def test_what_stood_on_the_screen_when_the_day_turned_stays_there_with_the_reason(
    qtbot: QtBot, own: County
) -> None:
    later, own.context.clock = own.context.clock, lambda: own.offices.now
    page = open_page(qtbot, FillingPage(own.context))
    page.go_to("m-001")
    edit = page.findChild(QPlainTextEdit, "progress")
    edit.setFocus()
    qtbot.keyClicks(edit, " 7")
    own.context.clock = later
    page.refresh()
    # The text stays in its field, where it can be copied; what is stored is what was at midnight.
    assert own.entry("m-001").progress == "拆除5台锅炉。"
    assert "7" in edit.toPlainText()
    assert page.frame.trouble.isVisible() and "已经锁定" in page.frame.trouble.title.text()


def test_a_spot_in_a_locked_quarter_gets_the_focus_with_nothing_selected(qtbot: QtBot, own: County) -> None:
    page = open_page(qtbot, FillingPage(own.context))
    page.open_target(Spot("m-001", "problems", 2))
    edit = page.findChild(QPlainTextEdit, "problems")
    assert edit.hasFocus() and page.frame.editor.key == "m-001"
    assert edit.textCursor().position() == 2 and not edit.textCursor().hasSelection()


def test_neither_review_nor_division_goes_on(qtbot: QtBot, own: County) -> None:
    page = open_page(qtbot, ReviewPage(own.context))
    own.context.runner.wait_idle()
    assert page.primary.text().endswith("已锁定，只能看") and not page.primary.isEnabled()
    assert not page.edit_names.isVisible()
    division = open_page(qtbot, DelegatingPage(own.context))
    assert not division.pane.hand_out.isEnabled()
    assert division.pane.hand_out.toolTip() == "这次报送现在只能看，不能改"


def test_a_reviewed_report_of_a_past_quarter_is_signed_but_not_given_back(
    qtbot: QtBot, own: County, faces: Faces
) -> None:
    offices = own.offices
    enrol(offices)
    report = own.report()
    for remark in offices.county.comments.of_report(report.id):
        commenting.settle(offices.county, remark.id, "test", offices.now)
    offices.fill(report)
    assert reviewing.review(offices.county, report.id, "test", offices.now).state is ReportState.REVIEWED
    page = open_page(qtbot, ReviewPage(own.context))
    own.context.runner.wait_idle()
    assert not page.back.isVisible()
    assert page.primary.text() == "签发…" and page.primary.isEnabled()


def test_what_was_returned_is_still_filled_after_the_closing_day(
    qtbot: QtBot, own: County, faces: Faces
) -> None:
    offices = own.offices
    enrol(offices)
    for remark in offices.county.comments.of_report(own.report().id):
        commenting.settle(offices.county, remark.id, "test", offices.now)
    returned = own.returned(faces)
    filling.next_revision(offices.county, returned, "test", offices.now)
    page = open_page(qtbot, FillingPage(own.context))
    assert not page.findChild(QPlainTextEdit, "progress").isReadOnly()
    assert page.findChild(QLabel, "banner_title") is not None
    assert "退回" in page.frame.notice.title.text()


def test_a_past_quarter_that_was_never_begun_says_so(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, faces: Faces
) -> None:
    untouched = county(make_context, offices, faces)
    untouched.context.clock = lambda: offices.now + timedelta(days=10)
    page = open_page(qtbot, FillingPage(untouched.context))
    assert page.empty.isVisible() and page.empty.title.text() == "2025年第一季度已锁定"
    assert "本单位没有填过" in page.empty.text.text()
    assert offices.county.reports.find() == ()
