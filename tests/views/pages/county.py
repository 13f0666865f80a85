"""A county's surroundings for page tests: its store, its quarter, and what pages tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus, Reading, Report
from desktop.reports.fonts import Faces
from desktop.services import answering, filling, receiving, sending, signing, surveying
from desktop.views.context import Context
from tests.journeys.offices import PASS_PHRASE, QUARTER, Offices


@dataclass
class County:
    """`visited` holds where pages went, `saved` when they said that something is stored."""

    offices: Offices
    context: Context
    visited: list[tuple[str, object]] = field(default_factory=list)
    saved: list[datetime] = field(default_factory=list)

    def report(self) -> Report:
        return self.offices.draft_report()

    def entry(self, key: str) -> Entry:
        return self.offices.county.reports.entry(self.report().id, key) or Entry(key)

    def last_quarter(self, progress: str = "上季完成了6台。", value: int = 6) -> None:
        """A report of the quarter before, with the same words in every entry."""
        store, now = self.offices.county, self.offices.now
        day = now.date()
        store.plans.put_calendar(self.offices.plan.id, QuarterCalendar("2024Q4", day, day, day))
        report = filling.begin(store, self.offices.plan.id, "2024Q4", "test", now)
        for row in surveying.overview(store, report).rows:
            readings = tuple(Reading(t.key, Decimal(value)) for t in row.targets)
            entry = Entry(row.measure.key, ProgressStatus.ON_SCHEDULE, progress, readings=readings)
            filling.save_entry(store, report.id, entry, "test", now)

    def returned(self, faces: Faces) -> Report:
        """The first revision signed, sent, and returned by the city."""
        offices = self.offices
        report = offices.reviewed_report()
        signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
        _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
        item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
        answer = answering.send_back(
            offices.city, item.digest, "第1条的数字要核对", {"m-001": "台数和上季对不上"}, None, offices.identity, "test",
            offices.now,
        )  # fmt: skip
        receiving.take_in(offices.county, offices.to_county(answer.digest), "", "test", offices.now)
        return offices.county.reports.get(report.id)


def county(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    """The county's context on its open quarter."""
    context = make_context(
        store=offices.county, clock=lambda: offices.now, plan_id=offices.plan.id, quarter=Quarter.parse(QUARTER),
        faces=lambda: faces,
    )  # fmt: skip
    made = County(offices, context)
    context.signals.navigated.connect(lambda place, target: made.visited.append((place, target)))
    context.signals.saved.connect(made.saved.append)
    return made
