"""A signed report still says of itself what its document says: one Info dictionary and one XMP, the first revision's."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.domain.codec import canonical_bytes
from desktop.domain.signatures import CO_SIGNERS, FieldPlace
from desktop.exchange.signing import sign_next, sign_pdf, verify_pdf
from desktop.reports.fonts import load_faces
from desktop.reports.rendered import RenderedPdf
from desktop.reports.unit_report import render_unit_report
from tests.reports import samples
from tests.reports.conftest import FONTS

from .offices import NOW, Office
from .test_several_signatures import report_of, staff_of

DOCUMENT = samples.report(count=2)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> RenderedPdf:
    return render_unit_report(DOCUMENT, load_faces(FONTS, tmp_path_factory.mktemp("no-fonts")))


def signed_by(office: Office, rendered: RenderedPdf, at: datetime) -> bytes:
    data = canonical_bytes(DOCUMENT)
    return sign_pdf(rendered.pdf, office.county, data, "签发", rendered.signature_places, at)


def assert_described_as(first: bytes, signed: bytes) -> None:
    before, after = (PdfFileReader(io.BytesIO(pdf), strict=True) for pdf in (first, signed))
    for key in ("/Metadata", "/OutputIntents", "/Lang", "/ViewerPreferences"):
        assert after.root.raw_get(key) == before.root.raw_get(key), key
    assert after.trailer.raw_get("/Info") == before.trailer.raw_get("/Info")
    changed = {
        reference
        for number in range(before.xrefs.total_revisions, after.xrefs.total_revisions)
        for reference in after.xrefs.explicit_refs_in_revision(number)
    }
    kept = {before.root.raw_get("/Metadata").reference, before.trailer.raw_get("/Info").reference}
    assert not kept & changed
    assert signed.count(b"<x:xmpmeta") == 1 and b"pyHanko" not in signed


def test_one_signature_leaves_it(office: Office, rendered: RenderedPdf) -> None:
    signed = signed_by(office, rendered, NOW)
    facts, report = verify_pdf(signed, office.trust, NOW)
    assert facts.holds and report == canonical_bytes(DOCUMENT)
    assert_described_as(rendered.pdf, signed)


def test_three_signatures_leave_it(office: Office, rendered: RenderedPdf) -> None:
    staff = staff_of(office)
    first, *later = CO_SIGNERS
    places = [FieldPlace(role, 0, (60.0, 60.0, 90.0, 90.0)) for role in CO_SIGNERS]
    data = report_of(*CO_SIGNERS)
    signed = sign_pdf(rendered.pdf, staff.of(first), data, "填报", (*places, *rendered.signature_places), NOW)
    for role in (*later, rendered.signature_places[-1].role):
        signed = sign_next(signed, staff.of(role), "签", role, NOW)
    assert verify_pdf(signed, office.trust, NOW)[0].holds
    assert_described_as(rendered.pdf, signed)


def test_other_programs_find_no_fault(
    real_time_office: Office, rendered: RenderedPdf, tmp_path: Path
) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_by(real_time_office, rendered, datetime.now(UTC)))

    def said(*command: str) -> str:
        done = subprocess.run([*command, str(path)], check=True, capture_output=True)
        assert done.stderr == b""
        return done.stdout.decode("utf-8")

    said("qpdf", "--check")
    assert "Signature is Valid." in said("pdfsig", "-nocert")
    packet = said("pdfinfo", "-meta")
    assert DOCUMENT.unit.name in packet and "2025-04-09T00:00:00+08:00" in packet
