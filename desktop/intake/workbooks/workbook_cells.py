"""A filled .xlsx opened as a stranger's: bounded before it is parsed, nothing in it evaluated, macros refused."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from desktop.domain.errors import CancelledError, UnreadableError
from desktop.domain.file_faults import file_fault
from desktop.domain.progress import Progress
from desktop.intake.forms.guard import form_of
from desktop.intake.forms.limits import limited
from desktop.intake.forms.sheet_blocks import merged_ranges
from desktop.intake.workbooks.workbook_values import text_of

MAX_FILE = 10 * 1024 * 1024
MAX_ROWS = 1_000
MAX_COLUMNS = 80
_MAX_SHEETS = 30
# Sheets and their texts together. Sixty measures with long texts come to a fifth of it.
_MAX_PARTS = 8 * 1024 * 1024
_MAX_CELLS = 100_000
# What is parsed as a whole before any row is seen.
_MAX_FRAME = 2 * 1024 * 1024
_EMPTY_RUN = 300
_OTHER_FORMS = {".xls", ".et", ".ett", ".xlt", ".csv", ".ods", ".xlsb", ".xlsm", ".wps", ".doc"}
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MACRO_PARTS = ("xl/macrosheets/", "xl/dialogsheets/", "xl/activex/")


@dataclass(frozen=True)
class Cell:
    """One cell: its value as stored, `kind` (openpyxl's data type; `f` is a formula, `e` an error), number format.

    `merged`: its value was repeated from the cell above, with which it is merged.
    """

    value: Any = None
    kind: str = "n"
    number_format: str = "General"
    merged: bool = False

    @property
    def text(self) -> str:
        """As it reads; a formula says nothing."""
        return "" if self.kind in ("f", "e") else text_of(self.value, self.number_format)


EMPTY = Cell()


@dataclass(frozen=True)
class Sheet:
    """A worksheet's used rows, from its first. `visible` as the program shows it."""

    name: str
    visible: bool
    rows: tuple[tuple[Cell, ...], ...]

    def place(self, row: int, column: int) -> str:
        """A cell as people find it; both counted from 0."""
        return f"{self.name} {get_column_letter(column + 1)}{row + 1}"


def read_sheets(path: Path, progress: Progress) -> tuple[bytes, tuple[Sheet, ...]]:
    """The file's bytes and its sheets. Raises UnreadableError: `file_missing`, `file_unreadable`(file, reason), `workbook_form`(file, form),
    `workbook_damaged`, `workbook_encrypted`, `workbook_macros`, `workbook_empty`, `workbook_too_large`(file);
    CancelledError.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise UnreadableError("workbook_too_large", file=path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError("file_missing", file=path.name) from None
    except OSError as error:
        raise UnreadableError("file_unreadable", file=path.name, reason=file_fault(error)) from error
    _require_workbook(path, data)
    try:
        # What openpyxl leaves out (pictures, validations it does not know) is nothing that is read here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheets = limited(path.name, lambda step: tuple(_sheets(path.name, data, step)), progress)
    except UnreadableError as error:
        raise _as_workbook_error(error, path) from None
    except CancelledError:
        raise
    except (Exception, RecursionError) as error:
        # The library raises nearly anything on damaged files.
        raise UnreadableError("workbook_damaged", file=path.name) from error
    return data, sheets


def _require_workbook(path: Path, data: bytes) -> None:
    suffix = path.suffix.lower()
    if suffix in _OTHER_FORMS and not data.startswith(b"PK\x03\x04"):
        raise UnreadableError("workbook_form", file=path.name, form=suffix)
    try:
        form = form_of(path, data)
    except UnreadableError as error:
        raise _as_workbook_error(error, path) from None
    if form != "xlsx":
        raise UnreadableError("workbook_form", file=path.name, form=suffix or f".{form}")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        _require_bounds(path.name, archive)


def _require_bounds(name: str, archive: zipfile.ZipFile) -> None:
    """The inner sizes, which the guard has found to be as declared, and the number of cells, before any is built."""
    size = cells = 0
    for part in archive.infolist():
        inner = part.filename.lower()
        if inner.startswith(_MACRO_PARTS):
            raise UnreadableError("workbook_macros", file=name)
        if inner.startswith("xl/worksheets/sheet") or inner == "xl/sharedstrings.xml":
            size += part.file_size
            cells += len(_CELL.findall(archive.read(part))) if size <= _MAX_PARTS else 0
        elif inner.endswith((".xml", ".rels")) and part.file_size > _MAX_FRAME:
            raise UnreadableError("workbook_too_large", file=name)
    if size > _MAX_PARTS or cells > _MAX_CELLS:
        raise UnreadableError("workbook_too_large", file=name)


def _as_workbook_error(error: UnreadableError, path: Path) -> UnreadableError:
    """The guard speaks of plan documents; here the same faults are a workbook's."""
    if error.code.startswith("workbook_"):
        return error
    match error.code:
        case "plan_empty":
            return UnreadableError("workbook_empty", file=path.name)
        case "plan_too_large":
            return UnreadableError("workbook_too_large", file=path.name)
        case "plan_encrypted":
            return UnreadableError("workbook_encrypted", file=path.name)
        case "plan_macros":
            return UnreadableError("workbook_macros", file=path.name)
        case "plan_old_form" | "plan_form_unknown":
            form = str(error.facts.get("form", "")) or path.suffix.lower()
            return UnreadableError("workbook_form", file=path.name, form=form)
    return UnreadableError("workbook_damaged", file=path.name)


def _sheets(name: str, data: bytes, progress: Progress) -> Iterator[Sheet]:
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        if len(book.worksheets) > _MAX_SHEETS:
            raise UnreadableError("workbook_too_large", file=name)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for done, sheet in enumerate(book.worksheets):
                progress("reading", done, len(book.worksheets))
                rows = _rows(name, sheet, progress)
                _repeat_down(rows, merged_ranges(archive, sheet._worksheet_path))
                visible = sheet.sheet_state == "visible"
                yield Sheet(sheet.title, visible, tuple(tuple(row) for row in rows))
    finally:
        book.close()


def _rows(name: str, sheet: Any, progress: Progress) -> list[list[Cell]]:
    grid: list[list[Cell]] = []
    sheet.reset_dimensions()
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)):
        if number % 200 == 0:
            progress("reading", number, MAX_ROWS)
        row = [_cell(cell) for cell in cells]
        while row and row[-1] is EMPTY:
            row.pop()
        grid.append(row)
        empty = 0 if row else empty + 1
        if empty > _EMPTY_RUN:
            break
    while grid and not grid[-1]:
        grid.pop()
    if len(grid) > MAX_ROWS:
        raise UnreadableError("workbook_too_large", file=name)
    return grid


def _cell(cell: Any) -> Cell:
    if cell.value is None:
        return EMPTY
    if cell.data_type == "f":
        # The text of a formula is of no use, and may be long.
        return Cell("", "f")
    return Cell(cell.value, cell.data_type, cell.number_format or "General")


def _repeat_down(rows: list[list[Cell]], merges: list[tuple[int, int, int, int]]) -> None:
    """Cells merged downwards hold one value for all their rows; sideways only the first column has it."""
    for column, first, _, last in merges:
        if first > len(rows) or last == first or column > len(rows[first - 1]):
            continue
        top = rows[first - 1][column - 1]
        if top is EMPTY:
            continue
        repeated = Cell(top.value, top.kind, top.number_format, True)
        for row in rows[first : min(last, len(rows))]:
            row.extend([EMPTY] * (column - len(row)))
            row[column - 1] = repeated
