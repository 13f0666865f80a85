"""The city's summary as a workbook: 60 measures × 30 units."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook

from bench.figure import Figure, in_turn
from desktop.domain.report import Entry, PlanRef, ProgressStatus, Reading
from desktop.domain.summary import SummaryCell, SummaryDocument, SummaryRow, UnitProgress, UnitSummary
from desktop.domain.targets import Accumulation, Comparator, Target
from desktop.domain.unit import UnitRef
from desktop.reports.ledger_sheet import render_summary_ledger

RUNS = 5
MEASURES, UNITS = 60, 30
_FLOOR = "openpyxl write-only, the same cells without styles, heights or lists"


@dataclass(frozen=True)
class Weight(Figure):
    """Peaks of memory in bytes."""

    def line(self) -> str:
        return f"{self.name:44} {self.ours / 1e6:9.2f} MB {self.floor / 1e6:9.2f} MB {self.ours / self.floor:7.2f}  {self.floor_is}"


def figures() -> list[Figure]:
    """CPU time and peak of memory for the whole workbook, all its sheets."""
    document = summary_of(MEASURES, UNITS)
    cells = _cells(render_summary_ledger(document))

    def ours() -> float:
        return _timed(lambda: render_summary_ledger(document))

    def floor() -> float:
        return _timed(lambda: _bare(cells))

    name = f"the summary's workbook, {MEASURES * UNITS} rows"
    weights = _peak(lambda: render_summary_ledger(document)), _peak(lambda: _bare(cells))
    return [Figure(name, *in_turn(ours, floor, RUNS), _FLOOR), Weight(f"{name}, memory", *weights, _FLOOR)]


def summary_of(measures: int, units: int) -> SummaryDocument:
    """A summary in which every unit reports on every measure, every third with a figure."""
    refs = [UnitRef(f"u{number}", f"第{number + 1}县人民政府") for number in range(units)]
    lines = tuple(
        UnitSummary(
            ref,
            ref.name[:-4],
            "county",
            UnitProgress.ACCEPTED,
            1,
            measures,
            measures,
            {},
            date(2025, 4, 9),
            0,
        )
        for ref in refs
    )
    rows = []
    for number in range(measures):
        key = f"m{number}"
        targets = (_target(key),) if number % 3 == 0 else ()
        cells = tuple(SummaryCell(ref.code, _entry(key, number + at, targets)) for at, ref in enumerate(refs))
        rows.append(
            SummaryRow(
                key, str(number + 1), "二、面源治理", "提升道路保洁水平", ("市住建局",), targets, cells
            )
        )
    plan = PlanRef("plan", 1, "空气质量持续改善行动实施方案", "a" * 64)
    return SummaryDocument(
        plan, UnitRef("c", "市人民政府"), "2025Q1", date(2025, 4, 12), date(2025, 4, 10), lines, tuple(rows)
    )


def _target(key: str) -> Target:
    return Target(
        f"t{key}", "1", 1, "机械化清扫率", Comparator.AT_LEAST, Decimal(85), "%", "2025年底",
        accumulation=Accumulation.POINT_IN_TIME, measure_key=key,
    )  # fmt: skip


def _entry(key: str, number: int, targets: tuple[Target, ...]) -> Entry:
    statuses = tuple(ProgressStatus)
    return Entry(
        key,
        statuses[number % len(statuses)],
        f"本季度完成第{number}批整改，累计清扫道路{number}公里，巡查工地{number % 40}处，VOCs治理设施运行正常。"
        * 3,
        "清扫车辆不足，夜间作业力量薄弱。" if number % 4 == 0 else "",
        "增配车辆，九月底前完成采购；加密巡查频次。",
        readings=tuple(Reading(target.key, Decimal(f"{70 + number % 25}.5")) for target in targets),
    )


def _cells(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    return {sheet.title: list(sheet.values) for sheet in load_workbook(io.BytesIO(data))}


def _bare(cells: dict[str, list[tuple[Any, ...]]]) -> bytes:
    book, raw = Workbook(write_only=True), io.BytesIO()
    for title, rows in cells.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(raw)
    return raw.getvalue()


def _timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _peak(run: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        run()
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
