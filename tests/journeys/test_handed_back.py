"""A county lost its disk: the city hands back the very bytes it received, and the county's program takes them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.domain.package import InboxState, PackageKind
from desktop.domain.progress import silent
from desktop.domain.report import Report, ReportState
from desktop.reports.fonts import Faces
from desktop.services import (
    answering,
    certifying,
    filling,
    handing_back,
    keeping,
    opening,
    receiving,
    recovering,
    restoring,
    reviewing,
    sending,
    signing,
    withdrawing,
)
from desktop.storage import Store
from desktop.views.pages.inbox_arrival import Arrival, take
from tests.journeys.offices import COUNTY, PARK, PASS_PHRASE, QUARTER, REGION, Offices, enrol, open_offices


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path, now)
    enrol(made)
    yield made
    made.city.close()
    made.county.close()


def send(offices: Offices, report: Report, faces: Faces) -> str:
    """A reviewed report signed, written and at the city; the digest of its package."""
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now)
    written = sending.submit(offices.county, report.id, offices.stick, "李敏", offices.now)[1]
    path = next(file.path for file in written if file.path.name.endswith("次报送.jbx"))
    return receiving.take_in(offices.city, path, "", "王敏", offices.now)[0].digest


def quarter_with_everything(offices: Offices, faces: Faces) -> list[str]:
    """Returned, reported again, withdrawn, reported once more, accepted; the submissions' digests in their order."""
    city, county, now = offices.city, offices.county, offices.now
    report = offices.reviewed_report()
    first = send(offices, report, faces)
    back = answering.send_back(city, first, "核对台数", {}, None, offices.identity, "王敏", now)
    receiving.take_in(county, offices.to_county(back.digest), "", "李敏", now)
    second = filling.next_revision(county, county.reports.get(report.id), "李敏", now)
    offices.fill(second, "拆除8台。")
    reviewing.review(county, second.id, "马晓东", now)
    taken_back = send(offices, second, faces)
    report, notice = withdrawing.withdraw(county, second.id, "台数报错", PASS_PHRASE, "李敏", now)
    receiving.take_in(city, offices.to_city(notice.digest), "", "王敏", now)
    third = filling.next_revision(county, report, "李敏", now)
    offices.fill(third, "拆除9台。")
    reviewing.review(county, third.id, "马晓东", now)
    last = send(offices, third, faces)
    receipt = answering.accept(city, last, offices.identity, "", "王敏", now)
    receiving.take_in(county, offices.to_county(receipt.digest), "", "李敏", now)
    return [first, taken_back, notice.digest, last]


def handed(offices: Offices, folder: Path) -> list[Path]:
    """All that was exchanged with the county, written to a folder by the city."""
    folder.mkdir()
    pieces = handing_back.exchanged(offices.city, COUNTY.code)
    written = handing_back.hand_back(offices.city, pieces, folder, "王敏", offices.now)
    return [file.path for file in written]


def states(store: Store) -> list[tuple[int, ReportState, str]]:
    found = store.reports.find(unit_code=COUNTY.code)
    return sorted(
        (r.revision, r.state, (store.reports.entry(r.id, "m-001") or filling.Entry("")).progress)
        for r in found
    )


def put_in(store: Store, paths: list[Path], now: datetime) -> Arrival:
    return take(store, paths, "李敏", now, silent)


def test_one_file_comes_back_byte_for_byte_and_is_taken_in(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    report = offices.reviewed_report()
    made = keeping.back_up(offices.county, tmp_path / "备份.jbk", "李敏", offices.now).path
    digest = send(offices, report, faces)
    sent = offices.county.packages.file(digest)
    item = offices.city.packages.inbox_item(digest)
    assert item is not None and handing_back.may_hand_back(offices.city, item)
    # However the file was called when it came, it gets its own name.
    offices.city.packages.put_inbox(replace(item, file_name="../../1.exe"))
    item = offices.city.packages.inbox_item(digest)
    assert item is not None
    piece = handing_back.piece_of(offices.city, item)
    (written,) = handing_back.hand_back(offices.city, [piece], offices.stick, "王敏", offices.now)
    assert written.path.name.startswith(f"东川县_{QUARTER}_第1次报送") and written.path.suffix == ".jbx"
    assert written.path.read_bytes() == sent and written.sha256 == digest
    trail = offices.city.audit.records(str(offices.stick))
    assert trail[0].facts["digests"] == digest
    offices.county.close()
    place = restoring.restore(made, tmp_path / "新", "李敏", offices.now)
    offices.county = opening.open_workspace(place, "李敏", offices.now)
    back, again = recovering.take_back(offices.county, written.path, "李敏", offices.now)
    assert (back.state, again) == (ReportState.SUBMITTED, False)


@pytest.mark.parametrize("backed_up", [True, False])
def test_all_that_was_exchanged_makes_a_lost_workspace_whole_in_one_drop(
    offices: Offices, faces: Faces, tmp_path: Path, backed_up: bool
) -> None:
    now = offices.now
    made = keeping.back_up(offices.county, tmp_path / "备份.jbk", "李敏", now).path
    digests = quarter_with_everything(offices, faces)
    before = states(offices.county)
    assert [(revision, state) for revision, state, _ in before] == [
        (1, ReportState.RETURNED), (2, ReportState.WITHDRAWN), (3, ReportState.ACCEPTED)
    ]  # fmt: skip
    kinds = [piece.kind for piece in handing_back.exchanged(offices.city, COUNTY.code)]
    assert sorted(kinds) == sorted([
        PackageKind.INVITATION, PackageKind.PLAN, *[PackageKind.SUBMISSION] * 3, PackageKind.WITHDRAWAL,
        PackageKind.RETURN, PackageKind.RECEIPT,
    ])  # fmt: skip
    assert handing_back.exchanged(offices.city, PARK.code) == ()
    paths = handed(offices, tmp_path / "交还")
    assert [path.name[:3] for path in paths] == [f"{n:02}_" for n in range(1, 9)]
    offices.county.close()
    if backed_up:
        place = restoring.restore(made, tmp_path / "新", "李敏", now)
        store = opening.open_workspace(place, "李敏", now)
    else:
        store = opening.create_workspace(tmp_path / "新", COUNTY, REGION, "李敏", now)
        # Nothing is trusted before the root was compared by telephone; then the same drop again.
        put_in(store, paths, now)
        assert states(store) == []
        (invitation,) = [item for item in store.packages.inbox() if item.kind == PackageKind.INVITATION]
        root = offices.city.keys.trust()
        assert root is not None
        receiving.apply(store, invitation.digest, root.fingerprint, "李敏", now)
    offices.county = store
    arrival = put_in(store, list(reversed(paths)), now)
    assert [error.code for _, error in arrival.faults] == []
    assert [again for _, again in arrival.recovered] == [False] * 4
    assert states(store) == before
    sent = sorted(
        (i.sequence, i.digest) for i in store.packages.outbox() if i.kind in ("submission", "withdrawal")
    )
    assert sent == list(enumerate(digests, 1))
    assert store.damage() == () and store.audit.verify() is None
    # Once more changes nothing.
    again = put_in(store, paths, now)
    assert not again.faults and all(done for _, done in again.recovered) and states(store) == before


def test_after_it_the_next_report_gets_the_next_number(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    """In a workspace made anew, with a new key."""
    now = offices.now
    first = send(offices, offices.reviewed_report(), faces)
    back = answering.send_back(offices.city, first, "核对台数", {}, None, offices.identity, "王敏", now)
    paths = handed(offices, tmp_path / "交还")
    offices.county.close()
    offices.county = opening.create_workspace(tmp_path / "新", COUNTY, REGION, "李敏", now)
    invitation = certifying.invite(offices.city, COUNTY.code, offices.identity, "王敏", now)
    root = offices.city.keys.trust()
    assert root is not None
    receiving.take_in(offices.county, offices.to_county(invitation.digest), root.fingerprint, "李敏", now)
    put_in(offices.county, paths, now)
    assert offices.county.packages.inbox_item(back.digest) is not None
    (returned,) = offices.county.reports.find(unit_code=COUNTY.code)
    assert returned.state is ReportState.RETURNED
    enrol(offices)
    second = filling.next_revision(offices.county, returned, "李敏", now)
    reviewing.review(offices.county, second.id, "马晓东", now)
    digest = send(offices, second, faces)
    answering.accept(offices.city, digest, offices.identity, "", "王敏", now)
    item = offices.city.packages.inbox_item(digest)
    assert item is not None and (item.sequence, item.state) == (2, InboxState.TAKEN)


def test_what_a_certificate_signed_while_it_was_valid_stays_the_unit_s_own(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    digest = send(offices, offices.reviewed_report(), faces)
    item = offices.city.packages.inbox_item(digest)
    assert item is not None
    later = offices.now + timedelta(days=3 * 365)
    piece = handing_back.piece_of(offices.city, item)
    (written,) = handing_back.hand_back(offices.city, [piece], offices.stick, "王敏", later)
    (package,) = [i for i in offices.city.packages.outbox() if i.kind is PackageKind.PLAN]
    store = opening.create_workspace(tmp_path / "新", COUNTY, REGION, "李敏", offices.now)
    (invitation,) = [i for i in offices.city.packages.outbox() if i.kind is PackageKind.INVITATION]
    root = offices.city.keys.trust()
    assert root is not None
    with pytest.raises(RefusedError) as caught:
        recovering.take_back(store, written.path, "李敏", later)
    assert caught.value.code == "root_not_known"
    receiving.take_in(store, offices.to_county(invitation.digest), root.fingerprint, "李敏", offices.now)
    with pytest.raises(RefusedError) as caught:
        recovering.take_back(store, written.path, "李敏", later)
    assert caught.value.code == "own_without_plan" and store.packages.outbox() == ()
    receiving.take_in(store, offices.to_county(package.digest), "", "李敏", offices.now)
    assert recovering.take_back(store, written.path, "李敏", later)[0].state is ReportState.SUBMITTED
    store.close()


def test_what_is_not_what_was_received_is_not_handed_out(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    city = offices.city
    digest = send(offices, offices.reviewed_report(), faces)
    item = city.packages.inbox_item(digest)
    assert item is not None
    piece = handing_back.piece_of(city, item)
    refused = replace(item, state=InboxState.REFUSED, problem="signature_wrong")
    assert not handing_back.may_hand_back(city, refused)
    (own,) = [i for i in offices.county.packages.inbox() if i.kind == PackageKind.PLAN]
    assert not handing_back.may_hand_back(offices.county, own)
    data = bytearray(city.packages.file(digest))
    at = data.index("拆除7台".encode())
    data[at : at + 3] = "增".encode()
    other = city.packages.put_file(bytes(data))
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(UserError):
        handing_back.hand_back(city, [replace(piece, digest=other)], folder, "王敏", offices.now)
    city.packages.path(digest).write_bytes(bytes(data))
    with pytest.raises(UnreadableError) as caught:
        handing_back.hand_back(city, [piece], folder, "王敏", offices.now)
    assert caught.value.code == "package_altered" and list(folder.iterdir()) == []


@pytest.mark.parametrize("backed_up", [True, False])
def test_what_was_taken_back_before_it_was_handed_over_keeps_its_place(
    offices: Offices, faces: Faces, tmp_path: Path, backed_up: bool
) -> None:
    """The city never had the first; its withdrawal and the second are all that is left."""
    now = offices.now
    report = offices.reviewed_report("拆除6台。")
    made = keeping.back_up(offices.county, tmp_path / "备份.jbk", "李敏", now).path
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", now)
    report, notice = withdrawing.withdraw(offices.county, report.id, "台数", PASS_PHRASE, "李敏", now)
    receiving.take_in(offices.city, offices.to_city(notice.digest), "", "王敏", now)
    second = filling.next_revision(offices.county, report, "李敏", now)
    offices.fill(second, "拆除8台。")
    reviewing.review(offices.county, second.id, "马晓东", now)
    digest = send(offices, second, faces)
    paths = handed(offices, tmp_path / "交还")
    offices.county.close()
    if backed_up:
        place = restoring.restore(made, tmp_path / "新", "李敏", now)
        store = opening.open_workspace(place, "李敏", now)
    else:
        store = opening.create_workspace(tmp_path / "新", COUNTY, REGION, "李敏", now)
        put_in(store, paths, now)
        (invitation,) = [item for item in store.packages.inbox() if item.kind == PackageKind.INVITATION]
        root = offices.city.keys.trust()
        assert root is not None
        receiving.apply(store, invitation.digest, root.fingerprint, "李敏", now)
    offices.county = store
    first = put_in(store, paths, now)
    # Both wait for a file that a person alone can know to be lost.
    assert [error.code for _, error in first.faults] == ["own_gap", "own_gap"]
    assert [path.name.rpartition("_")[2] for path in first.unseen] == ["2.jbx", "第2次报送.jbx"]
    assert [state for _, state, _ in states(store)] == ([ReportState.REVIEWED] if backed_up else [])
    arrival = take(store, first.unseen, "李敏", now, silent, unseen=True)
    assert arrival.faults == () and arrival.unseen == ()
    words = "拆除6台。" if backed_up else ""
    assert states(store) == [
        (1, ReportState.WITHDRAWN, words),
        (2, ReportState.SUBMITTED, "拆除8台。"),
    ]
    last = store.packages.last_sent(offices.city.workspace.unit.code, f"{offices.plan.id}/{QUARTER}")
    assert last is not None and (last.sequence, last.digest) == (3, digest)
    assert store.damage() == () and store.audit.verify() is None
    assert all(again for _, again in put_in(store, paths, now).recovered)
