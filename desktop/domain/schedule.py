"""序时应达 and comparable readings: how a figure stands in a quarter, beside figures of its own kind and period.

- 本年累计 starts again every January: it is compared within the year, and its goal within the year as well.
- 方案期累计 and 时点 are compared with the newest earlier quarter that has a figure.
- 当季 is compared with the same quarter of the year before, as seasons ask for; with the newest earlier one
  until there is such a figure. Of a quarter's own figure nothing ever fell.
A figure that was typed when the target counted otherwise, or in another unit of measure, is compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from desktop.domain.quarter import Quarter
from desktop.domain.targets import Accumulation, Comparator, Target

_YEAR = re.compile(r"(20[0-9]{2})\s*年?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_MONTH = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])月")
_CAPS = (Comparator.AT_MOST, Comparator.LESS_THAN)


@dataclass(frozen=True)
class Past:
    """A figure of an earlier quarter, and how the target then counted it."""

    quarter: str
    value: Decimal
    accumulation: Accumulation
    unit: str


@dataclass(frozen=True)
class Standing:
    """What a target's figure of one quarter is held against.

    `due`: 序时应达, None where there is none; `by_city`: an officer set it, else it is in proportion.
    `last`: the last comparable reading; `trend`: all comparable ones of earlier quarters, the first first.
    `quarter`: the one that is reported on.
    """

    target_key: str
    due: Decimal | None = None
    by_city: bool = False
    last: Past | None = None
    trend: tuple[Past, ...] = ()
    quarter: str = ""


@dataclass(frozen=True)
class Span:
    """The quarters that a plan covers, as far as is known."""

    first: Quarter | None = None
    last: Quarter | None = None


def span_of(title: str, begins: str = "") -> Span:
    """A plan's quarters: from `begins`, or by the years that its title names (2024—2025年, 2025年)."""
    named = [int(year) for year in re.findall(r"20[0-9]{2}", title.split("〔")[0])]
    first = Quarter.parse(begins) if begins else Quarter(min(named), 1) if named else None
    return Span(first, Quarter(max(named), 4) if named else None)


def standing_of(
    target: Target, quarter: Quarter, past: Iterable[Past], span: Span, proportional: bool = True
) -> Standing:
    """How a target's figure of a quarter is to be read. `past` are its figures of other quarters, in any order."""
    trend = comparable(target, quarter, past)
    set_due = _set_due(target, quarter)
    derived = None
    if proportional and not target.milestones:
        derived = _in_proportion(target, quarter, span)
    due = derived if set_due is None else set_due
    return Standing(target.key, due, set_due is not None, _last(target, quarter, trend), trend, str(quarter))


def comparable(target: Target, quarter: Quarter, past: Iterable[Past]) -> tuple[Past, ...]:
    """The figures of earlier quarters that this quarter's may be compared with, the first first."""
    # Quarters' names sort as time does.
    now, year, unit = str(quarter), str(quarter.year), target.unit
    yearly = target.accumulation is Accumulation.YEAR_TO_DATE
    kept = {
        each.quarter: each
        for each in past
        if each.quarter < now
        and each.accumulation is target.accumulation
        and (each.unit == unit or _even(each.unit) == _even(unit))
        and not (yearly and each.quarter[:4] != year)
    }
    return tuple(kept[name] for name in sorted(kept))


def standing_fault(target: Target, standing: Standing, quarter: Quarter) -> bool:
    """Whether a standing from outside contradicts itself, its target, or the 序时应达 that the city set."""
    fitting = comparable(target, quarter, standing.trend)
    set_due = _set_due(target, quarter)
    return (
        standing.quarter != str(quarter)
        or fitting != standing.trend
        or _last(target, quarter, fitting) != standing.last
        or standing.by_city != (set_due is not None)
        or (standing.by_city and standing.due != set_due)
    )


def _last(target: Target, quarter: Quarter, trend: tuple[Past, ...]) -> Past | None:
    if target.accumulation is Accumulation.QUARTER:
        year_ago = str(Quarter(quarter.year - 1, quarter.number))
        found = next((each for each in trend if each.quarter == year_ago), None)
        if found is not None:
            return found
    return trend[-1] if trend else None


def _set_due(target: Target, quarter: Quarter) -> Decimal | None:
    """What the city set for this quarter; between set quarters the one before stands, within a year for 本年累计.

    A quarter's own figure is asked for in just the quarters that it was set for.
    """
    kind, found = target.accumulation, None
    for milestone in sorted(target.milestones, key=lambda m: m.quarter):
        at = Quarter.parse(milestone.quarter)
        exact = kind is Accumulation.QUARTER and at != quarter
        other_year = kind is Accumulation.YEAR_TO_DATE and at.year != quarter.year
        if at <= quarter and not exact and not other_year:
            found = milestone.value
    return found


def _in_proportion(target: Target, quarter: Quarter, span: Span) -> Decimal | None:
    """The final target by the time that has passed, rounded down to the places that the target itself is given in.

    A level at a moment, a quarter's own figure and what must not be exceeded do not grow with time.
    """
    if target.value is None or target.value <= 0 or target.comparator in _CAPS:
        return None
    if target.accumulation is Accumulation.YEAR_TO_DATE:
        first, last = Quarter(quarter.year, 1), deadline_of(target.deadline, Quarter(quarter.year, 4))
        if last is None or last.year != quarter.year:
            return None
    elif target.accumulation is Accumulation.PLAN_TO_DATE and span.first is not None:
        found = deadline_of(target.deadline, span.last)
        if found is None or quarter < span.first or found < span.first:
            return None
        first, last = span.first, found
    else:
        return None
    passed = min(_count(first, quarter), _count(first, last))
    share = target.value * passed / _count(first, last)
    step = Decimal(1).scaleb(min(int(target.value.as_tuple().exponent), 0))
    return share.quantize(step, ROUND_FLOOR)


def deadline_of(text: str, otherwise: Quarter | None) -> Quarter | None:
    """The quarter in which a deadline falls (`2025年底前`, `9月底`, `上半年`); the last one that is named.

    Without a year it is that of `otherwise`, which also stands for a deadline that names no time (长期坚持).
    """
    years = list(_YEAR.finditer(text))
    if years:
        year, rest = int(years[-1][1]), text[years[-1].end() :]
    elif otherwise is None:
        return None
    else:
        year, rest = otherwise.year, text
    if found := _QUARTER.search(rest):
        return Quarter(year, "一二三四1234".index(found[1]) % 4 + 1)
    if months := _MONTH.findall(rest):
        return Quarter(year, (int(months[-1]) + 2) // 3)
    if "上半年" in rest:
        return Quarter(year, 2)
    return Quarter(year, 4) if years or otherwise is None else Quarter(year, otherwise.number)


def short_of(target: Target, value: Decimal | None, due: Decimal | None) -> bool | None:
    """Whether a figure falls short of 序时应达: below it, or above what must not be exceeded; None where one is missing."""
    if value is None or due is None:
        return None
    return value > due if target.comparator in _CAPS else value < due


def _count(first: Quarter, last: Quarter) -> int:
    """Quarters from the first to the last, both counted."""
    return (last.year - first.year) * 4 + last.number - first.number + 1


def _even(unit: str) -> str:
    return "".join(unit.split()).casefold()
