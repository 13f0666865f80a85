"""Checks on real workspaces: all earlier quarters, the city's rules at the county and at the city, signing refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.codec import canonical_bytes
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.plan import Severity
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus, Reading, Report
from desktop.domain.rules import USUAL
from desktop.domain.targets import Accumulation, Milestone
from desktop.exchange import plan_package
from desktop.reports.fonts import Faces
from desktop.services import (
    amending,
    answering,
    filling,
    receiving,
    reviewing,
    ruling,
    sending,
    signing,
    surveying,
)
from desktop.services.surveying import FillingRow
from tests.journeys.offices import PASS_PHRASE, QUARTER, Offices, enrol
from tests.journeys.scheduled import hand_down, retargeted

S = ProgressStatus
WORDS = "本季度拆除小锅炉7台，其余已签合同。"


def quarter(offices: Offices, name: str) -> Report:
    day = offices.now.date()
    offices.county.plans.put_calendar(offices.plan.id, QuarterCalendar(name, day, day, day))
    return filling.begin(offices.county, offices.plan.id, name, "test", offices.now)


def say(offices: Offices, report: Report, value: int = 7, **given: Any) -> FillingRow:
    words: dict[str, Any] = {"status": S.ON_SCHEDULE, "progress": WORDS, **given}
    entry = Entry("m-001", readings=(Reading("t-001", Decimal(value)),), **words)
    return filling.save_entry(offices.county, report.id, entry, "test", offices.now).row


def codes(row: FillingRow) -> set[str]:
    return {finding.code for finding in row.findings}


def test_figures_are_compared_with_all_earlier_quarters_of_their_kind(offices: Offices) -> None:
    retargeted(offices)
    say(offices, quarter(offices, "2024Q2"), 9)
    gap = quarter(offices, "2024Q4")
    filling.save_entry(offices.county, gap.id, Entry("m-001", progress="没有填数。"), "test", offices.now)
    row = say(offices, quarter(offices, QUARTER), 7)
    standing = row.standings["t-001"]
    assert standing.last is not None and (standing.last.quarter, standing.last.value) == ("2024Q2", 9)
    assert codes(row) == {"cumulative_fell"}
    assert codes(surveying.overview(offices.county, quarter(offices, QUARTER)).rows[0]) == {"cumulative_fell"}


def test_a_yearly_figure_of_january_is_not_compared_with_december(offices: Offices) -> None:
    retargeted(offices, accumulation=Accumulation.YEAR_TO_DATE)
    say(offices, quarter(offices, "2024Q4"), 12, progress="上季拆除12台，全部完成。")
    row = say(offices, quarter(offices, QUARTER), 7)
    assert row.standings["t-001"].last is None and not row.findings
    assert row.standings["t-001"].due == 3


def test_what_was_counted_otherwise_then_is_not_compared_now(offices: Offices) -> None:
    say(offices, quarter(offices, "2024Q4"), 9)
    retargeted(offices)
    assert say(offices, quarter(offices, QUARTER), 7).standings["t-001"].last is None


def test_the_city_sets_what_is_due_and_may_take_it_back(offices: Offices) -> None:
    city, plan_id, now = offices.city, offices.plan.id, offices.now
    steps = (Milestone("2025Q2", Decimal(10)), Milestone("2025Q1", Decimal(9)))
    made = amending.set_milestones(city, plan_id, "t-001", steps, "test", now)
    assert [m.quarter for m in made.targets[0].milestones] == ["2025Q1", "2025Q2"]
    assert made.version == 2 and amending.set_milestones(city, plan_id, "t-001", steps, "test", now) == made
    hand_down(offices)
    assert codes(say(offices, quarter(offices, QUARTER), 7)) == {"short_of_schedule"}
    (record,) = [r for r in city.audit.records() if r.action == "milestones_set"]
    assert (record.facts["from"], record.facts["to"]) == ("", "2025Q1:9、2025Q2:10")
    assert amending.set_milestones(city, plan_id, "t-001", (), "test", now).targets[0].milestones == ()
    with pytest.raises(RefusedError, match="milestone_twice"):
        amending.set_milestones(city, plan_id, "t-001", (steps[0], steps[0]), "test", now)
    with pytest.raises(RefusedError, match="target_missing"):
        amending.set_milestones(city, plan_id, "t-999", steps, "test", now)


def test_the_frozen_document_keeps_what_its_figures_are_held_against(offices: Offices) -> None:
    say(offices, quarter(offices, "2024Q4"), 2)
    retargeted(offices, ("2025Q1", 6))
    report = quarter(offices, QUARTER)
    offices.fill(report)
    seen = surveying.overview(offices.county, report).rows[0]
    reviewed = reviewing.review(offices.county, report.id, "test", offices.now)
    frozen = reviewing.frozen_document(offices.county, reviewed)[0].rows[0]
    assert frozen.standings == tuple(seen.standings.values())
    standing = frozen.standing("t-001")
    assert standing is not None and (standing.due, standing.by_city) == (6, True)


def test_a_warning_hinders_the_review_until_it_is_explained(offices: Offices) -> None:
    retargeted(offices, ("2025Q1", 9))
    report = quarter(offices, QUARTER)
    offices.fill(report)
    with pytest.raises(RefusedError, match="report_unexplained") as refused:
        reviewing.review(offices.county, report.id, "test", offices.now)
    assert refused.value.facts == {"count": 1, "first": "1"}
    row = say(offices, report, explanation="两台的合同已签，四月动工。")
    assert [f.explained for f in row.findings] == [True] and not row.open_findings
    assert reviewing.review(offices.county, report.id, "test", offices.now).digest


def test_an_error_by_the_citys_rules_cannot_be_explained_away(offices: Offices) -> None:
    rules = replace(USUAL, short_of_schedule=Severity.ERROR)
    ruling.set_rules(offices.city, offices.plan.id, rules, "test", offices.now)
    retargeted(offices, ("2025Q1", 9))
    report = quarter(offices, QUARTER)
    offices.fill(report)
    say(offices, report, explanation="已经说明了。")
    with pytest.raises(RefusedError, match="report_errors"):
        reviewing.review(offices.county, report.id, "test", offices.now)


def test_rules_travel_with_the_plan_and_a_package_without_them_means_the_usual(offices: Offices) -> None:
    city, county, plan_id, now = offices.city, offices.county, offices.plan.id, offices.now
    assert ruling.rules_of(county, plan_id) == USUAL
    assert all(r.current for r in sending.recipient_states(city, plan_id) if r.last)
    rules = replace(USUAL, slip_factor=10, evidence=("m-001",), no_figure=None)
    ruling.set_rules(city, plan_id, rules, "test", now)
    assert not any(r.current for r in sending.recipient_states(city, plan_id))
    hand_down(offices)
    assert ruling.rules_of(county, plan_id) == rules
    assert codes(say(offices, quarter(offices, QUARTER))) == {"evidence_missing"}
    ruling.set_rules(city, plan_id, USUAL, "test", now)
    hand_down(offices)
    assert ruling.rules_of(county, plan_id) == USUAL
    assert [r.facts["changed"] for r in city.audit.records() if r.action == "rules_set"] == [
        "evidence、no_figure、slip_factor"
    ] * 2


def test_only_the_city_sets_rules(offices: Offices) -> None:
    with pytest.raises(RefusedError, match="rules_of_the_superior"):
        ruling.set_rules(offices.county, offices.plan.id, USUAL, "test", offices.now)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(b'"slip_factor":10', b'"slip_factor":0'), (b'"slip_factor":10', b'"slip_factor": 10'), (b'"begins"', b'"starts"')],
)  # fmt: skip
def test_malformed_rules_are_refused(offices: Offices, was: bytes, becomes: bytes) -> None:
    trust = offices.city.keys.trust()
    assert trust is not None
    payload = plan_package.PlanPayload(
        offices.plan, offices.city.units.region(), offices.city.plans.calendars(offices.plan.id),
        offices.city.workspace.unit, trust.root, trust.chain, trust.crls, trust.crl_number,
    )  # fmt: skip
    files = plan_package.write_plan(payload)
    assert "rules.json" not in files and plan_package.read_plan(files).rules == USUAL
    rules = canonical_bytes(replace(USUAL, slip_factor=10))
    assert plan_package.read_plan({**files, "rules.json": rules}).rules.slip_factor == 10
    with pytest.raises(UnreadableError, match="package_content_wrong"):
        plan_package.read_plan({**files, "rules.json": rules.replace(was, becomes)})


def test_the_city_finds_in_a_submission_what_the_county_was_told(offices: Offices, faces: Faces) -> None:
    enrol(offices)
    ruling.set_rules(offices.city, offices.plan.id, replace(USUAL, least_length=30), "test", offices.now)
    retargeted(offices, ("2025Q1", 9))
    report = quarter(offices, QUARTER)
    offices.fill(report)
    say(offices, report, explanation="两台的合同已签，四月动工。")
    told = {
        (row.measure.key, f.code, f.explained)
        for row in surveying.overview(offices.county, report).rows
        for f in row.findings
    }
    assert ("m-001", "short_of_schedule", True) in told and ("m-002", "too_short", False) in told
    reviewing.review(offices.county, report.id, "test", offices.now)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
    found = answering.remarks(
        offices.city, receiving.reinspect(offices.city, item.digest, offices.now)
    ).findings
    assert {(row.measure_key, f.code, f.explained) for row, f in found} == told


def test_the_same_words_are_told_at_both_entries_and_taken_back_at_both(offices: Offices) -> None:
    report = quarter(offices, QUARTER)
    say(offices, report)
    twin = Entry("m-002", S.ON_SCHEDULE, WORDS)
    saved = filling.save_entry(offices.county, report.id, twin, "test", offices.now)
    assert codes(saved.row) == {"same_as_other"}
    assert [codes(row) for row in saved.others] == [{"same_as_other"}]
    parted = filling.save_entry(
        offices.county, report.id, replace(twin, progress="清扫道路3公里。"), "test", offices.now
    )
    assert not codes(parted.row) and [codes(row) for row in parted.others] == [set()]
    again = filling.save_entry(
        offices.county, report.id, replace(twin, progress="清扫道路4公里。"), "test", offices.now
    )
    assert again.others == ()
