"""注销 at the superior: what is written, what stays, what is refused; and what a unit keeps of the lists it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography import x509

from desktop.domain.errors import RefusedError
from desktop.domain.identity import Issued, RevocationReason, SignRole, TrustState
from desktop.exchange import authority_lists, certificates
from desktop.services import certifying, enrolling, revoking, sending
from desktop.storage import Store
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import CITY, COUNTY, PARK, PASS_PHRASE, Offices, enrol

LOST = RevocationReason.KEY_LOST


def issued(offices: Offices, role: SignRole = SignRole.ISSUER) -> Issued:
    return revoking.standing(offices.city, offices.now)[(COUNTY.code, role)][0]


def revoke(offices: Offices, role: SignRole = SignRole.ISSUER) -> Issued:
    fingerprint = issued(offices, role).fingerprint
    return revoking.revoke(offices.city, fingerprint, LOST, PASS_PHRASE, "王敏", offices.now)


def trust(store: Store) -> TrustState:
    found = store.keys.trust()
    assert found is not None
    return found


def serials(crls: bytes) -> list[tuple[int, datetime]]:
    first = authority_lists.load_crls(crls)[0]
    return [(entry.serial_number, entry.revocation_date_utc) for entry in first]


def test_list_goes_on_and_everything_is_written_at_once(enrolled: Offices) -> None:
    enrol(enrolled, "李敏", SignRole.PREPARER)
    first = revoke(enrolled)
    later = replace(enrolled, now=enrolled.now + timedelta(days=40))
    second = revoke(later, SignRole.PREPARER)
    held = trust(enrolled.city)
    assert held.crl_number == 3 == authority_lists.list_number(held.crls, held.chain, held.root)
    moments = {
        x509.load_pem_x509_certificate(each.certificate).serial_number: each.revoked_at
        for each in (first, second)
    }
    assert dict(serials(held.crls)) == {
        serial: at.replace(microsecond=0) for serial, at in moments.items() if at is not None
    }
    kept = enrolled.city.keys.issued_as(first.fingerprint)
    assert kept == first and (kept.reason, kept.revoked_by) == (LOST, "王敏")
    states = {e.role: e.state for e in enrolled.city.keys.enrolments()}
    assert states == {SignRole.ISSUER: "revoked", SignRole.PREPARER: "revoked"}
    record = enrolled.city.audit.records(COUNTY.code)[0]
    assert record.action == "certificate_revoked"
    assert record.facts["reason"] == "key_lost" and record.facts["list"] == "3"
    assert enrolled.city.audit.verify() is None


def test_the_same_again_writes_nothing(enrolled: Offices) -> None:
    first = revoke(enrolled)
    before = (trust(enrolled.city), len(enrolled.city.audit.records(COUNTY.code)))
    again = revoking.revoke(
        enrolled.city, first.fingerprint, RevocationReason.OTHER, "not even asked", "别人",
        enrolled.now + timedelta(days=1),
    )  # fmt: skip
    assert again == first
    assert (trust(enrolled.city), len(enrolled.city.audit.records(COUNTY.code))) == before


@pytest.mark.parametrize(
    ("passphrase", "code"), [("wrong one", "passphrase_wrong"), ("", "passphrase_missing")]
)
def test_wrong_pass_phrase_leaves_all_as_it_was(enrolled: Offices, passphrase: str, code: str) -> None:
    before, held = trust(enrolled.city), issued(enrolled)
    with pytest.raises(RefusedError) as caught:
        revoking.revoke(enrolled.city, held.fingerprint, LOST, passphrase, "王敏", enrolled.now)
    assert caught.value.code == code
    assert trust(enrolled.city) == before and issued(enrolled) == held


def test_what_fails_in_the_middle_leaves_nothing(enrolled: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    before, held = trust(enrolled.city), issued(enrolled)

    def lost(*given: object) -> None:
        raise OSError("power is gone")

    monkeypatch.setattr(enrolled.city.audit, "append", lost)
    with pytest.raises(OSError, match="power"):
        revoke(enrolled)
    assert trust(enrolled.city) == before and issued(enrolled) == held
    assert [e.state for e in enrolled.city.keys.enrolments()] == ["certified"]


def test_only_what_was_issued_here(enrolled: Offices) -> None:
    own = enrolled.city.keys.get("signer")
    assert own is not None
    for fingerprint in ("00" * 32, certificates.fingerprint_of(own.certificate)):
        with pytest.raises(RefusedError) as caught:
            revoking.revoke(enrolled.city, fingerprint, LOST, PASS_PHRASE, "王敏", enrolled.now)
        assert caught.value.code == "certificate_unknown"


def test_replaced_certificate_stands_until_it_is_revoked(enrolled: Offices) -> None:
    old = issued(enrolled)
    with pytest.raises(RefusedError) as caught:
        enrolling.request_certificate(enrolled.county, "刘芳", PASS_PHRASE, TEST_ROUNDS, "test", enrolled.now)
    assert caught.value.code == "certificate_exists"
    enrol(enrolled, "刘芳", anew=True)
    both = revoking.standing(enrolled.city, enrolled.now).get((COUNTY.code, SignRole.ISSUER), ())
    assert [each.person for each in both] == ["刘芳", "王建军"]
    revoking.revoke(
        enrolled.city, old.fingerprint, RevocationReason.REPLACED, PASS_PHRASE, "王敏", enrolled.now
    )
    assert [issued(enrolled).person] == ["刘芳"]
    current = enrolled.city.keys.enrolment(COUNTY.code)
    assert current is not None and (current.state, current.person) == ("certified", "刘芳")
    over = enrolled.now + timedelta(days=800)
    assert revoking.standing(enrolled.city, over).get((COUNTY.code, SignRole.ISSUER), ()) == ()


def test_unit_is_told_by_what_is_made_and_written_since(enrolled: Offices) -> None:
    city, plan = enrolled.city, enrolled.plan.id
    certifying.invite(city, PARK.code, enrolled.identity, "test", enrolled.now)
    assert revoking.not_told(city) == ()
    revoke(enrolled)
    assert [unit.code for unit in revoking.not_told(city)] == [COUNTY.code]
    later = replace(enrolled, now=enrolled.now + timedelta(minutes=1))
    (package,) = sending.distribute(city, plan, [COUNTY.code], later.identity, "test", later.now)
    assert [unit.code for unit in revoking.not_told(city)] == [COUNTY.code], "it lies in the outbox"
    later.to_county(package.digest)
    assert revoking.not_told(city) == ()


def test_unit_that_has_a_newer_certificate_need_not_be_told(enrolled: Offices) -> None:
    old = issued(enrolled)
    enrol(enrolled, "刘芳", anew=True)
    revoking.revoke(
        enrolled.city, old.fingerprint, RevocationReason.REPLACED, PASS_PHRASE, "王敏", enrolled.now
    )
    assert revoking.not_told(enrolled.city) == ()


def test_restored_authority_leaves_room_once(enrolled: Offices) -> None:
    enrol(enrolled, "李敏", SignRole.PREPARER)
    enrolled.city.settings.put("restored", enrolled.now.isoformat())
    revoke(enrolled)
    assert trust(enrolled.city).crl_number == 101
    revoke(enrolled, SignRole.PREPARER)
    assert trust(enrolled.city).crl_number == 102


# What a unit keeps


@pytest.fixture
def lists(enrolled: Offices) -> Callable[[int, bool], bytes]:
    """Lists that the real authority signed: of any number, with or without the county's issuer."""
    city, held = enrolled.city, issued(enrolled)
    issuing, root = city.keys.get("issuing"), city.keys.get("root")
    assert issuing is not None and root is not None

    def made(number: int, names: bool) -> bytes:
        revoked = [(held.certificate, enrolled.now)] if names else []
        return certificates.make_crl(
            revoked, number, issuing.key_blob, issuing.certificate, root.key_blob, root.certificate, PASS_PHRASE,
            enrolled.now,
        )  # fmt: skip

    return made


def test_older_list_and_another_of_the_same_number_change_nothing(
    enrolled: Offices, lists: Callable[[int, bool], bytes]
) -> None:
    known = trust(enrolled.county)
    newest = enrolling.newer(known, replace(known, crls=lists(5, True), crl_number=5))
    assert newest.crl_number == 5
    # The number that counts stands in the list: what is written beside it is only said.
    for number, names, said in ((4, False, 4), (5, False, 5), (4, False, 9), (1, False, 1)):
        offered = replace(known, crls=lists(number, names), crl_number=said)
        assert enrolling.newer(newest, offered) == newest
    assert enrolling.newer(newest, replace(known, crls=b"", crl_number=9)) == newest


def test_list_of_another_authority_is_no_list(enrolled: Offices) -> None:
    known = trust(enrolled.county)
    made = certificates.create_authority(CITY.ref, "冒名者", PASS_PHRASE, TEST_ROUNDS, enrolled.now)
    strange = certificates.make_crl(
        [(issued(enrolled).certificate, enrolled.now)], 9, made.issuing_key, made.issuing, made.root_key, made.root,
        PASS_PHRASE, enrolled.now,
    )  # fmt: skip
    for chain in (known.chain, made.issuing):
        offered = replace(known, chain=chain, crls=strange, crl_number=9)
        assert enrolling.newer(known, offered) == known
    assert enrolling.signer(enrolled.county, PASS_PHRASE)


def test_entry_of_an_earlier_list_cannot_be_taken_off_by_making_the_next(enrolled: Offices) -> None:
    enrol(enrolled, "李敏", SignRole.PREPARER)
    first = revoke(enrolled)
    # Even where the record was lost, the list remembers.
    enrolled.city.keys.put_issued(replace(first, revoked_at=None, reason=None, revoked_by=""))
    revoke(enrolled, SignRole.PREPARER)
    assert len(serials(trust(enrolled.city).crls)) == 2
