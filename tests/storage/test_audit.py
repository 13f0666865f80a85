from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from desktop.domain.audit import AuditRecord
from desktop.storage import Store

from .samples import LATER, NOW, WORLD_TIME

Again = Callable[[], Store]


def append(store: Store, count: int = 4) -> list[AuditRecord]:
    with store.transaction():
        return [
            store.audit.append(at, "张某", "entry_saved", f"r{number % 2}", {"措施": f"{number}"}, "ab")
            for number, at in enumerate((NOW, LATER, WORLD_TIME, LATER)[:count])
        ]


def test_records_come_back_the_newest_first(store: Store, again: Again) -> None:
    made = append(store)
    store = again()
    assert list(store.audit.records()) == made[::-1]
    assert list(store.audit.records(subject="r1")) == [made[3], made[1]]
    assert list(store.audit.records(limit=1)) == [made[3]]
    assert list(store.audit.records("r0", 1)) == [made[2]]
    assert [record.sequence for record in made] == [1, 2, 3, 4]
    assert [record.previous for record in made] == ["", *(record.digest for record in made[:3])]


def test_an_untouched_chain_holds(store: Store, again: Again) -> None:
    assert store.audit.verify() is None
    append(store)
    assert again().audit.verify() is None
    append(store := again())
    assert store.audit.verify() is None


def test_a_record_belongs_into_a_transaction(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.audit.append(NOW, "张某", "entry_saved", "r1")
    assert store.audit.records() == ()


def test_a_transaction_undone_leaves_the_chain_whole(store: Store) -> None:
    append(store)
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.audit.append(NOW, "张某", "entry_saved", "r1")
        raise ZeroDivisionError
    assert store.audit.verify() is None
    append(store, 1)
    assert store.audit.records()[0].sequence == 5
    assert store.audit.verify() is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET actor = '李某' WHERE sequence = 2", 2),
        ("UPDATE audit SET facts = replace(facts, '1', '7') WHERE sequence = 2", 2),
        ("UPDATE audit SET facts = 'no json' WHERE sequence = 3", 3),
        ("UPDATE audit SET at = '2025-04-01T09:31:00+08:00' WHERE sequence = 1", 1),
        ("UPDATE audit SET at = 'never' WHERE sequence = 1", 1),
        ("UPDATE audit SET rows = 'cd' WHERE sequence = 4", 4),
        ("UPDATE audit SET rows = x'ff' WHERE sequence = 4", 4),
        ("UPDATE audit SET digest = previous WHERE sequence = 3", 3),
        ("UPDATE audit SET previous = digest WHERE sequence = 1", 1),
        ("UPDATE audit SET sequence = 9 WHERE sequence = 4", 4),
        ("DELETE FROM audit WHERE sequence = 1", 1),
        ("DELETE FROM audit WHERE sequence = 2", 2),
        ("DELETE FROM audit WHERE sequence = 4", 4),
        ("DELETE FROM audit", 1),
        ("DELETE FROM audit_head", 5),
        (
            "INSERT INTO audit SELECT 5, at, actor, action, subject, facts, rows, previous, digest FROM audit LIMIT 1",
            5,
        ),
    ],
)
def test_a_chain_that_was_tampered_with_is_noticed(
    store: Store, again: Again, statement: str, broken: int
) -> None:
    append(store)
    store.close()
    raw = sqlite3.connect(store.folder / "lantian.db")
    with raw:
        assert raw.execute(statement).rowcount > 0
    raw.close()
    assert again().audit.verify() == broken
