"""A bureau's workbook for tests, and hands that fill it as people do."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.domain.delegation import Bureau
from desktop.domain.report import Entry, ProgressStatus, Reading, ReportRow
from desktop.domain.targets import Accumulation, Comparator, Target
from desktop.domain.unit import UnitRef
from desktop.domain.workbook import (
    FORMAT,
    AskedRow,
    BureauWorkbook,
    FilledWorkbook,
    Stamp,
    StampRow,
    field_digest,
    field_texts,
)
from desktop.intake.workbooks.workbook import read_workbook
from desktop.reports.bureau_workbook import as_written, render_bureau_workbook

MARKS = 3
FIRST = 5
BOILERS = Target(
    "t1", "6", 1, "关停燃煤锅炉", Comparator.AT_LEAST, Decimal(12), "台", "2025年底", "建成区",
    accumulation=Accumulation.YEAR_TO_DATE, measure_key="m-006",
)  # fmt: skip
SHARE = Target("t2", "6", 1, "低氮改造完成率", Comparator.AT_LEAST, Decimal(95), "%", measure_key="m-006")
USUAL_ENTRY = Entry(
    "m-006",
    ProgressStatus.BEHIND,
    "关停锅炉7台。\n其余已签合同。",
    "管线要穿过国道。",
    "5月底前拆除。",
    readings=(Reading("t1", Decimal("7"), "含在建1台"),),
)


def row(
    key: str, task: str, part: int, title: str, content: str, entry: Entry, *targets: Target
) -> ReportRow:
    before = tuple(Reading(target.key, Decimal("6.50")) for target in targets)
    return ReportRow(
        key, task, part, "", title, content, ("市生态环境局",), (), "2025年底", "", targets, before, entry
    )


def usual_rows() -> tuple[ReportRow, ...]:
    return (
        row("m-006", "6", 0, "关停小锅炉", "热网能到的片区分批关停燃煤小锅炉。", USUAL_ENTRY, BOILERS, SHARE),
        row(
            "m-019", "19", 1, "工地扬尘精细管控", "在建工地落实六个百分之百，渣土车密闭运输。", Entry("m-019")
        ),
        row("m-020", "19", 2, "工地扬尘精细管控", "料场堆场全部封闭，主干道每天机械清扫。", Entry("m-020")),
        row("m-021", "保障-一", 0, "压实责任", "建立台账，按月调度。", Entry("m-021")),
    )


def book_of(rows: Iterable[ReportRow], bureau: str = "县住建局") -> BureauWorkbook:
    asked = tuple(
        AskedRow(r, Entry(r.measure_key, ProgressStatus.NOT_STARTED, "上季度没有动。")) for r in rows
    )
    stamped = tuple(
        StampRow(
            a.row.measure_key,
            a.row.label,
            a.row.title,
            {
                name: field_digest(as_written(text))
                for name, text in field_texts(a.row.entry, [t.key for t in a.row.targets]).items()
            },
        )
        for a in asked
    )
    stamp = Stamp(FORMAT, "b" * 32, "p1", 2, "999021", "2025Q1", "r1", 1, bureau, stamped)
    return BureauWorkbook(
        stamp, "云岭市行动方案", UnitRef("999021", "柏河县人民政府"), Bureau(bureau, "马某", "0000-1"), "李敏",
        "0000-6", date(2025, 4, 8), date(2025, 4, 1), asked,
    )  # fmt: skip


class Hand:
    """Someone with the workbook open. Columns are named by their field, rows by their number of 序号."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.measures = self.book["填报"]
        self.targets = self.book["指标"] if "指标" in self.book.sheetnames else None

    def column(self, sheet: Any, name: str) -> int:
        return next(c.column for c in sheet[MARKS] if c.value == f"#{name}")

    def cell(self, name: str, number: int = 0, sheet: Any = None) -> Any:
        """The cell of a field in a row, counted from 0."""
        sheet = sheet or self.measures
        return sheet.cell(FIRST + number, self.column(sheet, name))

    def reading(self, number: int = 0, name: str = "reading") -> Any:
        return self.cell(name, number, self.targets)

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


def fill(
    tmp_path: Path, change: Callable[[Hand], None] = lambda hand: None, rows: tuple[ReportRow, ...] = ()
) -> FilledWorkbook:
    """The usual workbook after somebody changed it, as it is read back."""
    rows = rows or usual_rows()
    hand = Hand(render_bureau_workbook(book_of(rows)))
    change(hand)
    return read_workbook(hand.save(tmp_path / "交回.xlsx"), rows)


def texts(found: FilledWorkbook) -> dict[tuple[str, str], str]:
    """What is there to take: (measure, field) → text; doubtful ones carry their doubt in front."""
    return {
        (f.place.measure_key, f.place.name): f"{f.doubt}:{f.text}" if f.doubt else f.text
        for f in found.fields
        if not f.refused
    }


def refusals(found: FilledWorkbook) -> dict[tuple[str, str], str]:
    return {(f.place.measure_key, f.place.name): f.refused for f in found.fields if f.refused}


def through_office(path: Path, *forms: str) -> Path:
    """The file opened and saved by LibreOffice, once for each form; skips where there is none."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    for number, form in enumerate(forms):
        folder = path.parent / f"saved{number}"
        folder.mkdir()
        profile = (path.parent / "profile").as_uri()
        subprocess.run(
            [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=180,
        )  # fmt: skip
        path = folder / f"{path.stem}.{form}"
    return path
