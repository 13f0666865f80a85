"""The leader signs on paper, the official signs in the program, the city sees who did what, and what was not so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.approval import Approval
from desktop.domain.codec import digest_of
from desktop.domain.errors import UserError
from desktop.domain.identity import SignRole
from desktop.domain.package import Fact
from desktop.domain.report import Evidence, Report, ReportState
from desktop.domain.signatures import FieldPlace
from desktop.exchange.packages import assemble, open_package, read_header
from desktop.exchange.signing import sign_pdf
from desktop.exchange.submission import SubmissionPayload, read_submission, write_submission
from desktop.reports.fonts import Faces
from desktop.reports.unit_report import render_unit_report
from desktop.services import (
    answering,
    approving,
    enrolling,
    evidencing,
    filling,
    receiving,
    reviewing,
    sending,
    signing,
    verifying,
)
from desktop.wording import errors, inspection
from tests.journeys.offices import PASS_PHRASE, Offices, enrol, open_offices
from tests.wording.test_sentences_are_filled import HOLES

SCAN, OTHER = b"%PDF-1.4 the sheet, signed by hand", b"%PDF-1.4 another sheet"
Change = Callable[[SubmissionPayload], SubmissionPayload]


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    """The county's certificate is 李敏's; its reports are issued by 王建军."""
    made = open_offices(tmp_path, now)
    enrol(made, "李敏")
    yield made
    made.city.close()
    made.county.close()


def approval_for(offices: Offices, report: Report) -> Approval:
    path = offices.stick / "签批单.pdf"
    path.write_bytes(SCAN)
    scan = approving.keep_scan(offices.county, path)
    return approving.approval_of(offices.county, report, scan, offices.now.date())


def sent(offices: Offices, report: Report, faces: Faces) -> Path:
    """A reviewed revision signed for its issuer and written out: the package."""
    store, now = offices.county, offices.now
    approval = approval_for(offices, report)
    signing.sign(store, report.id, PASS_PHRASE, faces, "李敏", now, approval=approval)
    return sending.submit(store, report.id, offices.stick, "李敏", now)[1][2].path


def approval_fact(facts: tuple[Fact, ...]) -> Fact:
    return next(fact for fact in facts if fact.subject == "approval")


def test_the_city_is_told_who_signed_for_whom_and_keeps_the_scan(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    city, now = offices.city, offices.now
    report = offices.reviewed_report()
    item, _ = receiving.take_in(city, sent(offices, report, faces), "", "王敏", now)
    seen = receiving.reinspect(city, item.digest, now)
    assert seen.verdict == "ready" and seen.approval is not None and seen.approval.scan.name == "签批单.pdf"
    title, _ = inspection.told(approval_fact(seen.facts))
    assert title == (
        f"签发人王建军在纸质签批单上签字（{now.month}月{now.day}日），由李敏代签，附扫描件 {len(SCAN)} B"
    )
    assert city.reports.find() == (), "looking writes nothing"
    packed = approving.scan_in(seen.opened.files, seen.approval)
    assert evidencing.copy_of(packed, seen.approval.scan, tmp_path / "看").read_bytes() == SCAN
    receipt = answering.accept(city, item.digest, offices.identity, "", "王敏", now)
    (held,) = city.reports.find()
    assert city.reports.approval(held.id) == seen.approval
    assert city.evidence.read(seen.approval.scan.digest) == SCAN
    record = city.audit.records(subject=item.digest)[0]
    assert record.action == "submission_accepted"
    assert (record.facts["issuer"], record.facts["person"]) == ("王建军", "李敏")
    assert record.facts["scan"] == digest_of(SCAN)
    receiving.take_in(offices.county, offices.to_county(receipt.digest), "", "李敏", now)
    assert offices.county.reports.get(report.id).state is ReportState.ACCEPTED
    assert answering.accept(city, item.digest, offices.identity, "", "王敏", now).digest == receipt.digest


def test_a_return_keeps_it_and_the_next_revision_brings_its_own(offices: Offices, faces: Faces) -> None:
    city, now, store = offices.city, offices.now, offices.county
    report = offices.reviewed_report()
    item, _ = receiving.take_in(city, sent(offices, report, faces), "", "王敏", now)
    answer = answering.send_back(city, item.digest, "核对台数", {}, None, offices.identity, "王敏", now)
    (held,) = city.reports.find()
    assert held.state is ReportState.RETURNED and city.reports.approval(held.id) is not None
    receiving.take_in(store, offices.to_county(answer.digest), "", "李敏", now)
    draft = filling.next_revision(store, store.reports.get(report.id), "李敏", now)
    second = reviewing.review(store, draft.id, "马晓东", now)
    again, _ = receiving.take_in(city, sent(offices, second, faces), "", "王敏", now)
    answering.accept(city, again.digest, offices.identity, "", "王敏", now)
    first, last = (city.reports.approval(r.id) for r in city.reports.find())
    assert first is not None and last is not None and first.report_digest != last.report_digest


def forged(offices: Offices, genuine: Path, change: Change) -> Path:
    """The county's own package with other contents, signed with its true key."""
    header = read_header(genuine.read_bytes())
    identity = enrolling.signer(offices.county, PASS_PHRASE)
    payload = read_submission(open_package(genuine.read_bytes(), None, offices.now).files)
    path = offices.stick / "forged.jbx"
    files = write_submission(change(payload))
    path.write_bytes(assemble(replace(header, files=()), files, identity))
    return path


def refused(offices: Offices, path: Path) -> str:
    """The code with which the city refuses a file, in a whole sentence, with nothing changed in its books."""
    city = offices.city
    before = city.reports.find(), city.packages.outbox()
    with pytest.raises(UserError) as caught:
        receiving.take_in(city, path, "", "test", offices.now)
    assert (city.reports.find(), city.packages.outbox()) == before
    said = errors.one_line(caught.value)
    assert "没有收下" in said or "没有导入" in said
    assert not HOLES.search(said), said
    return caught.value.code


def approved(**changes: object) -> Change:
    def change(payload: SubmissionPayload) -> SubmissionPayload:
        assert payload.approval is not None
        return replace(payload, approval=replace(payload.approval, **changes))

    return change


def other_scan(payload: SubmissionPayload) -> SubmissionPayload:
    """The scan of another sheet, named rightly in the approval: only the PDF tells."""
    scan = Evidence(digest_of(OTHER), "签批单.pdf", len(OTHER))
    return replace(approved(scan=scan)(payload), scan=OTHER)


def altered_scan(payload: SubmissionPayload) -> SubmissionPayload:
    return replace(payload, scan=SCAN[:-1] + b"!")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda payload: replace(payload, approval=None, scan=b""), "approval_missing"),
        (approved(signer="赵国强"), "approval_of_another_signer"),
        (approved(issuer="赵国强"), "approval_of_another_issuer"),
        (approved(signer="王建军"), "approval_superfluous"),
        (approved(report_digest="00" * 32), "approval_of_another_report"),
        (other_scan, "approval_not_on_paper"),
        (altered_scan, "package_content_wrong"),
    ],
)
def test_what_was_not_so_is_refused(offices: Offices, faces: Faces, change: Change, code: str) -> None:
    genuine = sent(offices, offices.reviewed_report(), faces)
    assert refused(offices, forged(offices, genuine, change)) == code
    item, _ = receiving.take_in(offices.city, genuine, "", "test", offices.now)
    answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)


@pytest.mark.parametrize(("days", "code"), [(1, "approval_too_late"), (-1, "approval_too_early")])
def test_the_day_lies_between_review_and_signature(
    offices: Offices, faces: Faces, days: int, code: str
) -> None:
    genuine = sent(offices, offices.reviewed_report(), faces)
    day = offices.now.date() + timedelta(days=days)
    assert refused(offices, forged(offices, genuine, approved(signed_on=day))) == code


def paper(offices: Offices, faces: Faces, payload: SubmissionPayload, reason: str) -> bytes:
    """The report's PDF signed anew by the county's key, with any reason."""
    identity = enrolling.signer(offices.county, PASS_PHRASE)
    rendered = render_unit_report(payload.document, faces)
    return sign_pdf(
        rendered.pdf,
        identity,
        payload.document_bytes,
        reason,
        (FieldPlace(SignRole.ISSUER, 0, None),),
        offices.now,
    )


def test_another_person_without_any_word_of_it_is_refused(offices: Offices, faces: Faces) -> None:
    genuine = sent(offices, offices.reviewed_report(), faces)

    def in_silence(payload: SubmissionPayload) -> SubmissionPayload:
        return replace(payload, pdf=paper(offices, faces, payload, "签发"), approval=None, scan=b"")

    assert refused(offices, forged(offices, genuine, in_silence)) == "paper_person"


def test_an_approval_beside_the_issuers_own_signature_is_superfluous(
    tmp_path: Path, now: datetime, faces: Faces
) -> None:
    offices = open_offices(tmp_path / "另", now)
    enrol(offices, "王建军")
    try:
        report = offices.reviewed_report()
        signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", now)
        genuine = sending.submit(offices.county, report.id, offices.stick, "test", now)[1][2].path
        scan = Evidence(digest_of(SCAN), "签批单.pdf", len(SCAN))
        approval = Approval(report.digest, "王建军", "李敏", now.date(), scan)

        def added(payload: SubmissionPayload) -> SubmissionPayload:
            reason = approving.signing_reason(payload.document, approval)
            pdf = paper(offices, faces, payload, reason)
            return replace(payload, pdf=pdf, approval=approval, scan=SCAN)

        assert refused(offices, forged(offices, genuine, added)) == "approval_superfluous"
    finally:
        offices.city.close()
        offices.county.close()


def test_one_flipped_byte_of_the_scan_breaks_the_package(offices: Offices, faces: Faces) -> None:
    data = bytearray(sent(offices, offices.reviewed_report(), faces).read_bytes())
    data[data.index(SCAN) + 9] ^= 1
    path = offices.stick / "flipped.jbx"
    path.write_bytes(data)
    with pytest.raises(UserError):
        receiving.take_in(offices.city, path, "", "test", offices.now)
    assert offices.city.reports.find() == ()


def test_verifying_a_file_tells_it(offices: Offices, faces: Faces, tmp_path: Path) -> None:
    genuine = sent(offices, offices.reviewed_report(), faces)
    trust = offices.city.keys.trust()
    assert trust is not None
    (tmp_path / "root.pem").write_bytes(trust.root)

    def verified(path: Path) -> verifying.Verified:
        return verifying.verify(path, tmp_path / "root.pem", offices.now)

    found = verified(genuine)
    assert found.facts.holds and found.approval is not None
    assert (found.approval.issuer, found.approval.signer, found.scan) == ("王建军", "李敏", digest_of(SCAN))
    on_paper = verified(genuine.with_suffix(".pdf"))
    assert on_paper.facts.holds and on_paper.approval is None and on_paper.scan == digest_of(SCAN)
    for change, code in (
        (approved(signer="赵国强"), "approval_of_another_signer"),
        (approved(issuer="赵国强"), "approval_of_another_issuer"),
        (altered_scan, "package_content_wrong"),
    ):
        assert verified(forged(offices, genuine, change)).facts.problems == (code,)
