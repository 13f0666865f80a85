"""任务分派: which measures a unit implements, and which nobody does yet."""

from __future__ import annotations

from desktop.domain.plan import Measure, Plan


def measures_for(plan: Plan, unit_code: str) -> tuple[Measure, ...]:
    """The measures a unit implements, in the plan's order."""
    return tuple(measure for measure in plan.measures if unit_code in measure.implementers)


def unassigned(plan: Plan) -> tuple[Measure, ...]:
    """Measures that nobody implements yet."""
    return tuple(measure for measure in plan.measures if not measure.implementers)
