"""Reviewers' remarks: kept in order, settled in place, gone with no entry."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.review import ReviewComment
from desktop.storage import Store
from desktop.storage.database import Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.schema import upgrade

from .samples import LATER, NOW, REPORT


def remark(number: int, report_id: str = REPORT.id) -> ReviewComment:
    return ReviewComment(f"c{number}", report_id, f"m{number % 2}", f"第{number}处写清台数", "马某", NOW)


def test_remarks_come_back_in_their_order_after_a_restart(store: Store, again: Callable[[], Store]) -> None:
    store.reports.put(REPORT)
    for number in (3, 1, 2):
        store.comments.put(remark(number))
    settled = replace(remark(1), settled_by="李某", settled_at=LATER)
    store.comments.put(settled)
    kept = again()
    assert kept.comments.of_report(REPORT.id) == (remark(3), settled, remark(2))
    assert kept.comments.get("c1").open is False and kept.comments.get("c2").open


def test_a_remark_belongs_to_a_report(store: Store) -> None:
    with pytest.raises(KeyError, match="nowhere"):
        store.comments.put(remark(1, "nowhere"))
    with pytest.raises(KeyError):
        store.comments.get("c1")
    assert store.comments.of_report("nowhere") == ()


def test_a_file_of_the_version_before_gets_the_table(store: Store) -> None:
    store.close()
    path = store.folder / "lantian.db"
    with sqlite3.connect(path) as older:
        for table in ("issued", "bulletin_file", "bulletin_section", "letter_section", "letter", "comment"):
            older.execute(f"DROP TABLE {table}")
        older.execute("PRAGMA user_version = 3")
    older.close()
    database = Database(path)
    database.hold()
    upgrade(database)
    assert database.pragma("user_version") == len(MIGRATIONS)
    assert database.execute("SELECT count(*) FROM comment") == [(0,)]
    database.close()
