"""目标指标 and 指标完成值: figures a plan sets, and what units report against them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from desktop.domain.codec import SPARE
from desktop.domain.quarter import Quarter

OVERALL = "目标"
"""Where overall targets stand: in place of a task's number."""


class Comparator(StrEnum):
    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    EQUAL = "="
    ABOUT = "~"


class Accumulation(StrEnum):
    """What a reading counts: 当季, 本年累计 (resets every January), 方案期累计, 时点."""

    QUARTER = "quarter"
    YEAR_TO_DATE = "year_to_date"
    PLAN_TO_DATE = "plan_to_date"
    POINT_IN_TIME = "point_in_time"


class Audience(StrEnum):
    """Who fills a target: every unit the measure is assigned to, the named units, or the city itself."""

    EACH = "each"
    NAMED = "named"
    CITY = "city"


@dataclass(frozen=True)
class Milestone:
    """序时应达 that the city sets: what should be reached by the end of a quarter. Raises ValueError on no quarter."""

    quarter: str
    value: Decimal

    def __post_init__(self) -> None:
        Quarter.parse(self.quarter)


@dataclass(frozen=True)
class Target:
    """A clause with a figure to reach. `value` is None where the plan leaves it blank.

    `task_no` and `part` say where it stands (`目标`, 1 for overall targets) as printed, `measure_key`
    in which measure (empty for overall targets), whatever its number; `scope` is as written;
    `unit` is the unit of measure; `text` the clause itself. `by_hand`: an officer put it otherwise than it was read.
    `milestones`: 序时应达 where the city has set it; without any it is in proportion (`desktop.domain.schedule`).
    `addable`: the city says that the units' figures come to one of the whole city; parks lie inside counties, so
    without that nothing is added.
    """

    key: str
    task_no: str
    part: int
    indicator: str
    comparator: Comparator
    value: Decimal | None
    unit: str
    deadline: str = ""
    scope: str = ""
    text: str = ""
    audience: Audience = Audience.EACH
    unit_codes: tuple[str, ...] = ()
    accumulation: Accumulation = Accumulation.POINT_IN_TIME
    measure_key: str = ""
    by_hand: bool = field(default=False, metadata=SPARE)
    milestones: tuple[Milestone, ...] = field(default=(), metadata=SPARE)
    addable: bool = field(default=False, metadata=SPARE)

    def concerns(self, unit_code: str) -> bool:
        """Whether this unit fills it, given that the measure is assigned to the unit."""
        return self.audience is Audience.EACH or (
            self.audience is Audience.NAMED and unit_code in self.unit_codes
        )


class Verdict(StrEnum):
    """How a reading stands to the final target. NEAR and ABOVE: only people can say whether `左右` is met by it."""

    REACHED = "reached"
    MISSED = "missed"
    NEAR = "near"
    ABOVE = "above"


def verdict_on(target: Target, value: Decimal | None) -> Verdict | None:
    """How a reading stands to the final target; None where either figure is missing."""
    if target.value is None or value is None:
        return None
    wanted = target.value
    counted = target.accumulation is not Accumulation.POINT_IN_TIME
    match target.comparator:
        case Comparator.AT_LEAST:
            met = value >= wanted
        case Comparator.AT_MOST:
            met = value <= wanted
        case Comparator.MORE_THAN:
            met = value > wanted
        case Comparator.LESS_THAN:
            met = value < wanted
        case Comparator.EQUAL:
            met = value >= wanted if counted else value == wanted
        case Comparator.ABOUT:
            return _about(wanted, value, counted)
    return Verdict.REACHED if met else Verdict.MISSED


def _about(wanted: Decimal, value: Decimal, counted: bool) -> Verdict:
    """`左右`: reached is what rounds to the target at the target's own places, and a count that is not below it.

    No plan says how far 左右 goes: up to 5 % beside the target the figure is near it. What is further above, of a level
    at a moment, may be good (a share) or not (a concentration).
    """
    half = Decimal(5).scaleb(min(int(wanted.as_tuple().exponent), 0) - 1)
    if wanted - half <= value < wanted + half or (counted and value >= wanted):
        return Verdict.REACHED
    if abs(value - wanted) <= abs(wanted) * Decimal("0.05"):
        return Verdict.NEAR
    return Verdict.ABOVE if value > wanted else Verdict.MISSED


def reached(target: Target, value: Decimal | None) -> bool | None:
    """Whether a reading meets the final target; None where either figure is missing, or where people must say so."""
    verdict = verdict_on(target, value)
    return None if verdict in (None, Verdict.NEAR, Verdict.ABOVE) else verdict is Verdict.REACHED


def shortfall(target: Target, value: Decimal) -> Decimal:
    """How far a reading is from the final target, never negative, in the target's unit."""
    wanted = target.value if target.value is not None else value
    if target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        return max(value - wanted, Decimal(0))
    return max(wanted - value, Decimal(0))
