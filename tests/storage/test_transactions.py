"""All or nothing: roll-back, nesting, and what SQLite's own faults become."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import RefusedError
from desktop.storage import Store

from .samples import ENTRY, NOW, PLAN, REPORT

Again = Callable[[], Store]


def test_a_failed_transaction_leaves_nothing(store: Store, again: Again) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.reports.put(REPORT)
        store.reports.put_entry(REPORT.id, ENTRY, NOW)
        store.plans.put(PLAN, NOW)
        assert store.plans.get(PLAN.id) == PLAN
        store.audit.append(NOW, "张某", "saved", REPORT.id)
        raise ZeroDivisionError
    for look in (lambda: store, again):
        found = look()
        assert found.reports.find() == ()
        assert found.reports.entries(REPORT.id) == {}
        assert found.audit.records() == ()
        with pytest.raises(KeyError):
            found.plans.get(PLAN.id)
        with pytest.raises(KeyError):
            found.plans.get(PLAN.id, 1)


def test_an_interrupt_from_the_keyboard_undoes_too(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.transaction():
        store.settings.put("a", 1)
        raise KeyboardInterrupt
    assert store.settings.get("a") is None
    store.settings.put("a", 2)
    assert store.settings.get("a") == 2


def test_a_nested_transaction_falls_with_the_outer_one(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        with store.transaction():
            store.settings.put("inner", 1)
        raise ZeroDivisionError
    assert store.settings.get("inner") is None


def test_of_a_nested_one_that_fails_nothing_stays(store: Store, again: Again) -> None:
    with store.transaction():
        store.settings.put("outer", 1)
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.settings.put("inner", 1)
            raise ZeroDivisionError
        store.settings.put("after", 1)
    found = again()
    assert [found.settings.get(key) for key in ("outer", "inner", "after")] == [1, None, 1]


def test_half_an_entry_is_never_kept(store: Store) -> None:
    store.reports.put(REPORT)
    store.reports.put_entry(REPORT.id, ENTRY, NOW)
    store._database.execute(
        "CREATE TRIGGER fault BEFORE INSERT ON reading BEGIN SELECT RAISE(ABORT, 'fault'); END"
    )
    changed = type(ENTRY)(ENTRY.measure_key, progress="changed", readings=ENTRY.readings)
    with pytest.raises(ValueError, match="fault"):
        store.reports.put_entry(REPORT.id, changed, NOW)
    assert store.reports.entry(REPORT.id, ENTRY.measure_key) == ENTRY


def test_a_full_disk_is_said_so_and_loses_nothing(store: Store, again: Again) -> None:
    store.settings.put("before", "kept")
    pages = store._database.pragma("page_count")
    store._database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(RefusedError) as caught, store.transaction():
        store.settings.put("small", 1)
        store.settings.put("large", "x" * 100_000)
    assert (caught.value.code, caught.value.facts) == ("disk_full", {"folder": str(store.folder)})
    found = again()
    assert found.settings.get("before") == "kept"
    assert found.settings.get("small") is None


def test_after_a_full_disk_the_rest_of_the_transaction_is_not_written(store: Store) -> None:
    """SQLite gives the whole transaction up; going on would write the second half alone."""
    pages = store._database.pragma("page_count")
    store._database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(RuntimeError), store.transaction():
        store.settings.put("first", 1)
        with pytest.raises(RefusedError):
            store.settings.put("large", "x" * 100_000)
        store.settings.put("second", 1)
    store._database.execute("PRAGMA max_page_count = 100000")
    store.settings.put("afterwards", 1)
    assert store.settings.get("first") is None
    assert store.settings.get("second") is None


def test_a_write_protected_database_is_said_so(store: Store) -> None:
    store._database.execute("PRAGMA query_only = ON")
    with pytest.raises(RefusedError) as caught:
        store.settings.put("a", 1)
    assert caught.value.code == "folder_not_writable"
    assert caught.value.facts == {"folder": str(store.folder), "reason": "read_only"}


def test_swallowing_the_error_does_not_pass_for_success(store: Store) -> None:
    pages = store._database.pragma("page_count")
    store._database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(RuntimeError), store.transaction():
        store.settings.put("first", 1)
        with pytest.raises(RefusedError):
            store.settings.put("large", "x" * 100_000)
    assert store.settings.get("first") is None
