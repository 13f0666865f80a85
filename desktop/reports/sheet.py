"""One way to write a worksheet: typed cells, heights that show the whole text, paper, and the same bytes each time."""

from __future__ import annotations

import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

Value = str | int | Decimal | date | None

FACE = "宋体"
HEADING_FACE = "等线"
BODY_SIZE = 10
# Excel's own bounds: a row's height in points, a column's width in digits, a cell's UTF-16 units.
TALLEST_ROW = 409.0
WIDEST_COLUMN = 250.0
LONGEST_TEXT = 32_767
CUT_MARK = "……（本格文字过长，余下部分见季报）"
# Excel keeps 15 digits of a number; a longer one is written as text rather than rounded in silence.
EXACT_DIGITS = 15

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_SAVED_AS = (1980, 1, 1, 0, 0, 0)
_THIN = Side(style="thin", color="C3CAD2")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", start_color="F2F4F6")
_STATUS_COLOURS = (
    ("已完成", "1C5BA8", "E8F0F9"),
    ("达到序时进度", "0F6E4F", "E4F1EB"),
    ("滞后", "B3380A", "FBEAE3"),
    ("未启动", "48515E", "F2F4F6"),
    ("不涉及", "5E6876", "F8F9FA"),
)


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, least width in digits of the default face, alignment, size in points."""

    heading: str
    width: float
    align: str = "left"
    size: int = BODY_SIZE


def clean(text: str) -> str:
    """Text as a cell may hold it: without characters XML forbids, within Excel's length, the cut told."""
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(CUT_MARK)
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore") + CUT_MARK


def put(cell: Any, value: Value) -> None:
    """Write a value by its type. Text is a string whatever it begins with, also after editing in Excel."""
    if value is None or value == "":
        return
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT_DIGITS:
        value = format(value, "f")
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"
        return
    cell.value = value
    if isinstance(value, Decimal):
        places = max(0, -int(value.as_tuple().exponent))
        cell.number_format = "#,##0" + ("." + "0" * places if places else "")
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.number_format = "0"


def write_table(sheet: Any, top: int, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> int:
    """A headed table with its first row at `top`; returns its last row. Frozen, filtered, repeated in print."""
    widths = [_fitting_width(column, [row[i] for row in rows]) for i, column in enumerate(columns)]
    for index, (column, width) in enumerate(zip(columns, widths, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        _head(sheet.cell(top, index), column.heading)
    headings = [(c.heading, w, BODY_SIZE) for c, w in zip(columns, widths, strict=True)]
    sheet.row_dimensions[top].height = max(24.0, _height(headings))
    styles = [_body_style(column) for column in columns]
    for number, row in enumerate(rows, start=top + 1):
        for index, (value, style) in enumerate(zip(row, styles, strict=True), start=1):
            cell = sheet.cell(number, index)
            cell.font, cell.alignment, cell.border = style
            put(cell, value)
        measured = [(v, w, c.size) for v, w, c in zip(row, widths, columns, strict=True)]
        sheet.row_dimensions[number].height = min(max(18.0, _height(measured)), TALLEST_ROW)
    last = top + len(rows)
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = f"{top}:{top}"
    return last


def write_line(
    sheet: Any, row: int, first: int, last: int, text: str, *, size: int = BODY_SIZE, title: bool = False
) -> None:
    """One line of text over the columns `first` to `last`, without a frame."""
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    cell = sheet.cell(row, first)
    put(cell, text)
    cell.font = Font(name=HEADING_FACE if title else FACE, size=size, bold=title)
    cell.alignment = Alignment(horizontal="center" if title else "left", vertical="center", wrap_text=True)
    width = sum(sheet.column_dimensions[get_column_letter(i)].width for i in range(first, last + 1))
    needed = max(size * 2.0, _height([(text, width, size)]))
    sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or 0.0, needed)


def write_facts(sheet: Any, facts: Iterable[tuple[str, Value]]) -> None:
    """A sheet of names and values, one pair a row."""
    columns = (Column("项目", 26), Column("内容", 84))
    write_table(sheet, 1, columns, [(name, value) for name, value in facts])
    sheet.auto_filter.ref = None


def colour_statuses(sheet: Any, cells: str) -> None:
    """Colour the status words in a range; the word itself always stays."""
    for word, ink, ground in _STATUS_COLOURS:
        rule = CellIsRule(
            operator="equal",
            formula=[f'"{word}"'],
            font=Font(color=ink),
            fill=PatternFill(bgColor=ground, fill_type="solid"),
        )
        sheet.conditional_formatting.add(cells, rule)


def set_paper(sheet: Any, freeze: str, footer: str) -> None:
    """A4 landscape, one page wide, rows and columns before `freeze` kept in sight, numbered pages."""
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def new_book(title: str, creator: str, day: date) -> Any:
    """An empty workbook, said to be made at the beginning of `day`."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = clean(title), clean(creator)
    book.properties.created = datetime.combine(day, time())
    return book


def saved(book: Any) -> bytes:
    """The workbook's bytes, the same for the same content: no clock of this PC is in them."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    stamp = book.properties.created.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            info = zipfile.ZipInfo(name, _SAVED_AS)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            target.writestr(info, data)
    return fixed.getvalue()


def _head(cell: Any, text: str) -> None:
    put(cell, text)
    cell.font = Font(name=HEADING_FACE, size=BODY_SIZE, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.fill, cell.border = _HEAD_FILL, _GRID


def _body_style(column: Column) -> tuple[Font, Alignment, Border]:
    alignment = Alignment(horizontal=column.align, vertical="center", wrap_text=True)
    return Font(name=FACE, size=column.size), alignment, _GRID


def _fitting_width(column: Column, values: Sequence[Value]) -> float:
    """The column's width, widened until its longest text fits the tallest row Excel has."""
    width = column.width
    while width < WIDEST_COLUMN and any(
        isinstance(value, str) and _height([(value, width, column.size)]) > TALLEST_ROW for value in values
    ):
        width = min(width * 1.1, WIDEST_COLUMN)
    return round(width, 1)


def _height(cells: Sequence[tuple[Value, float, int]]) -> float:
    """Points that the tallest of (value, width in digits, size in points) needs, generously."""
    tallest = max((_lines(value, width, size) * size * 1.4 for value, width, size in cells), default=0.0)
    return tallest + 6.0


def _lines(value: Value, width: float, size: int) -> int:
    if not isinstance(value, str):
        return 1
    pixel = size * 96 / 72
    # A digit of the default face is 7 pixels; one character of room for punctuation that may not begin a line.
    room = max(width * 7 - 4 - pixel, pixel)
    return sum(max(1, math.ceil(_advance(line) * pixel / room)) for line in value.split("\n"))


def _advance(line: str) -> float:
    """The line's length in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in line)
