"""What page tests share: the county's surroundings on its open quarter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.reports.fonts import Faces
from desktop.views.context import Context
from tests.journeys.offices import Offices
from tests.views.pages.county import County, county


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    """The county's context on its open quarter, and what its pages tell."""
    return county(make_context, offices, faces)
