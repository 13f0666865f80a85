"""A plan that changes in mid-quarter: reports follow their measures, and whatever was typed is still there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.changes import ChangeKind
from desktop.domain.errors import RefusedError
from desktop.domain.plan import Plan
from desktop.domain.report import Entry, People, ReportState
from desktop.reports.fonts import Faces
from desktop.services import (
    amending,
    answering,
    evidencing,
    filling,
    planning,
    receiving,
    reviewing,
    sending,
    summarising,
    surveying,
)
from desktop.wording.inspection import told
from tests.journeys.amended import QUARTERS, Country, open_country, second_document, third_document
from tests.journeys.offices import COUNTY, PARK

K = ChangeKind


@pytest.fixture
def country(tmp_path: Path, now: datetime) -> Iterator[Country]:
    made = open_country(tmp_path, now)
    yield made
    made.close()


def by_number(plan: Plan) -> dict[str, str]:
    return {plan.label(m): m.key for m in plan.measures}


def accepted(country: Country, package: Path) -> str:
    """Takes a submission in at the city; the receipt's digest."""
    item, _ = receiving.take_in(country.city, package, "", "test", country.now)
    seen = receiving.reinspect(country.city, item.digest, country.now)
    assert seen.verdict == "ready", seen.facts
    return answering.accept(country.city, item.digest, country.identity, "", "test", country.now).digest


def test_a_plan_is_amended_while_units_fill(country: Country, faces: Faces, tmp_path: Path) -> None:
    city, county, park = country.city, country.county, country.park
    country.tell(county, COUNTY)
    country.tell(park, PARK)
    of_park = country.begin(park)
    country.type(park, of_park)
    country.sign(park, of_park, faces)
    from_park = country.submit(park, of_park)

    report = country.begin(county)
    proof = tmp_path / "公交合同.pdf"
    proof.write_bytes(b"%PDF-1.7 contract")
    typed = ["m-001", "m-003", "m-004", "m-005", "m-008"]
    country.type(county, report, typed)
    entry = county.reports.entry(report.id, "m-005")
    assert entry is not None
    evidence = evidencing.keep_evidence(county, proof)
    filling.save_entry(county, report.id, replace(entry, evidence=(evidence,)), "test", country.now)
    before = county.reports.entries(report.id)

    # The officer imports the second version and says what became of each measure.
    draft_id = country.imported(second_document())
    draft = city.plans.draft(draft_id)
    assert draft is not None
    kinds = sorted(m.kind.value for m in draft.matches)
    assert kinds == ["dropped", "merged", "new", "renumbered", "reworded", "split", "unchanged", "unchanged"]
    assert {m.kind for m in amending.open_matches(draft)} == {K.DROPPED, K.MERGED, K.NEW, K.SPLIT}
    with pytest.raises(RefusedError, match="amendment_unconfirmed") as refused:
        amending.publish_amendment(city, draft_id, "test", country.now)
    assert refused.value.facts["count"] == 4
    plan = country.publish(draft_id)
    assert (plan.id, plan.version) == (country.plan.id, 2) and city.plans.draft(draft_id) is None
    keys = by_number(plan)
    assert [keys[n] for n in "12356"] == ["m-002", "m-001", "m-003", "m-004", "m-006"]
    states = {r.unit.code: r for r in sending.recipient_states(city, plan.id)}
    assert {(r.version, r.current) for r in states.values()} == {(1, False)}

    # The county takes the package; the draft it began follows.
    package = country.send_plan(COUNTY)
    item = receiving.arrive(county, package, "test", country.now)
    seen = receiving.reinspect(county, item.digest, country.now)
    title, text = told(next(f for f in seen.facts if f.subject == "version"))
    assert title == "方案从第1版更新到第2版，本单位7条"
    assert text == "取消1条、拆分1条、合并1条、新增1条、改写1条、换编号1条。填过的内容都会留着"
    assert receiving.apply(county, item.digest, "", "test", country.now).subject == plan.id
    again = receiving.reinspect(county, item.digest, country.now)
    assert again.amendment == seen.amendment, "what it changed can still be read afterwards"

    overview = surveying.overview(county, county.reports.get(report.id))
    rows = {row.measure.key: row for row in overview.rows}
    assert overview.plan.version == 2 and len(rows) == 7
    assert overview.changes == seen.amendment
    after = county.reports.entries(report.id)
    for key in typed:
        assert replace(after[key], readings=()) == replace(before[key], readings=()), "not a sign has changed"
        assert set(after[key].readings) >= set(before[key].readings)
    assert rows["m-001"].label == "2" and rows["m-001"].entry == before["m-001"]
    half = keys["4"]
    assert rows["m-003"].entry.reading("t-003") == 7 and [t.key for t in rows["m-003"].targets] == ["t-003"]
    assert [t.key for t in rows[half].targets] == ["t-004"] and rows[half].entry.reading("t-004") == 7
    assert [(f.kind, f.label, f.entry.measure_key) for f in rows[half].former] == [(K.SPLIT, "3", "m-003")]
    merged = rows["m-004"]
    assert [(f.kind, f.label, f.title) for f in merged.former] == [(K.MERGED, "5", "推广新能源公交车辆")]
    assert merged.entry.reading("t-005") == 7, "the figure came along with its target"
    assert [(f.label, f.title, f.entry) for f in overview.dropped] == [
        ("8", "改造砖瓦窑炉除尘", before["m-008"])
    ]

    # What was typed under the merged measure is put behind; once is enough.
    saved = filling.take_over_former(county, report.id, "m-004", "m-005", "test", country.now)
    words = saved.row.entry.progress
    assert words.startswith(before["m-004"].progress) and words.endswith(before["m-005"].progress)
    assert saved.row.entry.evidence == (evidence,) and saved.row.former[0].taken
    twice = filling.take_over_former(county, report.id, "m-004", "m-005", "test", country.now)
    assert twice.row.entry == saved.row.entry

    country.type(county, report)
    assert surveying.overview(county, report).filled == 7
    country.sign(county, report, faces)
    receipt = accepted(country, country.submit(county, report))
    country.carry(county, city, receipt)
    assert county.reports.get(report.id).state is ReportState.ACCEPTED
    assert county.reports.get(report.id).plan_version == 2

    # The park never got version 2; what it submitted under version 1 is as good.
    item, _ = receiving.take_in(city, from_park, "", "test", country.now)
    fact = next(f for f in receiving.reinspect(city, item.digest, country.now).facts if f.subject == "plan")
    assert fact.ok and "第1版（现在是第2版" in told(fact)[1]
    answer = answering.accept(city, item.digest, country.identity, "", "test", country.now)
    country.carry(park, city, answer.digest)
    assert park.reports.get(of_park.id).state is ReportState.ACCEPTED
    held = {r.unit.code: (r.version, r.current) for r in sending.recipient_states(city, plan.id)}
    assert held == {COUNTY.code: (2, True), PARK.code: (1, False)}
    summary = summarising.summary(city, plan.id, QUARTERS[0], country.now)
    assert {u.unit.code: (u.filled, u.assigned) for u in summary.units} == {
        COUNTY.code: (7, 7),
        PARK.code: (2, 2),
    }
    for store in (city, county, park):
        assert store.audit.verify() is None


def test_who_skipped_a_version_gets_all_of_it_at_once(country: Country, faces: Faces) -> None:
    county = country.county
    country.tell(county, COUNTY)
    report = country.begin(county)
    country.type(county, report)
    before = county.reports.entries(report.id)
    two = country.amend(second_document())
    half = by_number(two)["4"]
    three = country.amend(third_document())
    assert three.version == 3 and half not in {m.key for m in three.measures}
    country.tell(county, COUNTY)
    assert [ref.version for ref in county.plans.versions(three.id)] == [1, 3]
    overview = surveying.overview(county, report)
    assert {c.kind for c in overview.changes} == {
        K.DROPPED, K.SPLIT, K.MERGED, K.REWORDED, K.RENUMBERED,
    }  # fmt: skip
    rows = {row.label: row for row in overview.rows}
    river = rows["7"]
    assert river.entry == Entry(river.measure.key, readings=river.entry.readings)
    assert river.entry.reading("t-004") == 7, "through two versions, with its target"
    assert [(f.entry.measure_key, f.kind) for f in river.former] == [("m-003", K.SPLIT)]
    assert {f.entry.measure_key: f.label for f in overview.dropped} == {"m-007": "7", "m-008": "8"}
    shown = {row.measure.key for row in overview.rows if not row.entry.empty}
    shown |= {f.entry.measure_key for row in overview.rows for f in row.former}
    shown |= {f.entry.measure_key for f in overview.dropped}
    assert set(before) <= shown, "all that was typed can be seen"
    country.type(county, report)
    country.sign(county, report, faces)
    accepted(country, country.submit(county, report))


def test_last_quarter_is_found_under_what_it_was_called_then(country: Country, faces: Faces) -> None:
    county = country.county
    country.tell(county, COUNTY)
    first = country.begin(county)
    country.type(county, first, figure=7)
    country.sign(county, first, faces)
    package = country.submit(county, first)
    plan = country.amend(second_document())
    country.tell(county, COUNTY)
    frozen = surveying.overview(county, county.reports.get(first.id))
    assert frozen.plan.version == 1 and (frozen.changes, frozen.dropped) == ((), ())
    second = country.begin(county, QUARTERS[1])
    keys = by_number(plan)
    seen = surveying.overview(county, second)
    rows = {row.measure.key: row for row in seen.rows}
    assert seen.changes == () and seen.dropped == (), "a report begun under version 2 has nothing to follow"
    half, merged = rows[keys["4"]], rows[keys["5"]]
    assert half.previous is not None and half.previous.reading("t-004") == 7
    assert merged.previous is not None and merged.previous.reading("t-005") == 7
    assert [(f.quarter, f.entry.measure_key) for f in half.former] == [(QUARTERS[0], "m-003")]
    assert [(f.quarter, f.entry.measure_key) for f in merged.former] == [(QUARTERS[0], "m-005")]
    saved = filling.take_over_former(county, second.id, half.measure.key, "m-003", "test", country.now)
    assert "2025Q1做了m-003" in saved.row.entry.progress and saved.row.entry.readings == ()
    country.type(county, second, figure=3)
    own = {row.measure.key: row for row in surveying.overview(county, second).rows}
    assert [f.quarter for f in own[half.measure.key].former] == [QUARTERS[0]], (
        "this quarter's words were never apart"
    )
    accepted(country, package)
    rows_then = {
        r.label: r for r in summarising.summary(country.city, plan.id, QUARTERS[0], country.now).rows
    }
    cell = rows_then["5"].cell(COUNTY.code)
    assert cell is not None and cell.entry is not None and cell.entry.reading("t-005") == 7, (
        "summed up as merged"
    )
    country.sign(county, second, faces)
    accepted(country, country.submit(county, second))


def test_what_was_returned_under_the_former_version_is_mended_under_the_new_one(
    country: Country, faces: Faces
) -> None:
    city, county = country.city, country.county
    country.tell(county, COUNTY)
    report = country.begin(county)
    country.type(county, report)
    country.sign(county, report, faces)
    item, _ = receiving.take_in(city, country.submit(county, report), "", "test", country.now)
    plan = country.amend(second_document())
    country.tell(county, COUNTY)
    answer = answering.send_back(
        city,
        item.digest,
        "请补充",
        {"m-001": "补数"},
        country.now.date(),
        country.identity,
        "test",
        country.now,
    )
    country.carry(county, city, answer.digest)
    second = filling.next_revision(county, county.reports.get(report.id), "test", country.now)
    seen = surveying.overview(county, second)
    rows = {row.measure.key: row for row in seen.rows}
    assert rows["m-001"].returned == "补数" and rows["m-001"].label == "2"
    half = by_number(plan)["4"]
    assert rows[half].entry.reading("t-004") == 7 and [f.label for f in rows[half].former] == ["3"]
    assert len(seen.dropped) == 1 and seen.changes
    country.type(county, second)
    country.sign(county, second, faces)
    accepted(country, country.submit(county, second))
    assert surveying.overview(county, county.reports.get(second.id)).changes == ()


def test_what_was_signed_before_the_package_came_goes_out_as_it_was_signed(
    country: Country, faces: Faces
) -> None:
    county = country.county
    country.tell(county, COUNTY)
    report = country.begin(county)
    country.type(county, report)
    country.sign(county, report, faces)
    country.amend(second_document())
    country.tell(county, COUNTY)
    accepted(country, country.submit(county, report))


def test_a_reviewed_report_that_is_reopened_follows_too(country: Country) -> None:
    county = country.county
    country.tell(county, COUNTY)
    report = country.begin(county)
    country.type(county, report)
    filling.name_people(county, report.id, People("李敏", "马晓东", "王建军", "0"), "test", country.now)
    reviewing.review(county, report.id, "test", country.now)
    plan = country.amend(second_document())
    country.tell(county, COUNTY)
    half = by_number(plan)["4"]
    assert county.reports.entry(report.id, half) is None, "what is frozen is left alone"
    reopened = reviewing.reopen(county, report.id, "方案改了", "test", country.now)
    rows = {row.measure.key: row for row in surveying.overview(county, reopened).rows}
    assert rows[half].entry.reading("t-004") == 7 and rows[half].former
    country.type(county, reopened)
    reviewing.review(county, report.id, "test", country.now)
    last = reviewing.reopen(county, report.id, "再改", "test", country.now)
    former = {row.measure.key: row.former for row in surveying.overview(county, last).rows}
    assert former[half] == (), "a review has passed these words for version 2"
    assert [f.entry.measure_key for f in former["m-004"]] == ["m-005"], (
        "what has no place of its own is still shown"
    )


def test_a_unit_that_has_nothing_to_do_any_more_is_told_so(country: Country) -> None:
    country.tell(country.park, PARK)
    report = country.begin(country.park)
    country.type(country.park, report)
    planning.assign(
        country.city, country.plan.id, {"m-001": (COUNTY.code,), "m-006": (COUNTY.code,)}, "test", country.now
    )
    (of_park,) = [r for r in sending.recipient_states(country.city, country.plan.id) if r.unit == PARK]
    assert (of_park.assigned, of_park.version, of_park.current) == (0, 1, False)
    country.tell(country.park, PARK)
    seen = surveying.overview(country.park, report)
    assert seen.rows == () and {c.kind for c in seen.changes} == {K.DROPPED}
    assert [(f.label, f.entry.measure_key) for f in seen.dropped] == [("1", "m-001"), ("6", "m-006")]


def test_a_figure_that_the_document_left_blank_is_filled_later(country: Country) -> None:
    county = country.county
    country.tell(county, COUNTY)
    report = country.begin(county)
    country.type(county, report, ["m-002"], figure=80)
    plan = amending.set_target_value(country.city, country.plan.id, "t-002", Decimal(85), "test", country.now)
    assert plan.version == 2
    same = amending.set_target_value(country.city, plan.id, "t-002", Decimal(85), "test", country.now)
    assert same == plan
    country.tell(county, COUNTY)
    seen = surveying.overview(county, report)
    assert [(c.kind, c.new) for c in seen.changes] == [(K.RETARGETED, ("m-002",))]
    row = next(r for r in seen.rows if r.measure.key == "m-002")
    assert row.targets[0].value == 85 and row.entry.reading("t-002") == 80
    two = country.amend(second_document())
    kept = next(t for t in two.targets if t.key == "t-002")
    assert kept.value == 85, "the new document leaves it blank as the old one did"


def test_the_next_word_typed_gives_up_no_figure_that_is_asked_for_no_more(country: Country) -> None:
    county = country.county
    country.tell(county, COUNTY)
    report = country.begin(county)
    country.type(county, report, ["m-003"])
    country.amend(second_document())
    country.tell(county, COUNTY)
    row = next(r for r in surveying.overview(county, report).rows if r.measure.key == "m-003")
    asked = tuple(r for r in row.entry.readings if r.target_key == "t-003")
    more = replace(row.entry, progress="再写一句。", readings=asked)
    saved = filling.save_entry(county, report.id, more, "test", country.now)
    kept = county.reports.entry(report.id, "m-003")
    assert kept == saved.row.entry and kept.progress == "再写一句。" and kept.reading("t-004") == 7
    cleared = replace(row.entry, readings=())
    assert (
        filling.save_entry(county, report.id, cleared, "test", country.now).row.entry.reading("t-003") is None
    )
