"""报告正文 by keyboard from the review page, its settings, and what the city reads of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.letter import SectionName
from desktop.domain.report import ProgressStatus
from desktop.reports.fonts import Faces
from desktop.services import composing, filling, previewing, rescuing, reviewing
from desktop.services.sectioning import SectionDraft
from desktop.views.context import Context
from desktop.views.dialogs.entries import EntriesDialog
from desktop.views.dialogs.letter import LetterDialog
from desktop.views.pages.review import ReviewPage
from desktop.views.pages.settings import SettingsPage
from tests.journeys.offices import CITY, COUNTY, Offices
from tests.views.pages.county import County, county

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    made = county(make_context, offices, faces)
    offices.fill(made.report())
    return made


def review_page(qtbot: QtBot, own: County) -> ReviewPage:
    page = ReviewPage(own.context)
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.show()
    page.refresh()
    return page


def opened(qtbot: QtBot, page: QWidget) -> LetterDialog:
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    dialog = page.window().findChild(LetterDialog, "letter_dialog")
    assert dialog is not None and dialog.isVisible()
    return dialog


def find(parent: QWidget, name: str, kind: type[QWidget] = QPushButton) -> QWidget:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def held(own: County, name: SectionName = SectionName.OVERALL) -> SectionDraft[SectionName]:
    return composing.compose(own.offices.county, own.report()).section(name)


def test_a_section_is_written_with_the_keyboard_alone_and_saved_at_the_pause(
    qtbot: QtBot, own: County
) -> None:
    page = review_page(qtbot, own)
    dialog = opened(qtbot, page)
    assert dialog.focusWidget() is dialog.edit
    dialog.edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(dialog.edit, "Good.")
    qtbot.waitUntil(lambda: held(own).text.endswith("Good."))
    assert held(own).edited and own.saved
    assert find(dialog, "letter_said", QLabel).text() == "这一节改过，不再跟着数据变。"
    # On to the next section, the keys still in the text.
    qtbot.keyClick(dialog.edit, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert dialog.list.key == SectionName.FIGURES.value
    qtbot.keyClicks(dialog.edit, "Fine.")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert "Fine." in held(own, SectionName.FIGURES).text
    assert not dialog.isVisible()


def test_escape_keeps_what_was_typed_last_and_the_preview_is_made_again(qtbot: QtBot, own: County) -> None:
    page = review_page(qtbot, own)
    own.context.runner.wait_idle()
    shown = page.preview._shown
    dialog = opened(qtbot, page)
    dialog.edit.setPlainText("总体平稳。")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert held(own).text == "总体平稳。"
    assert page.preview._shown != shown


def test_changed_data_are_shown_beside_and_can_be_taken_or_left(qtbot: QtBot, own: County) -> None:
    store, report = own.offices.county, own.report()
    composing.save_section(store, report.id, SectionName.OVERALL, "总体平稳。", "test", own.offices.now)
    late = replace(own.entry("m-001"), status=ProgressStatus.BEHIND, problems="难。", next_steps="快。")
    filling.save_entry(store, report.id, late, "test", own.offices.now)
    page = review_page(qtbot, own)
    assert page.letter.open.text() == "正文（1节待核对）…"
    dialog = opened(qtbot, page)
    assert "滞后1项" in dialog.drafted.toPlainText() and dialog.drafted.isVisible()
    find(dialog, "letter_confirm").click()
    assert not dialog.drafted.isVisible() and held(own).text == "总体平稳。"
    find(dialog, "letter_restore").click()
    assert "滞后1项" in dialog.edit.text() and not held(own).edited
    assert not find(dialog, "letter_restore").isVisible()


def test_words_that_ask_get_a_hint(qtbot: QtBot, own: County) -> None:
    dialog = opened(qtbot, review_page(qtbot, own))
    assert not dialog.warning.isVisible()
    dialog.choose(SectionName.SUGGESTIONS)
    dialog.edit.setPlainText("恳请批准。")
    dialog.edit.flush()
    assert dialog.warning.isVisible() and "“恳请”" in dialog.warning.title.text()
    dialog.edit.setPlainText("建议按月通报。")
    dialog.edit.flush()
    assert not dialog.warning.isVisible()


def test_the_number_is_kept_as_the_standard_writes_it(qtbot: QtBot, own: County) -> None:
    dialog = opened(qtbot, review_page(qtbot, own))
    dialog.number.setFocus()
    qtbot.keyClicks(dialog.number, "[2025]7")
    qtbot.keyClick(dialog.number, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert composing.compose(own.offices.county, own.report()).number == "〔2025〕7号"
    assert dialog.number.text() == "〔2025〕7号"


def test_a_number_is_noted_while_it_is_typed_and_let_go_when_it_is_kept(qtbot: QtBot, own: County) -> None:
    dialog = opened(qtbot, review_page(qtbot, own))
    dialog.number.setFocus()
    qtbot.keyClicks(dialog.number, "[2025]7")
    (noted,) = own.offices.county.unsaved.all()
    assert (noted.target, noted.base, noted.text) == (rescuing.NUMBER, "", "[2025]7")
    dialog.number.flush()
    assert own.offices.county.unsaved.all() == ()


def test_a_reviewed_report_is_not_edited(qtbot: QtBot, own: County) -> None:
    reviewing.review(own.offices.county, own.report().id, "test", own.offices.now)
    page = review_page(qtbot, own)
    assert not page.letter.open.isVisible()


def test_settings_save_themselves_and_show_what_stands_where_nothing_is_set(
    qtbot: QtBot, own: County
) -> None:
    page = SettingsPage(own.context)
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    page.open_target("letter")
    issuer = find(page, "letter_issuer", QLineEdit)
    assert issuer.text() == "" and issuer.placeholderText() == COUNTY.name
    assert find(page, "letter_addressee", QLineEdit).placeholderText() == CITY.name
    bureau = find(page, "letter_bureau", QLineEdit)
    bureau.setFocus()
    qtbot.keyClicks(bureau, "Office")
    page.leave()
    find(page, "letter_red_head", QCheckBox).click()
    find(page, "letter_evidence", QCheckBox).click()
    kept = composing.settings_of(own.offices.county)
    assert (kept.bureau, kept.red_head, kept.table, kept.evidence) == ("Office", False, True, False)


def test_the_city_has_no_letters(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> None:
    page = SettingsPage(make_context(store=offices.city))
    qtbot.addWidget(page)
    page.refresh()
    assert "letter" not in page.list.keys


def test_the_city_reads_the_letter_among_the_entries(
    qtbot: QtBot, own: County, make_context: Callable[..., Context]
) -> None:
    store, report = own.offices.county, own.report()
    composing.save_section(store, report.id, SectionName.OVERALL, "总体平稳。", "test", own.offices.now)
    document = reviewing.document_of(store, report, own.offices.now)
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = EntriesDialog(own.context, document, previewing.in_package(document, {}), owner)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.list.keys[0] == " letter"
    dialog.list.choose(" letter")
    said = [words.text() for words in dialog.findChildren(QLabel)]
    assert "总体平稳。" in said and "总体进展情况" in said and COUNTY.name in said
    dialog.search.setText("总体平稳")
    assert dialog.list.keys == (" letter",)


def test_the_dialog_is_never_higher_than_a_small_window(qtbot: QtBot, own: County) -> None:
    store, report = own.offices.county, own.report()
    composing.save_section(
        store, report.id, SectionName.OVERALL, "恳请支持，妥否，请批示。", "test", own.offices.now
    )
    late = replace(own.entry("m-001"), status=ProgressStatus.BEHIND, problems="难。", next_steps="快。")
    filling.save_entry(store, report.id, late, "test", own.offices.now)
    page = review_page(qtbot, own)
    # 1366 × 768 at 150 %.
    page.resize(911, 464)
    dialog = opened(qtbot, page)
    qtbot.waitUntil(dialog.drafted.isVisible)
    assert dialog.warning.isVisible() and dialog.height() <= 464
