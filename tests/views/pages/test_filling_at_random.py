"""The filling page used at random and killed at random: the store says what the page shows, and nothing typed is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.domain.history import Change
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus, Report
from desktop.services import filling
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.pages.filling import FillingPage
from tests.journeys.offices import QUARTER, open_offices
from tests.pictures import kept_as
from tests.views.conftest import compose

QUARTERS = (QUARTER, "2025Q2")
KEYS = ("m-001", "m-002")
FIELDS = st.sampled_from(["progress", "problems", "next_steps", "explanation"])
WORDS = st.sampled_from(["拆", "锅炉7台。", "，其余", "\n", " ", "x；y", "𠮷野", "本季度关停十二台"])
FIGURES = st.sampled_from(["7", "12.5", "七", "", "-", "7台", "1e3"])
Entries = dict[str, Entry]


class Official(RuleBasedStateMachine):
    """Someone at the page. `meant`: every report's entries as they stood on the screen last."""

    template: Path
    make_context: Callable[..., Context]
    now: datetime
    plan_id: str
    turns = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).turns += 1
        self.folder = self.template.parent / f"县{self.turns}"
        shutil.copytree(self.template, self.folder)
        self.meant: dict[str, Entries] = {}
        self.begun: dict[str, Entries] = {}
        self.page: FillingPage | None = None

    # Beginning, and being killed

    @initialize()
    def open(self) -> None:
        self.store = Store.open(self.folder, "test", self.now)
        quarter = Quarter.parse(QUARTERS[0])
        self.context = self.make_context(
            store=self.store, clock=lambda: self.now, plan_id=self.plan_id, quarter=quarter
        )
        self.page = page = FillingPage(self.context)
        self.context.signals.quarterChanged.connect(page.refresh)
        page.resize(1290, 648)
        page.show()
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page)
        page.refresh()
        self.begun = {}
        self.looked()

    @rule()
    def kill(self) -> None:
        """Nothing is told to anybody; then the next start."""
        self.vanish()
        self.open()
        for report_id, entries in self.meant.items():
            assert self.stored(report_id) == entries, "as it stood on the screen when the process ended"

    def vanish(self) -> None:
        page, self.page = self.page, None
        if page is None:
            return
        self.store._database.close()
        self.store.unsaved.close()
        page.frame.editor.blockSignals(True)
        page.close()
        page.deleteLater()

    def teardown(self) -> None:
        if self.page is not None:
            self.page.leave()
            self.as_stored()
            assert self.store.audit.verify() is None
            assert self.store.unsaved.get() is None
        self.vanish()
        shutil.rmtree(self.folder)

    # What a person does

    @rule(name=FIELDS, text=WORDS)
    def type(self, name: str, text: str) -> None:
        field = self.shown.frame.editor.field_named(name)
        assert field is not None
        if field.isVisible():
            field.edit.setFocus()
            compose(field.edit, text)

    @rule(name=FIELDS, times=st.integers(1, 4))
    def rub_out(self, name: str, times: int) -> None:
        field = self.shown.frame.editor.field_named(name)
        assert field is not None
        if field.isVisible():
            field.edit.setFocus()
            for _ in range(times):
                QTest.keyClick(field.edit, Qt.Key.Key_Backspace)

    @rule(text=FIGURES)
    def figure(self, text: str) -> None:
        field = self.shown.findChild(QLineEdit, "reading_t-001")
        if field is not None and field.isVisible():
            field.setFocus()
            field.selectAll()
            compose(field, text) if text else QTest.keyClick(field, Qt.Key.Key_Delete)

    @rule(status=st.sampled_from(list(ProgressStatus)))
    def choose(self, status: ProgressStatus) -> None:
        chosen = self.shown.findChild(QWidget, f"status_{status.value}")
        assert chosen is not None
        chosen.click()

    @rule()
    def rest(self) -> None:
        self.shown.frame.editor.flush()

    @rule(key=st.sampled_from(KEYS))
    def go(self, key: str) -> None:
        self.shown.frame.entries.list.choose(key)

    @rule(quarter=st.sampled_from(QUARTERS))
    def other_quarter(self, quarter: str) -> None:
        self.context.choose_quarter(Quarter.parse(quarter))

    @rule()
    def refresh(self) -> None:
        self.shown.refresh()

    @rule(name=st.sampled_from(["一.txt", "二.txt"]), at_once=st.booleans())
    def give_file(self, name: str, at_once: bool) -> None:
        report, key = self.report, self.shown.frame.editor.key
        self.shown.frame.editor.evidence.take([kept_as(self.template.parent, name, name.encode())])
        if not at_once:
            self.context.choose_quarter(Quarter.parse(QUARTERS[report.quarter == QUARTERS[0]]))
        assert self.context.runner.wait_idle()
        self.meant[report.id][key] = self.stored(report.id)[key]
        assert name in [e.name for e in self.meant[report.id][key].evidence]

    @rule()
    def take_file_off(self) -> None:
        for chip in self.shown.frame.editor.evidence.files.chips[:1]:
            chip.removed.emit()

    @rule(whole=st.booleans())
    def carry_over(self, whole: bool) -> None:
        self.shown._keys["Ctrl+Shift+D" if whole else "Ctrl+D"].activated.emit()

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.shown._quarter.undo()

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.shown._quarter.redo()

    @rule()
    def back_to_the_beginning_and_forth(self) -> None:
        quarter = self.shown._quarter
        assert quarter.flush()
        now, steps = self.stored(self.report.id), 0
        while quarter.history.undoes is not None:
            quarter.undo()
            steps += 1
        assert _same(self.stored(self.report.id), self.begun[self.report.id])
        for _ in range(steps):
            quarter.redo()
        assert _same(self.stored(self.report.id), now)

    # What holds

    @invariant()
    @precondition(lambda self: self.page is not None)
    def looked(self) -> None:
        """What stands on the screen is what is meant; other entries stay as they were."""
        entries = {row.measure.key: row.entry for row in self.shown._quarter.rows}
        on_screen = self.shown.frame.editor.entry
        assert on_screen is not None
        entries[on_screen.measure_key] = on_screen
        self.meant[self.report.id] = entries
        self.begun.setdefault(self.report.id, dict(entries))

    @rule()
    def as_stored(self) -> None:
        """Once it rests, the store says what the page shows, of every report."""
        assert self.shown._quarter.flush()
        self.looked()
        for report_id, entries in self.meant.items():
            assert self.stored(report_id) == entries

    @property
    def shown(self) -> FillingPage:
        assert self.page is not None
        return self.page

    @property
    def report(self) -> Report:
        report = self.shown._quarter.report
        assert report is not None
        return report

    def stored(self, report_id: str) -> Entries:
        kept = self.store.reports.entries(report_id)
        return {key: kept.get(key, Entry(key)) for key in KEYS}


def _same(some: Entries, others: Entries) -> bool:
    return not any(Change(some[key], others[key]).fields for key in KEYS)


@pytest.fixture
def template(tmp_path: Path, now: datetime) -> Iterator[tuple[Path, str]]:
    """A county's folder with two open quarters, the first of which has a quarter before it; held by nobody."""
    made = open_offices(tmp_path, now)
    store, day = made.county, now.date()
    for quarter in ("2024Q4", QUARTERS[1]):
        store.plans.put_calendar(made.plan.id, QuarterCalendar(quarter, day, day, day))
    before = filling.begin(store, made.plan.id, "2024Q4", "test", now)
    for key, status in zip(KEYS, (ProgressStatus.COMPLETED, ProgressStatus.BEHIND), strict=True):
        entry = Entry(key, status, f"上季完成{key}。", "资金没到。", "月底前到位。")
        filling.save_entry(store, before.id, entry, "test", now)
    made.city.close()
    made.county.close()
    yield store.folder, made.plan.id


@pytest.mark.usefixtures("no_qt_warnings")
def test_whatever_is_done_the_store_says_what_the_page_shows(
    template: tuple[Path, str], make_context: Callable[..., Context], now: datetime
) -> None:
    many = int(os.environ.get("AT_RANDOM", "0"))

    class Someone(Official):
        pass

    Someone.template, Someone.plan_id = template
    Someone.make_context, Someone.now = staticmethod(make_context), now
    run_state_machine_as_test(
        Someone,
        settings=settings(
            max_examples=many or 12,
            stateful_step_count=25,
            deadline=None,
            derandomize=not many,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
