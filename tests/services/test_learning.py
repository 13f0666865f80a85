"""Names learnt while a plan is checked: known in the next document, and forgotten when the step is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.plan import Duty, DutyRole, PlanDraft
from desktop.services import learning, planning
from desktop.storage import Store
from tests.journeys.offices import COUNTY, OFFICE, PARK, draft


def reading(name: str, number: int = 2) -> PlanDraft:
    base = draft()
    return base.with_measure(replace(base.measures[number], duties=(Duty(DutyRole.IMPLEMENT, name),)))


def doubts(found: PlanDraft, name: str) -> list[str]:
    return [p.code for p in found.problems if p.facts.get("name") == name and not p.settled]


def test_another_document_with_the_same_spelling_is_read_in_silence(city: Store, now: datetime) -> None:
    first = planning.resolve(reading("环境卫生所"), city.units.region())
    assert doubts(first, "环境卫生所") == ["unknown_unit"]
    learning.learn(city, "环境卫生所", (OFFICE.code,), "test", now)
    second = planning.resolve(reading("环境卫生所", 0), city.units.region())
    assert doubts(second, "环境卫生所") == []
    assert second.measures[0].implementers == (OFFICE.code,)
    assert "环境卫生所" in planning.lexicon_of((city.units.region(),)).names


def test_an_alias_is_forgotten_and_learnt_again(city: Store, now: datetime) -> None:
    before = city.units.region()
    _, lesson = learning.learn(city, "环境卫生所", (OFFICE.code,), "test", now)
    assert lesson is not None
    assert learning.forget(city, lesson, "test", now) == before
    region, again = learning.learn(city, lesson.name, lesson.unit_codes, "test", now)
    assert again == lesson and "环境卫生所" in region.find(OFFICE.code).aliases
    assert learning.learn(city, "环境卫生所", (OFFICE.code,), "test", now)[1] is None


def test_a_term_goes_back_to_what_it_meant(city: Store, now: datetime) -> None:
    both = (COUNTY.code, PARK.code)
    _, new = learning.learn(city, "有关地方", both, "test", now)
    _, changed = learning.learn(city, "有关地方", (PARK.code,), "test", now)
    assert new is not None and changed is not None

    def meaning() -> tuple[str, ...] | None:
        return next((t.unit_codes for t in city.units.region().terms if t.term == "有关地方"), None)

    assert meaning() == (PARK.code,)
    learning.forget(city, changed, "test", now)
    assert set(meaning()) == set(both)
    learning.forget(city, new, "test", now)
    assert meaning() is None


def test_nothing_chosen_is_refused(city: Store, now: datetime) -> None:
    with pytest.raises(RefusedError, match="no_units"):
        learning.learn(city, "环境卫生所", (), "test", now)
