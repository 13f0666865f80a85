"""审核意见: made on a draft, settled by the preparer, in the way of passing until then, all in the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.report import ReportState
from desktop.services import commenting, reviewing, surveying
from tests.journeys.offices import Offices


def test_a_remark_stands_in_the_way_until_it_is_settled(offices: Offices) -> None:
    store, now = offices.county, offices.now
    report = offices.draft_report()
    offices.fill(report)
    first = commenting.comment(store, report.id, "m-002", "  写清台数  ", "马晓东", now)
    commenting.comment(store, report.id, "m-001", "附照片", "马晓东", now)
    assert first.text == "写清台数"
    with pytest.raises(RefusedError) as caught:
        reviewing.review(store, report.id, "马晓东", now)
    assert caught.value.code == "comments_open" and caught.value.facts == {"count": 2, "first": "1"}
    assert store.reports.get(report.id).state is ReportState.DRAFT
    for made in store.comments.of_report(report.id):
        commenting.settle(store, made.id, "李敏", now + timedelta(hours=1))
    assert reviewing.review(store, report.id, "马晓东", now).state is ReportState.REVIEWED
    held = store.comments.get(first.id)
    assert (held.settled_by, held.settled_at) == ("李敏", now + timedelta(hours=1))


def test_settling_twice_keeps_who_settled_it_first(offices: Offices) -> None:
    store, now, report = offices.county, offices.now, offices.draft_report()
    made = commenting.comment(store, report.id, "m-001", "附照片", "马晓东", now)
    once = commenting.settle(store, made.id, "李敏", now)
    again = commenting.settle(store, made.id, "马晓东", now + timedelta(days=1))
    assert once == again
    trail = [r.action for r in store.audit.records(subject=f"{report.id}/m-001")]
    assert trail == ["comment_settled", "comment_made"]
    assert store.audit.verify() is None


def test_what_is_frozen_takes_no_remark_and_an_empty_one_is_none(offices: Offices) -> None:
    store, now = offices.county, offices.now
    draft = offices.draft_report()
    with pytest.raises(RefusedError) as empty:
        commenting.comment(store, draft.id, "m-001", " \n", "马晓东", now)
    assert empty.value.code == "comment_empty"
    report = offices.reviewed_report()
    with pytest.raises(RefusedError) as locked:
        commenting.comment(store, report.id, "m-001", "附照片", "马晓东", now)
    assert locked.value.code == "report_locked"
    assert store.comments.of_report(report.id) == ()


def test_a_remark_on_what_is_no_longer_asked_stands_in_nobodys_way(offices: Offices) -> None:
    store, now, report = offices.county, offices.now, offices.draft_report()
    commenting.comment(store, report.id, "m-003", "给谁的？", "马晓东", now)
    rows = surveying.overview(store, report).rows
    assert commenting.unsettled(rows, commenting.comments(store, report)) == ()
