"""The city's own figures: kept exactly, taken out when they say nothing, apart from reports."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from desktop.domain.report import Reading
from desktop.storage import Store
from desktop.storage.database import Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.schema import upgrade

from .samples import LATER, NOW


def test_a_reading_comes_back_as_it_was_put(store: Store) -> None:
    first, second = Reading("t1", Decimal("34.50"), "扣除沙尘"), Reading("t2", None, "年底才有")
    for reading in (second, first):
        store.city_readings.put("p", "2025Q1", reading, NOW)
    store.city_readings.put("p", "2024Q4", Reading("t1", Decimal("36")), NOW)
    store.city_readings.put("other", "2025Q1", first, NOW)
    assert store.city_readings.of_quarter("p", "2025Q1") == {"t1": first, "t2": second}
    assert str(store.city_readings.of_quarter("p", "2025Q1")["t1"].value) == "34.50"
    assert list(store.city_readings.of_plan("p")) == ["2024Q4", "2025Q1"]


def test_a_reading_replaces_the_one_before_and_an_empty_one_goes(store: Store) -> None:
    store.city_readings.put("p", "2025Q1", Reading("t1", Decimal(1)), NOW)
    store.city_readings.put("p", "2025Q1", Reading("t1", Decimal(2)), LATER)
    assert store.city_readings.of_quarter("p", "2025Q1") == {"t1": Reading("t1", Decimal(2))}
    store.city_readings.put("p", "2025Q1", Reading("t1", None), LATER)
    assert store.city_readings.of_plan("p") == {}
    assert store.reports.find(plan_id="p") == ()


def test_a_file_of_the_version_before_gets_the_table(store: Store) -> None:
    store.close()
    path = store.folder / "lantian.db"
    with sqlite3.connect(path) as older:
        for table in (
            "issued",
            "bulletin_file",
            "bulletin_section",
            "letter_section",
            "letter",
            "comment",
            "city_reading",
        ):
            older.execute(f"DROP TABLE {table}")
        older.execute("PRAGMA user_version = 2")
    older.close()
    database = Database(path)
    database.hold()
    upgrade(database)
    assert database.pragma("user_version") == len(MIGRATIONS)
    assert database.execute("SELECT count(*) FROM city_reading") == [(0,)]
    database.close()
