"""The import page by hand: split, join, move, number, add, give back; text left out; steps back and forth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.plan import Duty, DutyRole, PlanDraft, SourceBlock
from desktop.services import drafting_gaps, opening, planning
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.pages.plan import PlanPage
from desktop.views.pages.plan_questions import GOALS
from desktop.views.pages.plan_scrolling import mapped
from tests.journeys.offices import CITY, OFFICE, REGION, draft
from tests.views.pages.on_page import press, seen
from tests.views.pages.test_plan import NOW, act, kept, picker, shown

TEXTS = (
    "关于印发方案的通知",
    "1.拆除小锅炉。年内拆完。\n不得新建。",
    "有关数据另行通报，请留意。（生态环境局牵头，各县区政府落实）",
    "2.清扫道路。机扫率达到八成。",
    "3.监测网络。补齐站点。",
    "各站点先行试用。",
)


def plan() -> PlanDraft:
    """Three measures of a document in which two stretches are in none."""
    first, second, third = draft().measures
    measures = (
        replace(first, content="年内拆完。\n不得新建。", source=(1, 1)),
        replace(second, content="机扫率达到八成。", source=(3, 3)),
        replace(third, content="补齐站点。", source=(4, 4)),
    )
    source = tuple(SourceBlock(at, text) for at, text in enumerate(TEXTS))
    made = replace(draft(), measures=measures, source=source)
    return drafting_gaps.with_gaps(planning.resolve(made, REGION))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opening.create_workspace(tmp_path / "市", CITY, REGION, "test", NOW)
    yield made
    made.close()


@pytest.fixture
def context(make_context: Callable[..., Context], store: Store) -> Context:
    errors: list[Exception] = []
    made = make_context(store=store, clock=lambda: NOW, show_error=errors.append)
    made.errors = errors
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, store: Store) -> PlanPage:
    planning.keep_draft(store, "", plan(), NOW)
    made = shown(qtbot, context)
    made.review.desk.select("m-001")
    return made


def titles(store: Store) -> list[str]:
    return [m.title for m in kept(store).measures]


def numbers(store: Store) -> list[tuple[str, int]]:
    return [(m.task_no, m.part) for m in kept(store).measures]


def card(page: PlanPage, text: str) -> QWidget:
    """The question that quotes this."""
    QApplication.processEvents()
    return next(c for c in page.review.problems._cards if text in c.problem.facts.get("text", ""))


def test_a_measure_is_split_where_the_cursor_stands(page: PlanPage, store: Store) -> None:
    press(page, "card_split")
    text = seen(page, QPlainTextEdit, "split_text")
    assert seen(page, QLineEdit, "split_title").text() == "不得新建"
    cursor = text.textCursor()
    cursor.setPosition(0)
    text.setTextCursor(cursor)
    cursor.setPosition(len("年内拆完。"))
    text.setTextCursor(cursor)
    seen(page, QLineEdit, "split_title").setText("禁止新建")
    press(page, "split_take")
    first, second = kept(store).measures[:2]
    assert (first.content, second.title, second.content) == ("年内拆完。", "禁止新建", "不得新建。")
    assert page.review.measures.list.keys == ["m-001", "m-004", "m-002", "m-003"]


def test_nothing_behind_the_cursor_cannot_be_split_off(page: PlanPage) -> None:
    press(page, "card_split")
    dialog = page.window().findChild(QWidget, "measure_splitter")
    dialog.choose(len("年内拆完。\n不得新建。"))
    assert not seen(page, QWidget, "split_take").isEnabled()
    assert "往前点" in seen(page, QLabel, "split_first").text()


def test_paragraphs_joins_and_moves_come_from_the_menu(page: PlanPage, store: Store) -> None:
    act(page, "split_paragraphs")
    assert titles(store) == ["拆除小锅炉", "不得新建", "清扫道路", "监测网络"]
    assert numbers(store)[:2] == [("1", 1), ("1", 2)]
    act(page, "join_below")
    assert kept(store).measures[0].content == "年内拆完。\n不得新建。"
    act(page, "down")
    assert titles(store) == ["清扫道路", "拆除小锅炉", "监测网络"]
    act(page, "up")
    page.review.desk.select("m-002")
    act(page, "join_above")
    assert titles(store) == ["拆除小锅炉", "监测网络"]
    assert page.review.desk.key == "m-001"


def test_the_menu_offers_only_what_can_be_done(page: PlanPage) -> None:
    def able() -> set[str]:
        menu = page.review.acts.menu(page)
        return {a.objectName() for a in menu.findChildren(QAction) if a.isEnabled() and a.objectName()}

    assert not {"act_up", "act_join_above"} & able() and "act_join_below" in able()
    page.review.desk.select("m-003")
    assert not {"act_down", "act_join_below", "act_split_paragraphs"} & able()
    page.review.desk.select(GOALS)
    assert able() == {"act_add", "act_add_target"}


def test_keys_move_join_and_change(qtbot: QtBot, page: PlanPage, store: Store) -> None:
    listed = page.review.measures.list
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitActive(page):
        page.activateWindow()
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Down, both)
    assert titles(store)[:2] == ["清扫道路", "拆除小锅炉"]
    qtbot.keyClick(listed, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(listed, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert titles(store) == ["拆除小锅炉", "监测网络"]
    qtbot.keyClick(listed, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(listed, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert titles(store) == ["拆除小锅炉", "监测网络"]
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert titles(store) == ["监测网络"]
    qtbot.keyClick(listed, Qt.Key.Key_F2)
    assert seen(page, QLineEdit, "measure_title").text() == "监测网络"


def test_a_line_is_dropped_before_another(page: PlanPage, store: Store) -> None:
    listed = page.review.measures.list
    listed.dropped.emit("m-003", "m-001")
    assert titles(store) == ["监测网络", "拆除小锅炉", "清扫道路"]
    assert page.review.desk.key == "m-003"
    listed.dropped.emit("m-003", "")
    assert titles(store)[-1] == "监测网络"


def test_a_drop_goes_to_the_gap_under_the_mouse(page: PlanPage, store: Store, qtbot: QtBot) -> None:
    listed = page.review.measures.list
    top, bottom = listed.place_of("m-003")
    data = QMimeData()
    data.setData("application/x-lantian-measure", b"m-001")
    spot = QPointF(20, (top + bottom) / 2 + 8 - listed.verticalOffset())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(spot, Qt.DropAction.MoveAction, data, buttons, keys, QEvent.Type.Drop)
    listed.dropEvent(event)
    qtbot.waitUntil(lambda: titles(store)[-1] == "拆除小锅炉")
    assert listed._row_under(QPoint(5, 2)) == 1, "never above the overall targets"


def test_number_part_and_section_are_written_by_hand(page: PlanPage, store: Store) -> None:
    press(page, "card_edit")
    seen(page, QLineEdit, "measure_number").setText("2")
    seen(page, QSpinBox, "measure_part").setValue(2)
    seen(page, QLineEdit, "measure_section").setText("第二节")
    press(page, "measure_save")
    assert [(m.key, m.task_no, m.part) for m in kept(store).measures] == [
        ("m-002", "2", 1),
        ("m-001", "2", 2),
        ("m-003", "3", 1),
    ]
    assert kept(store).measures[1].section == "第二节"
    assert (kept(store).targets[0].task_no, kept(store).targets[0].part) == ("2", 2)


def test_text_left_out_is_marked_listed_and_taken_in_as_a_measure(page: PlanPage, store: Store) -> None:
    assert page.review.source.text.runs_left() == [(2, 2), (5, 5)]
    question = card(page, "有关数据")
    assert question.findChild(QLabel, "problem_place").text() == "第1条后面"
    press(question, "take_problem")
    assert seen(page, QLineEdit, "measure_title").text() == "有关数据另行通报"
    seen(page, QLineEdit, "measure_number").setText("1")
    press(page, "measure_save")
    made = kept(store).measures[1]
    assert (made.task_no, made.part, made.source) == ("1", 2, (2, 2))
    assert made.names(DutyRole.LEAD) == ("生态环境局",) and made.implementers
    assert page.review.source.text.runs_left() == [(5, 5)]
    assert page.review.desk.key == made.key


def test_text_left_out_goes_into_the_measure_before_it(page: PlanPage, store: Store) -> None:
    press(card(page, "各站点"), "join_problem")
    QApplication.processEvents()
    assert kept(store).measures[2].content == "补齐站点。\n各站点先行试用。"
    assert page.review.desk.key == "m-003"
    assert page.review.source.text.runs_left() == [(2, 2)]


def test_text_left_out_that_is_none_of_it_is_asked_about_once(page: PlanPage, store: Store) -> None:
    press(card(page, "各站点"), "keep_problem")
    QApplication.processEvents()
    assert [p.settled for p in kept(store).problems if "各站点" in p.facts.get("text", "")] == [True]
    assert (5, 5) in page.review.source.text.runs_left(), "it stays marked in the document"


def test_a_measure_that_is_none_becomes_text_again(page: PlanPage, store: Store) -> None:
    page.review.desk.select("m-002")
    act(page, "release")
    assert titles(store) == ["拆除小锅炉", "监测网络"]
    assert card(page, "清扫道路") is not None
    assert page.review.source.text.runs_left() == [(2, 3), (5, 5)]
    page.review.desk.undo()
    assert kept(store) == plan()


def test_marked_words_of_the_document_become_a_measure(page: PlanPage, store: Store) -> None:
    text = page.review.source.text
    text.mark(5, 5)
    press(page, "source_take")
    seen(page, QLineEdit, "measure_number").setText("4")
    press(page, "measure_save")
    last = kept(store).measures[-1]
    assert (last.task_no, last.source, last.key) == ("4", (5, 5), "m-004")
    text.mark(0, 0)
    page.review.desk.select("m-002")
    text.mark(0, 0)
    press(page, "source_join")
    assert kept(store).measures[1].content.endswith("关于印发方案的通知")


def test_front_matter_is_grey_and_overall_targets_can_be_written(page: PlanPage, store: Store) -> None:
    grey = page.review.measures._context.theme.colour("text3")
    block = page.review.source.text.document().findBlockByNumber(0)
    assert block.begin().fragment().charFormat().foreground().color() == grey
    page.review.desk.select(GOALS)
    press(page, "goals_add")
    seen(page, QLineEdit, "target_indicator").setText("PM2.5平均浓度")
    seen(page, QLineEdit, "target_value").setText("35")
    seen(page, QLineEdit, "target_unit").setText("微克/立方米")
    press(page, "target_save")
    target = kept(store).targets[-1]
    assert (target.indicator, target.value, target.measure_key) == ("PM2.5平均浓度", Decimal(35), "")
    assert page.review.measures.list.rows[0] == GOALS


def test_steps_survive_leaving_the_page_and_coming_back(page: PlanPage, store: Store) -> None:
    act(page, "split_paragraphs")
    act(page, "down")
    page.leave()
    page.hide()
    page.show()
    page.refresh()
    page.review.desk.undo()
    page.review.desk.undo()
    assert kept(store) == plan()
    page.review.desk.redo()
    page.review.desk.redo()
    assert not page.review.desk.can_redo
    assert titles(store) == ["不得新建", "拆除小锅炉", "清扫道路", "监测网络"]


def test_a_wrong_unit_taken_back_is_no_alias_any_more(qtbot: QtBot, context: Context, store: Store) -> None:
    first = replace(plan().measures[0], duties=(Duty(DutyRole.LEAD, "神秘单位"),))
    doubtful = planning.resolve(plan().with_measure(first), REGION)
    planning.keep_draft(store, "", doubtful, NOW)
    page = shown(qtbot, context)
    press(seen(page, QWidget, "problem_unknown_unit"), "take_problem")
    qtbot.waitUntil(lambda: bool(page.window().findChildren(QWidget, "unit_picker")))
    picker(page.window()).choose([OFFICE.code])
    press(picker(page.window()), "picker_take")
    assert "神秘单位" in store.units.region().find(OFFICE.code).aliases
    page.review.desk.undo()
    assert store.units.region() == REGION
    assert kept(store) == doubtful
    assert [c.problem.facts["name"] for c in page.review.problems._cards if c.problem.code == "unknown_unit"]
    page.review.desk.redo()
    assert kept(store).measures[0].codes(DutyRole.LEAD) == (OFFICE.code,)
    assert "神秘单位" in store.units.region().find(OFFICE.code).aliases


def test_one_name_in_many_measures_is_asked_about_once(qtbot: QtBot, context: Context, store: Store) -> None:
    strange = Duty(DutyRole.SUPPORT, "神秘单位")
    measures = tuple(replace(m, duties=(*m.duties, strange)) for m in plan().measures)
    planning.keep_draft(store, "", planning.resolve(replace(plan(), measures=measures), REGION), NOW)
    page = shown(qtbot, context)
    cards = [c for c in page.review.problems._cards if c.problem.code == "unknown_unit"]
    assert [c.findChild(QLabel, "problem_place").text() for c in cards] == ["第1条等3条"]
    press(cards[0], "keep_problem")
    QApplication.processEvents()
    assert not [p for p in page.review.desk.open_problems if p.code == "unknown_unit"]


def test_f8_goes_from_question_to_question(page: PlanPage) -> None:
    problems = page.review.problems
    before = [card.problem for card in problems._cards]
    problems.step(1)
    seen_ones = [card.problem for card in problems._cards if card.current]
    problems.step(1)
    assert seen_ones != [card.problem for card in problems._cards if card.current]
    assert [card.problem for card in problems._cards] == before


def test_a_long_plan_makes_no_widget_per_line(qtbot: QtBot, context: Context, store: Store) -> None:
    def parts(count: int) -> int:
        first = plan().measures[0]
        many = tuple(replace(first, key=f"m-{n:03d}", task_no=str(n)) for n in range(1, count + 1))
        drafts = store.plans.drafts()
        draft_id = drafts[0].id if drafts else ""
        doubts = planning.resolve(replace(draft(), measures=many, problems=()), REGION)
        planning.keep_draft(store, draft_id, doubts, NOW)
        page = shown(qtbot, context)
        page.review.desk.select("m-001")
        QApplication.processEvents()
        return len(page.review.measures.list.findChildren(QWidget))

    assert parts(300) == parts(3)


# Scrolling together


def test_places_between_anchors_are_straight_and_backward_anchors_are_passed_over() -> None:
    pairs = [(0.0, 0.0), (100.0, 10.0), (150.0, 5.0), (200.0, 20.0)]
    assert mapped(50, pairs) == 5
    assert mapped(150, pairs) == 15
    assert mapped(-5, pairs) == 0 and mapped(999, pairs) == 20


@pytest.fixture
def long(qtbot: QtBot, context: Context, store: Store) -> PlanPage:
    """Sixty measures, each with five lines of text."""
    first = plan().measures[0]
    measures = tuple(
        replace(first, key=f"m-{n:03d}", task_no=str(n), title=f"第{n}件事", content="", source=(n, n))
        for n in range(1, 61)
    )
    text = "这件事要分几步办好，各单位按时报送。" * 6
    source = (SourceBlock(0, "题目"), *(SourceBlock(n, f"{n}.第{n}件事。{text}") for n in range(1, 61)))
    made = replace(draft(), measures=measures, targets=(), source=source)
    planning.keep_draft(store, "", planning.resolve(made, REGION), NOW)
    page = shown(qtbot, context)
    page.resize(1290, 420)
    QApplication.processEvents()
    return page


def test_both_panes_scroll_together_and_neither_pushes_back(long: PlanPage) -> None:
    source, listed = long.review.source.text, long.review.measures.list
    here, there = source.verticalScrollBar(), listed.verticalScrollBar()
    there.setValue(there.maximum())
    assert here.value() == here.maximum()
    here.setValue(0)
    assert there.value() == 0
    for share in (0.2, 0.5, 0.8):
        value = round(here.maximum() * share)
        here.setValue(value)
        QApplication.processEvents()
        assert here.value() == value, "who leads is not led"
        middle = value + source.viewport().height() * share
        number = next(n for n in range(60, 0, -1) if source.place_of(n, n)[0] <= middle)
        top, bottom = listed.place_of(f"m-{number:03d}")
        assert there.value() - 40 <= top and bottom <= there.value() + listed.viewport().height() + 40


def test_small_steps_never_jump(long: PlanPage) -> None:
    source, listed = long.review.source.text, long.review.measures.list
    long.review.desk.select("m-030")
    QApplication.processEvents()
    here, there = source.verticalScrollBar(), listed.verticalScrollBar()
    steps = []
    for _ in range(30):
        before = here.value()
        there.setValue(there.value() + 10)
        steps.append(abs(here.value() - before))
    assert max(steps) < source.viewport().height() / 2
    assert any(steps)


def test_choosing_in_one_pane_shows_the_place_in_the_other(long: PlanPage, qtbot: QtBot) -> None:
    source, listed = long.review.source.text, long.review.measures.list

    def both_show(number: int) -> bool:
        top, _ = source.place_of(number, number)
        row, _ = listed.place_of(f"m-{number:03d}")
        in_source = 0 <= top - source.verticalScrollBar().value() <= source.viewport().height()
        return in_source and 0 <= row - listed.verticalOffset() <= listed.viewport().height()

    for number in (50, 3, 33):
        source.pressed.emit(number)
        qtbot.waitUntil(lambda number=number: both_show(number))
        assert long.review.desk.key == f"m-{number:03d}"
    long.review.desk.select("m-010")
    qtbot.waitUntil(lambda: both_show(10))
