"""The measures of one table, row by row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.parts import Part, headline, rejoined, split_title
from desktop.intake.duties.responsibility import (
    Act,
    Responsibility,
    first_of_several,
    is_nothing,
    parse_cells,
    parse_responsibility,
)
from desktop.intake.prose.outline import Marker, Paragraph, marker_of
from desktop.intake.prose.segments import segments_of
from desktop.intake.stream.blocks import Row
from desktop.intake.stream.plain_text import ends_sentence, without_stop
from desktop.intake.tables.table_header import DUTIES, Column, Header, find_header, is_header
from desktop.intake.tables.table_rows import (
    bare_heading,
    heading_of,
    is_beside_the_tasks,
    repeats_header,
)

_ACTS: Mapping[Column, Act] = {
    Column.LEAD: Act.LEAD,
    Column.SUPPORT: Act.SUPPORT,
    Column.IMPLEMENT: Act.IMPLEMENT,
    Column.RESPONSIBLE: Act.RESPONSIBLE,
}


_FIGURE = re.compile(r"(?:[≥≤><]=?)?\s*\d[\d.,]*\s*[^\d，。；、\s]{0,8}(?:以上|以下|以内|左右)?")
_SAME = re.compile(r"^(?:同上|〃|″|＂|〞|\"|'')$")


class TableReader:
    """Goes down the rows, carrying the section, task and duties that merged cells share."""

    def __init__(self, header: Header, lexicon: Lexicon, first: bool, sole: bool = False) -> None:
        """`first`: where nobody is named as leading, the first leads; `sole`: so do the first of several that are."""
        self.header, self.lexicon, self.first, self.sole = header, lexicon, first, sole
        self.parts: list[Part] = []
        self.section = self.number = self.title = self.caption = ""
        self.shared: tuple[str, ...] = ()
        self.counted = 0

    def read_all(self, rows: Sequence[Row]) -> None:
        """Reads the rows below the header; another header among them begins another table."""
        at = self.header.start + self.header.rows
        while at < len(rows):
            if is_header(rows[at].cells) and (other := find_header(rows[at : at + 3])) and not other.start:
                self.header = replace(
                    other, columns=(other.columns + self.header.columns[len(other.columns) :])
                )
                at += other.rows
                continue
            self.read(rows[at])
            at += 1

    def read(self, row: Row) -> None:
        if repeats_header(row, self.header) or is_beside_the_tasks(row):
            return
        heading = heading_of(row, self.header)
        if heading:
            self.section = heading
            return
        row = self._with_shared(row)
        self._carry(row)
        content, goal = self._text(row, Column.CONTENT), self._goal(row)
        title = self.title
        if not self.header.at(Column.CONTENT):
            if self.header.at(Column.GOAL):
                content = self._text(row, Column.GOAL)
            else:
                title, content = _without_columns(self.title)
        if not self.header.at(Column.TITLE) or not title:
            title, content = _titled(content)
        if self._is_rest(row, content):
            self._append_rest(content, row)
            return
        for text, duties in self._measures(row, content):
            if text or title:
                self.parts.append(
                    Part(
                        self.number or str(self.counted),
                        self.section,
                        title,
                        text,
                        duties,
                        duties.deadline or self._plain(row, Column.DEADLINE),
                        self._plain(row, Column.REMARK),
                        goal,
                        (row.block if row.begins is None else row.begins, row.block),
                    )
                )

    def _measures(self, row: Row, content: str) -> list[tuple[str, Responsibility]]:
        """The row's text with its duties; cut at the brackets in it where the table has no column of units."""
        if self.header.duties:
            return [(content, self._duties(row))]
        found = []
        text = list[str]()
        for line in content.split("\n"):
            for segment in segments_of(Paragraph(line, row.block, row.block), line, self.lexicon):
                text += [segment.text] if segment.text else []
                if segment.duties:
                    duties = parse_responsibility(segment.duties, self.lexicon, self.first)
                    found.append(("\n".join(text), duties))
                    text = []
        return [*found, ("\n".join(text), Responsibility())] if text or not found else found

    def _goes_on(self, row: Row) -> bool:
        """Whether a row belongs to the task above by saying nothing of its own, its cells not merged."""
        places = [*self.header.at(Column.NUMBER), *self.header.at(Column.TITLE)]
        return bool(self.parts and places) and not any(row.cells[at] for at in places)

    def _with_shared(self, row: Row) -> Row:
        """The row with the duties and the deadline that the rows of one task share."""
        places = [*self.header.duties, *self.header.at(Column.DEADLINE)]
        cells = list(row.cells)
        shares = self._goes_on(row) and not self._is_rest(row, self._text(row, Column.CONTENT))
        for at in places if self.shared else ():
            if (shares and not cells[at]) or _SAME.match(cells[at]):
                cells[at] = self.shared[at]
        self.shared = tuple(cells)
        return replace(row, cells=tuple(cells))

    def _carry(self, row: Row) -> None:
        """Takes over what this row says of its section and task; empty or merged cells go on with the last."""
        for at in self.header.at(Column.SECTION):
            if row.cells[at] and at not in row.above:
                self.section = bare_heading(row.cells[at])
        number = re.sub(r"\s", "", self._cell(row, Column.NUMBER)).strip(".、．。（）()")
        title = self._title_text(row)
        marker = marker_of(title)
        if marker and not number and not self.header.at(Column.NUMBER):
            number = marker.number
        if marker and marker.rest:
            title = marker.rest
        texts = self.header.at(Column.TITLE)
        if not texts and not self.header.at(Column.NUMBER) and not number:
            marker = marker_of(self._cell(row, Column.CONTENT) or self._cell(row, Column.GOAL))
            number = marker.number if marker and marker.level == 3 else ""
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
                act = Act.RESPONSIBLE if self.first and len(set(self._kinds())) == 1 else _ACTS[column]
                if at in row.left and row.cells[at] == row.cells[at - 1]:
                    continue
                cells[act] = f"{cells[act]}\n{row.cells[at]}" if act in cells else row.cells[at]
        order = [_ACTS[column] for column in DUTIES]
        found = parse_cells({act: cells[act] for act in order if act in cells}, self.lexicon, self.first)
        return first_of_several(found) if self.sole else found

    def _kinds(self) -> list[Column]:
        return [self.header.columns[at] for at in self.header.duties]

    def _is_rest(self, row: Row, content: str) -> bool:
        """Whether a row is only more text of the one above: nothing of its own, and that one in mid-sentence."""
        blank = not any(row.cells[at] for at in self.header.duties)
        return self._goes_on(row) and bool(content) and blank and not ends_sentence(self.parts[-1].content)

    def _append_rest(self, content: str, row: Row) -> None:
        last = self.parts[-1]
        text = rejoined(f"{last.content}\n{content}")
        self.parts[-1] = replace(last, content=text, source=(last.source[0], row.block))

    def _goal(self, row: Row) -> str:
        """The goal beside the content; one that several rows share belongs to the first."""
        places = self.header.at(Column.GOAL)
        shared = bool(places) and places[0] in row.above
        if not self.header.at(Column.CONTENT) or shared:
            return ""
        return self._figures(row, places) or self._text(row, Column.GOAL)

    def _figures(self, row: Row, places: Sequence[int]) -> str:
        """指标名称 | 2026年目标值: an indicator in one column and its figures in others, as clauses; else nothing."""
        name, values = rejoined(row.cells[places[0]]) if places else "", list[str]()
        if len(places) < 2 or not name or re.search(r"\d", name):
            return ""
        for at in places[1:]:
            figure = rejoined(row.cells[at]) if at < len(row.cells) else ""
            if is_nothing(figure):
                continue
            if not _FIGURE.fullmatch(figure):
                return ""
            year = re.search(
                r"20\d\d年", "".join(texts[at] for texts in self.header.texts if at < len(texts))
            )
            reach = "" if figure[0] in "≥≤><" else "达到"
            values.append(f"{year.group() + '，' if year else ''}{name}{reach}{figure}")
        return "；".join(values)

    def _cell(self, row: Row, column: Column) -> str:
        places = self.header.at(column)
        return row.cells[places[0]].strip() if places and places[0] < len(row.cells) else ""

    def _text(self, row: Row, column: Column) -> str:
        cells = [row.cells[at] for at in self.header.at(column) if at < len(row.cells)]
        return "\n".join(dict.fromkeys(rejoined(cell) for cell in cells if cell and not is_nothing(cell)))

    def _plain(self, row: Row, column: Column) -> str:
        text = rejoined(self._cell(row, column))
        return "" if is_nothing(text) else text


def _without_columns(text: str) -> tuple[str, str]:
    """Title and content where one column holds both."""
    title, content = split_title(text)
    if not content:
        content = text
    return title or headline(content), content


def _titled(content: str) -> tuple[str, str]:
    marker: Marker | None = marker_of(content)
    return _without_columns(marker.rest if marker else content)
