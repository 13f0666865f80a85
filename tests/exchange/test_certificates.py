"""Keys, requests, certificates and lists of revoked ones."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import pkcs12
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.domain.identity import SignRole
from desktop.domain.unit import UnitRef
from desktop.exchange import certificates
from desktop.exchange.profile import name_of
from desktop.exchange.unlocking import unlock

from .offices import CITY, COUNTY, NOW, ROUNDS, Office


def test_the_authority_has_three_keys_in_three_roles(office: Office) -> None:
    made = office.authority
    root, issuing = (x509.load_pem_x509_certificate(pem) for pem in (made.root, made.issuing))
    for certificate, length in ((root, 1), (issuing, 0)):
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
        assert (constraints.critical, constraints.value.ca, constraints.value.path_length) == (
            True,
            True,
            length,
        )
        assert isinstance(certificate.public_key().curve, ec.SECP384R1)
    facts = certificates.certificate_facts(made.signer)
    assert (facts.name, facts.unit, facts.unit_code, facts.role) == ("陈芳", CITY.name, CITY.code, "issuer")
    assert certificates.certificate_facts(made.root).role == "root"
    assert certificates.certificate_facts(made.issuing).role == "issuing"
    assert facts.fingerprint == certificates.fingerprint_of(made.signer)
    assert root.not_valid_before_utc == NOW - timedelta(days=1)
    assert root.not_valid_after_utc > issuing.not_valid_after_utc > NOW + timedelta(days=3600)
    assert facts.not_after == NOW + timedelta(days=730)


def test_a_certificate_names_whom_the_request_named(office: Office) -> None:
    request = certificates.read_request(office.csr)
    facts = certificates.certificate_facts(office.certificate)
    assert (request.unit, request.person, request.role) == (COUNTY, "王建国", "issuer")
    assert (facts.unit_code, facts.name, facts.role) == (COUNTY.code, "王建国", "issuer")
    assert certificates.certificate_matches_key(office.certificate, request.fingerprint)
    assert not certificates.certificate_matches_key(office.authority.signer, request.fingerprint)


def test_a_request_for_another_unit_is_refused(office: Office) -> None:
    made = office.authority
    with pytest.raises(RefusedError) as caught:
        certificates.issue_certificate(
            office.csr, UnitRef("YC-XX", "别县"), made.issuing_key, made.issuing, "城市 口令", NOW
        )
    assert caught.value.code == "request_unit_differs"
    assert caught.value.facts == {"expected": "YC-XX", "found": COUNTY.code}


def test_a_person_never_outlives_the_authority(office: Office) -> None:
    made = office.authority
    late = NOW + timedelta(days=3600)
    pem = certificates.issue_certificate(
        office.csr, COUNTY, made.issuing_key, made.issuing, "城市 口令", late
    )
    issuing = x509.load_pem_x509_certificate(made.issuing)
    assert certificates.certificate_facts(pem).not_after == issuing.not_valid_after_utc


def test_a_hostile_request_is_refused(office: Office) -> None:
    name = name_of(COUNTY, "王建国", SignRole.ISSUER)
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    weak = builder.sign(rsa.generate_private_key(65537, 2048), SHA256()).public_bytes(Encoding.PEM)
    other_curve = builder.sign(ec.generate_private_key(ec.SECP384R1()), SHA256()).public_bytes(Encoding.PEM)
    authority = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(name_of(COUNTY, "王建国", SignRole.ROOT))
        .sign(ec.generate_private_key(ec.SECP256R1()), SHA256())
        .public_bytes(Encoding.PEM)
    )
    der = bytearray(x509.load_pem_x509_csr(office.csr).public_bytes(Encoding.DER))
    der[-1] ^= 1
    forged = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM)
    for csr in (weak, other_curve, authority, forged, b"", b"nonsense"):
        with pytest.raises(UnreadableError, match="request_wrong"):
            certificates.read_request(csr)


@pytest.mark.parametrize("person", ["", " 王", "王\n国", "王" * 65])
def test_a_person_has_a_name(person: str) -> None:
    with pytest.raises(RefusedError, match="signer_name_wrong"):
        certificates.create_request(COUNTY, person, "x", ROUNDS, NOW)


def test_a_wrong_pass_phrase_is_refused_and_not_told(office: Office) -> None:
    with pytest.raises(RefusedError) as caught:
        unlock(office.key_blob, office.certificate, b"", b"", "猜一个")
    assert (caught.value.code, caught.value.facts) == ("passphrase_wrong", {})
    assert "猜一个" not in repr(caught.value) + str(caught.value)
    assert caught.value.__suppress_context__
    with pytest.raises(RefusedError, match="passphrase_missing"):
        unlock(office.key_blob, office.certificate, b"", b"", "")
    with pytest.raises(UnreadableError, match="key_damaged"):
        unlock(office.key_blob[:-9], office.certificate, b"", b"", "县里口令")


def test_no_part_of_a_key_shows_in_its_description(office: Office) -> None:
    assert "_key" not in repr(office.county)


def test_a_certificate_of_another_key_cannot_be_used(office: Office) -> None:
    with pytest.raises(RefusedError, match="certificate_of_other_key"):
        unlock(office.key_blob, office.authority.signer, b"", b"", "县里口令")


def test_the_pass_phrase_can_be_changed(office: Office) -> None:
    changed = certificates.change_passphrase(office.key_blob, "县里口令", "新的 口令", ROUNDS)
    assert unlock(changed, office.certificate, b"", b"", "新的 口令").signer.name == "王建国"
    with pytest.raises(RefusedError, match="passphrase_wrong"):
        unlock(changed, office.certificate, b"", b"", "县里口令")


def test_a_pass_phrase_is_the_same_however_it_was_composed() -> None:
    blob, _ = certificates.create_request(COUNTY, "王建国", "caf\u00e9", ROUNDS, NOW)
    assert unlock(blob, b"", b"", b"", "cafe\u0301").signer.name == "王建国"


def test_every_way_to_guess_costs_the_injected_rounds(tmp_path: Path) -> None:
    """`cryptography` alone writes 2,048 rounds for the integrity code, whatever the encryption has."""
    blob, _ = certificates.create_request(COUNTY, "王建国", "secret", 4321, NOW)
    assert pkcs12.Pfx.load(blob)["mac_data"]["iterations"].native == 4321
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to look inside with")
    path = tmp_path / "key.p12"
    path.write_bytes(blob)
    (tmp_path / "phrase").write_text("secret")
    shown = subprocess.run(
        [openssl, "pkcs12", "-in", path, "-info", "-noout", "-passin", f"file:{tmp_path / 'phrase'}"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    lines = [line for line in shown.splitlines() if "teration" in line]
    assert len(lines) == 3
    assert all("Iteration 4321" in line for line in lines)
    assert certificates.DEFAULT_ROUNDS >= 600_000


def test_a_list_names_the_revoked_and_lasts_as_long_as_its_authority(office: Office) -> None:
    made = office.authority
    bundle = certificates.make_crl(
        [(office.certificate, NOW)],
        7,
        made.issuing_key,
        made.issuing,
        made.root_key,
        made.root,
        "城市 口令",
        NOW,
    )
    end = b"-----END X509 CRL-----\n"
    issuing_list, root_list = (x509.load_pem_x509_crl(part + end) for part in bundle.split(end)[:2])
    serial = x509.load_pem_x509_certificate(office.certificate).serial_number
    assert [entry.serial_number for entry in issuing_list] == [serial]
    assert list(root_list) == []
    assert issuing_list.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 7
    issuing = x509.load_pem_x509_certificate(made.issuing)
    assert issuing_list.next_update_utc == issuing.not_valid_after_utc


def test_what_is_no_certificate_is_said_so() -> None:
    for read in (certificates.certificate_facts, certificates.fingerprint_of):
        with pytest.raises(UserError, match="certificate_wrong"):
            read(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
