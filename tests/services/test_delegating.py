"""县内分工: bureaus, who does what, how far each is; every change in the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.delegation import Bureau, Delegation
from desktop.domain.errors import RefusedError
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus
from desktop.services import delegating, filling, surveying
from desktop.storage import Store
from tests.journeys.offices import Offices, open_offices

ECOLOGY = "市生态环境局东川分局"


@pytest.fixture(scope="module")
def module_offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    now = datetime.now().astimezone().replace(microsecond=0)
    offices = open_offices(tmp_path_factory.mktemp("offices"), now)
    yield offices
    offices.city.close()
    offices.county.close()


@pytest.fixture
def offices(module_offices: Offices) -> Offices:
    """The same offices for every test, without bureaus."""
    store, plan = module_offices.county, module_offices.plan
    delegating.take_back(store, plan.id, [m.key for m in plan.measures], "test", module_offices.now)
    for bureau in delegating.bureaus(store):
        delegating.remove_bureau(store, bureau.name, "test", module_offices.now)
    return module_offices


def code(caught: pytest.ExceptionInfo[RefusedError]) -> str:
    return caught.value.code


def actions(store: Store, subject: str) -> list[tuple[str, dict[str, str]]]:
    return [(r.action, dict(r.facts)) for r in store.audit.records(subject=subject)]


def test_bureaus_are_tidied_kept_and_changed(offices: Offices) -> None:
    store, now = offices.county, offices.now
    made = delegating.set_bureau(store, Bureau("  县住建局\n", "马某 ", " 0953-1 "), "李敏", now)
    assert made == Bureau("县住建局", "马某", "0953-1")
    before = len(store.audit.records())
    delegating.set_bureau(store, made, "李敏", now)
    assert len(store.audit.records()) == before
    delegating.set_bureau(store, Bureau("县住建局", "丁某", "2"), "李敏", now)
    assert delegating.bureaus(store) == (Bureau("县住建局", "丁某", "2"),)
    assert actions(store, "县住建局")[0] == (
        "bureau_set",
        {"contact": "丁某", "phone": "2", "contact_from": "马某", "phone_from": "0953-1"},
    )


@pytest.mark.parametrize(
    ("bureau", "refused"),
    [
        (Bureau(" \u200b"), "name_missing"),
        (Bureau("长" * 41), "name_too_long"),
        (Bureau("县住建局", "长" * 41), "name_too_long"),
        (Bureau("县住建局", "", "打给马某"), "phone_wrong"),
        (Bureau("县住建局", "", "1" * 61), "phone_wrong"),
    ],
)
def test_wrong_bureaus_are_refused(offices: Offices, bureau: Bureau, refused: str) -> None:
    with pytest.raises(RefusedError) as caught:
        delegating.set_bureau(offices.county, bureau, "test", offices.now)
    assert code(caught) == refused
    assert delegating.bureaus(offices.county) == ()


@pytest.mark.parametrize(
    "phone", ["", "0953-1234567转8001", "（0953）123 4567", "13900000000、13900000001", "+86 953 1"]
)
def test_usual_numbers_are_taken(offices: Offices, phone: str) -> None:
    assert (
        delegating.set_bureau(offices.county, Bureau("甲局", "", phone), "test", offices.now).phone == phone
    )


def test_measures_are_given_changed_and_taken_back(offices: Offices) -> None:
    store, plan, now = offices.county, offices.plan, offices.now
    for name in ("甲局", "乙局"):
        delegating.set_bureau(store, Bureau(name, "马某", "1"), "test", now)
    keys = ["m-001", "m-002", "m-001"]
    assert len(delegating.delegate(store, plan.id, keys, "甲局", "test", now)) == 2
    assert delegating.delegate(store, plan.id, keys, "甲局", "test", now) == ()
    (moved,) = delegating.delegate(store, plan.id, ["m-002"], "乙局", "test", now, "张某", "2")
    assert delegating.delegations(store, plan.id) == {
        "m-001": Delegation(plan.id, "m-001", "甲局"),
        "m-002": moved,
    }
    assert moved.person(Bureau("乙局", "马某", "1")) == ("张某", "2")
    assert delegating.take_back(store, plan.id, ["m-002", "m-999"], "test", now) == ("m-002",)
    told = actions(store, f"{plan.id}/m-002")[:3]
    assert [(facts["from"], facts["to"]) for _, facts in told] == [
        ("乙局", ""),
        ("甲局", "乙局"),
        ("", "甲局"),
    ]
    assert store.audit.verify() is None


def test_wrong_delegations_change_nothing(offices: Offices) -> None:
    store, plan, now = offices.county, offices.plan, offices.now
    with pytest.raises(RefusedError) as caught:
        delegating.delegate(store, plan.id, ["m-001"], "没有这个局", "test", now)
    assert code(caught) == "bureau_unknown"
    delegating.set_bureau(store, Bureau("甲局"), "test", now)
    with pytest.raises(RefusedError) as caught:
        delegating.delegate(store, plan.id, ["m-001", "m-003"], "甲局", "test", now)
    assert code(caught) == "not_assigned" and caught.value.facts == {"measure": "m-003"}
    assert delegating.delegations(store, plan.id) == {}


def test_a_bureau_with_measures_stays_and_can_be_renamed(offices: Offices) -> None:
    store, plan, now = offices.county, offices.plan, offices.now
    for name in ("甲局", "乙局"):
        delegating.set_bureau(store, Bureau(name, "马某"), "test", now)
    delegating.delegate(store, plan.id, ["m-001"], "甲局", "test", now)
    with pytest.raises(RefusedError) as caught:
        delegating.remove_bureau(store, "甲局", "test", now)
    assert caught.value.facts == {"name": "甲局", "measures": 1}
    with pytest.raises(RefusedError) as caught:
        delegating.rename_bureau(store, "甲局", "乙局", "test", now)
    assert code(caught) == "bureau_taken"
    assert delegating.rename_bureau(store, "甲局", "丙局", "test", now) == Bureau("丙局", "马某")
    assert delegating.delegations(store, plan.id)["m-001"].bureau == "丙局"
    delegating.remove_bureau(store, "乙局", "test", now)
    assert [b.name for b in delegating.bureaus(store)] == ["丙局"]


def test_the_overview_counts_by_bureau_and_shows_what_nobody_does(offices: Offices) -> None:
    store, plan, now = offices.county, offices.plan, offices.now
    for name in ("甲局", "乙局"):
        delegating.set_bureau(store, Bureau(name), "test", now)
    delegating.delegate(store, plan.id, ["m-002"], "甲局", "test", now)
    report = offices.draft_report()
    filling.save_entry(store, report.id, Entry("m-002", ProgressStatus.BEHIND, "在做"), "test", now)
    first, second, left = delegating.by_bureau(store, surveying.overview(store, report))
    assert (first.bureau, first.total, first.filled, first.behind, first.errors) == (
        Bureau("甲局"),
        1,
        1,
        1,
        2,
    )
    assert (second.bureau, second.total) == (Bureau("乙局"), 0)
    assert (left.bureau, [r.measure.key for r in left.rows], left.filled) == (None, ["m-001"], 0)
    delegating.delegate(store, plan.id, ["m-001"], "乙局", "test", now)
    assert [p.total for p in delegating.by_bureau(store, surveying.overview(store, report))] == [1, 1]


def test_delegations_hold_for_the_next_quarter(offices: Offices) -> None:
    store, plan, now = offices.county, offices.plan, offices.now
    delegating.set_bureau(store, Bureau("甲局"), "test", now)
    delegating.delegate(store, plan.id, ["m-001", "m-002"], "甲局", "test", now)
    day = now.date()
    store.plans.put_calendar(plan.id, QuarterCalendar("2025Q2", day, day, day))
    later = filling.begin(store, plan.id, "2025Q2", "test", now)
    (progress,) = delegating.by_bureau(store, surveying.overview(store, later))
    assert (progress.bureau, progress.total) == (Bureau("甲局"), 2)


def test_proposals_are_only_proposals(offices: Offices) -> None:
    store, plan, now = offices.county, offices.plan, offices.now
    proposed = delegating.proposals(store, plan.id)
    assert [(p.measure_key, p.bureau, p.how) for p in proposed] == [
        ("m-001", ECOLOGY, "derived"),
        ("m-002", ECOLOGY, "derived"),
    ]
    assert delegating.delegations(store, plan.id) == {} and delegating.bureaus(store) == ()
    delegating.take_proposals(store, plan.id, proposed[:1], "test", now)
    assert delegating.delegations(store, plan.id)["m-001"].bureau == ECOLOGY
    assert [(p.measure_key, p.how) for p in delegating.proposals(store, plan.id)] == [("m-002", "same_lead")]


def test_proposals_that_fail_leave_nothing(offices: Offices) -> None:
    store, plan, now = offices.county, offices.plan, offices.now
    proposed = delegating.proposals(store, plan.id)[0]
    wrong = type(proposed)("m-003", "新局", "生态环境局", "derived")
    with pytest.raises(RefusedError):
        delegating.take_proposals(store, plan.id, [proposed, wrong], "test", now)
    assert delegating.bureaus(store) == () and delegating.delegations(store, plan.id) == {}


def test_a_backup_holds_it(offices: Offices, tmp_path: Path) -> None:
    """What was delegated is in a copy of the database."""
    store, plan, now = offices.county, offices.plan, offices.now
    delegating.set_bureau(store, Bureau("甲局"), "test", now)
    delegating.delegate(store, plan.id, ["m-001"], "甲局", "test", now)
    folder = tmp_path / "copy"
    folder.mkdir()
    store.back_up(folder / "lantian.db")
    copy = Store.open(folder, "test", now)
    try:
        assert delegating.delegations(copy, plan.id) == delegating.delegations(store, plan.id)
    finally:
        copy.close()


def test_a_listed_bureau_is_not_added_a_second_time(offices: Offices) -> None:
    store, now = offices.county, offices.now
    delegating.add_bureau(store, Bureau("县住建局", "马某", "1"), "李敏", now)
    with pytest.raises(RefusedError) as caught:
        delegating.add_bureau(store, Bureau(" 县住建局 ", "丁某", "2"), "李敏", now)
    assert code(caught) == "bureau_taken"
    assert delegating.bureaus(store) == (Bureau("县住建局", "马某", "1"),)


def test_name_and_contact_change_together_or_not_at_all(offices: Offices) -> None:
    store, now = offices.county, offices.now
    delegating.add_bureau(store, Bureau("县住建局", "马某", "1"), "李敏", now)
    with pytest.raises(RefusedError) as caught:
        delegating.change_bureau(store, "县住建局", Bureau("县建设局", "马某", "找他"), "李敏", now)
    assert code(caught) == "phone_wrong"
    assert delegating.bureaus(store) == (Bureau("县住建局", "马某", "1"),)
    changed = delegating.change_bureau(store, "县住建局", Bureau("县建设局", "丁某", "2"), "李敏", now)
    assert delegating.bureaus(store) == (changed,) == (Bureau("县建设局", "丁某", "2"),)
