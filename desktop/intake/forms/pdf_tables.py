"""Ruled tables of a PDF page as rows: merged cells told from empty ones, and lines that only wrapped put together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pdfplumber.utils import cluster_objects, extract_words

from desktop.intake.stream.blocks import MAX_COLUMNS, MAX_ROWS, Row
from desktop.intake.stream.plain_text import ends_sentence, joined
from desktop.intake.tables.table_header import begins_table

# Two edges nearer than this (in points) are one.
_NEAR = 4.0
# No column is narrower.
_NARROWEST = 12.0
# Between two words, in parts of a sign; office programs set Chinese and Latin a quarter apart, which is no space.
WORD_GAP = 0.3
_MOST_LOOKS = 20_000_000
_CLOSING_SIGNS = "，。、；：？！）》”’】〕"
# A name may end here, so that a full line of a list of names need not go on in the next one.
_NAME_END = re.compile(r"(?:[局委会府办院校部处司署社站所室厅行队心团、，,；;）)]|公司|集团|企业|单位|部门)$")
# （2）, 3.: a text of its own among those that a cell counts.
_COUNTS = re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|[（(][一二三四五六七八九十]{1,2}[）)]")

_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class RuledTable:
    """A table of one page, or of several once stitched: the left edges of its columns and its rows.

    A covered cell is empty and told by its row's `above` or `left`; a text that ends with a line
    break had room left on its last line.
    """

    edges: tuple[float, ...]
    right: float
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _TextLine:
    text: str
    x0: float
    x1: float
    size: float


def ruled_tables(page: Any, number: int) -> Iterator[tuple[_Box, RuledTable]]:
    """The page's tables of two columns or more with their boxes."""
    settings = {"explicit_vertical_lines": _open_sides(page)}
    for table in page.find_tables(settings):
        made = _table(page, table, number)
        if made and len(made.edges) > 1:
            yield table.bbox, made


def _open_sides(page: Any) -> list[float]:
    """Where the rules of a table without outer borders begin and end, beyond its outermost columns."""
    upright = [edge["x0"] for edge in page.vertical_edges if edge["bottom"] - edge["top"] > _NEAR]
    if not upright:
        return []
    rules: dict[int, tuple[float, float]] = {}
    for edge in page.horizontal_edges:
        at = round(edge["top"] / _NEAR)
        start, end = rules.get(at, (edge["x0"], edge["x1"]))
        rules[at] = (min(start, edge["x0"]), max(end, edge["x1"]))
    left = sorted(start for start, _ in rules.values() if start < min(upright) - _NARROWEST)
    right = sorted(end for _, end in rules.values() if end > max(upright) + _NARROWEST)
    return [
        ends[len(ends) // 2]
        for ends in (left, right)
        # One rule alone is the line under a running head.
        if len(ends) >= 3 and ends[-1] - ends[0] < _NEAR
    ]


def _table(page: Any, table: Any, number: int) -> RuledTable | None:
    rows = table.rows[:MAX_ROWS]
    if not rows:
        return None
    edges = sorted({cell[0] for cell in table.cells})[:MAX_COLUMNS]
    chars = sorted(page.chars, key=_middle)
    heights = [_middle(c) for c in chars]
    found: list[list[tuple[_Box, list[_TextLine]] | None]] = []
    for row in rows:
        inside = chars[bisect_left(heights, row.bbox[1]) : bisect_left(heights, row.bbox[3])]
        cells = row.cells[: len(edges)]
        found.append([(cell, _text_lines(inside, cell)) if cell else None for cell in cells])
    pads = [lines[0].x0 - cell[0] for cells in found for cell, lines in filter(None, cells) if lines]
    pad = max(0.0, min(pads, default=0.0))
    made = []
    # A drawing of thousands of boxes is no table with merged cells worth looking for.
    looking = len(rows) * len(edges) * len(table.cells) < _MOST_LOOKS
    for row, cells in zip(rows, found, strict=True):
        texts, above, left = list[str](), set[int](), set[int]()
        for at in range(len(edges)):
            own = cells[at] if at < len(cells) else None
            texts.append(_cell_text(own[1], own[0], pad) if own else "")
            if own is None and looking and (cover := _covering(table.cells, edges[at], row.bbox[1])):
                if cover[1] < row.bbox[1] - 1:
                    above.add(at)
                if cover[0] < edges[at] - 1:
                    left.add(at)
        made.append(Row(tuple(texts), frozenset(above), frozenset(left), number))
    return RuledTable(tuple(edges), table.bbox[2], tuple(made))


def _middle(char: Any) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _covering(cells: Sequence[_Box], x: float, y: float) -> _Box | None:
    return next((c for c in cells if c[0] <= x + 1 < c[2] and c[1] <= y + 1 < c[3]), None)


def _text_lines(chars: Sequence[Any], box: _Box) -> list[_TextLine]:
    inside = [
        c for c in chars if box[0] <= (c["x0"] + c["x1"]) / 2 < box[2] and box[1] <= _middle(c) < box[3]
    ]
    lines = []
    for words in (
        cluster_objects(extract_words(inside, x_tolerance_ratio=WORD_GAP), "top", 3) if inside else []
    ):
        ordered = sorted(words, key=lambda word: word["x0"])
        size = max(word["bottom"] - word["top"] for word in ordered)
        text = " ".join(word["text"] for word in ordered)
        lines.append(_TextLine(text, ordered[0]["x0"], ordered[-1]["x1"], size))
    return lines


def _cell_text(lines: Sequence[_TextLine], box: _Box, pad: float) -> str:
    """The cell's text with only those line breaks that were meant, or may have been."""
    if not lines:
        return ""
    sentences = any(ends_sentence(line.text) or "。" in line.text for line in lines)
    text = lines[0].text
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        full = _is_full(line, after, box, pad)
        if after is None:
            return text if full else f"{text}\n"
        # A single sign is the rest of a name; more of them may be the next one.
        may_end = not sentences and _NAME_END.search(line.text) and len(after.text) > 1
        may_end = may_end or (line.text[-1:] in "；;。：:" and bool(_COUNTS.match(after.text)))
        text = joined(text, after.text) if full and not may_end else f"{text}\n{after.text}"
    return text


def _is_full(line: _TextLine, after: _TextLine | None, box: _Box, pad: float) -> bool:
    """Whether the line was broken because what follows had no room left on it."""
    need = _unbreakable(after.text if after else "") * line.size
    left, right = line.x0 - box[0], box[2] - line.x1
    centred = left > pad + 2 and abs(left - right) < line.size / 2
    free = left + right - 2 * pad if centred else right - pad
    return free < need + line.size * 0.1


def _unbreakable(text: str) -> float:
    """The width, in signs, of what must stay together at the head of a line."""
    run = re.match(r"[A-Za-z0-9.%+/-]+", text)
    width = len(run[0]) * 0.55 if run else 1.0
    rest = text[run.end() if run else 1 :]
    return width + (1.0 if rest and rest[0] in _CLOSING_SIGNS else 0.0)


def stitched(table: RuledTable, part: RuledTable) -> RuledTable | None:
    """A table with its continuation on the next page; None where the part is another table."""
    beside = table.rows[-1].page == part.rows[0].page
    if beside and begins_table(part.rows[0]):
        # Two tables under one another on a page, the second with a head of its own.
        return None
    if abs(table.edges[0] - part.edges[0]) > _NEAR or abs(table.right - part.right) > _NEAR:
        return None
    edges = _union(table.edges, part.edges)
    if len(edges) > max(len(table.edges), len(part.edges)):
        return None
    rows, fresh = _spread(table, edges), _spread(part, edges)
    head = 0
    while head < min(3, len(fresh)) and head < len(rows) and _bare(fresh[head]) == _bare(rows[head]):
        head += 1
    fresh = fresh[head:]
    if fresh and _goes_on(rows, fresh[0]):
        rows = _closed(rows, fresh[0])
        fresh = fresh[1:]
    elif fresh and not fresh[0].cells[0].strip():
        fresh = [_carried(rows[-1], fresh), *fresh[1:]]
    return replace(part, edges=edges, rows=(*rows, *fresh))


def _bare(row: Row) -> tuple[str, ...]:
    return tuple("".join(cell.split()) for cell in row.cells)


def _union(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    edges = list[float]()
    for edge in sorted((*one, *other)):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return tuple(edges)


def _spread(table: RuledTable, edges: Sequence[float]) -> list[Row]:
    """The table's rows over more columns; what a column lacks is covered by the cell to its left."""
    if len(edges) == len(table.edges):
        return list(table.rows)
    source = [max(at for at, own in enumerate(table.edges) if own <= edge + _NEAR) for edge in edges]
    own = [at == 0 or source[at] != source[at - 1] for at in range(len(edges))]
    rows = []
    for row in table.rows:
        cells = tuple(row.cells[source[at]] if own[at] else "" for at in range(len(edges)))
        above = frozenset(at for at in range(len(edges)) if source[at] in row.above)
        left = frozenset(at for at in range(len(edges)) if not own[at] or source[at] in row.left)
        rows.append(Row(cells, above, left, row.page))
    return rows


def _goes_on(rows: Sequence[Row], first: Row) -> bool:
    """Whether a page's first row is the rest of the row that the page before cut."""
    tails = [at for at, cell in enumerate(first.cells) if cell.strip()]
    if not tails or 0 in tails or len(first.left) >= len(first.cells) - 1:
        return not tails
    before = [_origin(rows, at)[1] for at in range(len(first.cells))]
    before = [text.strip() for text in before]
    longest = max(range(len(before)), key=lambda at: len(before[at]) + len(first.cells[at]))
    if longest not in tails:
        return True
    if not ends_sentence(before[longest]):
        return bool(before[longest].strip())
    # A row of its own shows nothing in a column only where cells of that column are merged downwards.
    merging = {at for row in rows for at in row.above}
    silent = {at for at, cell in enumerate(before) if cell.strip() and at not in tails}
    return len(tails) == 1 and not silent <= merging


def _origin(rows: Sequence[Row], at: int) -> tuple[int, str]:
    """The row that holds the text of a column at the table's end, and the text."""
    index = len(rows) - 1
    while index > 0 and at in rows[index].above:
        index -= 1
    return index, rows[index].cells[at]


def _closed(rows: list[Row], first: Row) -> list[Row]:
    """The rows with the cells of the last one closed by what stands on the next page."""
    rows = list(rows)
    for at, tail in enumerate(first.cells):
        index, text = _origin(rows, at)
        if tail.strip():
            cells = list(rows[index].cells)
            cells[at] = _glued(text, tail)
            rows[index] = replace(rows[index], cells=tuple(cells))
    return rows


def _glued(before: str, after: str) -> str:
    if not before or not after:
        return before or after
    if before.endswith("\n") and (ends_sentence(before) or not re.search(r"[。；]", before)):
        return before + after
    return joined(before.rstrip("\n"), after)


def _carried(last: Row, fresh: Sequence[Row]) -> Row:
    """A page's first row with those empty cells as merged that go on from the page before."""
    first, second = fresh[0], fresh[1] if len(fresh) > 1 else None
    merged = {
        at
        for at, cell in enumerate(first.cells)
        if not cell.strip() and (at in last.above or (second is not None and at in second.above))
    }
    return replace(first, above=first.above | merged)


def filled(table: RuledTable) -> list[Row]:
    """The rows as every form gives them: the text of a merged cell repeated wherever it reaches."""
    rows = list[Row]()
    for row in table.rows:
        cells = list[str]()
        for at, cell in enumerate(row.cells):
            if at in row.above and rows:
                cell = rows[-1].cells[at]
            elif at in row.left and cells:
                cell = cells[-1]
            cells.append(cell.strip("\n"))
        rows.append(replace(row, cells=tuple(cells)))
    return rows
