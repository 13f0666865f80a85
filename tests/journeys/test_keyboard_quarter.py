"""A quarter of 32 measures by the keyboard alone, through the real windows: filled, checked, reviewed, signed, written out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from desktop.domain.plan import Duty, DutyRole, Measure, PlanDraft
from desktop.domain.report import ProgressStatus, ReportState
from desktop.domain.targets import Comparator, Target
from desktop.paths import Paths
from desktop.services import surveying
from desktop.views.application import Program
from desktop.views.main_window import MainWindow
from tests.conftest import ROOT, TEST_ROUNDS
from tests.journeys.offices import PASS_PHRASE, Offices, enrol, open_offices
from tests.views.conftest import FakeFiles, compose

MEASURES = 32
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def long_plan() -> PlanDraft:
    """Thirty-two measures in four sections, every fourth with a target."""
    duties = (Duty(DutyRole.LEAD, "生态环境局"), Duty(DutyRole.IMPLEMENT, "各县区政府"))
    measures = tuple(
        Measure(f"m-{n:03d}", str(n), 1, f"第{1 + (n - 1) // 8}部分", f"第{n}项治理", f"做好第{n}项治理。", duties)
        for n in range(1, MEASURES + 1)
    )  # fmt: skip
    targets = tuple(
        Target(f"t-{n:03d}", str(n), 1, f"第{n}项台数", Comparator.AT_LEAST, Decimal(12), "台", "2025年底", measure_key=f"m-{n:03d}")
        for n in range(4, MEASURES + 1, 4)
    )  # fmt: skip
    return PlanDraft("云河市蓝天行动方案", "云河市", measures, targets, file_name="方案.docx")


class Hands:
    """Keys go where the focus is, as from a keyboard; there is no mouse."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.program.window, MainWindow)
        return self.program.window

    @property
    def at(self) -> QWidget:
        """What has the focus; without any the active window, as Qt does it."""
        self.settle()
        if QApplication.activeWindow() is None:
            # Without a screen nobody gives the window the focus back when a dialog closes.
            self.window.activateWindow()
            assert QTest.qWaitForWindowActive(self.window)
        found = QApplication.focusWidget() or QApplication.activeWindow()
        assert found is not None
        return found

    def settle(self) -> None:
        for _ in range(3):
            assert self.program.runner.wait_idle(60_000)
            QApplication.processEvents()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.at, key, modifiers)
        self.settle()

    def type(self, words: str) -> None:
        compose(self.at, words)

    def tab_to(self, name: str) -> None:
        """Tab on until that has the focus; whoever cannot get there by keyboard fails here."""
        for _ in range(40):
            if self.at.objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} is not reached, the focus is at {self.at.objectName()}")


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path, now, long_plan())
    enrol(made)
    yield made
    made.city.close()
    made.county.close()


@pytest.fixture
def hands(qapp: QApplication, offices: Offices, tmp_path: Path) -> Iterator[Hands]:
    offices.county.close()
    files = FakeFiles(chosen=offices.stick)
    program = Program(qapp, Paths(ROOT / "resources", tmp_path / "user"), files, TEST_ROUNDS)
    assert program.open_folder(offices.county.folder)
    made = Hands(program)
    QTest.qWaitForWindowActive(made.window)
    yield made
    program.close()
    program.runner.close()


def fill(hands: Hands) -> None:
    """Every entry in turn: its state, its words, its figure, what comes next."""
    page = hands.window.page
    for number in range(1, MEASURES + 1):
        hands.press(Qt.Key.Key_Return, CTRL)
        assert page.frame.editor.key == f"m-{number:03d}"
        assert isinstance(hands.at, QToolButton), "下一条未填 leads to the state"
        hands.press(Qt.Key.Key_3 if number == 5 else Qt.Key.Key_2, ALT)
        hands.press(Qt.Key.Key_Tab)
        assert isinstance(hands.at, QPlainTextEdit) and hands.at.objectName() == "progress"
        hands.type(f"第{number}项本季度完成{number}处，正在验收。")
        if number % 4 == 0:
            hands.press(Qt.Key.Key_Tab)
            assert isinstance(hands.at, QLineEdit), "the figure comes right after the words"
            for digit in "13":
                hands.press(Qt.Key(ord(digit)))
        hands.tab_to("next_steps")
        hands.type("下季度按月调度。")


def mend(hands: Hands) -> None:
    """The one that is behind has no problem written down: found by F8, in its field."""
    page = hands.window.page
    assert page.frame.next.text() == "下一处必须改"
    hands.press(Qt.Key.Key_Return, CTRL)
    assert page.frame.editor.key == "m-005" and hands.at.objectName() == "problems"
    hands.press(Qt.Key.Key_F8)
    assert hands.at.objectName() == "problems"
    hands.type("缺配套资金。")
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.at.objectName() == "problems" and page.frame.editor.problems.text == ""
    hands.press(Qt.Key.Key_Y, CTRL)
    assert page.frame.editor.problems.text == "缺配套资金。"


def send_to_review(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.at.window().objectName() == "people_dialog"
    for name, person in (
        ("preparer", "李敏"),
        ("reviewer", "马晓东"),
        ("issuer", "王建军"),
        ("phone", "0000-1"),
    ):
        hands.tab_to(f"person_{name}")
        hands.press(Qt.Key.Key_A, CTRL)
        hands.type(person)
    hands.press(Qt.Key.Key_Return)
    assert hands.window.place == "review"


def sign(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.at.objectName() == "sign_passphrase", "Ctrl+Enter asks; it does not sign"
    hands.press(Qt.Key.Key_Return)
    assert hands.at.objectName() == "sign_passphrase", "Enter without the pass phrase does nothing"
    hands.type(PASS_PHRASE)
    hands.press(Qt.Key.Key_Return)


def test_thirty_two_measures_without_a_mouse(hands: Hands, offices: Offices) -> None:
    context = hands.program.context
    assert context is not None and context.store is not None
    store = context.store
    fill(hands)
    mend(hands)
    send_to_review(hands)
    sign(hands)
    (report,) = store.reports.find()
    assert report.state is ReportState.SIGNED
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.window.place == "export"
    hands.tab_to("drive_other")
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, CTRL)
    (report,) = store.reports.find()
    assert report.state is ReportState.SUBMITTED
    assert sorted(path.suffix for path in offices.stick.glob("东川县*第1次报送*")) == [
        ".jbx",
        ".pdf",
        ".xlsx",
    ]
    rows = surveying.overview(store, report).rows
    assert len(rows) == MEASURES and all(row.filled for row in rows)
    assert [row.entry.status for row in rows if row.label == "5"] == [ProgressStatus.BEHIND]
    assert all(row.entry.reading(row.targets[0].key) == Decimal(13) for row in rows if row.targets)
