"""得分和对比: one unit marked in all pictures, the way to the entry that is behind, and the picture on disk."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.contrast import Course, Courses, Heat
from desktop.domain.quarter import Quarter
from desktop.domain.report import ProgressStatus
from desktop.domain.scoring import USUAL_SCORING, Conduct, ranking_of
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.pages import desk_contrast_words as words
from desktop.views.pages.desk import DeskPage
from desktop.views.theme import Theme
from desktop.views.widgets.heat_view import HeatView, two_lines
from tests.conftest import SAMPLE_NOW as NOW
from tests.views.pages.office_context import in_dialog

THIS = Quarter.of(NOW.date()).previous
READY, WAITING, MISSING, RETURNED = "999002", "999081", "999021", "999000-P2"
NAMES = {"a": "甲县", "b": "乙县", "c": "丙县", "d": "丁县"}


@pytest.fixture
def city(sample_city: Store) -> Store:
    return sample_city


@pytest.fixture
def desk(qtbot: QtBot, make_context: Callable[..., Context], city: Store) -> DeskPage:
    plan = city.plans.all()[0].id
    page = DeskPage(make_context(store=city, plan_id=plan, quarter=THIS, clock=lambda: NOW))
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.refresh()
    page.show()
    page.findChild(QAbstractButton, "tab_contrast").click()
    qtbot.waitUntil(lambda: page.contrast.scores.model().rowCount() == 5, timeout=20_000)
    return page


def said(page: DeskPage, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_a_unit_is_marked_in_all_pictures(qtbot: QtBot, desk: DeskPage) -> None:
    pane = desk.contrast
    assert said(desk, "scores_said").endswith(words.ABOUT)
    pane.scores.setFocus()
    qtbot.keyClick(pane.scores, Qt.Key.Key_Home)
    first = pane.scores.key
    qtbot.keyClick(pane.scores, Qt.Key.Key_Down)
    assert pane.scores.key != first and pane.courses._current == pane.scores.key
    cell = pane.courses._cell([line.key for line in pane.courses._lines].index(MISSING))
    qtbot.mouseClick(pane.courses, Qt.MouseButton.LeftButton, pos=cell.center())
    assert pane.scores.key == pane.courses._current == MISSING


def test_who_sent_nothing_has_no_place_and_no_nought(desk: DeskPage) -> None:
    model = desk.contrast.scores.model()
    lines = {
        line.key: line for line in (model.index(n, 0).data(Qt.ItemDataRole.UserRole + 1) for n in range(5))
    }
    assert (lines[MISSING].place, lines[MISSING].points) == ("—", "")
    assert lines[MISSING].words == "还没报来，不排名"
    assert lines[WAITING].words == "等您定，还不排名"
    assert lines[RETURNED].words == "已退回，还不排名"
    assert lines[READY].place == "1" and lines[READY].words == ""


def test_enter_on_the_heat_goes_to_the_first_entry_that_is_behind(qtbot: QtBot, desk: DeskPage) -> None:
    view = desk.contrast.heat
    row, column = next(
        (r, c)
        for r, line in enumerate(view.lines.heat.rows)
        for c, count in enumerate(line.counts)
        if count and count > 0
    )
    view.setCurrentIndex(view.lines.index(row, column + 1))
    code = view.lines.heat.units[column]
    assert desk.contrast.scores.key == code
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert desk.findChild(QAbstractButton, "tab_units").isChecked()
    measure, unit = desk.matrix.view.cell
    assert unit == code and desk.matrix.chips.key == "behind"
    cell = desk.matrix.row_of(measure).cell(code)
    assert cell.entry.status is ProgressStatus.BEHIND


def test_an_empty_cell_of_the_heat_leads_nowhere(qtbot: QtBot, desk: DeskPage) -> None:
    view = desk.contrast.heat
    column = view.lines.heat.units.index(MISSING) + 1
    view.setCurrentIndex(view.lines.index(0, column))
    assert "还没报来" in view.lines.data(view.currentIndex(), Qt.ItemDataRole.ToolTipRole)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert desk.findChild(QAbstractButton, "tab_contrast").isChecked()


def test_the_picture_is_kept_and_a_bad_place_is_told(desk: DeskPage, tmp_path: Path) -> None:
    pane = desk.contrast
    pane._write_picture(tmp_path / "对比.png")
    assert not QImage(str(tmp_path / "对比.png")).isNull()
    assert pane.banner.title.text() == "图片存好了：对比.png"
    pane._write_picture(tmp_path / "没有这个文件夹" / "对比.png")
    assert "没有存下" in pane.banner.title.text() and "都没有变" in pane.banner.text.text()


def test_how_the_score_is_made_names_every_unit(qtbot: QtBot, desk: DeskPage) -> None:
    seen: list[str] = []

    def look(dialog: object) -> None:
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.accept()

    in_dialog("scores_dialog", look)
    desk.findChild(QAbstractButton, "score_rules").click()
    names = {line.short_name for line in desk._document.units}
    assert names <= set(seen) and any("满分10分" in text for text in seen)


def test_another_quarter_is_read_anew(qtbot: QtBot, desk: DeskPage) -> None:
    desk._context.quarter = THIS.previous
    desk.refresh()
    qtbot.waitUntil(
        lambda: said(desk, "courses_said") == "还没有可比的季度，下个季度起有走势。", timeout=20_000
    )


def test_scores_are_told_by_rules() -> None:
    full, late = Conduct(), Conduct(late_days=2, findings=1)
    every = ranking_of("abcd", dict.fromkeys("abcd", full), USUAL_SCORING)
    assert words.scores_said(every, NAMES) == "4家都是满分。"
    some = ranking_of("abcd", {"a": full, "b": late}, USUAL_SCORING)
    assert words.scores_said(some, NAMES) == "甲县满分，乙县扣了1.1分。"
    assert words.scores_said(ranking_of("abcd", {}, USUAL_SCORING), NAMES) == "还没有收下的季报，没有得分。"


def test_who_falls_is_named_once() -> None:
    def line(code: str, *values: int) -> Course:
        return Course(code, tuple(Decimal(value) for value in values))

    quarters = ("2025Q1", "2025Q2", "2025Q3")
    found = Courses(quarters, (line("a", 90, 80, 72), line("b", 70, 75, 80)), (Decimal(80),) * 3)
    assert words.courses_said(found, NAMES) == "甲县连降2季，到了72%；比上季上升的1家，下降的1家。"
    assert words.falling(found).unit_code == "a"
    rising = Courses(quarters, (line("b", 70, 75, 80),), (Decimal(80),) * 3)
    assert words.courses_said(rising, NAMES) == "比上季上升的1家，下降的0家。"
    assert words.heat_said(Heat(("a",), ()), NAMES) == "收下的季报里没有滞后的条目。"


def test_a_long_head_takes_two_lines_and_says_what_it_leaves_out() -> None:
    assert two_lines("利通区", 5) == "利通区"
    assert two_lines("青铜峡工业园区", 5) == "青铜峡工\n业园区"
    assert two_lines("某某高新技术产业开发区", 4) == "某某高新\n技术产…"


def test_heads_of_the_heat_have_the_width_that_their_words_are_broken_for(
    theme_app: object, theme: Theme, qtbot: QtBot
) -> None:
    made = HeatView(theme)
    qtbot.addWidget(made)
    codes = tuple(str(number) for number in range(10))
    made.show_heat(Heat(codes, ()), ["青铜峡市"] * 10)
    made.resize(740, 200)
    made.show()
    head, words = made.horizontalHeader(), QFontMetrics(theme.font("caption")).horizontalAdvance("青铜峡市")
    assert made.lines.headerData(1, Qt.Orientation.Horizontal) == "青铜峡市"
    assert words <= head.sectionSize(1)
    # A table's usual padding would take 22 more.
    assert head.sectionSizeFromContents(1).width() - words < 16
