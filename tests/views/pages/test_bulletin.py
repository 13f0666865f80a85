"""导出通报: parts are ticked and remembered, odd points are said at once, nothing is written by the dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.bulletin import USUAL_PARTS, BulletinPart
from desktop.services.announcing import Choice
from desktop.views.context import Context
from desktop.views.dialogs.bulletin import BulletinDialog
from tests.reports import samples
from tests.reports.bulletins import city_lines

MakeDialog = Callable[..., BulletinDialog]


@pytest.fixture
def make(qtbot: QtBot, make_context: Callable[..., Context]) -> MakeDialog:
    def made(choice: Choice = Choice(), city: bool = True) -> BulletinDialog:  # noqa: B008
        document = replace(samples.summary(6, 4), city=city_lines() if city else ())
        dialog = BulletinDialog(make_context(), document, choice)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def tick(dialog: QWidget, part: BulletinPart) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, f"part_{part.value}")
    assert found is not None
    return found


def yes(dialog: QWidget) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, "bulletin_export")
    assert found is not None
    return found


def why_not(dialog: QWidget) -> str:
    found = dialog.findChild(QLabel, "bulletin_why_not")
    assert found is not None
    return found.text()


def test_all_but_the_ranking_is_ticked_until_somebody_chooses(make: MakeDialog) -> None:
    dialog = make()
    assert [part for part in BulletinPart if not tick(dialog, part).isChecked()] == [BulletinPart.RANKING]
    assert not dialog._scoring.isVisible() and yes(dialog).isEnabled()
    assert dialog.choice == Choice(USUAL_PARTS)


def test_what_was_chosen_last_stands_there_again(make: MakeDialog) -> None:
    choice = Choice((BulletinPart.UNITS, BulletinPart.RANKING), "", "各县（市、区）人民政府")
    choice = replace(choice, rules=replace(choice.rules, late_day=Decimal("0.25")), apart=True)
    dialog = make(choice)
    assert dialog.choice == choice
    assert dialog._scoring.isVisible() and not dialog._letter.isVisible()


def test_without_a_part_there_is_nothing_to_export_and_it_says_so(make: MakeDialog) -> None:
    dialog = make(Choice((BulletinPart.LETTER, BulletinPart.REQUESTS)))
    tick(dialog, BulletinPart.LETTER).click()
    assert not yes(dialog).isEnabled() and why_not(dialog) == "至少选一部分，才能导出"
    assert not tick(dialog, BulletinPart.REQUESTS).isEnabled()
    tick(dialog, BulletinPart.MATRIX).click()
    assert yes(dialog).isEnabled() and why_not(dialog) == ""


def test_a_plan_without_city_figures_offers_none(make: MakeDialog) -> None:
    dialog = make(Choice((BulletinPart.CITY,)), city=False)
    assert not tick(dialog, BulletinPart.CITY).isEnabled() and not yes(dialog).isEnabled()


@pytest.mark.parametrize("typed", ["半分", "-1", "100.5", "0.125", ""])
def test_points_that_fit_no_rules_are_refused_at_once(make: MakeDialog, typed: str) -> None:
    dialog = make()
    tick(dialog, BulletinPart.RANKING).click()
    edit = dialog.findChild(QLineEdit, "points_late_day")
    assert edit is not None
    edit.setText(typed)
    edit.flush()  # type: ignore[attr-defined]
    dialog._check()
    assert not yes(dialog).isEnabled() and "分值填0到100" in why_not(dialog)
    usual = dialog.findChild(QAbstractButton, "points_usual")
    assert usual is not None
    usual.click()
    assert yes(dialog).isEnabled() and dialog.choice.rules.late_day == Decimal("0.5")


def test_odd_points_behind_an_unticked_ranking_hold_nothing_up(make: MakeDialog, qtbot: QtBot) -> None:
    dialog = make()
    tick(dialog, BulletinPart.RANKING).click()
    edit = dialog.findChild(QLineEdit, "points_error")
    assert edit is not None
    edit.setText("很多")
    edit.flush()  # type: ignore[attr-defined]
    tick(dialog, BulletinPart.RANKING).click()
    with qtbot.waitSignal(dialog.accepted):
        yes(dialog).click()
    assert BulletinPart.RANKING not in dialog.choice.parts


def test_the_keyboard_alone_is_enough(make: MakeDialog, qtbot: QtBot) -> None:
    dialog = make()
    first = tick(dialog, BulletinPart.LETTER)
    assert dialog.focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert not first.isChecked()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert BulletinPart.LETTER not in dialog.choice.parts
