"""By Tab alone: from every page all that takes the focus is reached, and nothing keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.paths import Paths
from desktop.storage import Store
from desktop.views.application import Program
from desktop.views.main_window import MainWindow
from tests.conftest import ROOT, TEST_ROUNDS
from tests.journeys.offices import Offices, enrol, open_offices
from tests.journeys.several import second_plan
from tests.views.conftest import FakeFiles


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    """Two plans, one of them filled; the county has a certificate and no bureau yet. Held by nobody."""
    made = open_offices(tmp_path, now)
    enrol(made)
    made.fill(made.draft_report())
    second_plan(made)
    made.city.close()
    made.county.close()
    yield made


@pytest.fixture
def program(theme_app: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(theme_app, Paths(ROOT / "resources", tmp_path / "user"), FakeFiles(), TEST_ROUNDS)
    yield made
    made.close()
    made.runner.close()


def wanted(window: QWidget) -> set[QWidget]:
    """What can be seen and takes the focus by Tab; of buttons of which one is chosen, Tab knows only one."""

    def alone(widget: QWidget) -> bool:
        if not isinstance(widget, QAbstractButton):
            return True
        return not (widget.autoExclusive() or (widget.group() is not None and widget.group().exclusive()))

    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None and not widget.visibleRegion().isEmpty() and alone(widget)
    }  # fmt: skip


def walked(window: QWidget) -> set[QWidget]:
    """What has the focus in turn while Tab is pressed, until it comes round."""
    seen: list[QWidget] = []
    for _ in range(120):
        at = QApplication.focusWidget() or window
        if seen and at is seen[0]:
            break
        assert not seen or at is not seen[-1], f"{at.objectName()} keeps the focus"
        seen.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    return set(seen)


@pytest.mark.parametrize("width", [1366, 911])
@pytest.mark.parametrize("office", ["county", "city"])
def test_every_page_is_walked_through(program: Program, offices: Offices, office: str, width: int) -> None:
    store: Store = getattr(offices, office)
    assert program.open_folder(store.folder)
    window, context = program.window, program.context
    assert isinstance(window, MainWindow) and context is not None
    window.resize(width, 696)
    for place in window.keys:
        context.navigate(place)
        assert program.runner.wait_idle()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        window.page.setFocus()
        missed = wanted(window) - walked(window)
        # Where the walk begins is shown again by what comes round; nothing may be left out.
        assert not {widget.objectName() for widget in missed}, place
