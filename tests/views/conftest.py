"""A dressed application without a screen, and stand-ins for what would ask the person."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs.runner import JobRunner
from desktop.paths import Paths
from desktop.views.context import Context, Question
from desktop.views.icons import Icons
from desktop.views.preferences import Preferences
from desktop.views.theme import Theme, apply, load_theme

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NOW = datetime(2025, 4, 4, 14, 32)


@dataclass
class FakeFiles:
    """Answers what the test put in; `shown` holds what was opened with the system's program."""

    files: tuple[Path, ...] = ()
    saved: Path | None = None
    chosen: Path | None = None
    shown: list[Path] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open_files(self, title: str, filters: tuple[str, ...], many: bool = True) -> tuple[Path, ...]:
        self.asked.append(title)
        return self.files if many else self.files[:1]

    def save_file(self, title: str, suggested: str, filters: tuple[str, ...]) -> Path | None:
        self.asked.append(title)
        return self.saved

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        self.asked.append(title)
        return self.chosen

    def show(self, path: Path) -> bool:
        self.shown.append(path)
        return True


@dataclass
class Answers:
    """Says yes or no to every question, and keeps the questions."""

    answer: bool = True
    asked: list[Question] = field(default_factory=list)

    def __call__(self, question: Question) -> bool:
        self.asked.append(question)
        return self.answer


def compose(widget: QWidget, text: str) -> None:
    """Type Chinese as it arrives from an input method; QTest's key clicks know Latin letters only."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def opened_outside(context: Context, page: QWidget) -> Path:
    """The copy that the dialog of evidence hands to the system's program; the dialog is closed."""
    dialogs = [d for d in page.window().findChildren(QDialog, "evidence_dialog") if d.isVisible()]
    assert context.runner.wait_idle()
    dialogs[-1].open_outside()
    dialogs[-1].accept()
    return context.files.shown[-1]


@pytest.fixture
def theme() -> Theme:
    return load_theme(RESOURCES / "style")


@pytest.fixture
def theme_app(qapp: QApplication, theme: Theme) -> QApplication:
    """The application in the program's own dress."""
    if qapp.property("dressed") is None:
        apply(qapp, theme, RESOURCES / "fonts")
        qapp.setProperty("dressed", True)
    return qapp


@pytest.fixture
def icons(theme_app: QApplication, theme: Theme) -> Icons:
    return Icons(theme, RESOURCES / "icons")


@pytest.fixture
def runner(theme_app: QApplication) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.close()


@pytest.fixture
def no_qt_warnings(qtlog: object) -> Iterator[None]:
    """Fails a test during which Qt warned of anything that the program could cause."""
    yield
    said = [
        record.message
        for record in qtlog.records
        if record.type.name in ("QtWarningMsg", "QtCriticalMsg")
        and "propagateSizeHints" not in record.message
    ]
    assert not said


@pytest.fixture
def make_context(icons: Icons, theme: Theme, runner: JobRunner, paths: Paths) -> Callable[..., Context]:
    """Contexts with a fake file chooser, a collecting `show_error`, a fixed clock and a folder of their own."""

    def made(**given: object) -> Context:
        errors: list[Exception] = []
        context = Context(
            paths=paths,
            clock=lambda: NOW,
            runner=runner,
            theme=theme,
            icons=icons,
            files=FakeFiles(),
            settings=Preferences(paths.settings),
            show_error=errors.append,
            ask=Answers(),
        )
        for name, value in given.items():
            setattr(context, name, value)
        return context

    return made


@pytest.fixture
def context(make_context: Callable[..., Context]) -> Context:
    return make_context()


@pytest.fixture
def shown(qtbot: QtBot, theme_app: QApplication) -> Callable[..., QWidget]:
    """Puts a widget into a window of its own and shows it."""

    windows: list[QWidget] = []

    def show(widget: QWidget, width: int = 500, height: int = 300) -> QWidget:
        window = QWidget()
        windows.append(window)
        layout = QVBoxLayout(window)
        layout.addWidget(widget)
        window.resize(width, height)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return widget

    return show
