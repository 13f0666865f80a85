"""Lines and table rows of a PDF with a text layer; cells that a page break cut are stitched."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed

from desktop.domain.errors import UnreadableError
from desktop.domain.progress import Progress
from desktop.intake.blocks import MAX_COLUMNS, MAX_ROWS, Document, Row, Stream
from desktop.intake.plain_text import ends_sentence, joined

_MAX_PAGES = 400
_MAX_SIGNS = 30_000
_MAX_SHAPES = 40_000
_PAGE_NUMBER = re.compile(r"^[-—–－·\s]*(?:第\s*)?\d{1,3}\s*(?:页)?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-—–－·\s]*$")


def read_pdf(name: str, data: bytes, progress: Progress) -> Document:
    """Lines and tables page by page. Raises UnreadableError: plan_encrypted, plan_image_only, plan_too_large."""
    # What is odd in a damaged file is told by the result, not by the library's remarks.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        opened = pdfplumber.open(BytesIO(data))
    except Exception as error:
        cause = error.args[0] if error.args else error
        refused = (PDFPasswordIncorrect, PDFEncryptionError, PDFTextExtractionNotAllowed)
        if isinstance(error, refused) or isinstance(cause, refused):
            raise UnreadableError("plan_encrypted", file=name) from None
        raise
    with opened as pdf:
        if len(pdf.pages) > _MAX_PAGES:
            raise UnreadableError("plan_too_large", file=name, limit_pages=_MAX_PAGES)
        pages = [_read_page(name, page, at, len(pdf.pages), progress) for at, page in enumerate(pdf.pages)]
    if not any(pages):
        raise UnreadableError("plan_image_only", file=name)
    heads = _running_heads(pages)
    stream = Stream()
    table: list[Row] = []
    for page in pages:
        for part in page:
            if isinstance(part, list):
                table = _stitched(table, part) if _same_shape(table, part) else _flushed(stream, table, part)
            elif part.text not in heads and not _PAGE_NUMBER.match(part.text):
                table = _flushed(stream, table, [])
                stream.add_line(part.text, part.page, part.gap, part.indented)
    _flushed(stream, table, [])
    return stream.document(hard_lines=True)


class _Line:
    """A line of text and where it stands."""

    def __init__(self, text: str, page: int, top: float, gap: bool, indented: bool, edge: bool) -> None:
        self.text, self.page, self.top = text, page, top
        self.gap, self.indented, self.edge = gap, indented, edge


_Part = _Line | list[Row]


def _read_page(name: str, page: Any, at: int, total: int, progress: Progress) -> list[_Part]:
    progress("reading", at, total)
    shapes = len(page.lines) + len(page.rects) + len(page.curves)
    if len(page.chars) > _MAX_SIGNS or shapes > _MAX_SHAPES:
        raise UnreadableError("plan_too_large", file=name, limit_pages=_MAX_PAGES)
    parts: list[tuple[float, _Part]] = []
    rest = page
    for table in page.find_tables() if shapes else []:
        rows = [
            Row(tuple(cell or "" for cell in row)[:MAX_COLUMNS], page=at + 1)
            for row in table.extract()[:MAX_ROWS]
        ]
        if rows and len(rows[0].cells) > 2:
            parts.append((table.bbox[1], rows))
            rest = rest.outside_bbox(table.bbox) if _inside(table.bbox, rest.bbox) else rest
    parts += [(line.top, line) for line in _lines(rest, at + 1)]
    page.close()
    return [part for _, part in sorted(parts, key=lambda item: item[0])]


def _inside(box: Sequence[float], outer: Sequence[float]) -> bool:
    return box[0] >= outer[0] and box[1] >= outer[1] and box[2] <= outer[2] and box[3] <= outer[3]


def _lines(page: Any, number: int) -> list[_Line]:
    found = page.extract_text_lines(return_chars=False)
    if not found:
        return []
    margin = min(line["x0"] for line in found)
    steps = [b["top"] - a["top"] for a, b in pairwise(found) if b["top"] > a["top"]]
    usual = sorted(steps)[len(steps) // 4] if steps else 0.0
    lines = []
    for at, line in enumerate(found):
        step = line["top"] - found[at - 1]["top"] if at else 0.0
        edge = line["top"] < page.height * 0.09 or line["bottom"] > page.height * 0.91
        size = line["bottom"] - line["top"]
        indented = line["x0"] - margin > size * 1.2
        lines.append(_Line(line["text"], number, line["top"], step > usual * 1.35, indented, edge))
    return lines


def _running_heads(pages: Sequence[Sequence[_Part]]) -> set[str]:
    """Lines at the edge of pages that come back on at least three of them."""
    edges = Counter(
        part.text
        for page in pages
        for part in (*page[:1], *page[-1:])
        if isinstance(part, _Line) and part.edge
    )
    return {text for text, count in edges.items() if count >= 3}


def _same_shape(table: list[Row], part: list[Row]) -> bool:
    return bool(table) and len(table[0].cells) == len(part[0].cells)


def _flushed(stream: Stream, table: list[Row], following: list[Row]) -> list[Row]:
    if table:
        stream.add_table([_mended(row) for row in table])
    return list(following)


def _stitched(table: list[Row], part: list[Row]) -> list[Row]:
    """A table with its continuation on the next page: the header again is dropped, a cut row is closed."""
    rows = list(part)
    if rows and rows[0].cells == table[0].cells:
        rows = rows[1:]
    if rows and _goes_on(table[-1], rows[0]):
        cells = tuple(_glued(a, b) for a, b in zip(table[-1].cells, rows[0].cells, strict=True))
        table = [*table[:-1], Row(cells, page=table[-1].page)]
        rows = rows[1:]
    return table + rows


def _goes_on(last: Row, first: Row) -> bool:
    """Whether a page's first row is the rest of the row before: no number of its own, and a text in mid-sentence."""
    if first.cells[0].strip():
        return False
    tails = [(a.strip(), b.strip()) for a, b in zip(last.cells, first.cells, strict=True) if b.strip()]
    longest = max(tails, key=lambda pair: len(pair[0]) + len(pair[1]), default=("", ""))
    others = sum(1 for _, b in tails)
    return bool(longest[0]) and (not ends_sentence(longest[0]) or others == 1)


def _glued(before: str, after: str) -> str:
    return f"{before}\n{after}" if before and after else before or after


def _mended(row: Row) -> Row:
    """Long cells with their lines joined; short ones keep them, for a list of units has one on each line."""
    cells = []
    for cell in row.cells:
        lines = cell.split("\n")
        # Not the widest line: quotation marks are narrow in some faces.
        usual = sorted(map(_width, lines))[len(lines) * 3 // 4]
        if re.search(r"[。；]", cell):
            whole = [""]
            for line in lines:
                whole[-1] = joined(whole[-1], line)
                if ends_sentence(line) and _width(line) <= usual - 2:
                    whole.append("")
            cell = "\n".join(part for part in whole if part)
        cells.append(cell)
    return Row(tuple(cells), row.above, row.left, row.page)


def _width(line: str) -> float:
    """A line's width in Chinese characters; Latin letters and digits take about half of one."""
    return sum(1.0 if sign > "\u00ff" else 0.55 for sign in line)
