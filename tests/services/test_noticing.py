"""What the checks find in all accepted reports of a quarter is what 收件 shows of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.codec import parse_json
from desktop.domain.errors import CancelledError
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report, ReportDocument, ReportState
from desktop.domain.rules import USUAL
from desktop.services import answering, noticing
from desktop.storage import Store
from tests.conftest import SAMPLE_NOW as NOW

THIS = Quarter.of(NOW.date()).previous
BEFORE = str(THIS.previous)


@pytest.fixture
def city(sample_city: Store) -> Store:
    return sample_city


@pytest.fixture
def plan(city: Store) -> str:
    return city.plans.all()[0].id


def accepted(city: Store, quarter: str) -> list[Report]:
    return [r for r in city.reports.find(quarter=quarter) if r.state is ReportState.ACCEPTED]


def test_findings_of_each_unit_are_those_that_the_inbox_shows(city: Store, plan: str) -> None:
    found = noticing.noticed(city, plan, BEFORE)
    shown = []
    for report in accepted(city, BEFORE):
        document = parse_json(city.reports.document(report.id, "report.json") or b"", ReportDocument)
        shown += [
            (row.measure_key, report.unit_code, finding)
            for row, finding in answering.findings_of(city, document)
        ]
    flat = [(key, code, finding) for (key, code), each in found.findings.items() for finding in each]
    assert flat == shown and {code for _, code, _ in flat} == {"999002", "999021"}
    assert found.unread == ()


def test_what_waits_or_was_returned_is_left_out_as_in_the_matrix(city: Store, plan: str) -> None:
    # Every word is too short for this rule, so that every accepted entry is found.
    before = city.plans.rules(plan)
    city.plans.put_rules(plan, replace(USUAL, least_length=500))
    try:
        found = noticing.noticed(city, plan, str(THIS))
    finally:
        city.plans.put_rules(plan, before)
    units = {report.unit_code for report in accepted(city, str(THIS))}
    assert {code for _, code in found.findings} == units and len(units) == 2


def test_a_warning_that_the_unit_explained_is_kept_but_not_open(city: Store, plan: str) -> None:
    found = noticing.noticed(city, plan, BEFORE)
    place, (first, *rest) = next(iter(found.findings.items()))
    assert found.open_at(*place) == (first, *rest)
    answered = noticing.Noticed({place: (replace(first, explained=True), *rest)})
    assert answered.findings[place] and answered.open_at(*place) == tuple(rest)
    assert answered.open_at("m-none", place[1]) == ()


def test_one_report_that_cannot_be_read_does_not_hide_the_others(
    city: Store, plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = next(r for r in accepted(city, BEFORE) if r.unit_code == "999021")
    read = city.reports.document
    monkeypatch.setattr(
        city.reports, "document", lambda id_, name: None if id_ == lost.id else read(id_, name)
    )
    found = noticing.noticed(city, plan, BEFORE)
    assert found.unread == ("999021",)
    assert {code for _, code in found.findings} == {"999002"}


def test_it_stops_between_two_units(city: Store, plan: str) -> None:
    def stop(step: str, done: int, total: int) -> None:
        if done == 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        noticing.noticed(city, plan, BEFORE, stop)
