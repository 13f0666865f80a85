"""Lines and table rows of a PDF with a text layer; cells that a page break cut are stitched."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed

from desktop.domain.errors import UnreadableError
from desktop.domain.progress import Progress
from desktop.intake.forms.pdf_columns import gutter_of
from desktop.intake.forms.pdf_opening import opened_pages
from desktop.intake.forms.pdf_tables import WORD_GAP, RuledTable, filled, ruled_tables, stitched
from desktop.intake.stream.blocks import Document, Stream
from desktop.intake.tables.table_header import is_header

_MAX_SIGNS = 30_000
_MAX_SHAPES = 40_000
_PAGE_NUMBER = re.compile(r"^[-—–－·\s]*(?:第\s*)?\d{1,3}\s*(?:页)?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-—–－·\s]*$")

# 续表, (续) above a table that goes on.
_GOES_ON = re.compile(r"^[（(]?(?:接上页|上接第?\d*页?|续上?表|续)\s*\d*[）)]?$")


def read_pdf(name: str, data: bytes, progress: Progress) -> Document:
    """Lines and tables page by page. Raises UnreadableError: plan_encrypted, plan_image_only, plan_too_large,
    plan_table_without_rules.
    """
    # What is odd in a damaged file is told by the result, not by the library's remarks.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        opened = opened_pages(data)
    except Exception as error:
        cause = error.args[0] if error.args else error
        refused = (PDFPasswordIncorrect, PDFEncryptionError, PDFTextExtractionNotAllowed)
        if isinstance(error, refused) or isinstance(cause, refused):
            raise UnreadableError("plan_encrypted", file=name) from None
        raise
    pages = [_read_page(name, page, at, len(opened), progress) for at, page in enumerate(opened)]
    if not any(pages):
        raise UnreadableError("plan_image_only", file=name)
    heads = _running_heads(pages)
    stream = Stream()
    table: RuledTable | None = None
    for page in pages:
        for at, part in enumerate(page):
            if isinstance(part, RuledTable):
                longer = stitched(table, part) if table else None
                if table and longer is None:
                    stream.add_table(filled(table))
                table = longer or part
            elif (
                part.text not in heads
                and not _GOES_ON.match(part.text)
                # A figure alone on its line within a page is the text's own.
                and not (_PAGE_NUMBER.match(part.text) and (part.edge or at in (0, len(page) - 1)))
            ):
                if table:
                    stream.add_table(filled(table))
                table = None
                stream.add_line(part.text, part.page, part.gap, part.indented)
    if table:
        stream.add_table(filled(table))
    document = stream.document(hard_lines=True)
    if not document.tables and any(_names_columns(line.text) for line in document.lines):
        raise UnreadableError("plan_table_without_rules", file=name)
    return document


def _names_columns(text: str) -> bool:
    """Whether a line is the header of a table of tasks that has no rules: nothing tells its columns apart."""
    words = text.split()
    return len(words) >= 4 and is_header(words) and all(len(word) <= 10 for word in words)


class _Line:
    """A line of text and where it stands."""

    def __init__(self, text: str, page: int, top: float, gap: bool, indented: bool, edge: bool) -> None:
        self.text, self.page, self.top = text, page, top
        self.gap, self.indented, self.edge = gap, indented, edge


_Part = _Line | RuledTable


def _read_page(name: str, page: Any, at: int, total: int, progress: Progress) -> list[_Part]:
    progress("reading", at, total)
    shapes = len(page.lines) + len(page.rects) + len(page.curves)
    if len(page.chars) > _MAX_SIGNS or shapes > _MAX_SHAPES:
        raise UnreadableError("plan_too_large", file=name)
    parts: list[tuple[tuple[int, float], _Part]] = []
    boxes = list[Sequence[float]]()
    for box, table in ruled_tables(page, at + 1) if shapes else ():
        parts.append(((0, box[1]), table))
        boxes.append(box)
    rest = _without(page, boxes)
    for band, area in enumerate(_areas(rest) if not parts else [rest]):
        parts += [((band, line.top), line) for line in _lines(area, at + 1)]
    page.close()
    return [part for _, part in sorted(parts, key=lambda item: item[0])]


def _areas(page: Any) -> list[Any]:
    """The page's areas in reading order: all of it, or what stands over two columns, each of them, and below."""
    gutter = gutter_of(page.extract_text_lines(return_chars=True, x_tolerance_ratio=WORD_GAP))
    if gutter is None:
        return [page]
    x0, top, x1, bottom = page.bbox
    first, last = min(max(gutter.top, top), bottom), max(min(gutter.bottom, bottom), top)
    boxes = (
        (x0, top, x1, first),
        (x0, first, gutter.x, last),
        (gutter.x, first, x1, last),
        (x0, last, x1, bottom),
    )
    return [_part_of(page, box) for box in boxes]


def _part_of(page: Any, box: Sequence[float]) -> Any:
    """The page's signs whose middle lies in a box."""
    return page.filter(lambda item: _lies_in(item, box))


def _without(page: Any, boxes: Sequence[Sequence[float]]) -> Any:
    """The page without the signs whose middle lies in a box: a heading may touch the table that it stands under."""
    return page.filter(lambda item: not any(_lies_in(item, box) for box in boxes)) if boxes else page


def _lies_in(item: Any, box: Sequence[float]) -> bool:
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= down < box[3])


def _lines(page: Any, number: int) -> list[_Line]:
    found = page.extract_text_lines(return_chars=False, x_tolerance_ratio=WORD_GAP)
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
    """Lines at the edge of pages that come back on at least three of them, or on both of two."""
    edges = Counter(
        part.text
        for page in pages
        for part in (*page[:1], *page[-1:])
        if isinstance(part, _Line) and part.edge
    )
    return {text for text, count in edges.items() if count >= min(3, max(2, len(pages)))}
