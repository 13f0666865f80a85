"""Whom an approval lets sign, for whom, on which day, for which report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.approval import Approval, document_fault, is_scan, signer_fault
from desktop.domain.codec import canonical_bytes, parse_json
from desktop.domain.report import Evidence, People, PlanRef, ReportDocument
from desktop.domain.unit import UnitRef

DIGEST = "ab" * 32
DOCUMENT = ReportDocument(
    1, PlanRef("p", 1, "方案", "cd" * 32), UnitRef("u", "清禾县人民政府"), UnitRef("c", "云川市人民政府"), "2025Q1", 1,
    People("李敏", "马晓东", "王建军"), date(2025, 4, 7), (),
)  # fmt: skip
APPROVAL = Approval(DIGEST, "王建军", "李敏", date(2025, 4, 8), Evidence("ef" * 32, "签批单.pdf", 9))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""),
        ({"signed_on": date(2025, 4, 7)}, ""),
        ({"signed_on": date(2025, 4, 6)}, "approval_too_early"),
        ({"issuer": "赵国强"}, "approval_of_another_issuer"),
        ({"report_digest": "00" * 32}, "approval_of_another_report"),
        ({"signer": "王建军"}, "approval_superfluous"),
    ],
)
def test_it_is_of_one_report_and_its_issuer(change: dict[str, object], code: str) -> None:
    assert document_fault(replace(APPROVAL, **change), DOCUMENT, DIGEST) == code


@pytest.mark.parametrize(
    ("person", "latest", "code"),
    [
        ("李敏", date(2025, 4, 8), ""),
        ("李敏", date(2025, 4, 7), "approval_too_late"),
        ("李 敏", date(2025, 4, 8), "approval_of_another_signer"),
        ("王建军", date(2025, 4, 8), "approval_superfluous"),
    ],
)
def test_it_lets_one_person_sign(person: str, latest: date, code: str) -> None:
    assert signer_fault(APPROVAL, person, latest) == code


def test_it_survives_its_json() -> None:
    assert parse_json(canonical_bytes(APPROVAL), Approval) == APPROVAL


def test_a_scan_is_a_document_of_pages_or_a_picture() -> None:
    assert [is_scan(n) for n in ("a.PDF", "a.ofd", "a.jpeg", "a.tif", "a.docx", "a.zip", "a", "a.pdf.exe")] == [
        True, True, True, True, False, False, False, False,
    ]  # fmt: skip
