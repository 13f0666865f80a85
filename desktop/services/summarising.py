"""Summing up: who has reported, the matrix of measures and units, and the summary's PDF and workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.domain.assignment import measures_for
from desktop.domain.codec import canonical_bytes
from desktop.domain.identity import SignRole
from desktop.domain.missing_signs import MissingSign
from desktop.domain.package import InboxItem, InboxState, PackageKind
from desktop.domain.paper_faces import FaceUse
from desktop.domain.plan import DutyRole, Measure, Plan
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import Entry, PlanRef, ProgressStatus, Report, ReportState
from desktop.domain.signatures import FieldPlace
from desktop.domain.summary import (
    SentBack,
    SummaryCell,
    SummaryDocument,
    SummaryRow,
    UnitProgress,
    UnitSummary,
)
from desktop.domain.unit import Unit
from desktop.services import citywide
from desktop.services.following import with_moved
from desktop.storage import Store

if TYPE_CHECKING:
    from desktop.exchange.unlocking import SigningIdentity
    from desktop.reports.fonts import Faces


def summary(store: Store, plan_id: str, quarter: str, now: datetime) -> SummaryDocument:
    """All units over all measures, from the newest accepted revision of each, and the city's own figures.

    A unit counts as on time by the arrival of its first submission that was not refused.
    """
    plan = store.plans.get(plan_id)
    calendar = store.plans.calendar(plan_id, quarter)
    units = reporting_units(store, plan)
    reports = store.reports.find(plan_id=plan_id, quarter=quarter)
    waiting = waiting_items(store, plan_id, quarter)
    before = last_statuses(store, plan_id, quarter)
    accepted: dict[str, Mapping[str, Entry]] = {}
    lines = []
    for unit in units:
        own = [r for r in reports if r.unit_code == unit.code]
        taken = [r for r in own if r.state is ReportState.ACCEPTED]
        if taken:
            accepted[unit.code] = store.reports.entries(taken[-1].id)
        arrived = waiting.get(unit.code)
        lines.append(_unit_line(plan, unit, own, accepted.get(unit.code), arrived, calendar, now.date()))
    rows = tuple(
        SummaryRow(
            measure.key, plan.label(measure), measure.section, measure.title, measure.names(DutyRole.LEAD), plan.targets_of(measure),
            tuple(
                _cell(plan, measure, u.code, accepted.get(u.code, {}), before)
                for u in units
                if u.code in measure.implementers
            ),
        )
        for measure in plan.measures
    )  # fmt: skip
    reference = PlanRef(plan.id, plan.version, plan.title, plan.digest)
    due = calendar.due if calendar else None
    city = citywide.lines(store, plan, quarter)
    return SummaryDocument(
        reference, store.workspace.unit, quarter, now.date(), due, tuple(lines), rows, city
    )


def _cell(
    plan: Plan, measure: Measure, code: str, entries: Mapping[str, Entry],
    before: Mapping[tuple[str, str], ProgressStatus],
) -> SummaryCell:  # fmt: skip
    """What a unit says of a measure, with figures that it gave when their targets still stood elsewhere."""
    entry = entries.get(measure.key)
    if entry is None:
        return SummaryCell(code, None)
    moved = with_moved(entry, measure.key, plan.targets_of(measure), entries)
    return SummaryCell(code, moved, before.get((code, measure.key)))


def reporting_units(store: Store, plan: Plan) -> tuple[Unit, ...]:
    """Units that implement something in the plan, in the region's order."""
    wanted = {code for measure in plan.measures for code in measure.implementers}
    return tuple(unit for unit in store.units.region().units if unit.code in wanted)


def last_statuses(store: Store, plan_id: str, quarter: str) -> dict[tuple[str, str], ProgressStatus]:
    """What was accepted for the quarter before: status by unit code and measure key."""
    return accepted_statuses(store, plan_id, str(Quarter.parse(quarter).previous))


def accepted_statuses(store: Store, plan_id: str, quarter: str) -> dict[tuple[str, str], ProgressStatus]:
    """What was accepted for a quarter: status by unit code and measure key."""
    reports = store.reports.find(plan_id=plan_id, quarter=quarter)
    accepted = {r.unit_code: r.id for r in reports if r.state is ReportState.ACCEPTED}
    entries = store.reports.entries_of(accepted.values())
    return {
        (code, key): entry.status
        for code, report_id in accepted.items()
        for key, entry in entries[report_id].items()
        if entry.status is not None
    }


def waiting_items(store: Store, plan_id: str, quarter: str) -> dict[str, InboxItem]:
    """Submissions that wait for a decision, newest per unit."""
    stream = f"{plan_id}/{quarter}"
    found: dict[str, InboxItem] = {}
    for item in store.packages.inbox():
        decided = item.kind != PackageKind.SUBMISSION.value or item.state is not InboxState.WAITING
        if not decided and item.stream == stream:
            found.setdefault(item.issuer.code, item)
    return found


def _unit_line(
    plan: Plan, unit: Unit, own: list[Report], entries: Mapping[str, Entry] | None, arrived: InboxItem | None,
    calendar: QuarterCalendar | None, today: date,
) -> UnitSummary:  # fmt: skip
    measures = measures_for(plan, unit.code)
    said = [entries[m.key] for m in measures if entries and m.key in entries]
    counts = Counter(e.status.value for e in said if e.status is not None)
    last = own[-1] if own else None
    if arrived is not None:
        state = UnitProgress.WAITING
    elif last is None:
        state = UnitProgress.MISSING
    elif last.state is ReportState.ACCEPTED:
        state = UnitProgress.ACCEPTED
    else:
        state = UnitProgress.RETURNED
    times = [r.received_at for r in own if r.received_at] + ([arrived.received_at] if arrived else [])
    first = min(times).date() if times else None
    late = None if calendar is None else max(((first or today) - calendar.due).days, 0)
    if first is None and (late or 0) == 0:
        late = None
    revision = arrived.revision if arrived else (last.revision if last else 0)
    reason = last.reason if last is not None and state is UnitProgress.RETURNED else ""
    return UnitSummary(
        unit.ref, unit.short_name, unit.kind.value, state, revision, len(measures), sum(1 for e in said if e.status is not None),
        {status.value: counts[status.value] for status in ProgressStatus}, first, late, reason,
        _returns(own, arrived, today),
    )  # fmt: skip


def _returns(own: list[Report], arrived: InboxItem | None, today: date) -> tuple[SentBack, ...]:
    """What was sent back to a unit, and when the next revision came; a return that names no entry counts as one."""
    came = {r.revision: r.received_at.date() for r in own if r.received_at}
    if arrived is not None:
        came.setdefault(arrived.revision, arrived.received_at.date())
    found = []
    for report in own:
        if report.state is not ReportState.RETURNED:
            continue
        following = min((revision for revision in came if revision > report.revision), default=None)
        again = None if following is None else came[following]
        late = 0 if report.due is None else max(((again or today) - report.due).days, 0)
        on = report.decided_at.date() if report.decided_at else None
        entries = max(len(report.returned), 1)
        found.append(SentBack(report.revision, on, report.reason, entries, report.due, again, late))
    return tuple(found)


@dataclass(frozen=True)
class SummaryFiles:
    """The summary on paper and as a workbook; `missing`: characters no face has, `places`: where they stand; `faces`: those that
    were used; `signer`: empty when not signed.
    """

    pdf: bytes
    workbook: bytes
    pages: int
    missing: tuple[str, ...]
    faces: tuple[FaceUse, ...] = ()
    signer: str = ""
    places: tuple[MissingSign, ...] = ()


def summary_files(
    document: SummaryDocument,
    faces: Faces,
    progress: Progress = silent,
    *,
    identity: SigningIdentity | None = None,
    at: datetime | None = None,
) -> SummaryFiles:
    """Renders the summary as PDF and workbook; with an identity, the PDF is signed and carries its own data."""
    # The page that shows a summary is a window's first: it must not wait for what only printing needs.
    from desktop.reports.city_summary import render_city_summary
    from desktop.reports.ledger_sheet import render_summary_ledger

    progress("render", 0, 3)
    rendered = render_city_summary(document, faces, progress)
    progress("workbook", 1, 3)
    workbook = render_summary_ledger(document)
    pdf, signer = rendered.pdf, ""
    if identity is not None:
        from desktop.exchange.signing import sign_pdf

        progress("sign", 2, 3)
        reason = f"签发{document.issuer.name}{document.quarter}汇总"
        moment = at or datetime.now().astimezone()
        pdf = sign_pdf(
            pdf,
            identity,
            canonical_bytes(document),
            reason=reason,
            places=(FieldPlace(SignRole.ISSUER, 0, None),),
            at=moment,
        )
        signer = identity.signer.name
    progress("done", 3, 3)
    return SummaryFiles(
        pdf, workbook, rendered.pages, rendered.missing, rendered.faces, signer, rendered.places
    )
