"""全市指标: read by the city quarter by quarter, told of in the trail and in the summary, never a unit's report."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.codec import canonical_bytes, parse_json
from desktop.domain.errors import RefusedError
from desktop.domain.plan import Plan
from desktop.domain.report import Reading
from desktop.domain.summary import SummaryDocument
from desktop.domain.targets import OVERALL, Audience, Comparator, Target
from desktop.services import amending, citywide, opening, planning, summarising
from desktop.services.citywide import Point
from desktop.storage import Store
from tests.journeys.offices import COUNTY, QUARTER, REGION, draft

AIR = Target(
    "t-900", OVERALL, 1, "优良天数比例", Comparator.AT_LEAST, Decimal("81.5"), "%", "2025年",
    text="优良天数比例达到81.5%", audience=Audience.CITY,
)  # fmt: skip
STRAW = Target(
    "t-901", "2", 1, "秸秆综合利用率", Comparator.AT_LEAST, Decimal(90), "%", text="全市秸秆综合利用率达到90%",
    audience=Audience.CITY, measure_key="m-002",
)  # fmt: skip


@pytest.fixture
def plan(city: Store, now: datetime) -> Plan:
    document = replace(draft(), targets=(*draft().targets, STRAW, AIR))
    return planning.publish(
        city, planning.keep_draft(city, "", planning.resolve(document, REGION), now), "test", now
    )


def read(
    city: Store, plan: Plan, now: datetime, quarter: str, value: str, note: str = ""
) -> citywide.CityRow:
    return citywide.save(city, plan.id, quarter, Reading("t-900", Decimal(value), note), "赵", now)


def test_the_city_sees_its_own_targets_alone(city: Store, plan: Plan) -> None:
    seen = citywide.overview(city, plan.id, QUARTER)
    assert [(r.line.label, r.line.title, r.target.key) for r in seen.rows] == [
        ("目标", "总体目标", "t-900"),
        ("2", "清扫道路", "t-901"),
    ]
    assert (seen.filled, seen.met) == (0, 0)
    assert seen.rows[0].history == (Point(QUARTER, None),)


def test_a_reading_is_kept_compared_and_written_into_the_trail(
    city: Store, plan: Plan, now: datetime
) -> None:
    row = read(city, plan, now, QUARTER, "80.2", " 一季度沙尘多 ")
    assert (row.line.value, row.line.note, row.line.met) == (Decimal("80.2"), "一季度沙尘多", False)
    assert read(city, plan, now, QUARTER, "81.5", "一季度沙尘多").line.met is True
    records = city.audit.records(subject=f"{plan.id}/{QUARTER}/t-900")
    assert [(r.action, r.actor, r.facts.get("from"), r.facts.get("to")) for r in records] == [
        ("city_reading_saved", "赵", "80.2", "81.5"),
        ("city_reading_saved", "赵", "", "80.2"),
    ]
    assert (records[1].facts["note_to"], "note_to" in records[0].facts) == ("一季度沙尘多", False)
    read(city, plan, now, QUARTER, "81.5", "一季度沙尘多")
    assert len(city.audit.records(subject=f"{plan.id}/{QUARTER}/t-900")) == 2, "unchanged writes nothing"


def test_past_quarters_stand_beside_and_gaps_are_no_zero(city: Store, plan: Plan, now: datetime) -> None:
    read(city, plan, now, "2024Q3", "78")
    read(city, plan, now, "2025Q1", "80")
    read(city, plan, now, "2025Q2", "82")
    first = citywide.overview(city, plan.id, "2025Q1").rows[0]
    assert first.history == (
        Point("2024Q3", Decimal(78)), Point("2024Q4", None), Point("2025Q1", Decimal(80)),
    )  # fmt: skip
    assert first.line.previous is None, "two quarters ago is not last quarter"
    assert citywide.overview(city, plan.id, "2025Q2").rows[0].line.previous == Decimal(80)
    assert citywide.overview(city, plan.id, "2024Q3").rows[0].line.value == Decimal(78)


def test_targets_of_units_are_refused_and_so_are_counties(
    city: Store, plan: Plan, tmp_path: Path, now: datetime
) -> None:
    with pytest.raises(RefusedError, match="target_of_units"):
        citywide.save(city, plan.id, QUARTER, Reading("t-001", Decimal(1)), "test", now)
    county = opening.create_workspace(tmp_path / "县", COUNTY, REGION, "test", now)
    try:
        with county.transaction():
            county.plans.put(plan, now)
        with pytest.raises(RefusedError, match="target_of_units"):
            read(county, plan, now, QUARTER, "80")
    finally:
        county.close()


def test_the_summary_tells_them_and_counts_no_unit_more(city: Store, plan: Plan, now: datetime) -> None:
    before = summarising.summary(city, plan.id, QUARTER, now)
    read(city, plan, now, QUARTER, "82", "已核")
    document = summarising.summary(city, plan.id, QUARTER, now)
    assert [(c.label, c.value, c.met, c.note) for c in document.city] == [
        ("目标", Decimal(82), True, "已核"),
        ("2", None, None, ""),
    ]
    assert (document.units, document.rows) == (before.units, before.rows)
    assert city.reports.find(plan_id=plan.id) == ()
    assert parse_json(canonical_bytes(document), SummaryDocument) == document


def test_without_such_targets_a_summary_is_what_it_was(city: Store, now: datetime) -> None:
    plan = planning.publish(
        city, planning.keep_draft(city, "", planning.resolve(draft(), REGION), now), "test", now
    )
    document = summarising.summary(city, plan.id, QUARTER, now)
    assert document.city == () and b'"city"' not in canonical_bytes(document)


def test_readings_follow_their_target_through_an_amendment(city: Store, plan: Plan, now: datetime) -> None:
    read(city, plan, now, QUARTER, "80")
    base = draft()
    stricter = replace(AIR, key="t-002", value=Decimal(83), text="优良天数比例达到83%")
    document = planning.resolve(replace(base, targets=(*base.targets, stricter)), REGION)
    compared = amending.compare_with(city, document, plan.id)
    amending.publish_amendment(city, planning.keep_draft(city, "", compared, now), "test", now)
    (row,) = citywide.overview(city, plan.id, QUARTER).rows
    assert (row.target.value, row.line.value, row.line.met) == (Decimal(83), Decimal(80), False)
