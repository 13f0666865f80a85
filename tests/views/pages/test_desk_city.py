"""全市指标 on 总览: typed, kept on leaving a field, beside past quarters; what cannot be kept is not lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.errors import RefusedError
from desktop.domain.plan import Plan
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import Reading
from desktop.domain.targets import OVERALL, Audience, Comparator, Target
from desktop.services import citywide, planning
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.pages.desk import DeskPage
from tests.journeys.offices import REGION, draft
from tests.views.conftest import compose

FIRST, SECOND = Quarter(2025, 1), Quarter(2025, 2)
AIR = Target(
    "t-900", OVERALL, 1, "PM10浓度", Comparator.AT_MOST, Decimal(70), "微克/立方米", "2025年", text="PM10浓度不高于70",
    audience=Audience.CITY,
)  # fmt: skip
STRAW = Target(
    "t-901", "2", 1, "秸秆综合利用率", Comparator.AT_LEAST, Decimal(90), "%", audience=Audience.CITY,
    measure_key="m-002",
)  # fmt: skip


def published(city: Store, now: datetime, *targets: Target) -> Plan:
    document = planning.resolve(replace(draft(), targets=(*draft().targets, *targets)), REGION)
    plan = planning.publish(city, planning.keep_draft(city, "", document, now), "test", now)
    for quarter in (FIRST, SECOND):
        planning.open_quarter(city, plan.id, QuarterCalendar.usual(quarter), "test", now)
    return plan


@pytest.fixture
def desk(qtbot: QtBot, make_context: Callable[..., Context], city: Store, now: datetime) -> Iterator[Any]:
    plan = published(city, now, STRAW, AIR)
    yield shown(qtbot, make_context(store=city, plan_id=plan.id, quarter=SECOND, clock=lambda: now))


def shown(qtbot: QtBot, context: Context) -> Any:
    page: Any = DeskPage(context)
    page.context, page.errors = context, []
    context.show_error = page.errors.append
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.refresh()
    page.show()
    page.open_target("city")
    return page


def field(page: Any, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def said(page: Any, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def kept(page: Any, quarter: Quarter = SECOND) -> dict[str, Reading]:
    return page.context.store.city_readings.of_quarter(page.context.plan_id, str(quarter))


def at(page: Any, quarter: Quarter) -> None:
    page.context.quarter = quarter
    page.refresh()


def tab(page: Any) -> QAbstractButton:
    found = page.findChild(QAbstractButton, "tab_city")
    assert found is not None
    return found


def test_without_figures_of_the_city_there_is_no_tab(
    qtbot: QtBot, make_context: Callable[..., Context], city: Store, now: datetime
) -> None:
    plan = published(city, now)
    page = shown(qtbot, make_context(store=city, plan_id=plan.id, quarter=SECOND, clock=lambda: now))
    assert not tab(page).isVisible() and page.list.isVisible() and not page.city.isVisible()


def test_enter_goes_from_field_to_field_and_keeps_each(qtbot: QtBot, desk: Any) -> None:
    first = field(desk, "city_value_t-900")
    first.setFocus()
    qtbot.keyClicks(first, "76.5")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    note = field(desk, "city_note_t-900")
    assert desk.window().focusWidget() is note
    compose(note, "沙尘多")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    assert desk.window().focusWidget() is field(desk, "city_value_t-901")
    compose(field(desk, "city_value_t-901"), "９１%")
    qtbot.keyClick(desk.window().focusWidget(), Qt.Key.Key_Return)
    assert kept(desk) == {
        "t-900": Reading("t-900", Decimal("76.5"), "沙尘多"),
        "t-901": Reading("t-901", Decimal(91)),
    }
    assert (said(desk, "city_standing_t-900"), said(desk, "city_standing_t-901")) == (
        "高出6.5微克/立方米",
        "已达到",
    )
    assert tab(desk).text() == "全市指标 2/2"


def test_where_a_target_stands_is_said(desk: Any) -> None:
    words = {label.text() for label in desk.city.findChildren(QLabel)}
    assert {"总体目标", "第2条　清扫道路", "≤ 70微克/立方米", "2025年", "还没填"} <= words


def test_each_quarter_has_its_own_figures_and_shows_the_one_before(qtbot: QtBot, desk: Any) -> None:
    at(desk, FIRST)
    qtbot.keyClicks(field(desk, "city_value_t-900"), "72")
    # Another quarter is chosen before the pause is over.
    at(desk, SECOND)
    assert kept(desk, FIRST) == {"t-900": Reading("t-900", Decimal(72))} and kept(desk) == {}
    assert (field(desk, "city_value_t-900").text(), said(desk, "city_before_t-900")) == ("", "72")
    qtbot.keyClicks(field(desk, "city_value_t-900"), "69")
    desk.leave()
    assert desk.city._lines[0].trend.toolTip() == (
        "2025年第二季度　69微克/立方米\n2025年第一季度　72微克/立方米"
    )
    at(desk, FIRST)
    assert (field(desk, "city_value_t-900").text(), said(desk, "city_before_t-900")) == ("72", "—")


def test_what_is_no_number_is_not_kept_and_not_lost(qtbot: QtBot, desk: Any) -> None:
    compose(field(desk, "city_value_t-900"), "七十上下")
    field(desk, "city_value_t-900").textEdited.emit("七十上下")
    desk.city.flush()
    assert kept(desk) == {} and said(desk, "city_standing_t-900") == "不是数字，没有存"
    compose(field(desk, "city_note_t-900"), "待核")
    desk.city.flush()
    assert kept(desk) == {"t-900": Reading("t-900", None, "待核")}
    at(desk, FIRST)
    assert (field(desk, "city_value_t-900").text(), said(desk, "city_standing_t-900")) == ("", "还没填")
    at(desk, SECOND)
    assert field(desk, "city_value_t-900").text() == "七十上下"
    assert said(desk, "city_standing_t-900") == "不是数字，没有存"
    field(desk, "city_value_t-900").setText("")
    qtbot.keyClicks(field(desk, "city_value_t-900"), "70")
    desk.city.flush()
    assert kept(desk)["t-900"].value == 70 and said(desk, "city_standing_t-900") == "已达到"


def test_what_could_not_be_written_is_tried_again(
    qtbot: QtBot, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise RefusedError("disk_full", folder="D:")

    with monkeypatch.context() as patched:
        patched.setattr(citywide, "save", full)
        qtbot.keyClicks(field(desk, "city_value_t-900"), "68")
        desk.city.flush()
    assert [error.code for error in desk.errors] == ["disk_full"] and kept(desk) == {}
    assert said(desk, "city_standing_t-900") == "没有存上"
    desk.refresh()
    assert field(desk, "city_value_t-900").text() == "68" and kept(desk)["t-900"].value == 68
    assert said(desk, "city_standing_t-900") == "已达到"


def test_what_is_exported_next_says_what_was_typed(qtbot: QtBot, desk: Any) -> None:
    qtbot.keyClicks(field(desk, "city_value_t-901"), "88")
    desk.city.flush()
    assert [(line.target.key, line.value) for line in desk._document.city] == [
        ("t-900", None),
        ("t-901", Decimal(88)),
    ]


def test_a_figure_taken_back_is_gone(qtbot: QtBot, desk: Any) -> None:
    value = field(desk, "city_value_t-901")
    qtbot.keyClicks(value, "88")
    desk.city.flush()
    value.selectAll()
    qtbot.keyClick(value, Qt.Key.Key_Delete)
    desk.city.flush()
    assert kept(desk) == {} and tab(desk).text() == "全市指标 0/2"
