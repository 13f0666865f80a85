"""分工 on a real store: bureaus come and go, measures are given by button, keys and mouse, the filling page follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.delegation import Bureau
from desktop.domain.report import Entry, ProgressStatus
from desktop.services import delegating, filling
from desktop.views.models.rows import ListRow
from desktop.views.pages.delegating import DelegatingPage
from desktop.views.pages.delegating_bureaus import bureau_of, key_of, packed
from desktop.views.pages.filling import FillingPage
from desktop.views.pages.filling_colleagues import OfBureau
from tests.views.pages.county import County
from tests.views.pages.on_page import open_page

pytestmark = pytest.mark.usefixtures("no_qt_warnings")
ECOLOGY = "市生态环境局东川分局"
HOUSING = Bureau("县住建局", "马某", "0000-1234567")


def shown(qtbot: QtBot, own: County) -> DelegatingPage:
    page = DelegatingPage(own.context)
    open_page(qtbot, page)
    return page


def with_housing(own: County, *keys: str) -> None:
    store, now = own.offices.county, own.offices.now
    delegating.add_bureau(store, HOUSING, "test", now)
    delegating.delegate(store, own.offices.plan.id, keys, HOUSING.name, "test", now)


def given(own: County) -> dict[str, str]:
    found = delegating.delegations(own.offices.county, own.offices.plan.id)
    return {key: one.bureau for key, one in found.items()}


def row(page: DelegatingPage, key: str) -> ListRow:
    rows = (*page.measures.rows, *page.pane.list.rows)
    return next(r for r in rows if isinstance(r, ListRow) and r.key == key)


def find(page: QWidget, name: str, kind: type[QWidget] = QPushButton) -> QWidget:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def dialog(page: QWidget, name: str) -> QDialog:
    """The dialog that is open over a page."""
    return next(made for made in page.findChildren(QDialog, name) if made.isVisible())


def drop(page: DelegatingPage, keys: list[str], onto: str) -> None:
    """Let measures go over a row of the bureaus."""
    view = page.pane.list
    place = QPointF(view.visualRect(view._rows.index_of(onto)).center())
    data: QMimeData = packed(keys)
    event = QDropEvent(
        place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(event)


def test_without_bureaus_it_says_what_it_is_for_and_proposes(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    assert page.pane.empty.isVisible() and page.pane.empty.title.text() == "还没有部门"
    assert row(page, "m-001").right_top == f"建议 {ECOLOGY}" and given(own) == {}
    accept = find(page, "take_proposals")
    assert accept.text() == "按建议分好2条"
    accept.click()
    assert given(own) == {"m-001": ECOLOGY, "m-002": ECOLOGY}
    assert page.frame.banner.text.text() == "" and page.frame.banner.title.text().startswith(
        "分好了2条。名单里新加了"
    )
    assert row(page, key_of(ECOLOGY)).bar == (0, 2) and accept.isHidden()


def test_a_plan_that_is_not_there_leads_to_the_inbox(qtbot: QtBot, own: County) -> None:
    own.context.plan_id = ""
    page = shown(qtbot, own)
    assert page.empty.title.text() == "还没有任务"
    page.empty.action.click()
    assert own.visited == [("inbox", None)]


def test_bureaus_show_how_far_they_are_and_whom_to_call(qtbot: QtBot, own: County) -> None:
    with_housing(own, "m-001")
    store, report = own.offices.county, own.report()
    filling.save_entry(store, report.id, Entry("m-001", ProgressStatus.BEHIND, "慢了"), "t", own.offices.now)
    page = shown(qtbot, own)
    mine = row(page, key_of(HOUSING.name))
    assert mine.right_top == "马某 0000-1234567" and mine.word == "1" and mine.marks
    assert row(page, "m-001").right_top == HOUSING.name
    page.pane.list.choose(key_of(HOUSING.name))
    assert page.measures.keys == ("m-001",)
    assert "马某 0000-1234567" in page.frame.facts.text() and "滞后1条" in page.frame.facts.text()
    page.pane.list.choose("none")
    assert page.measures.keys == ("m-002",)


def test_measures_are_given_by_keys_alone(qtbot: QtBot, own: County) -> None:
    with_housing(own)
    page = shown(qtbot, own)
    page.measures.setFocus()
    qtbot.keyClick(page.measures, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.measures.picked_keys == ("m-001", "m-002") and page.frame.said.text() == "选了2条"
    qtbot.keyClick(page.measures, Qt.Key.Key_Return)
    picker = dialog(page, "bureau_picker")
    assert picker.title.text() == "把这2条措施分给"
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert given(own) == {"m-001": HOUSING.name, "m-002": HOUSING.name}
    page.measures.setFocus()
    page.measures.choose("m-002")
    qtbot.keyClick(page.measures, Qt.Key.Key_Delete)
    assert given(own) == {"m-001": HOUSING.name}


def test_a_measure_may_have_somebody_of_its_own(qtbot: QtBot, own: County) -> None:
    with_housing(own, "m-001")
    page = shown(qtbot, own)
    page.measures.choose("m-001")
    page.giving.delegate()
    picker = dialog(page, "bureau_picker")
    assert picker.contact.placeholderText() == "马某"
    picker.contact.setText("丁某")
    picker.phone.setText("打他手机")
    picker.give()
    assert picker.isVisible() and picker._banner.isVisible(), "what is refused stays to be put right"
    picker.phone.setText("0000-7")
    picker.give()
    assert row(page, "m-001").right_bottom == "丁某 0000-7"


def test_measures_dropped_on_a_bureau_are_its_own(qtbot: QtBot, own: County) -> None:
    with_housing(own, "m-001")
    page = shown(qtbot, own)
    drop(page, ["m-001", "m-002"], key_of(HOUSING.name))
    assert given(own) == {"m-001": HOUSING.name, "m-002": HOUSING.name}
    delegating.take_back(own.offices.county, own.offices.plan.id, ["m-002"], "test", own.offices.now)
    page.refresh()
    drop(page, ["m-001"], "none")
    assert given(own) == {}
    drop(page, ["m-001"], "all")
    assert given(own) == {}, "全部措施 is no bureau"


def test_dragged_measures_carry_their_keys(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    page.measures.selectAll()
    data = page.measures.model().mimeData(page.measures.selectedIndexes())
    event = QDropEvent(
        QPointF(0, 0),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    told: list[tuple[list[str], str]] = []
    with_housing(own)
    page.refresh()
    page.pane.list.dropped.connect(lambda keys, key: told.append((keys, key)))
    view = page.pane.list
    place = QPointF(view.visualRect(view._rows.index_of(key_of(HOUSING.name))).center())
    event = QDropEvent(
        place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(event)
    assert told == [(["m-001", "m-002"], key_of(HOUSING.name))]


def test_a_bureau_is_added_renamed_and_removed(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    find(page, "add_bureau").click()
    editor = dialog(page, "bureau_editor")
    editor.name.setText("县住建局")
    editor.phone.setText("电话")
    editor.save()
    assert editor.isVisible() and delegating.bureaus(own.offices.county) == ()
    editor.phone.setText("0000-1")
    editor.save()
    assert delegating.bureaus(own.offices.county) == (Bureau("县住建局", "", "0000-1"),)
    page.pane.list.choose(key_of("县住建局"))
    qtbot.keyClick(page, Qt.Key.Key_F2)
    editor = dialog(page, "bureau_editor")
    editor.name.setText("县建设局")
    editor.save()
    assert bureau_of(page.pane.key) == "县建设局", "the renamed one stays chosen"
    delegating.delegate(
        own.offices.county, own.offices.plan.id, ["m-001"], "县建设局", "test", own.offices.now
    )
    page.refresh()
    errors: list[Exception] = []
    own.context.show_error = errors.append
    find(page, "remove_bureau").click()
    assert errors[0].code == "bureau_in_use" and own.context.ask.asked == []
    delegating.take_back(own.offices.county, own.offices.plan.id, ["m-001"], "test", own.offices.now)
    page.refresh()
    find(page, "remove_bureau").click()
    assert len(own.context.ask.asked) == 1 and delegating.bureaus(own.offices.county) == ()


def test_without_a_bureau_giving_adds_one_first(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    page.measures.choose("m-002")
    find(page, "delegate").click()
    editor = dialog(page, "bureau_editor")
    editor.name.setText("县住建局")
    editor.save()
    picker = dialog(page, "bureau_picker")
    picker.give()
    assert given(own) == {"m-002": "县住建局"}


def test_a_filter_that_finds_nothing_is_cleared(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    page.search.setText("没有这样的")
    assert page.nothing.isVisible() and "没有符合" in page.nothing.title.text()
    page.nothing.action.click()
    assert page.measures.keys == ("m-001", "m-002")


def test_from_a_bureau_to_its_entries(qtbot: QtBot, own: County) -> None:
    with_housing(own, "m-002")
    page = shown(qtbot, own)
    page.pane.list.choose(key_of(HOUSING.name))
    find(page, "fill_these").click()
    assert own.visited == [("filling", OfBureau(HOUSING.name))]
    filling_page = FillingPage(own.context)
    open_page(qtbot, filling_page)
    filling_page.open_target(OfBureau(HOUSING.name))
    assert filling_page.frame.entries.list.keys == ("m-002",)
    assert filling_page.frame.editor.key == "m-002"


def test_the_filling_page_filters_by_bureau_and_names_it(qtbot: QtBot, own: County) -> None:
    with_housing(own, "m-002")
    page = FillingPage(own.context)
    open_page(qtbot, page)
    entries = page.frame.entries
    words = [entries.bureaus.itemText(place) for place in range(entries.bureaus.count())]
    assert words == ["全部部门", "县住建局　已填0/1", "还没分　已填0/1"]
    assert "还没分给部门" in find(page, "measure_bureau", QLabel).text()
    page.go_to("m-002")
    assert "县住建局" in find(page, "measure_bureau", QLabel).text()
    assert "0000-1234567" in find(page, "measure_bureau", QLabel).text()
    entries.bureaus.setCurrentIndex(1)
    assert entries.list.keys == ("m-002",) and entries.chips._chips["all"].text() == "全部 1"
    entries.search.setText("没有")
    assert entries.empty.title.text() == "没有符合“没有 县住建局”的措施"
    entries.clear_filter()
    assert entries.list.keys == ("m-001", "m-002") and entries.bureaus.currentIndex() == 0
    entries.search.setText("住建局")
    assert "m-002" in entries.list.keys, "one's own bureau is found by its name"


def test_the_measure_is_given_away_from_the_filling_page(qtbot: QtBot, own: County) -> None:
    with_housing(own)
    page = FillingPage(own.context)
    open_page(qtbot, page)
    edit = page.frame.editor.progress.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "half a word")
    find(page, "measure_delegate").click()
    assert own.entry("m-001").progress == "half a word", "what is typed is safe first"
    dialog(page, "bureau_picker").give()
    assert given(own) == {"m-001": HOUSING.name}
    assert "县住建局" in find(page, "measure_bureau", QLabel).text()
    assert page.findChild(QLineEdit, "entry_search") is not None


def test_without_bureaus_the_filling_page_is_as_it_was(qtbot: QtBot, own: County) -> None:
    page = FillingPage(own.context)
    open_page(qtbot, page)
    assert page.frame.entries.bureaus.isHidden() and not page.frame.editor.measure.bureau.isVisible()
