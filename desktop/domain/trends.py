"""指标完成值 over the quarters: what each unit reported for a target, as far as it may be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.codec import SPARE
from desktop.domain.quarter import Quarter
from desktop.domain.schedule import Past, comparable
from desktop.domain.targets import Target

MOST_QUARTERS = 8
"""The quarters of a trend, this one and those before it: two years fit a line of paper."""


@dataclass(frozen=True)
class UnitTrend:
    """One unit's figures, one for each of the trend's quarters; None where it gave none."""

    unit_code: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class TargetTrend:
    """One target over the quarters, the first first, the last one this quarter. `label` and `title` as in SummaryRow.

    `sums`: what the units' figures come to, per quarter; empty where the indicator may not be added.
    Raises ValueError where figures and quarters do not go together, or are more than a line of paper has room for.
    """

    label: str
    title: str
    target: Target
    quarters: tuple[str, ...]
    units: tuple[UnitTrend, ...]
    sums: tuple[Decimal | None, ...] = field(default=(), metadata=SPARE)

    def __post_init__(self) -> None:
        count = len(self.quarters)
        rows = [unit.values for unit in self.units] + ([self.sums] if self.sums else [])
        if not 1 <= count <= MOST_QUARTERS or any(len(row) != count for row in rows):
            raise ValueError(f"figures of {count} quarters")
        for name in self.quarters:
            Quarter.parse(name)


def trend_of(
    label: str,
    title: str,
    target: Target,
    quarter: str,
    now: Mapping[str, Decimal | None],
    past: Mapping[str, tuple[Past, ...]],
) -> TargetTrend | None:
    """A target's figures: `now` those of this quarter under the units' codes, in order; `past` those of other quarters.

    Earlier figures of another kind or unit of measure are left out. None where nobody gave a figure.
    """
    this = Quarter.parse(quarter)
    series = {
        code: {p.quarter: p.value for p in comparable(target, this, past.get(code, ()))}
        | ({} if value is None else {quarter: value})
        for code, value in now.items()
    }
    given = {name for values in series.values() for name in values}
    if not given:
        return None
    quarters = _through(min(given), this)
    units = tuple(
        UnitTrend(code, tuple(values.get(name) for name in quarters)) for code, values in series.items()
    )
    return TargetTrend(label, title, target, quarters, units, _sums(units) if target.addable else ())


def _through(first: str, last: Quarter) -> tuple[str, ...]:
    """All quarters from the first to the last, at most MOST_QUARTERS."""
    found = [last]
    while str(found[0]) > first and len(found) < MOST_QUARTERS:
        found.insert(0, found[0].previous)
    return tuple(str(each) for each in found)


def _sums(units: tuple[UnitTrend, ...]) -> tuple[Decimal | None, ...]:
    """Sums per quarter, None where nobody gave a figure."""
    found: list[Decimal | None] = []
    for values in zip(*(unit.values for unit in units), strict=True):
        given = [value for value in values if value is not None]
        found.append(sum(given, Decimal(0)) if given else None)
    return tuple(found)
