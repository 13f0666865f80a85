"""Preparer, reviewer and issuer on one PDF: exactly the signatures that the document inside asks for, in their order."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from desktop.domain.codec import canonical_bytes
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.identity import SignRole
from desktop.domain.package import Verification
from desktop.domain.signatures import CO_SIGNERS, FieldPlace, signing_order
from desktop.exchange import pdf_writing
from desktop.exchange.certificates import make_crl
from desktop.exchange.signing import sign_next, sign_pdf, verify_pdf
from desktop.exchange.trust import Trust
from desktop.exchange.unlocking import SigningIdentity

from .offices import CITY, NOW, Office, make_office, person_of
from .test_payloads import DOCUMENT

PREPARER, REVIEWER, ISSUER = SignRole.PREPARER, SignRole.REVIEWER, SignRole.ISSUER
BOXES = {
    PREPARER: (60.0, 300.0, 250.0, 360.0),
    REVIEWER: (300.0, 300.0, 490.0, 360.0),
    ISSUER: (60.0, 60.0, 250.0, 120.0),
}


@dataclass(frozen=True)
class Staff:
    """The three of the county who sign."""

    office: Office
    preparer: SigningIdentity
    reviewer: SigningIdentity

    def of(self, role: SignRole) -> SigningIdentity:
        return {PREPARER: self.preparer, REVIEWER: self.reviewer, ISSUER: self.office.county}[role]


def staff_of(office: Office, now: datetime = NOW) -> Staff:
    named = {PREPARER: "李敏", REVIEWER: "马晓东"}
    return Staff(office, *(person_of(office, role, name, now=now) for role, name in named.items()))


@pytest.fixture(scope="module")
def staff(office: Office) -> Staff:
    return staff_of(office)


def report_of(*roles: SignRole) -> bytes:
    return canonical_bytes(replace(DOCUMENT, co_signers=roles))


def revisions_of(
    staff: Staff,
    pdf: bytes,
    *co_signers: SignRole,
    at: datetime = NOW,
    by: dict[SignRole, SigningIdentity] | None = None,
) -> list[bytes]:
    """The file as it stands after each signature."""
    order = signing_order(co_signers)
    places = [FieldPlace(role, 0, BOXES[role]) for role in order]
    who = {role: staff.of(role) for role in order} | (by or {})
    made = [sign_pdf(pdf, who[order[0]], report_of(*co_signers), "填报", places, at, pdf)]
    for role in order[1:]:
        made.append(sign_next(made[-1], who[role], "签发" if role is ISSUER else "审核", role, at, pdf))
    return made


@pytest.fixture(scope="module")
def made(staff: Staff, plain_pdf: bytes) -> list[bytes]:
    return revisions_of(staff, plain_pdf, *CO_SIGNERS)


def check(data: bytes, office: Office) -> Verification:
    facts, report = verify_pdf(data, office.trust, NOW)
    assert facts.holds or report is None, "what does not hold hands out nothing"
    return facts


def updated(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """An update that no signature covers."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize("co_signers", [(PREPARER, REVIEWER), (PREPARER,), (REVIEWER,), ()])
def test_all_who_were_asked_hold_together(
    staff: Staff, plain_pdf: bytes, co_signers: tuple[SignRole, ...]
) -> None:
    data = revisions_of(staff, plain_pdf, *co_signers)[-1]
    facts, report = verify_pdf(data, staff.office.trust, NOW)
    assert facts.holds, facts.problems
    assert [s.role for s in facts.signers] == list(signing_order(co_signers))
    assert facts.moments == (NOW.isoformat(),) * (len(co_signers) + 1)
    assert (report, facts.reason) == (report_of(*co_signers), "签发" if co_signers else "填报")


def test_each_signature_only_adds_to_the_file_before(made: list[bytes]) -> None:
    assert made[1].startswith(made[0]) and made[2].startswith(made[1])


def test_without_a_root_all_that_is_known_is_said(made: list[bytes]) -> None:
    facts, _ = verify_pdf(made[-1], None, NOW)
    assert (facts.intact, facts.trusted, facts.whole_file, len(facts.signers)) == (True, None, True, 3)


def test_cut_back_to_an_earlier_signature_it_is_not_complete(made: list[bytes], office: Office) -> None:
    """A file that pyHanko and pdfsig call valid: its last signature covers all of it."""
    for cut in made[:-1]:
        facts = check(cut, office)
        assert (facts.intact, facts.whole_file, facts.problems) == (True, False, ("signatures_missing",))


def test_bytes_behind_the_last_signature_are_noticed(made: list[bytes], office: Office) -> None:
    for tail in (b"\n", b"%%EOF\n"):
        assert check(made[-1] + tail, office).problems == ("unsigned_bytes_after",)
    for cut in made:
        assert not check(updated(cut, lambda w: w.update_root()), office).whole_file


def test_bytes_between_two_signatures_are_noticed(made: list[bytes], staff: Staff) -> None:
    """An annotation put over a figure between two signatures: the later one covers it, the first does not allow it."""

    def annotate(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (72, 690, 200, 720))),
                pdf_name("/Contents"): generic.pdf_string("99"),
            }
        )
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page["/Annots"])
        writer.update_container(page)

    data = made[0]
    for shadowed in (updated(data, annotate), updated(data, lambda w: w.update_root())):
        reviewed = sign_next(shadowed, staff.reviewer, "审核", REVIEWER, NOW)
        facts = check(sign_next(reviewed, staff.office.county, "签发", ISSUER, NOW), staff.office)
        assert (facts.intact, facts.whole_file) == (True, False)
        assert set(facts.problems) & {"unsigned_bytes_after", "signed_pdf_changed"}


@pytest.mark.parametrize("what", ["page", "info", "report", "other field"])
def test_a_signature_that_brings_more_than_itself_is_noticed(
    staff: Staff, made: list[bytes], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Hidden in the very revision of a good signature, made by a certificate that the city knows."""
    genuine = pdf_writing._signed

    def more(writer: IncrementalPdfFileWriter, *rest: object) -> bytes:
        if what == "page":
            page = writer.root["/Pages"]["/Kids"][0]
            page["/Rotate"] = generic.NumberObject(90)
            writer.update_container(page)
        elif what == "info":
            info = writer.trailer["/Info"]
            info[pdf_name("/Title")] = generic.pdf_string("other")
            writer.update_container(info)
        elif what == "report":
            stream = writer.root["/AF"][0]["/EF"]["/UF"]
            stream.strip_filters()
            stream._data = report_of()
            stream._encoded_data = None
            writer.update_container(stream)
        else:
            first = writer.root["/AcroForm"]["/Fields"][0]
            first["/AP"] = generic.DictionaryObject(
                {pdf_name("/N"): writer.add_object(generic.StreamObject(stream_data=b""))}
            )
            writer.update_container(first)
        return genuine(writer, *rest)

    monkeypatch.setattr(pdf_writing, "_signed", more)
    data = sign_next(made[1], staff.office.county, "签发", ISSUER, NOW)
    facts = check(data, staff.office)
    assert (facts.intact, facts.whole_file) == (True, False)
    assert "signed_pdf_changed" in facts.problems


def test_nobody_signs_out_of_turn_or_twice(made: list[bytes], staff: Staff, plain_pdf: bytes) -> None:
    for data, role in ((made[0], ISSUER), (made[0], PREPARER), (made[2], ISSUER), (plain_pdf, ISSUER)):
        with pytest.raises(RefusedError, match="pdf_signature_out_of_turn"):
            sign_next(data, staff.of(role), "", role, NOW)
    with pytest.raises(RefusedError, match="pdf_already_signed"):
        sign_pdf(made[2], staff.preparer, None, "", (FieldPlace(ISSUER, 0, None),), NOW)
    with pytest.raises(UnreadableError, match="pdf_damaged"):
        sign_next(b"%PDF-1.4\nnonsense", staff.reviewer, "", REVIEWER, NOW)


def test_another_order_is_noticed(staff: Staff, plain_pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fields stand as asked, but the reviewer signed before the preparer."""
    places = [FieldPlace(role, 0, BOXES[role]) for role in signing_order(CO_SIGNERS)]
    genuine = pdf_writing._signed
    with monkeypatch.context() as patch:
        patch.setattr(
            pdf_writing, "_signed", lambda w, i, r, field, *rest: genuine(w, i, r, "Reviewer", *rest)
        )
        data = sign_pdf(plain_pdf, staff.reviewer, report_of(*CO_SIGNERS), "", places, NOW)
    data = sign_next(data, staff.preparer, "", PREPARER, NOW)
    facts = check(sign_next(data, staff.office.county, "", ISSUER, NOW), staff.office)
    assert (facts.whole_file, facts.problems) == (False, ("signature_fields_wrong",))
    swapped = [FieldPlace(role, 0, BOXES[role]) for role in (REVIEWER, PREPARER, ISSUER)]
    data = sign_pdf(plain_pdf, staff.reviewer, report_of(*CO_SIGNERS), "", swapped, NOW)
    data = sign_next(data, staff.preparer, "", PREPARER, NOW)
    facts = check(sign_next(data, staff.office.county, "", ISSUER, NOW), staff.office)
    assert facts.problems == ("signature_fields_wrong",)


def test_set_of_fields_is_what_the_document_asks_for(staff: Staff, plain_pdf: bytes) -> None:
    """Neither fewer nor more signatures than the data that were frozen say, whoever made the file."""
    for asked, given in (((PREPARER, REVIEWER), ()), ((PREPARER,), (REVIEWER,)), ((), (PREPARER,))):
        order = signing_order(given)
        places = [FieldPlace(role, 0, BOXES[role]) for role in order]
        data = sign_pdf(plain_pdf, staff.of(order[0]), report_of(*asked), "", places, NOW)
        for role in order[1:]:
            data = sign_next(data, staff.of(role), "", role, NOW)
        assert check(data, staff.office).problems == ("signature_fields_wrong",)


def test_a_fourth_signature_is_noticed(
    made: list[bytes], staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_writing, "enumerate_sig_fields", lambda _: iter(()))
    monkeypatch.setattr(pdf_writing, "FIELDS", {PREPARER: "Other"})
    data = sign_pdf(made[2], staff.office.county, None, "", (FieldPlace(PREPARER, 0, None),), NOW)
    facts = check(data, staff.office)
    assert (facts.whole_file, facts.problems[0]) == (False, "signature_fields_wrong")


def test_a_field_signed_again_is_noticed(
    made: list[bytes], staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reviewer's value replaced by another of the reviewer's own, before the issuer signs."""
    genuine = pdf_writing._signed

    def again(writer: IncrementalPdfFileWriter, *rest: object) -> bytes:
        field = writer.root["/AcroForm"]["/Fields"][1]
        del field["/V"]
        return genuine(writer, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(pdf_writing, "_signed", again)
        patch.setattr(pdf_writing, "enumerate_sig_fields", lambda _: iter((("Reviewer", None, None),)))
        twice = sign_next(made[1], staff.reviewer, "", REVIEWER, NOW)
    assert not check(twice, staff.office).holds
    assert not check(sign_next(twice, staff.office.county, "", ISSUER, NOW), staff.office).holds


@pytest.mark.parametrize("place", [PREPARER, REVIEWER, ISSUER])
@pytest.mark.parametrize("holder", [PREPARER, REVIEWER, ISSUER])
def test_a_certificate_is_good_for_its_own_role_only(
    staff: Staff, plain_pdf: bytes, place: SignRole, holder: SignRole
) -> None:
    data = revisions_of(staff, plain_pdf, *CO_SIGNERS, by={place: staff.of(holder)})[-1]
    facts = check(data, staff.office)
    if place is holder:
        assert facts.holds
    else:
        assert (facts.trusted, facts.problems) == (False, ("signer_role_wrong",))


def test_a_reviewer_of_another_unit_is_noticed(staff: Staff, plain_pdf: bytes) -> None:
    foreign = person_of(staff.office, REVIEWER, "周平", CITY)
    data = revisions_of(staff, plain_pdf, *CO_SIGNERS, by={REVIEWER: foreign})[-1]
    assert check(data, staff.office).problems == ("signers_of_several_units",)


def test_one_of_another_root_makes_all_untrusted(staff: Staff, plain_pdf: bytes) -> None:
    stranger = person_of(make_office(), REVIEWER, "马晓东")
    data = revisions_of(staff, plain_pdf, *CO_SIGNERS, by={REVIEWER: stranger})[-1]
    facts = check(data, staff.office)
    assert (facts.trusted, facts.problems) == (False, ("chain_incomplete",))


def test_one_revoked_of_three_is_noticed(staff: Staff, made: list[bytes]) -> None:
    a = staff.office.authority
    pem = staff.reviewer.certificate.public_bytes(Encoding.PEM)
    crls = make_crl([(pem, NOW)], 2, a.issuing_key, a.issuing, a.root_key, a.root, "城市 口令", NOW)
    facts, report = verify_pdf(made[-1], Trust(a.root, crls), NOW)
    assert (facts.revocation, facts.problems) == (False, ("certificate_revoked",))
    assert not facts.holds and report is not None


def test_damage_to_any_of_three_is_noticed(made: list[bytes], office: Office) -> None:
    whole = made[-1]
    starts = [0, *(len(part) for part in made[:-1])]
    for start in starts:
        gap = whole.index(b"/Contents <", start)
        for at in (gap + 11, gap + 80, gap + 2000, start + 40):
            altered = bytearray(whole)
            altered[at] ^= 1
            assert not check(bytes(altered), office).holds


def test_random_alterations_are_all_noticed(made: list[bytes], office: Office) -> None:
    chance = random.Random(17)
    whole = made[-1]
    for _ in range(600):
        altered = bytearray(whole)
        at = chance.randrange(len(altered))
        match chance.randrange(3):
            case 0:
                altered[at] ^= 1 << chance.randrange(8)
            case 1:
                del altered[at : at + chance.randrange(1, 9)]
            case _:
                altered[at:at] = chance.randbytes(chance.randrange(1, 5))
        try:
            assert not check(bytes(altered), office).holds
        except UnreadableError:
            continue


def test_pyhankos_own_validator_agrees_on_all_three(made: list[bytes], office: Office) -> None:
    pem = office.authority.root
    root = asn1_x509.Certificate.load(x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER))
    reader = PdfFileReader(io.BytesIO(made[-1]))
    lists = [asn1_crl.CertificateList.load(s.get_object().data) for s in reader.root["/DSS"]["/CRLs"]]
    for signature in reader.embedded_signatures:
        context = ValidationContext(
            trust_roots=[root], crls=lists, moment=NOW, allow_fetching=False, revocation_mode="require"
        )
        status = validate_pdf_signature(signature, context)
        assert status.bottom_line and status.docmdp_ok
    assert [s.docmdp_level is not None for s in reader.embedded_signatures] == [True, False, False]


def test_pdfsig_calls_all_three_valid(real_time_office: Office, plain_pdf: bytes, tmp_path: Path) -> None:
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("no pdfsig here")
    now = datetime.now(UTC)
    path = tmp_path / "signed.pdf"
    path.write_bytes(revisions_of(staff_of(real_time_office, now), plain_pdf, *CO_SIGNERS, at=now)[-1])
    said = subprocess.run([program, path], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid.") == 3
    assert all(name in said for name in ("李敏", "马晓东", "王建国"))
    assert said.count("Total document signed") == 1, "the last one only"
