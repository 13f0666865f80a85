"""Surveying a unit's quarter: every measure with what is asked, what is said, what was said before, and the findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop.domain.assignment import measures_for
from desktop.domain.changes import PlanChange
from desktop.domain.checks import Around, Finding, check_entry, is_filled
from desktop.domain.plan import DutyRole, Measure, Plan, Severity
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, Reading, Report, ReportRow, may_edit
from desktop.domain.schedule import Standing
from desktop.domain.succession import changes_for
from desktop.domain.targets import Target
from desktop.services.checking import Yardstick, earlier_reports, labels_of_same, yardstick_of
from desktop.services.following import FormerEntry, Typed, dropped_of, former_of, with_moved
from desktop.storage import Store


@dataclass(frozen=True)
class FillingRow:
    """One measure of the unit in a quarter: what is asked, what is said, what was said last quarter.

    `standings`: under the targets' keys, what each figure is held against.
    """

    measure: Measure
    label: str
    targets: tuple[Target, ...]
    entry: Entry
    previous: Entry | None
    findings: tuple[Finding, ...]
    filled: bool
    returned: str = ""
    former: tuple[FormerEntry, ...] = ()
    standings: Mapping[str, Standing] = field(default_factory=dict)

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """What is still to be mended, explained or noticed."""
        return tuple(finding for finding in self.findings if not finding.explained)

    @property
    def worst(self) -> Severity | None:
        return next((finding.severity for finding in self.open_findings), None)


@dataclass(frozen=True)
class FillingOverview:
    """A unit's quarter as the filling page shows it. `rows` are in the plan's order.

    `changes`: what became otherwise for this unit since the report was begun; `dropped`: what was typed under
    measures that are no longer the unit's.
    """

    plan: Plan
    quarter: str
    calendar: QuarterCalendar | None
    report: Report
    rows: tuple[FillingRow, ...]
    dropped: tuple[FormerEntry, ...] = ()
    changes: tuple[PlanChange, ...] = ()

    @property
    def filled(self) -> int:
        return sum(row.filled for row in self.rows)

    @property
    def errors(self) -> int:
        return sum(f.severity is Severity.ERROR for row in self.rows for f in row.findings)

    @property
    def unexplained(self) -> int:
        """Warnings that want an explanation before the report is signed."""
        return sum(f.wants_explanation for row in self.rows for f in row.findings)


def overview(store: Store, report: Report) -> FillingOverview:
    """The whole quarter: every measure of the unit with its entry, findings and last quarter's words."""
    plan, unit = plan_of(store, report), report.unit_code
    typed, before = typed_in(store, report), typed_before(store, report)
    measures = measures_for(plan, unit)
    same = labels_of_same(plan, measures, {key: entry.progress for key, entry in typed.entries.items()})
    yardstick = yardstick_of(store, plan, report.quarter, _earlier(store, report))
    rows = tuple(
        _row(plan, report, m, typed.entries.get(m.key), typed, before, yardstick, same.get(m.key, ()))
        for m in measures
    )
    calendar = store.plans.calendar(plan.id, report.quarter)
    dropped = dropped_of(plan, unit, typed)
    return FillingOverview(
        plan, report.quarter, calendar, report, rows, dropped, _changes(store, report, plan)
    )


def _changes(store: Store, report: Report, plan: Plan) -> tuple[PlanChange, ...]:
    if plan.version == report.plan_version:
        return ()
    return changes_for(plan, store.plans.get(plan.id, report.plan_version), report.unit_code)


def _row(
    plan: Plan, report: Report, measure: Measure, entry: Entry | None, typed: Typed, before: Typed | None,
    yardstick: Yardstick, others: tuple[str, ...],
) -> FillingRow:  # fmt: skip
    targets = plan.targets_for(measure, report.unit_code)
    entry = entry or Entry(measure.key)
    former = former_of(plan, measure, report.unit_code, typed, entry)
    previous = None
    if before is not None:
        previous = with_moved(before.entries.get(measure.key), measure.key, targets, before.entries)
        former += former_of(plan, measure, report.unit_code, before, entry)
    standings = yardstick.standings(targets)
    findings = check_entry(entry, targets, Around(previous, standings, others), yardstick.rules)
    returned = report.returned.get(measure.key, "")
    return FillingRow(
        measure, plan.label(measure), targets, entry, previous, findings, is_filled(entry, targets), returned, former,
        standings,
    )  # fmt: skip


def report_rows(seen: FillingOverview) -> tuple[ReportRow, ...]:
    """The unit's lines of its report, as they are printed and packed."""
    return tuple(
        report_row(
            seen.plan, row.measure, seen.report.unit_code, row.previous.readings if row.previous else (), row.entry
        )
        for row in seen.rows
    )  # fmt: skip


def report_row(
    plan: Plan, measure: Measure, unit_code: str, previous: tuple[Reading, ...], entry: Entry
) -> ReportRow:
    """A unit's line about a measure as the plan asks for it; readings that it does not ask for are left out."""
    targets = plan.targets_for(measure, unit_code)
    asked = {target.key for target in targets}
    readings = tuple(reading for reading in entry.readings if reading.target_key in asked)
    return ReportRow(
        measure.key, measure.task_no, plan.part_of(measure), measure.section, measure.title, measure.content,
        measure.names(DutyRole.LEAD), measure.names(DutyRole.SUPPORT), measure.deadline, measure.remark, targets,
        previous, replace(entry, readings=readings),
    )  # fmt: skip


def row_alone(
    store: Store, report: Report, plan: Plan, measure: Measure, entry: Entry, others: tuple[str, ...]
) -> FillingRow:
    """One row without reading the others; only where the plan has changed may it need what stands under them."""
    earlier = _earlier(store, report)
    targets = plan.targets_for(measure, report.unit_code)
    yardstick = yardstick_of(store, plan, report.quarter, earlier, targets)
    last = _newest_said(store, earlier)
    typed = Typed({}, report.plan_version)
    before = None
    if plan.changes:
        typed, before = typed_in(store, report), typed_before(store, report)
    elif last is not None:
        said = store.reports.entry(last.id, measure.key)
        before = Typed({measure.key: said} if said else {}, last.plan_version, last.quarter)
    return _row(plan, report, measure, entry, typed, before, yardstick, others)


def plan_of(store: Store, report: Report) -> Plan:
    """The plan as the report reads it: a draft follows the newest version, what is frozen keeps its own."""
    return store.plans.get(report.plan_id, None if may_edit(report.state) else report.plan_version)


def _earlier(store: Store, report: Report) -> tuple[Report, ...]:
    return earlier_reports(store, report.plan_id, report.unit_code, report.quarter)


def previous_report(store: Store, report: Report) -> Report | None:
    """The newest revision of the newest earlier quarter of the same plan in which something was said."""
    return _newest_said(store, _earlier(store, report))


def _newest_said(store: Store, earlier: tuple[Report, ...]) -> Report | None:
    """A quarter that was only looked into tells nothing, and must not stand before one that does."""
    told = (r for r in reversed(earlier) if any(store.reports.progress_texts(r.id).values()))
    return next(told, earlier[-1] if earlier else None)


def typed_in(store: Store, report: Report) -> Typed:
    """What a report says, and for which version of the plan."""
    return Typed(store.reports.entries(report.id), report.plan_version)


def typed_before(store: Store, report: Report) -> Typed | None:
    """What the newest earlier quarter of the same plan says."""
    earlier = previous_report(store, report)
    return replace(typed_in(store, earlier), quarter=earlier.quarter) if earlier else None


def previous_entries(store: Store, report: Report) -> Mapping[str, Entry]:
    """The entries of the newest earlier quarter of the same plan, by measure."""
    before = typed_before(store, report)
    return before.entries if before else {}


def revision_before(store: Store, report: Report) -> Report | None:
    """The revision that this one follows, None for a first one."""
    same = store.reports.find(plan_id=report.plan_id, unit_code=report.unit_code, quarter=report.quarter)
    earlier = [r for r in same if r.revision < report.revision]
    return earlier[-1] if earlier else None


def open_quarters(store: Store, plan_id: str) -> tuple[str, ...]:
    """Quarters that the superior has opened or that a report exists for, oldest first."""
    own = store.workspace.unit.code
    reported = {r.quarter for r in store.reports.find(plan_id=plan_id, unit_code=own)}
    return tuple(sorted(reported | {c.quarter for c in store.plans.calendars(plan_id)}))
