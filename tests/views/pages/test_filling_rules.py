"""Filling by the rules: figures beside what is due, warnings that want an explanation, what the review waits for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.checks import Finding
from desktop.domain.report import Entry, ProgressStatus, Reading
from desktop.domain.targets import Accumulation
from desktop.services import filling
from desktop.views.pages.filling import FillingPage
from desktop.views.pages.review import ReviewPage
from desktop.views.widgets.inputs import NumberEdit
from desktop.views.widgets.trend_line import TrendLine
from tests.journeys.scheduled import retargeted
from tests.views.pages.county import County

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


def shown(qtbot: QtBot, own: County, kind: type = FillingPage) -> FillingPage | ReviewPage:
    page = kind(own.context)
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.refresh()
    page.show()
    return page


def words(page: QWidget, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None, name
    return str(found.text())


def press(page: QWidget, name: str) -> None:
    page.findChild(QAbstractButton, name).click()


def say(own: County, value: int, explanation: str = "") -> None:
    entry = Entry(
        "m-001", ProgressStatus.ON_SCHEDULE, f"本季度拆除小锅炉{value}台。", explanation=explanation,
        readings=(Reading("t-001", Decimal(value)),),
    )  # fmt: skip
    filling.save_entry(own.offices.county, own.report().id, entry, "test", own.offices.now)


def test_a_figure_stands_beside_its_target_what_is_due_and_the_last_one(qtbot: QtBot, own: County) -> None:
    retargeted(own.offices, ("2025Q1", 9))
    own.last_quarter(value=6)
    say(own, 7)
    page = shown(qtbot, own)
    page.go_to("m-001")
    assert words(page, "due_t-001") == "序时应达 9台"
    assert (words(page, "last_t-001"), words(page, "last_quarter_t-001")) == ("6", "去年四季度")
    assert words(page, "asked_t-001") == "填方案期累计数"
    assert words(page, "standing_t-001") == "没到序时，差2台"
    assert page.frame.editor.readings.findChild(TrendLine).isVisible()
    edit = page.findChild(NumberEdit, "reading_t-001")
    for value, said in (("9", "到了序时应达"), ("12", "已达到目标")):
        edit.setText(value)
        edit.flush()
        assert words(page, "standing_t-001") == said


def test_a_yearly_figure_says_why_it_has_nothing_to_compare_with(qtbot: QtBot, own: County) -> None:
    retargeted(own.offices, accumulation=Accumulation.YEAR_TO_DATE)
    own.last_quarter(value=12)
    page = shown(qtbot, own)
    page.go_to("m-001")
    assert words(page, "last_t-001") == "—" and words(page, "due_t-001") == "序时应达 3台"
    assert "1月重新算" in page.findChild(QLabel, "last_t-001").parentWidget().toolTip()


def test_a_warning_asks_for_a_word_and_is_settled_by_it(qtbot: QtBot, own: County) -> None:
    retargeted(own.offices, ("2025Q1", 9))
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    page.go_to("m-001")
    assert page.frame.send.text() == "还有1处要说明" and not page.frame.send.isEnabled()
    assert page.frame.next.text() == "下一处要说明"
    press(page, "explain_0")
    explanation = page.findChild(QPlainTextEdit, "explanation")
    assert explanation.isVisible() and page.focusWidget() is explanation
    explanation.setPlainText("两台的合同已签，四月动工。")
    explanation.flush()
    assert page.frame.send.isEnabled() and page.frame.hints.findChild(QLabel, "explained_0") is not None
    assert own.entry("m-001").explanation == "两台的合同已签，四月动工。"


def test_what_is_typed_into_one_entry_takes_the_copy_off_the_other(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    page = shown(qtbot, own)
    rows = {row.measure.key: row for row in page._seen.rows}
    assert [f.code for f in rows["m-002"].findings] == ["same_as_other"]
    page.go_to("m-001")
    progress = page.findChild(QPlainTextEdit, "progress")
    progress.setPlainText("拆除8台。")
    progress.flush()
    rows = {row.measure.key: row for row in page._seen.rows}
    assert not rows["m-001"].findings and not rows["m-002"].findings


def test_the_review_lists_what_wants_an_explanation(qtbot: QtBot, own: County) -> None:
    retargeted(own.offices, ("2025Q1", 9))
    own.offices.fill(own.report())
    page = shown(qtbot, own, ReviewPage)
    assert words(page, "wants_title") == "还有1处要核对、要说明"
    assert page.primary.text() == "还有1处要说明，写完再审核" and not page.primary.isEnabled()
    press(page, "want_0")
    ((place, finding),) = own.visited
    assert place == "filling" and isinstance(finding, Finding) and finding.code == "short_of_schedule"
    say(own, 7, "两台的合同已签，四月动工。")
    page.refresh()
    assert words(page, "wants_title") == "1处已说明" and page.primary.isEnabled()
    own.context.runner.wait_idle()


def test_where_no_warning_was_found_the_review_lists_none(qtbot: QtBot, own: County) -> None:
    own.offices.fill(own.report())
    page = shown(qtbot, own, ReviewPage)
    assert not page.findChild(QWidget, "wants_explanation").isVisible()
    own.context.runner.wait_idle()
