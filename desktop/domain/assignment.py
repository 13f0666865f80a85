"""任务分派: one measure for one implementing unit."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.plan import Measure, Plan


@dataclass(frozen=True)
class Assignment:
    plan_id: str
    measure_key: str
    unit_code: str


def assignments_of(plan: Plan) -> tuple[Assignment, ...]:
    """All assignments of a plan in its measures' order, units in the order the measure lists them."""
    return tuple(
        Assignment(plan.id, measure.key, code) for measure in plan.measures for code in measure.implementers
    )


def measures_for(plan: Plan, unit_code: str) -> tuple[Measure, ...]:
    """The measures a unit implements, in the plan's order."""
    return tuple(measure for measure in plan.measures if unit_code in measure.implementers)


def unassigned(plan: Plan) -> tuple[Measure, ...]:
    """Measures that nobody implements yet."""
    return tuple(measure for measure in plan.measures if not measure.implementers)
