"""收件 at the city and at a unit: arrival, checks, decision, comparing fingerprints, answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QDateEdit, QFrame, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identity import read_out
from desktop.domain.package import InboxState, PackageKind
from desktop.domain.report import ReportState
from desktop.reports.fonts import Faces
from desktop.services import (
    answering,
    certifying,
    enrolling,
    opening,
    receiving,
    sending,
    signing,
    withdrawing,
)
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.pages.inbox import InboxPage
from desktop.views.widgets.fingerprint import FingerprintView
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import COUNTY, PARK, PASS_PHRASE, QUARTER, REGION, Offices, enrol
from tests.journeys.test_signing_for import SCAN
from tests.journeys.test_signing_for import sent as signed_for
from tests.views.conftest import opened_outside
from tests.views.pages.office_context import context_for, in_dialog, settle


@pytest.fixture
def open_page(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> Callable[[Store], InboxPage]:
    """The page on a store, shown, with its context as `page.context`."""

    def opened(store: Store) -> InboxPage:
        context = context_for(make_context, offices, store)
        page = InboxPage(context)
        page.context = context
        qtbot.addWidget(page)
        page.resize(1290, 648)
        page.show()
        page.refresh()
        settle(context)
        return page

    return opened


def submission(offices: Offices, faces: Faces) -> Path:
    """The county's signed package on the stick."""
    enrol(offices)
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    return sending.submit(offices.county, report.id, offices.stick, "test", offices.now)[1][-1].path


def take(page: InboxPage, *paths: Path) -> None:
    page.take_files(paths)
    settle(page.context)


def text(page: QWidget, name: str) -> str:
    return page.findChild(QLabel, name).text()


def news(page: InboxPage) -> tuple[str, str]:
    return page.news.title.text(), page.news.text.text()


def press(page: InboxPage, name: str) -> None:
    page.findChild(QPushButton, name).click()
    settle(page.context)


def give(words: str) -> Callable[[QWidget], None]:
    """Type a pass phrase into the dialog and confirm it."""

    def act(dialog: QWidget) -> None:
        dialog.edit.edit.setText(words)
        dialog.findChild(QPushButton, "passphrase_ok").click()

    return act


def state_of(page: InboxPage) -> InboxState:
    return page.context.store.packages.inbox_item(page.list.key).state


def test_empty_inbox_says_what_to_do(open_page: Callable[[Store], InboxPage], offices: Offices) -> None:
    page = open_page(offices.city)
    assert text(page, "empty_title") == "今天没有新的文件"
    press(page, "empty_action")
    assert page.context.files.asked == ["选择收到的交换文件"]


def test_one_bad_file_stops_no_other_and_is_kept_nowhere(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    package = submission(offices, faces)
    (offices.stick / "随便.jbx").write_bytes(b"not a package")
    page = open_page(offices.city)
    badges: list[tuple[str, int]] = []
    page.context.signals.badgeChanged.connect(lambda place, count: badges.append((place, count)))
    take(page, offices.stick / "随便.jbx", package)
    title, words = news(page)
    assert title == "1个文件没有收，别的不受影响" and words.startswith("随便.jbx：")
    assert badges[-1] == ("inbox", 1)
    assert text(page, "inbox_title") == "东川县　2025年第一季度　第1次报送"
    waiting = [i for i in offices.city.packages.inbox() if i.state is InboxState.WAITING]
    assert [item.kind for item in waiting] == ["submission"]
    assert offices.city.reports.find(plan_id=offices.plan.id) == (), "looking writes nothing into the books"


def test_other_files_than_packages_are_refused_at_the_door(
    open_page: Callable[[Store], InboxPage], offices: Offices
) -> None:
    page = open_page(offices.city)
    page.drop.take([offices.stick / "季报.pdf"])
    assert news(page) == ("只收 .jbx 文件", "季报.pdf没有收，别的不受影响。")


def test_checks_are_sentences_and_details_open(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    page = open_page(offices.city)
    take(page, submission(offices, faces))
    assert page._item.facts.banner.title.text() == "这一份可以收下"
    subjects = ("signature", "certificate", "recipient", "order", "plan", "paper", "files")
    for subject in subjects:
        assert page.findChild(QFrame, f"fact_{subject}").property("ok") == "true"
    details = page.findChild(QFrame, "inbox_details_text")
    assert details.isHidden()
    press(page, "inbox_details")
    assert not details.isHidden()


def test_accepting_asks_for_the_pass_phrase_and_writes_the_receipt(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    page = open_page(offices.city)
    take(page, submission(offices, faces))
    asked = in_dialog("passphrase_dialog", give(PASS_PHRASE))
    press(page, "decide")
    assert len(asked) == 1 and page.context.errors == []
    held = offices.city.reports.latest(offices.plan.id, COUNTY.code, QUARTER)
    assert held is not None and held.state is ReportState.ACCEPTED
    assert news(page)[0] == "已收下东川县2025年第一季度第1次报送"
    page.context.files.chosen = offices.stick
    press(page, "inbox_write_answers")
    assert news(page)[0] == "已写出并核对"
    assert (offices.stick / "东川县_2025Q1_第1次报送_回执.jbx").exists()
    assert all(item.written_at for item in offices.city.packages.outbox())


def test_pass_phrase_is_asked_once_and_a_wrong_one_loses_nothing(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    page = open_page(offices.city)
    take(page, submission(offices, faces))
    said: list[str] = []

    def wrong_then_back(dialog: QWidget) -> None:
        give("not this one")(dialog)
        assert page.context.runner.wait_idle()
        said.append(text(dialog.findChild(QFrame, "passphrase_banner"), "banner_title"))
        dialog.reject()

    in_dialog("passphrase_dialog", wrong_then_back)
    press(page, "decide")
    assert said == ["口令不对"] and state_of(page) is InboxState.WAITING
    in_dialog("passphrase_dialog", give(PASS_PHRASE))
    press(page, "decide")
    assert state_of(page) is InboxState.TAKEN
    press(page, "inbox_return_after")
    page.findChild(QPlainTextEdit, "decide_words").setPlainText("数字不对。")
    press(page, "decide")
    assert state_of(page) is InboxState.RETURNED, "the key was still open"


def test_returning_needs_a_reason_and_carries_measures_and_deadline(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    page = open_page(offices.city)
    take(page, submission(offices, faces))
    page._beside.decision.give_back.click()
    decide = page.findChild(QPushButton, "decide")
    assert decide.text() == "退回，看下一件" and not decide.isEnabled()

    def second(dialog: QWidget) -> None:
        dialog.search.setText("道路")
        dialog.findChild(QPushButton, "measure_take").click()

    in_dialog("choose_measure", second)
    press(page, "decide_add_measure")
    page.findChild(QPushButton, "phrase_缺佐证材料").click()
    words = page.findChild(QPlainTextEdit, "decide_words").toPlainText()
    assert words == "第2条请补上佐证材料。" and decide.isEnabled()
    due = offices.now.date() + timedelta(days=9)
    page.findChild(QDateEdit, "decide_due").setDate(QDate(due.year, due.month, due.day))
    in_dialog("passphrase_dialog", give(PASS_PHRASE))
    press(page, "decide")
    held = offices.city.reports.latest(offices.plan.id, COUNTY.code, QUARTER)
    assert held is not None and (held.state, held.reason, held.due) == (ReportState.RETURNED, words, due)
    assert dict(held.returned) == {"m-002": words}


def test_words_typed_for_one_file_are_there_when_one_comes_back(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    page = open_page(offices.city)
    take(page, submission(offices, faces))
    here = page.list.key
    page._beside.decision.give_back.click()
    page.findChild(QPlainTextEdit, "decide_words").setPlainText("写到一半")
    other = next(key for key in page.list.keys if key != here)
    page.list.choose(other)
    settle(page.context)
    page.list.choose(here)
    settle(page.context)
    assert page.findChild(QPlainTextEdit, "decide_words").toPlainText() == "写到一半"
    assert page._beside.decision.give_back.isChecked()


def test_request_is_certified_after_the_fingerprint_was_compared(
    open_page: Callable[[Store], InboxPage], offices: Offices
) -> None:
    request = enrolling.request_certificate(
        offices.county, "王建军", PASS_PHRASE, TEST_ROUNDS, "test", offices.now
    )
    page = open_page(offices.city)
    take(page, offices.to_city(request.digest))
    own = enrolling.signing_state(offices.county).fingerprint
    assert page.findChild(FingerprintView, "compare_fingerprint").text == read_out(own)
    done = page.findChild(QPushButton, "compare_done")
    assert not done.isEnabled()
    page.findChild(QCheckBox, "compare_tick").setChecked(True)
    in_dialog("passphrase_dialog", give(PASS_PHRASE))
    press(page, "compare_done")
    enrolment = offices.city.keys.enrolment(COUNTY.code)
    assert enrolment is not None and (enrolment.state, enrolment.person) == ("certified", "王建军")
    assert news(page)[0] == "已给东川县的王建军签发证书"
    answer = answering.answered(offices.city, request.digest)
    assert answer is not None and answer.kind is PackageKind.CERTIFICATE


def test_file_for_another_unit_shows_why_first(
    open_page: Callable[[Store], InboxPage], offices: Offices
) -> None:
    (package,) = sending.distribute(
        offices.city, offices.plan.id, [PARK.code], offices.identity, "test", offices.now
    )
    page = open_page(offices.county)
    take(page, offices.to_county(package.digest))
    assert state_of(page) is InboxState.REFUSED
    first = page._item.facts.findChild(QFrame, "inbox_facts").layout().itemAt(0).widget()
    assert (first.objectName(), first.property("ok")) == ("fact_recipient", "false")
    assert page._item.facts.banner.title.text() == "这一份不能收"


def test_invitation_is_trusted_after_the_tick_and_what_came_before_follows(
    open_page: Callable[[Store], InboxPage], offices: Offices, tmp_path: Path, now: datetime
) -> None:
    park = opening.create_workspace(tmp_path / "园区", PARK, REGION, "test", now)
    (package,) = sending.distribute(offices.city, offices.plan.id, [PARK.code], offices.identity, "test", now)
    invitation = certifying.invite(offices.city, PARK.code, offices.identity, "test", now)
    page = open_page(park)
    take(page, offices.to_county(package.digest), offices.to_county(invitation.digest))
    root = offices.city.keys.trust()
    assert root is not None and park.keys.trust() is None
    page.list.choose(invitation.digest)
    settle(page.context)
    assert page.findChild(FingerprintView, "compare_fingerprint").text == read_out(root.fingerprint)
    page.findChild(QCheckBox, "compare_tick").setChecked(True)
    press(page, "compare_done")
    trust = park.keys.trust()
    assert trust is not None and trust.confirmed and trust.fingerprint == root.fingerprint
    assert park.plans.get(offices.plan.id).title == offices.plan.title
    assert "任务包已导入" in news(page)[1]
    park.close()


def test_return_is_taken_in_at_once_and_leads_to_mending(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    item, _ = receiving.take_in(offices.city, submission(offices, faces), "", "test", offices.now)
    due = offices.now.date() + timedelta(days=4)
    answer = answering.send_back(
        offices.city, item.digest, "请补充", {"m-001": "哪7台"}, due, offices.identity, "test", offices.now
    )
    page = open_page(offices.county)
    gone: list[str] = []
    page.context.signals.navigated.connect(lambda place, target: gone.append(place))
    take(page, offices.to_county(answer.digest))
    own = offices.county.reports.latest(offices.plan.id, COUNTY.code, QUARTER)
    assert own is not None and own.state is ReportState.RETURNED
    assert news(page)[0] == "市里退回了2025年第一季度第1次报送"
    told = " ".join(label.text() for label in page.findChildren(QLabel, "done_text"))
    assert "请补充" in told and "哪7台" in told and f"{due.month}月{due.day}日" in told
    press(page, "inbox_go_next")
    assert gone == ["filling"]


def test_receipt_says_the_quarter_is_done_and_a_second_time_that_it_came_before(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    item, _ = receiving.take_in(offices.city, submission(offices, faces), "", "test", offices.now)
    receipt = answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
    page = open_page(offices.county)
    path = offices.to_county(receipt.digest)
    take(page, path)
    assert news(page)[0] == "市里已收下第1次报送"
    own = offices.county.reports.latest(offices.plan.id, COUNTY.code, QUARTER)
    assert own is not None and own.state is ReportState.ACCEPTED
    before = offices.county.packages.inbox()
    take(page, path)
    assert offices.county.packages.inbox() == before
    assert news(page)[0].endswith("收过，内容相同") and news(page)[1] == "没有重复入库。"


def test_target_opens_one_file(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    item, _ = receiving.take_in(offices.city, submission(offices, faces), "", "test", offices.now)
    page = open_page(offices.city)
    page.open_target(item.digest)
    settle(page.context)
    assert page.list.key == item.digest and text(page, "inbox_title").endswith("第1次报送")


def test_what_a_county_took_back_is_told_and_cannot_be_accepted(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    path = submission(offices, faces)
    page = open_page(offices.city)
    take(page, path)
    sent = page.list.key
    report = offices.draft_report()
    _, notice = withdrawing.withdraw(offices.county, report.id, "台数报错", PASS_PHRASE, "test", offices.now)
    take(page, offices.to_city(notice.digest))
    assert news(page)[0] == "东川县撤回2025年第一季度第1次报送"
    assert "它还没有定，不再收下" in news(page)[1]
    assert page.list.key == notice.digest and state_of(page) is InboxState.TAKEN
    assert text(page, "done_title") == "东川县撤回2025年第一季度第1次报送"
    page.list.choose(sent)
    settle(page.context)
    assert state_of(page) is InboxState.REFUSED
    assert text(page, "done_title") == "没有收"


def test_the_scan_of_who_signed_on_paper_is_shown_before_and_after_the_decision(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    enrol(offices, "李敏")
    page = open_page(offices.city)
    take(page, signed_for(offices, offices.reviewed_report(), faces))
    fact = page.findChild(QFrame, "fact_approval")
    assert fact.property("ok") == "true" and "由李敏代签" in fact.accessibleName()
    press(page, "inbox_scan")
    assert opened_outside(page.context, page).read_bytes() == SCAN
    in_dialog("passphrase_dialog", give(PASS_PHRASE))
    press(page, "decide")
    assert state_of(page) is InboxState.TAKEN and page.context.errors == []
    press(page, "inbox_scan")
    assert opened_outside(page.context, page).read_bytes() == SCAN


def test_without_an_approval_there_is_no_scan_to_look_at(
    open_page: Callable[[Store], InboxPage], offices: Offices, faces: Faces
) -> None:
    page = open_page(offices.city)
    take(page, submission(offices, faces))
    assert page.findChild(QPushButton, "inbox_scan").isHidden()


def test_a_long_title_of_a_plan_makes_no_page_scroll_sideways(
    open_page: Callable[[Store], InboxPage], offices: Offices, qtbot: QtBot
) -> None:
    page = open_page(offices.county)
    page.set_narrow(True)
    page.resize(800, 420)
    caption = page.findChild(QLabel, "inbox_caption")
    caption.setText("空气质量持续改善行动方案及重点县区大气污染防治攻坚行动实施细则" * 2)
    caption.show()
    qtbot.waitUntil(lambda: caption.isVisible() and caption.toolTip() == caption.text())
    assert page._item.scroll.horizontalScrollBar().maximum() == 0
