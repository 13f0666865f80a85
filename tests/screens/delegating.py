"""States of 县内分工: bureaus, giving measures, workbooks that go out and come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.report import ProgressStatus, Report
from desktop.reports.bureau_workbook import STAMP_SHEET
from desktop.services import circulating, delegating, filling, surveying
from desktop.services.surveying import FillingRow
from desktop.storage import Store
from tests.intake.filled import FIRST, Hand
from tests.screens.painting import Painter, settle

ACTOR = "示例"


def delegating_scenes(painter: Painter) -> None:
    """Nobody's measures, one bureau's, the dialogs, then workbooks of one bureau that contradict what was typed."""
    page = painter.go("delegate")
    painter.paint("delegating_all")
    page.pane.list.choose("none")
    painter.paint("delegating_nobody")
    page.pane.list.choose(page.pane.list.keys[1])
    painter.paint("delegating_bureau")
    page.change_bureau()
    painter.paint_dialog("bureau_editor", "delegating_editor")
    page.measures.selectAll()
    page.giving.delegate()
    painter.paint_dialog("bureau_picker", "delegating_picker")
    context = painter.program.context
    assert context is not None and context.store is not None
    store = context.store
    report = store.reports.latest(context.plan_id, store.workspace.unit.code, str(context.quarter))
    assert report is not None
    books = filled_books(store, report, painter.program.paths.user / "workbooks", context.now())
    page.hand_out()
    painter.paint_dialog("hand_out_dialog", "delegating_hand_out")
    filling_page = painter.go("filling")
    page.frame.fill.click()
    settle(painter.program)
    painter.paint("delegating_filling")
    filling_page.frame.entries.clear_filter()
    filling_page._colleagues._books.open(books)
    settle(painter.program)
    dialog = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "gathering_dialog")
    painter.keep(dialog, "gathering_conflict")
    dialog.field._cards[list(dialog.field.choices())[-1]].click()
    settle(painter.program)
    painter.keep(dialog, "gathering_both")
    for key, name in (("row:", "gathering_row"), ("gone:", "gathering_missing")):
        found = next((k for k in dialog.list.keys if k.startswith(key)), "")
        if found:
            dialog.list.choose(found)
            settle(painter.program)
            painter.keep(dialog, name)
    dialog.list.choose(next(k for k in dialog.list.keys if k.endswith(":problems")))
    settle(painter.program)
    painter.keep(dialog, "gathering_changed")
    dialog.take.click()
    settle(painter.program)
    painter.keep(dialog, "gathering_unreadable")
    dialog.skip.click()
    settle(painter.program)
    painter.paint_dialog("gathering_dialog", "gathering_done")
    filling_page._colleagues._books.open([_without_stamp(books[0])])
    settle(painter.program)
    painter.paint_dialog("gathering_dialog", "gathering_unknown")
    filling_page.frame.entries.hand_out.click()
    painter.paint_dialog("hand_out_dialog", "delegating_hand_out_after")
    _no_bureaus(store, context.plan_id, context.now())
    page = painter.go("delegate")
    painter.paint("delegating_empty")


def filled_books(store: Store, report: Report, folder: Path, now: datetime) -> list[Path]:
    """A bureau's workbook as it comes back while somebody typed here, and a file that is none."""
    folder.mkdir(parents=True, exist_ok=True)
    most = max(
        (p for p in delegating.by_bureau(store, surveying.overview(store, report)) if p.bureau),
        key=lambda p: p.total,
    )
    assert most.bureau is not None
    (book,) = circulating.for_bureaus(
        store, report.id, [most.bureau.name], folder, ACTOR, now, now.date() + timedelta(days=2)
    )
    hand = Hand(book.file.path.read_bytes())
    for place, row in enumerate(most.rows[:3]):
        _fill(hand, place, row)
    hand.cell("progress", 1).value = "已完成巡查36次，发现问题11处，整改9处，其余2处本月底前改完。"
    hand.cell("problems", 2).value = "=A1&B1"
    hand.measures.delete_rows(FIRST + len(most.rows) - 1)
    _typed_meanwhile(store, report, most.rows[1], now)
    path = hand.save(folder / f"{most.bureau.name}交回.xlsx")
    broken = folder / "照片.xlsx"
    broken.write_bytes(b"not a workbook")
    return [path, broken]


def _without_stamp(path: Path) -> Path:
    """The same workbook as a person who knows better makes it: without its hidden sheet, with a row of his own."""
    hand = Hand(path.read_bytes())
    del hand.book[STAMP_SHEET]
    hand.cell("progress", 6).value = "另外补一条：清理了沿街杂物12处。"
    hand.cell("progress", 0).value = "已改造锅炉14台，剩下3台7月底前改完。"
    return hand.save(path.with_name("没有标记.xlsx"))


def _fill(hand: Hand, place: int, row: FillingRow) -> None:
    hand.cell("status", place).value = "基本完成" if place == 0 else "滞后"
    hand.cell("problems", place).value = "部分点位需要协调用地，进度比计划慢了两周。"
    hand.cell("next_steps", place).value = "下月15日前完成协调，月底前补上进度。"


def _typed_meanwhile(store: Store, report: Report, row: FillingRow, now: datetime) -> None:
    entry = replace(
        row.entry, status=ProgressStatus.ON_SCHEDULE, progress="已完成巡查30次，发现问题11处，整改8处。"
    )
    filling.save_entry(store, report.id, entry, ACTOR, now)


def _no_bureaus(store: Store, plan_id: str, now: datetime) -> None:
    given = delegating.delegations(store, plan_id)
    delegating.take_back(store, plan_id, list(given), ACTOR, now)
    for bureau in delegating.bureaus(store):
        delegating.remove_bureau(store, bureau.name, ACTOR, now)
