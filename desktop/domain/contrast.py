"""Units side by side: how the share of what goes to plan moved over the quarters, and where the work is behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.overall import share
from desktop.domain.report import ProgressStatus
from desktop.domain.scoring import Ranking
from desktop.domain.summary import SummaryDocument, SummaryRow, UnitProgress

MOST_QUARTERS = 5
"""This quarter and those before it: a year comes back to its own quarter."""

_GOOD = (ProgressStatus.COMPLETED, ProgressStatus.ON_SCHEDULE)


def on_track(statuses: Sequence[ProgressStatus]) -> Decimal | None:
    """已完成 and 达到序时进度 in per cent of all that are not 不涉及; None of nothing."""
    asked = [status for status in statuses if status is not ProgressStatus.NOT_APPLICABLE]
    return share(sum(status in _GOOD for status in asked), len(asked))


@dataclass(frozen=True)
class Course:
    """One unit's shares in per cent, one for each quarter; None where nothing was accepted."""

    unit_code: str
    values: tuple[Decimal | None, ...]

    @property
    def falls(self) -> int:
        """How many times running, up to now, the share fell from one quarter to the next."""
        found = 0
        for before, after in zip(self.values[-2::-1], self.values[:0:-1], strict=True):
            if before is None or after is None or after >= before:
                break
            found += 1
        return found

    @property
    def step(self) -> Decimal | None:
        """The last quarter against the one before, in points; None where one of them is missing."""
        if len(self.values) < 2:
            return None
        before, now = self.values[-2:]
        return None if before is None or now is None else now - before


@dataclass(frozen=True)
class Courses:
    """The units' shares over `quarters`, the first first; `mean` over all entries of all units together."""

    quarters: tuple[str, ...]
    units: tuple[Course, ...]
    mean: tuple[Decimal | None, ...]


def courses(statuses: Mapping[str, Mapping[str, Sequence[ProgressStatus]]], units: Sequence[str]) -> Courses:
    """Shares from the accepted statuses by quarter and unit, in the order of both."""
    quarters = tuple(statuses)
    lines = tuple(
        Course(code, tuple(on_track(statuses[quarter].get(code, ())) for quarter in quarters))
        for code in units
    )
    mean = tuple(
        on_track([status for code in units for status in statuses[quarter].get(code, ())])
        for quarter in quarters
    )
    return Courses(quarters, lines, mean)


@dataclass(frozen=True)
class HeatRow:
    """How many entries of a section, or of one measure, are behind in each unit.

    None: nothing was accepted from the unit; -1: nothing of it is assigned to the unit. `keys`: its measures.
    """

    title: str
    counts: tuple[int | None, ...]
    keys: tuple[str, ...]

    UNASSIGNED = -1

    @property
    def total(self) -> int:
        return sum(max(count or 0, 0) for count in self.counts)


@dataclass(frozen=True)
class Heat:
    """Where the work is behind."""

    units: tuple[str, ...]
    rows: tuple[HeatRow, ...]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    def of_unit(self, at: int) -> int:
        return sum(max(row.counts[at] or 0, 0) for row in self.rows)


def heat(document: SummaryDocument) -> Heat:
    """By the plan's sections, in its order; a plan without them by the measures that are behind, the most first."""
    units = tuple(unit.unit.code for unit in document.units)
    heard = {unit.unit.code for unit in document.units if unit.filled or unit.state is UnitProgress.ACCEPTED}
    groups: dict[str, list[SummaryRow]] = {}
    if any(row.section for row in document.rows):
        for row in document.rows:
            groups.setdefault(row.section, []).append(row)
        return Heat(units, tuple(_heat_row(title, rows, units, heard) for title, rows in groups.items()))
    rows = [_heat_row(f"{row.label} {row.title}", [row], units, heard) for row in document.rows]
    return Heat(units, tuple(sorted((row for row in rows if row.total), key=lambda row: -row.total)))


def _heat_row(title: str, rows: Sequence[SummaryRow], units: Sequence[str], heard: set[str]) -> HeatRow:
    counts: list[int | None] = []
    for code in units:
        cells = [cell for row in rows if (cell := row.cell(code)) is not None]
        if not cells:
            counts.append(HeatRow.UNASSIGNED)
        elif code not in heard:
            counts.append(None)
        else:
            counts.append(sum(c.entry is not None and c.entry.status is ProgressStatus.BEHIND for c in cells))
    return HeatRow(title, tuple(counts), tuple(row.measure_key for row in rows))


@dataclass(frozen=True)
class Contrast:
    """All that the page sets side by side. `places`: the ranks of the quarter before, by unit code."""

    ranking: Ranking
    places: Mapping[str, int]
    courses: Courses
    heat: Heat
