"""A county's plan whose target counts otherwise, or has 序时应达, for page and service tests."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from desktop.domain.plan import Plan
from desktop.domain.targets import Accumulation, Milestone
from desktop.services import receiving, sending
from tests.journeys.offices import COUNTY, Offices


def retargeted(offices: Offices, *milestones: tuple[str, int], **changes: Any) -> Plan:
    """The next version, at the city and by its package at the county: t-001 with these changes and 序时应达."""
    plan = offices.city.plans.get(offices.plan.id)
    changes.setdefault("accumulation", Accumulation.PLAN_TO_DATE)
    changes["milestones"] = tuple(Milestone(quarter, Decimal(value)) for quarter, value in milestones)
    targets = tuple(replace(t, **changes) if t.key == "t-001" else t for t in plan.targets)
    made = replace(plan, version=plan.version + 1, targets=targets)
    offices.city.plans.put(made, offices.now)
    hand_down(offices)
    return made


def hand_down(offices: Offices) -> None:
    """The newest plan package, taken in by the county."""
    (package,) = sending.distribute(
        offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", offices.now
    )
    receiving.take_in(offices.county, offices.to_county(package.digest), "", "test", offices.now)
