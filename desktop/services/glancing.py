"""Glancing at plans and quarters: how far each is, without surveying any; and which plan was chosen last."""

from __future__ import annotations

from datetime import date

from desktop.domain.assignment import measures_for
from desktop.domain.checks import is_filled
from desktop.domain.glance import PlanGlance, QuarterGlance
from desktop.domain.report import Report, ReportState
from desktop.services.closing import closed
from desktop.services.surveying import open_quarters, plan_of
from desktop.storage import Store

_CHOSEN = "plan_chosen"


def quarters(store: Store, plan_id: str, today: date) -> tuple[QuarterGlance, ...]:
    """All quarters of a plan, the oldest first."""
    return tuple(_quarter(store, plan_id, quarter, today) for quarter in open_quarters(store, plan_id))


def plans(store: Store, quarter: str, today: date) -> tuple[PlanGlance, ...]:
    """All plans as they are listed, each in this quarter where it has it, else in its newest."""
    found = []
    for ref in store.plans.all():
        own = open_quarters(store, ref.id)
        shown = quarter if quarter in own else (own[-1] if own else "")
        found.append(PlanGlance(ref, _quarter(store, ref.id, shown, today) if shown else None))
    return tuple(found)


def chosen_plan(store: Store) -> str:
    """The id of the plan to show: the one chosen last while it is there, else the one published last; empty for none."""
    known = [ref.id for ref in store.plans.all()]
    last = store.settings.get(_CHOSEN, "")
    return last if last in known else (known[0] if known else "")


def choose_plan(store: Store, plan_id: str) -> None:
    """Remembers with the workspace which plan is shown."""
    if store.settings.get(_CHOSEN, "") != plan_id:
        store.settings.put(_CHOSEN, plan_id)


def _quarter(store: Store, plan_id: str, quarter: str, today: date) -> QuarterGlance:
    calendar = store.plans.calendar(plan_id, quarter)
    due = calendar.due if calendar else None
    over = calendar is not None and today > calendar.closes
    if store.workspace.leads:
        done, total = _accepted(store, plan_id, quarter)
        return QuarterGlance(quarter, calendar, None, due, over, done, total)
    report = store.reports.latest(plan_id, store.workspace.unit.code, quarter)
    if report is None:
        own = measures_for(store.plans.get(plan_id), store.workspace.unit.code)
        return QuarterGlance(quarter, calendar, None, due, over, 0, len(own))
    due, locked = report.due or due, closed(store, report, today) is not None
    still = report.state is ReportState.DRAFT and not locked
    done, total = _filled(store, report) if still else (0, 0)
    return QuarterGlance(quarter, calendar, report.state, due, locked, done, total)


def _filled(store: Store, report: Report) -> tuple[int, int]:
    plan, entries = plan_of(store, report), store.reports.entries(report.id)
    measures = measures_for(plan, report.unit_code)
    done = (is_filled(entries.get(m.key), plan.targets_for(m, report.unit_code)) for m in measures)
    return sum(done), len(measures)


def _accepted(store: Store, plan_id: str, quarter: str) -> tuple[int, int]:
    units = {code for measure in store.plans.get(plan_id).measures for code in measure.implementers}
    reports = store.reports.find(plan_id=plan_id, quarter=quarter)
    taken = {r.unit_code for r in reports if r.state is ReportState.ACCEPTED}
    return len(taken & units), len(units)
