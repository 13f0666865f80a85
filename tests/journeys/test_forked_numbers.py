"""A county that was restored signs anew, though it was told: whatever it hands over, the city notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.package import InboxState, PackageKind
from desktop.domain.report import Report, ReportState
from desktop.reports.fonts import Faces
from desktop.services import (
    answering,
    filling,
    handing_back,
    keeping,
    opening,
    receiving,
    recovering,
    restoring,
    reviewing,
    safeguarding,
    signing,
    vouching,
    withdrawing,
)
from desktop.wording import keeping as words
from desktop.wording.inspection import told
from tests.journeys.offices import COUNTY, PASS_PHRASE, QUARTER, Offices, enrol, open_offices


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path, now)
    enrol(made)
    yield made
    made.city.close()
    made.county.close()


def signed(offices: Offices, report: Report, faces: Faces, minutes: int = 0) -> str:
    """The digest of a reviewed revision's package."""
    at = offices.now + timedelta(minutes=minutes)
    return signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", at).package.digest


def arrive(offices: Offices, digest: str, minutes: int = 0) -> str:
    """The package at the city; the first failed check."""
    at = offices.now + timedelta(minutes=minutes)
    item = receiving.arrive(offices.city, offices.to_city(digest), "王敏", at)
    assert item.digest == digest
    return item.problem


def verdict(offices: Offices, digest: str) -> str:
    return receiving.reinspect(offices.city, digest, offices.now).verdict


def restored(offices: Offices, made: Path, folder: Path, vouched: bool = True) -> None:
    offices.county.close()
    place = restoring.restore(made, folder, "李敏", offices.now)
    offices.county = opening.open_workspace(place, "李敏", offices.now)
    if vouched:
        vouching.vouch(offices.county, "李敏", offices.now)


def backed_up(offices: Offices, folder: Path, name: str = "备份.jbk") -> Path:
    return keeping.back_up(offices.county, folder / name, "李敏", offices.now).path


def returned(offices: Offices, digest: str) -> Report:
    """The city returns a submission and the county reviews the next revision."""
    item = answering.send_back(offices.city, digest, "核对", {}, None, offices.identity, "王敏", offices.now)
    receiving.take_in(offices.county, offices.to_county(item.digest), "", "李敏", offices.now)
    report = next(r for r in offices.county.reports.find(unit_code=COUNTY.code) if r.package == digest)
    draft = filling.next_revision(offices.county, report, "李敏", offices.now)
    return reviewing.review(offices.county, draft.id, "马晓东", offices.now)


def test_two_under_one_number_that_both_wait_are_noticed_before_either_is_decided(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    report = offices.reviewed_report()
    made = backed_up(offices, tmp_path)
    first = signed(offices, report, faces)
    path = offices.to_city(first)
    assert receiving.arrive(offices.city, path, "王敏", offices.now).problem == ""
    restored(offices, made, tmp_path / "new")
    second = signed(offices, report, faces, 5)
    assert second != first and arrive(offices, second, 6) == "sequence_conflict"
    item = offices.city.packages.inbox_item(second)
    assert item is not None and item.state is InboxState.REFUSED
    with pytest.raises(RefusedError):
        answering.accept(offices.city, second, offices.identity, "", "王敏", offices.now)
    # The one that came first may be decided on, and whoever does so is told of the other.
    seen = receiving.reinspect(offices.city, first, offices.now)
    order = next(fact for fact in seen.facts if fact.subject == "order")
    assert seen.verdict == "ready" and order.ok is None
    assert told(order)[0] == "第1份又来过一份内容不同的" and COUNTY.name in told(order)[1]
    answering.accept(offices.city, first, offices.identity, "", "王敏", offices.now)
    assert verdict(offices, second) == "refused" and verdict(offices, first) == "repeated"
    # The same file again is no other.
    again = receiving.arrive(offices.city, path, "王敏", offices.now)
    assert (again.digest, again.state) == (first, InboxState.TAKEN)


def test_what_was_withdrawn_keeps_its_number(offices: Offices, faces: Faces, tmp_path: Path) -> None:
    report = offices.reviewed_report()
    made = backed_up(offices, tmp_path)
    first = signed(offices, report, faces)
    arrive(offices, first)
    _, notice = withdrawing.withdraw(offices.county, report.id, "台数", PASS_PHRASE, "李敏", offices.now)
    receiving.take_in(offices.city, offices.to_city(notice.digest), "", "王敏", offices.now)
    restored(offices, made, tmp_path / "new")
    assert arrive(offices, signed(offices, report, faces, 5), 6) == "sequence_conflict"


def test_who_goes_on_from_another_file_under_the_last_number_is_refused(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    """The city has 1 and 2; the restored county signs another 2, keeps it to itself, and hands over its 3."""
    first = signed(offices, offices.reviewed_report(), faces)
    arrive(offices, first)
    second = returned(offices, first)
    made = backed_up(offices, tmp_path)
    its_own = signed(offices, second, faces)
    arrive(offices, its_own)
    answering.send_back(offices.city, its_own, "还要改", {}, None, offices.identity, "王敏", offices.now)
    restored(offices, made, tmp_path / "new")
    other = signed(offices, second, faces, 5)
    store, now = offices.county, offices.now
    report, notice = withdrawing.withdraw(store, second.id, "重报", PASS_PHRASE, "李敏", now)
    assert report.package == other
    # Its notice bears the number that the city expects, but stands behind a file that the city never had.
    assert arrive(offices, notice.digest, 7) == "withdrawal_differs"
    third = filling.next_revision(store, report, "李敏", now)
    reviewing.review(store, third.id, "马晓东", now)
    assert arrive(offices, signed(offices, third, faces, 8), 8) == "sequence_gap"
    # Nothing of it can be accepted, whatever follows.
    assert [r.revision for r in offices.city.reports.find(unit_code=COUNTY.code)] == [1, 2]


def test_a_third_behind_another_second_is_refused(offices: Offices, faces: Faces, tmp_path: Path) -> None:
    first = signed(offices, offices.reviewed_report(), faces)
    arrive(offices, first)
    second = returned(offices, first)
    made = backed_up(offices, tmp_path)
    its_own = signed(offices, second, faces)
    arrive(offices, its_own)
    answering.send_back(offices.city, its_own, "还要改", {}, None, offices.identity, "王敏", offices.now)
    restored(offices, made, tmp_path / "new")
    store, now = offices.county, offices.now
    report = store.reports.get(second.id)
    signed(offices, report, faces, 5)
    # Somebody makes it believe that its own second was returned, and it signs a third behind it.
    report = replace(store.reports.get(second.id), state=ReportState.RETURNED)
    store.reports.put(report)
    third = filling.next_revision(store, report, "李敏", now)
    reviewing.review(store, third.id, "马晓东", now)
    forked = signed(offices, third, faces, 8)
    assert arrive(offices, forked, 9) == "sequence_forked"
    # The way out: the city hands back what it had received, and the county goes on from there.
    item = offices.city.packages.inbox_item(its_own)
    assert item is not None
    piece = handing_back.piece_of(offices.city, item)
    (written,) = handing_back.hand_back(offices.city, [piece], tmp_path, "王敏", now)
    restored(offices, made, tmp_path / "once more", vouched=False)
    back, _ = recovering.take_back(offices.county, written.path, "李敏", now)
    vouching.vouch(offices.county, "李敏", now)
    answer = answering.answered(offices.city, its_own)
    assert answer is not None
    receiving.take_in(offices.county, offices.to_county(answer.digest), "", "李敏", now)
    draft = filling.next_revision(offices.county, offices.county.reports.get(back.id), "李敏", now)
    reviewing.review(offices.county, draft.id, "马晓东", now)
    good = signed(offices, draft, faces, 12)
    assert arrive(offices, good, 13) == "" and verdict(offices, good) == "ready"


def test_it_is_said_what_is_there_and_asked_once(offices: Offices, faces: Faces, tmp_path: Path) -> None:
    digest = signed(offices, offices.reviewed_report(), faces)
    assert vouching.restored(offices.county) is None
    made = backed_up(offices, tmp_path)
    restored(offices, made, tmp_path / "new", vouched=False)
    waiting = vouching.restored(offices.county)
    assert waiting is not None and waiting.made_at == offices.now
    (last,) = waiting.last
    assert (last.plan, last.quarter, last.sequence, last.kind) == (
        offices.plan.title, QUARTER, 1, PackageKind.SUBMISSION
    )  # fmt: skip
    assert "2025年第一季度第1份（季报，" in words.last_sent(waiting.last)
    assert words.last_sent(()) == "这里一份也没有签发过。"
    vouching.vouch(offices.county, "李敏", offices.now)
    vouching.vouch(offices.county, "李敏", offices.now)
    assert vouching.restored(offices.county) is None
    trail = [record.action for record in offices.county.audit.records(COUNTY.code)]
    assert trail.count("restored_vouched") == 1
    assert offices.county.packages.outbox_item(digest) is not None


def test_an_automatic_copy_in_the_database_s_place_is_a_restore_too(
    offices: Offices, faces: Faces, now: datetime
) -> None:
    report, county = offices.reviewed_report(), offices.county
    safeguarding.keep_snapshot(county, now)
    folder = county.folder
    county.close()
    (folder / "lantian.db").write_bytes(b"broken" * 1000)
    found = restoring.usable_snapshot(folder)
    assert found is not None
    offices.county = restoring.put_back(folder, found, "李敏", now).store
    with pytest.raises(RefusedError) as caught:
        signed(offices, report, faces)
    assert caught.value.code == "restored_unvouched"


def test_the_city_has_nobody_to_send_numbers_to(offices: Offices, tmp_path: Path) -> None:
    made = keeping.back_up(offices.city, tmp_path / "市.jbk", "王敏", offices.now).path
    folder = restoring.restore(made, tmp_path / "new", "王敏", offices.now)
    store = opening.open_workspace(folder, "王敏", offices.now)
    assert vouching.restored(store) is None
    vouching.refuse_unvouched(store)
    store.close()


def test_an_answer_to_what_is_not_here_stops_the_next_signature_whatever_was_vouched(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    report = offices.reviewed_report()
    made = backed_up(offices, tmp_path)
    digest = signed(offices, report, faces)
    sent = offices.to_city(digest)
    receiving.arrive(offices.city, sent, "王敏", offices.now)
    receipt = answering.accept(offices.city, digest, offices.identity, "", "王敏", offices.now)
    path = offices.to_county(receipt.digest)
    restored(offices, made, tmp_path / "new")
    store, now = offices.county, offices.now
    receiving.arrive(store, path, "李敏", now)
    with pytest.raises(RefusedError) as caught:
        signed(offices, report, faces)
    assert caught.value.code == "own_missing" and caught.value.facts["quarter"] == "2025Q1"
    _, faults = receiving.settle(store, "李敏", now)
    assert [fault.code for fault in faults] == ["answer_without_report"]
    # Told once, and looked at again in silence.
    assert receiving.settle(store, "李敏", now) == ((), ())
    with pytest.raises(RefusedError) as caught:
        signed(offices, report, faces)
    assert caught.value.code == "own_missing"
    # Nobody's file stops anybody.
    item = store.packages.inbox_item(receipt.digest)
    assert item is not None
    store.packages.put_inbox(replace(item, problem="signature_wrong"))
    vouching.refuse_missing(store, item.stream)
    store.packages.put_inbox(item)
    recovering.take_back(store, sent, "李敏", now)
    done, _ = receiving.settle(store, "李敏", now)
    assert [each.kind for each in done] == [PackageKind.RECEIPT]
    vouching.refuse_missing(store, item.stream)
    assert store.reports.get(report.id).state is ReportState.ACCEPTED
