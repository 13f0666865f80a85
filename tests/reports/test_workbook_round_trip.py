"""A workbook opened again says what the document says, cell by cell, for texts of 1 to 40,000 characters."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from desktop.domain.report import STATUS_WORDS, ReportDocument
from desktop.reports.continuation import CONTINUED
from desktop.reports.ledger_sheet import render_summary_ledger, render_unit_ledger
from tests.reports.samples import entry_of, report, row, summary

# Column in the ledger → what the document says there.
FIELDS = {
    2: lambda line: line.content,
    3: lambda line: "、".join(line.lead),
    6: lambda line: line.entry.progress,
    9: lambda line: line.entry.problems,
    10: lambda line: line.entry.next_steps,
}


def long_report() -> ReportDocument:
    rows = []
    for number, size in enumerate((1, 2, 40, 300, 900, 5_000, 40_000)):
        text = "".join(
            chr(0x4E00 + (at * 7 + number) % 5_000) + "，。\n"[at % 3] for at in range(size // 2 + 1)
        )[:size]
        entry = replace(
            entry_of(number, f"m{number}"), progress=text, problems=text[::-1], next_steps=f" {text} "
        )
        rows.append(replace(row(number, entry), content=text))
    return report(tuple(rows))


def ledger_rows(content: ReportDocument) -> list[list[list[Any]]]:
    """The ledger's rows, those that go on with the row that they go on from."""
    sheet = load_workbook(io.BytesIO(render_unit_ledger(content)))["台账"]
    last = int(sheet.auto_filter.ref.rpartition("N")[2])
    found: list[list[list[Any]]] = []
    for cells in sheet.iter_rows(min_row=4, max_row=last, values_only=True):
        if str(cells[1]).endswith(CONTINUED):
            found[-1].append(list(cells))
        else:
            found.append([list(cells)])
    return found


def test_every_text_comes_back_joined() -> None:
    for content in (report(), long_report()):
        rows = ledger_rows(content)
        assert len(rows) == len(content.rows)
        for line, pieces in zip(content.rows, rows, strict=True):
            for column, said in FIELDS.items():
                assert "".join(piece[column] or "" for piece in pieces) == said(line)
            status = line.entry.status
            assert {piece[12] for piece in pieces} == {STATUS_WORDS[status] if status else "未填"}
            assert {piece[1].removesuffix(CONTINUED) for piece in pieces} == {line.title}


def test_every_figure_of_a_summary_comes_back_as_a_number() -> None:
    content = summary(12, 6)
    sheet = load_workbook(io.BytesIO(render_summary_ledger(content)))["指标明细"]
    said = [
        cell.entry.reading(target.key) if cell.entry else None
        for line in content.rows
        for cell in line.cells
        for target in line.targets
    ]
    found = [cells[11] for cells in sheet.iter_rows(min_row=2, values_only=True)]
    assert [None if value is None else Decimal(str(value)) for value in found] == said
    assert all(value is None or isinstance(value, int | float) for value in found)
