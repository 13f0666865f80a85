"""A past quarter is only read: one rule for whatever would write into it; a return or another calendar opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.delegation import Bureau
from desktop.domain.errors import RefusedError
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, People, ProgressStatus, Report, ReportState
from desktop.services import (
    circulating,
    closing,
    commenting,
    delegating,
    filling,
    gathering,
    planning,
    reviewing,
    surveying,
)
from tests.intake.filled import Hand
from tests.journeys.offices import QUARTER, Offices
from tests.journeys.several import hand_down


def after(offices: Offices) -> datetime:
    """The day behind the closing day."""
    calendar = offices.county.plans.calendar(offices.plan.id, QUARTER)
    assert calendar is not None
    return offices.now + (calendar.closes - offices.now.date()) + timedelta(days=1)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as caught:
        act()
    return caught.value.code


def test_late_is_not_locked_and_the_closing_day_is_the_last(offices: Offices) -> None:
    report, store = offices.draft_report(), offices.county
    last = after(offices) - timedelta(days=1)
    assert closing.editable(store, report, last.date())
    filling.save_entry(store, report.id, Entry("m-001", None, "最后一天写的"), "test", last)
    assert not closing.editable(store, report, after(offices).date())


def test_nothing_is_written_into_a_locked_quarter_and_all_of_it_stays(
    offices: Offices, tmp_path: Path
) -> None:
    store, report = offices.county, offices.draft_report()
    then = after(offices)
    filling.save_entry(store, report.id, Entry("m-001", None, "拆除5台。"), "test", offices.now)
    delegating.add_bureau(store, Bureau("县住建局", "马某", "1"), "test", offices.now)
    delegating.delegate(store, offices.plan.id, ["m-001"], "县住建局", "test", offices.now)
    (book,) = circulating.for_bureaus(store, report.id, ["县住建局"], tmp_path, "test", offices.now)
    hand = Hand(book.file.path.read_bytes())
    hand.cell("problems", 0).value = "用地没有批下来。"
    seen = gathering.preview(store, report.id, hand.save(tmp_path / "交回.xlsx"))
    remark = commenting.comment(store, report.id, "m-001", "附照片", "马晓东", offices.now)
    before = store.reports.entries(report.id), store.audit.records()
    acts: list[Callable[[], object]] = [
        lambda: filling.save_entry(store, report.id, Entry("m-001", None, "改"), "test", then),
        lambda: filling.name_people(store, report.id, People("甲"), "test", then),
        lambda: gathering.take_in(store, report.id, seen, {}, "test", then),
        lambda: circulating.for_bureaus(store, report.id, ["县住建局"], tmp_path, "test", then),
        lambda: circulating.for_measures(store, report.id, ["m-001"], tmp_path, "test", then),
        lambda: commenting.comment(store, report.id, "m-001", "再看", "马晓东", then),
        lambda: commenting.settle(store, remark.id, "test", then),
        lambda: reviewing.review(store, report.id, "test", then),
    ]
    assert {refused(act) for act in acts} == {"quarter_closed"}
    assert (store.reports.entries(report.id), store.audit.records()) == before


def test_a_reviewed_report_is_not_given_back_to_where_nobody_can_change_it(offices: Offices) -> None:
    report = offices.reviewed_report()
    assert refused(lambda: reviewing.reopen(offices.county, report.id, "改", "test", after(offices))) == (
        "quarter_closed"
    )
    assert offices.county.reports.get(report.id).state is ReportState.REVIEWED


def test_what_is_no_draft_says_so_whatever_the_calendar(offices: Offices) -> None:
    report = offices.reviewed_report()
    entry = Entry("m-001", None, "改")
    for when in (offices.now, after(offices)):
        assert refused(
            lambda when=when: filling.save_entry(offices.county, report.id, entry, "test", when)
        ) == ("report_locked")


@pytest.mark.parametrize(
    ("state", "open_again"),
    [(ReportState.RETURNED, True), (ReportState.SUPERSEDED, True), (ReportState.WITHDRAWN, False)],
)
def test_only_a_decision_of_the_superior_gives_more_time(
    offices: Offices, state: ReportState, open_again: bool
) -> None:
    store, first = offices.county, offices.draft_report()
    store.reports.put(replace(first, state=state))
    second = Report("second", first.plan_id, 1, first.unit_code, first.quarter, 2)
    store.reports.put(second)
    assert closing.editable(store, second, after(offices).date()) is open_again


def test_a_later_closing_day_in_the_next_package_opens_the_quarter_again(offices: Offices) -> None:
    store, report, then = offices.county, offices.draft_report(), after(offices)
    known = offices.city.plans.calendar(offices.plan.id, QUARTER)
    assert known is not None and not closing.editable(store, report, then.date())
    later = replace(known, closes=then.date() + timedelta(days=5))
    planning.open_quarter(offices.city, offices.plan.id, later, "test", offices.now)
    hand_down(offices, offices.plan)
    assert closing.editable(store, report, then.date())
    filling.save_entry(store, report.id, Entry("m-001", None, "接着填"), "test", then)


def test_a_quarter_without_a_calendar_is_open(offices: Offices) -> None:
    report = Report("other", offices.plan.id, 1, offices.county.workspace.unit.code, "2024Q3", 1)
    offices.county.reports.put(report)
    assert closing.editable(offices.county, report, after(offices).date())


def test_a_past_quarter_that_nobody_began_is_not_begun_by_looking(offices: Offices) -> None:
    store, plan = offices.county, offices.plan
    late = after(offices)
    assert refused(lambda: filling.begin(store, plan.id, QUARTER, "test", late)) == "quarter_closed"
    assert store.reports.find() == ()


def test_a_quarter_that_was_only_looked_into_does_not_stand_before_one_that_says_something(
    offices: Offices,
) -> None:
    store, plan, day = offices.county, offices.plan, offices.now.date()
    for quarter in ("2024Q3", "2024Q4"):
        store.plans.put_calendar(plan.id, QuarterCalendar(quarter, day, day, day))
        report = filling.begin(store, plan.id, quarter, "test", offices.now)
        if quarter == "2024Q3":
            filling.save_entry(store, report.id, Entry("m-002", None, "三季度写的"), "test", offices.now)
    report = offices.draft_report()
    before = surveying.previous_report(store, report)
    assert before is not None and before.quarter == "2024Q3"
    rows = {row.measure.key: row for row in surveying.overview(store, report).rows}
    assert rows["m-002"].previous is not None and rows["m-002"].previous.progress == "三季度写的"
    saved = filling.save_entry(store, report.id, Entry("m-002", None, "一季度写的"), "test", offices.now)
    assert saved.row.previous == rows["m-002"].previous, "a save sees the same"


def test_a_quarter_that_gives_only_reasons_says_something(offices: Offices) -> None:
    store, plan, day = offices.county, offices.plan, offices.now.date()
    entry = Entry("m-002", ProgressStatus.NOT_APPLICABLE, explanation="本季度没有这项工程。")
    for quarter, said in (("2024Q3", Entry("m-002", None, "三季度写的")), ("2024Q4", entry)):
        store.plans.put_calendar(plan.id, QuarterCalendar(quarter, day, day, day))
        report = filling.begin(store, plan.id, quarter, "test", offices.now)
        filling.save_entry(store, report.id, said, "test", offices.now)
    before = surveying.previous_report(store, offices.draft_report())
    assert before is not None and before.quarter == "2024Q4"
