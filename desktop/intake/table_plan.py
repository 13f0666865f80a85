"""A plan that is a table: one row, one measure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.intake.blocks import Row
from desktop.intake.lexicon import Lexicon
from desktop.intake.outline import Marker, marker_of
from desktop.intake.plain_text import without_stop
from desktop.intake.reading import Part, headline, rejoined, split_title
from desktop.intake.responsibility import Act, Responsibility, first_leads, is_nothing, parse_cells
from desktop.intake.table_header import DUTIES, Column, Header, column_of, find_header

_ACTS: Mapping[Column, Act] = {
    Column.LEAD: Act.LEAD,
    Column.SUPPORT: Act.SUPPORT,
    Column.IMPLEMENT: Act.IMPLEMENT,
    Column.RESPONSIBLE: Act.RESPONSIBLE,
}


def read_table(
    rows: Sequence[Row], lexicon: Lexicon, first: bool, before: Header | None = None, counted: int = 0
) -> list[Part]:
    """The measures of one table; nothing where it is no table of tasks.

    `first`: the document says that the first named leads. `before`: the header of the table before,
    for a table that goes on without one. `counted`: tasks so far, where no number is printed.
    """
    header = find_header(rows)
    if header is None:
        if before is None or len(rows[0].cells) != len(before.columns):
            return []
        header = Header(before.columns, 0, 0, before.note, before.texts)
    reader = _TableReader(header, lexicon, first or first_leads(header.note))
    reader.counted = counted
    for row in rows[header.start + header.rows :]:
        reader.read(row)
    return reader.parts


class _TableReader:
    """Goes down the rows, carrying the section, task and duties that merged cells share."""

    def __init__(self, header: Header, lexicon: Lexicon, first: bool) -> None:
        self.header, self.lexicon, self.first = header, lexicon, first
        self.parts: list[Part] = []
        self.section = self.number = self.title = ""
        self.counted = 0

    def read(self, row: Row) -> None:
        if row.cells in self.header.texts or self._repeats_header(row):
            return
        heading = self._section_of(row)
        if heading:
            self.section = heading
            return
        self._carry(row)
        content, goal = self._text(row, Column.CONTENT), self._text(row, Column.GOAL)
        title = self.title
        if not self.header.at(Column.CONTENT):
            if self.header.at(Column.GOAL):
                content = goal
            else:
                title, content = _without_columns(self.title)
        if not self.header.at(Column.TITLE) or not title:
            title, content = _titled(content)
        duties = self._duties(row)
        if self._is_rest(row, duties, content):
            self._append_rest(content, row)
            return
        if content or title:
            self.parts.append(
                Part(
                    self.number or str(self.counted),
                    self.section,
                    title,
                    content,
                    duties,
                    duties.deadline or self._plain(row, Column.DEADLINE),
                    self._plain(row, Column.REMARK),
                    goal if self.header.at(Column.CONTENT) else "",
                    (row.block, row.block),
                )
            )

    def _carry(self, row: Row) -> None:
        """Takes over what this row says of its section and task; empty or merged cells go on with the last."""
        for at in self.header.at(Column.SECTION):
            if row.cells[at] and at not in row.above:
                self.section = _bare_heading(rejoined(row.cells[at]))
        number = re.sub(r"\s", "", self._cell(row, Column.NUMBER)).strip(".、．。（）()")
        title = self._title_text(row)
        marker = marker_of(title)
        if marker and not number and not self.header.at(Column.NUMBER):
            number = marker.number
        if marker and marker.rest:
            title = marker.rest
        texts = self.header.at(Column.TITLE)
        merged = bool(texts) and texts[0] in row.above
        fresh = bool(title) and not merged and (title != self.title or not self.header.at(Column.CONTENT))
        numbers = self.header.at(Column.NUMBER)
        if number and number != self.number and not (numbers and numbers[0] in row.above):
            self.number = number
        elif not numbers and not marker and (fresh or not texts):
            self.counted += 1
            self.number = str(self.counted)
        if title:
            self.title = without_stop(title) if self.header.at(Column.CONTENT) else title
        elif number and texts:
            self.title = ""

    def _title_text(self, row: Row) -> str:
        """The task's cell; where it holds the content too, a short first line is the title."""
        text = self._cell(row, Column.TITLE)
        head, _, rest = text.partition("\n")
        alone = not (self.header.at(Column.CONTENT) or self.header.at(Column.GOAL) or row.page)
        if alone and rest and len(head) <= 30 and not re.search(r"[，。；、：]", head):
            return f"{head}。{rejoined(rest)}"
        return rejoined(text)

    def _duties(self, row: Row) -> Responsibility:
        cells: dict[Act, str] = {}
        for at, column in enumerate(self.header.columns):
            if column in DUTIES and at < len(row.cells) and not is_nothing(row.cells[at]):
                act = _ACTS[column]
                if at in row.left and row.cells[at] == row.cells[at - 1]:
                    continue
                cells[act] = f"{cells[act]}\n{row.cells[at]}" if act in cells else row.cells[at]
        order = [_ACTS[column] for column in DUTIES]
        return parse_cells({act: cells[act] for act in order if act in cells}, self.lexicon, self.first)

    def _is_rest(self, row: Row, duties: Responsibility, content: str) -> bool:
        """Whether a row is only more text of the one above: no number, no title, no duties."""
        own = self._cell(row, Column.NUMBER) or self._cell(row, Column.TITLE)
        blank = not any(row.cells[at] for at in self.header.duties if at < len(row.cells))
        return bool(self.parts and content and not own and blank and not duties.duties)

    def _append_rest(self, content: str, row: Row) -> None:
        last = self.parts[-1]
        text = rejoined(f"{last.content}\n{content}")
        self.parts[-1] = replace(last, content=text, source=(last.source[0], row.block))

    def _section_of(self, row: Row) -> str:
        """The heading that a row merged across holds, or one that stands alone in its row."""
        texts = {cell for cell in row.cells if cell}
        if len(texts) != 1:
            return ""
        text = texts.pop()
        across = len(row.left) >= len(row.cells) - 2 and len(row.left) > 0
        first = next(at for at, cell in enumerate(row.cells) if cell)
        alone = first <= 1 and len(text) <= 50 and not re.search(r"[。；]", text)
        number_only = re.fullmatch(r"\d{1,3}", text) is not None
        in_content = self.header.columns[first] is Column.CONTENT and not across
        if (across or alone) and not number_only and not in_content:
            return _bare_heading(text)
        return ""

    def _repeats_header(self, row: Row) -> bool:
        """Whether the header stands here again, as on the head of a new page."""
        kinds = [column_of(cell) or Column.OTHER for cell in row.cells]
        same = sum(1 for a, b in zip(kinds, self.header.columns, strict=False) if a is b is not Column.OTHER)
        return same >= max(3, len([c for c in self.header.columns if c is not Column.OTHER]) - 1) or (
            len(self.header.columns) == same
        )

    def _cell(self, row: Row, column: Column) -> str:
        places = self.header.at(column)
        return row.cells[places[0]].strip() if places and places[0] < len(row.cells) else ""

    def _text(self, row: Row, column: Column) -> str:
        cells = [row.cells[at] for at in self.header.at(column) if at < len(row.cells)]
        return "\n".join(dict.fromkeys(rejoined(cell) for cell in cells if cell and not is_nothing(cell)))

    def _plain(self, row: Row, column: Column) -> str:
        text = rejoined(self._cell(row, column))
        return "" if is_nothing(text) else text


def _bare_heading(text: str) -> str:
    marker = marker_of(text)
    return without_stop(marker.rest if marker else text)


def _without_columns(text: str) -> tuple[str, str]:
    """Title and content where one column holds both."""
    title, content = split_title(text)
    if not content:
        content = text
    return title or headline(content), content


def _titled(content: str) -> tuple[str, str]:
    marker: Marker | None = marker_of(content)
    return _without_columns(marker.rest if marker else content)
