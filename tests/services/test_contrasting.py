"""得分和对比 reads what was accepted, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from desktop.domain.quarter import Quarter
from desktop.paths import Paths
from desktop.services import opening, summarising
from desktop.services.contrasting import contrast
from desktop.services.opening import Sample
from desktop.services.sampling import make_sample
from desktop.storage import Store
from tests.conftest import ROOT, TEST_ROUNDS

NOW = datetime.now().astimezone().replace(microsecond=0, hour=15)
THIS = Quarter.of(NOW.date()).previous


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    return make_sample(folder / "示例", Paths(ROOT / "resources", folder / "user"), TEST_ROUNDS, NOW)


@pytest.fixture
def city(sample: Sample) -> Iterator[Store]:
    store = opening.open_workspace(sample.city, "test", NOW)
    yield store
    store.close()


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
