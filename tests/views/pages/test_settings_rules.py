"""设置 → 审核规则: the city sets them for the plan that is shown, a county reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QListWidget,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from desktop.domain.plan import Severity
from desktop.domain.rules import SWITCHES, USUAL, RuleSet
from desktop.services import ruling
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.evidence_measures import EvidenceMeasures
from desktop.views.pages.settings import SettingsPage
from desktop.wording.findings import RULES
from tests.journeys.offices import Offices

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def page_of(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices
) -> Callable[[Store, str], SettingsPage]:
    def made(store: Store, plan_id: str) -> SettingsPage:
        context = make_context(store=store, clock=lambda: offices.now, plan_id=plan_id)
        page = SettingsPage(context)
        qtbot.addWidget(page)
        page.resize(1290, 648)
        page.refresh()
        page.show()
        page.open_target("rules")
        return page

    return made


def choose(page: SettingsPage, name: str, data: str) -> None:
    box = page.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(data))
    box.activated.emit(box.currentIndex())


def test_every_rule_that_may_be_set_has_words_and_a_choice(
    page_of: Callable[[Store, str], SettingsPage], offices: Offices
) -> None:
    assert set(RULES) == set(SWITCHES)
    page = page_of(offices.city, offices.plan.id)
    for name in SWITCHES:
        severity = getattr(USUAL, name)
        assert page.findChild(QComboBox, f"rule_{name}").currentData() == (severity.value if severity else "")


def test_what_the_city_sets_is_kept_at_once_and_can_be_put_back(
    page_of: Callable[[Store, str], SettingsPage], offices: Offices
) -> None:
    page = page_of(offices.city, offices.plan.id)

    def now() -> RuleSet:
        return ruling.rules_of(offices.city, offices.plan.id)

    back = page.findChild(QAbstractButton, "rules_default")
    assert not back.isEnabled()
    choose(page, "rule_no_figure", "")
    choose(page, "rule_cumulative_fell", "error")
    choose(page, "rules_begins", "2024Q3")
    slip = page.findChild(QSpinBox, "rules_slip")
    slip.setValue(10)
    slip.editingFinished.emit()
    page.findChild(QCheckBox, "rules_proportional").click()
    assert now() == replace(
        USUAL, no_figure=None, cumulative_fell=Severity.ERROR, begins="2024Q3", slip_factor=10, proportional=False
    )  # fmt: skip
    assert back.isEnabled()
    back.click()
    assert now() == USUAL and slip.value() == USUAL.slip_factor


def test_measures_that_want_evidence_are_ticked(
    qtbot: QtBot, page_of: Callable[[Store, str], SettingsPage], offices: Offices
) -> None:
    page = page_of(offices.city, offices.plan.id)
    page.findChild(QAbstractButton, "rules_measures").click()
    (dialog,) = page.window().findChildren(EvidenceMeasures)
    dialog.search.setText("清扫")
    dialog.findChild(QAbstractButton, "evidence_all").click()
    assert dialog.findChild(QLabel, "evidence_count").text() == "已选1条"
    lines = dialog.findChild(QListWidget, "evidence_list")
    lines.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.findChild(QAbstractButton, "evidence_take").click()
    assert ruling.rules_of(offices.city, offices.plan.id).evidence == ("m-001", "m-002")
    assert page.findChild(QAbstractButton, "rules_measures").text() == "选了2条…"


def test_figures_and_quarters_are_seen_whole(
    page_of: Callable[[Store, str], SettingsPage], offices: Offices
) -> None:
    page = page_of(offices.city, offices.plan.id)
    rules = page.rules
    assert all(box.lineEdit().textMargins().left() >= 8 for box in (rules.slip, rules.least))
    longest = rules.begins.fontMetrics().horizontalAdvance(rules.begins.itemText(0))
    # Padding at both sides, and the arrow.
    assert rules.begins.width() >= longest + 2 * 9 + 26


def test_titles_stand_under_one_another(
    qtbot: QtBot, page_of: Callable[[Store, str], SettingsPage], offices: Offices
) -> None:
    page, first = page_of(offices.city, offices.plan.id), offices.plan.own_measures[0]
    measures = tuple(replace(first, key=f"m-{n}", task_no=str(n), part=1) for n in (1, 10))
    dialog = EvidenceMeasures(page._context, replace(offices.plan, measures=measures), (), page)
    lines = dialog.findChild(QListWidget, "evidence_list")
    assert [lines.item(at).text().index("　") for at in range(lines.count())] == [2, 2]
    assert lines.item(0).text().startswith("1\u2007")
    dialog.show()
    QApplication.processEvents()
    places = [lines.visualItemRect(lines.item(at)) for at in range(2)]
    assert places[1].top() - places[0].top() == places[0].height() >= 26
    dialog.close()


def test_a_county_reads_the_rules_and_changes_none(
    page_of: Callable[[Store, str], SettingsPage], offices: Offices
) -> None:
    page = page_of(offices.county, offices.plan.id)
    assert "市里定" in page.findChild(QLabel, "rules_said").text()
    assert not any(page.findChild(QComboBox, f"rule_{name}").isEnabled() for name in SWITCHES)
    assert not page.findChild(QAbstractButton, "rules_default").isVisible()


def test_without_a_plan_there_is_nothing_to_set(
    page_of: Callable[[Store, str], SettingsPage], offices: Offices
) -> None:
    page = page_of(offices.city, "")
    assert not page.findChild(QComboBox, "rule_no_figure").isVisible()
    assert page.findChild(QLabel, "rules_none").isVisible()
