"""代签 on the pages: the dialog by keyboard alone, what going back keeps, the sheet, and what is seen of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDateEdit,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.approval import Approval
from desktop.domain.report import ReportState
from desktop.reports.fonts import Faces
from desktop.services import reviewing, signing
from desktop.views.context import Context
from desktop.views.pages.review import ReviewPage
from tests.journeys.offices import PASS_PHRASE, Offices, enrol
from tests.journeys.test_signing_for import SCAN, approval_for
from tests.views.conftest import opened_outside
from tests.views.pages.county import County, county
from tests.views.pages.on_page import find

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    """A reviewed report that 王建军 issues, on the computer with 李敏's certificate."""
    enrol(offices, "李敏")
    offices.reviewed_report()
    return county(make_context, offices, faces)


@pytest.fixture
def page(qtbot: QtBot, own: County) -> ReviewPage:
    made = ReviewPage(own.context)
    qtbot.addWidget(made)
    made.resize(1290, 696)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.refresh()
    assert own.context.runner.wait_idle()
    return made


@pytest.fixture
def scan(offices: Offices) -> Path:
    path = offices.stick / "签批单.pdf"
    path.write_bytes(SCAN)
    return path


def said(page: QWidget, name: str) -> str:
    return str(find(page, name, QLabel).text())


def opened(page: ReviewPage) -> QDialog:
    page.primary.click()
    dialogs = [d for d in page.window().findChildren(QDialog, "sign_dialog") if d.isVisible()]
    return dialogs[-1]


def agreed(own: County, dialog: QDialog, scan: Path) -> None:
    find(dialog, "sign_for_tick", QCheckBox).click()
    find(dialog, "sign_for_scan").take([scan])
    assert own.context.runner.wait_idle()


def test_the_refusal_comes_first_and_the_way_under_it(page: ReviewPage, own: County) -> None:
    dialog = opened(page)
    refusal = find(dialog, "sign_refusal")
    assert refusal.isVisible()
    assert said(refusal, "banner_title") == "报告上的签发人是王建军，这台电脑的证书是李敏的"
    tick = find(dialog, "sign_for_tick", QCheckBox)
    assert tick.text() == "王建军已在纸质签批单上签字，由我代签"
    assert not find(dialog, "sign_passphrase").isEnabled() and not find(dialog, "sign_for_day").isVisible()
    tick.click()
    assert not refusal.isVisible() and find(dialog, "sign_for_day").isVisible()
    assert said(dialog, "sign_for_words").startswith("还差签批单的扫描件")


def test_the_keyboard_alone_signs_for_the_issuer(
    qtbot: QtBot, page: ReviewPage, own: County, scan: Path
) -> None:
    own.context.files.files = (scan,)
    dialog = opened(page)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is find(dialog, "sign_for_tick"))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    met: dict[str, None] = {}
    for _ in range(6):
        # Within the day Tab goes from its year to its month and its day.
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met[QApplication.focusWidget().objectName()] = None
    assert list(met) == ["sign_for_day", "sign_for_sheet", "choose_file", "sign_passphrase"]
    qtbot.keyClick(find(dialog, "choose_file"), Qt.Key.Key_Space)
    assert own.context.runner.wait_idle()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is find(dialog, "sign_passphrase"))
    words = said(dialog, "sign_for_words")
    assert "签发人王建军在纸质签批单上签字" in words and "由李敏代签" in words and "签批单.pdf" in words
    secret = find(dialog, "sign_passphrase", QLineEdit)
    assert not find(dialog, "sign_done").isEnabled()
    secret.setText(PASS_PHRASE)
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    assert own.context.runner.wait_idle()
    report = own.report()
    assert report.state is ReportState.SIGNED
    approval = own.offices.county.reports.approval(report.id)
    assert approval is not None and (approval.issuer, approval.signer) == ("王建军", "李敏")
    assert approval.signed_on == own.offices.now.date()
    assert own.offices.county.evidence.read(approval.scan.digest) == SCAN


def test_going_back_and_a_wrong_pass_phrase_lose_nothing(page: ReviewPage, own: County, scan: Path) -> None:
    dialog = opened(page)
    agreed(own, dialog, scan)
    find(dialog, "sign_cancel", QPushButton).click()
    assert own.report().state is ReportState.REVIEWED
    dialog = opened(page)
    assert find(dialog, "sign_for_tick", QCheckBox).isChecked() and find(dialog, "file_scan").isVisible()
    find(dialog, "sign_passphrase", QLineEdit).setText("not this one")
    find(dialog, "sign_done", QPushButton).click()
    assert own.context.runner.wait_idle()
    assert said(find(dialog, "sign_trouble"), "banner_title") == "口令不对"
    assert find(dialog, "file_scan").isVisible() and find(dialog, "sign_for_day").isEnabled()
    assert own.offices.county.reports.approval(own.report().id) is None
    find(dialog, "sign_passphrase", QLineEdit).setText(PASS_PHRASE)
    find(dialog, "sign_done", QPushButton).click()
    assert own.context.runner.wait_idle()
    assert own.report().state is ReportState.SIGNED


def test_a_revision_that_was_opened_again_asks_for_a_new_sheet(
    page: ReviewPage, own: County, scan: Path
) -> None:
    dialog = opened(page)
    agreed(own, dialog, scan)
    dialog.reject()
    store, now = own.offices.county, own.offices.now
    reviewing.reopen(store, own.report().id, "改一处", "test", now)
    own.offices.fill(own.report(), "拆除8台，其余已签合同。")
    reviewing.review(store, own.report().id, "test", now)
    page.refresh()
    dialog = opened(page)
    assert not find(dialog, "sign_for_tick", QCheckBox).isChecked()
    assert dialog.findChild(QWidget, "file_scan") is None, "that sheet bears another code"


def test_only_one_scan_is_taken_and_what_is_none_is_said(
    page: ReviewPage, own: County, scan: Path, offices: Offices
) -> None:
    word = offices.stick / "签批单.docx"
    word.write_bytes(b"PK")
    dialog = opened(page)
    find(dialog, "sign_for_tick", QCheckBox).click()
    zone, trouble = find(dialog, "sign_for_scan"), find(dialog, "sign_trouble")
    zone.take([word])
    assert own.context.runner.wait_idle()
    assert said(trouble, "banner_title") == "“签批单.docx”这种文件不能作签批单的扫描件"
    zone.take([scan, scan])
    assert said(trouble, "banner_title") == "签批单的扫描件只能是一个文件"
    zone.take([scan])
    assert own.context.runner.wait_idle()
    assert not trouble.isVisible() and find(dialog, "file_scan").accessibleName() == "签批单.pdf，1 kB"
    find(find(dialog, "file_scan"), "open_file", QPushButton).click()
    assert opened_outside(own.context, dialog).read_bytes() == SCAN, "a copy is shown"
    find(dialog, "remove_file").click()
    assert dialog.findChild(QWidget, "file_scan") is None
    find(dialog, "sign_passphrase", QLineEdit).setText(PASS_PHRASE)
    assert not find(dialog, "sign_done").isEnabled()


def test_the_day_can_only_lie_between_review_and_today(page: ReviewPage, own: County) -> None:
    day = find(opened(page), "sign_for_day", QDateEdit)
    today = own.offices.now.date()
    now = QDate(today.year, today.month, today.day)
    assert (day.date(), day.minimumDate(), day.maximumDate()) == (now, now, now)


def test_the_sheet_is_saved_and_shown(page: ReviewPage, own: County, offices: Offices) -> None:
    files = own.context.files
    find(page, "save_sheet", QPushButton).click()
    assert files.asked == ["签批单存到哪里"] and files.shown == [], "nobody said where"
    files.saved = offices.stick / "签批单空白.pdf"
    find(page, "save_sheet", QPushButton).click()
    assert own.context.runner.wait_idle()
    assert files.shown == [files.saved] and files.saved.read_bytes().startswith(b"%PDF")
    dialog = opened(page)
    find(dialog, "sign_for_tick", QCheckBox).click()
    files.saved = offices.stick / "再一张.pdf"
    find(dialog, "sign_for_sheet", QPushButton).click()
    assert own.context.runner.wait_idle()
    assert files.saved.exists() and files.shown[-1] == files.saved


def test_a_sheet_that_cannot_be_written_is_said(page: ReviewPage, own: County, offices: Offices) -> None:
    own.context.files.saved = offices.stick / "没有这个文件夹" / "签批单.pdf"
    dialog = opened(page)
    find(dialog, "sign_for_tick", QCheckBox).click()
    find(dialog, "sign_for_sheet", QPushButton).click()
    assert own.context.runner.wait_idle()
    assert said(find(dialog, "sign_trouble"), "banner_title") == "找不到这个文件夹"


def signed(own: County, faces: Faces) -> Approval:
    offices, report = own.offices, own.report()
    approval = approval_for(offices, report)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now, approval=approval)
    return approval


def test_afterwards_the_page_says_who_signed_and_opens_the_scan(
    page: ReviewPage, own: County, faces: Faces
) -> None:
    assert not find(page, "see_scan").isVisible() and find(page, "save_sheet").isVisible()
    signed(own, faces)
    page.refresh()
    assert own.context.runner.wait_idle()
    assert "签发人：王建军（李敏代签）" in page.names.text()
    assert not find(page, "save_sheet").isVisible()
    find(page, "see_scan", QPushButton).click()
    copy = opened_outside(own.context, page)
    assert copy.read_bytes() == SCAN and copy.name == "签批单.pdf"


def test_a_scan_that_was_altered_is_not_shown(page: ReviewPage, own: County, faces: Faces) -> None:
    approval = signed(own, faces)
    page.refresh()
    own.offices.county.evidence.path(approval.scan.digest).write_bytes(b"other")
    find(page, "see_scan", QPushButton).click()
    dialog = page.window().findChild(QDialog, "evidence_dialog")
    assert own.context.runner.wait_idle()
    dialog.open_outside()
    assert own.context.files.shown == [], "what was altered is handed to nobody"
    assert find(dialog, "evidence_banner").isVisible()
