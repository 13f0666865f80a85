"""The two-line list and the matrix, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.views.icons import Icons
from desktop.views.models.matrix import BLANK, FROZEN, WAITING, MatrixColumn, MatrixRow
from desktop.views.models.rows import GroupHead, ListRow
from desktop.views.widgets.matrix_view import MatrixView
from desktop.views.widgets.row_list import RowList

ROWS = (
    GroupHead("一、产业结构 1–2"),
    ListRow("1", "高耗能项目准入把关", "1", lamp="on_schedule", word="达到序时进度"),
    ListRow("2", "落后产能分批退出", "2", strong=True, lamp="unfilled", word="未填", marks=(("warning", 1),)),
    GroupHead("二、能源结构 3"),
    ListRow("3", "风电光伏与储能建设", "3", bar=(3, 32), right_top="已收下", right_top_tone="good"),
)


def test_list_moves_over_group_heads_and_tells_the_key(shown, icons: Icons, qtbot: QtBot) -> None:
    rows = shown(RowList(icons))
    rows.set_rows(ROWS)
    told: list[str] = []
    rows.chosen.connect(told.append)
    rows.setFocus()
    rows.choose("2")
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert told == ["2", "3"]
    assert not rows.step(1)
    assert rows.step(-1)
    assert rows.key == "2"
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert opened.args == ["2"]


def test_list_keeps_its_choice_when_rows_change(shown, icons: Icons) -> None:
    rows = shown(RowList(icons))
    rows.set_rows(ROWS)
    rows.choose("2", tell=False)
    told: list[str] = []
    rows.chosen.connect(told.append)
    rows.set_rows([ListRow("2", "改了题目"), ListRow("3", "又一条")])
    assert (rows.key, rows.keys) == ("2", ("2", "3"))
    rows.set_rows([ListRow("2", "再改"), ListRow("3", "又一条")])
    assert rows.key == "2"
    rows.set_rows([ListRow("3", "又一条")])
    assert (rows.key, told) == ("", [])
    assert not rows.choose("2")


def test_a_row_is_read_out_with_its_status() -> None:
    assert ROWS[2].spoken == "2，落后产能分批退出，未填"


def test_list_is_drawn_without_a_warning(shown, icons: Icons, no_qt_warnings: None) -> None:
    rows = shown(RowList(icons))
    rows.set_rows(ROWS)
    rows.choose("3")
    assert not rows.grab().isNull()


@pytest.fixture
def matrix(shown, icons: Icons) -> MatrixView:
    view = MatrixView(icons)
    columns = [MatrixColumn(c, c, "县（市、区）" if c < "c" else "园区") for c in "abcdefgh"]
    cells = (
        "behind",
        WAITING,
        BLANK,
        "completed",
        "on_schedule",
        "unfilled",
        "not_started",
        "not_applicable",
    )
    view.show_matrix(columns, [MatrixRow(str(n), str(n), f"措施{n}", n % 3, cells) for n in range(40)])
    return shown(view, 400, 300)


def test_arrows_move_the_cell_and_stop_at_the_frozen_columns(matrix: MatrixView, qtbot: QtBot) -> None:
    matrix.setFocus()
    matrix.go_to("3", "b")
    told: list[tuple[str, str]] = []
    matrix.cellChanged.connect(lambda *keys: told.append(keys))
    qtbot.keyClick(matrix, Qt.Key.Key_Down)
    qtbot.keyClick(matrix, Qt.Key.Key_Left)
    qtbot.keyClick(matrix, Qt.Key.Key_Left)
    assert told == [("4", "b"), ("4", "a")]
    assert matrix.cell == ("4", "a")


def test_the_cell_is_never_under_the_frozen_columns(matrix: MatrixView, qtbot: QtBot) -> None:
    matrix.setFocus()
    matrix.go_to("0", "h")
    assert matrix.horizontalScrollBar().value() > 0
    matrix.go_to("0", "a")
    frozen = sum(matrix.columnWidth(section) for section in range(3))
    assert matrix.visualRect(matrix.currentIndex()).left() >= frozen


def test_enter_opens_and_space_asks_for_the_summary(matrix: MatrixView, qtbot: QtBot) -> None:
    matrix.setFocus()
    matrix.go_to("5", "d")
    with qtbot.waitSignal(matrix.opened) as opened:
        qtbot.keyClick(matrix, Qt.Key.Key_Return)
    with qtbot.waitSignal(matrix.summaryAsked) as asked:
        qtbot.keyClick(matrix, Qt.Key.Key_Space)
    assert opened.args == ["5", "d"]
    assert asked.args[:2] == ["5", "d"]


def test_a_cell_says_what_it_is(matrix: MatrixView) -> None:
    model = matrix.model()
    words = [str(model.index(0, column).data(Qt.ItemDataRole.ToolTipRole)) for column in (3, 4, 5)]
    assert [word.splitlines()[1] for word in words] == ["滞后", "还没报来", "没有分派"]


def test_rows_are_22_px_and_the_cell_survives_new_data(matrix: MatrixView) -> None:
    assert matrix.rowHeight(0) == 22
    matrix.go_to("3", "b")
    matrix.show_matrix([MatrixColumn("b", "b")], [MatrixRow("3", "3", "措施", 0, ("behind",))])
    assert matrix.cell == ("3", "b")
    assert not matrix.go_to("3", "a")


def test_matrix_is_drawn_without_a_warning(matrix: MatrixView, no_qt_warnings: None) -> None:
    matrix.go_to("3", "b")
    assert not matrix.grab().isNull()


def test_rows_that_are_left_out_are_no_rows_for_anybody(shown, icons: Icons) -> None:
    made = shown(RowList(icons))
    rows = [GroupHead("甲"), ListRow("a", "一"), ListRow("b", "二"), GroupHead("乙"), ListRow("c", "三")]
    made.set_rows(rows)
    made.choose("a")
    made.show_only({"a", "b"})
    assert made.keys == ("a", "b") and made.isRowHidden(3), "a head without rows goes too"
    assert not made.choose("c") and made.key == "a"
    assert made.step(1) and made.key == "b" and not made.step(1)
    made.set_rows([*rows[:4], ListRow("c", "三，改过")])
    assert made.keys == ("a", "b"), "other contents of the same rows"
    made.show_only({"c"})
    assert made.keys == ("c",) and made.isRowHidden(0) and not made.isRowHidden(3)
    made.set_rows([*rows, ListRow("d", "四")])
    assert made.keys == ("a", "b", "c", "d"), "other rows begin anew"


def test_what_a_row_has_no_room_for_stands_in_its_tooltip(shown, icons: Icons, qtbot: QtBot) -> None:
    rows = shown(RowList(icons))
    long = "加快推进城区及周边乡镇燃煤锅炉关停并转和清洁能源替代改造"
    rows.set_rows(
        [ListRow("1", long, caption="下月底前"), ListRow("2", "短"), ListRow("3", long, tooltip="自己的")]
    )
    rows.resize(200, 200)
    rows.grab()

    def told(key: str) -> str:
        QToolTip.hideText()
        qtbot.waitUntil(lambda: not QToolTip.isVisible())
        point = rows.visualRect(rows.model().index(rows.keys.index(key), 0)).center()
        event = QHelpEvent(QEvent.Type.ToolTip, point, rows.viewport().mapToGlobal(point))
        QApplication.sendEvent(rows.viewport(), event)
        return QToolTip.text() if QToolTip.isVisible() else ""

    assert [told(key) for key in "123"] == [f"{long}\n下月底前", "", "自己的"]
    QToolTip.hideText()


def test_numbers_and_heads_have_their_room_and_titles_take_what_is_left(shown, icons: Icons) -> None:
    view = MatrixView(icons)
    columns = [MatrixColumn(name, name, "园区") for name in ("云岭经开", "柏河")]
    view.show_matrix(columns, [MatrixRow("1", "保障-12", "压实责任", 0, ("completed", BLANK))])
    shown(view, 700, 200)
    metrics = QFontMetrics(icons.theme.font("caption"))
    assert view.columnWidth(0) > metrics.horizontalAdvance("保障-12")
    assert view.columnWidth(FROZEN) > metrics.horizontalAdvance("云岭经开")
    widths = [view.columnWidth(section) for section in range(view.model().columnCount())]
    assert sum(widths) == view.width() - view.verticalScrollBar().sizeHint().width()
    view.resize(330, 200)
    assert view.columnWidth(FROZEN) > metrics.horizontalAdvance("云岭经开")
