"""Searching all plans and quarters: every field, any width and case, whatever became of measure and revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.delegation import Bureau
from desktop.domain.errors import CancelledError
from desktop.domain.needle import needles
from desktop.domain.plan import Duty, DutyRole, Measure, Plan
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, Evidence, ProgressStatus, Reading, Report, ReportState
from desktop.reports.fonts import Faces
from desktop.services import answering, delegating, filling, opening, receiving, searching, sending, signing
from desktop.services.searching import Found, Hit
from desktop.storage import Store
from tests.journeys.offices import COUNTY, PARK, PASS_PHRASE, QUARTER, REGION, Offices, enrol
from tests.journeys.several import WATER, calendar, second_plan

NOW = datetime(2025, 4, 4, 9).astimezone()


def hits(found: Found) -> list[Hit]:
    return [hit for group in found.groups for hit in group.hits]


def keys(store: Store, typed: str) -> list[tuple[str, str]]:
    """(quarter, measure) of everything that is found."""
    found = searching.search(store, typed)
    return [(group.quarter, hit.measure_key) for group in found.groups for hit in group.hits]


def fields(store: Store, typed: str) -> set[str]:
    return {match.field for hit in hits(searching.search(store, typed)) for match in hit.matches}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("拆除7台", "progress"),
        ("资金", "problems"),
        ("月底前", "next_steps"),
        ("基数", "explanation"),
        ("验收单", "evidence"),
        ("小锅", "title"),
        ("年内", "content"),
        ("结构调整", "section"),
        ("园区管委", "units"),
        ("住建", "bureau"),
    ],
)
def test_every_field_is_searched(offices: Offices, typed: str, field: str) -> None:
    store, now = offices.county, offices.now
    plan = store.plans.get(offices.plan.id)
    measures = tuple(replace(m, section="一、结构调整") if m.key == "m-001" else m for m in plan.measures)
    store.plans.put(replace(plan, version=2, measures=measures), now)
    entry = Entry(
        "m-001", ProgressStatus.BEHIND, "拆除7台，其余已签合同。", "资金没有到位。", "月底前拆完。", "换了基数。",
        evidence=(Evidence("0" * 64, "锅炉房验收单.pdf", 3),),
    )  # fmt: skip
    filling.save_entry(store, offices.draft_report().id, entry, "test", now)
    delegating.add_bureau(store, Bureau("县住建局"), "test", now)
    delegating.delegate(store, plan.id, ["m-001"], "县住建局", "test", now)
    (hit,) = hits(searching.search(store, typed))
    assert (hit.measure_key, hit.label, hit.title, hit.status) == (
        "m-001",
        "1",
        "拆除小锅炉",
        ProgressStatus.BEHIND,
    )
    (match,) = (match for match in hit.matches if match.field == field)
    assert [match.text[start:end] for start, end in match.spans] == [typed]


def test_all_words_must_be_there_each_in_any_field(offices: Offices) -> None:
    store = offices.county
    filling.save_entry(
        store, offices.draft_report().id, Entry("m-001", None, "拆除7台。", "没有资金。"), "test", offices.now
    )
    assert keys(store, "7台 资金 小锅炉") == [(QUARTER, "m-001")]
    assert keys(store, "7台 没有人写过") == []
    (hit,) = hits(searching.search(store, "拆除 资金"))
    assert {(m.field, m.words) for m in hit.matches} == {
        ("progress", 1), ("problems", 1), ("title", 1), ("content", 1)
    }  # fmt: skip
    assert hit.matches[0].field == "progress"


@pytest.mark.parametrize("typed", ["%", "_", "'", '"', "\\", "*", "?", "[a]", "a-c", "--", ";"])
def test_signs_with_a_meaning_elsewhere_are_ordinary_here(offices: Offices, typed: str) -> None:
    store, report = offices.county, offices.draft_report()
    filling.save_entry(store, report.id, Entry("m-001", None, "甲乙丙abc"), "test", offices.now)
    filling.save_entry(store, report.id, Entry("m-002", None, f"占{typed}之"), "test", offices.now)
    assert keys(store, typed) == [(QUARTER, "m-002")]


def test_one_sign_is_enough_and_none_finds_nothing(offices: Offices) -> None:
    store = offices.county
    filling.save_entry(
        store, offices.draft_report().id, Entry("m-002", None, "罕见的龘字"), "test", offices.now
    )
    assert keys(store, "龘") == [(QUARTER, "m-002")]
    assert searching.search(store, " 　") == Found(plans=1, quarters=1)


def test_what_is_yet_to_be_filled_is_found_by_its_measure(offices: Offices) -> None:
    assert offices.county.reports.find() == ()
    (hit,) = hits(searching.search(offices.county, "小锅炉"))
    assert (hit.report_id, hit.status, hit.begun) == ("", None, False)
    # The third measure is nobody's, and is not asked of this unit.
    assert keys(offices.county, "监测网络") == []
    reading = Entry("m-001", readings=(Reading("t-001", None),))
    filling.save_entry(offices.county, offices.draft_report().id, reading, "test", offices.now)
    assert [(h.begun, h.status) for h in hits(searching.search(offices.county, "小锅炉"))] == [(True, None)]


def test_newest_quarter_first_and_both_plans_though_they_share_their_keys(offices: Offices) -> None:
    store, now = offices.county, offices.now
    water = second_plan(offices)
    old = str(Quarter.parse(QUARTER).previous)
    store.plans.put_calendar(offices.plan.id, calendar(old, now.date() - timedelta(days=60)))
    then = now - timedelta(days=62)
    for plan, quarter, when in (
        (offices.plan.id, old, then),
        (offices.plan.id, QUARTER, now),
        (water.id, QUARTER, now),
    ):
        report = filling.begin(store, plan, quarter, "test", when)
        filling.save_entry(store, report.id, Entry("m-002", None, "共同的话"), "test", when)
    found = searching.search(store, "共同的话")
    assert [(g.quarter, g.plan.title, len(g.hits)) for g in found.groups] == [
        (QUARTER, WATER, 1), (QUARTER, offices.plan.title, 1), (old, offices.plan.title, 1)
    ]  # fmt: skip
    assert [hit.title for hit in hits(found)] == ["清淤河道", "清扫道路", "清扫道路"]
    assert (found.plans, found.quarters, found.count, found.more) == (2, 2, 3, False)
    assert [h.title for h in hits(searching.search(store, "共同的话 清淤"))] == ["清淤河道"]


def test_only_the_newest_revision_is_searched(offices: Offices) -> None:
    store, first = offices.county, offices.draft_report()
    filling.save_entry(store, first.id, Entry("m-001", None, "第一次写的"), "test", offices.now)
    store.reports.put(replace(first, state=ReportState.RETURNED))
    second = filling.next_revision(store, first, "test", offices.now)
    filling.save_entry(store, second.id, Entry("m-001", None, "改过的"), "test", offices.now)
    assert keys(store, "第一次写的") == []
    assert [hit.report_id for hit in hits(searching.search(store, "改过的"))] == [second.id]


def test_an_entry_whose_measure_is_gone_is_found_under_the_title_it_had(offices: Offices) -> None:
    store, report, now = offices.county, offices.draft_report(), offices.now
    filling.save_entry(store, report.id, Entry("m-002", None, "机扫率到了八成"), "test", now)
    plan = store.plans.get(offices.plan.id)
    left = tuple(m for m in plan.measures if m.key != "m-002")
    store.plans.put(replace(plan, version=plan.version + 1, measures=left), now)
    for typed in ("机扫率到了", "清扫道路", "清扫 八成"):
        (hit,) = hits(searching.search(store, typed))
        assert (hit.label, hit.title, hit.gone) == ("2", "清扫道路", True)
    assert [hit.gone for hit in hits(searching.search(store, "小锅炉"))] == [False]


def test_what_is_frozen_is_shown_by_its_own_version(offices: Offices) -> None:
    store, report, now = offices.county, offices.draft_report(), offices.now
    filling.save_entry(store, report.id, Entry("m-002", None, "写了"), "test", now)
    store.reports.put(replace(report, state=ReportState.SIGNED))
    plan = store.plans.get(offices.plan.id)
    renamed = tuple(replace(m, title="机械化清扫") if m.key == "m-002" else m for m in plan.measures)
    store.plans.put(replace(plan, version=2, measures=renamed), now)
    assert [hit.title for hit in hits(searching.search(store, "写了"))] == ["清扫道路"]
    store.reports.put(report)
    assert [hit.title for hit in hits(searching.search(store, "写了"))] == ["机械化清扫"]


def _submit(offices: Offices, report: Report, faces: Faces) -> str:
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
    return item.digest


def test_a_superior_searches_what_it_accepted_or_returned_by_unit_too(offices: Offices, faces: Faces) -> None:
    enrol(offices)
    city, now = offices.city, offices.now
    assert keys(city, "小锅炉") == []
    digest = _submit(offices, offices.reviewed_report("拆除7台，其余已签合同。"), faces)
    # What waits lies in its package alone, and is looked at in the inbox.
    assert keys(city, "签合同") == []
    answering.send_back(city, digest, "核对", {}, None, offices.identity, "test", now)
    (group,) = searching.search(city, "东川县 签合同").groups
    assert (group.unit_code, group.state, len(group.hits)) == (COUNTY.code, ReportState.RETURNED, 2)
    assert "unit" in fields(city, "东川县")
    assert keys(city, "北塬") == []
    accepted = Report("a", offices.plan.id, 1, PARK.code, QUARTER, 1, ReportState.ACCEPTED)
    city.reports.put(accepted)
    city.reports.put_entry("a", Entry("m-001", None, "收下的"), now)
    city.reports.put(replace(accepted, id="b", revision=2, state=ReportState.RETURNED))
    city.reports.put_entry("b", Entry("m-001", None, "退回的"), now)
    assert keys(city, "北塬 收下的") == [(QUARTER, "m-001")]
    assert keys(city, "退回的") == []


def test_much_is_bounded_and_said_to_be_more(many: Store) -> None:
    found = searching.search(many, "公共")
    assert (found.count, found.more) == (searching.MOST, True)
    assert found.groups[0].quarter == "2025Q4"
    few = searching.search(many, "公共 第7条")
    assert (few.count, few.more) == (4, False)


def test_a_search_that_nobody_waits_for_stops(many: Store) -> None:
    told: list[int] = []

    def progress(step: str, done: int, total: int) -> None:
        told.append(done)
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        searching.search(many, "没有人写过", progress)
    assert told == [0, 1, 2]


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Store]:
    """Four quarters with seventy entries each."""
    duty = (Duty(DutyRole.IMPLEMENT, "东川县", (COUNTY.code,)),)
    measures = tuple(Measure(f"m-{n}", str(n), 1, "", f"措施{n}", "", duty) for n in range(70))
    store = _store(tmp_path, measures)
    with store.transaction():
        for quarter in ("2025Q1", "2025Q2", "2025Q3", "2025Q4"):
            report = Report(quarter, "p", 1, COUNTY.code, quarter, 1)
            store.reports.put(report)
            for n in range(70):
                store.reports.put_entry(report.id, Entry(f"m-{n}", None, f"公共的话，第{n}条"), NOW)
    yield store
    store.close()


def _store(folder: Path, measures: tuple[Measure, ...]) -> Store:
    store = opening.create_workspace(folder / "县", COUNTY, REGION, "test", NOW)
    store.plans.put(Plan("p", 1, "方案", REGION.code, REGION.name, measures), NOW)
    return store


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Store]:
    duty = (Duty(DutyRole.IMPLEMENT, "东川县", (COUNTY.code,)),)
    store = _store(tmp_path, (Measure("m", "甲-1", 1, "章节", "标题", "内容", duty),))
    store.reports.put(Report("r", "p", 1, COUNTY.code, "2025Q1", 1))
    yield store
    store.close()


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(_TEXT, _TEXT, _TEXT, _TEXT, _TEXT.map(lambda t: t or "名")), st.data())
def test_every_piece_of_every_field_is_found(one: Store, texts: tuple[str, ...], data: st.DataObject) -> None:
    *words, name = texts
    one.reports.put_entry("r", Entry("m", None, *words, evidence=(Evidence("0" * 64, name, 1),)), NOW)
    text = data.draw(st.sampled_from((*texts, "甲-1", "章节", "标题", "内容", "东川县")))
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]
    other = data.draw(st.sampled_from((str.upper, str.lower, _wide, str)))
    typed = other(piece)
    # Some signs change into two, or into one of another meaning, with their case: they are another word.
    if [n.word for n in needles(typed)] != [n.word for n in needles(piece)]:
        typed = piece
    wanted = [("2025Q1", "m")] if needles(typed) else []
    assert keys(one, typed) == wanted
