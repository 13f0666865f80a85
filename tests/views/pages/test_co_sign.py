"""填报人、审核人签名 on the pages: what is offered before, the dialog by keyboard, who has signed and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identity import SignRole, read_out
from desktop.domain.report import ReportState
from desktop.reports.fonts import Faces
from desktop.services import cosigning, enrolling, reviewing
from desktop.views.context import Context
from desktop.views.pages.keys import KeysPage
from desktop.views.pages.review import ReviewPage
from tests.journeys.offices import PASS_PHRASE, Offices, enrol
from tests.views.pages.county import County, county
from tests.views.pages.office_context import context_for, settle

pytestmark = pytest.mark.usefixtures("no_qt_warnings")
OWN = {SignRole.PREPARER: "填报人自己的口令", SignRole.REVIEWER: "审核人自己的口令"}


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    """A filled draft of a unit whose preparer and reviewer have certificates."""
    enrol(offices)
    enrol(offices, "李敏", SignRole.PREPARER, OWN[SignRole.PREPARER])
    enrol(offices, "马晓东", SignRole.REVIEWER, OWN[SignRole.REVIEWER])
    offices.fill(offices.draft_report())
    return county(make_context, offices, faces)


def page_of(qtbot: QtBot, own: County) -> ReviewPage:
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
def page(qtbot: QtBot, own: County, offices: Offices) -> ReviewPage:
    """Reviewed, with all three asked to sign."""
    cosigning.set_co_signing(offices.county, True, "test", offices.now)
    reviewing.review(offices.county, offices.draft_report().id, "test", offices.now)
    return page_of(qtbot, own)


def said(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return str(found.text())


def dialog_of(page: QWidget, name: str) -> QDialog:
    return [d for d in page.window().findChildren(QDialog, name) if d.isVisible()][-1]


def test_the_wish_is_ticked_where_people_are_named_and_says_who_will_sign(
    qtbot: QtBot, own: County, offices: Offices
) -> None:
    page = page_of(qtbot, own)
    page.edit_names.click()
    dialog = dialog_of(page, "people_dialog")
    tick, who = dialog.findChild(QCheckBox, "co_signing"), dialog.findChild(QLabel, "co_signing_who")
    assert not tick.isChecked() and not who.isVisible()
    tick.click()
    assert who.text() == "填报人李敏要签名。审核人马晓东要签名。"
    dialog.findChild(QLineEdit, "person_reviewer").setText("周平")
    assert "审核人周平不签：这台电脑上审核人的证书是马晓东的" in who.text()
    assert not cosigning.co_signing(offices.county), "nothing is kept before the answer"
    dialog.findChild(QPushButton, "people_done").click()
    assert cosigning.co_signing(offices.county)


def test_preparer_reviewer_and_issuer_sign_by_keyboard(
    qtbot: QtBot, page: ReviewPage, own: County, offices: Offices
) -> None:
    report = page._shown.report
    for role, words, phrase in (
        (SignRole.PREPARER, "填报人签名…", OWN[SignRole.PREPARER]),
        (SignRole.REVIEWER, "审核人签名…", OWN[SignRole.REVIEWER]),
    ):
        assert page.primary.text() == words
        assert said(page, f"signer_{role.value}") == "该签名了"
        with qtbot.waitActive(page):
            page.activateWindow()
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        dialog = dialog_of(page, "co_sign_dialog")
        secret = dialog.findChild(QLineEdit, "co_sign_passphrase")
        qtbot.waitUntil(lambda secret=secret: QApplication.focusWidget() is secret)
        qtbot.keyClicks(secret, "wrong")
        secret.setText(phrase)
        qtbot.keyClick(secret, Qt.Key.Key_Return)
        assert own.context.runner.wait_idle()
        own_print = enrolling.signing_state(offices.county, role).fingerprint
        assert read_out(own_print) in said(page, f"signer_{role.value}")
    assert page.primary.text() == "签发…"
    page.primary.click()
    dialog = dialog_of(page, "sign_dialog")
    secret = dialog.findChild(QLineEdit, "sign_passphrase")
    secret.setText(PASS_PHRASE)
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    assert own.context.runner.wait_idle()
    assert offices.county.reports.get(report.id).state is ReportState.SIGNED
    assert "签名，指纹" in said(page, "signer_issuer")


def test_a_wrong_pass_phrase_is_said_in_the_dialog(qtbot: QtBot, page: ReviewPage, own: County) -> None:
    page.primary.click()
    dialog = dialog_of(page, "co_sign_dialog")
    secret = dialog.findChild(QLineEdit, "co_sign_passphrase")
    secret.setText(PASS_PHRASE)
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    assert own.context.runner.wait_idle()
    trouble = dialog.findChild(QWidget, "co_sign_trouble")
    assert trouble.isVisible() and said(trouble, "banner_title") == "口令不对"
    assert dialog.isVisible() and page.primary.text() == "填报人签名…"


def test_without_the_certificate_the_way_to_it_is_offered(
    page: ReviewPage, own: County, offices: Offices
) -> None:
    offices.county._database.execute("DELETE FROM key WHERE purpose = 'preparer'")
    page.primary.click()
    dialog = dialog_of(page, "co_sign_dialog")
    assert (
        said(dialog.findChild(QWidget, "co_sign_trouble"), "banner_title") == "这台电脑上还没有填报人的证书"
    )
    gone: list[str] = []
    own.context.signals.navigated.connect(lambda place, target: gone.append(place))
    dialog.findChild(QPushButton, "co_sign_keys").click()
    assert gone == ["keys"]


def test_only_the_issuer_signs_where_the_unit_does_not_ask(
    qtbot: QtBot, own: County, offices: Offices
) -> None:
    reviewing.review(offices.county, offices.draft_report().id, "test", offices.now)
    page = page_of(qtbot, own)
    assert page.primary.text() == "签发…" and not page.signing.strip.isVisible()


def test_keys_page_asks_for_a_certificate_of_a_role(
    qtbot: QtBot, own: County, offices: Offices, make_context: Callable[..., Context]
) -> None:
    offices.county._database.execute("DELETE FROM key WHERE purpose = 'reviewer'")
    context = context_for(make_context, offices, offices.county)
    page = KeysPage(context)
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.show()
    page.refresh()
    assert said(page, "keys_preparer_text").startswith("李敏的证书已装好")
    assert said(page, "keys_reviewer_text") == "还没有申请。"
    page.findChild(QPushButton, "keys_reviewer_ask").click()
    for name, words in (
        ("person", "马晓东"),
        ("passphrase", OWN[SignRole.REVIEWER]),
        ("again", OWN[SignRole.REVIEWER]),
    ):
        page.findChild(QLineEdit, f"reviewer_{name}").setText(words)
    context.files.chosen = offices.stick
    page.findChild(QPushButton, "reviewer_do").click()
    settle(context)
    assert context.errors == []
    assert enrolling.signing_state(offices.county, SignRole.REVIEWER).state == "requested"
    assert enrolling.signing_state(offices.county).state == "ready"
    assert "写出过" in said(page, "keys_reviewer_text")
    assert page.findChild(QPushButton, "keys_reviewer_write").isVisible()


def test_city_lists_who_has_which_role(
    qtbot: QtBot, own: County, offices: Offices, make_context: Callable[..., Context]
) -> None:
    page = KeysPage(context_for(make_context, offices, offices.city))
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.show()
    page.refresh()
    code = offices.county.workspace.unit.code
    assert said(page, f"preparer_{code}") == "填报人" and said(page, f"reviewer_{code}") == "审核人"
    shown = {label.text() for label in page.findChildren(QLabel)}
    assert {"李敏", "马晓东", "王建军"} <= shown
