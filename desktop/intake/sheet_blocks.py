"""Rows of an .xlsx, every visible sheet in order; merged cells repeat their text."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import range_boundaries

from desktop.domain.progress import Progress
from desktop.intake.blocks import MAX_COLUMNS, MAX_ROWS, Document, Row, Stream

_MAX_MERGES = 20_000


def read_sheets(data: bytes, progress: Progress) -> Document:
    """All visible sheets; streamed, so that neither far-off cells nor huge merges are ever built."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    stream = Stream()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for done, sheet in enumerate(book.worksheets):
            progress("reading", done, len(book.worksheets))
            if sheet.sheet_state != "visible":
                continue
            merges = merged_ranges(archive, sheet._worksheet_path)
            stream.add_table(_rows(sheet, merges))
    book.close()
    return stream.document(hard_lines=False)


def _rows(sheet: Any, merges: list[tuple[int, int, int, int]]) -> list[Row]:
    grid: list[list[str]] = []
    sheet.reset_dimensions()
    empty = 0
    for values in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True):
        grid.append([_shown(value) for value in values])
        empty = 0 if any(grid[-1]) else empty + 1
        if empty > 500:
            break
    while grid and not any(grid[-1]):
        grid.pop()
    width = max((at + 1 for row in grid for at, text in enumerate(row) if text), default=0)
    grid = [(row + [""] * width)[:width] for row in grid]
    above: list[set[int]] = [set() for _ in grid]
    left: list[set[int]] = [set() for _ in grid]
    for first_column, first_row, last_column, last_row in merges:
        if first_row > len(grid) or first_column > width:
            continue
        text = grid[first_row - 1][first_column - 1]
        for row in range(first_row - 1, min(last_row, len(grid))):
            for column in range(first_column - 1, min(last_column, width)):
                grid[row][column] = text
                if row >= first_row:
                    above[row].add(column)
                if column >= first_column:
                    left[row].add(column)
    return [Row(tuple(row), frozenset(above[at]), frozenset(left[at])) for at, row in enumerate(grid)]


def merged_ranges(archive: zipfile.ZipFile, path: str) -> list[tuple[int, int, int, int]]:
    """Merged ranges as (first column, first row, last column, last row), 1-based."""
    found: list[tuple[int, int, int, int]] = []
    try:
        with archive.open(path.removeprefix("/")) as member:
            for _, element in iterparse(member):
                if element.tag.endswith("}mergeCell") and len(found) < _MAX_MERGES:
                    bounds = range_boundaries(element.get("ref", ""))
                    if None not in bounds:
                        found.append(bounds)
                if element.tag.endswith(("}mergeCell", "}row", "}c")):
                    element.clear()
    except (KeyError, ParseError, ValueError):
        return found
    return found


def _shown(value: object) -> str:
    """A cell as it would be read aloud: whole numbers without a fraction, dates in Chinese."""
    if value is None or isinstance(value, time):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
