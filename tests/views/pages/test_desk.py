"""总览: what has come, who is late, what was said, and the summary on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.bulletin import BulletinSection
from desktop.domain.quarter import Quarter
from desktop.domain.report import ProgressStatus
from desktop.domain.summary import UnitProgress, UnitSummary
from desktop.domain.unit import Unit, UnitKind, UnitRef
from desktop.exchange.signing import verify_pdf
from desktop.reports.fonts import Faces
from desktop.services import enrolling, opening
from desktop.storage import Store
from desktop.storage.sections import EditedSection
from desktop.views.context import Context
from desktop.views.models.rows import GroupHead, ListRow
from desktop.views.pages.desk import DeskPage
from desktop.views.pages.desk_aside import Aside
from desktop.views.pages.desk_words import head, overdue, unit_rows
from tests.conftest import SAMPLE_NOW as NOW
from tests.journeys.offices import open_offices
from tests.reports.printed import text_of
from tests.views.pages.office_context import in_dialog
from tests.views.pages.on_page import button

THIS = Quarter.of(NOW.date()).previous
READY, WAITING, MISSING, RETURNED = "999002", "999081", "999021", "999000-P2"


@pytest.fixture
def city(sample_city: Store) -> Iterator[Store]:
    yield sample_city
    for name in BulletinSection:
        sample_city.bulletins.sections(sample_city.plans.all()[0].id, str(THIS)).remove(name)


@pytest.fixture
def desk(qtbot: QtBot, make_context: Callable[..., Context], city: Store, faces: Faces) -> Iterator[DeskPage]:
    plan = city.plans.all()[0].id
    context = make_context(store=city, plan_id=plan, quarter=THIS, clock=lambda: NOW, faces=lambda: faces)
    page = shown(qtbot, context)
    page.context = context
    yield page


def shown(qtbot: QtBot, context: Context) -> DeskPage:
    page = DeskPage(context)
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.refresh()
    page.show()
    return page


def text(page: QWidget, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None, name
    return label.text()


def test_five_figures_count_units_and_entries(desk: DeskPage) -> None:
    figures = {
        name: text(desk, f"figure_{name}") for name in ("arrived", "accepted", "waiting", "overdue", "behind")
    }
    said = sum(
        cell.entry is not None and cell.entry.status is ProgressStatus.BEHIND
        for row in desk._document.rows
        for cell in row.cells
    )
    assert figures == {"arrived": "4", "accepted": "2", "waiting": "1", "overdue": "0", "behind": str(said)}
    assert said > 0


def test_what_waits_comes_first(desk: DeskPage) -> None:
    asked: list[tuple[str, object]] = []
    desk.context.signals.navigated.connect(lambda place, target: asked.append((place, target)))
    look = button(desk, "look_waiting")
    assert look.text() == "看等您定的1件" and look.property("kind") == "primary"
    assert not button(desk, "export_summary_first").isVisible()
    look.click()
    (item,) = (i for i in desk.context.store.packages.inbox() if i.state.value == "waiting")
    button(desk, f"look_{item.digest[:8]}").click()
    assert asked == [("inbox", item.digest)] * 2


def test_units_show_accepted_entries_only(desk: DeskPage) -> None:
    rows = {row.key: row for row in desk.list.rows if isinstance(row, ListRow)}
    assert [row.text for row in desk.list.rows if isinstance(row, GroupHead)] == ["县（市、区） 3", "园区 2"]
    assert rows[READY].bar == (18, 18) and rows[READY].right_top == "已收下"
    assert rows[WAITING].bar is None and rows[WAITING].right_top == "等您定"
    assert rows[MISSING].bar is None and rows[MISSING].caption == "还没报来"
    assert rows[RETURNED].bar is None and "等重新报送" in rows[RETURNED].caption


def test_hatch_for_nothing_sent_and_blank_for_not_assigned(desk: DeskPage) -> None:
    columns = [column.key for column in desk.matrix.view._cells.columns]
    rows = {row.label: dict(zip(columns, row.cells, strict=True)) for row in desk.matrix.view._cells.rows}
    assert rows["1"][MISSING] == rows["1"][WAITING] == "waiting"
    assert rows["5"][RETURNED] == "", "the fifth task is for counties alone"
    assert rows["5"][MISSING] == "waiting"
    assert rows["1"][READY] in {status.value for status in ProgressStatus}


def test_a_late_unit_is_counted_and_its_telephone_stands_there(qtbot: QtBot, desk: DeskPage) -> None:
    desk.context.clock = lambda: NOW + timedelta(days=5)
    desk.refresh()
    assert text(desk, "figure_overdue") == "1"
    assert text(desk, "missing_title") == "逾期没报"
    unit = desk.context.store.units.region().find(MISSING)
    said = [label.text() for label in desk.aside.findChildren(QLabel)]
    assert f"{unit.contact}　{unit.phone}" in said
    row = next(r for r in desk.list.rows if isinstance(r, ListRow) and r.key == MISSING)
    assert (row.right_top, row.right_top_tone) == ("逾期1天", "bad")


def test_search_narrows_measures_and_units_and_gives_them_back(desk: DeskPage) -> None:
    cells = desk.matrix.view._cells
    desk.matrix.search.setText("园区 锅炉")
    assert [c.key for c in cells.columns] == ["999000-P1", "999000-P2"]
    assert [r.title for r in cells.rows] == ["整治小型燃煤锅炉"]
    desk.matrix.search.setText("没有这样的措施")
    empty = text(desk.matrix, "empty_title")
    assert empty == "没有符合“没有这样的措施”的措施" and "18条都还在" in text(desk.matrix, "empty_text")
    button(desk.matrix, "empty_action").click()
    assert len(cells.rows) == 18 and len(cells.columns) == 5


def test_a_chip_keeps_measures_with_that_status(desk: DeskPage) -> None:
    button(desk, "chip_behind").click()
    rows = desk.matrix.view._cells.rows
    assert 0 < len(rows) < 18 and all(row.count for row in rows)


def test_a_cell_tells_what_was_said_and_opens_in_full(qtbot: QtBot, desk: DeskPage) -> None:
    view = desk.matrix.view
    line = desk._document.rows[0]
    entry = line.cell(READY).entry
    view.has_focus = True
    assert view.go_to(line.measure_key, READY)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    popup = desk.matrix.popup
    assert popup.isVisible() and popup.title.text().startswith("望溪区　1 ")
    assert popup.text.text().startswith(entry.progress[:20]) and "上季" in popup.before.text()
    view.go_to(line.measure_key, MISSING)
    assert not popup.isVisible()

    seen: list[str] = []

    def read() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        seen.append(text(dialog, "entry_progress"))
        dialog.accept()

    from PySide6.QtCore import QTimer

    view.go_to(line.measure_key, READY)
    QTimer.singleShot(0, read)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert seen == [entry.progress]


def export(desk: DeskPage, choose: Callable[[QWidget], object] = lambda dialog: None) -> None:
    """Press 导出通报…, tick what `choose` ticks, and confirm."""

    def confirm(dialog: QWidget) -> None:
        choose(dialog)
        button(dialog, "bulletin_export").click()

    in_dialog("bulletin_dialog", confirm)
    button(desk, "export_summary").click()


def test_the_summary_is_written_read_back_and_shown(desk: DeskPage, tmp_path: Path) -> None:
    files = desk.context.files
    files.chosen = tmp_path / "汇总"
    files.chosen.mkdir()
    export(desk)
    assert not button(desk, "export_summary").isEnabled()
    assert desk.context.runner.wait_idle()
    names = sorted(path.name for path in files.chosen.iterdir())
    assert names == [f"云岭市_{THIS}_汇总.xlsx", f"云岭市_{THIS}_通报.pdf"]
    assert (files.chosen / names[1]).read_bytes().startswith(b"%PDF")
    banner = desk.findChild(QWidget, "export_banner")
    assert banner.isVisible() and text(banner, "banner_title").startswith("通报已写好并核对")
    words = banner.findChild(QLabel, "banner_text")
    assert "小标宋体" in words.text() and "用的是随程序的字体" in words.text()
    assert words.toolTip().startswith("字体：标题用")
    button(banner, "open_folder").click()
    assert files.shown == [files.chosen]
    assert button(desk, "export_summary").isEnabled()


def test_the_summary_can_be_signed_beside_the_first(desk: DeskPage, tmp_path: Path) -> None:
    desk.context.files.chosen = tmp_path
    export(desk)
    assert desk.context.runner.wait_idle()

    def give(dialog: QWidget) -> None:
        dialog.edit.edit.setText(opening.SAMPLE_PASSPHRASE)
        dialog.findChild(QAbstractButton, "passphrase_ok").click()

    in_dialog("passphrase_dialog", give)
    banner = desk.findChild(QWidget, "export_banner")
    button(banner, "sign_summary").click()
    assert desk.context.runner.wait_idle()
    trust = enrolling.trust_of(desk.context.store)
    signed = next(tmp_path.glob("*（已签名）.pdf")).read_bytes()
    checked, inside = verify_pdf(signed, trust, desk.context.now())
    assert checked.holds and inside is not None
    assert text(banner, "banner_title").endswith("签名")


def test_a_folder_that_is_gone_is_said_in_place(desk: DeskPage, tmp_path: Path) -> None:
    desk.context.files.chosen = tmp_path / "拔掉了"
    export(desk)
    assert desk.context.runner.wait_idle()
    banner = desk.findChild(QWidget, "export_banner")
    assert banner.isVisible() and text(banner, "banner_title") == "找不到这个文件夹"


def write_text(text: str) -> Callable[[QWidget], object]:
    """In 导出通报…: open 正文…, write a section, and come back."""

    def choose(dialog: QWidget) -> None:
        button(dialog, "bulletin_text").click()

        def write(opened: QWidget) -> None:
            opened.edit.setPlainText(text)
            opened.reject()

        met = in_dialog("bulletin_text_dialog", write)
        assert dialog._context.runner.wait_idle()
        # The text is drafted then; its dialog is met and left in turns of the event loop that follow.
        for _ in range(2000):
            if met and button(dialog, "bulletin_text").text() != "正在起草…":
                break
            QTest.qWait(5)

    return choose


def test_the_text_is_edited_from_the_dialog_and_printed(desk: DeskPage, tmp_path: Path) -> None:
    desk.context.files.chosen = tmp_path
    told: list[str] = []

    def choose(dialog: QWidget) -> None:
        write_text("各单位报送总体及时。")(dialog)
        told.append(button(dialog, "bulletin_text").text())

    export(desk, choose)
    assert desk.context.runner.wait_idle()
    assert told == ["正文（改过1节）…"]
    (paper,) = tmp_path.glob("*_通报.pdf")
    assert "各单位报送总体及时。" in text_of(paper.read_bytes(), tmp_path)
    # The sample's city is shared, so others may have exported before.
    kept = {desk.context.store.bulletins.file(each.file) for each in desk.context.store.bulletins.exported()}
    assert paper.read_bytes() in kept


def test_signs_without_a_face_are_named_before_anything_is_written(desk: DeskPage, tmp_path: Path) -> None:
    desk.context.files.chosen = tmp_path
    export(desk, write_text("由\U0002f9f4办牵头。"))
    assert desk.context.runner.wait_idle()
    banner = desk.findChild(QWidget, "export_banner")
    assert text(banner, "banner_title") == "还没有写出：有1处的字打不出来，纸上会印成〓"
    assert "正文里的“\U0002f9f4”" in text(banner, "banner_text") and not list(tmp_path.glob("云岭市*"))
    button(banner, "export_all_the_same").click()
    assert desk.context.runner.wait_idle()
    assert len(list(tmp_path.glob("云岭市*"))) == 2 and text(banner, "banner_title").startswith(
        "通报已写好并核对"
    )
    assert "正文里的“\U0002f9f4”" in text(banner, "banner_text")


def test_a_section_that_the_data_have_left_behind_is_told_before_anything_is_written(
    desk: DeskPage, tmp_path: Path
) -> None:
    desk.context.files.chosen = tmp_path
    store, document = desk.context.store, desk._document
    kept = store.bulletins.sections(document.plan.id, document.quarter)
    kept.put(BulletinSection.OVERALL, EditedSection("总体平稳。", "从前起草的。"), desk.context.now())
    export(desk)
    assert desk.context.runner.wait_idle()
    banner = desk.findChild(QWidget, "export_banner")
    assert text(banner, "banner_title") == "还没有写出：正文有1节和现在的数据不一致"
    assert "“总体进展情况”" in text(banner, "banner_text") and not list(tmp_path.glob("云岭市*"))
    button(banner, "close_banner").click()
    assert not desk.export.isVisible() and button(desk, "export_summary").isEnabled()


def test_that_nobody_can_be_called_is_said_once(desk: DeskPage) -> None:
    units = {code: replace(unit, contact="", phone="") for code, unit in desk._units.items()}
    lines = tuple(replace(line, state=UnitProgress.MISSING, late_days=2) for line in desk._document.units)
    desk.aside.show_aside(Aside((), (), lines, units, NOW.date(), {}))
    QApplication.processEvents()
    said = [found.text() for found in desk.aside.findChildren(QLabel) if found.isVisible()]
    assert said.count("逾期2天") == len(lines)
    assert sum("联系人" in words for words in said) == 1


def test_with_nothing_waiting_the_summary_is_the_primary_action(desk: DeskPage) -> None:
    desk._waiting = ()
    desk._show_actions()
    first = button(desk, "export_summary_first")
    assert first.isVisible() and first.property("kind") == "primary" and first.isEnabled()
    assert not button(desk, "look_waiting").isVisible()


def test_where_room_is_short_the_right_pane_folds(desk: DeskPage) -> None:
    desk.set_narrow(True)
    assert not desk.aside.isVisible() and button(desk, "unfold_waiting").text() == "等您定 1"
    button(desk, "unfold_waiting").click()
    assert desk.aside.isVisible()
    button(desk, "fold_aside").click()
    assert not desk.aside.isVisible()
    assert button(desk, "unfold_returned").isVisible() and button(desk, "unfold_returned").text() == "退回 1"
    desk.set_narrow(False)
    assert desk.aside.isVisible()


def test_without_plan_or_quarter_it_says_where_to_begin(
    qtbot: QtBot, make_context: Callable[..., Context], tmp_path: Path
) -> None:
    offices = open_offices(tmp_path, NOW)
    asked: list[str] = []
    context = make_context(store=offices.city, clock=lambda: NOW)
    context.signals.navigated.connect(lambda place, _: asked.append(place))
    page = shown(qtbot, context)
    assert text(page._empty, "empty_title") == "还没有方案"
    button(page._empty, "empty_action").click()
    context.plan_id = offices.plan.id
    page.refresh()
    assert text(page._empty, "empty_title") == "还没有开放季度"
    button(page._empty, "empty_action").click()
    assert asked == ["plan", "distribute"]
    context.quarter = Quarter.parse("2025Q1")
    page.refresh()
    assert text(page, "figure_arrived") == "0"
    assert not button(page, "export_summary_first").isEnabled()
    assert text(page, "export_why_not") == "收下第一份季报后，可以导出通报"
    offices.city.close()
    offices.county.close()


@pytest.mark.parametrize(
    ("short", "aliases", "expected"),
    [
        ("盐池县", (), "盐池"),
        ("红寺堡区", (), "红寺堡"),
        ("太阳山开发区", (), "太阳山"),
        ("盐池工业园区", ("盐池工业园区管委会",), "盐池"),
        ("云岭经济技术开发区", ("云岭经开区", "云岭经开区管委会"), "云岭经开"),
        ("县", (), "县"),
    ],
)
def test_column_heads_are_short(short: str, aliases: tuple[str, ...], expected: str) -> None:
    assert head(Unit("1", short, short, UnitKind.COUNTY, aliases), short) == expected


def test_a_unit_whose_next_revision_waits_keeps_the_bar_of_what_was_accepted() -> None:
    counts = {status.value: 2 for status in ProgressStatus}
    line = UnitSummary(
        UnitRef("1", "甲县人民政府"), "甲县", "county", UnitProgress.WAITING, 2, 12, 10, counts, NOW.date(), 3
    )
    _, row = unit_rows((line,))
    assert isinstance(row, ListRow) and row.bar == (10, 12) and row.right_top == "等您定"
    assert not overdue(line), "late, but it has come"
