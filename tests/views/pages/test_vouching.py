"""A restored county is asked before it signs or takes back: once, in place, and with a way to leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.domain.package import InboxItem, InboxState
from desktop.reports.fonts import Faces
from desktop.services import reviewing, sending, signing, vouching
from desktop.views.context import Context
from desktop.views.pages.export import ExportPage
from desktop.views.pages.review import ReviewPage
from tests.journeys.offices import CITY, PASS_PHRASE, Offices, enrol
from tests.views.pages.county import County, county

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    made = county(make_context, offices, faces)
    enrol(offices)
    offices.fill(made.report())
    reviewing.review(offices.county, made.report().id, "test", offices.now)
    return made


def restore(own: County) -> None:
    store = own.offices.county
    with store.transaction():
        vouching.note_restored(store, own.offices.now)


def test_signing_asks_first_and_going_back_signs_nothing(qtbot: QtBot, own: County) -> None:
    restore(own)
    page = ReviewPage(own.context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    own.context.ask.answer = False
    page.primary.click()
    (question,) = own.context.ask.asked
    assert question.title.endswith("以后签发过的，都找回来了吗？") and question.dangerous
    assert "编号会和那一份重复" in question.text and "这里一份也没有签发过" in question.text
    assert page.window().findChild(QDialog, "sign_dialog") is None
    own.context.ask.answer = True
    page.primary.click()
    dialog = page.window().findChild(QDialog, "sign_dialog")
    assert dialog is not None and dialog.isVisible() and len(own.context.ask.asked) == 2
    dialog.reject()
    # Who has said so is not asked again.
    page.primary.click()
    assert len(own.context.ask.asked) == 2


def test_taking_back_asks_as_well(qtbot: QtBot, own: County, faces: Faces) -> None:
    offices = own.offices
    report = signing.sign(offices.county, own.report().id, PASS_PHRASE, faces, "test", offices.now).report
    sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    restore(own)
    page = ExportPage(own.context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    own.context.ask.answer = False
    page._ask_withdrawal()
    assert page.window().findChild(QDialog, "withdraw_dialog") is None
    assert "2025年第一季度第1份（季报，" in own.context.ask.asked[0].text
    own.context.ask.answer = True
    page._ask_withdrawal()
    assert page.window().findChild(QDialog, "withdraw_dialog") is not None


def test_what_is_known_to_be_missing_is_said_before_a_pass_phrase_is_asked(qtbot: QtBot, own: County) -> None:
    store, report, now = own.offices.county, own.report(), own.offices.now
    store.packages.put_inbox(
        InboxItem(
            "a" * 64, "receipt", CITY.ref, f"{report.plan_id}/{report.quarter}", 1, InboxState.REFUSED, now,
            problem="answer_without_report",
        )
    )  # fmt: skip
    told: list[Exception] = []
    own.context.show_error = told.append
    page = ReviewPage(own.context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.primary.click()
    assert [error.code for error in told] == ["own_missing"]
    assert page.window().findChild(QDialog, "sign_dialog") is None and not own.context.ask.asked
