from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.errors import UnreadableError
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import PlanRef
from desktop.storage import DraftInfo, Store

from .samples import DRAFT, LATER, NOW, PLAN

Again = Callable[[], Store]


def test_a_draft_comes_back_and_goes(store: Store, again: Again) -> None:
    store.plans.put_draft("d1", DRAFT, NOW)
    store = again()
    assert store.plans.draft("d1") == DRAFT
    assert store.plans.draft("d2") is None
    store.plans.remove_draft("d1")
    store.plans.remove_draft("d1")
    assert store.plans.draft("d1") is None
    assert store.plans.drafts() == ()


def test_drafts_are_listed_by_their_last_change(store: Store) -> None:
    store.plans.put_draft("d1", DRAFT, NOW)
    store.plans.put_draft("d2", replace(DRAFT, title="另一"), LATER)
    assert [info.id for info in store.plans.drafts()] == ["d2", "d1"]
    changed = replace(DRAFT, title="改名")
    at = LATER + timedelta(hours=1)
    store.plans.put_draft("d1", changed, at)
    assert store.plans.drafts()[0] == DraftInfo("d1", "改名", "方案.docx")
    assert store.plans.draft("d1") == changed


def test_versions_stay_and_the_newest_is_the_plan(store: Store, again: Again) -> None:
    second = replace(PLAN, version=2, title="修订")
    store.plans.put(PLAN, NOW)
    assert store.plans.get(PLAN.id) == PLAN
    store.plans.put(second, LATER)
    for look in (lambda: store, again):
        found = look()
        assert found.plans.get(PLAN.id) == second
        assert found.plans.get(PLAN.id, 1) == PLAN
        assert found.plans.get(PLAN.id, 1) == PLAN
        assert [ref.version for ref in found.plans.versions(PLAN.id)] == [1, 2]
        assert found.plans.all() == (PlanRef(PLAN.id, 2, "修订", second.digest),)


def test_a_published_version_never_changes(store: Store) -> None:
    store.plans.put(PLAN, NOW)
    store.plans.put(PLAN, LATER)
    with pytest.raises(ValueError, match="another content"):
        store.plans.put(replace(PLAN, title="改动"), LATER)
    assert store.plans.get(PLAN.id) == PLAN
    assert len(store.plans.versions(PLAN.id)) == 1


def test_plans_are_listed_by_publication(store: Store) -> None:
    store.plans.put(PLAN, NOW)
    store.plans.put(replace(PLAN, id="b"), LATER)
    assert [ref.id for ref in store.plans.all()] == ["b", PLAN.id]
    store.plans.put(replace(PLAN, version=2), LATER + timedelta(days=1))
    assert [(ref.id, ref.version) for ref in store.plans.all()] == [(PLAN.id, 2), ("b", 1)]


def test_an_unknown_plan_is_a_key_error(store: Store) -> None:
    store.plans.put(PLAN, NOW)
    with pytest.raises(KeyError):
        store.plans.get("none")
    with pytest.raises(KeyError):
        store.plans.get(PLAN.id, 7)
    assert store.plans.versions("none") == ()


def test_an_altered_plan_is_not_taken_for_the_published_one(store: Store) -> None:
    store.plans.put(PLAN, NOW)
    store._database.execute("UPDATE plan SET content = replace(content, '12.50', '10.50')")
    with pytest.raises(UnreadableError) as caught:
        store.plans.get(PLAN.id)
    assert caught.value.code == "workspace_damaged"


def test_calendars_come_back_by_quarter(store: Store) -> None:
    second = QuarterCalendar.usual(Quarter(2025, 2))
    first = QuarterCalendar("2025Q1", date(2025, 3, 25), date(2025, 4, 10), date(2025, 4, 20))
    store.plans.put_calendar(PLAN.id, second)
    store.plans.put_calendar(PLAN.id, replace(first, closes=date(2025, 5, 1)))
    store.plans.put_calendar(PLAN.id, first)
    assert store.plans.calendar(PLAN.id, "2025Q1") == first
    assert store.plans.calendar(PLAN.id, "2025Q3") is None
    assert store.plans.calendars(PLAN.id) == (first, second)
    assert store.plans.calendars("other") == ()
