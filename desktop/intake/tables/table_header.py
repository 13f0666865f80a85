"""What a table's columns hold, told by the words in its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.intake.stream.blocks import Row


class Column(StrEnum):
    """What stands in a column."""

    NUMBER = "number"
    SECTION = "section"
    TITLE = "title"
    CONTENT = "content"
    GOAL = "goal"
    LEAD = "lead"
    SUPPORT = "support"
    IMPLEMENT = "implement"
    RESPONSIBLE = "responsible"
    DEADLINE = "deadline"
    REMARK = "remark"
    OTHER = "other"


# With a rule in brackets behind its word; a longer cell is no header's.
_LONGEST = 300
DUTIES = (Column.LEAD, Column.SUPPORT, Column.IMPLEMENT, Column.RESPONSIBLE)
# The first pattern that fits decides: the specific before the general.
_WORDS: tuple[tuple[Column, str], ...] = (
    (
        Column.OTHER,
        r"领导|(?<![位门主体][及和、/])责任人|联系人|联络|电话|进展|完成情况|得分|分值|分管|姓名|职务|督办|督导|督查|考核(?!指标|目标|要求|内容)"
        r"|监督(?:单位|部门)|投资|资金|依据|来源",
    ),
    (Column.NUMBER, r"^(?:任务)?(?:序号|编号|序|项次|号|No\.?)$|^(?:任务|事项)(?:序|编)号$"),
    (
        Column.DEADLINE,
        r"时限|期限|时序|节点|完成时间|完成日期|时间安排|进度安排|计划时间|时间进度|截止|^时间$|完成年限|时间要求|进度要求|办结(?:日期|时间)|起止",
    ),
    (Column.REMARK, r"备注|^说明$|^附注$"),
    (Column.SUPPORT, r"配合|协办|协同|协助|参与|参加|协作|会同|联办|(?:支持|联合)(?:单位|部门)"),
    (Column.LEAD, r"牵头|主办|主责|主要负责(?:单位|部门)|主抓"),
    (
        Column.IMPLEMENT,
        r"落实(?:责任)?(?:单位|部门|主体|地区)|实施(?:责任)?(?:单位|主体|部门)|执行(?:单位|主体|部门)|承办(?:单位|部门)|落地(?:单位|主体)|属地|^(?:各?县区?级?|区县|县市区|乡镇|镇街)责任|^落实$|^实施$",
    ),
    (
        Column.RESPONSIBLE,
        r"责任|负责|职责|分工|(?:承担|承接|办理|主管|主体|涉及|推进|组织)(?:单位|部门|主体)|^部门$",
    ),
    (
        Column.CONTENT,
        r"内容|措施|举措|具体任务|任务要求|工作要求|任务描述|任务分解|主要做法|工作事项及要求|具体要求|任务明细|建设规模|实施要点|实施路径|具体安排|任务说明|^要求$",
    ),
    (
        Column.GOAL,
        r"指标|目标值|^(?:工作|年度|预期|阶段|总体|主要)?目标$|目标要求|^目标任务$|^任务目标$|预期成效|预期目标|目标成效",
    ),
    (Column.SECTION, r"类别|分类|板块|领域|类型|章节|专项|^方面$|任务大类|一级任务|^大项$"),
    (Column.TITLE, r"任务|事项|项目|工作|名称|重点"),
)


@dataclass(frozen=True)
class Header:
    """A table's columns. `rows` header rows from `start`; `note` all header text, which may state a rule."""

    columns: tuple[Column, ...]
    start: int
    rows: int
    note: str
    texts: tuple[tuple[str, ...], ...]

    def at(self, column: Column) -> list[int]:
        return [index for index, kind in enumerate(self.columns) if kind is column]

    @property
    def duties(self) -> list[int]:
        return [index for index, kind in enumerate(self.columns) if kind in DUTIES]


def column_of(text: str) -> Column | None:
    """What a header cell announces; None where it is no header word."""
    if len(text) > _LONGEST:
        return None
    bare = re.sub(r"[\s*]", "", text)
    short = re.sub(r"[（(][^）)]*[）)]", "", bare) or bare
    if not short or len(short) > 16 or re.search(r"[。；，]", short):
        return None
    return next((column for column, pattern in _WORDS if re.search(pattern, short)), None)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row of cells is the header of a table of tasks."""
    filled = [cell for cell in cells if cell.strip()]
    found = [column_of(cell) for cell in filled]
    known = [column for column in found if column]
    duty = any(column in DUTIES for column in known)
    text = any(column in (Column.TITLE, Column.CONTENT, Column.GOAL) for column in known)
    return (
        len(filled) > 1 and duty and text and len(known) * 3 >= len(filled) * 2 and not _is_of_figures(cells)
    )


def _is_of_figures(cells: Sequence[str]) -> bool:
    """Whether a header belongs to a table of indicators: what it lists are figures, not tasks."""
    kinds = [(cell, column_of(cell)) for cell in cells]
    goals = [cell for cell, kind in kinds if kind is Column.GOAL]
    tasks = any(kind in (Column.TITLE, Column.CONTENT) for _, kind in kinds)
    figures = any("指标" in cell for cell in goals) and all(re.search("指标|值", cell) for cell in goals)
    return figures and not tasks


def begins_table(row: Row) -> bool:
    """Whether a row names columns, so that no table goes on with it."""
    kinds = [column_of(cell) for cell in row.cells if cell.strip()]
    return len(kinds) > 1 and (Column.NUMBER in kinds or sum(1 for kind in kinds if kind) * 2 >= len(kinds))


def find_plain_header(rows: Sequence[Row]) -> Header | None:
    """The header of a table that has texts of tasks but no column of units: they may stand in the texts."""
    for start, row in enumerate(rows[:12]):
        columns = tuple(column_of(cell) for cell in row.cells)
        known = [column for column in columns if column]
        filled = [cell for cell in row.cells if cell.strip()]
        if Column.CONTENT in known and len(set(filled)) > 1 and len(known) * 3 >= len(filled) * 2:
            return _header(columns, start, (row,))
    return None


def find_header(rows: Sequence[Row]) -> Header | None:
    """The header of a table, of one or two rows; None where the table is none of tasks."""
    for start in range(min(len(rows), 12)):
        row = rows[start]
        if len(set(row.cells)) < 2:
            continue
        below = rows[start + 1] if start + 1 < len(rows) else None
        if below is not None and _is_second_line(row, below):
            merged = tuple(_deepest(row, below, at) for at in range(len(row.cells)))
            if _complete(merged) and not _is_of_figures([*row.cells, *below.cells]):
                return _header(merged, start, (row, below))
        columns = tuple(column_of(cell) for cell in row.cells)
        if is_header(row.cells) and _complete(columns):
            return _header(columns, start, (row,))
    return None


def _is_second_line(row: Row, below: Row) -> bool:
    """Whether the row below goes on with the header: merged down from it, or only header words under a merge."""
    if not any(column_of(cell) for cell in row.cells):
        return False
    own = [at for at, cell in enumerate(below.cells) if at not in below.above and cell.strip()]
    spans = bool(row.left) or any(not cell for cell in row.cells)
    words = [re.sub(r"\s", "", below.cells[at]) for at in own]
    # Quarters and years below a merged head are no header words, but stand only under it.
    under = all(at in row.left or at + 1 in row.left or not row.cells[at] for at in own)
    known = all(column_of(word) for word in words)
    short = bool(words) and all(len(word) <= 12 and not word.isdigit() for word in words)
    return short and (known or under) and (bool(below.above) or spans) and below.cells != row.cells


def _deepest(row: Row, below: Row, at: int) -> Column | None:
    own = below.cells[at] if at < len(below.cells) and at not in below.above else ""
    lower = column_of(own) if own else None
    upper = row.cells[at] or next((cell for cell in reversed(row.cells[:at]) if cell), "")
    if lower or (not row.cells[at] and own and column_of(upper) not in DUTIES):
        return lower
    # 一季度, 二季度 below 进度安排 are no deadlines.
    kind = column_of(upper)
    return None if own and kind is Column.DEADLINE else kind


def _complete(columns: Sequence[Column | None]) -> bool:
    return any(c in DUTIES for c in columns) and any(
        c in (Column.TITLE, Column.CONTENT, Column.GOAL, Column.SECTION) for c in columns
    )


def _names_task(rows: Sequence[Row], at: int) -> bool:
    return any("任务" in row.cells[at] for row in rows if at < len(row.cells))


def _header(columns: Sequence[Column | None], start: int, rows: Sequence[Row]) -> Header:
    kinds = [column or Column.OTHER for column in columns]
    tasks = [at for at, kind in enumerate(kinds) if kind is Column.GOAL and _names_task(rows, at)]
    if Column.TITLE not in kinds and tasks and Column.CONTENT in kinds:
        # 目标任务 beside 具体措施 and no other name for the task: it is the task.
        kinds[tasks[0]] = Column.TITLE
    texts = [at for at, kind in enumerate(kinds) if kind is Column.TITLE]
    if len(texts) > 1 and Column.CONTENT not in kinds:
        # Two columns of tasks, one of them unnamed as content: the right one says more.
        kinds[texts[-1]] = Column.CONTENT
    elif len(texts) > 1:
        for at in texts[:-1]:
            kinds[at] = Column.SECTION
    note = " ".join(cell for row in rows for cell in row.cells)
    return Header(tuple(kinds), start, len(rows), note, tuple(row.cells for row in rows))
