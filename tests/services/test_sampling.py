"""The sample is a pair of ordinary workspaces in the middle of a quarter."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import CancelledError
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportState
from desktop.domain.summary import UnitProgress
from desktop.paths import Paths
from desktop.services import delegating, enrolling, opening, summarising, surveying
from desktop.services.opening import SAMPLE_PASSPHRASE, Sample, sample_in
from desktop.services.sampling import make_sample
from desktop.storage import Store
from tests.conftest import ROOT, TEST_ROUNDS
from tests.conftest import SAMPLE_NOW as NOW

THIS = str(Quarter.of(NOW.date()).previous)
LAST = str(Quarter.of(NOW.date()).previous.previous)


@pytest.fixture
def city(sample_city: Store) -> Store:
    return sample_city


@pytest.fixture
def county(sample: Sample) -> Iterator[Store]:
    store = opening.open_workspace(sample.county, "test", NOW)
    yield store
    store.close()


def test_only_the_two_workspaces_are_left(sample: Sample) -> None:
    folder = sample.city.parent.parent
    assert sample_in(folder) == sample
    assert sorted(p.name for p in folder.parent.iterdir()) == ["示例"]
    assert sorted(p.name for p in folder.iterdir()) == ["县级", "市级"]


def test_the_city_is_in_the_middle_of_the_quarter(city: Store) -> None:
    assert city.workspace.sample and city.workspace.leads
    (plan,) = city.plans.all()
    seen = summarising.summary(city, plan.id, THIS, NOW)
    states = {line.short_name: line.state for line in seen.units}
    assert states == {
        "望溪区": UnitProgress.ACCEPTED,
        "沙棠市": UnitProgress.WAITING,
        "柏河县": UnitProgress.MISSING,
        "云岭经济技术开发区": UnitProgress.ACCEPTED,
        "柏河工业园区": UnitProgress.RETURNED,
    }
    last = summarising.summary(city, plan.id, LAST, NOW)
    assert {line.state for line in last.units} == {UnitProgress.ACCEPTED}
    assert all(line.filled == line.assigned for line in last.units)
    assert city.audit.verify() is None


def test_every_unit_that_reports_has_someone_to_call(city: Store) -> None:
    assert all(unit.contact and unit.phone for unit in city.units.region().reporting)


def test_the_county_is_half_way_and_has_last_quarter_beside_it(county: Store) -> None:
    assert county.workspace.sample and county.workspace.reports
    last, this = county.reports.find()
    assert (last.quarter, last.state) == (LAST, ReportState.ACCEPTED)
    assert (this.quarter, this.state) == (THIS, ReportState.DRAFT)
    seen = surveying.overview(county, this)
    assert 0 < seen.filled < len(seen.rows)
    assert all(row.previous is not None for row in seen.rows)
    assert seen.calendar is not None and seen.calendar.due >= NOW.date()


def test_most_measures_of_the_county_have_a_bureau_that_can_be_called(county: Store) -> None:
    _, this = county.reports.find()
    *divided, nobody = delegating.by_bureau(county, surveying.overview(county, this))
    assert nobody.bureau is None and 0 < nobody.total < sum(one.total for one in divided)
    assert all(one.bureau and one.bureau.contact and one.bureau.phone and one.total for one in divided)
    assert delegating.proposals(county, this.plan_id), "there is something left to try"


def test_both_sign_with_the_pass_phrase_that_is_shown(city: Store, county: Store) -> None:
    for store in (city, county):
        assert enrolling.signing_state(store).state == "ready"
        enrolling.signer(store, SAMPLE_PASSPHRASE)


def test_stopping_leaves_the_sample_that_was_there(sample: Sample, tmp_path: Path) -> None:
    folder = tmp_path / "示例"
    shutil.copytree(sample.city.parent.parent, folder)

    def stop(step: str, done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        make_sample(folder, Paths(ROOT / "resources", tmp_path / "user"), TEST_ROUNDS, NOW, stop)
    assert sample_in(folder) is not None
    assert [p.name for p in tmp_path.iterdir()] == ["示例"]


def test_a_sample_that_is_not_whole_counts_as_none(sample: Sample, tmp_path: Path) -> None:
    shutil.copytree(sample.city, tmp_path / "示例" / "市级" / "云岭市")
    assert sample_in(tmp_path / "示例") is None
