"""Searching everything that a unit ever wrote, while the words are typed."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from bench.figure import Figure, in_turn
from desktop.domain.plan import Duty, DutyRole, Measure, Plan
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import Entry, Evidence, ProgressStatus, Report
from desktop.services import opening, searching
from desktop.storage import Store
from desktop.storage.store import DATABASE_NAME

RUNS = 15
QUARTERS, MEASURES = 20, 500
# What is typed, and what it shows: how rare it is decides how far the search must go.
TYPED = {
    "a rare word": "锅炉房",
    "a word that is nowhere": "没有人写过这个",
    "one common sign": "的",
    "letters that are nowhere (any width)": "NOx2",
    "two words": "锅炉房 工地",
}
_WORDS = ("推进", "治理", "改造", "的", "已完成", "工地", "扬尘", "巡查", "台账", "企业", "督促", "整改")
_COLUMNS = ("progress", "problems", "next_steps", "explanation")


def figures() -> list[Figure]:
    """`searching.search` over 10,000 entries beside one bare SELECT with instr over the same columns."""
    with tempfile.TemporaryDirectory() as folder:
        store = _county(Path(folder))
        store.close()
        found = []
        for name, typed in TYPED.items():
            found.append(_figure(Path(folder), name, typed))
    return found


def _figure(folder: Path, name: str, typed: str) -> Figure:
    # Either holds the file alone, as the program does; the search reads it from the disk's cache both times.
    def ours() -> float:
        with closing(_open(folder)) as store:
            searching.search(store, "甲")
            return _timed(lambda: searching.search(store, typed))

    def floor() -> float:
        with closing(_bare(folder)) as raw:
            sql = f"SELECT report_id, measure_key FROM entry WHERE {' OR '.join(f'instr({c}, ?1)' for c in _COLUMNS)}"
            raw.execute(sql, ("甲",)).fetchall()
            return _timed(lambda: raw.execute(sql, (typed,)).fetchall())

    return Figure(
        f"search {name}", *in_turn(ours, floor, RUNS), "a bare SELECT … instr, same file and pragmas"
    )


def _open(folder: Path) -> Store:
    return opening.open_workspace(folder / "县", "bench", datetime.now().astimezone())


def _bare(folder: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(folder / "县" / DATABASE_NAME, isolation_level=None)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "locking_mode=EXCLUSIVE", "synchronous=FULL"):
        raw.execute(f"PRAGMA {pragma}")
    return raw


def _county(folder: Path) -> Store:
    """A county with one plan of 500 measures and what it wrote about them in 20 quarters, 180 to 300 signs each."""
    from tests.journeys.offices import COUNTY, REGION

    now, chance = datetime.now().astimezone(), random.Random(1)
    store = opening.create_workspace(folder / "县", COUNTY, REGION, "bench", now)
    duty = (Duty(DutyRole.IMPLEMENT, "各县区政府", (COUNTY.code,)),)
    measures = tuple(
        Measure(f"m-{n:03d}", str(n + 1), 1, "", _text(chance, 12), _text(chance, 120), duty)
        for n in range(MEASURES)
    )
    plan = Plan("p1", 1, "云河市蓝天行动方案", REGION.code, REGION.name, measures)
    quarter = Quarter(2020, 1)
    with store.transaction():
        store.plans.put(plan, now)
        for _ in range(QUARTERS):
            day = date(2099, 1, 1)
            store.plans.put_calendar(plan.id, QuarterCalendar(str(quarter), day, day, day))
            report = Report(f"r-{quarter}", plan.id, 1, COUNTY.code, str(quarter), 1)
            store.reports.put(report)
            for measure in measures:
                store.reports.put_entry(report.id, _entry(chance, measure.key), now)
            quarter = quarter.next
    return store


def _entry(chance: random.Random, key: str) -> Entry:
    rare = "锅炉房" if chance.random() < 0.002 else ""
    files = (Evidence("0" * 64, f"{_text(chance, 10)}.pdf", 1),) if chance.random() < 0.5 else ()
    words = (_text(chance, 110) + rare, _text(chance, chance.randrange(70)), _text(chance, 60))
    return Entry(key, chance.choice(tuple(ProgressStatus)), *words, evidence=files)


def _text(chance: random.Random, signs: int) -> str:
    found = ""
    while len(found) < signs:
        drawn = chance.random()
        if drawn < 0.3:
            found += chance.choice(_WORDS)
        elif drawn < 0.34:
            found += chance.choice(("PM10", "VOCs", "ＰＭ２．５" if drawn < 0.301 else "65", "，", "。"))
        else:
            found += chr(0x4E00 + chance.randrange(3000))
    return found[:signs]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
