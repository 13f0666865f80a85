"""The filling page with 60 measures: opening it, going to another entry, filtering, saving what was typed."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QStringListModel
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bench.figure import Figure, in_turn
from desktop.domain.plan import Duty, DutyRole, Measure, PlanDraft
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus, Reading
from desktop.domain.targets import Comparator, Target
from desktop.paths import usual_paths
from desktop.services import filling, opening, planning, surveying
from desktop.storage import Store
from desktop.views.application import Program
from desktop.views.pages.filling import FillingPage

MEASURES, RUNS = 60, 40
QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")
_WORDS = (
    "本季度完成{n}处整治，累计{m}处，其余已签合同，计划下季度全部完成；对进度慢的乡镇派人帮扶，按月通报。" * 3
)
_FIELDS = ("progress", "explanation", "problems", "next_steps")
_FLOOR = "one query, the same words in Qt's own widgets"


def figures() -> list[Figure]:
    """Ours through the program's own window; the floor a bare window on the same file with the same words."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "县"
        report_id = _county(place)
        program = Program(app, replace(usual_paths(), user=Path(folder) / "home"))
        program.open_folder(place)
        bare = _Bare(app, place / "lantian.db", report_id)
        made = [_open(program, bare), _step(program, bare), _filter(program, bare), _save(program, bare)]
        bare.close()
        program.close()
    return made


class _Bare:
    """The same words in Qt's own widgets, nothing of ours: a raw connection to a copy of the file, a list of two-line
    rows, a head, five buttons, four texts, a table of figures, and last quarter's words at the side."""

    def __init__(self, app: QApplication, database: Path, report_id: str) -> None:
        self._app, self._report = app, report_id
        copy = database.with_name("bare.db")
        copy.write_bytes(database.read_bytes())
        self._connection = sqlite3.connect(copy, isolation_level=None)
        for pragma in ("journal_mode=PERSIST", "synchronous=FULL", "locking_mode=EXCLUSIVE"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, words TEXT)")
        self._lines = [
            f"{n}　第{n}项锅炉整治和管理\n达到序时进度　市生态环境局" for n in range(1, MEASURES + 1)
        ]
        self._window, self._page, self._blank = QStackedWidget(), QWidget(), QWidget()
        self._list, self._model = QListView(), QStringListModel()
        for part in (self._page, self._blank):
            self._window.addWidget(part)
        self._list.setModel(self._model)
        self._box = QLineEdit()
        self._labels = [QLabel() for _ in range(12)]
        self._edits = [QPlainTextEdit() for _ in _FIELDS]
        self._figures = QTableWidget(1, 6)
        self._lay_out()
        self._window.resize(1366, 696)
        self._window.show()
        _turn(app)

    def _lay_out(self) -> None:
        outer, right, side, five = QHBoxLayout(self._page), QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left = QVBoxLayout()
        left.addWidget(self._box)
        left.addWidget(self._list)
        outer.addLayout(left, 2)
        outer.addLayout(right, 4)
        outer.addLayout(side, 2)
        for made in self._labels:
            made.setWordWrap(True)
        for head in self._labels[:4]:
            right.addWidget(head)
        for word in ("已完成", "达到序时进度", "滞后", "未启动", "不涉及"):
            made = QPushButton(word)
            made.setCheckable(True)
            five.addWidget(made)
        right.addLayout(five)
        for edit in self._edits:
            right.addWidget(edit)
        right.addWidget(self._figures)
        for beside in self._labels[4:]:
            side.addWidget(beside)

    def read(self) -> list[tuple[str, ...]]:
        sql = f"SELECT measure_key, {', '.join(_FIELDS)} FROM entry WHERE report_id = ?"
        return self._connection.execute(sql, (self._report,)).fetchall()

    def away(self) -> None:
        self._window.setCurrentWidget(self._blank)
        _turn(self._app)

    def show(self, place: int = 0) -> None:
        self._window.setCurrentWidget(self._page)
        rows = self.read()
        self._model.setStringList(self._lines)
        self.put(rows[place % len(rows)], place)

    def put(self, row: tuple[str, ...], place: int) -> None:
        for edit, text in zip(self._edits, row[1:], strict=True):
            edit.setPlainText(text)
        for number, made in enumerate(self._labels):
            made.setText(f"{row[0]} {_WORDS.format(n=place, m=number)[: 40 + 10 * number]}")
        for column in range(6):
            self._figures.setItem(0, column, QTableWidgetItem(f"{place * column}"))
        self._list.setCurrentIndex(self._model.index(place))
        _turn(self._app)

    def filter(self, word: str) -> None:
        self._box.setText(word)
        self.read()
        self._model.setStringList([line for line in self._lines if word in line])
        _turn(self._app)

    def write(self, key: str, text: str) -> None:
        self._edits[0].setPlainText(text)
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        run(
            "UPDATE entry SET progress = ? WHERE report_id = ? AND measure_key = ?", (text, self._report, key)
        )
        run("INSERT INTO log (words) VALUES (?)", (text,))
        run("COMMIT")
        _turn(self._app)

    def close(self) -> None:
        self._connection.close()
        self._window.close()


def _turn(app: QApplication) -> None:
    """What one turn of the event loop does; what was thrown away is deleted in the loop alone, so it is asked for here."""
    app.processEvents()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _page(program: Program) -> FillingPage:
    page = program.window.page if program.window is not None else None
    assert isinstance(page, FillingPage)
    return page


def _open(program: Program, bare: _Bare) -> Figure:
    window = program.window

    def ours() -> None:
        window.go_to("filling")
        _turn(program.app)

    def before() -> None:
        window.go_to("settings")
        _turn(program.app)

    return _figure(f"opening the page, {MEASURES} measures", ours, bare.show, (before, bare.away))


def _step(program: Program, bare: _Bare) -> Figure:
    page, turn, rows = _page(program), iter(range(10**9)), bare.read()

    def ours() -> None:
        page.frame.after.click()
        if page.frame.editor.key == page.frame.entries.list.keys[-1]:
            page.go_to(page.frame.entries.list.keys[0])
        _turn(program.app)

    def floor() -> None:
        place = next(turn) % len(rows)
        bare.put(bare.read()[place], place)

    return _figure("going to the next entry", ours, floor)


def _filter(program: Program, bare: _Bare) -> Figure:
    words = ("第1", "第12", "第12项", "")
    box, mine, theirs = _page(program).frame.entries.search, iter(range(10**9)), iter(range(10**9))

    def ours() -> None:
        box.setText(words[next(mine) % len(words)])
        _turn(program.app)

    return _figure("filtering as one types", ours, lambda: bare.filter(words[next(theirs) % len(words)]))


def _save(program: Program, bare: _Bare) -> Figure:
    page, mine, theirs = _page(program), iter(range(10**9)), iter(range(10**9))
    keys = page.frame.entries.list.keys
    page.go_to(keys[3])
    edit = page.frame.editor.progress.edit

    def ours() -> None:
        edit.setPlainText(_WORDS.format(n=next(mine), m=7))
        edit.flush()
        _turn(program.app)

    return _figure(
        "a pause in typing: saved, checked and shown", ours,
        lambda: bare.write(keys[3], _WORDS.format(n=next(theirs), m=7)), floor_is="one raw commit of two rows and the text shown",
    )  # fmt: skip


def _figure(
    name: str, ours: Callable[[], None], floor: Callable[[], None],
    before: tuple[Callable[[], None], Callable[[], None]] = (lambda: None, lambda: None),
    floor_is: str = _FLOOR,
) -> Figure:  # fmt: skip
    def timed(work: Callable[[], None], first: Callable[[], None]) -> float:
        first()
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return Figure(
        name, *in_turn(lambda: timed(ours, before[0]), lambda: timed(floor, before[1]), RUNS), floor_is
    )


def _county(place: Path) -> str:
    """A county with 60 measures in eight sections, three quarters filled and half of the fourth; the report's id."""
    from tests.journeys.offices import COUNTY, OFFICE, REGION

    now = datetime.now().astimezone()
    store = opening.create_workspace(place, COUNTY, REGION, "bench", now)
    duties = (Duty(DutyRole.LEAD, OFFICE.short_name), Duty(DutyRole.IMPLEMENT, "各县区政府"))
    measures = tuple(
        Measure(f"m-{n:03d}", str(n), 1, f"第{1 + n // 8}部分", f"第{n}项锅炉整治和管理", _WORDS.format(n=n, m=n), duties)
        for n in range(1, MEASURES + 1)
    )  # fmt: skip
    targets = tuple(
        Target(f"t-{n:03d}", str(n), 1, f"整治锅炉{n}", Comparator.AT_LEAST, Decimal(12 + n), "台", "2025年底", measure_key=f"m-{n:03d}")
        for n in range(1, MEASURES + 1, 2)
    )  # fmt: skip
    draft = PlanDraft("云河市2025年蓝天行动方案", REGION.name, measures, targets, file_name="方案.docx")
    plan = planning.publish(
        store, planning.keep_draft(store, "", planning.resolve(draft, REGION), now), "bench", now
    )
    report_id = ""
    for quarter in QUARTERS:
        calendar = QuarterCalendar(quarter, now.date(), now.date(), now.date())
        planning.open_quarter(store, plan.id, calendar, "bench", now)
        report = filling.begin(store, plan.id, quarter, "bench", now)
        report_id = report.id
        last = quarter == QUARTERS[-1]
        with store.transaction():
            for row in surveying.overview(store, report).rows[: MEASURES // 2 if last else MEASURES]:
                _fill(store, report_id, row, QUARTERS.index(quarter), now)
    store.close()
    return report_id


def _fill(store: Store, report_id: str, row: surveying.FillingRow, at: int, now: datetime) -> None:
    text = _WORDS.format(n=at + 1, m=3 * at + 1)
    entry = Entry(row.measure.key, ProgressStatus.ON_SCHEDULE, f"{row.label}：{text}", next_steps=text)
    readings = tuple(Reading(t.key, Decimal(3 * at + 1)) for t in row.targets)
    store.reports.put_entry(report_id, replace(entry, readings=readings), now)
