"""How a quarter of a plan stands, at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import PlanRef, ReportState


@dataclass(frozen=True)
class QuarterGlance:
    """A unit's quarter: entries filled of those asked; a superior's: units accepted of those that report.

    `state`: of the newest revision, None where none was begun and at a superior. `due`: the revision's own day, or the
    calendar's. `locked`: by the calendar. `done` and `total` are counted only where they can still change.
    """

    quarter: str
    calendar: QuarterCalendar | None = None
    state: ReportState | None = None
    due: date | None = None
    locked: bool = False
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class PlanGlance:
    """A plan with the quarter that is shown when it is chosen; None where none is open."""

    plan: PlanRef
    quarter: QuarterGlance | None = None
