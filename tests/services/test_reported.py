"""Who has reported under which measure, and every target that a plan ever set."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.report import Entry
from desktop.reports.fonts import Faces
from desktop.services import amending, answering, reported, signing
from desktop.services.receiving import take_in
from desktop.services.sending import submit
from tests.journeys.offices import COUNTY, PASS_PHRASE, Offices, enrol


def test_nobody_has_reported_on_a_new_plan(offices: Offices) -> None:
    assert reported.units_by_measure(offices.city, offices.plan.id) == {}


def test_units_stand_under_the_measures_they_wrote_about(offices: Offices, faces: Faces) -> None:
    enrol(offices)
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = submit(offices.county, report.id, offices.stick, "test", offices.now)
    item, _ = take_in(offices.city, written[-1].path, "", "test", offices.now)
    answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
    found = reported.units_by_measure(offices.city, offices.plan.id)
    assert found == {"m-001": (COUNTY.code,), "m-002": (COUNTY.code,)}


def test_an_entry_without_a_word_is_no_report(offices: Offices) -> None:
    report = offices.draft_report()
    with offices.county.transaction():
        offices.county.reports.put_entry(report.id, Entry("m-001"), offices.now)
    assert reported.units_by_measure(offices.county, offices.plan.id) == {}


def test_a_target_is_as_the_newest_version_has_it(offices: Offices) -> None:
    amending.set_target_value(offices.city, offices.plan.id, "t-001", Decimal(15), "test", offices.now)
    assert reported.targets_ever(offices.city, offices.plan.id)["t-001"].value == 15
    assert reported.targets_ever(offices.county, offices.plan.id)["t-001"].value == 12
