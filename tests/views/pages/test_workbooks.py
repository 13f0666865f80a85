"""Workbooks of bureaus through the windows: written to a folder, filled by hand, taken back field by field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.delegation import Bureau
from desktop.domain.report import Entry, ProgressStatus
from desktop.reports.fonts import Faces
from desktop.services import circulating, delegating, filling
from desktop.services.weighing import Choice
from desktop.views.context import Context
from desktop.views.models.rows import GroupHead
from desktop.views.pages.delegating import DelegatingPage
from desktop.views.pages.filling import FillingPage
from tests.intake.filled import Hand
from tests.journeys.offices import Offices
from tests.views.pages.county import County, county
from tests.views.pages.on_page import open_page

pytestmark = pytest.mark.usefixtures("no_qt_warnings")
HOUSING = "县住建局"


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    """A county whose housing bureau does both measures; something is typed for the first."""
    made = county(make_context, offices, faces)
    store, now = offices.county, offices.now
    delegating.add_bureau(store, Bureau(HOUSING, "马某", "1"), "test", now)
    delegating.delegate(store, offices.plan.id, ["m-001", "m-002"], HOUSING, "test", now)
    filling.save_entry(store, made.report().id, Entry("m-001", None, "拆除5台。"), "test", now)
    return made


@pytest.fixture
def page(qtbot: QtBot, own: County) -> FillingPage:
    return open_page(qtbot, FillingPage(own.context))


def press(page: QWidget, name: str) -> None:
    made = page.findChild(QPushButton, name)
    assert made is not None and made.isEnabled(), name
    made.click()


def dialog(page: QWidget, name: str) -> QDialog:
    """The dialog that is open over a page."""
    return next(made for made in page.findChildren(QDialog, name) if made.isVisible())


def handed_out(own: County, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (book,) = circulating.for_bureaus(
        own.offices.county, own.report().id, [HOUSING], folder, "李敏", own.offices.now
    )
    return book.file.path


def filled(own: County, folder: Path, name: str = "交回.xlsx") -> Path:
    """The bureau filled a status, changed a text, wrote a formula, and lost the second measure's problems."""
    hand = Hand(handed_out(own, folder).read_bytes())
    hand.cell("status").value = "达到序时进度"
    hand.cell("progress").value = "拆除9台。"
    hand.cell("problems", 1).value = "=1+1"
    return hand.save(folder / name)


def typed(own: County, text: str) -> None:
    store, report = own.offices.county, own.report()
    filling.save_entry(store, report.id, Entry("m-001", None, text), "test", own.offices.now)


def heads(found: QDialog) -> list[str]:
    return [row.text for row in found.list.rows if isinstance(row, GroupHead)]


def opened(page: FillingPage, own: County, *paths: Path) -> QDialog:
    own.context.files.files = paths
    press(page, "take_back_workbooks")
    own.context.runner.wait_idle()
    return dialog(page, "gathering_dialog")


def test_workbooks_go_out_to_the_bureaus_that_are_ticked(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    press(page, "hand_out")
    asked = dialog(page, "hand_out_dialog")
    assert asked.chosen == (HOUSING,) and asked.write.text() == "做好1份，选文件夹…"
    own.context.files.chosen = None
    asked.write.click()
    assert circulating.handed_out(own.offices.county, own.report().id) == (), "no folder, no file"
    own.context.files.chosen = tmp_path
    day = own.offices.now.date() + timedelta(days=5)
    asked.reply_by.setDate(QDate(day.year, day.month, day.day))
    asked.write.click()
    own.context.runner.wait_idle()
    (told,) = circulating.handed_out(own.offices.county, own.report().id)
    assert (told.bureau, told.measures, told.reply_by) == (HOUSING, 2, day)
    assert (tmp_path / told.file).exists()
    assert asked.banner.title.text() == "1份填报表做好了" and asked.chosen == ()
    assert not asked.write.isEnabled() and asked.write.text() == "先勾选部门"
    press(asked, "hand_out_folder")
    assert own.context.files.shown == [tmp_path]


def test_the_day_to_reply_by_may_be_left_out(page: FillingPage, own: County, tmp_path: Path) -> None:
    press(page, "hand_out")
    asked = dialog(page, "hand_out_dialog")
    asked.reply.setChecked(False)
    assert not asked.reply_by.isEnabled()
    own.context.files.chosen = tmp_path
    asked.write.click()
    own.context.runner.wait_idle()
    (told,) = circulating.handed_out(own.offices.county, own.report().id)
    assert told.reply_by is None


def test_a_folder_that_is_gone_is_told_in_place(page: FillingPage, own: County, tmp_path: Path) -> None:
    press(page, "hand_out")
    asked = dialog(page, "hand_out_dialog")
    own.context.files.chosen = tmp_path / "没有"
    asked.write.click()
    own.context.runner.wait_idle()
    assert asked.banner.isVisible() and asked.write.isEnabled()
    assert circulating.handed_out(own.offices.county, own.report().id) == ()


def test_chosen_measures_go_out_in_one_workbook(qtbot: QtBot, own: County, tmp_path: Path) -> None:
    page = DelegatingPage(own.context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.measures.selectAll()
    press(page, "hand_out")
    asked = dialog(page, "hand_out_dialog")
    assert asked.by_measures.isChecked() and asked.write.text() == "做好1份，选文件夹…"
    own.context.files.chosen = tmp_path
    asked.write.click()
    own.context.runner.wait_idle()
    (told,) = circulating.handed_out(own.offices.county, own.report().id)
    assert (told.bureau, told.measures) == (HOUSING, 2)


def test_without_bureaus_the_way_to_them_is_shown(page: FillingPage, own: County) -> None:
    store, plan = own.offices.county, own.offices.plan
    delegating.take_back(store, plan.id, ["m-001", "m-002"], "test", own.offices.now)
    delegating.remove_bureau(store, HOUSING, "test", own.offices.now)
    page.refresh()
    press(page, "hand_out")
    asked = dialog(page, "hand_out_dialog")
    assert asked.banner.title.text() == "还没有部门"
    asked.write.click()
    assert own.visited[-1] == ("delegate", None)


def test_what_a_workbook_brings_is_seen_first_and_then_taken(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    found = opened(page, own, filled(own, tmp_path))
    assert found.title.text() == "县住建局交回的填报表"
    assert heads(found) == ["表里改过的（1）", "表里新填的（1）", "收不了的（1）"]
    assert own.entry("m-001").progress == "拆除5台。", "nothing is written before it is taken"
    assert "<s " in found.field.ours.text() and "<u " in found.field.theirs.text()
    refused = next(key for key in found.list.keys if key.endswith(":problems"))
    found.list.choose(refused)
    assert "公式" in found.field.why.text.text() and found.field.choices() == ()
    assert found.take.text() == "收下2处"
    found.take.click()
    entry = own.entry("m-001")
    assert (entry.status, entry.progress) == (ProgressStatus.ON_SCHEDULE, "拆除9台。")
    assert found.title.text() == "收完了" and found.told == ["县住建局：收下2处，1处收不了。"]
    assert page.frame.editor.progress.edit.toPlainText() == "拆除9台。", "the page behind shows it"
    (back,) = circulating.came_back(own.offices.county, own.report().id)
    assert (back.bureau, back.taken, back.refused) == (HOUSING, 2, 1)
    found.take.click()
    assert not found.isVisible()


def test_a_conflict_is_decided_by_keys(qtbot: QtBot, page: FillingPage, own: County, tmp_path: Path) -> None:
    path = filled(own, tmp_path)
    typed(own, "拆除6台。")
    page.refresh()
    found = opened(page, own, path)
    assert heads(found)[0] == "两边都写了，不一样（1）" and found.take.text() == "收下1处"
    assert found.left.text().startswith("1处等您定")
    qtbot.keyClick(found, Qt.Key.Key_F8)
    assert found.list.key == "field:m-001:progress"
    qtbot.keyClick(found, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert found.take.text() == "收下2处" and "拆除6台。" in found.field.both.text()
    qtbot.keyClick(found.list, Qt.Key.Key_Return)
    assert own.entry("m-001").progress == "拆除6台。", "Enter in the list takes nothing in"
    qtbot.keyClick(found, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert own.entry("m-001").progress == "拆除6台。\n拆除9台。"


def test_what_nobody_decided_stays_ours(page: FillingPage, own: County, tmp_path: Path) -> None:
    path = filled(own, tmp_path)
    typed(own, "拆除6台。")
    page.refresh()
    found = opened(page, own, path)
    found.list.choose("field:m-001:status")
    found.choose(Choice.OURS)
    assert found.take.text() == "都保留我们的"
    found.take.click()
    assert own.entry("m-001") == Entry("m-001", None, "拆除6台。")
    assert found.told == ["县住建局：没有要收的，2处没有收，保留我们的，1处收不了。"]


def test_several_workbooks_one_after_the_other(page: FillingPage, own: County, tmp_path: Path) -> None:
    broken = tmp_path / "照片.xlsx"
    broken.write_bytes(b"no workbook")
    found = opened(page, own, broken, filled(own, tmp_path), tmp_path / "交回.xlsx")
    assert found.banner.title.text() == "“照片.xlsx”坏了，打不开" and not found.take.isVisible()
    found.skip.click()
    own.context.runner.wait_idle()
    assert found.line.text().endswith("第2份，共3份")
    found.take.click()
    own.context.runner.wait_idle()
    assert "在" in found.banner.text.text() and "收过" in found.banner.text.text()
    assert found.list.keys == () or heads(found) == ["收不了的（1）"], "taken once, there is nothing new"
    found.skip.click()
    assert found.title.text() == "收完了" and len(found.told) == 1


def test_leaving_takes_nothing(qtbot: QtBot, page: FillingPage, own: County, tmp_path: Path) -> None:
    found = opened(page, own, filled(own, tmp_path))
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    assert not found.isVisible() and own.entry("m-001").progress == "拆除5台。"
    assert circulating.came_back(own.offices.county, own.report().id) == ()


def test_spreadsheets_dropped_on_the_page_are_taken_back(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(filled(own, tmp_path)))])
    edit = page.frame.editor.progress.edit
    assert not edit.canInsertFromMimeData(data), "a dropped file is not its path"
    enter = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.frame.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.frame.dropEvent(
        QDropEvent(
            QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    own.context.runner.wait_idle()
    assert dialog(page, "gathering_dialog").title.text() == "县住建局交回的填报表"


def test_a_signed_report_hands_nothing_out(page: FillingPage, own: County) -> None:
    own.offices.reviewed_report()
    page.refresh()
    for name in ("hand_out", "take_back_workbooks"):
        assert not page.findChild(QPushButton, name).isEnabled()
