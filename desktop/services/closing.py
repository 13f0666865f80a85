"""Until when a unit's quarter may be written: while its revision is a draft, and its calendar is not over for it."""

from __future__ import annotations

from datetime import date, datetime

from desktop.domain.errors import RefusedError
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import Report, ReportState, may_edit
from desktop.storage import Store


def closed(store: Store, report: Report, today: date) -> QuarterCalendar | None:
    """The calendar that locks the quarter for this revision; None while it may still be reported.

    After the closing day only what was decided on before may be reported anew; what is late is not closed. A superior
    that sets another day opens the quarter again.
    """
    calendar = store.plans.calendar(report.plan_id, report.quarter)
    if calendar is None or today <= calendar.closes:
        return None
    same = store.reports.find(plan_id=report.plan_id, unit_code=report.unit_code, quarter=report.quarter)
    # A unit that takes back its own report has not been given more time by anybody.
    decided = any(r.revision < report.revision and r.state is not ReportState.WITHDRAWN for r in same)
    return None if decided else calendar


def editable(store: Store, report: Report, today: date) -> bool:
    """Whether entries of the revision may still be changed: the one rule for pages and services."""
    return may_edit(report.state) and closed(store, report, today) is None


def refuse_closed(store: Store, report: Report, now: datetime) -> None:
    """Raises RefusedError(`quarter_closed`, quarter, closes) where the calendar locks the revision."""
    calendar = closed(store, report, now.date())
    if calendar is not None:
        quarter = Quarter.parse(report.quarter).chinese
        raise RefusedError("quarter_closed", quarter=quarter, closes=calendar.closes.isoformat())


def refuse_locked(store: Store, report: Report, now: datetime) -> None:
    """Raises RefusedError unless the revision is `editable`: `report_locked`(state), `quarter_closed`(quarter, closes)."""
    if not may_edit(report.state):
        raise RefusedError("report_locked", state=report.state.value)
    refuse_closed(store, report, now)
