"""Saving one entry: the commit that every pause in typing waits for."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bench.figure import Figure, in_turn
from desktop.domain.report import Entry, ProgressStatus
from desktop.services import filling, opening, planning
from desktop.storage import Store

RUNS = 200


def figures() -> list[Figure]:
    """`filling.save_entry` (entry, audit record, fresh findings) beside one raw commit of the same text."""
    now = datetime.now().astimezone()
    with tempfile.TemporaryDirectory() as folder:
        store, report_id, key = _county(Path(folder), now)
        raw = _raw(Path(folder) / "raw.db")
        turn = iter(range(10**9))

        def ours() -> float:
            entry = Entry(
                key, ProgressStatus.ON_SCHEDULE, f"本季度拆除小锅炉{next(turn)}台，其余已签合同。" * 3
            )
            begun = time.perf_counter()
            filling.save_entry(store, report_id, entry, "bench", now)
            return time.perf_counter() - begun

        def floor() -> float:
            text = f"本季度拆除小锅炉{next(turn)}台，其余已签合同。" * 3
            begun = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT OR REPLACE INTO entry VALUES ('r', 'm', ?)", (text,))
            raw.execute("INSERT INTO log (words) VALUES (?)", (text,))
            raw.execute("COMMIT")
            return time.perf_counter() - begun

        saved, commit = in_turn(ours, floor, RUNS)
        store.close()
        raw.close()
    return [
        Figure(
            "saving one entry with its audit record",
            saved,
            commit,
            "one raw sqlite3 commit of two rows, same pragmas",
        )
    ]


def _raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=PERSIST", "synchronous=FULL", "locking_mode=EXCLUSIVE"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(
        "CREATE TABLE entry (report TEXT, measure TEXT, words TEXT, PRIMARY KEY (report, measure))"
    )
    connection.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, words TEXT)")
    return connection


def _county(folder: Path, now: datetime) -> tuple[Store, str, str]:
    from tests.journeys.offices import COUNTY, QUARTER, REGION, draft

    store = opening.create_workspace(folder / "县", COUNTY, REGION, "bench", now)
    resolved = planning.resolve(draft(), REGION)
    plan = planning.publish(store, planning.keep_draft(store, "", resolved, now), "bench", now)
    plan = replace(plan, issuer_code=REGION.code)
    planning.open_quarter(
        store, plan.id, planning.QuarterCalendar(QUARTER, now.date(), now.date(), now.date()), "bench", now
    )
    report = filling.begin(store, plan.id, QUARTER, "bench", now)
    return store, report.id, plan.measures[0].key
