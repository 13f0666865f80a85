"""What a summary's data say as a whole: who reported, how the work stands, what moved, where it is behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.report import ProgressStatus
from desktop.domain.summary import SummaryDocument, SummaryRow, UnitProgress, UnitSummary

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Arrivals:
    """The units by what they sent. `on_time` and `late` are all that have sent something; where no due date is set,
    all of them are on time. `accepted`, `waiting`, `returned` are the same units by what became of it; `sent_back`:
    those of which something was ever sent back.
    """

    on_time: tuple[UnitSummary, ...]
    late: tuple[UnitSummary, ...]
    missing: tuple[UnitSummary, ...]
    accepted: tuple[UnitSummary, ...]
    waiting: tuple[UnitSummary, ...]
    returned: tuple[UnitSummary, ...]
    sent_back: tuple[UnitSummary, ...]

    @property
    def came(self) -> int:
        return len(self.on_time) + len(self.late)


def arrivals(document: SummaryDocument) -> Arrivals:
    """Who has sent what. On time counts from the receipt of the first complete submission."""
    units = document.units
    came = [unit for unit in units if unit.state is not UnitProgress.MISSING]

    def at(state: UnitProgress) -> tuple[UnitSummary, ...]:
        return tuple(unit for unit in units if unit.state is state)

    return Arrivals(
        tuple(unit for unit in came if not unit.late_days),
        tuple(sorted((unit for unit in came if unit.late_days), key=lambda unit: unit.late_days or 0)),
        at(UnitProgress.MISSING),
        at(UnitProgress.ACCEPTED),
        at(UnitProgress.WAITING),
        at(UnitProgress.RETURNED),
        tuple(unit for unit in units if unit.returns or unit.state is UnitProgress.RETURNED),
    )


@dataclass(frozen=True)
class Progressed:
    """Entries of what was accepted: how many are asked for, filled, and at each status."""

    assigned: int
    filled: int
    counts: dict[ProgressStatus, int]

    @property
    def on_track(self) -> Decimal | None:
        """已完成 and 达到序时进度 in per cent of the filled entries that are not 不涉及; None where there is none."""
        counts = self.counts
        good = counts[ProgressStatus.COMPLETED] + counts[ProgressStatus.ON_SCHEDULE]
        return share(good, self.filled - counts[ProgressStatus.NOT_APPLICABLE])


def heard(document: SummaryDocument) -> tuple[UnitSummary, ...]:
    """The units of which something was accepted, also where a newer revision waits or was sent back."""
    return tuple(u for u in document.units if u.filled or u.state is UnitProgress.ACCEPTED)


def progressed(document: SummaryDocument) -> Progressed:
    """The entries of what was accepted."""
    units = heard(document)
    counts = {status: sum(unit.counts.get(status, 0) for unit in units) for status in ProgressStatus}
    return Progressed(sum(unit.assigned for unit in units), sum(unit.filled for unit in units), counts)


def late_groups(units: Iterable[UnitSummary]) -> dict[int, list[UnitSummary]]:
    """Units by their days of lateness, the fewest first."""
    found: dict[int, list[UnitSummary]] = {}
    for unit in sorted(units, key=lambda unit: unit.late_days or 0):
        found.setdefault(unit.late_days or 0, []).append(unit)
    return found


def share(part: int, whole: int) -> Decimal | None:
    """A part in per cent to one place; 100 and 0 only where it is all or nothing. None of nothing."""
    if whole <= 0:
        return None
    value = (Decimal(100) * part / whole).quantize(_TENTH, ROUND_HALF_UP)
    if part < whole:
        value = min(value, Decimal("99.9"))
    return max(value, _TENTH) if part else Decimal(0)


@dataclass(frozen=True)
class Moves:
    """What moved since the quarter before, over entries that have a status in both and concern the unit in both."""

    compared: int = 0
    completed: int = 0
    caught_up: int = 0
    fell_behind: int = 0
    still_behind: int = 0
    reopened: int = 0


def moves(document: SummaryDocument) -> Moves:
    """Newly completed, caught up, newly behind, behind again, and no longer completed without being behind."""
    done, on, behind, never = (
        ProgressStatus.COMPLETED,
        ProgressStatus.ON_SCHEDULE,
        ProgressStatus.BEHIND,
        ProgressStatus.NOT_APPLICABLE,
    )
    found: Counter[str] = Counter()
    for cell in (cell for row in document.rows for cell in row.cells if cell.entry is not None):
        before, now = cell.previous, cell.entry.status if cell.entry else None
        if before is None or now is None or never in (before, now):
            continue
        found["compared"] += 1
        found["completed"] += now is done and before is not done
        found["caught_up"] += now is on and before not in (on, done)
        found["fell_behind"] += now is behind and before is not behind
        found["still_behind"] += now is before is behind
        found["reopened"] += before is done and now not in (done, behind)
    return Moves(**found)


@dataclass(frozen=True)
class BehindMeasure:
    """A measure with the codes of the units that are behind with it."""

    row: SummaryRow
    units: tuple[str, ...]


def behind_measures(document: SummaryDocument) -> tuple[BehindMeasure, ...]:
    """All measures with somebody behind, those with the most units first, else in the plan's order."""
    found = [BehindMeasure(row, _behind(row)) for row in document.rows if _behind(row)]
    return tuple(sorted(found, key=lambda each: -len(each.units)))


def behind_units(document: SummaryDocument) -> tuple[tuple[UnitSummary, int], ...]:
    """Units with entries that are behind and how many, the most first, else in their order."""
    counts = Counter(code for row in document.rows for code in _behind(row))
    found = [(unit, counts[unit.unit.code]) for unit in document.units if counts[unit.unit.code]]
    return tuple(sorted(found, key=lambda each: -each[1]))


def _behind(row: SummaryRow) -> tuple[str, ...]:
    return tuple(
        cell.unit_code
        for cell in row.cells
        if cell.entry is not None and cell.entry.status is ProgressStatus.BEHIND
    )
