"""The tables of a document one after another: their sections, what their notes state, where one goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.parts import Part
from desktop.intake.duties.responsibility import first_leads, sole_lead, standing_names
from desktop.intake.prose.outline import Paragraph, is_title_line
from desktop.intake.stream.blocks import Row
from desktop.intake.tables.table_cards import cards_as_rows
from desktop.intake.tables.table_header import Header, begins_table, find_header, find_plain_header
from desktop.intake.tables.table_plan import TableReader
from desktop.intake.tables.table_rows import caption_of, is_note, sole_text, told_apart


@dataclass(frozen=True)
class Tables:
    """The measures of all tables, and what their notes state for all: block index and names."""

    parts: list[Part]
    standing: list[tuple[int, tuple[str, ...]]]


def read_tables(
    tables: Sequence[Sequence[Row]], lines: Sequence[Paragraph], lexicon: Lexicon, first: bool
) -> Tables:
    """The measures of the document's tables. `lines`: the running text around them, with its headings.

    `first`: the running text says that the first named leads.
    """
    result = Tables([], [])
    tables = cards_as_rows(tables)
    beside = [row for rows in tables for row in _around(rows)]
    first = first or any(first_leads(cell) for row in beside for cell in set(row.cells))
    sole = any(
        map(sole_lead, (*(line.text for line in lines), *(c for row in beside for c in set(row.cells))))
    )
    result.standing.extend(
        (row.block, names) for row in beside if (names := standing_names(" ".join(set(row.cells)), lexicon))
    )
    before: TableReader | None = None
    at = 0
    for rows in tables:
        between = [line for line in lines if at <= line.first < rows[0].block]
        at = rows[-1].block + 1
        header = find_header(rows)
        alike = before is not None and len(rows[0].cells) == len(before.header.columns)
        if header is None and before and alike and not begins_table(rows[0]):
            header = replace(before.header, start=0, rows=0)
        elif header is None:
            header = find_plain_header(rows)
        if header is None:
            continue
        goes_on = before is not None and (not header.rows or _again(header, before.header, rows[0].page))
        reader = TableReader(
            header, lexicon, first or first_leads(header.note), sole or sole_lead(header.note)
        )
        reader.counted = len({part.task_no for part in result.parts})
        if before and goes_on and not any(caption_of(line.text) for line in between):
            reader.section, reader.number, reader.title = before.section, before.number, before.title
        else:
            reader.section = _caption(between, rows[: header.start], before.caption if before else "")
            reader.caption = reader.section
        reader.read_all([_padded(row, len(header.columns)) for row in rows])
        if not header.duties and not _bearing(reader.parts):
            continue
        result.parts.extend(reader.parts)
        before = reader if reader.parts else before
    return replace(result, parts=told_apart(result.parts))


def _again(header: Header, before: Header, page: int) -> bool:
    """Whether a page of a PDF goes on with the table before under the same header."""
    return page > 0 and header.texts == before.texts


def _bearing(parts: Sequence[Part]) -> bool:
    """Whether the texts of a table without a column of units say who is responsible."""
    return sum(1 for part in parts if part.duties.duties) * 2 > len(parts)


def _padded(row: Row, width: int) -> Row:
    return replace(row, cells=(*row.cells, *[""] * (width - len(row.cells))))


def _around(rows: Sequence[Row]) -> list[Row]:
    """The rows above a table's header, and the notes in it and under it."""
    header = find_header(rows)
    if header is None:
        return []
    return [row for at, row in enumerate(rows) if at < header.start or is_note(row)]


def _caption(between: Sequence[Paragraph], above: Sequence[Row], before: str) -> str:
    """The section that a table belongs to by the headings over it; a title over it ends the former one."""
    section = before
    for text in (*(line.text for line in between), *map(sole_text, above)):
        if caption := caption_of(text):
            section = caption
        elif is_title_line(text) or re.match(r"^附\s*[件表]", text):
            section = ""
    return section
