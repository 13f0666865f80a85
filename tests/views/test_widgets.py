"""Buttons, chips, cards, files, notices: as a person meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import CancelledError
from desktop.domain.report import ProgressStatus
from desktop.jobs.runner import JobRunner
from desktop.views.icons import Icons
from desktop.views.models.diff import Run, beside, diff_runs, names_beside
from desktop.views.widgets.chip import Chip, ChipRow
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.file_chips import EvidenceZone
from desktop.views.widgets.file_drop import DropZone, FileRow, size_text
from desktop.views.widgets.inputs import (
    AutosaveEdit,
    NumberEdit,
    labelled,
)
from desktop.views.widgets.layout import FlowLayout, clear, column, flow
from desktop.views.widgets.notices import Banner, EmptyState, JobBar, ThinBar
from desktop.views.widgets.radio_card import RadioCard
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.status_picker import StatusPicker
from desktop.views.widgets.styling import button, icon_button


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


def test_the_ring_is_one_and_can_be_seen_on_every_ground(shown, icons: Icons, qtbot: QtBot) -> None:
    holder, plain, primary = QWidget(), button("查看"), button("下一条未填", "primary", shortcut="Ctrl+J")
    holder.setLayout(column(plain, primary))
    shown(holder)
    inside = plain.rect().adjusted(3, 3, -3, -3)
    primary.setFocus()
    qtbot.waitUntil(primary.hasFocus)
    light = icons.theme.colour("onAccent").rgb()
    assert primary.grab().toImage().pixel(primary.width() // 2, 2) == light
    at_rest = plain.grab(inside).toImage()
    qtbot.keyClick(primary, Qt.Key.Key_Backtab)
    assert plain.hasFocus()
    assert plain.grab(inside).toImage() == at_rest, "nothing but the border tells it"
    assert primary.grab().toImage().pixel(primary.width() // 2, 2) != light


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
    assert diff_runs("完成75%左右", "完成74%左右") == (
        Run("same", "完成"), Run("gone", "75"), Run("new", "74"), Run("same", "%左右"),
    )  # fmt: skip
    assert diff_runs("在建工地全部装了监测", "在建工地39个装了监测") == (
        Run("same", "在建工地"),
        Run("gone", "全部"),
        Run("new", "39个"),
        Run("same", "装了监测"),
    )


def test_what_was_divided_stands_beside_its_pieces_with_only_the_change_marked() -> None:
    left, right = beside(["淘汰35蒸吨锅炉。推进清洁取暖。"], ["淘汰65蒸吨锅炉。", "推进清洁取暖。"])
    assert left == (
        (Run("same", "淘汰"), Run("gone", "35"), Run("same", "蒸吨锅炉。"), Run("same", "推进清洁取暖。")),
    )
    assert right == (
        (Run("same", "淘汰"), Run("new", "65"), Run("same", "蒸吨锅炉。")),
        (Run("same", "推进清洁取暖。"),),
    )
    assert beside(["没有了"], []) == (((Run("gone", "没有了"),),), ())


def test_names_are_there_or_not_whatever_their_order() -> None:
    assert names_beside(["甲局", "乙局"], ["乙局", "丙局"]) == (
        (Run("gone", "甲局"), Run("same", "、"), Run("same", "乙局")),
        (Run("same", "乙局"), Run("same", "、"), Run("new", "丙局")),
    )


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


def test_a_button_may_take_itself_away(shown, icons: Icons, qtbot: QtBot) -> None:
    banner = shown(Banner(icons))
    banner.add_action("知道了", banner.clear_actions, name="gone")
    qtbot.mouseClick(banner.findChild(QPushButton, "gone"), Qt.MouseButton.LeftButton)
    assert banner.findChild(QPushButton, "gone") is None


def test_tab_comes_to_the_card_that_is_chosen(shown, icons: Icons, qtbot: QtBot) -> None:
    holder = QWidget()
    before, after = QPushButton("前"), QPushButton("后")
    cards = [RadioCard(icons, name) for name in ("市级", "县区", "园区")]
    holder.setLayout(column(before, *cards, after))
    cards[1].setChecked(True)
    window = shown(holder)
    for start, key in ((before, Qt.Key.Key_Tab), (after, Qt.Key.Key_Backtab)):
        start.setFocus()
        qtbot.waitUntil(start.hasFocus)
        qtbot.keyClick(window.window(), key)
        assert cards[1].hasFocus()
    qtbot.keyClick(cards[1], Qt.Key.Key_Backtab)
    assert before.hasFocus()


def test_tab_comes_to_the_status_that_is_chosen(shown, icons: Icons, qtbot: QtBot) -> None:
    picker, before = StatusPicker(icons), QPushButton("前")
    holder = QWidget()
    holder.setLayout(column(before, picker))
    shown(holder)
    for status, name in ((ProgressStatus.BEHIND, "behind"), (None, "completed")):
        picker.set_status(status)
        before.setFocus()
        qtbot.waitUntil(before.hasFocus)
        qtbot.keyClick(before, Qt.Key.Key_Tab)
        assert QApplication.focusWidget().objectName() == f"status_{name}"
        assert picker.status is status


def test_a_label_of_two_lines_fills_both_before_it_is_cut(shown) -> None:
    made = ElidedLabel("印发年度工作安排，把任务分解到责任股室和具体责任人。" * 3, lines=2)
    single = ElidedLabel("印发年度工作安排。")
    shown(made, 300)
    assert made.sizeHint().height() >= 2 * made.fontMetrics().height() > single.sizeHint().height()
    first, _, second = made._shown(280).partition("\n")
    assert made.text().startswith(first) and second.endswith("…")
    assert made.fontMetrics().horizontalAdvance(first) <= 280
    assert made.text()[len(first) :].startswith(second[:-1])
    made.grab()
    assert made.toolTip() == made.text()
    assert single._shown(280) == single.text()
    whole = ElidedLabel("印发年度工作安排，把任务分解到责任股室和具体责任人。", lines=2)
    shown(whole, 300).grab()
    assert whole.toolTip() == ""


def test_a_bar_in_the_margin_makes_nothing_narrower(shown, qtbot: QtBot) -> None:
    area, words = Scroll(), QLabel("一行")
    body = QWidget()
    body.setLayout(column(words, None, margins=(16, 8, 16, 8)))
    area.setWidget(body)
    area.stand_in_margin()
    shown(area)
    area.resize(300, 200)
    qtbot.waitUntil(lambda: words.width() == 268)
    words.setMinimumHeight(400)
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible() and words.width() == 268)
    words.setMinimumHeight(0)
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible() and words.width() == 268)
