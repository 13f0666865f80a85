"""A county restored from a backup that is older than its last submission: what the city does, and how it goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UserError
from desktop.domain.report import Report, ReportState
from desktop.reports.fonts import Faces
from desktop.services import (
    answering,
    filling,
    keeping,
    opening,
    receiving,
    recovering,
    restoring,
    reviewing,
    sending,
    signing,
    vouching,
    withdrawing,
)
from tests.journeys.offices import PASS_PHRASE, Offices

pytestmark = pytest.mark.usefixtures("enrolled")


def send(offices: Offices, report: Report, faces: Faces) -> Path:
    """The exchange file of a reviewed report, signed and written to the stick."""
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now)
    written = sending.submit(offices.county, report.id, offices.stick, "李敏", offices.now)[1]
    return next(file.path for file in written if file.path.name.endswith("次报送.jbx"))


def accept(offices: Offices, path: Path) -> Path:
    """The city accepts; its receipt on the stick."""
    item, _ = receiving.take_in(offices.city, path, "", "王敏", offices.now)
    receipt = answering.accept(offices.city, item.digest, offices.identity, "", "王敏", offices.now)
    return offices.to_county(receipt.digest)


def restored(offices: Offices, made: Path, folder: Path) -> Offices:
    """The county's computer is gone; its backup becomes the workspace."""
    offices.county.close()
    place = restoring.restore(made, folder, "李敏", offices.now)
    return replace(offices, county=opening.open_workspace(place, "李敏", offices.now))


def backed_up(offices: Offices, folder: Path) -> Path:
    return keeping.back_up(offices.county, folder / "备份.jbk", "李敏", offices.now).path


def test_what_was_sent_since_comes_back_from_the_stick_and_all_goes_on(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    report = offices.reviewed_report()
    made = backed_up(offices, tmp_path)
    sent = send(offices, report, faces)
    receipt = accept(offices, sent)
    before = offices.county.reports.entries(report.id)
    offices = restored(offices, made, tmp_path / "新" / "县")
    store, now = offices.county, offices.now
    # The receipt alone says what is missing.
    with pytest.raises(RefusedError) as caught:
        receiving.take_in(store, receipt, "", "李敏", now)
    assert caught.value.code == "answer_without_report"
    assert recovering.is_own(store, sent) and not recovering.is_own(store, receipt)
    back, again = recovering.take_back(store, sent, "李敏", now)
    assert (back.id, back.state, again) == (report.id, ReportState.SUBMITTED, False)
    assert store.reports.entries(report.id) == before
    assert recovering.take_back(store, sent, "李敏", now) == (back, True)
    receiving.take_in(store, receipt, "", "李敏", now)
    assert store.reports.get(report.id).state is ReportState.ACCEPTED
    assert store.damage() == () and store.audit.verify() is None


def test_words_typed_since_give_way_and_stand_in_the_trail(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    draft = offices.draft_report()
    made = backed_up(offices, tmp_path)
    sent = send(offices, offices.reviewed_report(), faces)
    offices = restored(offices, made, tmp_path / "new")
    store, now = offices.county, offices.now
    entry = store.reports.entry(draft.id, "m-001")
    typed = filling.Entry("m-001", progress="恢复以后又写的话。")
    assert entry is None
    filling.save_entry(store, draft.id, typed, "李敏", now)
    back, _ = recovering.take_back(store, sent, "李敏", now)
    held = store.reports.entry(back.id, "m-001")
    assert held is not None and held.progress == "拆除7台，其余已签合同。"
    trail = store.audit.records(f"{back.id}/m-001")
    assert trail[0].facts["progress_from"] == "恢复以后又写的话。"


def test_a_withdrawal_comes_back_behind_what_it_took_back(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    report = offices.reviewed_report()
    made = backed_up(offices, tmp_path)
    sent = send(offices, report, faces)
    _, item = withdrawing.withdraw(offices.county, report.id, "台数报错", PASS_PHRASE, "李敏", offices.now)
    notice = offices.to_city(item.digest)
    offices = restored(offices, made, tmp_path / "new")
    with pytest.raises(RefusedError) as caught:
        recovering.take_back(offices.county, notice, "李敏", offices.now)
    assert caught.value.code == "own_gap" and offices.county.packages.outbox_item(item.digest) is None
    recovering.take_back(offices.county, sent, "李敏", offices.now)
    back, _ = recovering.take_back(offices.county, notice, "李敏", offices.now)
    assert back.state is ReportState.WITHDRAWN and back.reason == "台数报错"


def test_a_fork_is_refused_on_both_sides_and_there_is_a_way_out(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    report = offices.reviewed_report()
    made = backed_up(offices, tmp_path)
    sent = send(offices, report, faces)
    accept(offices, sent)
    offices = restored(offices, made, tmp_path / "new")
    store, now = offices.county, offices.now
    # It is told before it signs, and nothing is signed until a person says that all is there.
    with pytest.raises(RefusedError) as caught:
        signing.sign(store, report.id, PASS_PHRASE, faces, "李敏", now)
    assert caught.value.code == "restored_unvouched" and store.packages.outbox_item(report.package) is None
    vouching.vouch(store, "李敏", now)
    # Signed anew all the same, without taking back what had been sent: two packages under one number.
    forked = signing.sign(store, report.id, PASS_PHRASE, faces, "李敏", now).package
    other = offices.to_city(forked.digest)
    assert other.read_bytes() != sent.read_bytes()
    with pytest.raises(RefusedError) as caught:
        receiving.take_in(offices.city, other, "", "王敏", now)
    assert caught.value.code == "sequence_conflict"
    with pytest.raises(RefusedError) as caught:
        recovering.take_back(store, sent, "李敏", now)
    assert caught.value.code == "own_fork"
    # Withdrawing cannot make it right: the notice stands behind a package that the city never had.
    _, notice = withdrawing.withdraw(store, report.id, "恢复以后重复签发", PASS_PHRASE, "李敏", now)
    with pytest.raises(RefusedError) as caught:
        receiving.take_in(offices.city, offices.to_city(notice.digest), "", "王敏", now)
    assert caught.value.code == "withdrawal_differs"
    # The way out that is told: restore once more, and there take back first what the city has.
    offices = restored(offices, made, tmp_path / "once more")
    store = offices.county
    back, _ = recovering.take_back(store, sent, "李敏", now)
    with pytest.raises(RefusedError) as caught:
        withdrawing.withdraw(store, back.id, "台数报错", PASS_PHRASE, "李敏", now)
    assert caught.value.code == "restored_unvouched"
    vouching.vouch(store, "李敏", now)
    _, notice = withdrawing.withdraw(store, back.id, "台数报错", PASS_PHRASE, "李敏", now)
    receiving.take_in(offices.city, offices.to_city(notice.digest), "", "王敏", now)
    draft = filling.next_revision(store, back, "李敏", now)
    reviewing.review(store, draft.id, "马晓东", now)
    accept(offices, send(offices, draft, faces))
    held = offices.city.reports.find(unit_code=store.workspace.unit.code)
    assert [(r.revision, r.state) for r in held] == [(1, ReportState.SUPERSEDED), (2, ReportState.ACCEPTED)]


def test_what_another_unit_or_nobody_signed_is_not_taken_back(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    report = offices.reviewed_report()
    made = backed_up(offices, tmp_path)
    sent = send(offices, report, faces)
    accept(offices, sent)
    offices = restored(offices, made, tmp_path / "new")
    data = bytearray(sent.read_bytes())
    at = data.index("拆除7台".encode())
    data[at : at + 3] = "增".encode()
    altered = tmp_path / "altered.jbx"
    altered.write_bytes(bytes(data))
    with pytest.raises(UserError) as caught:
        recovering.take_back(offices.county, altered, "李敏", offices.now)
    assert caught.value.code in ("package_damaged", "own_not_ours")
    assert offices.county.reports.get(report.id).state is ReportState.REVIEWED
    assert not recovering.is_own(offices.city, sent) and not recovering.is_own(offices.city, tmp_path)
