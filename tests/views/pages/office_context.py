"""What the tests of pages around packages share: a context on a real store, and answering a modal dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.quarter import Quarter
from desktop.storage import Store
from desktop.views.context import Context
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import QUARTER, Offices


def context_for(make_context: Callable[..., Context], offices: Offices, store: Store) -> Context:
    """A context on one of the offices' stores; `context.errors` collects what `show_error` was given."""
    errors: list[Exception] = []
    context = make_context(
        store=store,
        clock=lambda: offices.now,
        rounds=TEST_ROUNDS,
        plan_id=offices.plan.id,
        quarter=Quarter.parse(QUARTER),
        show_error=errors.append,
    )
    context.errors = errors
    return context


def settle(context: Context) -> None:
    """Let jobs end, and those that they start."""
    for _ in range(4):
        assert context.runner.wait_idle()
        QApplication.processEvents()


def in_dialog(name: str, act: Callable[[Any], object]) -> list[QWidget]:
    """Once a dialog with this objectName is open, call `act(dialog)`; the returned list then holds it."""
    met: list[QWidget] = []

    def look() -> None:
        found = [w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()]
        if found:
            met.append(found[0])
            act(found[0])
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)
    return met
