"""Migrations: in order, recorded with what they do, after a copy; a newer file refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from desktop.domain.errors import UnreadableError
from desktop.storage import Store, tables
from desktop.storage.database import APPLICATION_ID, Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.schema import refuse_foreign, upgrade

from .samples import REPORT

Execute = Callable[[str], object]


def second(execute: Execute) -> None:
    execute("ALTER TABLE report ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")
    execute("UPDATE report SET reason = 'upgraded'")


def broken(execute: Execute) -> None:
    execute("ALTER TABLE report ADD COLUMN size TEXT")
    execute("UPDATE report SET reason = 'half'")
    raise ZeroDivisionError


def held(store: Store) -> Database:
    """The store's file as an upgrade sees it."""
    store.reports.put(REPORT)
    store.close()
    database = Database(store.folder / "lantian.db")
    database.hold()
    return database


def test_a_new_file_says_what_it_is(store: Store) -> None:
    assert store._database.identity() == (APPLICATION_ID, len(MIGRATIONS))
    header = (store.folder / "lantian.db").read_bytes()[:72]
    assert header[68:72] == b"LTJB"


def test_nothing_happens_to_a_file_that_is_up_to_date(store: Store) -> None:
    assert upgrade(store._database) is None
    assert not (store.folder / "backups").exists()


def test_an_older_file_is_copied_then_upgraded(store: Store) -> None:
    database = held(store)
    copy = upgrade(database, (*MIGRATIONS, second))
    assert database.identity() == (APPLICATION_ID, len(MIGRATIONS) + 1)
    assert database.execute("SELECT reason, colour FROM report") == [("upgraded", "blue")]
    database.close()
    assert copy is not None and copy.parent == store.folder / "backups"
    kept = sqlite3.connect(copy)
    assert kept.execute("SELECT reason FROM report").fetchall() == [(REPORT.reason,)]
    assert kept.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert kept.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    kept.close()
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_a_migration_that_fails_leaves_the_version_before(store: Store) -> None:
    database = held(store)
    with pytest.raises(ZeroDivisionError):
        upgrade(database, (*MIGRATIONS, broken))
    assert database.pragma("user_version") == len(MIGRATIONS)
    assert database.execute("SELECT reason FROM report") == [(REPORT.reason,)]
    columns = [row[1] for row in database.execute("PRAGMA table_info(report)")]
    assert "size" not in columns
    assert upgrade(database, (*MIGRATIONS, second)) is not None
    database.close()


def test_of_two_migrations_the_first_stays_when_the_second_fails(store: Store) -> None:
    database = held(store)
    with pytest.raises(ZeroDivisionError):
        upgrade(database, (*MIGRATIONS, second, broken))
    assert database.pragma("user_version") == len(MIGRATIONS) + 1
    database.close()


def test_an_older_program_refuses_what_a_newer_one_wrote(store: Store) -> None:
    database = held(store)
    upgrade(database, (*MIGRATIONS, second))
    with pytest.raises(UnreadableError) as caught:
        refuse_foreign(database)
    database.close()
    assert caught.value.code == "workspace_newer"
    assert caught.value.facts == {"folder": str(store.folder), "version": len(MIGRATIONS) + 1}


def test_every_table_that_is_named_exists(store: Store) -> None:
    for name, table in vars(tables).items():
        if name.isupper():
            found = [row[1] for row in store._database.execute(f'PRAGMA table_info("{table.__name__}")')]
            if name.endswith("_HEAD") and name.removesuffix("_HEAD") in vars(tables):
                assert [c for c in found if c in table._columns] == list(table._columns), name
            else:
                assert tuple(found) == table._columns, name
