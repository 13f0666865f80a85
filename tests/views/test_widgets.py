"""Each widget as a person meets it: by mouse, by keyboard, and as its text is read out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import CancelledError, RefusedError
from desktop.domain.report import ProgressStatus
from desktop.jobs.runner import JobRunner
from desktop.views.errors import ErrorPresenter, install_hooks
from desktop.views.icons import Icons
from desktop.views.models.diff import Run, diff_runs
from desktop.views.models.matrix import BLANK, WAITING, MatrixColumn, MatrixRow
from desktop.views.models.rows import GroupHead, ListRow
from desktop.views.preferences import Preferences
from desktop.views.widgets.chip import Chip, ChipRow
from desktop.views.widgets.file_drop import DropZone, EvidenceZone, FileRow, size_text
from desktop.views.widgets.inputs import (
    AutosaveEdit,
    NumberEdit,
    PassphraseEdit,
    SearchBox,
    clean_text,
    labelled,
    read_decimal,
    written,
)
from desktop.views.widgets.layout import FlowLayout, clear, column, flow
from desktop.views.widgets.matrix_view import MatrixView
from desktop.views.widgets.notices import Banner, EmptyState, JobBar, ThinBar
from desktop.views.widgets.radio_card import RadioCard
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.status_picker import StatusPicker
from desktop.views.widgets.styling import button, icon_button
from tests.views.conftest import compose

ROWS = (
    GroupHead("一、产业结构 1–2"),
    ListRow("1", "高耗能项目准入把关", "1", lamp="on_schedule", word="达到序时进度"),
    ListRow("2", "落后产能分批退出", "2", strong=True, lamp="unfilled", word="未填", marks=(("warning", 1),)),
    GroupHead("二、能源结构 3"),
    ListRow("3", "风电光伏与储能建设", "3", bar=(3, 32), right_top="已收下", right_top_tone="good"),
)


@pytest.fixture
def shown(qtbot: QtBot, theme_app: object):
    """Puts a widget into a window of its own and shows it."""

    windows: list[QWidget] = []

    def show(widget: QWidget, width: int = 500, height: int = 300) -> QWidget:
        window = QWidget()
        windows.append(window)
        layout = QVBoxLayout(window)
        layout.addWidget(widget)
        window.resize(width, height)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return widget

    return show


# numbers


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("７", "7"),
        ("1,200.5", "1200.5"),
        ("１２．５", "12.5"),
        (" 46 mg/m³ ", "46"),
        ("−2.1", "-2.1"),
        ("3。5", "3.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, value: str) -> None:
    assert read_decimal(typed, "mg/m³") == Decimal(value)


def test_percent_and_blank() -> None:
    assert read_decimal("75％", "%") == 75
    assert read_decimal("  ") is None


@pytest.mark.parametrize("typed", ["七台", "1.2.3", "nan", "inf", "1e999999", "9" * 30])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_decimal(typed)


def test_numbers_are_never_shown_with_an_exponent() -> None:
    assert written(Decimal("1E+3")) == "1000"
    assert written(None) == ""


def test_number_is_told_once_and_shown_tidily(shown, qtbot: QtBot) -> None:
    edit = shown(NumberEdit("台"))
    told: list[object] = []
    edit.edited.connect(told.append)
    edit.setFocus()
    compose(edit, "１２台")
    with qtbot.waitSignal(edit.edited):
        pass
    edit.clearFocus()
    assert told == [Decimal(12)]
    assert edit.text() == "12"
    assert edit.value == 12


def test_what_is_no_number_stays_and_is_marked(shown, qtbot: QtBot) -> None:
    edit = shown(NumberEdit("台"))
    edit.set_value(Decimal(9))
    told: list[object] = []
    edit.edited.connect(told.append)
    edit.setFocus()
    edit.selectAll()
    compose(edit, "约十")
    edit.flush()
    assert (edit.text(), edit.property("tone"), edit.value, told) == ("约十", "bad", 9, [])
    edit.selectAll()
    qtbot.keyClicks(edit, "10")
    edit.flush()
    assert (edit.property("tone"), told) == ("", [Decimal(10)])


def test_emptying_a_number_tells_none(shown, qtbot: QtBot) -> None:
    edit = shown(NumberEdit())
    edit.set_value(Decimal(9))
    told: list[object] = []
    edit.edited.connect(told.append)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    edit.flush()
    assert told == [None]


# text that saves itself


def test_text_is_told_after_a_pause_and_not_twice(shown, qtbot: QtBot) -> None:
    edit = shown(AutosaveEdit("写做了什么"))
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.set_text("原有。")
    edit.setFocus()
    edit.insert_text("新增。")
    with qtbot.waitSignal(edit.edited):
        pass
    edit.clearFocus()
    assert told == ["新增。原有。"]


def test_text_is_told_when_the_focus_leaves(shown, qtbot: QtBot) -> None:
    edit = shown(AutosaveEdit())
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.setFocus()
    qtbot.keyClicks(edit, "abc")
    edit.clearFocus()
    assert told == ["abc"]


def test_text_is_told_when_its_page_is_hidden(shown, qtbot: QtBot) -> None:
    edit = shown(AutosaveEdit())
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.insert_text("还没存")
    edit.window().hide()
    assert told == ["还没存"]


def test_a_stored_text_is_not_told(shown) -> None:
    edit = shown(AutosaveEdit())
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.set_text("库里的")
    edit.flush()
    assert told == []


def test_tab_leaves_and_ctrl_tab_writes_a_tab(shown, qtbot: QtBot) -> None:
    holder = QWidget()
    first, second = AutosaveEdit(), AutosaveEdit()
    holder.setLayout(column(first, second))
    shown(holder)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert first.text() == "\t"
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()


def test_pasted_text_comes_in_clean(shown) -> None:
    edit = shown(AutosaveEdit())
    data = QMimeData()
    data.setHtml("<b>关停</b>7台")
    data.setText("关停\u00a07台\u200b\r\n第二行\x07")
    edit.insertFromMimeData(data)
    assert edit.text() == "关停 7台\n第二行"
    assert clean_text("甲\u2028乙") == "甲\n乙"


# pass phrase, search


def test_passphrase_is_shown_only_on_request(shown, icons: Icons, qtbot: QtBot) -> None:
    edit = shown(PassphraseEdit(icons))
    qtbot.keyClicks(edit.edit, "Abc")
    assert edit.edit.displayText() != "Abc"
    show = edit.findChild(QPushButton, "show_passphrase")
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert (edit.edit.displayText(), show.text()) == ("Abc", "隐藏")
    edit.clear()
    assert (edit.text(), edit.edit.echoMode()) == ("", QLineEdit.EchoMode.Password)


def test_capital_lock_is_noticed(shown, icons: Icons, qtbot: QtBot) -> None:
    edit = shown(PassphraseEdit(icons))
    hint = edit.findChild(QLabel, "capital_lock")
    qtbot.keyClick(edit.edit, "a", Qt.KeyboardModifier.NoModifier)
    assert not hint.isVisible()
    qtbot.keyClick(edit.edit, "A", Qt.KeyboardModifier.NoModifier)
    assert hint.isVisible()
    qtbot.keyClick(edit.edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not hint.isVisible()


def test_search_is_entered_by_ctrl_f_and_left_by_esc_twice(shown, icons: Icons, qtbot: QtBot) -> None:
    holder = QWidget()
    other, box = QLineEdit(), SearchBox(icons, "输入字就筛选")
    holder.setLayout(column(other, box))
    shown(holder)
    said: list[str] = []
    box.changed.connect(said.append)
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert box.hasFocus()
    qtbot.keyClicks(box, "ab")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert said == ["a", "ab", ""]
    with qtbot.waitSignal(box.left):
        qtbot.keyClick(box, Qt.Key.Key_Escape)


# buttons, chips, cards, status


def test_a_button_keeps_its_keys_when_its_words_change(shown, qtbot: QtBot) -> None:
    pressed: list[int] = []
    made = button("下一条未填", "primary", "next", lambda: pressed.append(1), "Ctrl+Enter")
    shown(made)
    made.setText("送审核")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(made, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1, 1]
    made.setEnabled(False)
    qtbot.keyClick(made.window(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1, 1]


def test_the_focus_ring_does_not_move_a_button(shown, icons: Icons) -> None:
    made = shown(button("查看"))
    before = made.sizeHint()
    made.setFocus()
    assert made.hasFocus()
    assert made.sizeHint() == before
    assert icon_button(icons, "left", "上一页", "icon").toolTip() == "上一页"


def test_one_chip_is_chosen(shown, icons: Icons, qtbot: QtBot) -> None:
    row = ChipRow(icons)
    row.add("all", "全部")
    row.add("behind", "滞后", icons.lamp("behind"))
    shown(row)
    row.set_count("behind", 3)
    with qtbot.waitSignal(row.changed) as told:
        qtbot.mouseClick(row.findChild(Chip, "chip_behind"), Qt.MouseButton.LeftButton)
    assert told.args == ["behind"]
    assert row.key == "behind"
    assert row.findChild(Chip, "chip_behind").text() == "滞后 3"
    row.choose("all")
    assert not row.findChild(Chip, "chip_behind").isChecked()


def test_status_by_mouse_and_by_alt_number(shown, icons: Icons, qtbot: QtBot) -> None:
    holder = QWidget()
    picker, text = StatusPicker(icons), AutosaveEdit()
    holder.setLayout(column(picker, text))
    shown(holder, 700)
    told: list[object] = []
    picker.changed.connect(told.append)
    assert picker.status is None
    qtbot.mouseClick(picker.findChild(QToolButton, "status_behind"), Qt.MouseButton.LeftButton)
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert told == [ProgressStatus.BEHIND, ProgressStatus.COMPLETED]
    assert picker.status is ProgressStatus.COMPLETED
    picker.set_status(None)
    assert picker.status is None
    picker.set_status(ProgressStatus.NOT_APPLICABLE)
    assert picker.status is ProgressStatus.NOT_APPLICABLE
    assert len(told) == 2


def test_one_card_is_chosen_by_mouse_or_space(shown, icons: Icons, qtbot: QtBot) -> None:
    holder = QWidget()
    first, second = RadioCard(icons, "收下", "写入汇总库"), RadioCard(icons, "退回", "库里不变" * 20)
    holder.setLayout(column(first, second))
    shown(holder)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert (first.isChecked(), second.isChecked()) == (False, True)
    assert second.heightForWidth(240) > first.heightForWidth(240)
    assert second.accessibleDescription() == second.caption


# files


def drop(zone: DropZone, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    zone.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, button, key))


def test_dropped_files_are_told_and_others_refused(shown, icons: Icons, tmp_path: Path) -> None:
    zone = shown(DropZone(icons, "把 .jbx 拖到这里，或", suffixes=(".jbx",)))
    taken: list[list[Path]] = []
    refused: list[list[Path]] = []
    zone.filesDropped.connect(taken.append)
    zone.refused.connect(refused.append)
    package, other = tmp_path / "甲.JBX", tmp_path / "乙.docx"
    package.write_bytes(b"x")
    other.write_bytes(b"x")
    drop(zone, package, other, tmp_path)
    assert (taken, refused) == ([[package]], [[other]])


def test_choose_file_is_offered(shown, icons: Icons, qtbot: QtBot) -> None:
    zone = shown(DropZone(icons, "拖到这里，或"))
    with qtbot.waitSignal(zone.chooseRequested):
        qtbot.mouseClick(zone.findChild(QPushButton, "choose_file"), Qt.MouseButton.LeftButton)


def test_evidence_shows_its_files(shown, icons: Icons, qtbot: QtBot) -> None:
    zone = shown(EvidenceZone(icons))
    zone.set_files([("a", "验收单.pdf", 1_200_000), ("b", "照片.zip", 4_800_000)])
    with qtbot.waitSignal(zone.removed) as told:
        cross = zone.findChild(QWidget, "file_b").findChild(QToolButton, "remove_file")
        qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert told.args == ["b"]
    zone.set_files([("a", "验收单.pdf", 1_200_000)], removable=False)
    assert zone.findChild(QWidget, "file_a").findChild(QToolButton, "remove_file") is None


def test_sizes_are_written_for_people() -> None:
    assert [size_text(n) for n in (0, 200, 86_000, 1_200_000, 13_600_000_000)] == [
        "0 kB",
        "1 kB",
        "86 kB",
        "1.2 MB",
        "13.6 GB",
    ]


def test_file_row_says_its_state(shown, icons: Icons) -> None:
    row = shown(FileRow(icons, "季报.pdf", "给人看", 1_800_000))
    row.set_state("一致", "good")
    state = row.findChild(QLabel, "file_state")
    assert (state.text(), state.property("tone")) == ("一致", "good")


# lists


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


# matrix


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


# differences


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("9台", "7台"),
        ("", "新"),
        ("旧", ""),
        ("一样", "一样"),
        ("全部装了在线监测", "39个装了在线监测，另2个在装"),
    ],
)
def test_runs_give_both_texts_back(before: str, after: str) -> None:
    runs = diff_runs(before, after)
    assert "".join(run.text for run in runs if run.kind != "new") == before
    assert "".join(run.text for run in runs if run.kind != "gone") == after


def test_single_shared_letters_do_not_tear_a_change() -> None:
    assert diff_runs("在建工地全部装了监测", "在建工地39个装了监测") == (
        Run("same", "在建工地"),
        Run("gone", "全部"),
        Run("new", "39个"),
        Run("same", "装了监测"),
    )


# notices, layout


def test_banner_changes_words_and_colour_together(shown, icons: Icons, qtbot: QtBot) -> None:
    banner = shown(Banner(icons))
    banner.say("bad", "签名之后，文件被改动过", "没有收下。")
    pressed: list[int] = []
    action = banner.add_action("看详情", lambda: pressed.append(1), name="detail")
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    assert (banner.property("banner"), banner.title.text(), pressed) == ("bad", "签名之后，文件被改动过", [1])
    banner.say("good", "可以收下")
    assert not banner.text.isVisible()
    banner.clear_actions()
    assert not action.isVisible()


def test_empty_state_says_at_most_three_lines(shown, icons: Icons, qtbot: QtBot) -> None:
    pressed: list[int] = []
    empty = shown(
        EmptyState(icons, "inbox", "还没有任务", "拖到这里。", "选择文件", lambda: pressed.append(1))
    )
    qtbot.mouseClick(empty.findChild(QPushButton, "empty_action"), Qt.MouseButton.LeftButton)
    assert pressed == [1]
    empty.say("今天没有新的文件")
    assert not empty.text.isVisible()
    assert not empty.action.isVisible()


def test_bar_of_nothing_is_empty(shown) -> None:
    bar = shown(ThinBar())
    bar.set_share(0, 0)
    assert (bar.value(), bar.maximum()) == (0, 1)
    bar.set_share(18, 32)
    assert bar.accessibleName() == "18/32"


def test_job_bar_follows_and_goes_away(shown, runner: JobRunner) -> None:
    bar = shown(JobBar())
    errors: list[Exception] = []

    def work(progress) -> None:
        while True:
            progress("写入", 1, 2)

    bar.watch(runner.run(work, lambda result: None, errors.append))
    bar.findChild(QPushButton, "job_stop").click()
    assert runner.wait_idle()
    assert isinstance(errors[0], CancelledError)
    assert not bar.isVisible()


def test_flow_wraps_and_clears(shown, qtbot: QtBot) -> None:
    chips = [button(f"单位{n}", "small") for n in range(12)]
    holder = flow(*chips)
    shown(holder, 300)
    layout = holder.layout()
    assert isinstance(layout, FlowLayout)
    assert layout.heightForWidth(150) > layout.heightForWidth(300) > layout.heightForWidth(3000)
    assert all(chip.geometry().right() <= holder.width() for chip in chips)
    clear(layout)
    assert layout.count() == 0


def test_label_belongs_to_its_field(shown) -> None:
    field = NumberEdit()
    holder = shown(labelled("本季", field))
    assert field.accessibleName() == "本季"
    assert holder.findChild(QLabel).buddy() is field


# errors, preferences


def test_a_bug_is_shown_with_its_log(icons: Icons, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ErrorPresenter(icons, tmp_path / "lantian.log").dialog(KeyError("x"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert str(tmp_path / "lantian.log") in dialog.findChild(QLabel, "error_text").text()
    code = dialog.findChild(QLabel, "error_code")
    assert not code.isVisible()
    dialog.findChild(QPushButton, "error_detail").click()
    assert code.isVisible()
    assert "KeyError" in code.text()


def test_a_user_error_is_shown_in_its_sentence(
    icons: Icons, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Said:
        title, text, code = "U盘满了", "什么都还没写。", "disk_full"

    monkeypatch.setattr("desktop.views.errors.sentence_of", lambda error: Said())
    dialog = ErrorPresenter(icons, tmp_path / "log").dialog(RefusedError("disk_full"))
    qtbot.addWidget(dialog)
    assert dialog.findChild(QLabel, "dialog_title").text() == "U盘满了"
    assert dialog.findChild(QLabel, "error_code").text() == "disk_full"


def test_a_cancelled_job_shows_nothing(icons: Icons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    presenter = ErrorPresenter(icons, tmp_path / "log")
    monkeypatch.setattr(presenter, "dialog", lambda *given: pytest.fail("shown"))
    presenter(CancelledError())


def test_uncaught_bugs_are_shown(monkeypatch: pytest.MonkeyPatch, qtlog: object) -> None:
    import sys

    from PySide6.QtCore import qInstallMessageHandler

    shown: list[Exception] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    try:
        install_hooks(shown.append)
        error = ValueError("x")
        sys.excepthook(ValueError, error, None)
    finally:
        qInstallMessageHandler(None)
    assert shown == [error]


def test_preferences_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "用户" / "settings.ini"
    first = Preferences(path)
    first.scale = 1.15
    for name in ("甲", "乙", "甲"):
        first.remember_workspace(tmp_path / name)
    del first
    again = Preferences(path)
    assert again.scale == 1.15
    assert again.recent == (tmp_path / "甲", tmp_path / "乙")
    again.forget_workspace(tmp_path / "甲")
    assert again.recent == (tmp_path / "乙",)
    again.set_word("scale", "99")
    again.set_word("theme", "?")
    assert (again.scale, again.theme) == (1.0, "light")


def test_a_button_may_take_itself_away(shown, icons: Icons, qtbot: QtBot) -> None:
    banner = shown(Banner(icons))
    banner.add_action("知道了", banner.clear_actions, name="gone")
    qtbot.mouseClick(banner.findChild(QPushButton, "gone"), Qt.MouseButton.LeftButton)
    assert banner.findChild(QPushButton, "gone") is None
