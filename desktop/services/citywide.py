"""全市指标: the figures that the city fills itself, quarter by quarter; none of them is a unit's report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from desktop.domain.clean_text import tidied
from desktop.domain.errors import RefusedError
from desktop.domain.goals import TITLE, city_targets
from desktop.domain.plan import Plan
from desktop.domain.quarter import Quarter
from desktop.domain.report import Reading
from desktop.domain.summary import CityLine
from desktop.domain.targets import OVERALL, Target
from desktop.storage import Store


@dataclass(frozen=True)
class Point:
    """What was read in a quarter; `value` None where nothing was."""

    quarter: str
    value: Decimal | None


@dataclass(frozen=True)
class CityRow:
    """One target with what is known of it: this quarter's line, and all quarters up to this one, the first first.

    `history` leaves out no quarter between the first that has a value and this one.
    """

    line: CityLine
    history: tuple[Point, ...]

    @property
    def target(self) -> Target:
        return self.line.target


@dataclass(frozen=True)
class CityOverview:
    """The city's quarter of a plan, overall targets first, then in the plan's order."""

    plan: Plan
    quarter: str
    rows: tuple[CityRow, ...]

    @property
    def filled(self) -> int:
        return sum(row.line.value is not None for row in self.rows)

    @property
    def met(self) -> int:
        return sum(row.line.met is True for row in self.rows)


def overview(store: Store, plan_id: str, quarter: str) -> CityOverview:
    """All figures of the city in a quarter; no rows where the plan sets none."""
    plan = store.plans.get(plan_id)
    known = store.city_readings.of_plan(plan_id)
    return CityOverview(plan, quarter, tuple(_row(plan, t, quarter, known) for t in city_targets(plan)))


def lines(store: Store, plan: Plan, quarter: str) -> tuple[CityLine, ...]:
    """The same for a summary."""
    known = store.city_readings.of_plan(plan.id)
    return tuple(_line(plan, target, quarter, known) for target in city_targets(plan))


def save(store: Store, plan_id: str, quarter: str, reading: Reading, actor: str, now: datetime) -> CityRow:
    """Keeps a figure and its note durably; returns its row. What is unchanged writes nothing.

    Raises RefusedError(`target_of_units`) for a target that units fill or that the plan has no longer.
    """
    plan = store.plans.get(plan_id)
    target = next((t for t in city_targets(plan) if t.key == reading.target_key), None)
    if target is None or not store.workspace.leads:
        raise RefusedError("target_of_units")
    reading = replace(reading, note=tidied(reading.note))
    before = store.city_readings.of_quarter(plan_id, quarter).get(target.key, Reading(target.key, None))
    if before != reading:
        facts = {"indicator": target.indicator}
        if before.value != reading.value:
            facts |= {"from": _figure(before.value), "to": _figure(reading.value)}
        if before.note != reading.note:
            facts |= {"note_from": before.note, "note_to": reading.note}
        with store.transaction():
            store.city_readings.put(plan_id, quarter, reading, now)
            subject = f"{plan_id}/{quarter}/{target.key}"
            store.audit.append(now, actor, "city_reading_saved", subject, facts)
    return _row(plan, target, quarter, store.city_readings.of_plan(plan_id))


def _row(plan: Plan, target: Target, quarter: str, known: dict[str, dict[str, Reading]]) -> CityRow:
    read = {q: r.value for q in known if q <= quarter and (r := known[q].get(target.key)) is not None}
    given = [q for q, value in read.items() if value is not None]
    history: list[Point] = []
    at = Quarter.parse(given[0] if given else quarter)
    while str(at) <= quarter:
        history.append(Point(str(at), read.get(str(at))))
        at = at.next
    return CityRow(_line(plan, target, quarter, known), tuple(history))


def _line(plan: Plan, target: Target, quarter: str, known: dict[str, dict[str, Reading]]) -> CityLine:
    label, title = OVERALL, TITLE
    if any(m.key == target.measure_key for m in plan.measures):
        measure = plan.measure(target.measure_key)
        label, title = plan.label(measure), measure.title
    nothing = Reading(target.key, None)
    before = known.get(str(Quarter.parse(quarter).previous), {}).get(target.key, nothing)
    now = known.get(quarter, {}).get(target.key, nothing)
    return CityLine(label, title, target, before.value, now.value, now.note)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
