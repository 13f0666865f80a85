"""The review page on a real store: differences, the preview, passing, giving back, signing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.domain.quarter import Quarter
from desktop.domain.report import People, ProgressStatus, ReportState
from desktop.reports.fonts import Faces
from desktop.reports.rendered import RenderedPdf
from desktop.services import filling, reviewing, separating, signing
from desktop.views.pages.review import ReviewPage
from desktop.views.pages.review_parts import ChecksBar
from desktop.views.widgets.diff_label import DiffLabel
from tests.journeys.offices import PASS_PHRASE, enrol
from tests.views.pages.county import County
from tests.views.pages.on_page import find, words

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


def shown(qtbot: QtBot, own: County) -> ReviewPage:
    page = ReviewPage(own.context)
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.show()
    page.refresh()
    return page


def save(own: County, key: str, **fields: object) -> None:
    entry = replace(own.entry(key), **fields)
    filling.save_entry(own.offices.county, own.report().id, entry, "test", own.offices.now)


def sign_dialog(page: ReviewPage) -> QDialog:
    page.primary.click()
    dialog = page.window().findChild(QDialog, "sign_dialog")
    assert dialog is not None
    return dialog


def test_what_is_not_filled_cannot_pass_and_the_button_says_why(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    assert page.primary.text() == "还有2条没填完，填完再审核" and not page.primary.isEnabled()
    page.back.click()
    assert own.visited == [("filling", None)]


def test_errors_are_counted_and_lead_to_their_field(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    save(own, "m-002", status=ProgressStatus.BEHIND)
    page = shown(qtbot, own)
    assert page.primary.text() == "还有2处必须改，改完再审核" and not page.primary.isEnabled()
    assert words(page, "count_error") == "必须改 2"
    find(page, "look_at_findings").click()
    ((place, finding),) = own.visited
    assert place == "filling" and isinstance(finding, Finding) and finding.measure_key == "m-002"


def test_without_names_it_asks_for_them(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    filling.name_people(own.offices.county, own.report().id, People("李敏"), "test", own.offices.now)
    page = shown(qtbot, own)
    assert page.primary.text() == "写上填报人、审核人、签发人…"
    page.primary.click()
    dialog = page.window().findChild(QDialog, "people_dialog")
    for who in ("reviewer", "issuer"):
        find(dialog, f"person_{who}", QLineEdit).setText("马晓东")
    find(dialog, "people_done", QPushButton).click()
    assert own.report().people.issuer == "马晓东"
    assert page.primary.text() == "审核通过，去签发"


def test_passing_freezes_the_revision_and_shows_what_will_be_signed(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    page.primary.click()
    report = own.report()
    assert report.state is ReportState.REVIEWED and report.code
    assert page.primary.text() == "签发…" and page.back.text() == "退回填报人…"
    assert own.context.runner.wait_idle()
    assert page.preview.view.pages >= 2
    assert page.preview.bar.caption.text() == "签发的就是这一份"
    assert own.context.steps is not None and own.context.steps.current == 2


def test_the_preview_says_which_faces_this_pc_lacks(
    qtbot: QtBot, own: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    assert own.context.runner.wait_idle()
    said = page.preview.faces.text()
    assert not page.preview.faces.isHidden()
    assert said.startswith("本机未装小标宋体、") and said.endswith("思源宋体。") and "改用" in said
    rendered = reviewing.preview

    def complete(*args: Any) -> RenderedPdf:
        made = rendered(*args)
        return replace(made, faces=tuple(replace(use, installed=True, lack=None) for use in made.faces))

    monkeypatch.setattr(reviewing, "preview", complete)
    save(own, "m-001", progress="改了。")
    page.refresh()
    assert own.context.runner.wait_idle()
    assert page.preview.faces.isHidden(), "nothing lacks, nothing is said"


def test_signs_that_cannot_be_printed_are_named_with_their_place(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    save(own, "m-001", progress="联系人张\U000f0001。")
    page = shown(qtbot, own)
    assert own.context.runner.wait_idle()
    assert not page.preview.trouble.isHidden()
    said = page.preview.trouble.text.text()
    assert said.startswith("第1条进展情况里的“\U000f0001”") and "电子数据里还是原字" in said
    save(own, "m-001", progress="联系人张某。")
    page.refresh()
    assert own.context.runner.wait_idle()
    assert page.preview.trouble.isHidden()


def test_giving_back_needs_a_reason(qtbot: QtBot, own: County) -> None:
    own.offices.reviewed_report()
    page = shown(qtbot, own)
    page.back.click()
    dialog = page.window().findChild(QDialog, "reason_dialog")
    done = find(dialog, "reason_done", QPushButton)
    assert not done.isEnabled()
    find(dialog, "reason", QPlainTextEdit).setPlainText("第2条太短")
    done.click()
    report = own.report()
    assert report.state is ReportState.DRAFT and report.reason == "第2条太短"
    assert own.visited == [("filling", None)]
    assert own.entry("m-001").progress == "拆除7台，其余已签合同。"


def test_signing_locks_and_a_wrong_pass_phrase_stays_in_the_dialog(qtbot: QtBot, own: County) -> None:
    enrol(own.offices)
    own.offices.reviewed_report()
    page = shown(qtbot, own)
    dialog = sign_dialog(page)
    assert words(dialog, "sign_fact_0") == "王建军" and "指纹" in words(dialog, "sign_more_0")
    assert words(dialog, "sign_fact_1") == "第1次报送，2条"
    assert words(dialog, "sign_fact_2") == own.report().code
    done = find(dialog, "sign_done", QPushButton)
    assert not done.isEnabled(), "not without a pass phrase"
    secret = find(dialog, "sign_passphrase", QLineEdit)
    secret.setText("not this one")
    done.click()
    assert own.context.runner.wait_idle()
    assert dialog.isVisible() and words(find(dialog, "sign_trouble"), "banner_title") == "口令不对"
    assert own.report().state is ReportState.REVIEWED
    secret.setText(PASS_PHRASE)
    done.click()
    assert own.context.runner.wait_idle()
    assert own.report().state is ReportState.SIGNED
    assert page.primary.text() == "去导出" and not page.back.isVisible()
    page.primary.click()
    assert own.visited == [("export", None)]


def test_the_signed_file_itself_is_shown(
    qtbot: QtBot, own: County, faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(own.offices)
    report = own.offices.reviewed_report()
    signing.sign(own.offices.county, report.id, PASS_PHRASE, faces, "test", own.offices.now)
    page = shown(qtbot, own)
    seen: list[bytes] = []
    monkeypatch.setattr(page.preview.view, "show_pdf", seen.append)
    assert own.context.runner.wait_idle()
    assert seen == [own.offices.county.reports.document(report.id, "report.pdf")]


def test_cancelling_loses_nothing(qtbot: QtBot, own: County) -> None:
    enrol(own.offices)
    before = own.offices.reviewed_report()
    page = shown(qtbot, own)
    dialog = sign_dialog(page)
    find(dialog, "sign_passphrase", QLineEdit).setText(PASS_PHRASE)
    find(dialog, "sign_cancel", QPushButton).click()
    assert own.report() == before and page.primary.text() == "签发…"


def test_another_person_s_certificate_is_said_before_signing(qtbot: QtBot, own: County) -> None:
    enrol(own.offices, "刘芳")
    own.offices.reviewed_report()
    dialog = sign_dialog(shown(qtbot, own))
    assert (
        words(find(dialog, "sign_refusal"), "banner_title")
        == "报告上的签发人是王建军，这台电脑的证书是刘芳的"
    )
    find(dialog, "sign_passphrase", QLineEdit).setText(PASS_PHRASE)
    assert not find(dialog, "sign_done").isEnabled()


def test_without_a_certificate_it_leads_to_the_keys(qtbot: QtBot, own: County) -> None:
    own.offices.reviewed_report()
    dialog = sign_dialog(shown(qtbot, own))
    assert words(find(dialog, "sign_trouble"), "banner_title") == "这台电脑上还没有签名证书"
    find(dialog, "sign_keys", QPushButton).click()
    assert own.visited == [("keys", None)]


def test_a_first_report_is_read_entry_by_entry(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    assert words(page, "review_title") == "逐条看" and not page.chips.isVisible()
    card = find(page, "entry_m-001")
    texts = [part.text() for part in card.findChildren(QLabel)]
    assert "达到序时进度" in texts and "拆除7台，其余已签合同。" in texts and "拆除小锅炉　7台" in texts
    find(card, "open_m-001").click()
    assert own.visited == [("filling", "m-001")]


def test_last_quarter_is_what_a_first_revision_is_compared_with(qtbot: QtBot, own: County) -> None:
    own.last_quarter(progress="拆除7台，其余已签合同。", value=9)
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    assert words(page, "review_title") == "和2024年第四季度比，有1处不同"
    card = find(page, "change_reading")
    texts = [part.text() for part in card.findChildren(QLabel)]
    assert "变小了，没有说明" in texts
    assert any("<s" in text and "9台" in text for text in texts)
    assert any("<u" in text and "7台" in text for text in texts)


def test_a_second_revision_shows_what_was_changed(qtbot: QtBot, own: County, faces: Faces) -> None:
    enrol(own.offices)
    returned = own.returned(faces)
    filling.next_revision(own.offices.county, returned, "test", own.offices.now)
    page = shown(qtbot, own)
    assert words(page, "review_title") == "和第1次报送完全相同"
    readings = tuple(replace(r, value=Decimal(8)) for r in own.entry("m-001").readings)
    save(own, "m-001", status=ProgressStatus.BEHIND, readings=readings, progress="拆除8台，其余已签合同。")
    page.refresh()
    assert words(page, "review_title") == "和第1次报送比，改了3处"
    status = [part.text() for part in find(page, "change_status").findChildren(QLabel)]
    assert any("达到序时进度" in text and "<s" in text for text in status)
    find(page, "chip_every").click()
    assert find(page, "entry_m-002") is not None


def test_a_remark_on_one_entry_gives_just_that_back(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    find(page, "remark_m-002", QPushButton).click()
    dialog = page.window().findChild(QDialog, "comment_dialog")
    assert words(dialog, "dialog_title") == "给第2条提意见"
    done = find(dialog, "comment_done", QPushButton)
    assert not done.isEnabled(), "not without words"
    find(dialog, "comment_text", QPlainTextEdit).setPlainText("写清哪几条路")
    done.click()
    (made,) = own.offices.county.comments.of_report(own.report().id)
    assert (made.measure_key, made.text, made.author) == ("m-002", "写清哪几条路", own.context.actor)
    assert page.primary.text() == "还有1条意见没有办结" and not page.primary.isEnabled()
    assert page.back.text() == "退给填报人（1条意见）"
    find(page, f"settle_{made.id}", QPushButton).click()
    assert page.primary.text() == "审核通过，去签发" and page.primary.isEnabled()
    assert "办结" in " ".join(x.text() for x in find(page, f"comment_{made.id}").findChildren(QLabel))


def test_what_passed_takes_no_more_remarks(qtbot: QtBot, own: County) -> None:
    own.offices.reviewed_report()
    page = shown(qtbot, own)
    assert find(page, "remark_m-001", QPushButton).isHidden()


def test_the_record_of_an_entry_and_of_the_report_can_be_read(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    save(own, "m-001", status=ProgressStatus.COMPLETED, progress="拆除9台，其余已签合同。")
    page = shown(qtbot, own)
    find(page, "history_m-001", QPushButton).click()
    dialog = page.window().findChild(QDialog, "history_dialog")
    assert words(dialog, "dialog_title") == "第1条的改动记录"
    told = [each.accessibleName() for each in find(dialog, "step_entry_saved").findChildren(DiffLabel)]
    assert "增加：已完成" in told[0] and "增加：拆除9台，其余已签合同。" in told[1]
    find(dialog, "history_whole", QPushButton).click()
    assert words(dialog, "dialog_title") == "整份报送的记录"
    assert find(dialog, "step_report_begun").findChildren(QLabel)[0].text() == "开始填报"
    assert dialog.findChild(QWidget, "step_entry_saved") is None
    find(dialog, "history_close", QPushButton).click()
    page.trail.click()
    assert (
        words(page.window().findChildren(QDialog, "history_dialog")[-1], "dialog_title") == "整份报送的记录"
    )


def test_the_unit_may_want_two_people(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    filling.name_people(own.offices.county, own.report().id, People("李敏"), "test", own.offices.now)
    page = shown(qtbot, own)
    page.primary.click()
    dialog = page.window().findChild(QDialog, "people_dialog")
    for who, name in (("reviewer", "李敏"), ("issuer", "王建军")):
        find(dialog, f"person_{who}", QLineEdit).setText(name)
    done = find(dialog, "people_done", QPushButton)
    assert done.isEnabled()
    dialog.separate.setChecked(True)
    assert not done.isEnabled() and words(dialog, "same_person") == "填报人和审核人写的是同一个人"
    find(dialog, "person_reviewer", QLineEdit).setText("马晓东")
    done.click()
    assert own.report().people.reviewer == "马晓东"
    assert separating.separate(own.offices.county)


def test_ctrl_enter_does_nothing_where_there_is_no_report(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    assert page.primary.isEnabled()
    own.context.quarter = Quarter.parse("2026Q3")
    page.refresh()
    assert page.empty.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert own.report().state is ReportState.DRAFT


def test_what_there_is_none_of_calls_nobody(qtbot: QtBot, own: County) -> None:
    icons = own.context.icons

    def mark(severity: Severity) -> QLabel:
        return page.findChild(ChecksBar)._marks[severity]

    page = shown(qtbot, own)
    assert words(page, "count_error") == "必须改 0" and words(page, "count_warning") == "请核对 0"
    assert mark(Severity.ERROR).isHidden() and mark(Severity.WARNING).isHidden()
    own.offices.fill(own.report())
    page.refresh()
    assert mark(Severity.ERROR).isVisible()
    assert mark(Severity.ERROR).pixmap().toImage() == icons.mark_pixmap("ok").toImage()
    save(own, "m-002", status=ProgressStatus.BEHIND)
    page.refresh()
    assert mark(Severity.ERROR).pixmap().toImage() == icons.mark_pixmap(Severity.ERROR).toImage()


def test_tab_comes_to_the_text_before_its_pages(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    after = page.letter.open.nextInFocusChain()
    while not (isinstance(after, QPushButton) and after.isVisible()):
        after = after.nextInFocusChain()
    assert page.preview.bar.isAncestorOf(after) and after is not page.letter.open
