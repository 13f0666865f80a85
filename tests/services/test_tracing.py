"""The record of one entry and of one report: who, when, which field, from what to what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from desktop.domain.report import Entry, Evidence, People, ProgressStatus, Reading
from desktop.services import commenting, filling, reviewing, tracing
from desktop.services.tracing import TraceField
from desktop.wording.tracing import known_actions, told
from tests.journeys.offices import Offices

MINUTE = timedelta(minutes=1)


def save(offices: Offices, minutes: int, actor: str = "李敏", **fields: object) -> None:
    report = offices.draft_report()
    entry = offices.county.reports.entry(report.id, "m-001") or Entry("m-001")
    at = offices.now + minutes * MINUTE
    filling.save_entry(offices.county, report.id, replace(entry, **fields), actor, at)


def test_what_was_typed_in_one_go_is_one_step(offices: Offices) -> None:
    save(offices, 0, progress="拆除")
    save(offices, 3, progress="拆除7台", status=ProgressStatus.BEHIND)
    save(offices, 9, readings=(Reading("t-001", Decimal("7.0")),))
    (step,) = tracing.entry_trail(offices.county, offices.draft_report(), "m-001")
    assert (step.at, step.until) == (offices.now, offices.now + 9 * MINUTE)
    assert (step.actor, step.action, step.revision) == ("李敏", "entry_saved", 1)
    assert set(step.fields) == {
        TraceField("progress", "", "拆除7台"),
        TraceField("status", "", "behind"),
        TraceField("reading", "", "7.0", "t-001"),
    }


def test_another_person_a_long_pause_and_a_remark_each_begin_a_new_step(offices: Offices) -> None:
    store, report = offices.county, offices.draft_report()
    save(offices, 0, progress="一")
    save(offices, 1, actor="张某", progress="二")
    save(offices, 30, actor="张某", progress="三")
    commenting.comment(store, report.id, "m-001", "写清台数", "马晓东", offices.now + 31 * MINUTE)
    save(offices, 32, actor="张某", progress="四")
    steps = tracing.entry_trail(store, report, "m-001")
    assert [(s.actor, s.action) for s in steps] == [
        ("张某", "entry_saved"),
        ("马晓东", "comment_made"),
        ("张某", "entry_saved"),
        ("张某", "entry_saved"),
        ("李敏", "entry_saved"),
    ]
    assert [(f.before, f.after) for s in steps for f in s.fields] == [
        ("三", "四"),
        ("二", "三"),
        ("一", "二"),
        ("", "一"),
    ]
    assert steps[1].facts == {"text": "写清台数"}


def test_what_came_to_nothing_is_left_out_and_files_are_named_before_and_after(offices: Offices) -> None:
    save(offices, 0, progress="错字")
    save(offices, 1, progress="")
    assert tracing.entry_trail(offices.county, offices.draft_report(), "m-001") == ()
    save(offices, 40, evidence=(Evidence("a" * 64, "一.pdf", 3),))
    save(offices, 60, evidence=(Evidence("b" * 64, "二.pdf", 3),))
    newest = tracing.entry_trail(offices.county, offices.draft_report(), "m-001")[0]
    assert newest.fields == (TraceField("evidence", "一.pdf", "二.pdf"),)


def test_a_reports_own_record_has_words_for_every_step(offices: Offices) -> None:
    report = offices.reviewed_report()
    reviewing.reopen(offices.county, report.id, "第2条太短", "马晓东", offices.now)
    steps = tracing.report_trail(offices.county, report)
    assert [s.action for s in steps][:2] == ["report_reopened", "report_reviewed"]
    assert steps[-1].action == "report_begun" and steps[0].facts == {"reason": "第2条太短"}
    assert {s.action for s in steps} <= known_actions()


def test_who_stands_under_a_report_is_told_with_who_stood_there_before(offices: Offices) -> None:
    store, report = offices.county, offices.draft_report()
    for minute, reviewer in enumerate(("马晓东", "孙立诚")):
        people = People("李敏", reviewer, "王建军", "")
        filling.name_people(store, report.id, people, "李敏", offices.now + minute * MINUTE)
    last, first = tracing.report_trail(store, report)[:2]
    assert told(first.facts or {}) == "填报人：李敏\n审核人：马晓东\n签发人：王建军"
    assert told(last.facts or {}) == "审核人：孙立诚（原来是马晓东）"
