"""What page tests share: a city and a county on disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.offices import Offices, open_offices


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path, now)
    yield made
    made.city.close()
    made.county.close()
