"""总览, 要留意: what the checks find in accepted reports, as marks, a filter and a number beside each unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.quarter import Quarter
from desktop.services import noticing
from desktop.services.noticing import Noticed
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.models.matrix import FROZEN
from desktop.views.models.rows import ListRow
from desktop.views.pages.desk import DeskPage
from desktop.views.spot import Spot
from tests.conftest import SAMPLE_NOW as NOW
from tests.views.pages.office_context import in_dialog
from tests.views.pages.on_page import button

THIS = Quarter.of(NOW.date()).previous
FEW, MANY = "999002", "999021"
MARKED = {
    ("m-002", FEW),
    ("m-004", FEW),
    ("m-003", MANY),
    ("m-012", MANY),
    ("m-013", MANY),
    ("m-014", MANY),
}


@pytest.fixture
def desk(qtbot: QtBot, make_context: Callable[..., Context], sample_city: Store) -> Iterator[DeskPage]:
    """The quarter before: two units say the same words of several measures."""
    plan = sample_city.plans.all()[0].id
    context = make_context(store=sample_city, plan_id=plan, quarter=THIS.previous, clock=lambda: NOW)
    page = DeskPage(context)
    qtbot.addWidget(page)
    page.context = context
    page.resize(1290, 648)
    page.refresh()
    page.show()
    assert context.runner.wait_idle()
    yield page


def notes(page: DeskPage) -> dict[tuple[str, str], str]:
    cells = page.matrix.view._cells
    return {
        (row.key, column.key): said
        for row in cells.rows
        for column, said in zip(cells.columns, row.notes, strict=True)
        if said
    }


def test_cells_say_what_is_to_be_looked_at(desk: DeskPage) -> None:
    said = notes(desk)
    assert set(said) == MARKED
    assert said["m-002", FEW] == "要留意：进展情况与第4条写法相同"
    cells = desk.matrix.view._cells
    row = [line.key for line in cells.rows].index("m-002")
    column = FROZEN + [each.key for each in cells.columns].index(FEW)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert str(cells.data(cells.index(row, column), role)).endswith(said["m-002", FEW])


def test_the_filter_counts_entries_and_keeps_their_measures(desk: DeskPage) -> None:
    chip = button(desk, "chip_look")
    assert chip.text() == chip.accessibleName() == "要留意 6处" and "没有说明" in chip.toolTip()
    chip.click()
    assert {row.key for row in desk.matrix.view._cells.rows} == {key for key, _ in MARKED}
    desk.matrix.search.setText("没有这样的措施")
    assert "没有这样的措施 要留意" in desk.matrix.findChild(QLabel, "empty_title").text()
    button(desk.matrix, "empty_action").click()
    assert len(desk.matrix.view._cells.rows) == 18


def test_the_list_says_who_has_most_and_leads_to_the_entries(desk: DeskPage) -> None:
    rows = {row.key: row for row in desk.list.rows if isinstance(row, ListRow)}
    assert (rows[FEW].right_bottom, rows[MANY].right_bottom) == ("要留意2", "要留意4")
    assert "要留意4" in rows[MANY].spoken
    assert not any(row.right_bottom for key, row in rows.items() if key not in (FEW, MANY))
    assert {row.right_room for row in rows.values()} == {"要留意4"}, "all bars are as long"
    button(desk, "chip_look").click()
    desk.list.choose(MANY)
    assert desk.matrix.view.cell == ("m-003", MANY)
    desk.matrix.view.go_to("m-013", FEW)
    desk.matrix.go_to_unit(MANY)
    assert desk.matrix.view.cell == ("m-013", MANY), "a row that has a mark of the unit stays"
    desk.matrix.go_to_unit(FEW)
    assert desk.matrix.view.cell == ("m-002", FEW)


def test_the_popup_and_the_opened_entry_say_it(qtbot: QtBot, desk: DeskPage) -> None:
    view, popup = desk.matrix.view, desk.matrix.popup
    view.has_focus = True
    view.go_to("m-002", FEW)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert popup.note.isVisible() and popup.note.text() == "要留意：进展情况与第4条写法相同"
    assert popup.note.text() in popup.accessibleName()
    view.go_to("m-001", FEW)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert popup.isVisible() and not popup.note.isVisible()
    assert "要留意" not in popup.accessibleName()

    said: list[str] = []

    def read(dialog: QWidget) -> None:
        said.append(dialog.findChild(QLabel, "finding_0").text())
        dialog.accept()

    in_dialog("entry_dialog", read)
    desk.open_entry("m-002", FEW)
    assert said == ["进展情况与第4条写法相同"]


def test_an_entry_that_was_found_by_searching_says_it_too(desk: DeskPage) -> None:
    store = desk.context.open_store
    report = store.reports.latest(desk.context.plan_id, FEW, str(THIS.previous))
    assert report is not None
    said: list[str] = []

    def read(dialog: QWidget) -> None:
        said.append(dialog.findChild(QLabel, "finding_0").text())
        dialog.accept()

    in_dialog("entry_dialog", read)
    desk.open_target(Spot("m-002", unit_code=FEW, report_id=report.id))
    assert said == ["进展情况与第4条写法相同"]


def test_the_mark_stands_beside_the_lamp_and_leaves_it_whole(desk: DeskPage) -> None:
    view = desk.matrix.view
    view.go_to("m-001", MANY)

    def cell() -> QImage:
        view.go_to("m-001", MANY)
        index = view._cells.index([row.key for row in view._cells.rows].index("m-002"), column)
        return view.viewport().grab(view.visualRect(index)).toImage()

    column = FROZEN + [each.key for each in view._cells.columns].index(FEW)
    with_mark = cell()
    desk.matrix.show_noticed(Noticed())
    without = cell()
    changed = [
        x
        for x in range(without.width())
        for y in range(without.height())
        if without.pixelColor(x, y) != with_mark.pixelColor(x, y)
    ]
    px = desk.context.theme.px
    assert changed and min(changed) > without.width() // 2 + px(6)
    assert max(changed) < without.width() - 1


def test_another_quarter_keeps_no_marks_while_it_is_read(
    desk: DeskPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    button(desk, "chip_look").click()
    desk.context.quarter = THIS
    desk.refresh()
    assert notes(desk) == {} and button(desk, "chip_look").text() == "要留意"
    assert len(desk.matrix.view._cells.rows) == 18, "nothing is known yet, so nothing is left out"
    assert desk.context.runner.wait_idle()
    assert button(desk, "chip_look").text() == "要留意 0处"
    assert desk.matrix.findChild(QLabel, "empty_title").text() == "没有符合“要留意”的措施"


def test_marks_stay_while_the_same_quarter_is_read_anew(desk: DeskPage) -> None:
    desk.refresh()
    assert set(notes(desk)) == MARKED
    assert desk.context.runner.wait_idle()
    assert set(notes(desk)) == MARKED


def test_a_unit_whose_report_cannot_be_read_is_named(desk: DeskPage) -> None:
    assert "读不出来" not in button(desk, "chip_look").toolTip()
    known = noticing.noticed(desk.context.open_store, desk.context.plan_id, str(THIS.previous))
    desk.matrix.show_noticed(Noticed(known.findings, (MANY,)))
    unit = desk.context.open_store.units.region().find(MANY)
    assert unit is not None and f"{unit.short_name}的季报原件读不出来" in button(desk, "chip_look").toolTip()


def test_the_bars_of_units_with_and_without_marks_are_as_long(desk: DeskPage) -> None:
    """Both have reported on everything and have something behind, so that only the number makes a difference."""
    rows = {row.key: row for row in desk.list.rows if isinstance(row, ListRow)}
    plain = next(key for key, row in rows.items() if row.bar and row.lamp and not row.right_bottom)
    assert all(rows[key].lamp and rows[key].bar[0] == rows[key].bar[1] for key in (plain, MANY))
    accent = desk.context.theme.colour("accent")

    def length(key: str) -> int:
        rect = desk.list.visualRect(desk.list._rows.index_of(key))
        picture = desk.list.viewport().grab(rect).toImage()
        return max(
            sum(picture.pixelColor(x, y) == accent for x in range(picture.width()))
            for y in range(picture.height())
        )

    assert length(plain) == length(MANY) > desk.context.theme.px(20)


def test_in_a_low_window_the_popup_leaves_its_cell_to_be_seen(qtbot: QtBot, desk: DeskPage) -> None:
    desk.set_narrow(True)
    desk.resize(834, 430)
    QApplication.processEvents()
    view, popup = desk.matrix.view, desk.matrix.popup
    button(desk, "chip_look").click()
    view.has_focus = True
    view.go_to("m-012", MANY)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    rect = view.visualRect(view.currentIndex())
    here = desk.matrix.mapFromGlobal(view.viewport().mapToGlobal(rect.topLeft()))
    assert popup.isVisible() and popup.note.isVisible()
    assert not popup.geometry().intersects(rect.translated(here - rect.topLeft()))
    assert desk.matrix.rect().contains(popup.geometry())
