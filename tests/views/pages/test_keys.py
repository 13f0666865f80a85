"""证书: founding the city's authority, inviting, a unit's three steps, another pass phrase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import RefusedError
from desktop.domain.identity import read_out
from desktop.domain.package import PackageKind
from desktop.services import enrolling, opening, receiving, sending
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.pages.keys import KeysPage
from desktop.views.widgets.fingerprint import FingerprintView
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import CITY, COUNTY, PARK, PASS_PHRASE, REGION, Offices, enrol
from tests.views.pages.office_context import context_for, in_dialog, settle


@pytest.fixture
def open_page(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> Callable[[Store], KeysPage]:
    """The page on a store, shown, with its context as `page.context`."""

    def opened(store: Store) -> KeysPage:
        context = context_for(make_context, offices, store)
        page = KeysPage(context)
        page.context = context
        qtbot.addWidget(page)
        page.resize(1290, 648)
        page.show()
        page.refresh()
        return page

    return opened


def type_into(page: QWidget, **fields: str) -> None:
    for name, words in fields.items():
        page.findChild(QLineEdit, name).setText(words)


def press(page: KeysPage, name: str) -> None:
    page.findChild(QPushButton, name).click()
    settle(page.context)


def banner(page: KeysPage) -> str:
    return page._banner.title.text()


def fingerprint(page: KeysPage, name: str) -> str:
    shown = [view for view in page.findChildren(FingerprintView, name) if view.isVisible()]
    return shown[0].text if shown else ""


def test_founding_needs_two_equal_pass_phrases_and_shows_the_root(
    open_page: Callable[[Store], KeysPage], tmp_path: Path, now: datetime
) -> None:
    city = opening.create_workspace(tmp_path / "新市", CITY, REGION, "test", now)
    page = open_page(city)
    do = page.findChild(QPushButton, "authority_do")
    said = "".join(found.text() for found in page.findChildren(QLabel) if found.isVisible())
    assert "只能另建工作区" in said and "签发季报" not in said
    type_into(page, authority_person="赵国强", authority_passphrase="short", authority_again="short")
    assert not do.isEnabled()
    assert page.findChild(QLabel, "authority_hint").text() == "口令至少8个字符"
    type_into(page, authority_passphrase=PASS_PHRASE, authority_again=PASS_PHRASE + "x")
    assert not do.isEnabled()
    type_into(page, authority_again=PASS_PHRASE)
    press(page, "authority_do")
    trust = city.keys.trust()
    assert trust is not None and page.context.errors == []
    assert page.focusWidget() is page.findChild(QCheckBox, "keys_all")
    assert fingerprint(page, "root_fingerprint") == read_out(trust.fingerprint)
    assert enrolling.signer(city, PASS_PHRASE).signer.name == "赵国强"
    assert page.findChild(QLineEdit, "authority_passphrase").text() == "", "the pass phrase is forgotten"
    city.close()


def test_root_is_exported(open_page: Callable[[Store], KeysPage], offices: Offices) -> None:
    page = open_page(offices.city)
    page.context.files.saved = offices.stick / "root.pem"
    press(page, "keys_export_root")
    trust = offices.city.keys.trust()
    assert trust is not None and (offices.stick / "root.pem").read_bytes() == trust.root
    assert banner(page) == "根证书已写出并核对"


def test_chosen_units_are_invited_in_one_go(open_page: Callable[[Store], KeysPage], offices: Offices) -> None:
    page = open_page(offices.city)
    assert not page.findChild(QPushButton, "keys_invite").isEnabled()
    page.findChild(QCheckBox, "keys_all").click()
    page.context.files.chosen = offices.stick

    def give(dialog: QWidget) -> None:
        dialog.edit.edit.setText(PASS_PHRASE)
        dialog.findChild(QPushButton, "passphrase_ok").click()

    asked = in_dialog("passphrase_dialog", give)
    press(page, "keys_invite")
    assert len(asked) == 1 and page.context.errors == []
    assert banner(page) == "2份邀请已写出并核对"
    written = {path.name for path in offices.stick.glob("*邀请*")}
    assert {"东川县_邀请_2.jbx", "北塬工业园区_邀请_1.jbx"} <= written
    states = {e.unit_code: e.state for e in offices.city.keys.enrolments()}
    assert states == {COUNTY.code: "invited", PARK.code: "invited"}


def test_waiting_request_leads_to_the_inbox(open_page: Callable[[Store], KeysPage], offices: Offices) -> None:
    request = enrolling.request_certificate(
        offices.county, "王建军", PASS_PHRASE, TEST_ROUNDS, "test", offices.now
    )
    receiving.take_in(offices.city, offices.to_city(request.digest), "", "test", offices.now)
    page = open_page(offices.city)
    gone: list[tuple[str, object]] = []
    page.context.signals.navigated.connect(lambda place, target: gone.append((place, target)))
    press(page, f"request_{COUNTY.code}")
    assert gone == [("inbox", request.digest)]
    assert "等您核对" in page.findChild(QCheckBox, f"unit_{COUNTY.code}").accessibleName()


def test_county_asks_for_its_certificate_and_reads_out_its_fingerprint(
    open_page: Callable[[Store], KeysPage], offices: Offices
) -> None:
    page = open_page(offices.county)
    assert fingerprint(page, "own_fingerprint") == ""
    type_into(page, request_person="王建军", request_passphrase=PASS_PHRASE, request_again=PASS_PHRASE)
    press(page, "request_do")
    assert offices.county.keys.get("signer") is None, "without a folder nothing is made"
    page.context.files.chosen = offices.stick
    press(page, "request_do")
    assert page.context.errors == [] and (offices.stick / "东川县_证书申请_1.jbx").exists()
    own = enrolling.signing_state(offices.county)
    assert (own.state, fingerprint(page, "own_fingerprint")) == ("requested", read_out(own.fingerprint))
    made = [i for i in offices.county.packages.outbox() if i.kind is PackageKind.REQUEST]
    assert len(made) == 1 and made[0].written_at is not None


def test_county_with_its_certificate_may_sign(
    open_page: Callable[[Store], KeysPage], offices: Offices
) -> None:
    enrol(offices)
    page = open_page(offices.county)
    said = page.findChild(QLabel, "keys_step_3_text").text()
    assert said.startswith("可以签发了。签发人王建军")
    own = enrolling.signing_state(offices.county)
    assert fingerprint(page, "certificate_fingerprint") == read_out(own.fingerprint)


def test_county_without_a_root_is_sent_to_the_inbox(
    open_page: Callable[[Store], KeysPage], tmp_path: Path, now: datetime
) -> None:
    park = opening.create_workspace(tmp_path / "园区", PARK, REGION, "test", now)
    page = open_page(park)
    gone: list[str] = []
    page.context.signals.navigated.connect(lambda place, target: gone.append(place))
    assert not page.findChild(QLineEdit, "request_person").isVisible()
    press(page, "keys_go_invitation")
    assert gone == ["inbox"]
    park.close()


def test_pass_phrase_is_changed_in_a_dialog_that_says_when_the_old_one_is_wrong(
    open_page: Callable[[Store], KeysPage], offices: Offices
) -> None:
    new = "another pass phrase"
    page = open_page(offices.city)
    said: list[str] = []

    def act(dialog: QWidget) -> None:
        type_into(dialog, old_passphrase="wrong one", new_passphrase=new, new_passphrase_again=new)
        dialog.findChild(QPushButton, "change_do").click()
        assert page.context.runner.wait_idle()
        said.append(dialog._banner.title.text())
        type_into(dialog, old_passphrase=PASS_PHRASE)
        dialog.findChild(QPushButton, "change_do").click()

    in_dialog("change_passphrase", act)
    press(page, "keys_change_passphrase")
    assert said == ["口令不对"] and banner(page) == "口令已经换了"
    assert enrolling.signer(offices.city, new)
    with pytest.raises(RefusedError):
        enrolling.signer(offices.city, PASS_PHRASE)


def test_the_form_stands_whole_and_its_button_says_what_it_writes(
    open_page: Callable[[Store], KeysPage], offices: Offices, qtbot: QtBot
) -> None:
    page = open_page(offices.county)
    fields = [page.findChild(QLineEdit, f"request_{name}") for name in ("person", "passphrase", "again")]
    words = next(
        w for w in page._road.findChildren(QLabel) if w.isVisible() and w.text().startswith("口令谁也")
    )
    qtbot.waitUntil(
        lambda: words.height() >= words.heightForWidth(words.width()) > words.fontMetrics().height()
    )
    assert all(field.isVisible() and field.height() >= field.sizeHint().height() for field in fields)
    assert page.findChild(QPushButton, "request_do").text() == "写出申请…"
    item = enrolling.request_certificate(
        offices.county, "王建军", PASS_PHRASE, TEST_ROUNDS, "test", offices.now
    )
    page.refresh()
    again = page.findChild(QPushButton, "keys_write_request")
    assert again.text() == "写出申请…", "nothing was written yet"
    sending.carry_out(offices.county, [item.digest], offices.stick, "test", offices.now)
    page.refresh()
    assert again.text() == again.accessibleName() == "再写一份申请…"
