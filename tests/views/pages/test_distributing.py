"""下发: dates, recipients, one package per unit written and read back, and the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.package import PackageKind
from desktop.domain.quarter import QuarterCalendar
from desktop.services import certifying, planning, sending
from desktop.views.context import Context
from desktop.views.dialogs.passphrase import PassphraseDialog
from desktop.views.dialogs.quarter_dates import proposed_quarter
from desktop.views.pages.distributing import DistributingPage
from desktop.views.pages.distributing_table import last_word
from desktop.views.pages.outbox_list import OutboxList
from tests.journeys.offices import (
    CITY,
    COUNTY,
    PARK,
    PASS_PHRASE,
    QUARTER,
    REGION,
    Offices,
    draft,
)
from tests.views.pages.office_context import context_for, settle
from tests.views.pages.on_page import press, seen


@pytest.fixture
def context(make_context: Callable[..., Context], offices: Offices) -> Context:
    return context_for(make_context, offices, offices.city)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> DistributingPage:
    return shown(qtbot, context)


def shown(qtbot: QtBot, context: Context) -> DistributingPage:
    made = DistributingPage(context)
    qtbot.addWidget(made)
    made.resize(1290, 600)
    made.show()
    made.refresh()
    return made


def sign(page: DistributingPage, context: Context, passphrase: str) -> PassphraseDialog:
    dialog = next(d for d in page.findChildren(PassphraseDialog) if d.isVisible())
    dialog.edit.edit.setText(passphrase)
    press(dialog, "passphrase_ok")
    settle(context)
    return dialog


def test_recipients_are_all_chosen_and_tell_what_was_sent(page: DistributingPage) -> None:
    model = page.table.recipients
    assert model.chosen == (COUNTY.code, PARK.code)
    shown = [[str(model.index(r, c).data()) for c in (1, 3, 4)] for r in range(2)]
    assert shown == [["东川县", "2条", "已邀请"], ["北塬工业园区", "1条", "未邀请"]]
    county, park = model.rows
    assert last_word(county)[0].endswith("写出，是最新的")
    assert last_word(park)[0] == "还没有做过"
    assert seen(page, QWidget, "distribute").text() == "生成2个任务包并写到…"


def test_packages_are_signed_written_and_read_back_in_one_go(
    page: DistributingPage, context: Context, offices: Offices, tmp_path: Path
) -> None:
    target = tmp_path / "另一个U盘"
    target.mkdir()
    context.files.chosen = target
    page.table.recipients.choose({PARK.code})
    press(page, "distribute")
    dialog = sign(page, context, "不是这个口令")
    assert dialog.isVisible() and "口令不对" in seen(dialog, QWidget, "passphrase_banner").accessibleName()
    assert list(target.iterdir()) == []
    sign(page, context, PASS_PHRASE)
    assert [p.name for p in target.iterdir()] == ["北塬工业园区_任务包_1.jbx"]
    assert "已写入并核对" in seen(page, QWidget, "result_banner").accessibleName()
    press(seen(page, QWidget, "result_banner"), "open_folder")
    assert context.files.shown == [target]
    assert [r.current for r in sending.recipient_states(offices.city, offices.plan.id)] == [True, True]
    assert context.errors == []


def test_made_packages_wait_in_the_outbox_when_the_folder_is_gone(
    page: DistributingPage, context: Context, offices: Offices, tmp_path: Path
) -> None:
    page.table.recipients.choose({PARK.code})
    page.sign_and_write((PARK.code,), tmp_path / "不在")
    sign(page, context, PASS_PHRASE)
    said = seen(page, QWidget, "result_banner").accessibleName()
    assert "找不到这个文件夹" in said and "1个任务包已经做好" in said
    waiting = [i for i in offices.city.packages.outbox() if i.written_at is None]
    assert [i.recipient.code for i in waiting] == [PARK.code]
    assert seen(page, QLabel, "outbox_title").text() == "发件箱"
    assert seen(page, QLabel, "outbox_head").text() == "1件还没写出"
    context.files.chosen = offices.stick
    press(page, "outbox_write")
    settle(context)
    assert (offices.stick / "北塬工业园区_任务包_1.jbx").is_file()
    assert seen(page, QLabel, "outbox_head").text() == "没有要写出的文件"


def test_a_new_version_asks_to_be_sent_again(page: DistributingPage, offices: Offices) -> None:
    planning.assign(offices.city, offices.plan.id, {"m-003": (COUNTY.code,)}, "test", offices.now)
    page.refresh()
    text, tone = last_word(page.table.recipients.rows[0])
    assert "要重发" in text and tone == "warn"


def test_gaps_of_the_plan_are_recalled(page: DistributingPage, offices: Offices) -> None:
    banner = seen(page, QWidget, "gaps_banner")
    assert banner.isVisible() and "1条措施还没有落实单位" in banner.accessibleName()
    planning.assign(offices.city, offices.plan.id, {"m-003": (COUNTY.code,)}, "test", offices.now)
    page.refresh()
    assert not banner.isVisible()


def test_without_keys_the_page_leads_to_them(
    qtbot: QtBot, make_context: Callable[..., Context], tmp_path: Path, now: datetime
) -> None:
    from desktop.services import opening

    store = opening.create_workspace(tmp_path / "市", CITY, REGION, "test", now)
    plan = planning.publish(
        store, planning.keep_draft(store, "", planning.resolve(draft(), REGION), now), "test", now
    )
    context = make_context(store=store, plan_id=plan.id, clock=lambda: now)
    page = shown(qtbot, context)
    went: list[str] = []
    context.signals.navigated.connect(lambda place, target: went.append(place))
    assert not seen(page, QWidget, "distribute").isEnabled()
    press(page, "go_keys")
    assert went == ["keys"]
    assert seen(page, QLabel, "no_quarter").isVisible()
    store.close()


def test_a_quarter_is_opened_with_its_three_dates(
    page: DistributingPage, context: Context, offices: Offices
) -> None:
    press(page, "open_quarter")
    choice = seen(page, QComboBox, "quarter_choice")
    assert choice.currentData() == "2025Q2"
    closes = seen(page, QDateEdit, "quarter_closes")
    closes.setDate(QDate(2025, 7, 1))
    assert not seen(page, QWidget, "quarter_save").isEnabled()
    closes.setDate(QDate(2025, 7, 25))
    press(page, "quarter_save")
    calendar = offices.city.plans.calendar(offices.plan.id, "2025Q2")
    assert calendar == QuarterCalendar("2025Q2", date(2025, 6, 25), date(2025, 7, 10), date(2025, 7, 25))
    page.refresh()
    assert seen(page, QWidget, "quarter_2025Q2") is not None
    assert "要重发" in last_word(page.table.recipients.rows[0])[0]


def test_dates_of_an_opened_quarter_can_be_changed(page: DistributingPage, offices: Offices) -> None:
    before = offices.city.plans.calendar(offices.plan.id, QUARTER)
    assert before is not None
    press(page, f"dates_{QUARTER}")
    closes = seen(page, QDateEdit, "quarter_closes")
    closes.setDate(closes.date().addDays(5))
    press(page, "quarter_save")
    after = offices.city.plans.calendar(offices.plan.id, QUARTER)
    assert after is not None and (after.closes - before.closes).days == 5


@pytest.mark.parametrize(
    ("today", "opened", "quarter"),
    [
        (date(2025, 3, 20), (), "2025Q1"),
        (date(2025, 4, 8), (), "2025Q1"),
        (date(2025, 4, 11), (), "2025Q2"),
        (date(2025, 4, 11), ("2025Q1",), "2025Q2"),
        (date(2025, 12, 26), ("2025Q3", "2025Q4"), "2026Q1"),
    ],
)
def test_the_quarter_that_is_likely_meant(today: date, opened: tuple[str, ...], quarter: str) -> None:
    assert str(proposed_quarter(today, opened)) == quarter


def test_the_outbox_writes_what_is_ticked_and_shows_what_was_written(
    qtbot: QtBot, context: Context, offices: Offices
) -> None:
    first = certifying.invite(offices.city, PARK.code, offices.identity, "test", offices.now)
    second = certifying.invite(offices.city, COUNTY.code, offices.identity, "test", offices.now)
    outbox = OutboxList(context, (PackageKind.INVITATION,))
    qtbot.addWidget(outbox)
    outbox.show()
    assert set(outbox.chosen) == {first.digest, second.digest}
    outbox.findChild(QCheckBox, f"outbox_{second.digest[:12]}").setChecked(False)
    assert outbox.write.text() == "把1件写到文件夹或U盘…"
    context.files.chosen = offices.stick
    with qtbot.waitSignal(outbox.written):
        outbox.write.click()
    settle(context)
    written = offices.city.packages.outbox_item(first.digest)
    left = offices.city.packages.outbox_item(second.digest)
    assert written is not None and written.written_at is not None
    assert left is not None and left.written_at is None
    press(outbox, "outbox_more")
    assert outbox.findChild(QCheckBox, f"outbox_{first.digest[:12]}") is not None
