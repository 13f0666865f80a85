"""撤销 and 重做 on the filling page: over the whole report, from any field, as it was."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import RefusedError
from desktop.domain.report import Entry, ProgressStatus, Reading
from desktop.services import filling
from tests.views.pages.county import County
from tests.views.pages.on_page import find, words
from tests.views.pages.test_filling import choose_status, enter, shown, write

pytestmark = pytest.mark.usefixtures("no_qt_warnings")
CTRL = Qt.KeyboardModifier.ControlModifier


def undo(qtbot: QtBot, field: QWidget) -> None:
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)


def redo(qtbot: QtBot, field: QWidget) -> None:
    qtbot.keyClick(field, Qt.Key.Key_Y, CTRL)


def test_it_goes_back_over_entries_and_fields_and_forth_again(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    edit = find(page, "progress", QPlainTextEdit)
    choose_status(page, ProgressStatus.ON_SCHEDULE)
    write(qtbot, page, "progress", "seven")
    enter(find(page, "reading_t-001", QLineEdit), "7")
    page.go_to("m-002")
    write(qtbot, page, "progress", "streets")
    undo(qtbot, edit)
    assert own.entry("m-002").progress == "" and page.frame.editor.key == "m-002"
    assert find(page, "redo", QPushButton).toolTip() == "重做：第2条的“进展情况”（Ctrl+Y）"
    undo(qtbot, edit)
    assert page.frame.editor.key == "m-001" and own.entry("m-001").reading("t-001") is None
    figure = find(page, "reading_t-001", QLineEdit)
    assert figure.hasFocus() and figure.text() == ""
    undo(qtbot, figure)
    undo(qtbot, edit)
    assert own.entry("m-001") == Entry("m-001"), "words, then the status"
    assert not find(page, "undo", QPushButton).isEnabled()
    for _ in range(4):
        redo(qtbot, page.frame)
    assert own.entry("m-001").progress == "seven" and own.entry("m-001").reading("t-001") == Decimal(7)
    assert own.entry("m-002").progress == "streets" and page.frame.editor.key == "m-002"
    assert not find(page, "redo", QPushButton).isEnabled()


def test_what_was_typed_a_moment_ago_is_a_step(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    edit = find(page, "progress", QPlainTextEdit)
    write(qtbot, page, "progress", "one")
    edit.flush()
    page.frame.editor.problems.edit.setFocus()
    edit.setFocus()
    qtbot.keyClicks(edit, " two")
    undo(qtbot, edit)
    assert edit.toPlainText() == "one" == own.entry("m-001").progress
    assert edit.textCursor().position() == 3
    redo(qtbot, edit)
    assert edit.toPlainText() == "one two" == own.entry("m-001").progress


def test_evidence_comes_back(qtbot: QtBot, own: County, tmp_path: Path) -> None:
    proof = tmp_path / "单.pdf"
    proof.write_bytes(b"%PDF proof")
    page = shown(qtbot, own)
    page.frame.editor.evidence.take([proof])
    assert own.context.runner.wait_idle()
    kept = own.entry("m-001").evidence
    find(page, "remove_file").click()
    assert own.entry("m-001").evidence == ()
    undo(qtbot, page.frame)
    assert own.entry("m-001").evidence == kept


def test_what_came_in_a_workbook_is_one_step(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    store, report, now = own.offices.county, own.report(), own.offices.now
    given = [
        Entry("m-001", ProgressStatus.ON_SCHEDULE, "甲", readings=(Reading("t-001", Decimal(3)),)),
        Entry("m-002", ProgressStatus.ON_SCHEDULE, "乙"),
    ]
    filling.save_entries(store, report.id, given, "test", now)
    page.refresh()
    assert find(page, "undo", QPushButton).toolTip() == "撤销：2条的改动（Ctrl+Z）"
    undo(qtbot, page.frame)
    assert own.entry("m-001").empty and own.entry("m-002").empty
    redo(qtbot, page.frame)
    assert [own.entry(e.measure_key) for e in given] == given


def test_what_cannot_be_stored_is_not_taken_back(
    qtbot: QtBot, own: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, own)
    choose_status(page, ProgressStatus.BEHIND)

    def full(*_: object) -> None:
        raise RefusedError("disk_full", folder="D:")

    with monkeypatch.context() as patch:
        patch.setattr(filling, "save_entries", full)
        undo(qtbot, page.frame)
        assert page.frame.trouble.isVisible() and own.entry("m-001").status is ProgressStatus.BEHIND
    undo(qtbot, page.frame)
    assert own.entry("m-001").status is None and not page.frame.trouble.isVisible()


def test_a_locked_report_has_no_way_back(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    choose_status(page, ProgressStatus.BEHIND)
    own.offices.reviewed_report()
    page.refresh()
    before = own.offices.county.reports.entry(own.report().id, "m-001")
    undo(qtbot, page.frame)
    assert own.offices.county.reports.entry(own.report().id, "m-001") == before
    assert not find(page, "undo").isVisible()


def test_the_fields_menu_offers_the_reports_way_back(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    choose_status(page, ProgressStatus.BEHIND)
    menu = page.frame.editor.progress.edit.menu()
    next(action for action in menu.actions() if action.objectName() == "edit-undo").trigger()
    assert own.entry("m-001").status is None


def test_the_search_box_keeps_its_own(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    choose_status(page, ProgressStatus.BEHIND)
    box = page.frame.entries.search
    box.setFocus()
    qtbot.keyClicks(box, "1")
    undo(qtbot, box)
    assert box.text() == "" and own.entry("m-001").status is ProgressStatus.BEHIND


def test_last_quarter_is_taken_over_whole_edited_with_marks_and_written_anew(
    qtbot: QtBot, own: County
) -> None:
    own.last_quarter("上季完成了6台，其余已签合同。")
    store, now = own.offices.county, own.offices.now
    last = store.reports.latest(own.offices.plan.id, own.report().unit_code, "2024Q4")
    said = store.reports.entry(last.id, "m-001")
    whole = Entry(
        "m-001", ProgressStatus.COMPLETED, said.progress, "缺资金。", "争取资金。", readings=said.readings
    )
    filling.save_entry(store, last.id, whole, "test", now)
    page = shown(qtbot, own)
    edit = find(page, "progress", QPlainTextEdit)
    enter(find(page, "problems", QPlainTextEdit), "我写的。")
    qtbot.keyClick(edit, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    entry = own.entry("m-001")
    assert (entry.progress, entry.problems, entry.next_steps) == (said.progress, "我写的。", "争取资金。")
    assert entry.status is ProgressStatus.COMPLETED and entry.reading("t-001") is None
    assert words(page, "last_progress_note") == "一字没改"
    assert find(page, "afresh_progress").isVisible() and not find(page, "carry_progress").isVisible()
    undo(qtbot, edit)
    assert own.entry("m-001") == Entry("m-001", problems="我写的。"), "one step"
    redo(qtbot, edit)
    edit.setPlainText("本季完成了9台，其余已签合同。")
    edit.flush()
    assert words(page, "last_progress_note") == "改动标在下面"
    marked = find(page, "last_progress", QLabel).text()
    assert ">上<" in marked and ">本<" in marked and ">6<" in marked and ">9<" in marked
    find(page, "afresh_progress").click()
    assert own.entry("m-001").progress == "" and edit.hasFocus()
    assert words(page, "last_progress") == said.progress, "it stands there to be taken again"
    undo(qtbot, edit)
    assert edit.toPlainText() == "本季完成了9台，其余已签合同。"


def test_a_state_that_may_change_is_said_anew(qtbot: QtBot, own: County) -> None:
    own.last_quarter()
    page = shown(qtbot, own)
    qtbot.keyClick(page.frame, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert own.entry("m-001") == Entry("m-001", progress="上季完成了6台。")


def test_the_hand_goes_into_a_field_that_was_hidden(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    choose_status(page, ProgressStatus.NOT_APPLICABLE)
    problems = find(page, "problems", QPlainTextEdit)
    assert not problems.isVisible()
    page.frame.editor.focus_field("problems")
    assert problems.isVisible() and problems.hasFocus()
    qtbot.keyClicks(problems, "no money")
    undo(qtbot, problems)
    assert own.entry("m-001") == Entry("m-001", ProgressStatus.NOT_APPLICABLE)
    assert problems.isVisible() and problems.hasFocus(), "the next key goes where the words were"
