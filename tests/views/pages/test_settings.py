"""设置: the city keeps units and collective terms, a county reads them; this computer remembers a name and a size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import __version__
from desktop.domain.unit import UnitKind
from desktop.paths import Paths
from desktop.views.context import Context
from desktop.views.dialogs.term_editor import TermEditor
from desktop.views.dialogs.unit_editor import UnitEditor
from desktop.views.pages.settings import SettingsPage
from desktop.views.pages.settings_about import AboutSection
from desktop.views.pages.settings_lists import ListSection
from tests.journeys.offices import CITY, COUNTY, OFFICE, PARK, Offices, open_offices
from tests.views.pages.on_page import button


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = open_offices(tmp_path / "offices", datetime.now().astimezone().replace(microsecond=0))
    yield made
    made.city.close()
    made.county.close()


@pytest.fixture
def build(qtbot: QtBot, make_context: Callable[..., Context]) -> Callable[..., tuple[SettingsPage, Context]]:
    def built(**given: object) -> tuple[SettingsPage, Context]:
        context = make_context(**given)
        page = SettingsPage(context)
        qtbot.addWidget(page)
        page.resize(1290, 648)
        page.refresh()
        page.show()
        return page, context

    return built


def text(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def editor(page: QWidget, kind: type) -> QWidget:
    found = [dialog for dialog in page.window().findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def cells(section: ListSection, key: str) -> tuple[str, ...]:
    return next(line.cells for line in section.table._lines if line.key == key)


def test_units_stand_under_their_kinds_and_are_found(build: Callable, offices: Offices) -> None:
    page, _ = build(store=offices.city)
    heads = [line.cells[0] for line in page.units.table._lines if not line.key]
    assert heads == ["市 1", "县（市、区） 1", "园区 1", "部门 1"]
    assert page.units.table.keys == (CITY.code, COUNTY.code, PARK.code, OFFICE.code)
    page.units.search.setText("北塬")
    assert page.units.table.keys == (PARK.code,)
    page.units.search.setText("没有这一家")
    assert "没有符合“没有这一家”的单位" in text(page.units, "empty_title")
    button(page.units, "empty_action").click()
    assert len(page.units.table.keys) == 4


def test_names_have_room_at_every_width(build: Callable, offices: Offices) -> None:
    page, _ = build(store=offices.city)
    table = page.units.table
    metrics = table.fontMetrics()
    longest = max(metrics.horizontalAdvance(unit.name) for unit in offices.city.units.region().units)
    aliases, code = 2, 5
    assert table.columnWidth(0) > longest and table.columnWidth(aliases) > 220
    page.resize(840, 430)
    page.set_narrow(True)
    page.set_compact(True)
    QApplication.processEvents()
    assert table.isColumnHidden(aliases) and table.isColumnHidden(code)
    assert table.columnWidth(0) > longest and table.horizontalScrollBar().maximum() == 0
    page.resize(1290, 648)
    page.set_narrow(False)
    page.set_compact(False)
    assert not table.isColumnHidden(aliases) and table.columnWidth(aliases) > 220


def test_a_unit_is_changed_in_its_dialog(build: Callable, offices: Offices, qtbot: QtBot) -> None:
    page, context = build(store=offices.city)
    told: list[bool] = []
    context.signals.changed.connect(lambda: told.append(True))
    page.units.table.choose(COUNTY.code)
    qtbot.keyClick(page.units.table, Qt.Key.Key_Return)
    dialog = editor(page, UnitEditor)
    assert dialog.findChild(QLineEdit, "unit_code").isReadOnly()
    dialog.findChild(QLineEdit, "unit_contact").setText("李敏")
    dialog.findChild(QLineEdit, "unit_phone").setText("0000-1234567")
    dialog.findChild(QLineEdit, "unit_aliases").setText("东川县，东川")
    button(dialog, "unit_save").click()
    saved = offices.city.units.region().find(COUNTY.code)
    assert (saved.contact, saved.phone, saved.aliases) == ("李敏", "0000-1234567", ("东川县", "东川"))
    assert cells(page.units, COUNTY.code)[3:5] == ("李敏", "0000-1234567")
    assert page.units.table.key == COUNTY.code and told == [True]


def test_a_new_unit_and_a_spelling_that_is_taken(build: Callable, offices: Offices) -> None:
    page, _ = build(store=offices.city)
    button(page, "units_add").click()
    dialog = editor(page, UnitEditor)
    dialog.findChild(QLineEdit, "unit_name").setText("南坪县人民政府")
    dialog.findChild(QLineEdit, "unit_short").setText("东川县")
    button(dialog, "unit_save").click()
    assert dialog.isVisible() and "东川县" in text(dialog, "banner_title")
    dialog.findChild(QLineEdit, "unit_short").setText("南坪县")
    dialog.findChild(QLineEdit, "unit_code").setText(COUNTY.code)
    button(dialog, "unit_save").click()
    assert dialog.isVisible() and COUNTY.code in text(dialog, "banner_title")
    assert offices.city.units.region().find(COUNTY.code) == COUNTY
    dialog.findChild(QLineEdit, "unit_code").setText("900002")
    button(dialog, "unit_save").click()
    made = offices.city.units.region().find("900002")
    assert made is not None and (made.name, made.kind) == ("南坪县人民政府", UnitKind.COUNTY)
    assert page.units.table.key == "900002"


def test_a_unit_that_a_plan_needs_stays(build: Callable, offices: Offices, qtbot: QtBot) -> None:
    page, context = build(store=offices.city)
    page.units.table.choose(COUNTY.code)
    button(page, "units_remove").click()
    assert context.ask.asked[0].dangerous
    assert "还在用" in text(page.units, "banner_title")
    assert offices.city.units.region().find(COUNTY.code) is not None


def test_a_unit_that_nobody_needs_goes_after_asking(build: Callable, offices: Offices, qtbot: QtBot) -> None:
    from dataclasses import replace

    spare = replace(OFFICE, code="900009", name="云河市气象局", short_name="市气象局", aliases=())
    with offices.city.transaction():
        offices.city.units.put_unit(spare)
    page, context = build(store=offices.city)
    page.units.table.choose(spare.code)
    context.ask.answer = False
    qtbot.keyClick(page.units.table, Qt.Key.Key_Delete)
    assert offices.city.units.region().find(spare.code) is not None
    context.ask.answer = True
    qtbot.keyClick(page.units.table, Qt.Key.Key_Delete)
    assert offices.city.units.region().find(spare.code) is None
    assert spare.code not in page.units.table.keys


def test_terms_are_reworded_chosen_and_removed(build: Callable, offices: Offices) -> None:
    page, context = build(store=offices.city)
    page.open_target("terms")
    page.terms.table.choose("各县区政府")
    button(page, "terms_edit").click()
    dialog = editor(page, TermEditor)
    assert isinstance(dialog, TermEditor)
    dialog.findChild(QLineEdit, "term_word").setText("各园区管委会")
    button(dialog, "term_save").click()
    assert dialog.isVisible() and "各园区管委会" in text(dialog, "banner_title")
    dialog.findChild(QLineEdit, "term_word").setText("各地")
    dialog.take((COUNTY.code, PARK.code))
    assert text(dialog, "term_units") == "2家：东川县、北塬工业园区"
    button(dialog, "term_save").click()
    terms = {t.term: t.unit_codes for t in offices.city.units.region().terms}
    assert terms["各地"] == (COUNTY.code, PARK.code) and "各县区政府" not in terms
    assert cells(page.terms, "各地") == ("各地", "2", "东川县、北塬工业园区")
    button(page, "terms_remove").click()
    assert "各地" not in {t.term for t in offices.city.units.region().terms}
    assert "各地" in context.ask.asked[0].title


def test_a_county_reads_and_changes_nothing(build: Callable, offices: Offices, qtbot: QtBot) -> None:
    page, _ = build(store=offices.county)
    assert "由市里维护" in text(page, "units_said")
    assert not any(button(page, f"units_{what}").isVisible() for what in ("add", "edit", "remove"))
    page.units.table.choose(COUNTY.code)
    qtbot.keyClick(page.units.table, Qt.Key.Key_Return)
    qtbot.keyClick(page.units.table, Qt.Key.Key_Delete)
    assert page.window().findChildren(UnitEditor) == []
    assert offices.county.units.region().find(COUNTY.code) is not None


def test_the_name_goes_into_the_audit_trail(build: Callable, offices: Offices) -> None:
    page, context = build(store=offices.city)
    page.open_target("computer")
    page.findChild(QLineEdit, "actor").setText(" 李敏 ")
    page.leave()
    assert context.actor == "李敏"
    scale = page.findChild(QComboBox, "scale")
    scale.setCurrentIndex(1)
    assert context.settings.scale == 1.15


def test_about_says_where_things_lie_and_leads_to_another_workspace(
    build: Callable, offices: Offices
) -> None:
    page, context = build(store=offices.city)
    asked: list[str] = []
    context.signals.navigated.connect(lambda place, _: asked.append(place))
    page.open_target("about")
    assert __version__ in text(page, "version") and "SIL" in text(page, "fonts")
    assert text(page, "workspace_path") == str(offices.city.folder)
    assert text(page, "log_path") == str(context.paths.log)
    button(page, "open_workspace").click()
    button(page, "open_log").click()
    assert context.files.shown == [offices.city.folder, context.paths.log.parent]
    assert page.findChild(QWidget, "licences_path") is None, "a checkout has no licences.txt"
    button(page, "other_workspace").click()
    assert asked == ["start"]


def test_about_leads_to_the_licences_of_an_installed_version(
    make_context: Callable[..., Context], shown: Callable[..., QWidget], tmp_path: Path
) -> None:
    paths = Paths(tmp_path, tmp_path, tmp_path / "versions" / "0.1.0")
    section = AboutSection(make_context(paths=paths))
    shown(section)
    assert text(section, "licences_path") == str(paths.version / "licenses" / "licences.txt")


def test_heads_stand_right_over_what_they_name(
    build: Callable[..., tuple[SettingsPage, Context]], offices: Offices
) -> None:
    page, _ = build(store=offices.county)
    table = page.units.table
    option = QStyleOptionViewItem()
    table.itemDelegate().initStyleOption(option, table.model().index(1, 0))
    option.rect, option.widget = table.visualRect(table.model().index(1, 0)), table
    words = table.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, table)
    # What Qt leaves beside an item's text.
    own = table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, table) + 1
    head = QStyleOptionHeader()
    head.rect = option.rect
    named = table.style().subElementRect(QStyle.SubElement.SE_HeaderLabel, head, table.horizontalHeader())
    assert abs(words.x() + own - named.x()) <= 1


def test_where_room_is_short_full_names_come_before_codes(
    build: Callable[..., tuple[SettingsPage, Context]], offices: Offices
) -> None:
    page, _ = build(store=offices.county)
    hidden = page.units.table.isColumnHidden
    page.set_narrow(True)
    assert hidden(2) and not hidden(5)
    page.set_compact(True)
    assert hidden(5)
    page.set_compact(False)
    assert not hidden(5)
