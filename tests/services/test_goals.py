"""Overall targets that name a unit: published, filled, reviewed like any measure, kept through an amendment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.changes import ChangeKind
from desktop.domain.errors import RefusedError
from desktop.domain.plan import GOALS, Plan, PlanDraft
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus, Reading
from desktop.domain.targets import OVERALL, Audience, Comparator, Target
from desktop.reports.report_text import account_of
from desktop.services import amending, filling, opening, planning, reviewing, summarising, surveying
from desktop.storage import Store
from desktop.wording.errors import sentence
from tests.journeys.offices import COUNTY, PARK, QUARTER, REGION, draft

BELOW = Target(
    "t-900", OVERALL, 1, "东川县PM2.5浓度", Comparator.AT_MOST, Decimal(33), "微克/立方米", scope="东川县",
    text="东川县PM2.5浓度不高于33微克/立方米",
)  # fmt: skip


def document(*targets: Target) -> PlanDraft:
    base = draft()
    return planning.resolve(replace(base, targets=(*base.targets, *targets)), REGION)


@pytest.fixture
def county(tmp_path: Path, now: datetime) -> Iterator[Store]:
    store = opening.create_workspace(tmp_path / "县", COUNTY, REGION, "test", now)
    yield store
    store.close()


@pytest.fixture
def plan(city: Store, county: Store, now: datetime) -> Plan:
    made = planning.publish(city, planning.keep_draft(city, "", document(BELOW), now), "test", now)
    for store in (city, county):
        with store.transaction():
            store.plans.put(made, now)
            store.plans.put_calendar(made.id, QuarterCalendar(QUARTER, now.date(), now.date(), now.date()))
    return made


def test_a_scope_that_names_a_unit_gives_it_a_row_when_published(city: Store, plan: Plan) -> None:
    assert plan.measures[0].key == GOALS and plan.measures[0].implementers == (COUNTY.code,)
    record = next(r for r in city.audit.records(subject=plan.id) if r.action == "plan_published")
    assert record.facts["measures"] == "3", "the row is no measure of the document"


def test_the_row_is_filled_and_reviewed_like_any_other(county: Store, plan: Plan, now: datetime) -> None:
    report = filling.begin(county, plan.id, QUARTER, "test", now)
    head, *rest = surveying.overview(county, report).rows
    assert (head.label, [t.key for t in head.targets]) == ("目标", ["t-900"])
    for row in rest:
        readings = tuple(Reading(t.key, Decimal(7)) for t in row.targets)
        entry = Entry(row.measure.key, ProgressStatus.ON_SCHEDULE, "做了。", readings=readings)
        filling.save_entry(county, report.id, entry, "test", now)
    with pytest.raises(RefusedError) as refused:
        reviewing.review(county, report.id, "test", now)
    assert "从总体目标接着填" in sentence(refused.value).text
    reading = (Reading("t-900", Decimal("31.5")),)
    entry = Entry(GOALS, ProgressStatus.BEHIND, "还高。", "扬尘多。", "加密洒水。", readings=reading)
    assert filling.save_entry(county, report.id, entry, "test", now).row.filled
    said = [p.text for p in account_of(reviewing.document_of(county, report, now)).paragraphs]
    assert any("承担重点任务2项，并承担方案总体目标。按填报条目统计，" in text for text in said)
    assert any(text.startswith("进展滞后的措施1项，为总体目标。") for text in said)


def test_the_summary_has_the_row_for_that_unit_alone(city: Store, plan: Plan, now: datetime) -> None:
    document = summarising.summary(city, plan.id, QUARTER, now)
    assert (document.rows[0].label, [c.unit_code for c in document.rows[0].cells]) == ("目标", [COUNTY.code])
    assigned = {line.unit.code: line.assigned for line in document.units}
    assert assigned == {COUNTY.code: 3, PARK.code: 1}


def test_assigning_leaves_the_row_to_its_targets(city: Store, plan: Plan, now: datetime) -> None:
    assert planning.assign(city, plan.id, {GOALS: (PARK.code,)}, "test", now) == plan
    changed = planning.assign(city, plan.id, {"m-003": (PARK.code,)}, "test", now)
    assert changed.measures[0] == plan.measures[0]
    assert [c.kind for c in changed.changes] == [ChangeKind.REASSIGNED]


def test_what_every_unit_must_reach_follows_the_assignment(city: Store, now: datetime) -> None:
    every = replace(BELOW, scope="", audience=Audience.EACH)
    plan = planning.publish(city, planning.keep_draft(city, "", document(every), now), "test", now)
    assert plan.measures[0].implementers == (COUNTY.code, PARK.code)
    fewer = planning.assign(city, plan.id, {"m-001": (COUNTY.code,)}, "test", now)
    assert fewer.measures[0].implementers == (COUNTY.code,)


def test_an_amendment_compares_without_the_row_and_keeps_what_was_typed(
    city: Store, county: Store, plan: Plan, now: datetime
) -> None:
    report = filling.begin(county, plan.id, QUARTER, "test", now)
    entry = Entry(GOALS, ProgressStatus.ON_SCHEDULE, "在降。", readings=(Reading("t-900", Decimal(35)),))
    filling.save_entry(county, report.id, entry, "test", now)
    stricter = replace(BELOW, key="t-002", value=Decimal(30), text="东川县PM2.5浓度不高于30微克/立方米")
    compared = amending.compare_with(city, document(stricter), plan.id)
    assert {key for m in compared.matches for key in (*m.old, *m.new)} == {"m-001", "m-002", "m-003"}
    assert amending.compared_with(city, compared).measures == plan.own_measures
    assert amending.open_matches(compared) == ()
    kept = planning.keep_draft(city, "", compared, now)
    second = amending.publish_amendment(city, kept, "test", now)
    with county.transaction():
        county.plans.put(second, now)
    seen = surveying.overview(county, report)
    head = seen.rows[0]
    assert (head.targets[0].value, head.entry.reading("t-900")) == (Decimal(30), Decimal(35))
    assert [(c.kind, c.old) for c in seen.changes] == [(ChangeKind.REWORDED, (GOALS,))]


def test_a_row_that_ends_with_an_amendment_leaves_what_was_typed(
    city: Store, county: Store, plan: Plan, now: datetime
) -> None:
    report = filling.begin(county, plan.id, QUARTER, "test", now)
    filling.save_entry(county, report.id, Entry(GOALS, None, "在降。"), "test", now)
    compared = amending.compare_with(city, document(), plan.id)
    second = amending.publish_amendment(city, planning.keep_draft(city, "", compared, now), "test", now)
    with county.transaction():
        county.plans.put(second, now)
    (dropped,) = surveying.overview(county, report).dropped
    assert (dropped.label, dropped.title, dropped.entry.progress) == ("目标", "总体目标", "在降。")
