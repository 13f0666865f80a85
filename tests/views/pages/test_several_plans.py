"""Pages with two plans whose measures have the same keys: each shows the plan that is chosen, and keeps what is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.delegation import Bureau
from desktop.domain.package import PackageKind
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, ProgressStatus, Report, ReportState
from desktop.reports.fonts import Faces
from desktop.services import answering, delegating, filling, receiving, reviewing, sending, signing, surveying
from desktop.views.context import Context
from desktop.views.pages.assigning import AssigningPage
from desktop.views.pages.delegating import DelegatingPage
from desktop.views.pages.desk import DeskPage
from desktop.views.pages.distributing import DistributingPage
from desktop.views.pages.export import ExportPage
from desktop.views.pages.filling import FillingPage
from desktop.views.pages.inbox import InboxPage
from desktop.views.pages.plan_titles import plan_titles
from desktop.views.spot import Spot
from tests.journeys.offices import COUNTY, PARK, PASS_PHRASE, QUARTER, Offices, enrol
from tests.journeys.several import WATER, second_plan
from tests.views.pages.county import County
from tests.views.pages.office_context import context_for, in_dialog, settle
from tests.views.pages.on_page import open_page

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


def follow(context: Context, page: QWidget) -> None:
    """What the program does when another plan is chosen."""
    context.signals.planChosen.connect(page.refresh)


def test_what_is_typed_goes_to_the_plan_it_was_typed_for(qtbot: QtBot, own: County, offices: Offices) -> None:
    water, store = second_plan(offices), offices.county
    page = open_page(qtbot, FillingPage(own.context))
    follow(own.context, page)
    page.go_to("m-002")
    edit = page.findChild(QPlainTextEdit, "progress")
    edit.setFocus()
    qtbot.keyClicks(edit, "air")
    own.context.choose_plan(water.id)
    page.go_to("m-002")
    assert page.findChild(QPlainTextEdit, "progress").toPlainText() == ""
    assert page.frame.editor.measure.findChild(QLabel, "measure_title").text() == "清淤河道"
    qtbot.keyClicks(page.findChild(QPlainTextEdit, "progress"), "water")
    own.context.choose_plan(offices.plan.id)
    said = {
        plan: store.reports.entry(filling.begin(store, plan, QUARTER, "test", offices.now).id, "m-002")
        for plan in (offices.plan.id, water.id)
    }
    assert {plan: entry.progress for plan, entry in said.items() if entry} == {
        offices.plan.id: "air", water.id: "water"
    }  # fmt: skip


def test_a_measure_picked_in_one_plan_is_not_picked_in_the_other(
    qtbot: QtBot, own: County, offices: Offices
) -> None:
    water = second_plan(offices)
    delegating.add_bureau(offices.county, Bureau("县水务局"), "test", offices.now)
    page = open_page(qtbot, DelegatingPage(own.context))
    follow(own.context, page)
    page.measures.selectAll()
    assert len(page.measures.picked_keys) == 2
    own.context.choose_plan(water.id)
    # Only the first, as ever when the page is shown anew.
    assert page.measures.picked_keys == ("m-001",)
    delegating.delegate(offices.county, water.id, ["m-001"], "县水务局", "test", offices.now)
    assert delegating.delegations(offices.county, offices.plan.id) == {}


def test_a_package_leads_to_its_own_plan_and_an_answer_to_its_quarter(
    qtbot: QtBot, own: County, offices: Offices
) -> None:
    context = own.context
    page = open_page(qtbot, InboxPage(context))
    water = second_plan(offices)
    page.refresh()
    item = next(i for i in offices.county.packages.inbox() if i.stream == f"plan/{water.id}")
    page.open_target(item.digest)
    settle(context)
    page.findChild(QPushButton, "inbox_go").click()
    assert context.plan_id == water.id and own.visited[-1] == ("filling", None)
    rows = page.list.rows
    assert any(WATER in getattr(row, "caption", "") for row in rows)


def test_a_returned_report_leads_to_its_plan_and_quarter(
    qtbot: QtBot, own: County, offices: Offices, faces: Faces
) -> None:
    enrol(offices)
    water, context = second_plan(offices, (QUARTER, "2025Q2")), own.context
    returned = own.returned(faces)
    context.choose_plan(water.id, Quarter.parse("2025Q2"))
    page = open_page(qtbot, InboxPage(context))
    item = next(i for i in offices.county.packages.inbox() if i.kind == PackageKind.RETURN.value)
    page.open_target(item.digest)
    settle(context)
    page.findChild(QPushButton, "inbox_go").click()
    assert (context.plan_id, str(context.quarter)) == (returned.plan_id, returned.quarter)


def _submit(offices: Offices, plan_id: str, faces: Faces) -> tuple[Report, list[Path]]:
    store, now = offices.county, offices.now
    report = filling.begin(store, plan_id, QUARTER, "test", now)
    offices.fill(report)
    reviewing.review(store, report.id, "test", now)
    signing.sign(store, report.id, PASS_PHRASE, faces, "test", now)
    report, written = sending.submit(store, report.id, offices.stick, "test", now)
    return report, [file.path for file in written]


def test_both_plans_go_up_and_come_back_under_names_that_tell_them_apart(
    qtbot: QtBot, offices: Offices, faces: Faces, make_context: Callable[..., Context]
) -> None:
    enrol(offices)
    water = second_plan(offices)
    _, air_files = _submit(offices, offices.plan.id, faces)
    _, water_files = _submit(offices, water.id, faces)
    assert water_files[-1].name == f"东川县_{WATER}_2025Q1_第1次报送.jbx"
    assert not {p.name for p in air_files} & {p.name for p in water_files}
    context = context_for(make_context, offices, offices.city)
    for path in (air_files[-1], water_files[-1]):
        receiving.take_in(offices.city, path, "", "test", offices.now)
    page = open_page(qtbot, InboxPage(context))
    settle(context)
    waiting = [row for row in page.list.rows if getattr(row, "word", None) == ""]
    assert {row.caption.rpartition("　")[2] for row in waiting} >= {WATER, offices.plan.title}
    desk = open_page(qtbot, DeskPage(context))
    visited: list[object] = []
    context.signals.navigated.connect(lambda place, target: visited.append(target))
    for plan in (water, offices.plan):
        context.choose_plan(plan.id)
        desk.refresh()
        desk._open_unit(COUNTY.code)
        item = offices.city.packages.inbox_item(visited[-1])
        assert item is not None and item.stream == f"{plan.id}/{QUARTER}"
        answer = answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
        assert plan.title in answer.file_name
        receiving.take_in(offices.county, offices.to_county(answer.digest), "", "test", offices.now)
        report = offices.county.reports.latest(plan.id, COUNTY.code, QUARTER)
        assert report is not None and report.state is ReportState.ACCEPTED


def test_one_plan_s_files_are_called_as_ever(offices: Offices, faces: Faces) -> None:
    enrol(offices)
    _, files = _submit(offices, offices.plan.id, faces)
    assert files[-1].name == "东川县_2025Q1_第1次报送.jbx"
    assert plan_titles(offices.county) == {}


def test_files_read_late_are_not_shown_under_another_plan(
    qtbot: QtBot, own: County, offices: Offices, faces: Faces
) -> None:
    enrol(offices)
    water = second_plan(offices)
    _submit(offices, offices.plan.id, faces)
    report, _ = _submit(offices, water.id, faces)
    page = open_page(qtbot, ExportPage(own.context))
    own.context.choose_plan(water.id)
    page.refresh()
    settle(own.context)
    assert page._report is not None and page._report.id == report.id
    assert all(WATER in name for name in page._files)


def test_choices_for_one_plan_wait_while_another_is_shown(
    qtbot: QtBot, offices: Offices, make_context: Callable[..., Context]
) -> None:
    water = second_plan(offices)
    context = context_for(make_context, offices, offices.city)
    page = open_page(qtbot, AssigningPage(context))
    follow(context, page)
    measure = page._choices.plan.measure("m-003")
    page._choices.choose(measure, (COUNTY.code,))
    page._fill()
    context.choose_plan(water.id)
    assert page._choices.plan.id == water.id and not page._choices.changed
    context.choose_plan(offices.plan.id)
    assert page._choices.changed == {"m-003": (COUNTY.code,)}


def test_who_was_left_out_of_one_plan_s_packages_is_not_left_out_of_the_other_s(
    qtbot: QtBot, offices: Offices, make_context: Callable[..., Context]
) -> None:
    water = second_plan(offices)
    context = context_for(make_context, offices, offices.city)
    page = open_page(qtbot, DistributingPage(context))
    follow(context, page)
    page.table.recipients.choose({COUNTY.code})
    context.choose_plan(water.id)
    assert set(page.table.recipients.chosen) == {COUNTY.code, PARK.code}


def test_a_spot_opens_the_entry_at_the_desk_also_when_it_was_returned(
    qtbot: QtBot, offices: Offices, make_context: Callable[..., Context]
) -> None:
    city, now = offices.city, offices.now
    for code, state in ((COUNTY.code, ReportState.ACCEPTED), (PARK.code, ReportState.RETURNED)):
        city.reports.put(Report(code, offices.plan.id, 1, code, QUARTER, 1, state))
        city.reports.put_entry(code, Entry("m-001", ProgressStatus.BEHIND, f"{state.value}的话"), now)
    plan = city.plans.get(offices.plan.id)
    city.reports.put_entry(COUNTY.code, Entry("m-009", None, "没有这条了"), now + timedelta(hours=1))
    city.plans.put(replace(plan, version=2), now)
    context = context_for(make_context, offices, city)
    page = open_page(qtbot, DeskPage(context))
    told: list[tuple[str, str]] = []

    def look(dialog: QWidget) -> None:
        said = dialog.findChild(QLabel, "entry_said")
        told.append((dialog.findChild(QLabel, "entry_progress").text(), said.text() if said else ""))
        dialog.accept()

    for code, key in ((COUNTY.code, "m-001"), (PARK.code, "m-001"), (COUNTY.code, "m-009")):
        in_dialog("entry_dialog", look)
        page.open_target(Spot(key, "progress", 0, code, code, "9", "旧标题"))
    assert told == [
        ("accepted的话", ""),
        ("returned的话", "第1次报送已退回，不进汇总。"),
        ("没有这条了", "最新一版方案里已经没有这条措施，这里是原来的编号和标题。"),
    ]
    assert page.matrix.view.cell == ("m-001", PARK.code)
    page.open_target(Spot("m-001", "progress", 0, COUNTY.code, "not there"))


def test_a_spot_of_what_was_dropped_or_merged_goes_where_it_is_shown(
    qtbot: QtBot, own: County, offices: Offices
) -> None:
    store, report = offices.county, own.report()
    filling.save_entry(store, report.id, Entry("m-002", None, "机扫率到了八成"), "test", offices.now)
    plan = store.plans.get(offices.plan.id)
    left = tuple(m for m in plan.measures if m.key != "m-002")
    store.plans.put(replace(plan, version=2, measures=left), offices.now)
    page = open_page(qtbot, FillingPage(own.context))
    assert [one.entry.measure_key for one in surveying.overview(store, report).dropped] == ["m-002"]
    page.open_target(Spot("m-002", "progress", 3))
    assert page.frame.former.isVisible()
