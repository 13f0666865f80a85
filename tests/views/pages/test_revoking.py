"""注销证书 on the pages: the city's dialog and its list, who is to be told, and what a unit sees before it signs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identity import RevocationReason, SignRole
from desktop.reports.fonts import Faces
from desktop.services import cosigning, enrolling, receiving, reviewing, revoking, sending, signing
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.withdraw import WithdrawDialog
from desktop.views.pages.distributing import DistributingPage
from desktop.views.pages.inbox import InboxPage
from desktop.views.pages.keys import KeysPage
from desktop.views.pages.review import ReviewPage
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import COUNTY, PASS_PHRASE, Offices, enrol
from tests.views.pages.county import county
from tests.views.pages.office_context import context_for, in_dialog, settle

pytestmark = pytest.mark.usefixtures("no_qt_warnings", "enrolled")


@pytest.fixture
def open_page(qtbot: QtBot, make_context: Callable[..., Context], offices: Offices) -> Callable[..., QWidget]:
    """A page on a store, shown, with its context as `page.context`."""

    def opened(store: Store, kind: type = KeysPage) -> QWidget:
        context = context_for(make_context, offices, store)
        page = kind(context)
        page.context = context
        qtbot.addWidget(page)
        page.resize(1290, 648)
        page.show()
        page.refresh()
        settle(context)
        return page

    return opened


def revoke(offices: Offices, role: SignRole = SignRole.ISSUER) -> None:
    held = revoking.standing(offices.city, offices.now)[(COUNTY.code, role)][0]
    reason = RevocationReason.KEY_LOST
    revoking.revoke(offices.city, held.fingerprint, reason, PASS_PHRASE, "王敏", offices.now)


def told(offices: Offices) -> None:
    """The county takes in what was made after the revocation."""
    now = offices.now + timedelta(minutes=1)
    (package,) = sending.distribute(
        offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", now
    )
    receiving.take_in(offices.county, offices.to_county(package.digest), "", "test", now)


def dialog_of(page: QWidget, name: str) -> QDialog:
    return [d for d in page.window().findChildren(QDialog, name) if d.isVisible()][-1]


def said(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return str(found.text())


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_a_certificate_is_revoked_by_keyboard_and_the_page_says_what_is_left_to_do(
    qtbot: QtBot, open_page: Callable[..., QWidget], offices: Offices
) -> None:
    page = open_page(offices.city)
    assert not page.findChild(QWidget, "keys_revoked").isVisible()
    link = page.findChild(QPushButton, f"revoke_{COUNTY.code}")
    assert link.accessibleName() == "注销东川县签发人王建军的证书"
    with qtbot.waitActive(page):
        page.activateWindow()
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    dialog = dialog_of(page, "revoke_dialog")
    answer, secret = (
        dialog.findChild(QPushButton, "revoke_done"),
        dialog.findChild(QLineEdit, "revoke_passphrase"),
    )
    assert answer.text() == "注销这张证书"
    assert not any(card.isChecked() for card in dialog.reasons.values())
    assert "已经收下的季报仍然有效" in words(dialog) and "不能恢复" in words(dialog)
    secret.setText("wrong one")
    assert not answer.isEnabled(), "no reason yet"
    lost = dialog.reasons[RevocationReason.KEY_LOST]
    qtbot.keyClick(lost, Qt.Key.Key_Space)
    assert answer.isEnabled()
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    assert page.context.runner.wait_idle()
    trouble = dialog.findChild(QWidget, "revoke_trouble")
    assert trouble.isVisible() and said(trouble, "banner_title") == "口令不对" and dialog.isVisible()
    assert said(page, "banner_title") == "" and lost.isChecked()
    secret.setText(PASS_PHRASE)
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    settle(page.context)
    assert page.context.errors == []
    assert page._banner.title.text() == "已注销东川县签发人王建军的证书"
    assert "第2号" in page._banner.text.text() and "到“下发”重新生成任务包" in page._banner.text.text()
    assert page.findChild(QPushButton, f"revoke_{COUNTY.code}") is None
    line = page.findChild(QFrame, "revoked_0")
    assert "东川县签发人王建军的证书" in line.accessibleName() and "钥匙丢失或泄露" in line.accessibleName()
    assert "已注销，" in words(page)


def test_going_back_changes_nothing(open_page: Callable[..., QWidget], offices: Offices) -> None:
    page = open_page(offices.city)
    page.findChild(QPushButton, f"revoke_{COUNTY.code}").click()
    dialog = dialog_of(page, "revoke_dialog")
    dialog.reasons[RevocationReason.OTHER].click()
    dialog.findChild(QLineEdit, "revoke_passphrase").setText(PASS_PHRASE)
    dialog.findChild(QPushButton, "revoke_cancel").click()
    assert offices.city.keys.trust().crl_number == 1


def test_what_waits_undecided_is_told_before(
    open_page: Callable[..., QWidget], offices: Offices, faces: Faces
) -> None:
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
    page = open_page(offices.city)
    page.findChild(QPushButton, f"revoke_{COUNTY.code}").click()
    dialog = dialog_of(page, "revoke_dialog")
    look = dialog.findChild(QWidget, "revoke_waiting")
    assert look.isVisible() and said(look, "banner_title") == "东川县还有1份季报没有定"


def test_old_certificate_is_offered_when_the_new_one_is_issued(
    open_page: Callable[..., QWidget], offices: Offices
) -> None:
    request = enrolling.request_certificate(
        offices.county, "刘芳", PASS_PHRASE, TEST_ROUNDS, "test", offices.now, anew=True
    )
    item, _ = receiving.take_in(offices.city, offices.to_city(request.digest), "", "test", offices.now)
    page = open_page(offices.city, InboxPage)
    page.open_target(item.digest)
    settle(page.context)

    def give(dialog: QWidget) -> None:
        dialog.edit.edit.setText(PASS_PHRASE)
        dialog.findChild(QPushButton, "passphrase_ok").click()

    in_dialog("passphrase_dialog", give)
    page._beside.compare.tick.click()
    page._beside.compare.primary.click()
    settle(page.context)
    dialog = dialog_of(page, "revoke_dialog")
    assert "王建军" in dialog.windowTitle() + words(dialog) and "旧的这一张还有效" in words(dialog)
    assert dialog.findChild(QPushButton, "revoke_cancel").text() == "先不注销"
    dialog.reasons[RevocationReason.REPLACED].click()
    dialog.findChild(QLineEdit, "revoke_passphrase").setText(PASS_PHRASE)
    dialog.findChild(QPushButton, "revoke_done").click()
    settle(page.context)
    assert page.context.errors == []
    held = revoking.standing(offices.city, offices.now).get((COUNTY.code, SignRole.ISSUER), ())
    assert [each.person for each in held] == ["刘芳"]


def test_old_certificate_that_was_left_stands_in_the_table_with_its_link(
    open_page: Callable[..., QWidget], offices: Offices
) -> None:
    old = revoking.standing(offices.city, offices.now)[(COUNTY.code, SignRole.ISSUER)][0]
    enrol(offices, "刘芳", anew=True)
    page = open_page(offices.city)
    assert "签发人的旧证书" in words(page) and "还有效" in words(page)
    link = page.findChild(QPushButton, f"revoke_{old.fingerprint[:16]}")
    assert link.accessibleName() == "注销东川县签发人王建军的证书"


def test_request_that_came_and_the_certificate_that_holds_have_both_their_links(
    open_page: Callable[..., QWidget], offices: Offices
) -> None:
    request = enrolling.request_certificate(
        offices.county, "刘芳", PASS_PHRASE, TEST_ROUNDS, "test", offices.now, anew=True
    )
    receiving.take_in(offices.city, offices.to_city(request.digest), "", "test", offices.now)
    page = open_page(offices.city)
    for name in (f"request_{COUNTY.code}", f"revoke_{COUNTY.code}"):
        link = page.findChild(QPushButton, name)
        assert link.isVisible() and link.width() >= link.sizeHint().width()


def test_distributing_says_who_has_to_be_told_until_it_was_written(
    open_page: Callable[..., QWidget], offices: Offices
) -> None:
    page = open_page(offices.city, DistributingPage)
    banner = page.findChild(QWidget, "lists_banner")
    assert not banner.isVisible()
    revoke(offices)
    page.refresh()
    assert banner.isVisible() and said(banner, "banner_title") == "注销名单第2号还没有带到东川县"
    page.findChild(QPushButton, "tick_untold").click()
    assert page.table.recipients.chosen == (COUNTY.code,)
    told(offices)
    page.refresh()
    assert not banner.isVisible()


def test_unit_is_told_on_its_page_and_asks_anew(open_page: Callable[..., QWidget], offices: Offices) -> None:
    revoke(offices)
    told(offices)
    page = open_page(offices.county)
    shown = said(page, "keys_step_2_text")
    assert "王建军的证书" in shown and "被市里注销了（注销名单第2号）" in shown and "撤回那一次" in shown
    assert page.findChild(QLineEdit, "request_person").isVisible()
    page.context.files.chosen = offices.stick
    page.findChild(QLineEdit, "request_person").setText("刘芳")
    for name in ("request_passphrase", "request_again"):
        page.findChild(QLineEdit, name).setText(PASS_PHRASE)
    page.findChild(QPushButton, "request_do").click()
    settle(page.context)
    assert page.context.errors == []
    state = enrolling.signing_state(offices.county)
    assert (state.state, state.person) == ("requested", "刘芳")


def test_unit_with_a_certificate_that_holds_may_ask_for_another_person(
    open_page: Callable[..., QWidget], offices: Offices
) -> None:
    page = open_page(offices.county)
    person = page.findChild(QLineEdit, "request_person")
    assert not person.isVisible()
    page.findChild(QPushButton, "keys_replace").click()
    assert person.isVisible() and "随即停用" in said(page, "keys_step_2_text")
    page.findChild(QPushButton, "keys_keep").click()
    assert not person.isVisible()
    assert enrolling.signing_state(offices.county).state == "ready"
    page.findChild(QPushButton, "keys_replace").click()
    page.context.files.chosen = offices.stick
    person.setText("刘芳")
    for name in ("request_passphrase", "request_again"):
        page.findChild(QLineEdit, name).setText(PASS_PHRASE)
    page.findChild(QPushButton, "request_do").click()
    settle(page.context)
    assert page.context.errors == []
    assert enrolling.signing_state(offices.county).person == "刘芳"
    assert not person.isVisible() and page.findChild(QPushButton, "keys_write_request").isVisible()


def review_page(qtbot: QtBot, context: Context) -> ReviewPage:
    made = ReviewPage(context)
    qtbot.addWidget(made)
    made.resize(1290, 696)
    made.show()
    made.refresh()
    assert context.runner.wait_idle()
    return made


def test_signing_says_so_before_a_pass_phrase_and_leads_to_a_new_certificate(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, faces: Faces
) -> None:
    offices.reviewed_report()
    revoke(offices)
    told(offices)
    own = county(make_context, offices, faces)
    page = review_page(qtbot, own.context)
    page.primary.click()
    dialog = dialog_of(page, "sign_dialog")
    trouble = dialog.findChild(QWidget, "sign_trouble")
    assert "被市里注销了" in said(trouble, "banner_title") and "申请新证书" in said(trouble, "banner_text")
    assert not dialog.findChild(QLineEdit, "sign_passphrase").isVisible()
    gone: list[str] = []
    own.context.signals.navigated.connect(lambda place, target: gone.append(place))
    dialog.findChild(QPushButton, "sign_keys").click()
    assert gone == ["keys"]


def test_report_that_waits_for_a_co_signer_says_that_the_certificate_is_revoked(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, faces: Faces
) -> None:
    enrol(offices, "李敏", SignRole.PREPARER)
    cosigning.set_co_signing(offices.county, True, "test", offices.now)
    offices.fill(offices.draft_report())
    reviewing.review(offices.county, offices.draft_report().id, "test", offices.now)
    revoke(offices, SignRole.PREPARER)
    told(offices)
    own = county(make_context, offices, faces)
    page = review_page(qtbot, own.context)
    assert "证书被市里注销了" in said(page, "signer_preparer")
    assert "注销" not in said(page, "signer_issuer")
    page.primary.click()
    dialog = dialog_of(page, "co_sign_dialog")
    trouble = dialog.findChild(QWidget, "co_sign_trouble")
    assert said(trouble, "banner_title").startswith("这台电脑上填报人李敏的证书")
    assert dialog.findChild(QPushButton, "co_sign_keys").isVisible()
    dialog.reject()
    keys = KeysPage(own.context)
    qtbot.addWidget(keys)
    keys.resize(1290, 648)
    keys.show()
    keys.refresh()
    assert "李敏的证书" in said(keys, "keys_preparer_text") and "注销名单第2号" in said(
        keys, "keys_preparer_text"
    )
    assert keys.findChild(QPushButton, "keys_preparer_ask").isVisible()


def test_withdrawing_says_so_before_anything_is_typed(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, faces: Faces
) -> None:
    report = offices.reviewed_report()
    report = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now).report
    revoke(offices)
    told(offices)
    dialog = WithdrawDialog(context_for(make_context, offices, offices.county), report)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "被市里注销了" in dialog.trouble.title.text() and dialog.trouble.isVisible()
    dialog.edit.setPlainText("换证书")
    dialog.passphrase.edit.setText(PASS_PHRASE)
    assert not dialog.findChild(QPushButton, "withdraw_done").isEnabled()
    assert offices.county.reports.get(report.id) == report
