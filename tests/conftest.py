"""What all tests share: Qt without a screen, a clock, and few KDF rounds."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desktop.paths import Paths
from desktop.reports.fonts import Faces, load_faces

ROOT = Path(__file__).resolve().parent.parent
# Tests lower the rounds; nothing else can.
TEST_ROUNDS = 1000


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
