"""任务分派: changes are collected, shown, and make one new version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import opening, planning
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.pages.assigning import AssigningPage
from tests.journeys.offices import CITY, COUNTY, OFFICE, PARK, REGION, draft
from tests.views.pages.on_page import press, seen

NOW = datetime(2025, 1, 6, 10, 18).astimezone()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opening.create_workspace(tmp_path / "市", CITY, REGION, "test", NOW)
    yield made
    made.close()


@pytest.fixture
def context(make_context: Callable[..., Context], store: Store) -> Context:
    plan = planning.publish(
        store, planning.keep_draft(store, "", planning.resolve(draft(), REGION), NOW), "test", NOW
    )
    return make_context(store=store, clock=lambda: NOW, plan_id=plan.id)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> AssigningPage:
    made = AssigningPage(context)
    qtbot.addWidget(made)
    made.resize(1290, 600)
    made.show()
    made.refresh()
    return made


def text(page: QWidget, name: str) -> str:
    return seen(page, QLabel, name).text()


def toggle(page: AssigningPage, measure: str, unit: str) -> None:
    cells = page.table.cells
    at = [m.key for m in cells.rows].index(measure), [u.code for u in cells.units].index(unit)
    page.table.setCurrentIndex(cells.index(*at))
    page.table.toggle(cells.index(*at))


def test_without_a_plan_the_page_leads_to_it(
    qtbot: QtBot, make_context: Callable[..., Context], tmp_path: Path
) -> None:
    store = opening.create_workspace(tmp_path / "空", CITY, REGION, "test", NOW)
    context = make_context(store=store)
    page = AssigningPage(context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    went: list[str] = []
    context.signals.navigated.connect(lambda place, target: went.append(place))
    press(page, "empty_action")
    assert went == ["plan"]
    store.close()


def test_unassigned_measures_stand_first_with_a_way_to_choose(page: AssigningPage) -> None:
    assert [m.key for m in page.table.cells.rows] == ["m-003", "m-001", "m-002"]
    assert text(page, "unassigned_row") == "还没有落实单位"
    assert seen(page, QAbstractButton, "pick_m-003").isVisible()
    assert text(page, "assigning_head") == "3条措施分给2家，共3项任务"
    assert [u.code for u in page.table.cells.units] == [COUNTY.code, PARK.code]


def test_the_way_to_choose_stands_in_its_row_at_every_width(page: AssigningPage) -> None:
    table = page.table
    for width in (1290, 900, 1400):
        page.resize(width, 600)
        QApplication.processEvents()
        index = table.cells.index(0, 0)
        assert table.indexWidget(index).geometry() == table.visualRect(index)


def test_nothing_changed_leads_to_distributing(page: AssigningPage, context: Context) -> None:
    went: list[str] = []
    context.signals.navigated.connect(lambda place, target: went.append(place))
    assert seen(page, QAbstractButton, "assigning_apply").text() == "去下发"
    press(page, "assigning_apply")
    assert went == ["distribute"]


def test_changes_are_collected_and_make_one_new_version(
    page: AssigningPage, store: Store, context: Context
) -> None:
    toggle(page, "m-001", PARK.code)
    toggle(page, "m-002", PARK.code)
    assert store.plans.get(context.plan_id).version == 1
    assert "改了2条，还没有生效" in text(page, "assigning_said")
    assert seen(page, QAbstractButton, "assigning_apply").text() == "按此分派（第2版）"
    press(page, "assigning_apply")
    plan = store.plans.get(context.plan_id)
    assert plan.version == 2
    assert plan.measure("m-001").implementers == (COUNTY.code,)
    assert set(plan.measure("m-002").implementers) == {COUNTY.code, PARK.code}
    assert seen(page, QAbstractButton, "assigning_apply").text() == "去下发"


def test_a_change_taken_back_is_no_change(page: AssigningPage) -> None:
    toggle(page, "m-001", PARK.code)
    toggle(page, "m-001", PARK.code)
    assert seen(page, QAbstractButton, "assigning_apply").text() == "去下发"
    toggle(page, "m-002", PARK.code)
    press(page, "side_back")
    assert seen(page, QAbstractButton, "assigning_apply").text() == "去下发"


def test_space_ticks_the_current_cell(qtbot: QtBot, page: AssigningPage) -> None:
    page.table.choose("m-002")
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert set(page._choices.changed["m-002"]) == {COUNTY.code, PARK.code}


def test_the_picker_offers_departments_and_they_get_a_column(
    page: AssigningPage, store: Store, context: Context
) -> None:
    page.pick("m-003")
    dialog = page.findChild(UnitPicker)
    dialog.choose([OFFICE.code])
    press(dialog, "picker_take")
    assert [u.code for u in page.table.cells.units] == [COUNTY.code, PARK.code, OFFICE.code]
    assert page.table.cells.rows[0].key == "m-003"
    assert "刚加的：市生态环境局" in {w.text() for w in page.findChildren(QLabel, "side_reason")}
    press(page, "assigning_apply")
    assert store.plans.get(context.plan_id).measure("m-003").implementers == (OFFICE.code,)


def test_the_side_tells_why_units_implement_a_measure(page: AssigningPage) -> None:
    page.open_target("m-001")
    QApplication.processEvents()
    reasons = [w.text() for w in page.findChildren(QLabel, "side_reason") if w.isVisible()]
    assert reasons == ["东川县", "北塬工业园区"]
    assert text(page, "side_number") == "第1条"


def test_changes_outlive_a_refresh_but_not_a_new_version(
    page: AssigningPage, store: Store, context: Context
) -> None:
    toggle(page, "m-002", PARK.code)
    page.refresh()
    assert seen(page, QAbstractButton, "assigning_apply").text() == "按此分派（第2版）"
    planning.assign(store, context.plan_id, {"m-003": (COUNTY.code,)}, "test", NOW)
    page.refresh()
    assert seen(page, QAbstractButton, "assigning_apply").text() == "去下发"


def test_narrow_folds_the_side(page: AssigningPage) -> None:
    page.set_narrow(True)
    assert not page.side.isVisible()
    press(page, "assigning_details")
    assert page.side.isVisible()
