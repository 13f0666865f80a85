"""What a county signed and takes back: told to the city in the stream itself, whatever the city has done by then."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UserError
from desktop.domain.package import InboxItem, InboxState, PackageKind
from desktop.domain.report import Report, ReportState
from desktop.exchange import withdrawal
from desktop.reports.fonts import Faces
from desktop.services import answering, filling, receiving, reviewing, sending, signing, withdrawing
from desktop.services.enrolling import signer
from desktop.services.posting import post
from tests.journeys.offices import PASS_PHRASE, Offices

pytestmark = pytest.mark.usefixtures("enrolled")


def signed(offices: Offices, faces: Faces) -> Report:
    report = offices.reviewed_report()
    return signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now).report


def submitted(offices: Offices, report: Report) -> tuple[Path, ...]:
    _, written = sending.submit(offices.county, report.id, offices.stick, "李敏", offices.now)
    return tuple(file.path for file in written)


def taken_back(offices: Offices, report: Report) -> Path:
    _, item = withdrawing.withdraw(offices.county, report.id, "台数报错", PASS_PHRASE, "李敏", offices.now)
    return offices.to_city(item.digest)


def arrive(offices: Offices, path: Path) -> InboxItem:
    return receiving.take_in(offices.city, path, "", "王敏", offices.now)[0]


def second(offices: Offices, report: Report, faces: Faces) -> Report:
    """The next revision, with another figure in words, reviewed and signed."""
    store, now = offices.county, offices.now
    draft = filling.next_revision(store, store.reports.get(report.id), "李敏", now)
    entry = store.reports.entry(draft.id, "m-001")
    assert entry is not None
    filling.save_entry(store, draft.id, replace(entry, progress="拆除9台，其余已签合同。"), "李敏", now)
    reviewing.review(store, draft.id, "马晓东", now)
    return signing.sign(store, draft.id, PASS_PHRASE, faces, "李敏", now).report


def test_what_nobody_decided_on_can_no_longer_be_accepted(offices: Offices, faces: Faces) -> None:
    report = signed(offices, faces)
    sent = arrive(offices, submitted(offices, report)[2])
    notice = arrive(offices, taken_back(offices, report))
    assert offices.county.reports.get(report.id).state is ReportState.WITHDRAWN
    assert notice.state is InboxState.TAKEN and notice.kind == PackageKind.WITHDRAWAL.value
    held = offices.city.packages.inbox_item(sent.digest)
    assert held is not None and (held.state, held.problem) == (InboxState.REFUSED, "submission_withdrawn")
    with pytest.raises(RefusedError) as caught:
        answering.accept(offices.city, sent.digest, offices.identity, "", "王敏", offices.now)
    assert caught.value.code == "submission_withdrawn"
    next_one = second(offices, report, faces)
    assert [c.field for c in reviewing.changes(offices.county, next_one)] == ["progress"]
    assert next_one.revision == 2 and next_one.reason == ""
    paths = submitted(offices, next_one)
    assert [path.name.endswith("_撤回通知.jbx") for path in paths] == [False, False, False, True]
    again = arrive(offices, paths[2])
    answering.accept(offices.city, again.digest, offices.identity, "", "王敏", offices.now)
    assert arrive(offices, paths[3]).digest == notice.digest, "the notice that travels along is only repeated"


def test_what_never_came_is_covered_and_refused_when_it_comes_late(offices: Offices, faces: Faces) -> None:
    report = signed(offices, faces)
    late = tuple(sending.submission_files(offices.county, report).values())[2]
    taken_back(offices, report)
    next_one = second(offices, report, faces)
    paths = submitted(offices, next_one)
    early = arrive(offices, paths[2])
    assert early.state is InboxState.WAITING and early.problem == "sequence_gap"
    assert arrive(offices, paths[3]).state is InboxState.TAKEN
    answering.accept(offices.city, early.digest, offices.identity, "", "王敏", offices.now)
    stray = offices.stick / "late.jbx"
    stray.write_bytes(late)
    with pytest.raises(RefusedError) as caught:
        arrive(offices, stray)
    assert caught.value.code == "submission_withdrawn"


def test_what_was_accepted_before_stays_accepted_and_both_sides_say_so(
    offices: Offices, faces: Faces
) -> None:
    report = signed(offices, faces)
    sent = arrive(offices, submitted(offices, report)[2])
    path = taken_back(offices, report)
    receipt = answering.accept(offices.city, sent.digest, offices.identity, "", "王敏", offices.now)
    notice = arrive(offices, path)
    assert withdrawing.notice_of(offices.city, notice.digest).outcome == "accepted"
    held = offices.city.packages.inbox_item(sent.digest)
    assert held is not None and held.state is InboxState.TAKEN
    receiving.take_in(offices.county, offices.to_county(receipt.digest), "", "李敏", offices.now)
    assert offices.county.reports.get(report.id).state is ReportState.ACCEPTED


def test_what_was_returned_before_tells_the_draft_that_was_begun(offices: Offices, faces: Faces) -> None:
    report = signed(offices, faces)
    sent = arrive(offices, submitted(offices, report)[2])
    taken_back(offices, report)
    draft = filling.next_revision(offices.county, report, "李敏", offices.now)
    answer = answering.send_back(
        offices.city, sent.digest, "核对台数", {"m-001": "和上季对不上"}, None, offices.identity, "王敏", offices.now
    )  # fmt: skip
    receiving.take_in(offices.county, offices.to_county(answer.digest), "", "李敏", offices.now)
    assert offices.county.reports.get(report.id).state is ReportState.RETURNED
    told = offices.county.reports.get(draft.id)
    assert (told.reason, dict(told.returned)) == ("核对台数", {"m-001": "和上季对不上"})


def test_taking_back_needs_a_reason_the_pass_phrase_and_something_signed(
    offices: Offices, faces: Faces
) -> None:
    draft = offices.draft_report()

    def code(report_id: str, reason: str, secret: str) -> str:
        with pytest.raises(RefusedError) as caught:
            withdrawing.withdraw(offices.county, report_id, reason, secret, "李敏", offices.now)
        return caught.value.code

    assert code(draft.id, "错了", PASS_PHRASE) == "report_state"
    report = signed(offices, faces)
    assert code(report.id, "  ", PASS_PHRASE) == "withdrawal_reason_missing"
    assert code(report.id, "错了", "not this one") == "passphrase_wrong"
    assert offices.county.reports.get(report.id).state is ReportState.SIGNED
    assert withdrawing.notices(offices.county, report) == ()


def test_after_the_closing_day_nothing_is_taken_back(offices: Offices, faces: Faces) -> None:
    report = signed(offices, faces)
    calendar = offices.county.plans.calendar(report.plan_id, report.quarter)
    assert calendar is not None
    day = (offices.now - timedelta(days=1)).date()
    offices.county.plans.put_calendar(report.plan_id, replace(calendar, opens=day, due=day, closes=day))
    with pytest.raises(RefusedError) as caught:
        withdrawing.withdraw(offices.county, report.id, "错了", PASS_PHRASE, "李敏", offices.now)
    assert caught.value.code == "quarter_closed"


@pytest.mark.parametrize("wrong", ("package", "quarter", "revision"))
def test_a_notice_that_does_not_fit_what_is_before_it_is_refused(
    offices: Offices, faces: Faces, wrong: str
) -> None:
    report = signed(offices, faces)
    sent = arrive(offices, submitted(offices, report)[2])
    said = withdrawal.WithdrawalPayload(
        report.package, report.digest, report.plan_id, report.quarter, 1, "错了"
    )
    odd = {"package": "0" * 64, "quarter": "2025Q2", "revision": 7}
    said = replace(said, **{wrong: odd[wrong]})
    store = offices.county
    with store.transaction():
        item = post(
            store, PackageKind.WITHDRAWAL, offices.city.workspace.unit, signing.submission_stream(report.plan_id, report.quarter),
            withdrawal.write_withdrawal(said), signer(store, PASS_PHRASE), offices.now, supersedes=said.package,
        )  # fmt: skip
    with pytest.raises(RefusedError) as caught:
        arrive(offices, offices.to_city(item.digest))
    assert caught.value.code == "withdrawal_differs"
    held = offices.city.packages.inbox_item(sent.digest)
    assert held is not None and held.state is InboxState.WAITING


def test_the_notice_survives_no_flipped_byte(offices: Offices, faces: Faces) -> None:
    report = signed(offices, faces)
    path = taken_back(offices, report)
    altered = bytearray(path.read_bytes())
    place = altered.index("台数报错".encode())
    altered[place] ^= 1
    forged = offices.stick / "forged.jbx"
    forged.write_bytes(altered)
    with pytest.raises(UserError):
        arrive(offices, forged)
    shutil.copy(path, offices.stick / "again.jbx")
    once = arrive(offices, path)
    assert arrive(offices, offices.stick / "again.jbx").digest == once.digest
