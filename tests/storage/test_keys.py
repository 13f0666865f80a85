from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.domain.identity import Enrolment, KeyRecord, TrustState
from desktop.storage import Store

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
