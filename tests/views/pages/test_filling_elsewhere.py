"""What belongs to one report stays with it, whichever plan or quarter the filling page shows meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.plan import Plan
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, Report
from desktop.services import filling, reviewing
from desktop.views.pages.filling import FillingPage
from tests.journeys.offices import QUARTER, Offices
from tests.journeys.several import second_plan
from tests.pictures import kept_as
from tests.views.pages.county import County
from tests.views.pages.on_page import find, words
from tests.views.pages.test_filling import enter, shown, write

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def water(offices: Offices) -> Plan:
    """A second plan, whose measures have the same keys."""
    return second_plan(offices, (QUARTER, "2025Q2"))


@pytest.fixture
def page(qtbot: QtBot, own: County, water: Plan) -> FillingPage:
    made = shown(qtbot, own)
    own.context.signals.planChosen.connect(made.refresh)
    own.context.signals.quarterChanged.connect(made.refresh)
    return made


def report_of(own: County, plan: Plan, quarter: str = QUARTER) -> Report:
    return filling.begin(own.offices.county, plan.id, quarter, "test", own.offices.now)


def entry_of(own: County, plan: Plan, key: str = "m-001") -> Entry:
    return own.offices.county.reports.entry(report_of(own, plan).id, key) or Entry(key)


def test_a_file_goes_to_the_report_it_was_given_to(
    own: County, water: Plan, page: FillingPage, tmp_path: object
) -> None:
    page.frame.editor.evidence.take([kept_as(tmp_path, "验收单.pdf", b"%PDF proof")])
    own.context.choose_plan(water.id)
    assert page.frame.editor.key == "m-001"
    assert own.context.runner.wait_idle()
    assert [e.name for e in own.entry("m-001").evidence] == ["验收单.pdf"]
    assert entry_of(own, water).evidence == () and page.frame.editor.evidence.files.chips == []
    own.context.choose_plan(own.offices.plan.id)
    assert [chip.accessibleName()[:7] for chip in page.frame.editor.evidence.files.chips] == ["验收单.pdf"]
    assert words(page, "filled_count") == "已填 0/2"


def test_a_file_that_comes_after_the_review_is_refused_and_nothing_is_stuck(
    own: County, page: FillingPage, tmp_path: object
) -> None:
    own.offices.fill(own.report())
    page.refresh()
    page.frame.editor.evidence.take([kept_as(tmp_path, "验收单.pdf", b"%PDF proof")])
    page.leave()
    reviewing.review(own.offices.county, own.report().id, "test", own.offices.now)
    assert own.context.runner.wait_idle()
    assert own.entry("m-001").evidence == () and page.frame.trouble.isVisible()
    page.refresh()
    assert find(page, "progress", QPlainTextEdit).isReadOnly()
    page.go_to("m-002")
    assert page.frame.editor.key == "m-002" and page.frame.editor.evidence.files.chips == []


def test_what_is_no_number_is_not_shown_under_another_plan(
    own: County, water: Plan, page: FillingPage
) -> None:
    enter(find(page, "reading_t-001", QLineEdit), "七台")
    find(page, "progress", QPlainTextEdit).setFocus()
    own.context.choose_plan(water.id)
    field = find(page, "reading_t-001", QLineEdit)
    assert field.text() == "" and words(page, "standing_t-001") != "不是数字，没有存"
    own.context.choose_plan(own.offices.plan.id)
    assert find(page, "reading_t-001", QLineEdit).text() == "七台", "where it was typed it stands again"


def test_what_came_while_another_plan_was_shown_can_be_taken_back(
    qtbot: QtBot, own: County, water: Plan, page: FillingPage
) -> None:
    write(qtbot, page, "progress", "mine")
    own.context.choose_plan(water.id)
    theirs = replace(own.entry("m-001"), progress="theirs, from a workbook")
    filling.save_entry(own.offices.county, own.report().id, theirs, "test", own.offices.now)
    own.context.choose_plan(own.offices.plan.id)
    edit = find(page, "progress", QPlainTextEdit)
    assert edit.toPlainText() == "theirs, from a workbook"
    find(page, "undo", QPushButton).click()
    assert edit.toPlainText() == "mine" == own.entry("m-001").progress
    find(page, "redo", QPushButton).click()
    assert own.entry("m-001").progress == "theirs, from a workbook"


def test_words_that_came_too_late_do_not_hold_up_the_next_quarter(
    qtbot: QtBot, own: County, water: Plan, page: FillingPage
) -> None:
    offices = own.offices
    write(qtbot, page, "progress", "at midnight")
    own.context.clock = lambda: offices.now + timedelta(days=10)
    own.context.choose_plan(water.id, Quarter.parse("2025Q2"))
    edit = find(page, "progress", QPlainTextEdit)
    assert edit.toPlainText() == "" and not edit.isReadOnly(), "the quarter that was chosen is shown"
    assert own.entry("m-001").progress == ""
    banner = page.frame.rescued
    assert banner.isVisible() and "at midnight" in banner.text.text(), "and the words are handed back"
    assert not page.frame.trouble.isVisible()
    find(banner, "rescued_copy", QPushButton).click()
    assert QApplication.clipboard().text() == "at midnight"


def test_words_that_came_too_late_do_not_hold_up_the_next_entry(
    qtbot: QtBot, own: County, page: FillingPage
) -> None:
    write(qtbot, page, "progress", "at midnight")
    own.context.clock = lambda: own.offices.now + timedelta(days=10)
    page.frame.entries.list.choose("m-002")
    assert page.frame.editor.key == "m-002" and "at midnight" in page.frame.rescued.text.text()
    page.go_to("m-001")
    edit = find(page, "progress", QPlainTextEdit)
    assert edit.toPlainText() == "" == own.entry("m-001").progress and edit.isReadOnly()
    assert "已锁定" in page.frame.notice.title.text()
