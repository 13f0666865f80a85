"""查找 by the keyboard: typed, stepped through, opened, closed; and what it says when there is nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.package import InboxItem, InboxState
from desktop.domain.progress import Progress
from desktop.domain.report import Entry, ProgressStatus
from desktop.services import filling, searching
from desktop.views.context import Context
from desktop.views.dialogs.search import SearchDialog, open_search
from desktop.views.models.hits import HitRow
from desktop.views.models.rows import GroupHead
from desktop.views.spot import Spot
from tests.journeys.offices import COUNTY, QUARTER, Offices
from tests.journeys.several import WATER, second_plan
from tests.views.conftest import compose
from tests.views.pages.office_context import context_for, settle

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices) -> Context:
    """The county's context; both entries are written, and tell of boilers."""
    store, report = offices.county, offices.draft_report()
    for key, text in (("m-001", "本季度拆除锅炉7台。"), ("m-002", "清扫时避开锅炉房门口。")):
        filling.save_entry(
            store, report.id, Entry(key, ProgressStatus.BEHIND, text, "ＶＯＣｓ超标"), "test", offices.now
        )
    return context_for(make_context, offices, store)


@pytest.fixture
def window(qtbot: QtBot, theme_app: object) -> QWidget:
    made = QWidget()
    made.resize(1000, 700)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def opened(qtbot: QtBot, context: Context, window: QWidget) -> SearchDialog:
    dialog = open_search(context, window)
    qtbot.waitUntil(dialog.box.hasFocus)
    return dialog


def search(qtbot: QtBot, context: Context, dialog: SearchDialog, text: str) -> None:
    dialog.box.clear()
    compose(dialog.box, text)
    qtbot.waitUntil(lambda: not dialog._pause.isActive())
    settle(context)


def said(dialog: QDialog, name: str) -> str:
    return str(dialog.findChild(QLabel, name).text())


def test_what_is_typed_is_found_while_it_is_typed(qtbot: QtBot, own: Context, window: QWidget) -> None:
    dialog = opened(qtbot, own, window)
    assert said(dialog, "empty_title") == "写几个字，就在下面列出来"
    search(qtbot, own, dialog, "锅炉")
    head, first, second = dialog.list.rows
    assert head == GroupHead("2025年第一季度")
    assert isinstance(first, HitRow) and isinstance(second, HitRow)
    assert (first.number, first.title, first.word, first.caption) == (
        "1",
        "拆除小锅炉",
        "滞后",
        "本季度拆除锅炉7台。",
    )
    assert [first.caption[s:e] for s, e in first.caption_spans] == ["锅炉"]
    assert [first.title[s:e] for s, e in first.title_spans] == ["锅炉"]
    assert (first.right_bottom, second.right_bottom) == ("进展情况，也在方案原文", "进展情况")
    assert said(dialog, "search_said") == "找到2条"
    search(qtbot, own, dialog, "vocs 房")
    assert [row.title for row in dialog.list.rows[1:]] == ["清扫道路"]
    search(qtbot, own, dialog, "")
    assert said(dialog, "empty_title") == "写几个字，就在下面列出来"


def test_nothing_found_says_where_was_searched(qtbot: QtBot, own: Context, window: QWidget) -> None:
    dialog = opened(qtbot, own, window)
    search(qtbot, own, dialog, "锅炉 火箭")
    assert said(dialog, "empty_title") == "没有找到“锅炉 火箭”"
    assert said(dialog, "empty_text") == "1个方案、1个季度都找过了。少写几个字，再看看。"
    assert said(dialog, "search_said") == ""
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_arrows_step_and_enter_goes_to_the_field_that_has_the_words(
    qtbot: QtBot, own: Context, window: QWidget
) -> None:
    visited: list[tuple[str, object]] = []
    own.signals.navigated.connect(lambda place, target: visited.append((place, target)))
    dialog = opened(qtbot, own, window)
    search(qtbot, own, dialog, "锅炉")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Down)
    assert dialog.list.key.endswith("m-002") and dialog.box.hasFocus()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.box, Qt.Key.Key_PageDown)
    assert dialog.list.key.endswith("m-002")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    ((place, spot),) = visited
    assert place == "filling" and isinstance(spot, Spot)
    assert (spot.measure_key, spot.field, spot.at) == ("m-002", "progress", len("清扫时避开锅炉"))


def test_enter_waits_for_what_was_typed_a_moment_ago(qtbot: QtBot, own: Context, window: QWidget) -> None:
    visited: list[object] = []
    own.signals.navigated.connect(lambda place, target: visited.append(target))
    dialog = opened(qtbot, own, window)
    compose(dialog.box, "房门口")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    settle(own)
    assert [spot.measure_key for spot in visited] == ["m-002"]


def test_a_group_s_head_leads_nowhere(qtbot: QtBot, own: Context, window: QWidget) -> None:
    visited: list[object] = []
    own.signals.navigated.connect(lambda place, target: visited.append(target))
    dialog = opened(qtbot, own, window)
    search(qtbot, own, dialog, "锅炉")
    model = dialog.list.model()
    for row, clicked in ((0, False), (2, True)):
        place = dialog.list.visualRect(model.index(row, 0)).center()
        qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert bool(visited) is clicked
    assert [spot.measure_key for spot in visited] == ["m-002"]


def test_who_types_on_after_enter_is_not_led_away(qtbot: QtBot, own: Context, window: QWidget) -> None:
    visited: list[object] = []
    own.signals.navigated.connect(lambda place, target: visited.append(target))
    dialog = opened(qtbot, own, window)
    compose(dialog.box, "房")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    compose(dialog.box, "门")
    qtbot.waitUntil(lambda: not dialog._pause.isActive())
    settle(own)
    assert dialog.isVisible() and not visited and said(dialog, "search_said") == "找到1条"


def test_escape_closes_and_nothing_more_is_searched(qtbot: QtBot, own: Context, window: QWidget) -> None:
    dialog = opened(qtbot, own, window)
    compose(dialog.box, "锅炉")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and not dialog._pause.isActive()
    settle(own)


def test_only_the_last_word_is_answered(qtbot: QtBot, own: Context, window: QWidget) -> None:
    dialog = opened(qtbot, own, window)
    for text in ("锅炉", "清扫"):
        dialog.box.setText(text)
        dialog._search()
    settle(own)
    assert [row.title for row in dialog.list.rows[1:]] == ["清扫道路"]


def test_a_long_job_keeps_nobody_from_searching(qtbot: QtBot, own: Context, window: QWidget) -> None:
    go_on = threading.Event()
    ended: list[bool] = []
    own.runner.run(lambda progress: go_on.wait(30), ended.append, ended.append)
    dialog = opened(qtbot, own, window)
    compose(dialog.box, "锅炉")
    qtbot.waitUntil(lambda: said(dialog, "search_said") == "找到2条")
    assert not ended
    go_on.set()
    settle(own)
    assert ended == [True]


def test_what_a_job_is_writing_is_found_whole_or_not_at_all(
    qtbot: QtBot, own: Context, offices: Offices, window: QWidget
) -> None:
    store, report, now = offices.county, offices.draft_report(), offices.now
    half, looking = threading.Event(), threading.Event()

    def write(progress: Progress) -> None:
        with store.transaction():
            store.reports.put_entry(report.id, Entry("m-001", None, "同时写的"), now)
            half.set()
            assert looking.wait(10)
            store.reports.put_entry(report.id, Entry("m-002", None, "同时写的"), now)

    def look(progress: Progress) -> searching.Found:
        looking.set()
        return searching.search(store, "同时写的")

    found: list[searching.Found] = []
    own.runner.run(write, lambda result: None, own.show_error)
    assert half.wait(10)
    own.runner.read(look, found.append, own.show_error)
    settle(own)
    assert [each.count for each in found] == [2]


def test_a_hit_of_another_plan_and_quarter_is_shown_there(
    qtbot: QtBot, own: Context, offices: Offices, window: QWidget
) -> None:
    water = second_plan(offices, ("2025Q2",))
    own.plan_count = 2
    chosen: list[str] = []
    own.signals.planChosen.connect(lambda: chosen.append(own.plan_id))
    dialog = opened(qtbot, own, window)
    search(qtbot, own, dialog, "排污口")
    assert dialog.list.rows[0] == GroupHead(f"2025年第二季度　{WATER}")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Enter)
    assert chosen == [water.id] and str(own.quarter) == "2025Q2"


def test_the_dialog_is_drawn_with_its_marks_and_stays_inside_its_window(
    qtbot: QtBot, own: Context, offices: Offices, window: QWidget
) -> None:
    long = "锅炉" * 60
    entry = Entry("m-002", None, f"起头{long}收尾", "𠮷锅炉")
    filling.save_entry(offices.county, offices.draft_report().id, entry, "test", offices.now)
    plan = offices.county.plans.get(offices.plan.id)
    left = tuple(m for m in plan.measures if m.key != "m-001")
    offices.county.plans.put(replace(plan, version=2, measures=left), offices.now)
    dialog = opened(qtbot, own, window)
    search(qtbot, own, dialog, "锅炉")
    assert [row.right_top for row in dialog.list.rows[1:]] == ["", "方案里已经没有"]
    assert not dialog.grab().isNull()
    assert dialog.width() <= window.width() and dialog.height() <= window.height()
    assert open_search(own, window) is dialog
    assert str(own.quarter) == QUARTER


def test_a_file_that_waits_in_the_inbox_is_opened_there(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, window: QWidget, now: datetime
) -> None:
    city = offices.city
    request = InboxItem(
        "a" * 64, "submission", COUNTY.ref, f"{offices.plan.id}/{QUARTER}", 1, InboxState.WAITING, now,
        quarter=QUARTER, revision=1, file_name="东川县_2025Q1_第1次报送.jbx",
    )  # fmt: skip
    city.packages.put_inbox(request)
    refused = replace(request, digest="b" * 64, state=InboxState.REFUSED, file_name="东川的.jbx")
    city.packages.put_inbox(refused)
    context = context_for(make_context, offices, city)
    visited: list[tuple[str, object]] = []
    context.signals.navigated.connect(lambda place, target: visited.append((place, target)))
    dialog = opened(qtbot, context, window)
    assert "收到的文件名" in dialog.box.placeholderText()
    search(qtbot, context, dialog, "一季度 东川")
    head, row = dialog.list.rows
    assert head == GroupHead("收件：还没有定的文件") and isinstance(row, HitRow)
    assert (row.title, row.caption) == ("东川县　2025年第一季度　第1次报送", "东川县_2025Q1_第1次报送.jbx")
    assert [row.title[s:e] for s, e in row.title_spans] == ["东川", "一季度"]
    assert [row.caption[s:e] for s, e in row.caption_spans] == ["东川"]
    assert (row.right_bottom, row.right_tone) == ("等您定", "accent")
    assert said(dialog, "search_said") == "找到1个文件"
    search(qtbot, context, dialog, "东川")
    assert [row.title for row in dialog.list.rows[1:]] == [row.title, "东川的.jbx"]
    refusal = dialog.list.rows[2]
    assert (refusal.caption, refusal.right_bottom) == ("没有验明是谁的", "不能收")
    assert not dialog.grab().isNull()
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert visited == [("inbox", "a" * 64)]
