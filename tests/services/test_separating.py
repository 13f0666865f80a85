"""Maker and checker: one name twice passes no review where the unit wants two people."""

from __future__ import annotations

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.report import People, ReportState
from desktop.services import filling, reviewing, separating
from tests.journeys.offices import Offices

ONE = People("李敏", "李 敏", "王建军", "0953-1")


def test_one_person_may_do_both_until_the_unit_says_otherwise(offices: Offices) -> None:
    store, report, now = offices.county, offices.draft_report(), offices.now
    offices.fill(report)
    filling.name_people(store, report.id, ONE, "test", now)
    separating.set_separate(store, True, "test", now)
    with pytest.raises(RefusedError) as caught:
        reviewing.review(store, report.id, "test", now)
    assert (caught.value.code, caught.value.facts) == ("same_person", {"name": "李敏"})
    assert store.reports.get(report.id).state is ReportState.DRAFT
    separating.set_separate(store, False, "test", now)
    assert reviewing.review(store, report.id, "test", now).state is ReportState.REVIEWED


def test_the_wish_is_in_the_trail_once(offices: Offices) -> None:
    store, now = offices.county, offices.now
    assert not separating.separate(store)
    for _ in range(2):
        separating.set_separate(store, True, "马晓东", now)
    (record,) = store.audit.records(subject=store.workspace.unit.code, limit=1)
    assert (record.action, record.facts) == ("separation_set", {"wanted": "yes"})
    assert len([r for r in store.audit.records() if r.action == "separation_set"]) == 1
