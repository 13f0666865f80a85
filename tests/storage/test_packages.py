from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.errors import UnreadableError
from desktop.domain.package import InboxItem, InboxState, OutboxItem, PackageKind
from desktop.storage import Store

from .samples import CITY, COUNTY, LATER, NOW

Again = Callable[[], Store]

IN = InboxItem(
    "aa" * 32,
    PackageKind.SUBMISSION,
    COUNTY.ref,
    "plan-1/2025Q1",
    1,
    InboxState.TAKEN,
    NOW,
    LATER,
    "note",
    "problem",
    12,
    "2025Q1",
    2,
    "甲县.jbx",
)
OUT = OutboxItem("bb" * 32, PackageKind.PLAN, CITY.ref, "plan-1", 1, NOW, LATER, "cc" * 32, 34, "方案.jbx")


def test_a_packages_file_comes_back_byte_for_byte(store: Store, again: Again) -> None:
    digest = store.packages.put_file(b"package")
    assert digest == hashlib.sha256(b"package").hexdigest()
    assert store.packages.path(digest) == store.folder / "packages" / f"{digest}.jbx"
    assert store.packages.put_file(b"package") == digest
    store = again()
    assert store.packages.file(digest) == b"package"
    store.packages.path(digest).write_bytes(b"packagE")
    with pytest.raises(UnreadableError) as caught:
        store.packages.file(digest)
    assert caught.value.code == "package_altered"


def test_what_came_in_comes_back(store: Store, again: Again) -> None:
    store.packages.put_inbox(IN)
    bare = InboxItem("dd" * 32, "unknown", COUNTY.ref, "s", 0, InboxState.REFUSED, LATER)
    store.packages.put_inbox(bare)
    store = again()
    assert store.packages.inbox() == (bare, IN)
    assert store.packages.inbox_item(IN.digest) == IN
    assert store.packages.inbox_item("ee" * 32) is None
    changed = replace(IN, state=InboxState.RETURNED, note="reason")
    store.packages.put_inbox(changed)
    assert store.packages.inbox() == (bare, changed)


def test_of_one_moment_the_later_one_is_the_newer(store: Store) -> None:
    second = replace(IN, digest="00" * 32)
    store.packages.put_inbox(IN)
    store.packages.put_inbox(second)
    store.packages.put_inbox(replace(IN, note="changed"))
    assert [item.digest for item in store.packages.inbox()] == [second.digest, IN.digest]


def test_the_last_received_is_the_highest_that_was_decided(store: Store) -> None:
    for number, state in enumerate(
        (InboxState.TAKEN, InboxState.RETURNED, InboxState.REFUSED, InboxState.WAITING), 9
    ):
        store.packages.put_inbox(replace(IN, digest=f"{number:064x}", sequence=number, state=state))
    last = store.packages.last_received(COUNTY.code, IN.stream)
    assert last is not None and (last.sequence, last.state) == (10, InboxState.RETURNED)
    assert store.packages.last_received(CITY.code, IN.stream) is None
    assert store.packages.last_received(COUNTY.code, "other") is None


def test_all_that_came_under_one_number_is_found(store: Store) -> None:
    other = replace(IN, digest="00" * 32, state=InboxState.REFUSED, received_at=NOW + timedelta(hours=1))
    for item in (
        IN,
        other,
        replace(IN, digest="01" * 32, sequence=2),
        replace(IN, digest="02" * 32, stream="x"),
    ):
        store.packages.put_inbox(item)
    assert store.packages.with_sequence(COUNTY.code, IN.stream, 1) == (other, IN)
    assert store.packages.with_sequence(CITY.code, IN.stream, 1) == ()


def test_what_went_out_comes_back(store: Store, again: Again) -> None:
    later = replace(OUT, digest="dd" * 32, sequence=10, created_at=LATER, written_at=None)
    earlier = replace(OUT, digest="ee" * 32, sequence=9, created_at=LATER + timedelta(days=1))
    for item in (OUT, later, earlier, replace(OUT, answered_by="")):
        store.packages.put_outbox(item)
    store = again()
    assert store.packages.outbox() == (earlier, later, replace(OUT, answered_by=""))
    assert store.packages.outbox_item(later.digest) == later
    assert store.packages.outbox_item("00" * 32) is None
    assert store.packages.last_sent(CITY.code, OUT.stream) == later
    assert store.packages.last_sent(CITY.code, "other") is None
    assert store.packages.last_sent(COUNTY.code, OUT.stream) is None
