"""What people wrote into letters: kept by report, given back, carried on, and a file of the version before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.letter import SectionName
from desktop.storage import Store
from desktop.storage.database import Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.schema import upgrade
from desktop.storage.sections import EditedSection

from .samples import LATER, NOW, REPORT

OWN = EditedSection("总体平稳。\n另有1项滞后。", "均达到序时进度。")


def test_sections_and_number_come_back_after_a_restart(store: Store, again: Callable[[], Store]) -> None:
    store.reports.put(REPORT)
    assert store.letters.number(REPORT.id) == "" and store.letters.sections(REPORT.id).all() == {}
    store.letters.sections(REPORT.id).put(SectionName.OVERALL, EditedSection("先写的。", ""), NOW)
    store.letters.sections(REPORT.id).put(SectionName.OVERALL, OWN, LATER)
    store.letters.sections(REPORT.id).put(SectionName.NEXT, EditedSection("", "甲"), LATER)
    store.letters.put_number(REPORT.id, "清政报〔2025〕12号")
    kept = again()
    assert kept.letters.number(REPORT.id) == "清政报〔2025〕12号"
    assert kept.letters.sections(REPORT.id).all() == {
        SectionName.OVERALL: OWN, SectionName.NEXT: EditedSection("", "甲"),
    }  # fmt: skip
    kept.letters.sections(REPORT.id).remove(SectionName.NEXT)
    kept.letters.sections(REPORT.id).remove(SectionName.NEXT)
    assert list(kept.letters.sections(REPORT.id).all()) == [SectionName.OVERALL]


def test_a_letter_is_carried_to_the_next_revision(store: Store) -> None:
    store.reports.put(REPORT)
    following = replace(REPORT, id="next", revision=REPORT.revision + 1)
    store.reports.put(following)
    store.letters.sections(REPORT.id).put(SectionName.OVERALL, OWN, NOW)
    store.letters.put_number(REPORT.id, "1号")
    store.letters.copy(REPORT.id, "next", LATER)
    assert store.letters.sections("next").all() == {SectionName.OVERALL: OWN}
    assert store.letters.number("next") == "1号"


def test_a_letter_belongs_to_a_report(store: Store) -> None:
    with pytest.raises(KeyError):
        store.letters.put_number("nowhere", "1号")
    with pytest.raises(KeyError):
        store.letters.sections("nowhere").put(SectionName.NEXT, OWN, NOW)


def test_a_file_of_the_version_before_gets_the_tables(store: Store) -> None:
    store.close()
    path = store.folder / "lantian.db"
    with sqlite3.connect(path) as older:
        older.execute("DROP TABLE letter_section")
        for table in ("issued", "letter", "bulletin_section", "bulletin_file"):
            older.execute(f"DROP TABLE {table}")
        older.execute("PRAGMA user_version = 4")
    older.close()
    database = Database(path)
    database.hold()
    upgrade(database)
    assert database.pragma("user_version") == len(MIGRATIONS)
    assert database.execute("SELECT count(*) FROM letter_section") == [(0,)]
    database.close()
