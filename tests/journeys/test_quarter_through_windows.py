"""A quarter through the real windows: two programs, city and county, and nothing between them but a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.domain.package import InboxState
from desktop.domain.report import ReportState
from desktop.paths import Paths
from desktop.views.application import Program
from desktop.views.main_window import MainWindow
from desktop.views.widgets.inputs import NumberEdit
from desktop.views.widgets.row_list import RowList
from tests.conftest import ROOT, TEST_ROUNDS
from tests.views.conftest import FakeFiles, compose

PASS_PHRASE = "纸上没有的口令 7"
PLAN = """石嘴山市清洁空气示范行动方案

一、主要目标
到2025年，优良天数比例达到80%。

二、重点任务
（一）治理锅炉
1.拆除小锅炉。各县区逐台登记小锅炉，拆一台销一台，到2025年累计拆除小锅炉12台。（市生态环境局牵头，市住建局配合，三县区人民政府、各园区管委会负责落实）
2.推广清洁取暖。对还在烧散煤的农户逐户登记，愿意改的优先改。（市发改委牵头，市住建局、财政局配合）
（二）管住扬尘
3.加强工地管理。工地出入口设冲洗点，渣土车不带泥上路。（市住建局牵头，市公安局配合，三县区人民政府负责落实）
"""
W = TypeVar("W", bound=QWidget)


@dataclass
class Desk:
    """One program with its window, as one person has it in front of them."""

    program: Program
    files: FakeFiles
    errors: list[Exception] = field(default_factory=list)

    @property
    def window(self) -> MainWindow:
        window = self.program.window
        assert isinstance(window, MainWindow)
        return window

    @property
    def store(self):  # type: ignore[no-untyped-def]
        assert self.program.context is not None
        return self.program.context.store

    def settle(self) -> None:
        for _ in range(5):
            assert self.program.runner.wait_idle(60_000)
            QApplication.processEvents()
        assert self.errors == []

    def see(self, kind: type[W], name: str) -> W:
        QApplication.processEvents()
        assert self.program.window is not None
        found = [w for w in self.program.window.findChildren(kind, name) if w.isVisible()]
        assert found, f"{name} is not to be seen"
        return found[-1]

    def press(self, name: str) -> None:
        button = self.see(QAbstractButton, name)
        assert button.isEnabled(), f"{name}: {button.text()}"
        button.click()
        self.settle()

    def write(self, name: str, words: str) -> None:
        edit = self.see(QWidget, name)
        if isinstance(edit, QComboBox):
            edit.setEditText(words)
            return
        assert isinstance(edit, QLineEdit | QPlainTextEdit), type(edit)
        edit.setFocus()
        edit.clear()
        compose(edit, words)

    def go(self, place: str) -> None:
        self.window.rail.findChild(QAbstractButton, f"place_{place}").click()
        self.settle()

    def take(self, *paths: Path) -> None:
        """Drop files on the inbox."""
        self.go("inbox")
        self.window.page.take_files(paths)
        self.settle()

    def said(self, name: str) -> str:
        return self.see(QLabel, name).text()

    def when_asked(self, dialog: str, act: Callable[[QDialog], None]) -> None:
        """Once a modal dialog of this name opens, answer it."""

        def look() -> None:
            shown = [w for w in QApplication.topLevelWidgets() if w.objectName() == dialog and w.isVisible()]
            if shown:
                act(shown[-1])
            else:
                QTimer.singleShot(10, look)

        QTimer.singleShot(0, look)

    def give_pass_phrase(self) -> None:
        def act(dialog: QDialog) -> None:
            dialog.findChild(QLineEdit, "passphrase").setText(PASS_PHRASE)
            dialog.findChild(QAbstractButton, "passphrase_ok").click()

        self.when_asked("passphrase_dialog", act)


@pytest.fixture
def desks(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    made: list[Desk] = []

    def build(name: str) -> Desk:
        files = FakeFiles()
        program = Program(qapp, Paths(ROOT / "resources", tmp_path / name / "user"), files, TEST_ROUNDS)
        desk = Desk(program, files)
        program.show_error = desk.errors.append
        program.show_start()
        made.append(desk)
        return desk

    yield build
    for desk in made:
        desk.program.close()
        desk.program.runner.close()


def new_workspace(desk: Desk, kind: str, unit: str, folder: Path) -> None:
    desk.press(f"kind_{kind}")
    desk.write("unit", unit)
    desk.write("folder", str(folder))
    desk.press("create")
    assert desk.store.workspace.unit.name == unit


def found_keys(city: Desk) -> None:
    city.go("keys")
    city.write("authority_person", "赵国强")
    city.write("authority_passphrase", PASS_PHRASE)
    city.write("authority_again", PASS_PHRASE)
    city.press("authority_do")


def import_plan(city: Desk, plan: Path) -> None:
    city.go("plan")
    city.files.files = (plan,)
    city.press("choose_plan")
    city.press("publish")
    city.press("publish_confirm")
    assert city.window.place == "assign"
    published = city.store.plans.get(city.program.context.plan_id)
    assert [len(m.implementers) for m in published.measures] == [6, 0, 3]


def open_quarter(city: Desk) -> None:
    city.go("distribute")
    city.press("open_quarter")
    city.press("quarter_save")
    assert city.program.context.quarter is not None


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def enrol(city: Desk, county: Desk, stick: Path) -> None:
    """Invitations for all; the county compares the fingerprint, asks, and gets its certificate."""
    city.go("keys")
    city.press("keys_all")
    city.files.chosen = stick
    city.give_pass_phrase()
    city.press("keys_invite")
    county.take(only(stick, "平罗县_邀请_*.jbx"))
    city_says = city.see(QWidget, "root_fingerprint").text
    assert county.see(QWidget, "compare_fingerprint").text == city_says
    county.press("compare_tick")
    county.press("compare_done")
    county.go("keys")
    county.write("request_person", "王建军")
    county.write("request_passphrase", PASS_PHRASE)
    county.write("request_again", PASS_PHRASE)
    county.files.chosen = stick
    county.press("request_do")
    county_says = county.see(QWidget, "own_fingerprint").text
    city.take(only(stick, "平罗县_证书申请_*.jbx"))
    assert city.see(QWidget, "compare_fingerprint").text == county_says
    city.press("compare_tick")
    city.give_pass_phrase()
    city.press("compare_done")
    city.press("inbox_write_answer")
    county.take(only(stick, "平罗县_证书_*.jbx"))
    county.go("keys")
    assert county.said("keys_step_3_text").startswith("可以签发了。签发人王建军")


def distribute(city: Desk, stick: Path) -> None:
    city.go("distribute")
    city.files.chosen = stick
    city.give_pass_phrase()
    city.press("distribute")
    QTest.qWait(50)
    city.settle()
    assert len(list(stick.glob("*_任务包_*.jbx"))) == 6


def fill(county: Desk, words: str) -> None:
    """Every measure: status, words, figure; saved by leaving the fields."""
    county.go("filling")
    entries = county.see(RowList, "entry_list")
    assert len(entries.keys) == 2
    for key in entries.keys:
        entries.choose(key)
        county.settle()
        county.press("status_on_schedule")
        county.write("progress", words)
        county.write("next_steps", "每月调度一次。")
        for edit in county.window.page.findChildren(NumberEdit):
            if edit.isVisible():
                edit.clear()
                QTest.keyClicks(edit, "7")
    # Leaving the page saves what was typed last.
    county.go("inbox")
    county.go("filling")
    assert "2/2" in county.said("filled_count")


def review_and_sign(county: Desk) -> None:
    county.go("filling")
    county.press("send_to_review")
    for name, person in (
        ("preparer", "李敏"),
        ("reviewer", "马晓东"),
        ("issuer", "王建军"),
        ("phone", "0000-1234567"),
    ):
        county.write(f"person_{name}", person)
    county.press("people_done")
    assert county.window.place == "review"
    county.press("review_primary")
    assert county.see(QAbstractButton, "review_primary").text().startswith("签发")
    county.press("review_primary")
    field = county.see(QLineEdit, "sign_passphrase")
    field.setText("这个不对不对")
    county.press("sign_done")
    assert county.see(QDialog, "sign_dialog").isVisible(), "a wrong pass phrase loses nothing"
    field.setText(PASS_PHRASE)
    county.press("sign_done")


def export(county: Desk, stick: Path) -> Path:
    county.go("export")
    county.files.chosen = stick
    county.see(QAbstractButton, "drive_other").click()
    county.press("export_write")
    report = county.store.reports.find()[-1]
    assert report.state is ReportState.SUBMITTED
    return only(stick, f"平罗县_*_第{report.revision}次报送.jbx")


def test_a_quarter_from_the_document_to_the_receipt(desks: Callable[[str], Desk], tmp_path: Path) -> None:
    stick = tmp_path / "报送U盘"
    stick.mkdir()
    (tmp_path / "方案.txt").write_text(PLAN, encoding="utf-8")
    city, county = desks("city"), desks("county")
    new_workspace(city, "city", "石嘴山市人民政府", tmp_path / "市工作区")
    new_workspace(county, "county", "平罗县人民政府", tmp_path / "县工作区")
    found_keys(city)
    import_plan(city, tmp_path / "方案.txt")
    open_quarter(city)
    enrol(city, county, stick)
    distribute(city, stick)
    county.take(only(stick, "平罗县_任务包_*.jbx"))
    assert county.program.context.plan_id == city.program.context.plan_id

    fill(county, "本季度拆除小锅炉7台，其余5台已签合同。")
    review_and_sign(county)
    package = export(county, stick)

    # Returned once, with a reason for one measure.
    city.take(package)
    assert city.store.reports.find() == ()
    city.press("decide_return")
    city.write("decide_words", "请写明7台小锅炉分别在哪里。")
    city.give_pass_phrase()
    city.press("decide")
    city.files.chosen = stick
    city.press("inbox_write_answers")
    county.take(only(stick, "平罗县_*_退回单.jbx"))
    assert county.store.reports.find()[0].state is ReportState.RETURNED
    county.go("filling")
    county.press("notice_action")
    fill(county, "本季度拆除小锅炉7台：城关4台，陶乐3台；其余5台已签合同。")
    review_and_sign(county)
    package = export(county, stick)

    # Accepted the second time; the receipt ends the quarter.
    city.take(package)
    city.press("decide")
    city.press("inbox_write_answers")
    county.take(only(stick, "平罗县_*_回执.jbx"))
    assert [r.state for r in county.store.reports.find()] == [ReportState.RETURNED, ReportState.ACCEPTED]
    assert [r.state for r in city.store.reports.find()] == [ReportState.RETURNED, ReportState.ACCEPTED]
    assert all(i.state is not InboxState.WAITING for i in city.store.packages.inbox())

    city.go("desk")
    assert city.said("figure_accepted").startswith("1")
    city.files.chosen = tmp_path
    city.when_asked(
        "bulletin_dialog", lambda asked: asked.findChild(QAbstractButton, "bulletin_export").click()
    )
    city.press("export_summary_first")
    assert only(tmp_path, "*通报*.pdf").read_bytes().startswith(b"%PDF")
    assert only(tmp_path, "*汇总*.xlsx").exists()
    for desk in (city, county):
        assert desk.store.audit.verify() is None
