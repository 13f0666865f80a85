"""The top bar with several plans and quarters: which is shown, how far each is, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.quarter import Quarter
from desktop.views.application import refresh_head, show_chosen_plan
from desktop.views.context import Context
from desktop.views.top_bar import TopBar
from tests.journeys.offices import QUARTER, Offices
from tests.journeys.several import WATER, second_plan
from tests.views.pages.office_context import context_for


def bar_of(qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, width: int = 1290) -> TopBar:
    context = context_for(make_context, offices, offices.county)
    context.signals.changed.connect(lambda: refresh_head(context))
    context.signals.planChosen.connect(lambda: show_chosen_plan(context))
    refresh_head(context)
    bar = TopBar(context)
    qtbot.addWidget(bar)
    bar.resize(width, 48)
    with qtbot.waitActive(bar):
        bar.show()
        bar.activateWindow()
    bar.refresh()
    return bar


def part(bar: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = bar.findChild(kind, name)
    assert found is not None
    return found


def test_one_plan_is_a_line_of_text_as_ever(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> None:
    bar = bar_of(qtbot, make_context, offices)
    line = part(bar, QLabel, "plan_line")
    assert line.isVisible() and line.text() == "云河市蓝天行动方案 · 第1版"
    assert not part(bar, QPushButton, "plan_chooser").isVisible()


def test_several_plans_are_chosen_from_by_keyboard_and_the_choice_is_kept(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> None:
    water = second_plan(offices, (QUARTER, "2025Q2"))
    bar = bar_of(qtbot, make_context, offices)
    chooser, context = part(bar, QPushButton, "plan_chooser"), bar._context
    assert chooser.isVisible() and not part(bar, QLabel, "plan_line").isVisible()
    assert chooser.text() == "云河市蓝天行动方案 · 第1版"
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    menu = part(bar, QMenu, "plan_menu")
    qtbot.waitUntil(menu.isVisible)
    assert [action.text() for action in menu.actions()] == [
        f"{WATER} · 第1版\t2025年第一季度　已填0/2，还剩17天",
        "云河市蓝天行动方案 · 第1版\t2025年第一季度　已填0/2，还剩3天",
    ]
    assert [action.isChecked() for action in menu.actions()] == [False, True]
    assert menu.activeAction() is menu.actions()[1]
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert (context.plan_id, str(context.quarter)) == (water.id, QUARTER)
    assert chooser.text() == f"{WATER} · 第1版"
    again = context_for(make_context, offices, offices.county)
    again.plan_id = ""
    refresh_head(again)
    assert again.plan_id == water.id


def test_the_quarter_stays_where_the_other_plan_has_it_and_else_is_its_newest(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> None:
    water = second_plan(offices, (QUARTER, "2025Q2"))
    context = bar_of(qtbot, make_context, offices)._context
    context.choose_plan(water.id)
    assert str(context.quarter) == QUARTER
    context.choose_quarter(Quarter.parse("2025Q2"))
    refresh_head(context)
    context.choose_plan(offices.plan.id)
    assert str(context.quarter) == QUARTER
    context.choose_plan(water.id, Quarter.parse("2025Q2"))
    assert str(context.quarter) == "2025Q2"


def test_the_list_of_quarters_says_how_each_stands(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> None:
    bar = bar_of(qtbot, make_context, offices)
    offices.draft_report()
    menu = part(bar, QToolButton, "quarter_name").menu()
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    name, _, said = action.text().partition("\t")
    assert name == "2025年第一季度" and said.startswith("填报中 0/2，") and said.endswith("截止")
    offices.fill(offices.draft_report())
    menu.aboutToShow.emit()
    assert menu.actions()[0].text().partition("\t")[2].startswith("填报中 2/2")


@pytest.mark.usefixtures("no_qt_warnings")
@pytest.mark.parametrize("width", [1290, 1017, 835])
def test_the_bar_has_room_for_all_of_it(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, width: int
) -> None:
    second_plan(offices)
    bar = bar_of(qtbot, make_context, offices, width)
    bar._context.note_saved()
    QApplication.processEvents()
    glass = part(bar, QPushButton, "open_search")
    assert glass.isVisible() and glass.geometry().right() <= bar.width()
    assert "Ctrl+K" in glass.toolTip() and glass.accessibleName() == "查找"
    assert bar.layout().minimumSize().width() <= bar.width()
    assert not bar.grab().isNull()
