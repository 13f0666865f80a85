"""Packages in hostile hands: whatever is altered is noticed."""

from __future__ import annotations

import hashlib
import random

import pytest
from asn1crypto import cms as asn1_cms
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from desktop.domain.errors import UnreadableError
from desktop.domain.package import Verification
from desktop.exchange import cms
from desktop.exchange.container import MANIFEST_NAME, SIGNATURE_NAME, pack, unpack
from desktop.exchange.manifest import write_manifest
from desktop.exchange.packages import open_package, seal

from .offices import NOW, Office, header_of

FILES = {"report.json": b'{"a":1}', "report.pdf": b"%PDF-", "evidence/" + "ab" * 32: b"\xff" * 300}


@pytest.fixture(scope="module")
def sealed(office: Office) -> bytes:
    return seal(header_of(), FILES, office.county)


def check(data: bytes, office: Office) -> Verification:
    return open_package(data, office.trust, NOW).verification


def test_altered_content_is_a_fact_not_an_error(office: Office, sealed: bytes) -> None:
    entries = unpack(sealed)
    entries["data/report.json"] = b'{"a":2}'
    opened = open_package(pack(entries), office.trust, NOW)
    assert opened.verification.intact is False
    assert opened.verification.problems == ("content_altered",)
    assert opened.files["report.json"] == b'{"a":2}'


def test_a_file_more_or_less_is_noticed(office: Office, sealed: bytes) -> None:
    entries = unpack(sealed)
    added = check(pack({**entries, "data/extra.json": b"{}"}), office)
    assert (added.intact, added.whole_file, added.problems) == (True, False, ("files_unsigned",))
    assert not added.holds
    del entries["data/report.pdf"]
    removed = check(pack(entries), office)
    assert (removed.intact, removed.whole_file) == (False, False)


def test_a_new_manifest_needs_a_new_signature(office: Office, sealed: bytes) -> None:
    entries = {**unpack(sealed), "data/report.json": b'{"a":2}'}
    data = {name: content for name, content in entries.items() if name.startswith("data/")}
    entries[MANIFEST_NAME] = write_manifest(data)
    facts = check(pack(entries), office)
    assert (facts.intact, facts.signers, facts.trusted) == (False, (), False)
    assert "signature_wrong" in facts.problems


def test_a_list_of_files_that_lies_is_noticed(office: Office) -> None:
    """Signed, covered, and yet the header says something else than what is there."""
    opened = unpack(seal(header_of(), FILES, office.county))
    entries = {name: content for name, content in opened.items() if name.startswith("data/")}
    entries["data/report.json"] = b'{"a":2}'
    manifest = write_manifest(entries)

    signature = office.county.sign(hashlib.sha256(manifest).digest(), NOW, with_crls=True)
    data = pack({**entries, MANIFEST_NAME: manifest, SIGNATURE_NAME: signature})
    assert check(data, office).problems == ("file_list_wrong",)


def test_the_other_form_of_a_signature_is_refused(sealed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """(r, n - s) verifies as well as (r, s): one of them only, so that a package has one digest."""

    data = unpack(sealed)[SIGNATURE_NAME]
    assert cms.read_signature(data).good
    # The signature's DER sequence is the last thing in the message: 0x30, its length, two integers.
    length = next(n for n in range(64, 74) if data[-n] == 0x30 and data[-n + 1] == n - 2)
    r, s = decode_dss_signature(data[-length:])
    monkeypatch.setattr(cms, "_lower", lambda signature: signature)
    other = _with_signature(data, encode_dss_signature(r, cms._ORDER - s))
    assert cms.read_signature(other).good
    monkeypatch.undo()
    with pytest.raises(ValueError, match="profile"):
        cms.read_signature(other)


def _with_signature(data: bytes, signature: bytes) -> bytes:
    message = asn1_cms.ContentInfo.load(data)
    message["content"]["signer_infos"][0]["signature"] = signature
    return bytes(message.dump(force=True))


def test_random_alterations_are_all_noticed(office: Office, sealed: bytes) -> None:
    """Flipped, inserted, removed and exchanged bytes anywhere: refused, or a fact says so."""
    chance = random.Random(20260408)
    outcomes = {"raised": 0, "detected": 0}
    for _ in range(2500):
        altered = _altered(sealed, chance)
        if altered == sealed:
            continue
        try:
            facts = open_package(altered, office.trust, NOW).verification
        except UnreadableError:
            outcomes["raised"] += 1
        else:
            assert not facts.holds
            outcomes["detected"] += 1
    assert outcomes["raised"] > 2000


def test_random_alterations_of_what_is_inside_are_all_noticed(office: Office, sealed: bytes) -> None:
    """The same with the zip made whole again around them: nothing but the signature stands in the way."""
    chance = random.Random(7)
    entries = unpack(sealed)
    for _ in range(600):
        name = chance.choice([MANIFEST_NAME, SIGNATURE_NAME, SIGNATURE_NAME, *entries])
        content = _altered(entries[name], chance)
        if content == entries[name]:
            continue
        try:
            facts = open_package(pack({**entries, name: content}), office.trust, NOW).verification
        except UnreadableError:
            continue
        assert not facts.holds, name


def _altered(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    kind = chance.randrange(4)
    if kind == 0:
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    if kind == 1:
        return data[:at] + chance.randbytes(chance.randrange(1, 5)) + data[at:]
    if kind == 2:
        return data[:at] + data[at + chance.randrange(1, 9) :]
    other = chance.randrange(len(data))
    swapped = bytearray(data)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    return bytes(swapped)
