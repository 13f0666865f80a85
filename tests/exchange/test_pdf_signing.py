"""Signed PDFs: the reader's rules, and what other programs say."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.identity import SignRole
from desktop.domain.package import Verification
from desktop.domain.signatures import FieldPlace
from desktop.exchange import pdf_attachment, pdf_reading, pdf_structure, pdf_writing
from desktop.exchange.certificates import make_crl
from desktop.exchange.packages import verify_file
from desktop.exchange.signing import sign_pdf, verify_pdf
from desktop.exchange.trust import Trust
from desktop.exchange.unlocking import SigningIdentity, unlock

from .offices import CITY, NOW, Office, make_office

REPORT = '{"quarter":"2026Q1","说明":"数据"}'.encode()
BOX = (300.0, 60.5, 500.0, 140.0)


def signed_by(
    identity: SigningIdentity, pdf: bytes, report: bytes | None = REPORT, at: datetime = NOW
) -> bytes:
    return sign_pdf(
        pdf, identity, report, "签发2026年第1季度季报", (FieldPlace(SignRole.ISSUER, -1, BOX),), at
    )


@pytest.fixture(scope="module")
def signed(office: Office, plain_pdf: bytes) -> bytes:
    return signed_by(office.county, plain_pdf)


def check(data: bytes, office: Office, at: datetime = NOW) -> Verification:
    return verify_pdf(data, office.trust, at)[0]


def test_every_fact_is_known_and_good(office: Office, signed: bytes, plain_pdf: bytes) -> None:
    facts, report = verify_pdf(signed, office.trust, NOW)
    assert facts.holds
    assert (facts.kind, facts.signers[0].name, facts.signers[0].role) == ("pdf", "王建国", "issuer")
    assert report == REPORT
    assert signed.startswith(plain_pdf)
    assert verify_file(signed, office.trust, NOW) == facts


def test_it_certifies_with_form_filling_left_open(signed: bytes) -> None:
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level.value == 2
    assert signature.self_reported_timestamp == NOW
    assert str(signature.sig_object["/Reason"]) == "签发2026年第1季度季报"
    # The time stands in the PDF: PAdES keeps it out of the signature.
    names = {a["type"].native for a in signature.signer_info["signed_attrs"]}
    assert "signing_time" not in names
    assert "signing_certificate_v2" in names


def test_pyhankos_own_validator_agrees_with_revocation_required(office: Office, signed: bytes) -> None:
    """Two independent roads from the signature to the root: theirs and ours."""
    pem = office.authority.root
    root = asn1_x509.Certificate.load(x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER))
    reader = PdfFileReader(io.BytesIO(signed))
    lists = [asn1_crl.CertificateList.load(s.get_object().data) for s in reader.root["/DSS"]["/CRLs"]]
    context = ValidationContext(
        trust_roots=[root], crls=lists, moment=NOW, allow_fetching=False, revocation_mode="require"
    )
    status = validate_pdf_signature(reader.embedded_signatures[0], context)
    assert status.bottom_line
    assert status.docmdp_ok
    without = ValidationContext(
        trust_roots=[root], crls=lists[:1], moment=NOW, allow_fetching=False, revocation_mode="require"
    )
    assert not validate_pdf_signature(reader.embedded_signatures[0], without).bottom_line


def test_a_signature_needs_no_place_on_paper(office: Office, plain_pdf: bytes) -> None:
    data = sign_pdf(plain_pdf, office.city, None, "", (FieldPlace(SignRole.ISSUER, 0, None),), NOW)
    facts, report = verify_pdf(data, office.trust, NOW)
    assert facts.holds
    assert (facts.signers[0].unit_code, report) == (CITY.code, None)


def test_without_a_root_trust_is_unknown(office: Office, signed: bytes) -> None:
    facts, report = verify_pdf(signed, None, NOW)
    assert (facts.intact, facts.trusted, facts.revocation, facts.whole_file) == (True, None, None, True)
    assert (facts.problems, report) == ((), REPORT)


def test_a_wrong_root_and_a_past_day(office: Office, signed: bytes) -> None:
    facts, report = verify_pdf(signed, Trust(make_office().authority.root), NOW)
    assert (facts.intact, facts.trusted, facts.problems, report) == (
        True,
        False,
        ("chain_incomplete",),
        None,
    )
    assert check(signed, office, NOW + timedelta(days=800)).problems == ("certificate_expired",)


def test_revocation_by_the_list_inside_and_by_the_readers_own(office: Office, plain_pdf: bytes) -> None:
    a = office.authority
    crls = make_crl(
        [(office.certificate, NOW)], 2, a.issuing_key, a.issuing, a.root_key, a.root, "城市 口令", NOW
    )
    identity = unlock(office.key_blob, office.certificate, a.issuing, crls, "县里口令")
    assert check(signed_by(identity, plain_pdf), office).revocation is False
    facts, _ = verify_pdf(signed_by(office.county, plain_pdf), Trust(a.root, crls), NOW)
    assert (facts.revocation, facts.problems) == (False, ("certificate_revoked",))
    bare = unlock(office.key_blob, office.certificate, a.issuing, b"", "县里口令")
    facts = check(signed_by(bare, plain_pdf), office)
    assert (facts.trusted, facts.revocation, facts.problems) == (True, None, ("crl_missing",))


def test_every_kind_of_alteration_is_noticed(office: Office, signed: bytes, plain_pdf: bytes) -> None:
    flipped = signed.replace(b"first page", b"First page")
    assert check(flipped, office).problems == ("content_altered",)
    assert check(flipped, office).intact is False
    for tail in (b"\n", b" ", b"%%EOF\n"):
        facts, report = verify_pdf(signed + tail, office.trust, NOW)
        assert (facts.whole_file, facts.problems, report) == (False, ("unsigned_bytes_after",), None)
    assert check(signed[:-3], office).intact is False
    assert check(plain_pdf, office).problems == ("pdf_not_signed",)
    assert not check(b"x".join((b"%PDF-1.4\n", b"/ByteRange [0 9999999999 9999999999 1]")), office).intact


def test_no_byte_can_be_changed(office: Office, signed: bytes) -> None:
    """Every byte of the room around the signature too, which the signature itself does not cover."""
    start, end = (
        signed.index(b"<", signed.index(b"/Contents")),
        signed.index(b">", signed.index(b"/Contents")),
    )
    for at in (
        start,
        start + 1,
        start + 60,
        end - 1,
        end,
        *range(start + 900, end, 211),
        *range(0, start, 97),
    ):
        for mask in (0x01, 0x20):
            altered = bytearray(signed)
            altered[at] ^= mask
            try:
                facts, report = verify_pdf(bytes(altered), office.trust, NOW)
            except UnreadableError:
                continue
            assert not facts.holds
            assert report is None


def test_an_incremental_update_is_noticed(office: Office, signed: bytes) -> None:
    """pdfsig calls it valid, and a viewer may show other words than were signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = generic.pdf_string("zh-CN")
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    facts, report = verify_pdf(output.getvalue(), office.trust, NOW)
    assert (facts.intact, facts.whole_file, report) == (True, False, None)
    assert "unsigned_bytes_after" in facts.problems


def test_a_second_signature_is_not_in_the_set(office: Office, signed: bytes) -> None:
    with pytest.raises(RefusedError, match="pdf_already_signed"):
        signed_by(office.city, signed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_writing, "enumerate_sig_fields", lambda _: iter(()))
        twice = sign_pdf(signed, office.city, None, "", (FieldPlace(SignRole.REVIEWER, 0, None),), NOW)
    facts, report = verify_pdf(twice, office.trust, NOW)
    assert (facts.whole_file, facts.problems[0], report) == (False, "signature_fields_wrong", None)
    # Cut back to the first signature it is the file that was signed first, and nothing else.
    assert verify_pdf(twice[: len(signed)], office.trust, NOW) == verify_pdf(signed, office.trust, NOW)


def test_an_empty_box_is_no_place_on_paper(office: Office, plain_pdf: bytes) -> None:
    data = sign_pdf(
        plain_pdf, office.county, None, "", (FieldPlace(SignRole.ISSUER, 0, (0.0, 0.0, 0.0, 0.0)),), NOW
    )
    assert check(data, office).holds
    assert b"/AP" not in data


def test_random_alterations_are_all_noticed(office: Office, signed: bytes) -> None:
    chance = random.Random(31)
    for _ in range(1500):
        altered = bytearray(signed)
        at = chance.randrange(len(altered))
        match chance.randrange(3):
            case 0:
                altered[at] ^= 1 << chance.randrange(8)
            case 1:
                del altered[at : at + chance.randrange(1, 9)]
            case _:
                altered[at:at] = chance.randbytes(chance.randrange(1, 5))
        try:
            facts, report = verify_pdf(bytes(altered), office.trust, NOW)
        except UnreadableError:
            continue
        assert not facts.holds
        assert report is None


def test_an_empty_field_beside_the_signature_is_noticed(office: Office, plain_pdf: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(plain_pdf))
    append_signature_field(writer, SigFieldSpec("Other"))
    output = io.BytesIO()
    writer.write(output)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_writing, "enumerate_sig_fields", lambda _: iter(()))
        data = signed_by(office.county, output.getvalue())
    facts, report = verify_pdf(data, office.trust, NOW)
    assert (facts.whole_file, facts.problems[0], report) == (False, "signature_fields_wrong", None)


def test_an_approval_is_no_certification(office: Office, plain_pdf: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        genuine = pdf_writing.SigMDPSetup
        patch.setattr(pdf_writing, "SigMDPSetup", lambda name, **_: genuine(name, certify=False))
        data = signed_by(office.county, plain_pdf)
    facts = check(data, office)
    assert (facts.whole_file, facts.problems) == (False, ("signature_not_certifying",))


def test_a_bomb_in_the_attachment_is_not_unpacked(
    office: Office, plain_pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = bytes(pdf_attachment._LIMIT + 1)
    with pytest.raises(RefusedError, match="report_too_large"):
        signed_by(office.county, plain_pdf, bomb)
    with monkeypatch.context() as patch:
        patch.setattr(pdf_attachment, "_LIMIT", 2**40)
        data = signed_by(office.county, plain_pdf, bomb)
    assert len(data) < 200_000
    facts, report = verify_pdf(data, office.trust, NOW)
    assert (facts.intact, facts.problems, report) == (True, ("attachment_too_large",), None)


def test_an_attachment_of_another_name_is_not_ours(
    office: Office, plain_pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(pdf_attachment, "_NAME", "other.json")
        data = signed_by(office.county, plain_pdf)
    facts, report = verify_pdf(data, office.trust, NOW)
    assert (facts.problems, report) == (("attachment_wrong",), None)


def test_the_structure_of_a_distrusted_pdf_is_not_read(
    office: Office, signed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anyone can sign a file that unpacks to gigabytes; only whom the city knows is read."""

    def unexpected(*_: object, **__: object) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(pdf_structure, "PdfFileReader", unexpected)
    facts, _ = verify_pdf(signed, Trust(make_office().authority.root), NOW)
    assert facts.trusted is False
    assert "pdf_damaged" not in facts.problems


def test_what_is_no_pdf(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match="file_not_ours"):
        verify_pdf(b"PK", office.trust, NOW)
    with pytest.raises(UnreadableError, match="pdf_damaged"):
        signed_by(office.county, b"%PDF-1.4\nnonsense")
    monkeypatch.setattr(pdf_reading, "MAX_PDF", 10)
    with pytest.raises(UnreadableError, match="file_too_large"):
        verify_pdf(b"%PDF-" + bytes(10), office.trust, NOW)


def test_pdfsig_agrees(real_time_office: Office, plain_pdf: bytes, tmp_path: Path) -> None:
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("no pdfsig here")
    data = signed_by(real_time_office.county, plain_pdf, at=datetime.now(UTC))
    path = tmp_path / "signed.pdf"

    def say(content: bytes) -> str:
        path.write_bytes(content)
        return subprocess.run([program, path], capture_output=True, text=True, check=False).stdout

    said = say(data)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "王建国" in said
    assert "Signature is Valid." not in say(data.replace(b"first page", b"First page"))


def test_the_attachment_and_every_font_are_there_for_others(signed: bytes, tmp_path: Path) -> None:
    program = shutil.which("pdfdetach")
    if program is None:
        pytest.skip("no pdfdetach here")
    (tmp_path / "signed.pdf").write_bytes(signed)
    subprocess.run([program, "-save", "1", "-o", tmp_path / "out.json", tmp_path / "signed.pdf"], check=True)
    assert (tmp_path / "out.json").read_bytes() == REPORT
