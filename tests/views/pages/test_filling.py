"""The filling page on a real store: what is typed is stored, nothing typed is lost, states say what is next."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import RefusedError
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, ProgressStatus, ReportState
from desktop.reports.fonts import Faces
from desktop.services import commenting, filling, reviewing
from desktop.views.models.rows import GroupHead
from desktop.views.pages.filling import FillingPage
from tests.journeys.offices import enrol
from tests.views.pages.amended import amend, hand_down, merged, without_streets
from tests.views.pages.county import County
from tests.views.pages.on_page import find, open_page, words

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


def shown(qtbot: QtBot, own: County) -> FillingPage:
    return open_page(qtbot, FillingPage(own.context))


def write(qtbot: QtBot, page: QWidget, name: str, text: str) -> None:
    edit = find(page, name, QPlainTextEdit)
    edit.setFocus()
    qtbot.keyClicks(edit, text)


def enter(field: QWidget, text: str) -> None:
    """Text as an input method gives it; keyClicks knows ASCII alone."""
    field.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def choose_status(page: QWidget, status: ProgressStatus) -> None:
    find(page, f"status_{status.value}").click()


def test_without_a_plan_it_says_where_tasks_come_from(qtbot: QtBot, own: County) -> None:
    own.context.plan_id = ""
    page = shown(qtbot, own)
    assert words(page.empty, "empty_title") == "还没有任务"
    find(page.empty, "empty_action").click()
    assert own.visited == [("inbox", None)]


def test_a_quarter_that_is_not_open(qtbot: QtBot, own: County) -> None:
    own.context.quarter = Quarter.parse("2026Q3")
    page = shown(qtbot, own)
    assert words(page.empty, "empty_title") == "2026年第三季度还没有开放填报"
    assert own.offices.county.reports.find(quarter="2026Q3") == ()


def test_typing_is_stored_without_a_button(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    assert words(page, "filled_count") == "已填 0/2" and words(page, "measure_title") == "拆除小锅炉"
    choose_status(page, ProgressStatus.ON_SCHEDULE)
    assert own.entry("m-001").status is ProgressStatus.ON_SCHEDULE, "a status is stored at once"
    write(qtbot, page, "progress", "removed 7")
    qtbot.waitUntil(lambda: own.entry("m-001").progress == "removed 7")
    assert words(page, "progress_count") == "8字"
    assert own.saved and own.saved[-1] == own.offices.now
    value = find(page, "reading_t-001", QLineEdit)
    enter(value, "７台")
    qtbot.waitUntil(lambda: own.entry("m-001").reading("t-001") == Decimal(7))
    assert words(page, "standing_t-001") == "还差5台", "an unmet target is not 滞后"
    assert words(page, "filled_count") == "已填 1/2" and words(page, "left_over") == "还有1条未填"


def test_what_was_just_typed_is_stored_before_another_entry_is_shown(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    write(qtbot, page, "progress", "first")
    page.frame.entries.list.choose("m-002")
    assert own.entry("m-001").progress == "first"
    assert find(page, "progress", QPlainTextEdit).toPlainText() == ""
    write(qtbot, page, "progress", "second")
    page.leave()
    assert own.entry("m-002").progress == "second"


def test_reading_anew_keeps_what_is_being_typed(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    page.go_to("m-002")
    write(qtbot, page, "progress", "half a sen")
    page.refresh()
    edit = find(page, "progress", QPlainTextEdit)
    assert words(page, "measure_title") == "清扫道路" and edit.textCursor().position() == 10
    qtbot.keyClicks(edit, "tence")
    page.leave()
    assert own.entry("m-002").progress == "half a sentence"


def test_what_cannot_be_stored_stays_on_the_screen(
    qtbot: QtBot, own: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, own)

    def full(*_: object) -> None:
        raise RefusedError("disk_full", folder="D:")

    with monkeypatch.context() as patch:
        patch.setattr(filling, "save_entry", full)
        write(qtbot, page, "progress", "precious")
        page.frame.entries.list.choose("m-002")
        assert page.frame.trouble.isVisible() and not own.saved
        assert page.frame.editor.key == "m-001" == page.frame.entries.list.key
        assert find(page, "progress", QPlainTextEdit).toPlainText() == "precious"
    page.frame.entries.list.choose("m-002")
    assert own.entry("m-001").progress == "precious" and not page.frame.trouble.isVisible()


def test_a_figure_that_is_no_number_is_kept_but_not_stored(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    qtbot.keyClicks(find(page, "reading_t-001", QLineEdit), "seven")
    page.go_to("m-002")
    page.go_to("m-001")
    assert find(page, "reading_t-001", QLineEdit).text() == "seven"
    assert words(page, "standing_t-001") == "不是数字，没有存"
    assert own.entry("m-001").reading("t-001") is None


def test_behind_asks_why_at_the_field_and_in_the_pane(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    page.go_to("m-002")
    choose_status(page, ProgressStatus.BEHIND)
    assert words(page, "problems_reason") == "还没写“存在问题”"
    qtbot.keyClick(page.frame, Qt.Key.Key_F8)
    assert page.frame.editor.progress.edit.hasFocus(), "the first finding: progress is missing"
    qtbot.keyClick(page.frame, Qt.Key.Key_F8)
    assert page.frame.editor.problems.edit.hasFocus()
    qtbot.keyClick(page.frame, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.frame.editor.progress.edit.hasFocus()


def test_not_applicable_needs_its_reason_alone(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    editor = page.frame.editor
    assert not editor.explanation.isVisible()
    choose_status(page, ProgressStatus.NOT_APPLICABLE)
    assert (
        editor.explanation.isVisible() and not editor.progress.isVisible() and not editor.readings.isVisible()
    )
    write(qtbot, page, "explanation", "no boilers here")
    page.leave()
    assert words(page, "filled_count") == "已填 1/2"


def test_last_quarter_is_carried_over_and_never_overwrites(qtbot: QtBot, own: County) -> None:
    own.last_quarter()
    page = shown(qtbot, own)
    assert words(page, "last_progress") == "上季完成了6台。"
    edit = find(page, "progress", QPlainTextEdit)
    find(page, "carry_progress", QPushButton).click()
    assert edit.toPlainText() == "上季完成了6台。"
    qtbot.keyClick(edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == ""
    write(qtbot, page, "progress", "mine ")
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert edit.toPlainText() == "mine 上季完成了6台。"


def test_without_a_last_quarter_nothing_is_offered(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    assert page.frame.hints.last.isHidden()


def test_the_list_filters_by_words_and_chips(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    entries = page.frame.entries
    choose_status(page, ProgressStatus.BEHIND)
    enter(entries.search, "清扫 未填")
    assert entries.list.keys == ("m-001", "m-002"), "the chosen one stays"
    page.go_to("m-002")
    find(page, "chip_unfilled").click()
    assert entries.list.keys == ("m-002",)
    find(page, "chip_all").click()
    entries.search.setText("锅炉 已完成")
    assert words(entries.empty, "empty_title") == "没有符合“锅炉 已完成”的措施" and entries.empty.isVisible()
    find(entries.empty, "empty_action").click()
    assert entries.list.keys == ("m-001", "m-002")


def test_the_keyboard_goes_through_the_entries(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    qtbot.keyClick(page.frame, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.frame.editor.key == "m-002"
    qtbot.keyClick(page.frame, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.frame.editor.key == "m-001"
    for key in ("m-001", "m-002"):
        qtbot.keyClick(page.frame, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert page.frame.editor.key == key, "first into the entry that is shown, for it is not filled"
        assert find(page, "status").isAncestorOf(page.focusWidget())
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
    assert page.frame.entries.list.hasFocus()
    qtbot.keyClick(page.frame.entries.list, Qt.Key.Key_Return)
    assert find(page, "status").isAncestorOf(page.focusWidget())


def test_sending_to_review_waits_until_all_is_filled_and_asks_who(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    send = find(page, "send_to_review", QPushButton)
    assert not send.isEnabled() and send.text() == "全部填完后送审核"
    own.offices.fill(own.report())
    page.refresh()
    assert send.isEnabled() and send.text() == "送审核…" and send.property("kind") == "primary"
    assert not find(page, "next_unfilled").isVisible()
    qtbot.keyClick(page.frame, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = page.window().findChild(QDialog, "people_dialog")
    done = find(dialog, "people_done", QPushButton)
    assert find(dialog, "person_reviewer", QLineEdit).text() == "马晓东"
    find(dialog, "person_reviewer", QLineEdit).clear()
    assert not done.isEnabled()
    qtbot.keyClicks(find(dialog, "person_reviewer", QLineEdit), "Wang")
    done.click()
    assert own.report().people.reviewer == "Wang"
    assert own.visited == [("review", None)]


def test_the_certificate_names_the_issuer(qtbot: QtBot, own: County) -> None:
    enrol(own.offices, "刘芳")
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    page.send_to_review()
    dialog = page.window().findChild(QDialog, "people_dialog")
    differs = find(dialog, "issuer_differs")
    assert differs.isVisible() and words(differs, "banner_title") == "这台电脑上的证书是刘芳的"


def test_a_reviewed_report_can_only_be_looked_at(qtbot: QtBot, own: County) -> None:
    own.offices.reviewed_report()
    page = shown(qtbot, own)
    assert find(page, "progress", QPlainTextEdit).isReadOnly()
    assert not find(page, "status").isEnabled() and not find(page, "send_to_review").isVisible()
    assert words(page.frame.notice, "banner_title") == "审核通过了，正等签发"
    find(page.frame.notice, "notice_action").click()
    assert own.visited == [("review", None)]
    assert own.context.steps is not None and own.context.steps.current == 2


def test_a_reopened_report_says_why(qtbot: QtBot, own: County) -> None:
    report = own.offices.reviewed_report()
    reviewing.reopen(own.offices.county, report.id, "第2条太短", "test", own.offices.now)
    page = shown(qtbot, own)
    assert words(page.frame.notice, "banner_title") == "审核人退回来改"
    assert "第2条太短" in words(page.frame.notice, "banner_text")


def test_a_returned_report_opens_the_next_revision(qtbot: QtBot, own: County, faces: Faces) -> None:
    enrol(own.offices)
    own.returned(faces)
    page = shown(qtbot, own)
    assert "市里退回了第1次报送" in words(page.frame.notice, "banner_title")
    begin = find(page.frame.notice, "notice_action", QPushButton)
    assert begin.text() == "开始第2次报送"
    begin.click()
    report = own.report()
    assert report.revision == 2 and report.state is ReportState.DRAFT
    page.go_to("m-001")
    assert find(page, "progress", QPlainTextEdit).toPlainText() == "拆除7台，其余已签合同。"
    assert page.frame.editor.returned.isVisible()
    assert words(page.frame.editor.returned, "banner_text") == "台数和上季对不上"
    page.go_to("m-002")
    assert not page.frame.editor.returned.isVisible()


def test_narrow_folds_the_pane_to_a_strip(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    page.set_narrow(True)
    assert page.frame.strip.isVisible() and not page.frame.hints.isVisible()
    find(page, "strip_hints").click()
    assert page.frame.hints.isVisible()
    page.set_narrow(False)
    assert page.frame.hints.isVisible() and not page.frame.strip.isVisible()


def merge(own: County, progress: str = "扫了4条街。") -> None:
    """Both measures are typed in, then the city puts them into one, which arrives."""
    own.offices.fill(own.report(), "拆除7台。")
    store, report = own.offices.county, own.report()
    typed = replace(own.entry("m-002"), progress=progress)
    filling.save_entry(store, report.id, typed, "test", own.offices.now)
    amend(own.offices, *merged())
    hand_down(own.offices)


def test_a_new_version_is_told_once_and_said_in_full(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    amend(own.offices, *without_streets())
    hand_down(own.offices)
    page = shown(qtbot, own)
    news = page.frame.news
    assert news.isVisible() and words(news, "banner_title") == "方案已更新为第2版"
    assert words(news, "banner_text").startswith("取消1条、改写1条。已填的内容都在")
    find(news, "news_changes").click()
    dialog = page.window().findChild(QDialog, "plan_news_dialog")
    lines = [(row.title, row.caption) for row in find(dialog, "plan_news_list").rows if hasattr(row, "title")]
    assert lines == [("清扫道路", "原第2条"), ("拆除小锅炉", "第1条")]
    assert not find(dialog, "plan_news_go").isEnabled(), "what is dropped leads nowhere"
    find(dialog, "plan_news_list").choose("reworded/0/m-001")
    find(dialog, "plan_news_go").click()
    assert page.frame.editor.key == "m-001"
    find(news, "news_seen").click()
    assert not news.isVisible()
    again = shown(qtbot, own)
    assert not again.frame.news.isVisible(), "what was seen is not told again"


def test_without_a_new_version_nothing_is_told(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    assert not page.frame.news.isVisible() and not page.frame.editor.former.isVisible()


def test_words_of_a_merged_measure_are_taken_over(qtbot: QtBot, own: County) -> None:
    merge(own)
    page = shown(qtbot, own)
    strip = find(page, "former_m-002")
    told = " ".join(made.text() for made in strip.findChildren(QLabel))
    assert "原第2条“清扫道路”并进了本条，那里填过：" in told and "扫了4条街。" in told
    find(strip, "take_m-002").click()
    assert own.entry("m-001").progress == "拆除7台。\n扫了4条街。"
    assert find(page, "progress", QPlainTextEdit).toPlainText() == "拆除7台。\n扫了4条街。"
    again = find(page, "former_m-002")
    assert words(again, "") == "原第2条填过的，本条里都有了。" and again.findChild(QPushButton) is None
    assert own.entry("m-002").progress == "扫了4条街。", "nothing typed is taken away"


def test_what_is_being_typed_is_safe_before_words_are_taken_over(qtbot: QtBot, own: County) -> None:
    merge(own)
    page = shown(qtbot, own)
    edit = find(page, "progress", QPlainTextEdit)
    edit.clear()
    write(qtbot, page, "progress", "new words")
    find(page, "take_m-002").click()
    assert own.entry("m-001").progress == "new words\n扫了4条街。"


def test_former_words_can_only_be_read_once_the_report_is_reviewed(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report(), "拆除7台。")
    amend(own.offices, *merged())
    hand_down(own.offices)
    reviewing.review(own.offices.county, own.report().id, "test", own.offices.now)
    page = shown(qtbot, own)
    assert page.frame.editor.findChild(QPushButton, "take_m-002") is None
    assert not page.frame.news.isVisible(), "a passed report is for the version that it was passed for"


def test_an_earlier_quarter_s_former_words_are_folded(qtbot: QtBot, own: County) -> None:
    own.last_quarter("上季扫了3条街。")
    own.report()
    amend(own.offices, *merged())
    hand_down(own.offices)
    page = shown(qtbot, own)
    strip = find(page, "former_m-0022024Q4")
    text = next(made for made in strip.findChildren(QLabel) if made.text() == "上季扫了3条街。")
    qtbot.waitUntil(strip.isVisible)
    assert not text.isVisible()
    find(strip, "fold_m-0022024Q4").click()
    assert text.isVisible()
    assert text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_what_the_plan_asks_no_more_is_there_to_read(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report(), "扫了4条街。")
    amend(own.offices, *without_streets())
    hand_down(own.offices)
    page = shown(qtbot, own)
    entries = page.frame.entries
    assert words(page, "filled_count") == "已填 1/1", "what is not asked for is not counted"
    assert entries.list.keys == ("m-001", "dropped:m-002")
    assert GroupHead("不用再填的（1）") in entries.list.rows
    entries.list.choose("dropped:m-002")
    view = page.frame.former
    assert view.isVisible() and not page.frame.editor.isVisible()
    assert words(view, "former_title") == "原第2条　清扫道路"
    assert words(view, "banner_title") == "第2版方案不再要求填这一条"
    (text,) = [made for made in view.findChildren(QLabel) if made.text() == "扫了4条街。"]
    assert text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    page.refresh()
    assert view.isVisible(), "reading anew stays where the person is"
    qtbot.keyClick(page.frame, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.frame.editor.isVisible() and page.frame.editor.key == "m-001"
    find(page, "chip_unfilled").click()
    assert "dropped:m-002" not in entries.list.keys


def test_a_reviewers_remark_is_shown_at_its_entry_and_settled_there(qtbot: QtBot, own: County) -> None:
    store, report = own.offices.county, own.report()
    made = commenting.comment(store, report.id, "m-002", "写清哪几条路", "马晓东", own.offices.now)
    page = shown(qtbot, own)
    banner = page.frame.comments
    assert banner.isVisible() and words(banner, "banner_title") == "审核人提了意见，还有1条没有办结"
    assert words(banner, "banner_text") == "在第2条。改好后点“已改好”。"
    assert page.frame.editor.key == "m-001" and page.frame.editor.comments.isHidden()
    find(page, "next_comment", QPushButton).click()
    assert page.frame.editor.key == "m-002" and page.frame.editor.comments.isVisible()
    write(qtbot, page, "progress", "3 roads")
    find(page, f"settle_{made.id}", QPushButton).click()
    assert own.entry("m-002").progress == "3 roads", "what was mended is stored before it is called mended"
    assert not store.comments.get(made.id).open
    assert banner.isHidden() and page.frame.editor.comments.isVisible()
    assert page.findChild(QPushButton, f"settle_{made.id}") is None


def test_the_record_of_an_entry_has_what_was_typed_a_moment_ago(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    write(qtbot, page, "progress", "7 boilers")
    find(page, "entry_history", QPushButton).click()
    dialog = page.window().findChild(QDialog, "history_dialog")
    assert words(dialog, "dialog_title") == "第1条的改动记录"
    (step,) = dialog.findChildren(QWidget, "step_entry_saved")
    texts = [each.text() for each in step.findChildren(QLabel)]
    assert texts[0] == "填写" and own.context.actor in texts[1] and "第1次报送" in texts
    assert any("7 boilers" in text for text in texts)
    page.go_to("m-002")
    dialog.close()
    page.frame.editor.history.click()
    empty = page.window().findChildren(QDialog, "history_dialog")[-1]
    assert words(empty, "history_said") == "还没有改动。"


def test_keys_do_nothing_to_an_entry_behind_what_is_asked_no_more(qtbot: QtBot, own: County) -> None:
    own.last_quarter()
    own.offices.fill(own.report(), "扫了4条街。")
    filling.save_entry(own.offices.county, own.report().id, Entry("m-001"), "test", own.offices.now)
    amend(own.offices, *without_streets())
    hand_down(own.offices)
    page = shown(qtbot, own)
    page.go_to("m-001")
    page.frame.entries.list.choose("dropped:m-002")
    view = page.frame.former
    assert view.isVisible() and view.isAncestorOf(find(page, "former_title"))
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.frame.entries.list, Qt.Key.Key_D, shift)
    qtbot.keyClick(page.frame.entries.list, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert own.entry("m-001").empty and page.window().findChild(QDialog, "history_dialog") is None
    qtbot.keyClick(page.frame.entries.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.frame.editor.isVisible() and page.frame.editor.key == "m-001"
    assert page.frame.editor.isAncestorOf(page.focusWidget())
