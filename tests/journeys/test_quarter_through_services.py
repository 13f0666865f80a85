"""A quarter from the published plan to the receipt, through the services, with only a folder in between."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.package import InboxState, PackageKind
from desktop.domain.report import People, ReportState
from desktop.reports.fonts import Faces
from desktop.services import answering, filling, receiving, reviewing, sending, signing, surveying
from tests.journeys.offices import COUNTY, PASS_PHRASE, QUARTER, Offices

pytestmark = pytest.mark.usefixtures("enrolled")


def submitted(offices: Offices, faces: Faces, progress: str = "拆除7台，其余已签合同。") -> tuple[str, Path]:
    """Report id and package path of a report that was filled, reviewed, signed and written to the stick."""
    report = offices.reviewed_report(progress)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    report, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    assert report.state is ReportState.SUBMITTED
    return report.id, written[-1].path


def test_accepted_and_receipt_ends_the_quarter(offices: Offices, faces: Faces) -> None:
    report_id, package = submitted(offices, faces)
    item, _ = receiving.take_in(offices.city, package, "", "test", offices.now)
    seen = receiving.reinspect(offices.city, item.digest, offices.now)
    assert seen.verdict == "ready", seen.facts
    assert {f.subject: f.ok for f in seen.facts} == dict.fromkeys(
        ["signature", "certificate", "recipient", "order", "plan", "paper", "files"], True
    )
    assert offices.city.reports.find(plan_id=offices.plan.id) == (), "inspecting writes nothing"
    receipt = answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
    assert answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now) == receipt
    held = offices.city.reports.latest(offices.plan.id, COUNTY.code, QUARTER)
    assert held is not None and held.state is ReportState.ACCEPTED
    own = offices.county.reports.get(report_id)
    assert offices.city.reports.entries(held.id) == offices.county.reports.entries(own.id)
    receiving.take_in(offices.county, offices.to_county(receipt.digest), "", "test", offices.now)
    assert offices.county.reports.get(report_id).state is ReportState.ACCEPTED
    assert offices.city.audit.verify() is None and offices.county.audit.verify() is None


def test_returned_opens_the_next_revision_with_everything_typed(offices: Offices, faces: Faces) -> None:
    report_id, package = submitted(offices, faces)
    item, _ = receiving.take_in(offices.city, package, "", "test", offices.now)
    due = offices.now.date() + timedelta(days=5)
    answer = answering.send_back(
        offices.city,
        item.digest,
        "请补充",
        {"m-001": "说明7台是哪7台"},
        due,
        offices.identity,
        "test",
        offices.now,
    )
    assert answer.kind is PackageKind.RETURN
    receiving.take_in(offices.county, offices.to_county(answer.digest), "", "test", offices.now)
    returned = offices.county.reports.get(report_id)
    assert (returned.state, returned.reason, returned.due) == (ReportState.RETURNED, "请补充", due)
    second = filling.next_revision(offices.county, returned, "test", offices.now)
    seen = surveying.overview(offices.county, second)
    assert second.revision == 2 and seen.filled == 2
    assert {row.measure.key: row.returned for row in seen.rows} == {"m-001": "说明7台是哪7台", "m-002": ""}
    offices.fill(second, "拆除7台：城关4台，北塬3台。")
    reviewing.review(offices.county, second.id, "test", offices.now)
    assert {c.field for c in reviewing.changes(offices.county, offices.county.reports.get(second.id))} == {
        "progress"
    }
    signing.sign(offices.county, second.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, second.id, offices.stick, "test", offices.now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
    answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
    held = offices.city.reports.find(plan_id=offices.plan.id, unit_code=COUNTY.code)
    assert [r.state for r in held] == [ReportState.RETURNED, ReportState.ACCEPTED]


def test_repeated_file_is_harmless_and_gives_the_same_receipt(offices: Offices, faces: Faces) -> None:
    _, package = submitted(offices, faces)
    item, _ = receiving.take_in(offices.city, package, "", "test", offices.now)
    receipt = answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
    before = offices.city.reports.find(plan_id=offices.plan.id)
    again, applied = receiving.take_in(offices.city, package, "", "test", offices.now)
    assert (again.digest, again.state, applied) == (item.digest, InboxState.TAKEN, None)
    assert receiving.reinspect(offices.city, item.digest, offices.now).verdict == "repeated"
    assert answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now) == receipt
    assert offices.city.reports.find(plan_id=offices.plan.id) == before


def test_flipped_byte_is_refused_and_changes_nothing(offices: Offices, faces: Faces) -> None:
    _, package = submitted(offices, faces)
    data = bytearray(package.read_bytes())
    where = data.index("拆除7台".encode())
    data[where] ^= 1
    package.write_bytes(data)
    with pytest.raises(Exception) as refused:
        receiving.take_in(offices.city, package, "", "test", offices.now)
    assert refused.type.__mro__[1].__name__ in ("UserError", "RefusedError"), refused.value
    assert offices.city.reports.find(plan_id=offices.plan.id) == ()


def test_file_for_another_unit_is_refused(offices: Offices) -> None:
    (package,) = sending.distribute(
        offices.city, offices.plan.id, ["900000-P1"], offices.identity, "test", offices.now
    )
    with pytest.raises(RefusedError) as refused:
        receiving.take_in(offices.county, offices.to_county(package.digest), "", "test", offices.now)
    assert refused.value.code == "not_for_us"


def test_older_plan_package_is_refused(offices: Offices) -> None:
    first, second = (
        sending.distribute(
            offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", offices.now
        )[0]
        for _ in range(2)
    )
    receiving.take_in(offices.county, offices.to_county(second.digest), "", "test", offices.now)
    with pytest.raises(RefusedError) as refused:
        receiving.take_in(offices.county, offices.to_county(first.digest), "", "test", offices.now)
    assert refused.value.code == "sequence_old"


def test_invitation_needs_the_compared_fingerprint(tmp_path: Path, now: datetime, offices: Offices) -> None:
    from desktop.services import certifying, opening
    from tests.journeys.offices import PARK, REGION

    park = opening.create_workspace(tmp_path / "园区", PARK, REGION, "test", now)
    invitation = certifying.invite(offices.city, PARK.code, offices.identity, "test", now)
    path = offices.to_county(invitation.digest)
    for wrong in ("", "0000 0000 0000 0000"):
        with pytest.raises(RefusedError) as refused:
            receiving.take_in(park, path, wrong, "test", now)
        assert refused.value.code == "fingerprint_not_confirmed"
    assert park.keys.trust() is None
    park.close()


def test_signing_needs_the_right_pass_phrase_and_loses_nothing(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    with pytest.raises(RefusedError) as refused:
        signing.sign(offices.county, report.id, "not this one", faces, "test", offices.now)
    assert refused.value.code == "passphrase_wrong"
    assert offices.county.reports.get(report.id) == report
    assert [i for i in offices.county.packages.outbox() if i.kind is PackageKind.SUBMISSION] == []


def test_unfilled_report_is_not_reviewed(offices: Offices) -> None:
    report = offices.draft_report()
    with pytest.raises(RefusedError) as refused:
        reviewing.review(offices.county, report.id, "test", offices.now)
    assert (refused.value.code, refused.value.facts["missing"]) == ("report_incomplete", 2)


def test_blank_behind_the_issuers_name_does_not_hinder_signing(offices: Offices, faces: Faces) -> None:
    report = offices.draft_report()
    offices.fill(report)
    people = People(" 李敏", "马晓东", "王建军 ", "0000-1234567")
    filling.name_people(offices.county, report.id, people, "test", offices.now)
    reviewing.review(offices.county, report.id, "test", offices.now)
    signed = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    assert signed.report.people.issuer == "王建军"


def test_late_is_not_closed_and_closed_is_not_reviewed(offices: Offices, now: datetime) -> None:
    report = offices.draft_report()
    offices.fill(report)
    with pytest.raises(RefusedError) as refused:
        reviewing.review(offices.county, report.id, "test", now + timedelta(days=10))
    assert refused.value.code == "quarter_closed"
    assert surveying.overview(offices.county, report).filled == 2, "what was typed stays"
    late = reviewing.review(offices.county, report.id, "test", now + timedelta(days=9))
    assert late.state is ReportState.REVIEWED
