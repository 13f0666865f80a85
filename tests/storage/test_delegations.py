from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from desktop.domain.delegation import Bureau, Delegation
from desktop.storage import Store
from desktop.storage.database import APPLICATION_ID, Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.schema import upgrade
from tests.storage.samples import COUNTY_WORKSPACE, NOW, REGION

HOUSING = Bureau("县住建局", "马某", "0953-1111111")
TRAFFIC = Bureau("县交通运输局")


def test_bureaus_keep_their_order_and_change_in_their_place(store: Store) -> None:
    for bureau in (HOUSING, TRAFFIC, Bureau(HOUSING.name, "丁某", "1")):
        store.delegations.put_bureau(bureau)
    assert store.delegations.bureaus() == (Bureau(HOUSING.name, "丁某", "1"), TRAFFIC)
    assert store.delegations.bureau(TRAFFIC.name) == TRAFFIC
    assert store.delegations.bureau("县气象局") is None


def test_delegations_follow_the_measure_and_are_replaced(store: Store, again: Callable[[], Store]) -> None:
    for bureau in (HOUSING, TRAFFIC):
        store.delegations.put_bureau(bureau)
    store.delegations.put(Delegation("p1", "m1", HOUSING.name))
    store.delegations.put(Delegation("p1", "m1", TRAFFIC.name, "张某", "2"))
    store.delegations.put(Delegation("p2", "m1", HOUSING.name))
    kept = again()
    assert kept.delegations.of_plan("p1") == {"m1": Delegation("p1", "m1", TRAFFIC.name, "张某", "2")}
    assert kept.delegations.of_bureau(HOUSING.name) == (Delegation("p2", "m1", HOUSING.name),)
    kept.delegations.remove("p1", "m1")
    kept.delegations.remove("p1", "m1")
    assert kept.delegations.of_plan("p1") == {}


def test_a_renamed_bureau_keeps_place_contact_and_measures(store: Store) -> None:
    for bureau in (HOUSING, TRAFFIC):
        store.delegations.put_bureau(bureau)
    store.delegations.put(Delegation("p1", "m1", HOUSING.name))
    store.delegations.rename_bureau(HOUSING.name, "县住房城乡建设局")
    assert store.delegations.bureaus() == (Bureau("县住房城乡建设局", "马某", "0953-1111111"), TRAFFIC)
    assert store.delegations.of_plan("p1")["m1"].bureau == "县住房城乡建设局"
    with pytest.raises(ValueError):
        store.delegations.rename_bureau("县住房城乡建设局", TRAFFIC.name)
    with pytest.raises(KeyError):
        store.delegations.rename_bureau("没有", "有")
    assert [b.name for b in store.delegations.bureaus()] == ["县住房城乡建设局", TRAFFIC.name]


def test_no_measure_without_its_bureau(store: Store) -> None:
    with pytest.raises(KeyError):
        store.delegations.put(Delegation("p1", "m1", HOUSING.name))
    store.delegations.put_bureau(HOUSING)
    store.delegations.put(Delegation("p1", "m1", HOUSING.name))
    with pytest.raises(KeyError):
        store.delegations.remove_bureau(HOUSING.name)
    store.delegations.remove("p1", "m1")
    store.delegations.remove_bureau(HOUSING.name)
    assert store.delegations.bureaus() == ()


def test_a_workspace_of_version_1_is_copied_and_gets_the_tables(store: Store) -> None:
    folder = store.folder
    store.close()
    database = folder / "lantian.db"
    raw = sqlite3.connect(database)
    for table in (
        "issued",
        "bulletin_file",
        "bulletin_section",
        "letter_section",
        "letter",
        "comment",
        "city_reading",
        "delegation",
        "bureau",
    ):
        raw.execute(f"DROP TABLE {table}")
    raw.execute("PRAGMA user_version = 1")
    raw.commit()
    raw.close()
    opened = Store.open(folder, "张某", NOW)
    try:
        opened.delegations.put_bureau(HOUSING)
        assert opened.delegations.bureaus() == (HOUSING,)
        assert opened.workspace == COUNTY_WORKSPACE and opened.units.region() == REGION
    finally:
        opened.close()
    copy = sqlite3.connect(folder / "backups" / "before-version-2.db")
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    copy.close()


def test_migrating_in_two_steps(store: Store) -> None:
    """Steps 1 and 2 one after the other give what both at once give."""
    store.close()
    path = store.folder / "steps.db"
    database = Database(path)
    database.hold()
    upgrade(database, MIGRATIONS[:1])
    assert database.identity() == (APPLICATION_ID, 1)
    assert "delegation" not in {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    upgrade(database, MIGRATIONS)
    assert database.identity() == (APPLICATION_ID, len(MIGRATIONS))
    assert {"bureau", "delegation"} <= {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    database.close()
