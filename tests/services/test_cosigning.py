"""填报人、审核人 sign before the issuer: asked by the unit, frozen in the document, in their order, void with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.identity import SignRole
from desktop.domain.report import People, Report, ReportState
from desktop.exchange.signing import verify_pdf
from desktop.reports.fonts import Faces
from desktop.reports.unit_report import render_unit_report
from desktop.services import approving, cosigning, enrolling, filling, inspecting, reviewing, signing
from desktop.services.verifying import verify
from desktop.wording import tracing
from desktop.wording.inspection import told
from tests.journeys.offices import PASS_PHRASE, Offices, enrol, open_offices

PREPARER, REVIEWER, ISSUER = SignRole.PREPARER, SignRole.REVIEWER, SignRole.ISSUER
OWN = {PREPARER: "填报人自己的口令", REVIEWER: "审核人自己的口令", ISSUER: PASS_PHRASE}


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path / "单位", now)
    enrol(made)
    enrol(made, "李敏", PREPARER, OWN[PREPARER])
    enrol(made, "马晓东", REVIEWER, OWN[REVIEWER])
    cosigning.set_co_signing(made.county, True, "test", now)
    yield made
    made.city.close()
    made.county.close()


def co_sign(offices: Offices, report: Report, role: SignRole, faces: Faces) -> None:
    signing.co_sign(offices.county, report.id, OWN[role], faces, "test", offices.now)


def both(offices: Offices, faces: Faces) -> Report:
    report = offices.reviewed_report()
    co_sign(offices, report, PREPARER, faces)
    co_sign(offices, report, REVIEWER, faces)
    return report


def code_of(work: object, *arguments: object, **named: object) -> str:
    with pytest.raises(UserError) as caught:
        work(*arguments, **named)  # type: ignore[operator]
    return caught.value.code


def test_a_quarter_with_three_signatures_reaches_the_city(offices: Offices, faces: Faces) -> None:
    report = both(offices, faces)
    signed = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    pdf = offices.county.reports.document(report.id, "report.pdf")
    partly = offices.county.reports.document(report.id, cosigning.PARTLY_SIGNED)
    assert pdf is not None and partly is not None and pdf.startswith(partly), "never made again"
    path = offices.to_city(signed.package.digest)
    seen = inspecting.inspect(offices.city, path.read_bytes(), offices.now)
    assert seen.verdict == "ready", seen.facts
    told = {f.subject: f.facts["person"] for f in seen.facts if f.subject.startswith("signed_")}
    assert told == {"signed_preparer": "李敏", "signed_reviewer": "马晓东", "signed_issuer": "王建军"}
    root = offices.stick / "root.pem"
    trust = offices.city.keys.trust()
    assert trust is not None
    root.write_bytes(trust.root)
    (offices.stick / "report.pdf").write_bytes(pdf)
    found = verify(offices.stick / "report.pdf", root, offices.now).facts
    assert found.holds and [s.role for s in found.signers] == ["preparer", "reviewer", "issuer"]
    assert len(found.moments) == 3


def test_faces_are_kept_as_the_first_signature_found_them(offices: Offices, faces: Faces) -> None:
    report = both(offices, faces)
    kept = offices.county.reports.faces(report.id)
    assert (
        kept is not None
        and kept.uses == render_unit_report(reviewing.frozen_document(offices.county, report)[0], faces).faces
    )
    # Whoever signs last on another PC sets nothing anew.
    other = replace(faces, body=faces.title)
    signing.sign(offices.county, report.id, PASS_PHRASE, other, "test", offices.now)
    assert offices.county.reports.faces(report.id) == kept


def test_who_signed_is_kept_with_certificate_and_time(offices: Offices, faces: Faces) -> None:
    report = both(offices, faces)
    kept = cosigning.co_signed(offices.county, report)
    assert [(s.role, s.person, s.signed_at) for s in kept.signatures] == [
        (PREPARER, "李敏", offices.now),
        (REVIEWER, "马晓东", offices.now),
    ]
    assert kept.signatures[0].fingerprint == enrolling.signing_state(offices.county, PREPARER).fingerprint
    assert kept.next((PREPARER, REVIEWER)) is None
    records = offices.county.audit.records(subject=report.id)
    assert [r.facts["role"] for r in records if r.action == "report_co_signed"] == ["reviewer", "preparer"]


def test_issuer_waits_for_those_who_were_asked(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    for role in (PREPARER, REVIEWER):
        assert (
            code_of(signing.sign, offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
            == "co_signature_missing"
        )
        co_sign(offices, report, role, faces)
    assert (
        code_of(signing.co_sign, offices.county, report.id, OWN[REVIEWER], faces, "test", offices.now)
        == "co_signatures_complete"
    )
    done = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    assert done.report.state is ReportState.SIGNED


def test_each_signs_with_the_own_pass_phrase(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    for wrong in (OWN[REVIEWER], PASS_PHRASE):
        assert (
            code_of(signing.co_sign, offices.county, report.id, wrong, faces, "test", offices.now)
            == "passphrase_wrong"
        )
    assert cosigning.co_signed(offices.county, report).signatures == ()


def test_reopening_makes_signatures_void_and_says_so(offices: Offices, faces: Faces) -> None:
    """Also where the very same document is frozen again: who signed before must sign anew."""
    report = both(offices, faces)
    reviewing.reopen(offices.county, report.id, "再看看", "test", offices.now)
    assert cosigning.PARTLY_SIGNED not in offices.county.reports.documents(report.id)
    again = reviewing.review(offices.county, report.id, "test", offices.now)
    assert again.digest == report.digest
    assert cosigning.co_signed(offices.county, again).next((PREPARER, REVIEWER)) is PREPARER
    void = [
        r for r in offices.county.audit.records(subject=report.id) if r.action == "co_signatures_discarded"
    ]
    assert [r.facts for r in void] == [{"preparer": "李敏", "reviewer": "马晓东"}]


def test_only_whoever_has_a_certificate_of_the_own_name_is_asked(offices: Offices, now: datetime) -> None:
    people = People("李敏", "周平", "王建军")
    assert cosigning.asked(offices.county, people, now) == (PREPARER,)
    assert cosigning.asked(offices.county, replace(people, reviewer="马晓东"), now) == (PREPARER, REVIEWER)
    assert cosigning.asked(offices.county, people, now + timedelta(days=800)) == ()
    cosigning.set_co_signing(offices.county, False, "test", now)
    assert cosigning.asked(offices.county, people, now) == ()


def test_what_is_asked_is_frozen(offices: Offices, faces: Faces) -> None:
    """Neither the sender's later wish nor a lost key changes what the reader must find."""
    report = offices.reviewed_report()
    cosigning.set_co_signing(offices.county, False, "test", offices.now)
    assert (
        code_of(signing.sign, offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
        == "co_signature_missing"
    )
    assert reviewing.frozen_document(offices.county, report)[0].co_signers == (PREPARER, REVIEWER)


def test_without_the_setting_documents_are_what_they_were(offices: Offices) -> None:
    cosigning.set_co_signing(offices.county, False, "test", offices.now)
    _, data = reviewing.frozen_document(offices.county, offices.reviewed_report())
    assert b"co_signers" not in data


def test_only_reviewer_and_issuer_sign_where_the_preparer_has_no_certificate(
    offices: Offices, faces: Faces
) -> None:
    report = offices.draft_report()
    offices.fill(report)
    people = People("周平", "马晓东", "王建军", "0000-1234567")
    filling.name_people(offices.county, report.id, people, "test", offices.now)
    report = reviewing.review(offices.county, report.id, "test", offices.now)
    co_sign(offices, report, REVIEWER, faces)
    signed = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    seen = inspecting.inspect(offices.city, offices.to_city(signed.package.digest).read_bytes(), offices.now)
    assert seen.verdict == "ready"
    assert [f.subject for f in seen.facts if f.subject.startswith("signed_")] == [
        "signed_reviewer",
        "signed_issuer",
    ]


def test_another_certificate_after_the_review_does_not_sign(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    key = offices.county.keys.get("preparer")
    assert key is not None
    offices.county.keys.put(replace(key, person="周平"))
    assert (
        code_of(signing.co_sign, offices.county, report.id, OWN[PREPARER], faces, "test", offices.now)
        == "co_signer_not_named"
    )
    offices.county.keys.put(replace(key, certificate=b""))
    assert (
        code_of(signing.co_sign, offices.county, report.id, OWN[PREPARER], faces, "test", offices.now)
        == "co_signer_without_certificate"
    )
    offices.county.keys.put(key)
    late = offices.now + timedelta(days=800)
    assert (
        code_of(signing.co_sign, offices.county, report.id, OWN[PREPARER], faces, "test", late)
        == "certificate_expired"
    )


def test_another_may_sign_for_the_issuer_of_three(offices: Offices, faces: Faces) -> None:
    """代签: the PDF's last signature is the one that the approval is about."""
    report = offices.draft_report()
    offices.fill(report)
    people = People("李敏", "马晓东", "赵国庆", "0000-1234567")
    filling.name_people(offices.county, report.id, people, "test", offices.now)
    report = reviewing.review(offices.county, report.id, "test", offices.now)
    for role in (PREPARER, REVIEWER):
        co_sign(offices, report, role, faces)
    scan = offices.stick / "签批单.pdf"
    scan.write_bytes(b"%PDF-1.4 signed by hand")
    kept = approving.keep_scan(offices.county, scan)
    approval = approving.approval_of(offices.county, report, kept, offices.now.date())
    signed = signing.sign(
        offices.county, report.id, PASS_PHRASE, faces, "test", offices.now, approval=approval
    )
    seen = inspecting.inspect(offices.city, offices.to_city(signed.package.digest).read_bytes(), offices.now)
    assert seen.verdict == "ready", seen.facts
    approved = next(f for f in seen.facts if f.subject == "approval")
    assert (approved.facts["named"], approved.facts["person"]) == ("赵国庆", "王建军")


def test_reading_one_less_than_was_asked_is_refused(offices: Offices, faces: Faces) -> None:
    """What was kept on the way is no report: the city's reader demands all three."""
    report = both(offices, faces)
    partly = offices.county.reports.document(report.id, cosigning.PARTLY_SIGNED)
    assert partly is not None
    facts, inside = verify_pdf(partly, enrolling.trust_of(offices.city), offices.now)
    assert (facts.whole_file, facts.problems, inside) == (False, ("signatures_missing",), None)


def test_setting_is_recorded_once(offices: Offices, now: datetime) -> None:
    cosigning.set_co_signing(offices.county, True, "test", now)
    assert [r.facts["wanted"] for r in offices.county.audit.records() if r.action == "co_signing_set"] == [
        "yes"
    ]


def test_city_reads_who_signed_in_a_sentence_each(offices: Offices, faces: Faces) -> None:
    """Each check is said in a sentence of its own."""
    report = both(offices, faces)
    signed = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    seen = inspecting.inspect(offices.city, offices.to_city(signed.package.digest).read_bytes(), offices.now)
    said = [told(fact)[0] for fact in seen.facts if fact.subject.startswith("signed_")]
    assert said == ["PDF 上填报人李敏签了名", "PDF 上审核人马晓东签了名", "PDF 上签发人王建军签了名"]
    issuer = next(fact for fact in seen.facts if fact.subject == "signed_issuer")
    other = replace(issuer, facts={**issuer.facts, "named": "赵国庆"})
    assert told(other)[0] == "PDF 上王建军代签发人赵国庆签了名"


def test_a_preparer_whom_the_report_does_not_name_is_noticed_by_the_city(
    offices: Offices, faces: Faces
) -> None:
    """The right role of the right unit, but another person than stands under the report."""
    offices.county._database.execute("DELETE FROM key WHERE purpose = 'preparer'")
    enrol(offices, "周平", PREPARER, OWN[PREPARER])
    key = offices.county.keys.get("preparer")
    assert key is not None
    offices.county.keys.put(replace(key, person="李敏"))
    report = both(offices, faces)
    signed = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    seen = inspecting.inspect(offices.city, offices.to_city(signed.package.digest).read_bytes(), offices.now)
    assert (seen.verdict, seen.problem) == ("refused", "paper_co_signer")
    paper = next(fact for fact in seen.facts if fact.subject == "paper")
    assert told(paper)[0] == "季报上写的填报人是“李敏”，PDF 却是“周平”签的"


def test_records_of_signing_are_read_as_words(offices: Offices, faces: Faces) -> None:
    report = both(offices, faces)
    records = {r.action: tracing.told(r.facts) for r in offices.county.audit.records(subject=report.id)}
    assert "签发前还要签名：填报人、审核人" in records["report_reviewed"]
    assert "身份：填报人" in records["report_co_signed"] or "身份：审核人" in records["report_co_signed"]
    assert "证书指纹：" in records["report_co_signed"]
