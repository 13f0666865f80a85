"""比对: what a new version changes, the officer's word on it, and the version that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.changes import ChangeKind
from desktop.domain.plan import Plan, PlanDraft
from desktop.domain.report import Entry, ProgressStatus, Report
from desktop.services import amending, opening, planning
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.counterpart import CounterpartDialog
from desktop.views.pages.plan import PlanPage
from desktop.views.widgets.diff_label import DiffLabel
from desktop.views.widgets.row_list import RowList
from tests.journeys.offices import CITY, COUNTY, REGION, draft
from tests.views.pages.office_context import settle
from tests.views.pages.on_page import find, open_page, words

pytestmark = pytest.mark.usefixtures("no_qt_warnings")

NOW = datetime(2025, 4, 6, 10, 18).astimezone()
BOILERS = "年内拆除小锅炉12台，先拆城区的，再拆乡镇的，拆一台销号一台，现场留下照片。"
STREETS = "主要道路每天清扫两遍，货运通道夜间冲洗，机扫率逐季提高，扫不到的小巷由社区包干。"
NETWORK = "在工业园区下风向建设监测站，数据每小时上传，断线两小时内要有人到场检修。"
STRAW = "秋收以后村组干部分片看护田块，收割机加装粉碎装置，发现火点当场处置并通报。"
KITCHENS = "居民楼下的餐饮店安装油烟净化装置，每月清洗一次，夜市摊点搬进有烟道的场所。"


def first() -> PlanDraft:
    """Boilers, streets and network, each with words enough to be known again, and straw."""
    boilers, streets, network = draft().measures
    return replace(
        draft(),
        measures=(
            replace(boilers, content=BOILERS),
            replace(streets, content=STREETS),
            replace(network, content=NETWORK),
            replace(network, key="m-004", task_no="4", title="秸秆禁烧", content=STRAW),
        ),
    )


def second() -> PlanDraft:
    """Streets stand first, boilers are reworded and asked for more, straw is gone, kitchens are new."""
    boilers, streets, network, straw = first().measures
    target = replace(draft().targets[0], measure_key="m-002", value=draft().targets[0].value + 3)
    return replace(
        first(),
        measures=(
            replace(streets, key="m-001", task_no="1"),
            replace(boilers, key="m-002", task_no="2", content=BOILERS.replace("12台", "15台")),
            network,
            replace(straw, title="管好餐饮油烟", content=KITCHENS),
        ),
        targets=(target,),
        file_name="修订稿.docx",
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opening.create_workspace(tmp_path / "市", CITY, REGION, "test", NOW)
    yield made
    made.close()


@pytest.fixture
def plan(store: Store) -> Plan:
    """The first version, in force."""
    draft_id = planning.keep_draft(store, "", planning.resolve(first(), REGION), NOW)
    return planning.publish(store, draft_id, "test", NOW)


@pytest.fixture
def context(make_context: Callable[..., Context], store: Store, plan: Plan) -> Context:
    errors: list[Exception] = []
    made = make_context(store=store, clock=lambda: NOW, show_error=errors.append, plan_id=plan.id)
    made.errors = errors
    return made


@pytest.fixture
def make_page(qtbot: QtBot, context: Context, store: Store, plan: Plan) -> Callable[..., PlanPage]:
    def made(changed: PlanDraft | None = None) -> PlanPage:
        """The page on an amending draft, at its comparison."""
        new = planning.resolve(changed or second(), REGION)
        planning.keep_draft(store, "", amending.compare_with(store, new, plan.id), NOW)
        page = open_page(qtbot, PlanPage(context))
        page.review.compareAsked.emit()
        return page

    return made


def press(page: QWidget, name: str) -> None:
    QApplication.processEvents()
    made = find(page, name, QAbstractButton)
    assert made.isVisible() and made.isEnabled(), name
    made.click()


def rows(page: PlanPage) -> RowList:
    return page.changes.list.rows


def kinds(page: PlanPage) -> list[ChangeKind]:
    return [change.kind for change in page.changes._changes]


def show(page: PlanPage, kind: ChangeKind) -> None:
    rows(page).choose(next(c.key for c in page.changes._changes if c.kind is kind))


def confirm_all(page: PlanPage, qtbot: QtBot) -> None:
    rows(page).setFocus()
    while any(change.open for change in page.changes._changes):
        qtbot.keyClick(rows(page), Qt.Key.Key_Return)


def kept(store: Store) -> PlanDraft:
    found = store.plans.draft(store.plans.drafts()[0].id)
    assert found is not None
    return found


def test_a_new_version_is_read_compared_and_checked_first(
    qtbot: QtBot, context: Context, store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = PlanPage(context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    press(page.published, "import_version")
    assert words(page.drop, "empty_title") == "导入新版本" and plan.title in words(page.drop, "empty_text")
    assert [step.text for step in context.steps.steps] == ["选文件", "核对", "比对", "分派", "下发"]
    monkeypatch.setattr(planning, "read_document", lambda *_: second())
    page.read(tmp_path / "修订稿.docx")
    settle(context)
    draft_ = kept(store)
    assert draft_.amends == plan.id and draft_.amends_version == 1 and draft_.matches
    assert page.review.isVisible() and context.steps.current == 1
    press(page.review, "publish")
    assert page.changes.isVisible() and context.steps.current == 2
    press(page.changes, "changes_back")
    assert page.review.isVisible()


def test_going_back_from_the_choice_of_a_file_leaves_the_plan_as_it_is(
    qtbot: QtBot, context: Context, store: Store, plan: Plan
) -> None:
    page = PlanPage(context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    press(page.published, "import_version")
    press(page.drop, "import_back")
    assert page.published.isVisible() and store.plans.drafts() == ()
    press(page.published, "import_new")
    assert words(page.drop, "empty_title") == "导入新方案"


def test_changes_stand_by_kind_with_their_numbers(make_page: Callable[..., PlanPage]) -> None:
    page = make_page()
    assert kinds(page) == [
        ChangeKind.DROPPED,
        ChangeKind.NEW,
        ChangeKind.REWORDED,
        ChangeKind.RENUMBERED,
        ChangeKind.UNCHANGED,
    ]
    assert not page.changes.strange.isVisible() and not page.changes.stale.isVisible()
    assert words(page, "changes_title") == "和第1版相比" and words(page, "changes_left") == "还有2条等您定"
    assert find(page.changes, "chip_reworded", QAbstractButton).text() == "改写 1"
    assert not find(page.changes, "chip_split").isVisible()
    show(page, ChangeKind.RENUMBERED)
    assert words(page, "change_moved") == "第2条 → 第1条" and not find(page, "change_confirm").isVisible()


def test_old_and_new_stand_side_by_side_with_the_difference_marked(
    make_page: Callable[..., PlanPage], page_text: Callable[[PlanPage], str]
) -> None:
    page = make_page()
    show(page, ChangeKind.REWORDED)
    text = page_text(page)
    assert "<s style" in text and ">12</s>" in text and ">15</u>" in text
    assert "＝ 12台" in text and "＝ 15台" in text, (
        "the figure that is asked for stands beside the former one"
    )
    assert "照片" in text


@pytest.fixture
def page_text() -> Callable[[PlanPage], str]:
    def said(page: PlanPage) -> str:
        QApplication.processEvents()
        labels = [made for made in page.changes.detail.findChildren(DiffLabel) if made.isVisible()]
        return "\n".join(made.text() for made in labels)

    return said


def test_enter_confirms_and_goes_to_the_next_open_one(
    make_page: Callable[..., PlanPage], qtbot: QtBot, store: Store
) -> None:
    page = make_page()
    publish = find(page, "publish_version", QAbstractButton)
    assert publish.text() == "发布第2版" and not publish.isEnabled()
    assert words(page, "changes_why") == "还有2条等您定，定完才能发布"
    show(page, ChangeKind.DROPPED)
    rows(page).setFocus()
    qtbot.keyClick(rows(page), Qt.Key.Key_Return)
    assert page.changes.list.change.kind is ChangeKind.NEW
    assert [m.confirmed for m in kept(store).matches if m.kind is ChangeKind.DROPPED] == [True]
    qtbot.keyClick(rows(page), Qt.Key.Key_Return)
    assert publish.isEnabled() and words(page, "changes_left") == "没有等您定的"
    qtbot.keyClick(rows(page), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not publish.isEnabled() and page.changes.list.change.kind is ChangeKind.NEW
    qtbot.keyClick(rows(page), Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert publish.isEnabled()
    qtbot.keyClick(rows(page), Qt.Key.Key_F6)
    assert page.changes.detail.scroll.hasFocus()


def test_the_keyboard_is_enough_where_the_list_is_folded(
    make_page: Callable[..., PlanPage], qtbot: QtBot, store: Store
) -> None:
    page = make_page()
    page.set_compact(True)
    page.changes.take_focus()
    text = page.changes.detail.scroll
    assert text.hasFocus() and not page.changes.list.isVisible()
    for _ in range(2):
        qtbot.keyClick(text, Qt.Key.Key_Return)
    assert amending.open_matches(kept(store)) == ()
    assert page.changes.list.change.kind is ChangeKind.NEW
    qtbot.keyClick(text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert words(page, "change_kind") == "取消"


def test_a_double_click_is_no_word(make_page: Callable[..., PlanPage], qtbot: QtBot) -> None:
    page = make_page()
    show(page, ChangeKind.DROPPED)
    place = rows(page).visualRect(rows(page).currentIndex()).center()
    qtbot.mouseDClick(rows(page).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.changes.list.change.open


def test_what_is_not_the_same_is_dropped_and_new(make_page: Callable[..., PlanPage], qtbot: QtBot) -> None:
    page = make_page()
    show(page, ChangeKind.REWORDED)
    press(page, "change_part")
    assert kinds(page).count(ChangeKind.DROPPED) == 2 and kinds(page).count(ChangeKind.NEW) == 2
    assert words(page, "change_kind") == "取消" and words(page, "change_moved") == "第1条"
    press(page, "changes_undo")
    assert kinds(page).count(ChangeKind.REWORDED) == 1


def counterpart(page: PlanPage) -> CounterpartDialog:
    (dialog,) = [w for w in page.window().findChildren(CounterpartDialog) if w.isVisible()]
    return dialog


def test_a_dropped_one_is_another_of_the_new_version(
    make_page: Callable[..., PlanPage], qtbot: QtBot
) -> None:
    page = make_page()
    show(page, ChangeKind.DROPPED)
    press(page, "change_other")
    dialog = counterpart(page)
    find(dialog, "counterpart_search", QLineEdit).setText("油烟")
    assert dialog.list.keys == ("m-004",) and not find(dialog, "counterpart_together").isVisible()
    press(dialog, "counterpart_take")
    change = page.changes.list.change
    assert change.kind is ChangeKind.REWORDED and change.match.old == ("m-004",) and not change.open
    assert ChangeKind.NEW not in kinds(page) and ChangeKind.DROPPED not in kinds(page)


def test_a_dropped_one_went_into_another_that_stays(make_page: Callable[..., PlanPage]) -> None:
    page = make_page()
    show(page, ChangeKind.DROPPED)
    press(page, "change_other")
    dialog = counterpart(page)
    dialog.list.choose("m-003")
    together = find(dialog, "counterpart_together", QCheckBox)
    assert together.isVisible() and together.text() == "和原第3条一起，并成这一条"
    press(dialog, "counterpart_take")
    change = page.changes.list.change
    assert change.kind is ChangeKind.MERGED and change.old_labels == ("3", "4")
    assert words(page, "change_meaning") == "原第3条、第4条的内容并到了第3条。"


def test_a_new_one_was_split_off(make_page: Callable[..., PlanPage]) -> None:
    page = make_page()
    show(page, ChangeKind.NEW)
    press(page, "change_other")
    dialog = counterpart(page)
    dialog.list.choose("m-001")
    press(dialog, "counterpart_take")
    change = page.changes.list.change
    assert change.kind is ChangeKind.SPLIT and change.new_labels == ("2", "4")


def test_without_the_tick_the_other_one_is_let_go(make_page: Callable[..., PlanPage]) -> None:
    page = make_page()
    show(page, ChangeKind.DROPPED)
    press(page, "change_other")
    dialog = counterpart(page)
    dialog.list.choose("m-003")
    find(dialog, "counterpart_together", QCheckBox).setChecked(False)
    press(dialog, "counterpart_take")
    assert page.changes.list.change.match.old == ("m-004",)
    dropped = [c for c in page.changes._changes if c.kind is ChangeKind.DROPPED]
    assert [c.match.old for c in dropped] == [("m-003",)]


def test_the_chips_and_the_search_leave_what_they_say(make_page: Callable[..., PlanPage]) -> None:
    page = make_page()
    press(page.changes, "chip_open")
    assert len(rows(page).keys) == 2
    press(page.changes, "chip_all")
    find(page, "changes_search", QLineEdit).setText("油烟")
    assert len(rows(page).keys) == 1
    find(page, "changes_search", QLineEdit).setText("没有的话")
    assert words(page.changes.list, "empty_title") == "没有符合“没有的话”的措施"
    press(page.changes.list, "empty_action")
    assert len(rows(page).keys) == 5


def test_what_units_have_reported_is_said(
    make_page: Callable[..., PlanPage], store: Store, plan: Plan
) -> None:
    report = Report("r1", plan.id, 1, COUNTY.code, "2025Q1", 1, created_at=NOW)
    with store.transaction():
        store.reports.put(report)
        store.reports.put_entry("r1", Entry("m-001", ProgressStatus.ON_SCHEDULE, "拆了7台。"), NOW)
    page = make_page()
    show(page, ChangeKind.REWORDED)
    assert words(page, "change_follows").startswith("已有1家报过（东川县）。以后接着在第2条里填")
    show(page, ChangeKind.DROPPED)
    assert words(page, "change_follows").startswith("还没有收到过这一条的季报")


def test_publishing_asks_once_and_leads_to_the_assignments(
    make_page: Callable[..., PlanPage], qtbot: QtBot, context: Context, store: Store, plan: Plan
) -> None:
    visited: list[str] = []
    context.signals.navigated.connect(lambda place, _: visited.append(place))
    page = make_page()
    confirm_all(page, qtbot)
    press(page, "publish_version")
    (asked,) = context.ask.asked
    assert asked.title == "发布第2版？" and "取消1条、新增1条、改写1条、换编号1条" in asked.text
    made = store.plans.get(plan.id)
    assert made.version == 2 and store.plans.drafts() == () and visited == ["assign"]
    assert [m.key for m in made.measures][:3] == ["m-002", "m-001", "m-003"], "what stays keeps its key"
    page.refresh()
    assert page.published.isVisible() and "第2版" in words(page, "published_caption")


def test_a_no_publishes_nothing(
    make_page: Callable[..., PlanPage], qtbot: QtBot, context: Context, store: Store, plan: Plan
) -> None:
    context.ask.answer = False
    page = make_page()
    confirm_all(page, qtbot)
    press(page, "publish_version")
    assert store.plans.get(plan.id).version == 1 and page.changes.isVisible()


def test_another_plan_s_document_is_doubted(make_page: Callable[..., PlanPage]) -> None:
    other = replace(second(), measures=second().measures[3:], targets=())
    strange = make_page(other).changes.strange
    assert strange.isVisible()
    assert words(strange, "banner_title") == "“云河市蓝天行动方案”的4条里，新文件只有0条对得上"


def test_what_is_much_alike_is_confirmed_together(make_page: Callable[..., PlanPage], store: Store) -> None:
    streets, _, network, _ = second().measures
    merged = (
        replace(streets, title="锅炉和道路", content=BOILERS + STREETS),
        replace(network, key="m-002", task_no="2", title="监测与禁烧", content=NETWORK + STRAW),
    )
    page = make_page(replace(second(), measures=merged, targets=()))
    alike = find(page, "confirm_alike", QAbstractButton)
    assert kinds(page) == [ChangeKind.MERGED, ChangeKind.MERGED]
    assert alike.text() == "大体相同的2条一起定"
    press(page, "confirm_alike")
    assert not alike.isVisible() and amending.open_matches(kept(store)) == ()


def test_the_same_document_again_changes_nothing(make_page: Callable[..., PlanPage]) -> None:
    page = make_page(first())
    assert set(kinds(page)) == {ChangeKind.UNCHANGED}
    assert not find(page, "publish_version").isEnabled()
    assert words(page, "changes_why") == "和现在的完全一样，不用发布"


def test_what_was_confirmed_is_there_after_starting_anew(
    make_page: Callable[..., PlanPage], qtbot: QtBot, context: Context
) -> None:
    page = make_page()
    confirm_all(page, qtbot)
    again = PlanPage(context)
    qtbot.addWidget(again)
    again.show()
    again.refresh()
    assert again.review.isVisible(), "the checking comes first"
    press(again.review, "publish")
    assert words(again.changes, "changes_left") == "没有等您定的"


def test_words_that_were_mended_are_compared_anew(
    make_page: Callable[..., PlanPage], store: Store, context: Context
) -> None:
    page = make_page()
    press(page, "changes_back")
    draft_id = store.plans.drafts()[0].id
    mended = kept(store).with_measure(replace(kept(store).measures[1], content=BOILERS))
    planning.keep_draft(store, draft_id, mended, NOW)
    page.refresh()
    page.review.compareAsked.emit()
    assert ChangeKind.REWORDED not in kinds(page)


def test_a_plan_that_was_assigned_meanwhile_is_compared_again(
    make_page: Callable[..., PlanPage], qtbot: QtBot, store: Store, plan: Plan
) -> None:
    page = make_page()
    confirm_all(page, qtbot)
    assert not page.changes.stale.isVisible()
    planning.assign(store, plan.id, {"m-003": (COUNTY.code,)}, "test", NOW)
    page.refresh()
    assert words(page.changes.stale, "banner_title") == "比对以后，方案已经是第2版了"
    assert not find(page, "publish_version").isEnabled()
    press(page.changes.stale, "compare_again")
    assert not page.changes.stale.isVisible()
    assert find(page, "publish_version", QAbstractButton).text() == "发布第3版"
    assert words(page, "changes_left") == "没有等您定的", "what was confirmed stays"


def test_a_blank_figure_of_the_plan_in_force_is_filled(
    qtbot: QtBot, context: Context, store: Store, plan: Plan
) -> None:
    blank = replace(first().targets[0], key="t-009", value=None, indicator="机扫率", measure_key="m-002")
    new = planning.resolve(replace(first(), targets=(*first().targets, blank)), REGION)
    made = planning.publish(store, planning.keep_draft(store, "", new, NOW), "test", NOW)
    context.plan_id = made.id
    page = PlanPage(context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.published.select("m-002")
    press(page.published, "fill_t-009")
    dialog = page.window().findChild(QWidget, "blank_figure_dialog")
    press(dialog, "blank_fill")
    assert find(dialog, "blank_wrong").isVisible(), "nothing is no figure"
    qtbot.keyClicks(find(dialog, "blank_value", QLineEdit), "85")
    press(dialog, "blank_fill")
    after = store.plans.get(made.id)
    assert after.version == 2 and {t.key: str(t.value) for t in after.targets}["t-009"] == "85"
