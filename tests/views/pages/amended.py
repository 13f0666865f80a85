"""The small plan amended by its city, and the county with the package that brings it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.plan import Measure, Plan
from desktop.services import amending, planning, receiving, sending
from tests.journeys.offices import COUNTY, REGION, Offices, draft


def amend(offices: Offices, measures: Sequence[Measure], pairs: Sequence[tuple[str, str]] = ()) -> Plan:
    """The city publishes these measures as the next version; `pairs` say which old and new keys are one another's."""
    city, now = offices.city, offices.now
    known = {m.key for m in measures}
    targets = tuple(t for t in draft().targets if t.measure_key in known)
    second = planning.resolve(replace(draft(), measures=tuple(measures), targets=targets), REGION)
    second = amending.compare_with(city, second, offices.plan.id)
    plan = city.plans.get(offices.plan.id)
    for new in dict.fromkeys(new for _, new in pairs):
        second = amending.pair(second, plan, [old for old, made in pairs if made == new], [new])
    second = amending.confirm_all(second, amending.open_matches(second))
    draft_id = planning.keep_draft(city, "", second, now)
    return amending.publish_amendment(city, draft_id, "test", now)


def hand_down(offices: Offices) -> None:
    """The county takes in the package with the newest version."""
    (package,) = sending.distribute(
        offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", offices.now
    )
    receiving.take_in(offices.county, offices.to_county(package.digest), "", "test", offices.now)


def merged() -> tuple[list[Measure], list[tuple[str, str]]]:
    """Boilers and streets in one measure."""
    boilers, streets, network = draft().measures
    both = replace(boilers, title="锅炉和道路", content=boilers.content + streets.content)
    return [both, replace(network, task_no="2", key="m-002")], [("m-001", "m-001"), ("m-002", "m-001")]


def without_streets() -> tuple[list[Measure], list[tuple[str, str]]]:
    """The county's second measure is dropped, and the first one reworded."""
    boilers, _, network = draft().measures
    boilers = replace(boilers, content="年内拆除小锅炉15台，逐台留下照片。")
    return [boilers, replace(network, task_no="2")], [("m-001", "m-001")]
