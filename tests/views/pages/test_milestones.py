"""序时应达 is set on the plan in force and in a draft's target editor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.targets import Accumulation, Audience, Milestone, Target
from desktop.views.context import Context
from desktop.views.dialogs.milestones import MilestonesDialog
from desktop.views.dialogs.target_editor import TargetEditor
from desktop.views.pages.plan import PlanPage
from desktop.views.widgets.inputs import NumberEdit
from tests.journeys.offices import Offices

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def city(make_context: Callable[..., Context], offices: Offices) -> Context:
    return make_context(store=offices.city, clock=lambda: offices.now, plan_id=offices.plan.id)


def enter(page: QWidget, quarter: str, text: str) -> None:
    page.findChild(NumberEdit, f"milestone_{quarter}").setText(text)


def press(page: QWidget, name: str) -> None:
    page.findChild(QAbstractButton, name).click()


def stored(offices: Offices) -> Target:
    return offices.city.plans.get(offices.plan.id).targets[0]


def opened(page: PlanPage) -> MilestonesDialog:
    found = [d for d in page.window().findChildren(MilestonesDialog) if d.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_city_sets_what_is_due_on_the_plan_in_force(
    qtbot: QtBot, city: Context, offices: Offices
) -> None:
    page = PlanPage(city)
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    press(page, "milestones_t-001")
    dialog = opened(page)
    enter(dialog, "2025Q2", "六")
    press(dialog, "milestones_set")
    assert dialog.isVisible() and dialog.findChild(QLabel, "milestones_wrong").isVisible()
    enter(dialog, "2025Q2", "６")
    press(dialog, "milestones_set")
    assert stored(offices).milestones == (Milestone("2025Q2", Decimal(6)),)
    page.refresh()
    assert "定了1个季度" in page.findChild(QAbstractButton, "milestones_t-001").text()
    press(page, "milestones_t-001")
    dialog = opened(page)
    enter(dialog, "2025Q2", "")
    press(dialog, "milestones_set")
    assert stored(offices).milestones == () and offices.city.plans.get(offices.plan.id).version == 3


def test_the_plan_in_force_says_which_figures_may_be_added(
    qtbot: QtBot, city: Context, offices: Offices
) -> None:
    page = PlanPage(city)
    qtbot.addWidget(page)
    page.refresh()
    page.show()
    for wanted in (True, False):
        before = offices.city.plans.get(offices.plan.id).version
        press(page, "milestones_t-001")
        dialog = opened(page)
        dialog.findChild(QCheckBox, "target_addable").click()
        press(dialog, "milestones_set")
        assert stored(offices).addable is wanted and stored(offices).milestones == ()
        assert offices.city.plans.get(offices.plan.id).version == before + 1
        page.refresh()


def test_what_is_in_proportion_stands_grey_in_the_fields(
    qtbot: QtBot, city: Context, offices: Offices
) -> None:
    target = replace(stored(offices), accumulation=Accumulation.PLAN_TO_DATE)
    plan = replace(offices.plan, title="云河市2024—2025年蓝天行动方案")
    dialog = MilestonesDialog(city, plan, target)
    qtbot.addWidget(dialog)
    fields = [dialog.findChild(NumberEdit, f"milestone_{y}Q{n}") for y in (2024, 2025) for n in (1, 2, 3, 4)]
    assert [field.placeholderText() for field in fields] == ["1", "3", "4", "6", "7", "9", "10", "12"]


def test_a_drafts_target_takes_it_from_the_editor(qtbot: QtBot, city: Context, offices: Offices) -> None:
    made: list[Target] = []
    editor = TargetEditor(city, stored(offices), offices.city.units.region(), plan_title="云河市2025年方案")
    qtbot.addWidget(editor)
    editor.edited.connect(made.append)
    editor.show()
    assert not editor.findChild(QWidget, "milestones").isVisible()
    press(editor, "open_milestones")
    choice = editor.findChild(QComboBox, "target_accumulation")
    choice.setCurrentIndex(choice.findData(Accumulation.QUARTER.value))
    assert "只在填了的季度里看" in editor.findChild(QLabel, "milestones_word").text()
    enter(editor, "2025Q4", "12")
    press(editor, "target_save")
    assert made[0].milestones == (Milestone("2025Q4", Decimal(12)),)
    assert made[0].accumulation is Accumulation.QUARTER


def test_whether_figures_may_be_added_is_said_in_the_editor(
    qtbot: QtBot, city: Context, offices: Offices
) -> None:
    made: list[Target] = []
    editor = TargetEditor(city, stored(offices), offices.city.units.region())
    qtbot.addWidget(editor)
    editor.edited.connect(made.append)
    editor.show()
    tick = editor.findChild(QCheckBox, "target_addable")
    assert tick.isVisible() and not tick.isChecked()
    tick.click()
    press(editor, "target_save")
    assert made[0].addable and replace(made[0], addable=False) == stored(offices)


def test_the_city_s_own_figure_has_nothing_to_be_added_to(
    qtbot: QtBot, city: Context, offices: Offices
) -> None:
    editor = TargetEditor(city, replace(stored(offices), addable=True), offices.city.units.region())
    qtbot.addWidget(editor)
    editor.show()
    audience = editor.findChild(QComboBox, "target_audience")
    audience.setCurrentIndex(audience.findData(Audience.CITY.value))
    assert not editor.findChild(QCheckBox, "target_addable").isVisible() and not editor.target.addable
