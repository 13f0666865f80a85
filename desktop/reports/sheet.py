"""One way to write a worksheet: typed cells, heights that show the whole text, paper, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import ceil
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from desktop.reports.cell_text import (
    TALLEST_ROW,
    WIDEST_COLUMN,
    Value,
    clean,
    escaped,
    format_of,
    height,
    line_width,
    plain,
    tempting,
)
from desktop.reports.continuation import continued
from desktop.reports.written_rows import WrittenRows

FACE = "宋体"
HEADING_FACE = "等线"
BODY_SIZE = 10
# Header and footer together may have 255 characters.
_LONGEST_FOOTER = 180
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_STYLES = "xl/styles.xml"
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
    ("未填", "8A5A00", "FFF6DF"),
    ("未报送", "8A5A00", "FFF6DF"),
    ("已退回", "B3380A", "FFF6DF"),
    ("否", "B3380A", "FBEAE3"),
)


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, least width in digits of the default face, alignment, size in points.

    It grows up to `widest` for the sake of long texts. `again`: what it says in a row that goes on
    (`same`, `marked`); where no column of a table says so, no row goes on.
    """

    heading: str
    width: float
    align: str = "left"
    size: int = BODY_SIZE
    widest: float = WIDEST_COLUMN
    again: str = ""


def put(cell: Any, value: Value) -> None:
    """Write a value by its type. Text is a string whatever it begins with, also after editing in Excel."""
    if value is None or value == "":
        return
    value = plain(value)
    if isinstance(value, str):
        cell.value = escaped(clean(value))
        cell.data_type = "s"
        cell.quotePrefix = tempting(value)
        return
    cell.value = value
    cell.number_format = format_of(value)


def write_table(
    sheet: Any, top: int, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, whole: bool = True
) -> int:
    """A headed table with its first row at `top`; returns its last row. Frozen, filtered, repeated in print.

    Unless `whole`, its rows are no cells of openpyxl's but stand in the saved file alone, which is quick, and they
    become taller by themselves when people write more into them.
    """
    rows = list(rows)
    widths = [_fitting_width(column, [row[i] for row in rows]) for i, column in enumerate(columns)]
    if any(column.again for column in columns):
        rows = list(continued(columns, widths, rows))
    for index, (column, width) in enumerate(zip(columns, widths, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
        _head(sheet.cell(top, index), column.heading)
    headings = [(c.heading, w, BODY_SIZE) for c, w in zip(columns, widths, strict=True)]
    sheet.row_dimensions[top].height = max(24.0, height(headings))
    sizes = [column.size for column in columns]
    heights = [_row_height(zip(row, widths, sizes, strict=True)) for row in rows]
    if whole:
        _write_cells(sheet, top, columns, rows, heights)
    else:
        _write_rows(sheet, top, columns, rows, heights, wrap=True)
    last = top + len(rows)
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = f"{top}:{top}"
    return last


def write_data(sheet: Any, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> int:
    """Bare data from the first row on, each record in one row of one line; returns the last row.

    Columns are as wide as their longest text up to their `widest`.
    """
    rows = list(rows)
    for index, column in enumerate(columns, start=1):
        texts = {value for row in rows if isinstance(value := row[index - 1], str)}
        longest = max((line_width(text, column.size) for text in texts), default=0.0)
        width = min(max(column.width, ceil(longest * 10) / 10), column.widest)
        sheet.column_dimensions[get_column_letter(index)].width = width
        _head(sheet.cell(1, index), column.heading)
    sheet.row_dimensions[1].height = 30.0
    # A text of several lines would make its row tall.
    _write_rows(sheet, 1, columns, rows, [18.0] * len(rows), wrap=False)
    sheet.print_title_rows = "1:1"
    return 1 + len(rows)


def _row_height(cells: Iterable[tuple[Value, float, int]]) -> float:
    return min(max(18.0, height(cells)), TALLEST_ROW)


def _write_cells(
    sheet: Any, top: int, columns: Sequence[Column], rows: list[Sequence[Value]], heights: list[float]
) -> None:
    for number, (row, tall) in enumerate(zip(rows, heights, strict=True), start=top + 1):
        for index, (value, column) in enumerate(zip(row, columns, strict=True), start=1):
            cell = sheet.cell(number, index)
            cell.font, cell.alignment, cell.border = _body_style(column, wrap=True)
            put(cell, value)
        sheet.row_dimensions[number].height = tall


def _write_rows(
    sheet: Any,
    top: int,
    columns: Sequence[Column],
    rows: list[Sequence[Value]],
    heights: list[float],
    *,
    wrap: bool,
) -> None:
    styles = [_body_style(column, wrap) for column in columns]

    def dress(cell: Any, at: int) -> None:
        cell.font, cell.alignment, cell.border = styles[at]

    body = WrittenRows(sheet, top, len(columns), dress, fixed=not wrap)
    for row, tall in zip(rows, heights, strict=True):
        body.add(row, tall)
    # Kept with its sheet until the book is saved.
    sheet.written_rows = body


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
    needed = max(size * 2.0, height([(text, width, size)]))
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


def set_paper(
    sheet: Any, freeze: str, footer: str, *, pages_wide: int = 1, title_columns: str = "", head: str = ""
) -> None:
    """A4 landscape, so many pages wide, rows and columns before `freeze` kept in sight, numbered pages.

    `title_columns` (`A:C`) come again on every page beside the first; `head` stands above the pages.
    """
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    if title_columns:
        sheet.print_title_cols = title_columns
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = (0.7 if head else 0.5), 0.6, 0.3, 0.3
    if head:
        sheet.oddHeader.center.text = _code_free(head)
    sheet.oddFooter.left.text = _code_free(footer)
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.right.text = "&A"


def _code_free(text: str) -> str:
    """Text for a header or footer, where & begins a code, within what Excel takes."""
    return " ".join(clean(text).split())[:_LONGEST_FOOTER].replace("&", "&&")


def name_range(sheet: Any, name: str, cells: str) -> None:
    """Gives cells (`A3:N20`) a name in the whole workbook."""
    first, _, last = cells.partition(":")
    place = ":".join(re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", each) for each in (first, last) if each)
    book = sheet.parent
    book.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!{place}")


def new_book(
    title: str, creator: str, day: date, *, subject: str = "", keywords: str = "", description: str = ""
) -> Any:
    """An empty workbook, said to be made at the beginning of `day`."""
    book = Workbook()
    book.remove(book.active)
    said = book.properties
    said.title, said.creator, said.lastModifiedBy = clean(title), clean(creator), clean(creator)
    said.subject, said.keywords, said.description = clean(subject), clean(keywords), clean(description)
    said.created = datetime.combine(day, time())
    # There is nothing to calculate; Excel would ask on closing whether to keep what it calculated.
    book.calculation.fullCalcOnLoad = False
    return book


def saved(book: Any) -> bytes:
    """The workbook's bytes, the same for the same content: no clock of this PC is in them."""
    # Saving gives sheets their paths.
    raw, fixed = _raw(book), io.BytesIO()
    bodies = {sheet.path.lstrip("/"): sheet.written_rows for sheet in book if hasattr(sheet, "written_rows")}
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        # What styles there are is known when all rows are written.
        for name in sorted(source.namelist(), key=_STYLES.__eq__):
            data = source.read(name)
            if name == "docProps/core.xml":
                stamp = book.properties.created.strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
                data = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            elif name == "docProps/app.xml":
                company = f"<Company>{escape(book.properties.creator or '')}</Company>".encode()
                data = data.replace(b"</Properties>", company + b"</Properties>")
            elif name == _STYLES and bodies:
                with zipfile.ZipFile(_raw(book)) as again:
                    data = again.read(name)
            info = zipfile.ZipInfo(name, _SAVED_AS)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            with target.open(info, "w") as part:
                for piece in bodies[name].into(data) if name in bodies else (data,):
                    part.write(piece)
    return fixed.getvalue()


def _raw(book: Any) -> io.BytesIO:
    raw = io.BytesIO()
    book.save(raw)
    return raw


def _head(cell: Any, text: str) -> None:
    put(cell, text)
    cell.font = Font(name=HEADING_FACE, size=BODY_SIZE, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.fill, cell.border = _HEAD_FILL, _GRID


def _body_style(column: Column, wrap: bool) -> tuple[Font, Alignment, Border]:
    alignment = Alignment(horizontal=column.align, vertical="center", wrap_text=wrap)
    return Font(name=FACE, size=column.size), alignment, _GRID


def _fitting_width(column: Column, values: Sequence[Value]) -> float:
    """The column's width, widened until its longest text fits the tallest row Excel has."""
    width = column.width
    texts = [value for value in values if isinstance(value, str)]
    while width < column.widest:
        texts = [value for value in texts if height([(value, width, column.size)]) > TALLEST_ROW]
        if not texts:
            break
        width = min(width * 1.1, column.widest)
    return round(width, 1)
