"""Units side by side in a quarter: scores and places, their course over the quarters, where the work is behind."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.contrast import MOST_QUARTERS, Contrast, courses, heat
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.domain.report import ProgressStatus
from desktop.domain.summary import SummaryDocument
from desktop.services import announcing, summarising
from desktop.storage import Store


def contrast(store: Store, document: SummaryDocument, now: datetime, progress: Progress = silent) -> Contrast:
    """What the page 得分和对比 shows of a quarter's summary, by the rules of the last bulletin; writes nothing.

    Raises UnreadableError(`document_altered`, file, path, reason) on an accepted report that was altered, and
    CancelledError when `progress` says so.
    """
    choice = announcing.last_choice(store)
    ranking = announcing.scored(store, document, choice, progress)
    plan_id, quarter = document.plan.id, Quarter.parse(document.quarter)
    places: dict[str, int] = {}
    if store.plans.calendar(plan_id, str(quarter.previous)) is not None:
        before = summarising.summary(store, plan_id, str(quarter.previous), now)
        earlier = announcing.scored(store, before, choice, progress)
        places = {score.unit_code: score.rank for score in earlier.scores if score.rank is not None}
    units = [unit.unit.code for unit in document.units]
    quarters = [
        calendar.quarter
        for calendar in store.plans.calendars(plan_id)
        if Quarter.parse(calendar.quarter) <= quarter
    ][-MOST_QUARTERS:]
    statuses = {name: _by_unit(store, plan_id, name) for name in quarters}
    return Contrast(ranking, places, courses(statuses, units), heat(document))


def _by_unit(store: Store, plan_id: str, quarter: str) -> dict[str, list[ProgressStatus]]:
    found: dict[str, list[ProgressStatus]] = {}
    for (code, _), status in summarising.accepted_statuses(store, plan_id, quarter).items():
        found.setdefault(code, []).append(status)
    return found
