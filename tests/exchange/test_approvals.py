"""The approval in a submission: exactly one, of this report and its issuer, with exactly the scan that it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.approval import Approval
from desktop.domain.codec import canonical_bytes, digest_of
from desktop.domain.errors import UnreadableError
from desktop.domain.report import Evidence
from desktop.exchange import submission
from desktop.exchange.packages import open_package, seal

from .offices import NOW, Office, header_of
from .test_payloads import DOCUMENT, SUBMISSION, refused

SCAN = b"%PDF-1.4 the sheet, signed by hand"
APPROVAL = Approval(
    digest_of(SUBMISSION.document_bytes), "王建国", "李敏", date(2026, 4, 8),
    Evidence(digest_of(SCAN), "签批单.pdf", len(SCAN), "application/pdf"),
)  # fmt: skip
SIGNED_FOR = replace(SUBMISSION, approval=APPROVAL, scan=SCAN)
NAME = f"approval/{digest_of(SCAN)}"


def files(approval: Approval = APPROVAL, scan: bytes = SCAN) -> dict[str, bytes]:
    return submission.write_submission(replace(SUBMISSION, approval=approval, scan=scan))


def code_of(approval: Approval) -> str:
    with pytest.raises(UnreadableError) as caught:
        submission.read_submission(files(approval))
    return caught.value.code


def test_it_comes_out_of_a_sealed_package_as_it_went_in(office: Office) -> None:
    opened = open_package(seal(header_of(), files(), office.county), office.trust, NOW)
    assert opened.verification.holds
    assert submission.read_submission(opened.files) == SIGNED_FOR
    assert opened.files["approval.json"] == canonical_bytes(APPROVAL) and opened.files[NAME] == SCAN


def test_without_one_a_submission_is_what_it_always_was() -> None:
    written = submission.write_submission(SUBMISSION)
    assert not [name for name in written if name.startswith("approval")]
    assert submission.read_submission(written).approval is None
    assert files()["report.json"] == written["report.json"], "the frozen document knows nothing of it"


@pytest.mark.parametrize("gone", ["approval.json", NAME])
def test_scan_and_approval_only_come_together(gone: str) -> None:
    left = {name: content for name, content in files().items() if name != gone}
    assert refused(submission.read_submission, left).startswith(NAME)


def test_a_second_scan_is_refused() -> None:
    other = f"approval/{digest_of(b'another')}"
    assert f"{other}: unexpected" in refused(submission.read_submission, {**files(), other: b"another"})


def test_scan_is_exactly_what_the_approval_names() -> None:
    assert "other content" in refused(submission.read_submission, {**files(), NAME: SCAN + b" "})
    shorter = replace(APPROVAL, scan=replace(APPROVAL.scan, size=len(SCAN) - 1))
    assert "other content" in refused(submission.read_submission, files(shorter))
    empty = replace(APPROVAL, scan=Evidence(digest_of(b""), "签批单.pdf", 0))
    assert "scan" in refused(submission.read_submission, files(empty, b""))


@pytest.mark.parametrize(
    "name", ["签批单.exe", "签批单", "../签批单.pdf", "签批\n单.pdf", "NUL.pdf", "单\u202efdp.pdf"]
)
def test_scan_bears_the_plain_name_of_a_document(name: str) -> None:
    named = replace(APPROVAL, scan=replace(APPROVAL.scan, name=name))
    assert "scan" in refused(submission.read_submission, files(named))


def test_approval_is_read_strictly() -> None:
    data = canonical_bytes(APPROVAL)
    for wrong in (data + b"\n", data[:-1] + b',"more":1}', b"\xff" + data, b"[]"):
        assert "approval.json" in refused(submission.read_submission, {**files(), "approval.json": wrong})
    odd = replace(APPROVAL, scan=replace(APPROVAL.scan, digest="../../x"))
    assert "approval/../../x: missing" in refused(
        submission.read_submission, {**files(), "approval.json": canonical_bytes(odd)}
    )


def test_people_and_report_must_match() -> None:
    assert code_of(replace(APPROVAL, issuer="赵国强")) == "approval_of_another_issuer"
    assert code_of(replace(APPROVAL, signer="王建国")) == "approval_superfluous"
    assert code_of(replace(APPROVAL, report_digest="00" * 32)) == "approval_of_another_report"
    assert code_of(replace(APPROVAL, signed_on=date(2026, 4, 7))) == "approval_too_early"
    assert DOCUMENT.prepared_on == date(2026, 4, 8)
