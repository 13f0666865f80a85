"""A county's certificate is revoked: between signing and receiving, after acceptance, and how both sides go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.identity import RevocationReason, SignRole
from desktop.domain.package import InboxItem, InboxState, OutboxItem
from desktop.domain.report import People, Report, ReportState
from desktop.exchange.packages import open_package
from desktop.exchange.signing import verify_pdf
from desktop.reports.fonts import Faces
from desktop.services import (
    answering,
    cosigning,
    enrolling,
    filling,
    handing_back,
    keeping,
    opening,
    receiving,
    recognising,
    recovering,
    restoring,
    reviewing,
    revoking,
    sending,
    signing,
    vouching,
    withdrawing,
)
from tests.journeys.offices import COUNTY, PASS_PHRASE, Offices, enrol

pytestmark = pytest.mark.usefixtures("enrolled")


def sent(offices: Offices, faces: Faces, report: Report | None = None) -> tuple[Report, Path]:
    """A signed report and its exchange file on the stick."""
    store, now = offices.county, offices.now
    report = report or offices.reviewed_report()
    report = signing.sign(store, report.id, PASS_PHRASE, faces, "李敏", now).report
    report, written = sending.submit(store, report.id, offices.stick, "李敏", now)
    return report, next(file.path for file in written if file.path.name.endswith("次报送.jbx"))


def revoke(offices: Offices, role: SignRole = SignRole.ISSUER) -> None:
    held = revoking.standing(offices.city, offices.now)[(COUNTY.code, role)][0]
    reason = RevocationReason.KEY_LOST
    revoking.revoke(offices.city, held.fingerprint, reason, PASS_PHRASE, "王敏", offices.now)


def arrive(offices: Offices, path: Path) -> InboxItem:
    return receiving.arrive(offices.city, path, "王敏", offices.now)


def accept(offices: Offices, item: InboxItem) -> OutboxItem:
    return answering.accept(offices.city, item.digest, offices.identity, "", "王敏", offices.now)


def told(offices: Offices) -> None:
    """The newest list reaches the county in a plan package."""
    (package,) = sending.distribute(
        offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", offices.now
    )
    receiving.take_in(offices.county, offices.to_county(package.digest), "", "test", offices.now)


def refused(call: object, *given: object) -> str:
    with pytest.raises(RefusedError) as caught:
        call(*given)  # type: ignore[operator]
    return caught.value.code


def at(offices: Offices, minutes: int) -> Offices:
    return replace(offices, now=offices.now + timedelta(minutes=minutes))


def test_signed_before_and_handed_over_after_is_refused_and_there_is_a_way_on(
    offices: Offices, faces: Faces
) -> None:
    report, path = sent(offices, faces)
    offices = at(offices, 5)
    revoke(offices)
    item = arrive(offices, path)
    assert (item.state, item.problem) == (InboxState.REFUSED, "certificate_revoked")
    assert refused(accept, offices, item) == "certificate_revoked"
    told(offices)
    # The county cannot take it back under the revoked certificate either.
    again = (offices.county, report.id, "换了证书", PASS_PHRASE, "李敏", offices.now)
    assert refused(withdrawing.withdraw, *again) == "own_certificate_revoked"
    enrol(offices, "刘芳")
    assert enrolling.signing_state(offices.county).state == "ready"
    _, notice = withdrawing.withdraw(*again)
    assert arrive(offices, offices.to_city(notice.digest)).state is InboxState.WAITING
    receiving.settle(offices.city, "王敏", offices.now)
    draft = filling.next_revision(offices.county, offices.county.reports.get(report.id), "李敏", offices.now)
    people = People("李敏", "马晓东", "刘芳", "0000-1234567")
    filling.name_people(offices.county, draft.id, people, "李敏", offices.now)
    draft = reviewing.review(offices.county, draft.id, "马晓东", offices.now)
    _, path = sent(offices, faces, draft)
    receipt = accept(offices, arrive(offices, path))
    receiving.take_in(offices.county, offices.to_county(receipt.digest), "", "李敏", offices.now)
    assert offices.county.reports.get(draft.id).state is ReportState.ACCEPTED


def test_what_waits_undecided_can_no_longer_be_accepted(offices: Offices, faces: Faces) -> None:
    _, path = sent(offices, faces)
    item = arrive(offices, path)
    assert [each.digest for each in revoking.undecided(offices.city, COUNTY.code)] == [item.digest]
    offices = at(offices, 5)
    revoke(offices)
    held = offices.city.packages.inbox_item(item.digest)
    assert held is not None and (held.state, held.problem) == (InboxState.REFUSED, "certificate_revoked")
    assert offices.city.audit.records(COUNTY.code)[0].facts["refused"] == "1"
    assert refused(accept, offices, item) == "certificate_revoked"


def test_file_that_waits_and_was_damaged_hinders_no_revocation(offices: Offices, faces: Faces) -> None:
    _, path = sent(offices, faces)
    item = arrive(offices, path)
    kept = offices.city.packages.path(item.digest)
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes()[:-100])
    revoke(offices)
    trust = offices.city.keys.trust()
    assert trust is not None and trust.crl_number == 2


def test_what_a_thief_handed_in_first_holds_no_number(offices: Offices, faces: Faces, tmp_path: Path) -> None:
    """Somebody signs with a stolen copy of the key before the county does; both files bear the number one."""
    report = offices.reviewed_report()
    made = keeping.back_up(offices.county, tmp_path / "备份.jbk", "李敏", offices.now).path
    place = restoring.restore(made, tmp_path / "贼", "贼", offices.now)
    stick = tmp_path / "贼的U盘"
    stick.mkdir()
    thief = replace(offices, stick=stick, county=opening.open_workspace(place, "贼", offices.now))
    vouching.vouch(thief.county, "贼", offices.now)
    _, forged = sent(thief, faces, thief.county.reports.get(report.id))
    thief.county.close()
    item = arrive(offices, forged)
    assert item.state is InboxState.WAITING
    offices = at(offices, 5)
    revoke(offices)
    enrol(offices, anew=True)
    _, path = sent(offices, faces, report)
    accept(offices, arrive(offices, path))
    latest = offices.city.reports.latest(offices.plan.id, COUNTY.code, report.quarter)
    assert latest is not None and latest.state is ReportState.ACCEPTED
    assert refused(accept, offices, item) in ("certificate_revoked", "sequence_conflict")


def test_what_was_accepted_stays_accepted_and_holds_as_it_was(offices: Offices, faces: Faces) -> None:
    report, path = sent(offices, faces)
    item = arrive(offices, path)
    receipt = accept(offices, item)
    pdf = offices.county.reports.document(report.id, "report.pdf")
    offices = at(offices, 5)
    revoke(offices)
    seen = receiving.reinspect(offices.city, item.digest, offices.now)
    assert seen.verdict == "repeated" and seen.problem == ""
    assert {fact.subject: fact.ok for fact in seen.facts}["certificate"] is True
    # The same file once more is the same receipt again, also long after.
    assert arrive(offices, path).state is InboxState.TAKEN
    assert accept(offices, item) == receipt
    assert [copy.state for copy in recognising.recognise(offices.city, report.code).copies] == ["accepted"]
    # Read today the PDF says that its certificate was revoked; read as of the acceptance it holds.
    trust, taken = enrolling.trust_of(offices.city), offices.now - timedelta(minutes=5)
    assert pdf is not None and trust is not None
    assert verify_pdf(pdf, trust, offices.now)[0].problems == ("certificate_revoked",)
    assert verify_pdf(pdf, replace(trust, as_it_was=True), taken)[0].holds
    assert not verify_pdf(pdf, replace(trust, as_it_was=True), offices.now)[0].holds


def test_accepted_report_can_still_be_returned_and_reported_again(offices: Offices, faces: Faces) -> None:
    report, path = sent(offices, faces)
    item = arrive(offices, path)
    accept(offices, item)
    offices = at(offices, 5)
    revoke(offices)
    pieces = handing_back.exchanged(offices.city, COUNTY.code)
    folder = offices.stick / "交还"
    folder.mkdir()
    assert len(handing_back.hand_back(offices.city, pieces, folder, "王敏", offices.now)) == len(pieces)
    back = answering.send_back(
        offices.city, item.digest, "台数再核对", {}, None, offices.identity, "王敏", offices.now
    )
    assert receiving.reinspect(offices.city, item.digest, offices.now).problem == ""
    receiving.take_in(offices.county, offices.to_county(back.digest), "", "李敏", offices.now)
    assert offices.county.reports.get(report.id).state is ReportState.RETURNED


def test_newest_list_comes_with_a_receipt_and_an_older_one_changes_nothing(
    offices: Offices, faces: Faces
) -> None:
    _, path = sent(offices, faces)
    (older,) = sending.distribute(
        offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", offices.now
    )
    older_path = offices.to_county(older.digest)
    item = arrive(offices, path)
    enrol(offices, "李敏", SignRole.PREPARER)
    revoke(offices, SignRole.PREPARER)
    receipt = accept(offices, item)
    trust = offices.county.keys.trust()
    assert trust is not None and trust.crl_number == 1
    receiving.take_in(offices.county, offices.to_county(receipt.digest), "", "test", offices.now)
    trust = offices.county.keys.trust()
    assert trust is not None and trust.crl_number == 2
    assert enrolling.signing_state(offices.county, SignRole.PREPARER).state == "revoked"
    assert enrolling.signing_state(offices.county).state == "ready"
    receiving.take_in(offices.county, older_path, "", "test", offices.now)
    assert offices.county.keys.trust() == trust


def test_unit_that_was_told_signs_nothing_and_may_ask_anew(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    revoke(offices)
    told(offices)
    state = enrolling.signing_state(offices.county)
    assert (state.state, state.list_number) == ("revoked", 2) and state.revoked_at is not None
    # Said before the pass phrase is tried: a wrong one makes no difference.
    sign = (offices.county, report.id, "wrong one", faces, "李敏", offices.now)
    assert refused(signing.sign, *sign) == "own_certificate_revoked"
    assert refused(enrolling.signer, offices.county, PASS_PHRASE) == "own_certificate_revoked"
    enrol(offices)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now)


def test_withdrawal_that_was_refused_does_not_stop_the_quarter(offices: Offices, faces: Faces) -> None:
    report, _ = sent(offices, faces)
    _, notice = withdrawing.withdraw(offices.county, report.id, "台数报错", PASS_PHRASE, "李敏", offices.now)
    offices = at(offices, 5)
    revoke(offices)
    told(offices)
    enrol(offices)
    draft = filling.next_revision(offices.county, offices.county.reports.get(report.id), "李敏", offices.now)
    filling.save_entry(
        offices.county, draft.id,
        replace(offices.county.reports.entries(draft.id)["m-001"], progress="拆除9台。"), "李敏", offices.now,
    )  # fmt: skip
    draft = reviewing.review(offices.county, draft.id, "马晓东", offices.now)
    _, path = sent(offices, faces, draft)
    item = arrive(offices, path)
    assert item.problem == "sequence_gap"
    stray = arrive(offices, offices.to_city(notice.digest))
    assert stray.problem == "certificate_revoked"
    accept(offices, item)
    latest = offices.city.reports.latest(offices.plan.id, COUNTY.code, report.quarter)
    assert latest is not None and (latest.revision, latest.state) == (2, ReportState.ACCEPTED)


def test_file_that_nobody_in_force_stands_for_fills_no_gap(offices: Offices, faces: Faces) -> None:
    """A holder of the revoked key cannot make room for a number by a file of its own."""
    report, path = sent(offices, faces)
    _, notice = withdrawing.withdraw(offices.county, report.id, "台数报错", PASS_PHRASE, "李敏", offices.now)
    revoke(at(offices, 5))
    offices = at(offices, 6)
    first, second = arrive(offices, path), arrive(offices, offices.to_city(notice.digest))
    assert {first.problem, second.problem} == {"certificate_revoked"}
    assert offices.city.packages.last_received(COUNTY.code, first.stream) is None


def test_restored_unit_takes_back_what_it_signed_before(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    made = keeping.back_up(offices.county, tmp_path / "备份.jbk", "李敏", offices.now).path
    _, path = sent(offices, faces)
    accept(offices, arrive(offices, path))
    offices = at(offices, 5)
    revoke(offices)
    offices.county.close()
    place = restoring.restore(made, tmp_path / "新县", "李敏", offices.now)
    offices = replace(offices, county=opening.open_workspace(place, "李敏", offices.now))
    told(offices)
    back, again = recovering.take_back(offices.county, path, "李敏", offices.now)
    assert (back.state, again) == (ReportState.SUBMITTED, False)
    vouching.vouch(offices.county, "李敏", offices.now)


def test_what_claims_a_time_after_the_revocation_is_not_taken_back(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    made = keeping.back_up(offices.county, tmp_path / "备份.jbk", "李敏", offices.now).path
    revoke(offices)
    late = at(offices, 5)
    _, path = sent(late, faces)
    offices.county.close()
    place = restoring.restore(made, tmp_path / "新县", "李敏", late.now)
    late = replace(late, county=opening.open_workspace(place, "李敏", late.now))
    told(late)
    assert refused(recovering.take_back, late.county, path, "李敏", late.now) == "own_not_ours"
    assert open_package(path.read_bytes(), None, late.now).header.issuer == COUNTY.ref


def test_co_signer_whose_certificate_is_revoked(offices: Offices, faces: Faces) -> None:
    enrol(offices, "李敏", SignRole.PREPARER)
    cosigning.set_co_signing(offices.county, True, "test", offices.now)
    report = offices.reviewed_report()
    arguments = (offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now)
    revoke(offices, SignRole.PREPARER)
    told(offices)
    assert refused(signing.co_sign, *arguments) == "own_certificate_revoked"
    (preparer, _) = cosigning.co_signers(offices.county, report.people, offices.now)
    assert preparer.revoked and not preparer.can
    assert cosigning.asked(offices.county, report.people, offices.now) == ()


def test_co_signature_whose_certificate_was_revoked_before_the_issuer_signs(
    offices: Offices, faces: Faces
) -> None:
    enrol(offices, "李敏", SignRole.PREPARER)
    cosigning.set_co_signing(offices.county, True, "test", offices.now)
    report = offices.reviewed_report()
    arguments = (offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now)
    signing.co_sign(*arguments)
    revoke(offices, SignRole.PREPARER)
    told(offices)
    assert refused(signing.sign, *arguments) == "co_signature_revoked"


def test_city_refuses_paper_that_a_revoked_co_signer_signed(offices: Offices, faces: Faces) -> None:
    enrol(offices, "李敏", SignRole.PREPARER)
    cosigning.set_co_signing(offices.county, True, "test", offices.now)
    report = offices.reviewed_report()
    signing.co_sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now)
    _, path = sent(offices, faces, report)
    revoke(offices, SignRole.PREPARER)
    item = arrive(at(offices, 5), path)
    assert (item.state, item.problem) == (InboxState.REFUSED, "paper_revoked")
