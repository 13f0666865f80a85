"""Sealing and opening packages: separate facts, never one boolean."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.domain.codec import canonical_bytes, digest_of
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.identity import SignRole
from desktop.domain.package import PackageKind, Verification
from desktop.exchange import profile
from desktop.exchange.certificates import make_crl
from desktop.exchange.container import HEADER_NAME, MANIFEST_NAME, SIGNATURE_NAME, pack, unpack
from desktop.exchange.keyring import open_key
from desktop.exchange.manifest import read_manifest, write_manifest
from desktop.exchange.packages import assemble, open_package, seal, verify_file
from desktop.exchange.trust import Trust
from desktop.exchange.unlocking import SigningIdentity, unlock

from .offices import CITY, COUNTY, NOW, Office, header_of, make_office

FILES = {"report.json": b'{"a":1}', "report.pdf": b"%PDF-", "evidence/" + "ab" * 32: b"\xff" * 300}


@pytest.fixture(scope="module")
def sealed(office: Office) -> bytes:
    return seal(header_of(), FILES, office.county)


def check(data: bytes, office: Office, trust: Trust | None = None, at: datetime = NOW) -> Verification:
    return open_package(data, trust or office.trust, at).verification


def test_round_trip_with_every_fact_known_and_good(office: Office, sealed: bytes) -> None:
    opened = open_package(sealed, office.trust, NOW)
    assert opened.files == FILES
    assert opened.digest == digest_of(sealed)
    assert replace(opened.header, files=()) == header_of()
    assert [f.name for f in opened.header.files] == sorted(FILES)
    assert opened.verification.holds
    (signer,) = opened.verification.signers
    assert (signer.name, signer.unit, signer.unit_code, signer.role) == (
        "王建国",
        COUNTY.name,
        COUNTY.code,
        "issuer",
    )
    assert verify_file(sealed, office.trust, NOW) == opened.verification


def test_without_a_root_trust_is_unknown_not_false(office: Office, sealed: bytes) -> None:
    facts = open_package(sealed, None, NOW).verification
    assert (facts.intact, facts.trusted, facts.revocation, facts.whole_file) == (True, None, None, True)
    assert facts.problems == ()


def test_another_citys_root_is_not_trusted(office: Office, sealed: bytes) -> None:
    other = make_office()
    facts = check(sealed, office, Trust(other.authority.root))
    assert (facts.intact, facts.trusted, facts.problems) == (True, False, ("chain_incomplete",))


def test_validity_runs_on_real_time(office: Office, sealed: bytes) -> None:
    for at, problem in (
        (NOW + timedelta(days=731), "certificate_expired"),
        (NOW - timedelta(days=2), "certificate_not_yet_valid"),
    ):
        facts = check(sealed, office, at=at)
        assert (facts.intact, facts.trusted, facts.problems) == (True, False, (problem,))


def revoking(office: Office, certificate: bytes, number: int = 2) -> bytes:
    a = office.authority
    return make_crl(
        [(certificate, NOW)], number, a.issuing_key, a.issuing, a.root_key, a.root, "城市 口令", NOW
    )


def test_a_revoked_signer_is_known_by_the_readers_own_list(office: Office, sealed: bytes) -> None:
    facts = check(sealed, office, Trust(office.authority.root, revoking(office, office.certificate)))
    assert (facts.intact, facts.trusted, facts.revocation) == (True, True, False)
    assert facts.problems == ("certificate_revoked",)
    assert not facts.holds


def test_a_revoked_signer_is_known_by_the_list_inside(office: Office) -> None:
    crls = revoking(office, office.certificate)
    identity = unlock(office.key_blob, office.certificate, office.authority.issuing, crls, "县里口令")
    assert check(seal(header_of(), FILES, identity), office).revocation is False


def without_lists(office: Office, crls: bytes = b"") -> bytes:
    identity = unlock(office.key_blob, office.certificate, office.authority.issuing, crls, "县里口令")
    return seal(header_of(), FILES, identity)


def test_without_lists_revocation_is_unknown(office: Office) -> None:
    facts = check(without_lists(office), office)
    assert (facts.trusted, facts.revocation, facts.problems) == (True, None, ("crl_missing",))
    assert check(without_lists(office), office, Trust(office.authority.root, office.authority.crls)).holds


def test_the_list_of_one_authority_is_not_enough(office: Office) -> None:
    end = b"-----END X509 CRL-----\n"
    first = office.authority.crls.split(end)[0] + end
    facts = check(without_lists(office, first), office)
    assert (facts.revocation, facts.problems) == (None, ("crl_missing",))


def test_a_list_that_its_authority_did_not_sign_counts_for_nothing(office: Office) -> None:
    facts = check(without_lists(office, make_office().authority.crls), office)
    assert (facts.revocation, facts.problems) == (None, ("crl_wrong", "crl_missing"))


def test_a_list_past_its_day_says_nothing(office: Office) -> None:
    key = office.authority
    issuing = x509.load_pem_x509_certificate(key.issuing)

    private, _ = open_key(key.issuing_key, "城市 口令")
    short = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuing.subject)
        .last_update(NOW - timedelta(days=9))
        .next_update(NOW - timedelta(days=1))
        .sign(private, SHA384())
    )
    end = b"-----END X509 CRL-----\n"
    root_list = key.crls.split(end)[1] + end

    facts = check(without_lists(office, short.public_bytes(Encoding.PEM) + root_list), office)
    assert (facts.trusted, facts.revocation, facts.problems) == (True, None, ("crl_expired",))


def test_an_authority_is_no_signer(office: Office) -> None:
    """Whoever holds the issuing key may make certificates, not packages, even with a key of the right kind."""

    made = office.authority
    root_key, root = open_key(made.root_key, "城市 口令")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.load_pem_x509_certificate(made.issuing).subject
    certificate = profile.authority_certificate(name, key, root.subject, root_key, 0, NOW)
    identity = SigningIdentity(certificate, (), (), key)
    facts = check(assemble(header_of(issuer=CITY), FILES, identity), office)
    assert (facts.intact, facts.trusted, facts.problems) == (True, False, ("signer_role_wrong",))


def test_a_person_cannot_make_persons(office: Office) -> None:
    """A certificate that an ordinary signer issued leads nowhere."""

    county_key, county = open_key(office.key_blob, "县里口令")
    genuine = x509.load_pem_x509_certificate(office.certificate)
    key = ec.generate_private_key(ec.SECP256R1())
    name = profile.name_of(COUNTY, "冒名者", SignRole.ISSUER)
    forged = profile.person_certificate(name, key.public_key(), genuine, county_key, NOW)
    above = (genuine, x509.load_pem_x509_certificate(office.authority.issuing))
    facts = check(assemble(header_of(), FILES, SigningIdentity(forged, above, (), key)), office)
    assert (facts.trusted, facts.problems) == (False, ("chain_incomplete",))
    assert county.subject == genuine.subject


def test_the_signer_speaks_for_the_issuer_only(office: Office) -> None:
    with pytest.raises(RefusedError) as caught:
        seal(header_of(issuer=CITY), FILES, office.county)
    assert caught.value.code == "signer_not_issuer"
    assert caught.value.facts == {"signer": COUNTY.code, "issuer": CITY.code}
    facts = check(assemble(header_of(issuer=CITY), FILES, office.county), office)
    assert (facts.intact, facts.trusted, facts.problems) == (True, True, ("signer_not_issuer",))
    assert not facts.holds


def test_a_request_has_nobody_to_trust_yet(office: Office) -> None:
    data = seal(header_of(PackageKind.REQUEST), {"request.csr": office.csr}, office.applicant)
    facts = check(data, office)
    assert (facts.intact, facts.trusted, facts.revocation, facts.problems) == (True, None, None, ())
    assert facts.signers[0].name == "王建国"


def test_a_request_is_signed_by_the_key_it_is_for(office: Office) -> None:
    other = make_office()
    data = seal(header_of(PackageKind.REQUEST), {"request.csr": other.csr}, office.applicant)
    assert check(data, office).problems == ("request_of_other_key",)


def test_a_self_signed_key_seals_nothing_but_requests(office: Office) -> None:
    facts = check(seal(header_of(), FILES, office.applicant), office)
    assert (facts.intact, facts.trusted) == (True, False)


def header_error(office: Office, header: bytes) -> UnreadableError:
    entries = {**unpack(seal(header_of(), FILES, office.county)), HEADER_NAME: header}
    with pytest.raises(UnreadableError) as caught:
        open_package(pack(entries), office.trust, NOW)
    return caught.value


def test_a_newer_package_is_refused_by_its_version(office: Office) -> None:
    newer = header_error(office, b'{"format":9,"least_reader":9,"unheard":true}')
    assert (newer.code, newer.facts) == ("package_newer", {"version": 9, "known": 1})


def test_a_later_format_that_this_reader_may_read_is_read(office: Office) -> None:
    plain = json.loads(canonical_bytes(header_of()))
    entries = unpack(seal(header_of(), {}, office.county))
    entries[HEADER_NAME] = json.dumps({**plain, "format": 2, "new_field": 1}).encode()
    assert open_package(pack(entries), office.trust, NOW).header.format == 2


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b"[" * 100_000,
        b'{"format":1,"least_reader":true}',
        b'{"format":1,"least_reader":1,"kind":"other"}',
        b'{"format":1,"least_reader":1,"format":1}',
        b"\xff\xfe",
    ],
)
def test_a_header_that_cannot_be_read(office: Office, header: bytes) -> None:
    assert header_error(office, header).code == "package_header_wrong"


def test_header_fields_are_bounded_by_sense(office: Office) -> None:
    plain = json.loads(canonical_bytes(header_of()))
    for change in ({"sequence": 0}, {"claimed_time": "2026-04-08T09:30:00"}, {"format": 0}):
        assert header_error(office, json.dumps({**plain, **change}).encode()).code == "package_header_wrong"


def test_what_is_missing_is_damage(sealed: bytes, office: Office) -> None:
    for name in (MANIFEST_NAME, SIGNATURE_NAME, HEADER_NAME):
        entries = unpack(sealed)
        del entries[name]
        with pytest.raises(UnreadableError, match="package_damaged"):
            open_package(pack(entries), office.trust, NOW)


def test_verify_tells_facts_of_a_damaged_package_too(office: Office, sealed: bytes) -> None:
    facts = verify_file(sealed[:-5], office.trust, NOW)
    assert (facts.kind, facts.intact, facts.problems) == ("package", False, ("package_damaged",))
    with pytest.raises(UnreadableError, match="file_not_ours"):
        verify_file(b"MZ", office.trust, NOW)


def test_the_manifest_has_one_form() -> None:
    manifest = write_manifest({HEADER_NAME: b"{}", "data/x": b"x"})
    assert set(read_manifest(manifest)) == {HEADER_NAME, "data/x"}
    for other in (
        b"",
        manifest + b" ",
        manifest.replace(b"sha256", b"sha512", 1),
        manifest.replace(b"\n", b"\r\n"),
        b"<!DOCTYPE x>" + manifest,
    ):
        with pytest.raises(ValueError, match=r"."):
            read_manifest(other)


def test_openssl_checks_it_without_us(real_time_office: Office, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here")
    header = replace(header_of(), claimed_time=datetime.now(UTC))
    entries = unpack(seal(header, FILES, real_time_office.county))
    for name in (MANIFEST_NAME, SIGNATURE_NAME):
        (tmp_path / Path(name).name).write_bytes(entries[name])
    (tmp_path / "root.pem").write_bytes(real_time_office.authority.root)
    (tmp_path / "crls.pem").write_bytes(real_time_office.authority.crls)
    command = [openssl, *["cms", "-verify", "-binary", "-inform", "DER", "-in", "signature001.p7s"]]
    command += ["-content", "ASiCManifest001.xml", "-CAfile", "root.pem", "-purpose", "any"]

    def run(*more: str) -> int:
        return subprocess.run([*command, *more], cwd=tmp_path, capture_output=True, check=False).returncode

    assert run() == 0
    (tmp_path / "trusted.pem").write_bytes(real_time_office.authority.root + real_time_office.authority.crls)
    command[command.index("root.pem")] = "trusted.pem"
    assert run("-crl_check_all") == 0
    flipped = bytearray(entries[MANIFEST_NAME])
    flipped[-30] ^= 1
    (tmp_path / "ASiCManifest001.xml").write_bytes(flipped)
    assert run() != 0


def test_packages_are_read_without_loading_the_pdf_library() -> None:
    """It takes a second, which a screen that opens the inbox should not wait for."""
    program = "import sys, desktop.exchange.packages; sys.exit('pyhanko' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
