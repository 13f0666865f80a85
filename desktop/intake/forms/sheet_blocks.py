"""Rows of an .xlsx, every visible sheet in order, without hidden columns; merged cells repeat their text."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.parsers import expat

import openpyxl
from openpyxl.utils.cell import range_boundaries

from desktop.domain.progress import Progress
from desktop.intake.stream.blocks import MAX_COLUMNS, MAX_ROWS, Document, Row, Stream, TooMuchError

_MAX_MERGES = 20_000

MAX_SHEETS = 200


@dataclass
class _Layout:
    """Merged ranges as (first column, first row, last column, last row) and hidden columns, all 1-based."""

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def read_sheets(data: bytes, progress: Progress) -> Document:
    """All visible sheets; streamed, so that neither far-off cells nor huge merges are ever built.

    Raises TooMuchError beyond 200 sheets: a few kilobytes can name one sheet a thousand times.
    """
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = book.worksheets
    if len(sheets) > MAX_SHEETS:
        raise TooMuchError
    stream = Stream()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for done, sheet in enumerate(sheets):
            progress("reading", done, len(sheets))
            if sheet.sheet_state != "visible":
                continue
            stream.add_table(_rows(sheet, _layout(archive, sheet._worksheet_path)))
    book.close()
    return stream.document(hard_lines=False)


def _rows(sheet: Any, layout: _Layout) -> list[Row]:
    grid: list[list[str]] = []
    sheet.reset_dimensions()
    empty = 0
    for cells in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
        grid.append([_shown(cell.value, cell) for cell in cells])
        empty = 0 if any(grid[-1]) else empty + 1
        if empty > 500:
            break
    while grid and not any(grid[-1]):
        grid.pop()
    width = max((at + 1 for row in grid for at, text in enumerate(row) if text), default=0)
    grid = [(row + [""] * width)[:width] for row in grid]
    above: list[set[int]] = [set() for _ in grid]
    left: list[set[int]] = [set() for _ in grid]
    for first_column, first_row, last_column, last_row in layout.merges:
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
    kept = [column for column in range(width) if column + 1 not in layout.hidden]
    return [
        Row(
            tuple(row[column] for column in kept),
            frozenset(new for new, column in enumerate(kept) if column in above[at]),
            # A merge whose first column is hidden begins in the next one.
            frozenset(
                new for new, column in enumerate(kept) if column in left[at] and column - 1 in kept[:new]
            ),
        )
        for at, row in enumerate(grid)
    ]


def merged_ranges(archive: zipfile.ZipFile, path: str) -> list[tuple[int, int, int, int]]:
    """Merged ranges as (first column, first row, last column, last row), 1-based."""
    return _layout(archive, path).merges


def _layout(archive: zipfile.ZipFile, path: str) -> _Layout:
    """Streamed without a tree: empty rows by the million are usual where a whole sheet was formatted."""
    found = _Layout()

    def began(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "mergeCell" and len(found.merges) < _MAX_MERGES:
            bounds = range_boundaries(attributes.get("ref", ""))
            if None not in bounds:
                found.merges.append(bounds)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            found.hidden.update(range(max(first, 1), min(last, MAX_COLUMNS) + 1))

    # The guard let no document type through: there are no entities.
    parser = expat.ParserCreate()
    parser.StartElementHandler = began
    try:
        with archive.open(path.removeprefix("/")) as member:
            parser.ParseFile(member)
    except (KeyError, expat.ExpatError, ValueError):
        return found
    return found


def _shown(value: object, cell: Any) -> str:
    """A cell as it is read aloud: whole numbers without a fraction, percentages as such, dates in Chinese."""
    if value is None or isinstance(value, time | bool):
        return ""
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime | date):
        return _date(value, re.sub(r"\[[^\]]*\]|\\\\.", "", str(cell.number_format or "")).lower())
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def _number(value: float, shape: str) -> str:
    if "%" in re.sub(r'"[^"]*"', "", shape):
        return f"{(Decimal(repr(value)) * 100).normalize():f}%"
    whole = float(value).is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else repr(value)


def _date(value: date, shape: str) -> str:
    """A date with what its cell shows of it: the day is left out where only year and month are shown."""
    plain = not re.search("[ymd]", shape)
    shown = [
        (plain or "y" in shape, f"{value.year}年"),
        (plain or "m" in shape, f"{value.month}月"),
        (plain or "d" in shape, f"{value.day}日"),
    ]
    return "".join(text for wanted, text in shown if wanted)
