"""What all tests share: Qt without a screen, a clock, and few KDF rounds."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.jobs.collecting import collect_due
from desktop.paths import Paths
from desktop.reports.fonts import Faces, load_faces

ROOT = Path(__file__).resolve().parent.parent
# Tests lower the rounds; nothing else can.
TEST_ROUNDS = 1000


# The test runner has a thread of its own that receives; widgets must not be destroyed there.
gc.disable()


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """As in the running program, garbage is collected on the screen's thread alone."""
    yield
    collect_due()


class PatientBot(QtBot):
    """Waits up to half a minute for what must come: a busy machine is slow, and that is no defect of ours."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        for name in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
            setattr(self, name, partial(getattr(self, name), timeout=30_000))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def now() -> datetime:
    """Real time: certificates are valid in real time, whatever quarter is reported."""
    return datetime.now().astimezone().replace(microsecond=0)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(ROOT / "resources", tmp_path / "user")


@pytest.fixture(scope="session")
def faces() -> Faces:
    return load_faces(ROOT / "resources" / "fonts")
