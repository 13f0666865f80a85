"""汇总: what the superior sees of a quarter, all units over all measures, from accepted reports only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.bulletin import Bulletin
from desktop.domain.codec import SPARE
from desktop.domain.report import Entry, PlanRef, ProgressStatus
from desktop.domain.targets import Target, reached
from desktop.domain.unit import UnitRef


class UnitProgress(StrEnum):
    """Where a unit stands in the eyes of the superior."""

    MISSING = "missing"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True)
class SentBack:
    """One return: which revision, on which day, why and for how many entries; the return's own deadline, the day on
    which the next revision came, and by how many days that was (or, by now, is) too late.
    """

    revision: int
    on: date | None
    reason: str
    entries: int
    due: date | None = None
    again_on: date | None = None
    late_days: int = 0


@dataclass(frozen=True)
class UnitSummary:
    """One unit's line in the summary. `filled` of `assigned` entries; `late_days` None when nothing has come.

    `returns`: what was sent back in the quarter, the first first.
    """

    unit: UnitRef
    short_name: str
    kind: str
    state: UnitProgress
    revision: int
    assigned: int
    filled: int
    counts: Mapping[str, int]
    received_on: date | None
    late_days: int | None
    reason: str = ""
    returns: tuple[SentBack, ...] = field(default=(), metadata=SPARE)


@dataclass(frozen=True)
class SummaryCell:
    """One unit at one measure. `entry` None: nothing accepted yet; `previous`: its status in the quarter before."""

    unit_code: str
    entry: Entry | None
    previous: ProgressStatus | None = field(default=None, metadata=SPARE)


@dataclass(frozen=True)
class SummaryRow:
    """One measure over all units; a unit without a cell is not assigned to it. `label` as in ReportRow."""

    measure_key: str
    label: str
    section: str
    title: str
    lead: tuple[str, ...]
    targets: tuple[Target, ...]
    cells: tuple[SummaryCell, ...]

    def cell(self, unit_code: str) -> SummaryCell | None:
        return next((cell for cell in self.cells if cell.unit_code == unit_code), None)


@dataclass(frozen=True)
class CityLine:
    """One figure of the city's own: where it stands (`label` as in ReportRow), last quarter's value, this quarter's."""

    label: str
    title: str
    target: Target
    previous: Decimal | None
    value: Decimal | None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it has reached the final target; None where either figure is missing."""
        return reached(self.target, self.value)


@dataclass(frozen=True)
class SummaryDocument:
    """汇总: all units over all measures of a plan in a quarter, from accepted revisions only.

    `city`: the figures that the issuer fills itself, none where the plan sets none; `bulletin`: what it says as a
    通报, None where nobody asked for one.
    """

    plan: PlanRef
    issuer: UnitRef
    quarter: str
    as_of: date
    due: date | None
    units: tuple[UnitSummary, ...]
    rows: tuple[SummaryRow, ...]
    city: tuple[CityLine, ...] = field(default=(), metadata=SPARE)
    bulletin: Bulletin | None = field(default=None, metadata=SPARE)
