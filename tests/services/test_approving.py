"""经办人代签 in the county's own workspace: what may be signed for whom, and what is kept of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain import approval as rules
from desktop.domain.approval import Approval
from desktop.domain.codec import canonical_bytes
from desktop.domain.errors import RefusedError, UserError
from desktop.domain.report import Report, ReportState
from desktop.exchange.packages import open_package
from desktop.exchange.signing import verify_pdf
from desktop.exchange.submission import read_submission
from desktop.reports.fonts import Faces
from desktop.services import approving, filling, reviewing, signing, tracing, withdrawing
from desktop.services.enrolling import trust_of
from desktop.wording.tracing import action, known_actions, told
from tests.journeys.offices import PASS_PHRASE, Offices, enrol, open_offices
from tests.reports.printed import plain, text_of

SCAN = b"%PDF-1.4 the sheet, signed by hand"


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    """The county's certificate is 李敏's; its reports are issued by 王建军."""
    made = open_offices(tmp_path, now)
    enrol(made, "李敏")
    yield made
    made.city.close()
    made.county.close()


def scan_file(offices: Offices, name: str = "签批单.pdf", content: bytes = SCAN) -> Path:
    path = offices.stick / name
    path.write_bytes(content)
    return path


def approval_for(offices: Offices, report: Report) -> Approval:
    scan = approving.keep_scan(offices.county, scan_file(offices))
    return approving.approval_of(offices.county, report, scan, offices.now.date())


def code_of(offices: Offices, faces: Faces, report: Report, approval: Approval | None) -> str:
    """The code of the refusal, after seeing that nothing was changed by it."""
    before = offices.county.reports.get(report.id), offices.county.packages.outbox()
    records = offices.county.audit.records(subject=report.id)
    with pytest.raises(UserError) as caught:
        signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now, approval=approval)
    assert (offices.county.reports.get(report.id), offices.county.packages.outbox()) == before
    assert offices.county.audit.records(subject=report.id) == records
    assert offices.county.reports.documents(report.id) == ("report.json",)
    return caught.value.code


def test_without_an_approval_the_refusal_stands(offices: Offices, faces: Faces) -> None:
    assert code_of(offices, faces, offices.reviewed_report(), None) == "signer_not_named"


def test_what_is_signed_is_kept_as_it_was(offices: Offices, faces: Faces) -> None:
    store, report = offices.county, offices.reviewed_report()
    frozen = store.reports.document(report.id, "report.json")
    approval = approval_for(offices, report)
    assert (approval.issuer, approval.signer, approval.report_digest) == ("王建军", "李敏", report.digest)
    signed = signing.sign(store, report.id, PASS_PHRASE, faces, "李敏", offices.now, approval=approval)
    assert signed.report.state is ReportState.SIGNED and signed.report.people.issuer == "王建军"
    assert store.reports.approval(report.id) == approval
    assert store.reports.document(report.id, "approval.json") == canonical_bytes(approval)
    assert store.reports.document(report.id, "report.json") == frozen, "what was reviewed does not change"
    assert store.evidence.read(approval.scan.digest) == SCAN
    opened = open_package(store.packages.file(signed.package.digest), trust_of(store), offices.now)
    assert opened.verification.holds
    payload = read_submission(opened.files)
    assert (payload.approval, payload.scan) == (approval, SCAN)


def test_the_trail_says_who_signed_for_whom(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    approval = approval_for(offices, report)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "周敏之", offices.now, approval=approval)
    step = tracing.report_trail(offices.county, report)[0]
    assert (step.actor, action(step.action)) == ("周敏之", "经办人代签")
    assert step.action in known_actions()
    said = told(step.facts or {})
    day = offices.now.date()
    for line in (
        "签发人：王建军", f"在纸质签批单上签字：{day.year}年{day.month}月{day.day}日", "签名证书：李敏",
        "签批单扫描件：签批单.pdf", f"扫描件SHA-256：{approval.scan.digest}",
    ):  # fmt: skip
        assert line in said.splitlines()
    assert offices.county.audit.verify() is None


def test_the_pdf_itself_says_it_and_names_the_scan(offices: Offices, faces: Faces, tmp_path: Path) -> None:
    report = offices.reviewed_report()
    approval = approval_for(offices, report)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now, approval=approval)
    pdf = offices.county.reports.document(report.id, "report.pdf")
    assert pdf is not None
    facts, inside = verify_pdf(pdf, trust_of(offices.county), offices.now)
    assert facts.holds and facts.signers[0].name == "李敏"
    assert inside == offices.county.reports.document(report.id, "report.json")
    assert approving.scan_named(facts.reason) == approval.scan.digest
    assert "王建军" in facts.reason and "李敏代签" in facts.reason
    day = offices.now.date()
    said = plain(text_of(pdf, tmp_path))
    assert "李敏（经办人代签）" in said
    assert f"签发人王建军已于{day.year}年{day.month}月{day.day}日在纸质签批单上签字，由李敏代签" in said
    assert "签发人：王建军" in said


def test_pdfsig_agrees(offices: Offices, faces: Faces, tmp_path: Path) -> None:
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("no pdfsig here")
    report = offices.reviewed_report()
    approval = approval_for(offices, report)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now, approval=approval)
    path = tmp_path / "signed.pdf"
    path.write_bytes(offices.county.reports.document(report.id, "report.pdf") or b"")
    said = subprocess.run([program, path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said and "Total document signed" in said and "李敏" in said


def test_the_issuer_in_person_leaves_no_trace_of_an_approval(offices: Offices, faces: Faces) -> None:
    report = offices.draft_report()
    offices.fill(report)
    people = replace(offices.county.reports.get(report.id).people, issuer="李敏")
    filling.name_people(offices.county, report.id, people, "test", offices.now)
    report = reviewing.review(offices.county, report.id, "test", offices.now)
    assert code_of(offices, faces, report, approval_for(offices, report)) == "approval_needless"
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "李敏", offices.now)
    assert offices.county.reports.approval(report.id) is None
    pdf = offices.county.reports.document(report.id, "report.pdf") or b""
    assert approving.scan_named(verify_pdf(pdf, None, offices.now)[0].reason) == ""


def test_the_day_lies_between_the_review_and_today(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    approval = approval_for(offices, report)
    for days in (-1, 1):
        other = replace(approval, signed_on=approval.signed_on + timedelta(days=days))
        assert code_of(offices, faces, report, other) == "approval_day", days


@pytest.mark.parametrize(
    "change", [{"issuer": "赵国强"}, {"signer": "赵国强"}, {"report_digest": "00" * 32}], ids=str
)
def test_an_approval_of_something_else_is_refused(
    offices: Offices, faces: Faces, change: dict[str, str]
) -> None:
    report = offices.reviewed_report()
    approval = replace(approval_for(offices, report), **change)
    assert code_of(offices, faces, report, approval) == "approval_differs"


def test_a_scan_that_is_gone_or_altered_is_refused(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    approval = approval_for(offices, report)
    path = offices.county.evidence.path(approval.scan.digest)
    path.write_bytes(SCAN + b"!")
    assert code_of(offices, faces, report, approval) == "scan_altered"
    path.unlink()
    assert code_of(offices, faces, report, approval) == "scan_altered"


def test_a_wrong_pass_phrase_signs_nothing(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    approval = approval_for(offices, report)
    with pytest.raises(RefusedError) as caught:
        signing.sign(offices.county, report.id, "not this", faces, "李敏", offices.now, approval=approval)
    assert caught.value.code == "passphrase_wrong"
    assert offices.county.reports.approval(report.id) is None


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("签批单.docx", SCAN, "scan_form"),
        ("签批单.zip", SCAN, "scan_form"),
        ("签批单", SCAN, "scan_form"),
        ("签批单.pdf", b"", "scan_empty"),
        ("签批单.jpg", b"x" * 101, "scan_too_large"),
    ],
)
def test_only_a_scan_of_bounded_size_is_taken(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, code: str
) -> None:
    monkeypatch.setattr(approving, "SCAN_LIMIT", 100)
    assert rules.SCAN_LIMIT == 30 * 1024 * 1024
    with pytest.raises(RefusedError) as caught:
        approving.keep_scan(offices.county, scan_file(offices, name, content))
    assert caught.value.code == code


def test_each_revision_needs_its_own(offices: Offices, faces: Faces) -> None:
    store, report = offices.county, offices.reviewed_report()
    approval = approval_for(offices, report)
    signed = signing.sign(store, report.id, PASS_PHRASE, faces, "李敏", offices.now, approval=approval).report
    withdrawing.withdraw(store, report.id, "台数报错", PASS_PHRASE, "李敏", offices.now)
    assert store.reports.approval(report.id) == approval, "what was signed stays on record"
    draft = filling.next_revision(store, store.reports.get(signed.id), "李敏", offices.now)
    second = reviewing.review(store, draft.id, "马晓东", offices.now)
    assert store.reports.approval(second.id) is None
    assert code_of(offices, faces, second, None) == "signer_not_named"
    assert code_of(offices, faces, second, approval) == "approval_differs"
    own = approval_for(offices, second)
    signing.sign(store, second.id, PASS_PHRASE, faces, "李敏", offices.now, approval=own)
    assert store.reports.approval(second.id) == own
