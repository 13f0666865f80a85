"""得分和对比 reads what was accepted, and writes nothing."""

from __future__ import annotations

import pytest

from desktop.domain.quarter import Quarter
from desktop.services import summarising
from desktop.services.contrasting import contrast
from desktop.storage import Store
from tests.conftest import SAMPLE_NOW as NOW

THIS = Quarter.of(NOW.date()).previous


@pytest.fixture
def city(sample_city: Store) -> Store:
    return sample_city


def test_two_quarters_places_and_heat_agree_with_the_summary(city: Store) -> None:
    plan = city.plans.all()[0].id
    document = summarising.summary(city, plan, str(THIS), NOW)
    before = summarising.summary(city, plan, str(THIS.previous), NOW)
    found = contrast(city, document, NOW)
    assert found.courses.quarters == (str(THIS.previous), str(THIS))
    heard = {unit.unit.code for unit in before.units if unit.filled}
    assert set(found.places) == heard and min(found.places.values()) == 1
    assert found.heat.total == sum(unit.counts["behind"] for unit in document.units)
    for line in found.courses.units:
        assert (line.values[0] is not None) == (line.unit_code in heard)
    scored = {score.unit_code for score in found.ranking.scores if score.points is not None}
    assert scored == {unit.unit.code for unit in document.units if unit.filled}


def test_the_first_quarter_has_no_places_before_it(city: Store) -> None:
    plan = city.plans.all()[0].id
    first = summarising.summary(city, plan, str(THIS.previous), NOW)
    found = contrast(city, first, NOW)
    assert found.places == {} and len(found.courses.quarters) == 1
