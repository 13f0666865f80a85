from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from desktop.domain.identity import Enrolment, Issued, KeyRecord, RevocationReason, SignRole, TrustState
from desktop.storage import Store
from desktop.storage.database import Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.schema import upgrade

from .samples import COUNTY, LATER, NOW, PARK

Again = Callable[[], Store]


def test_keys_come_back_by_purpose(store: Store, again: Again) -> None:
    signer = KeyRecord("signer", "赵某", bytes(range(256)), b"", "AB", NOW)
    root = KeyRecord("root", "某市", b"\0\xff", b"PEM", "CD", NOW, LATER)
    store.keys.put(signer)
    store.keys.put(root)
    store = again()
    assert store.keys.get("signer") == signer
    assert store.keys.get("root") == root
    assert store.keys.get("issuing") is None
    certified = replace(signer, certificate=b"PEM", not_after=LATER)
    store.keys.put(certified)
    assert store.keys.get("signer") == certified


def test_trust_is_one(store: Store, again: Again) -> None:
    assert store.keys.trust() is None
    trust = TrustState(b"root", b"chain", b"", 3, "AB CD", False)
    store.keys.put_trust(trust)
    assert store.keys.trust() == trust
    confirmed = replace(trust, confirmed=True, crl_number=4)
    store.keys.put_trust(confirmed)
    assert again().keys.trust() == confirmed


def test_enrolments_come_back_by_unit(store: Store, again: Again) -> None:
    park = Enrolment(PARK.code, "requested", "孙某", "AB", b"", b"request", NOW)
    county = Enrolment(COUNTY.code, "invited")
    store.keys.put_enrolment(park)
    store.keys.put_enrolment(county)
    store = again()
    assert store.keys.enrolments() == (county, park)
    assert store.keys.enrolment(PARK.code) == park
    assert store.keys.enrolment("none") is None
    certified = replace(park, state="certified", certificate=b"PEM", changed_at=LATER)
    store.keys.put_enrolment(certified)
    assert store.keys.enrolments() == (county, certified)


def test_issued_certificates_come_back_with_their_revocation(store: Store, again: Again) -> None:
    first = Issued("ab", COUNTY.code, SignRole.ISSUER, "王某", b"PEM", NOW)
    second = Issued("cd", COUNTY.code, SignRole.REVIEWER, "马某", b"PEM", LATER)
    store.keys.put_issued(second)
    store.keys.put_issued(first)
    assert again().keys.issued() == (first, second)


def test_revocation_is_kept_with_the_certificate(store: Store, again: Again) -> None:
    held = Issued("ab", COUNTY.code, SignRole.ISSUER, "王某", b"PEM", NOW)
    store.keys.put_issued(held)
    revoked = replace(held, revoked_at=LATER, reason=RevocationReason.KEY_LOST, revoked_by="赵某")
    store.keys.put_issued(revoked)
    store = again()
    assert store.keys.issued() == (revoked,) and store.keys.issued_as("ab") == revoked
    assert store.keys.issued_as("none") is None


def test_a_file_of_the_version_before_keeps_who_is_certified(store: Store) -> None:
    store.keys.put_enrolment(Enrolment(COUNTY.code, "certified", "王某", "ab", b"PEM", b"", NOW))
    store.keys.put_enrolment(Enrolment(PARK.code, "invited", changed_at=NOW))
    store.close()
    path = store.folder / "lantian.db"
    with sqlite3.connect(path) as older:
        older.execute("DROP TABLE issued")
        older.execute("PRAGMA user_version = 7")
    older.close()
    database = Database(path)
    database.hold()
    upgrade(database)
    assert database.pragma("user_version") == len(MIGRATIONS)
    rows = database.execute("SELECT fingerprint, unit_code, role, person, revoked_at FROM issued")
    assert rows == [("ab", COUNTY.code, "issuer", "王某", None)]
    database.close()
