"""方案: reading, putting right, importing; every edit is kept and can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.plan import Duty, DutyRole, PlanDraft, PlanProblem, Severity, SourceBlock
from desktop.domain.progress import Progress
from desktop.domain.targets import Accumulation, Comparator, Target
from desktop.services import opening, planning
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.pages.plan import PlanPage
from tests.conftest import ROOT
from tests.journeys.offices import CITY, COUNTY, OFFICE, PARK, REGION, draft
from tests.views.pages.office_context import settle
from tests.views.pages.on_page import press, seen

NOW = datetime(2025, 1, 6, 10, 18).astimezone()


def doubtful_draft() -> PlanDraft:
    """The small plan with one doubt of each kind that has an answer of its own."""
    first, second, third = draft().measures
    first = replace(first, duties=(*first.duties, Duty(DutyRole.SUPPORT, "神秘单位")), source=(0, 0))
    second = replace(second, duties=(Duty(DutyRole.IMPLEMENT, "各园区管季会"),), source=(1, 2))
    third = replace(third, source=(3, 3))
    blank = Target("t-002", "2", 1, "机扫率", Comparator.AT_LEAST, None, "%", "2025年底", measure_key="m-002")
    problems = (
        PlanProblem(
            "blank_figure",
            Severity.ERROR,
            "2",
            1,
            {"indicator": "机扫率", "text": "机扫率达到（ ）%"},
            measure_key="m-002",
        ),
        PlanProblem("no_implementer", Severity.WARNING, "3", 1, {"title": "监测网络"}, measure_key="m-003"),
        PlanProblem("duplicate_number", Severity.HINT, "3", 1, {"number": "3"}, measure_key="m-003"),
    )
    texts = ("1 拆除小锅炉 神秘单位", "2 清扫道路", "机扫率达到（ ）%。各园区管季会落实", "3 监测网络")
    source = tuple(SourceBlock(at, text) for at, text in enumerate(texts))
    return planning.resolve(
        replace(
            draft(),
            measures=(first, second, third),
            targets=(*draft().targets, blank),
            problems=problems,
            source=source,
        ),
        REGION,
    )


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


def shown(qtbot: QtBot, context: Context) -> PlanPage:
    page = PlanPage(context)
    qtbot.addWidget(page)
    page.resize(1290, 600)
    page.show()
    page.refresh()
    return page


@pytest.fixture
def page(qtbot: QtBot, context: Context, store: Store) -> PlanPage:
    """The page with the doubtful draft."""
    planning.keep_draft(store, "", doubtful_draft(), NOW)
    return shown(qtbot, context)


def kept(store: Store) -> PlanDraft:
    found = store.plans.draft(store.plans.drafts()[0].id)
    assert found is not None
    return found


def answer(qtbot: QtBot, page: PlanPage, problem: str, name: str) -> None:
    """Press a button of the first card of a problem, and wait until it has an effect."""

    def state() -> tuple[int, int]:
        return len(page.review.desk.open_problems), len(page.findChildren(UnitPicker))

    before = state()
    press(seen(page, QWidget, f"problem_{problem}"), name)
    qtbot.waitUntil(lambda: state() != before)


def act(page: PlanPage, name: str) -> None:
    """What the menu of the selected measure offers under this name, chosen in it."""
    menu = page.review.acts.menu(page)
    menu.findChild(QAction, f"act_{name}").trigger()
    QApplication.processEvents()


def picker(page: QWidget) -> UnitPicker:
    found = next(w for w in page.findChildren(UnitPicker) if w.isVisible())
    assert isinstance(found, UnitPicker)
    return found


def heading(page: PlanPage) -> str:
    return seen(page, QLabel, "problems_head").text()


def test_without_a_plan_the_page_asks_for_a_file_and_warns_of_secrets(qtbot: QtBot, context: Context) -> None:
    page = shown(qtbot, context)
    assert seen(page, QLabel, "empty_title").text() == "还没有方案"
    assert "不得处理涉密信息" in seen(page, QLabel, "no_secrets").text()
    assert context.steps.current == 0


def test_reading_keeps_the_draft_at_once(qtbot: QtBot, context: Context, store: Store) -> None:
    page = shown(qtbot, context)
    context.files.files = (ROOT / "resources" / "sample" / "plan_table.docx",)
    press(page, "choose_plan")
    settle(context)
    assert len(kept(store).measures) == 18
    assert seen(page, QLabel, "recognised").text() == "认出16项任务，18条措施"
    assert context.steps.current == 1
    again = shown(qtbot, context)
    assert again.findChild(QLabel, "recognised").text() == "认出16项任务，18条措施"


def test_a_file_that_cannot_be_read_is_said_in_place(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path
) -> None:
    page = shown(qtbot, context)
    wrong = tmp_path / "旧文件.doc"
    wrong.write_bytes(b"\xd0\xcf\x11\xe0")
    page.read(wrong)
    settle(context)
    banner = seen(page, QWidget, "plan_banner")
    assert banner.isVisible() and "旧文件.doc" in banner.accessibleName()
    assert store.plans.drafts() == ()
    assert page.drop.zone.isEnabled()


class SlowReader:
    """Stands in for the reader: goes on until it is let go, and asks for leave only then."""

    def __init__(self, draft: PlanDraft) -> None:
        self.draft, self.begun, self.go_on, self.asks = draft, threading.Event(), threading.Event(), True

    def __call__(self, path: Path, regions: object, progress: Progress) -> PlanDraft:
        progress("reading", 120, 300)
        self.begun.set()
        assert self.go_on.wait(20)
        if self.asks:
            progress("recognising", 1, 3)
        return self.draft


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowReader]:
    reader = SlowReader(draft())
    monkeypatch.setattr(planning, "read_document", reader)
    yield reader
    reader.go_on.set()


@pytest.mark.parametrize("asks", [True, False])
def test_reading_is_cancelled_at_once_and_leaves_nothing(
    qtbot: QtBot, context: Context, store: Store, slow: SlowReader, asks: bool
) -> None:
    slow.asks = asks
    page = shown(qtbot, context)
    page.read(Path("方案.docx"))
    qtbot.waitUntil(slow.begun.is_set)
    assert not page.drop.zone.isEnabled()
    page.findChild(QAbstractButton, "job_stop").click()
    # The reader is still busy; the page is not.
    assert not slow.go_on.is_set()
    assert "什么都没有写" in seen(page, QWidget, "plan_banner").accessibleName()
    assert page.drop.zone.isEnabled()
    slow.go_on.set()
    settle(context)
    assert store.plans.drafts() == ()
    assert seen(page, QLabel, "empty_title").isVisible()
    assert context.errors == []


def test_progress_is_told_in_words_and_counts_and_another_file_may_follow(
    qtbot: QtBot, context: Context, store: Store, slow: SlowReader
) -> None:
    page = shown(qtbot, context)
    page.read(Path("方案.docx"))
    step = page.findChild(QLabel, "job_step")
    assert step.text() == "正在打开“方案.docx”"
    qtbot.waitUntil(lambda: step.text() == "正在读文件，120/300")
    stop = page.findChild(QAbstractButton, "job_stop")
    assert stop.text() == "取消"
    stop.click()
    page.read(Path("另一份.docx"))
    assert step.text() == "正在打开“另一份.docx”"
    assert stop.isEnabled() and stop.text() == "取消"
    slow.go_on.set()
    settle(context)
    assert len(kept(store).measures) == 3


def test_names_broken_by_a_narrow_column_are_known(qtbot: QtBot, context: Context, store: Store) -> None:
    head = SourceBlock(0, "", ("编号", "任务", "牵头单位", "落实单位"))
    row = SourceBlock(1, "", ("1", "拆除小锅炉", "生态\n环境局", "各县区\n政府\n各园区管委会"))
    made = replace(draft(), source=(head, row), measures=(replace(draft().measures[0], source=(1, 1)),))
    planning.keep_draft(store, "", planning.resolve(made, REGION), NOW)
    page = shown(qtbot, context)
    text = page.review.source.text.toPlainText()
    assert "牵头单位：生态环境局" in text
    assert "落实单位：各县区政府　各园区管委会" in text


def test_one_selection_drives_all_panes(qtbot: QtBot, page: PlanPage) -> None:
    page.review.desk.select("m-002")
    assert seen(page, QLabel, "card_title").text() == "清扫道路"
    page.review.source.text.pressed.emit(3)
    assert page.review.desk.key == "m-003"
    card = next(c for c in page.review.problems._cards if c.problem.code == "blank_figure")
    card.pressed.emit()
    assert page.review.desk.key == "m-002"
    qtbot.keyClick(page.review.measures.list, Qt.Key.Key_Home)
    assert page.review.desk.key == "m-001"


def test_a_far_measure_is_brought_into_sight(qtbot: QtBot, context: Context, store: Store) -> None:
    first = draft().measures[0]
    many = tuple(replace(first, key=f"m-{n:03d}", task_no=str(n)) for n in range(1, 41))
    planning.keep_draft(store, "", planning.resolve(replace(draft(), measures=many), REGION), NOW)
    page = shown(qtbot, context)
    page.resize(1290, 400)
    area = page.review.measures.list
    for key in ("m-030", "m-002", "m-040"):
        page.review.desk.select(key)
        qtbot.waitUntil(lambda: not area.card.findChild(QLabel, "card_title").visibleRegion().isEmpty())


def test_source_text_above_the_selection_keeps_its_height(page: PlanPage) -> None:
    text = page.review.source.text
    layout = text.document().documentLayout()
    for key in ("m-003", "m-001", "m-003"):
        page.review.desk.select(key)
        QApplication.processEvents()
        heights = [layout.blockBoundingRect(text.document().findBlockByNumber(n)).height() for n in range(4)]
        assert min(heights) > 10


def test_source_marks_what_is_known_and_what_is_doubtful(page: PlanPage) -> None:
    block = page.review.source.text.document().findBlockByNumber(2)
    pieces = {}
    at = block.begin()
    while not at.atEnd():
        form = at.fragment().charFormat()
        pieces[at.fragment().text()] = (
            form.fontUnderline(),
            form.background().style() != Qt.BrushStyle.NoBrush,
        )
        at += 1
    assert pieces["机扫率达到（ ）%"] == (True, True)
    assert pieces["各园区管季会"] == (True, True)
    assert pieces["落实"] == (False, False)


def test_proposals_are_taken_together_and_ctrl_z_takes_that_back(
    qtbot: QtBot, page: PlanPage, store: Store
) -> None:
    before = kept(store)
    assert heading(page) == "要您看的7处"
    press(page, "take_all")
    assert kept(store).measures[1].names(DutyRole.IMPLEMENT) == ("各园区管委会",)
    assert heading(page) == "要您看的4处"
    assert seen(page, QLabel, "settled_count").text() == "已处理3处"
    press(page, "undo")
    assert kept(store) == before
    assert heading(page) == "要您看的7处"
    assert not page.review.desk.can_undo


def test_a_blank_figure_is_filled_from_its_card(qtbot: QtBot, page: PlanPage, store: Store) -> None:
    seen(page, QLineEdit, "blank_value").setText("７８.5")
    answer(qtbot, page, "blank_figure", "take_problem")
    assert kept(store).targets[1].value == Decimal("78.5")
    assert "blank_figure" not in {p.code for p in page.review.desk.open_problems}


def test_an_unknown_unit_is_remembered_under_its_new_name(qtbot: QtBot, page: PlanPage, store: Store) -> None:
    answer(qtbot, page, "unknown_unit", "take_problem")
    picker(page).choose([OFFICE.code])
    press(picker(page), "picker_take")
    assert "神秘单位" in store.units.region().find(OFFICE.code).aliases
    assert kept(store).measures[0].codes(DutyRole.SUPPORT) == (OFFICE.code,)


def test_a_missing_unit_can_be_added_from_the_picker(qtbot: QtBot, page: PlanPage, store: Store) -> None:
    answer(qtbot, page, "unknown_unit", "take_problem")
    press(picker(page), "picker_new_unit")
    seen(page, QLineEdit, "new_unit_name").setText("云河市神秘局")
    press(page, "new_unit_add")
    press(picker(page), "picker_take")
    (added,) = [u for u in store.units.region().units if u.name == "云河市神秘局"]
    assert added.aliases == ("神秘单位",)
    assert kept(store).measures[0].codes(DutyRole.SUPPORT) == (added.code,)


def test_a_measure_without_implementer_may_go_to_a_department(
    qtbot: QtBot, page: PlanPage, store: Store
) -> None:
    answer(qtbot, page, "no_implementer", "take_problem")
    picker(page).choose([OFFICE.code, COUNTY.code])
    press(picker(page), "picker_take")
    assert set(kept(store).measures[2].implementers) == {OFFICE.code, COUNTY.code}
    assert "no_implementer" not in {p.code for p in page.review.desk.open_problems}


def test_units_are_added_and_taken_away_as_chips(qtbot: QtBot, page: PlanPage, store: Store) -> None:
    page.review.desk.select("m-003")
    press(page, "duty_lead_生态环境局")
    assert kept(store).measures[2].names(DutyRole.LEAD) == ()
    press(page, "add_lead")
    picker(page).choose([OFFICE.code])
    press(picker(page), "picker_take")
    assert kept(store).measures[2].codes(DutyRole.LEAD) == (OFFICE.code,)


def test_words_and_targets_are_put_right_by_hand(page: PlanPage, store: Store) -> None:
    page.review.desk.select("m-001")
    press(page, "card_edit")
    seen(page, QLineEdit, "measure_title").setText("拆除燃煤小锅炉")
    seen(page, QPlainTextEdit, "measure_content").setPlainText("年内拆完。")
    press(page, "measure_save")
    assert (kept(store).measures[0].title, kept(store).measures[0].content) == (
        "拆除燃煤小锅炉",
        "年内拆完。",
    )
    press(page, "target_edit_t-001")
    seen(page, QLineEdit, "target_value").setText("15")
    choice = seen(page, QComboBox, "target_accumulation")
    choice.setCurrentIndex(choice.findData(Accumulation.YEAR_TO_DATE.value))
    press(page, "target_save")
    target = kept(store).targets[0]
    assert (target.value, target.accumulation) == (Decimal(15), Accumulation.YEAR_TO_DATE)
    act(page, "remove")
    assert [m.key for m in kept(store).measures] == ["m-002", "m-003"]


def test_filters_show_what_is_doubtful_and_what_has_figures(page: PlanPage) -> None:
    press(page, "chip_targets")
    assert page.review.measures.list.keys == ["m-001", "m-002"]
    press(page, "chip_doubtful")
    assert page.review.measures.list.keys == ["m-001", "m-002", "m-003"]
    assert seen(page, QAbstractButton, "chip_all").text() == "全部 3"


def test_import_asks_for_the_title_once_and_goes_on_to_assign(
    page: PlanPage, store: Store, context: Context
) -> None:
    went: list[str] = []
    context.signals.navigated.connect(lambda place, target: went.append(place))
    button = seen(page, QAbstractButton, "publish")
    assert button.text() == "导入3条措施" and button.isEnabled()
    button.click()
    assert "还有7处没有看" in seen(page, QLabel, "publish_text").text()
    seen(page, QLineEdit, "plan_title").setText("云河市蓝天行动方案（2025年）")
    press(page, "publish_confirm")
    plan = store.plans.get(context.plan_id)
    assert (plan.version, plan.title, len(plan.measures)) == (1, "云河市蓝天行动方案（2025年）", 3)
    assert store.plans.drafts() == ()
    assert went == ["assign"]


def test_another_file_is_asked_for_before_the_draft_is_dropped(
    page: PlanPage, store: Store, context: Context
) -> None:
    context.ask.answer = False
    press(page, "other_file")
    assert len(store.plans.drafts()) == 1
    context.ask.answer = True
    press(page, "other_file")
    assert store.plans.drafts() == ()
    assert seen(page, QLabel, "empty_title").isVisible()


def test_a_published_plan_is_shown_to_read_with_the_way_to_a_new_one(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    plan = planning.publish(store, planning.keep_draft(store, "", doubtful_draft(), NOW), "test", NOW)
    context.plan_id = plan.id
    page = shown(qtbot, context)
    assert seen(page, QLabel, "published_caption").text() == "第1版 · 3项任务，3条措施，2个指标"
    page.open_target("m-002")
    assert seen(page, QLabel, "published_measure").text() == "清扫道路"
    press(page, "import_new")
    assert seen(page, QLabel, "empty_title").text() == "导入新方案"
    press(page, "import_back")
    assert seen(page, QLabel, "published_title").isVisible()
    assert PARK.code in plan.measures[0].implementers
