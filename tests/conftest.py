"""What all tests share: Qt without a screen, a clock, few KDF rounds, and the offices that most of them work in."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.jobs.collecting import collect_due
from desktop.paths import Paths
from desktop.reports.fonts import Faces, load_faces

if TYPE_CHECKING:
    from desktop.services.demonstrating import Sample
    from desktop.storage import Store
    from tests.journeys.offices import Offices

ROOT = Path(__file__).resolve().parent.parent
# Tests lower the rounds; nothing else can.
TEST_ROUNDS = 1000
# The sample is made around this moment; in the afternoon, so that no test runs over midnight.
SAMPLE_NOW = datetime.now().astimezone().replace(microsecond=0, hour=15)


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


# The services are loaded when a test asks for an office: those of the domain start without them.


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    """City and county on disk, the plan handed down; the county has no certificate yet."""
    from tests.journeys.offices import open_offices

    made = open_offices(tmp_path, now)
    yield made
    made.city.close()
    made.county.close()


@pytest.fixture
def enrolled(offices: Offices) -> Offices:
    """The same offices, the county's issuer certified."""
    from tests.journeys.offices import enrol

    enrol(offices)
    return offices


@pytest.fixture
def city(tmp_path: Path, now: datetime) -> Iterator[Store]:
    """A city's workspace with nothing in it."""
    from desktop.services import opening
    from tests.journeys.offices import CITY, REGION

    store = opening.create_workspace(tmp_path / "市", CITY, REGION, "test", now)
    yield store
    store.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The shipped sample's workspaces around SAMPLE_NOW."""
    from desktop.services.sampling import make_sample

    folder = tmp_path_factory.mktemp("sample")
    return make_sample(folder / "示例", Paths(ROOT / "resources", folder / "user"), TEST_ROUNDS, SAMPLE_NOW)


@pytest.fixture
def sample_city(sample: Sample) -> Iterator[Store]:
    """The sample's city, open."""
    from desktop.services import opening

    store = opening.open_workspace(sample.city, "test", SAMPLE_NOW)
    yield store
    store.close()
