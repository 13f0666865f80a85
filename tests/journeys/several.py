"""A second plan for the small city and its county."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desktop.domain.plan import Plan
from desktop.domain.quarter import QuarterCalendar
from desktop.services import planning, receiving, sending
from tests.journeys.offices import COUNTY, QUARTER, REGION, Offices, draft

WATER = "云河市碧水行动方案"


def calendar(quarter: str, closes: date, days: int = 12) -> QuarterCalendar:
    """A calendar that opened so many days before its closing day."""
    return QuarterCalendar(quarter, closes - timedelta(days=days), closes - timedelta(days=3), closes)


def second_plan(offices: Offices, quarters: tuple[str, ...] = (QUARTER,)) -> Plan:
    """Published by the city with other titles under the same keys, its quarters open; taken in by the county if there are any."""
    # Later than the first, as the lists have it.
    city, now = offices.city, offices.now + timedelta(minutes=1)
    read = draft()
    titles = ("整治排污口", "清淤河道", "监测水质")
    measures = tuple(replace(m, title=t) for m, t in zip(read.measures, titles, strict=True))
    made = planning.resolve(replace(read, title=WATER, measures=measures), REGION)
    plan = planning.publish(city, planning.keep_draft(city, "", made, now), "test", now)
    for quarter in quarters:
        closes = now.date() + timedelta(days=20)
        planning.open_quarter(city, plan.id, calendar(quarter, closes), "test", now)
    if quarters:
        hand_down(offices, plan)
    return plan


def hand_down(offices: Offices, plan: Plan) -> None:
    """The plan's newest package, made by the city and taken in by the county."""
    now = offices.now + timedelta(minutes=1)
    (package,) = sending.distribute(offices.city, plan.id, [COUNTY.code], offices.identity, "test", now)
    receiving.take_in(offices.county, offices.to_county(package.digest), "", "test", now)
