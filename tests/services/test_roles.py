"""Certificates of 填报人 and 审核人: own keys and pass phrases, none good for another role."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.identity import SignRole
from desktop.domain.package import Signer
from desktop.exchange.packages import seal, verify_file
from desktop.services import enrolling, receiving, requesting
from desktop.storage.database import Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.schema import upgrade
from tests.conftest import TEST_ROUNDS
from tests.exchange.offices import header_of
from tests.journeys.offices import COUNTY, PASS_PHRASE, Offices, enrol

PREPARER, REVIEWER, ISSUER = SignRole.PREPARER, SignRole.REVIEWER, SignRole.ISSUER
OWN = {PREPARER: "填报人自己的口令", REVIEWER: "审核人自己的口令", ISSUER: PASS_PHRASE}


@pytest.fixture
def offices(offices: Offices) -> Offices:
    enrol(offices)
    return offices


@pytest.fixture
def staffed(offices: Offices) -> Offices:
    enrol(offices, "李敏", PREPARER, OWN[PREPARER])
    enrol(offices, "马晓东", REVIEWER, OWN[REVIEWER])
    return offices


def named(signer: Signer) -> tuple[str, str, str]:
    return signer.role, signer.name, signer.unit_code


def test_each_role_has_its_own_key_certificate_and_pass_phrase(staffed: Offices) -> None:
    for role, person in ((PREPARER, "李敏"), (REVIEWER, "马晓东"), (ISSUER, "王建军")):
        assert named(enrolling.signer(staffed.county, OWN[role], role).signer) == (role, person, COUNTY.code)
        for other in set(OWN) - {role}:
            with pytest.raises(RefusedError, match="passphrase_wrong"):
                enrolling.signer(staffed.county, OWN[other], role)


def test_city_knows_who_has_which_role(staffed: Offices) -> None:
    held = {(e.unit_code, e.role): (e.state, e.person) for e in staffed.city.keys.enrolments()}
    assert held[COUNTY.code, PREPARER] == ("certified", "李敏")
    assert held[COUNTY.code, REVIEWER] == ("certified", "马晓东")
    assert held[COUNTY.code, ISSUER] == ("certified", "王建军")
    assert requesting.waiting_requests(staffed.city) == {}


def test_no_package_leaves_under_the_certificate_of_another_role(staffed: Offices) -> None:
    """What a preparer seals is distrusted, whatever it is."""

    identity = enrolling.signer(staffed.county, OWN[PREPARER], PREPARER)
    data = seal(replace(header_of(), issuer=COUNTY.ref), {"report.json": b"{}"}, identity)
    facts = verify_file(data, enrolling.trust_of(staffed.city), staffed.now)
    assert (facts.trusted, facts.problems) == (False, ("signer_role_wrong",))


def test_a_certificate_completes_the_key_of_its_own_role_only(offices: Offices) -> None:
    county, now = offices.county, offices.now
    item = enrolling.request_certificate(county, "李敏", OWN[PREPARER], TEST_ROUNDS, "test", now, PREPARER)
    assert requesting.request_item(county, PREPARER) == item
    assert (
        requesting.request_item(county, REVIEWER) is None and requesting.request_item(county, ISSUER) is None
    )
    data = offices.to_city(item.digest)
    receiving.take_in(offices.city, data, "", "test", now)
    assert set(requesting.waiting_requests(offices.city)) == {(COUNTY.code, PREPARER)}
    with pytest.raises(RefusedError, match="no_certificate"):
        enrolling.signer(county, OWN[PREPARER], PREPARER)
    assert enrolling.signing_state(county).state == "ready", "the issuer's is as it was"


def test_another_pass_phrase_for_one_role_leaves_the_others(staffed: Offices) -> None:
    county = staffed.county
    enrolling.change_passphrase(
        county, OWN[REVIEWER], "审核人的新口令啊", TEST_ROUNDS, "test", staffed.now, REVIEWER
    )
    assert enrolling.signer(county, "审核人的新口令啊", REVIEWER).signer.name == "马晓东"
    assert enrolling.signer(county, PASS_PHRASE).signer.name == "王建军"
    enrolling.change_passphrase(county, PASS_PHRASE, "签发人的新口令啊", TEST_ROUNDS, "test", staffed.now)
    assert enrolling.signer(county, OWN[PREPARER], PREPARER).signer.name == "李敏"


def test_an_older_workspace_keeps_its_certificates_as_the_issuers(tmp_path: Path) -> None:
    database = Database(tmp_path / "lantian.db")
    database.hold()
    upgrade(database, MIGRATIONS[:5])
    database.execute(
        "INSERT INTO enrolment VALUES ('XC', 'certified', '王建军', 'ab', x'01', x'02', '2026-04-08T09:00:00+08:00')"
    )
    upgrade(database)
    rows = database.execute("SELECT unit_code, role, person, certificate FROM enrolment")
    database.close()
    assert rows == [("XC", "issuer", "王建军", b"\x01")]
