"""What a row of a table of tasks is that states no task: a heading, a header again, a note, a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.intake.duties.parts import Part, rejoined
from desktop.intake.prose.outline import is_title_line, marker_of, number_value
from desktop.intake.stream.blocks import Row
from desktop.intake.stream.plain_text import without_stop
from desktop.intake.tables.table_header import Column, Header, column_of

_NOTE = re.compile(r"^[（(*※]?(?:注|备注|说明|附注|填表说明|编制说明|有关说明)\s*(?:[:：]|\d+\s*[.、．:：])")
_SIGNED = re.compile(
    r"^(?:单位)?(?:审核|填表|制表|填报|编制|联系|负责|签发|批准|审批|校对|经办|主管|分管|领导|日期|时间|盖章|签字|签章)[^，。；]{0,10}[:：]"
)
_SUM = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计)(?:[:：（(].*)?$")
_COLUMN_NUMBERS = re.compile(r"^(?:栏次|[（(]?\d{1,2}[）)]?|[甲乙丙丁戊己庚辛壬癸]|[A-Z]|[①-⑳])$")
_CHINESE_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?$")
# 大气污染防治（12项）: how many tasks follow.
_COUNT = re.compile(r"[（(]共?\s*\d{1,3}\s*[项条个件](?:任务|措施|工作|举措)?[）)]$")
_LONGEST_HEADING = 50
_CHINESE = tuple(
    f"{'' if ten == 1 else '一二三四五六七八九'[ten - 1]}十{'一二三四五六七八九'[one - 1] if one else ''}"
    if ten
    else "一二三四五六七八九"[one - 1]
    for ten in range(6)
    for one in range(10)
    if ten or one
)


def sole_text(row: Row) -> str:
    """The one text that a row holds, merged across or alone; nothing where it holds several."""
    texts = {cell for cell in row.cells if cell}
    return texts.pop() if len(texts) == 1 else ""


def is_note(row: Row) -> bool:
    """注：… under or over the table."""
    first = next((cell for cell in row.cells if cell), "")
    return bool(_NOTE.match(first)) and len({cell for cell in row.cells if cell}) == 1


def is_beside_the_tasks(row: Row) -> bool:
    """A row of notes, sums, signatures or column numbers (1 2 3 …, 甲 乙 1 2 …)."""
    filled = [rejoined(cell) for at, cell in enumerate(row.cells) if cell and at not in row.left]
    if not filled or is_note(row) or _SUM.match(filled[0]):
        return True
    if _SIGNED.match(filled[0]) and all(
        _SIGNED.match(text) or (len(text) <= 30 and not re.search(r"[。；]", text)) for text in filled
    ):
        return True
    numbers = [text for text in filled if _COLUMN_NUMBERS.match(text)]
    return len(filled) >= 3 and len(numbers) == len(filled) and len(set(filled)) == len(filled)


def repeats_header(row: Row, header: Header) -> bool:
    """Whether the header stands here again, as on the head of a new page."""
    if row.cells in header.texts:
        return True
    kinds = [column_of(cell) or Column.OTHER for cell in row.cells]
    same = sum(1 for a, b in zip(kinds, header.columns, strict=False) if a is b is not Column.OTHER)
    return same >= max(3, len([c for c in header.columns if c is not Column.OTHER]) - 1) or (
        len(header.columns) == same
    )


def heading_of(row: Row, header: Header) -> str:
    """The section's name that a row merged across holds, or one that stands alone in its row."""
    numbers, titles = header.at(Column.NUMBER), header.at(Column.TITLE)
    if numbers and titles and _CHINESE_NUMBER.match(row.cells[numbers[0]].strip()):
        rest = {cell for at, cell in enumerate(row.cells) if cell and at != numbers[0]}
        if len(rest) == 1 and row.cells[titles[0]] in rest and titles[0] not in row.above:
            return bare_heading(rest.pop())
    text = sole_text(row)
    if not text:
        return ""
    across = len(row.left) >= len(row.cells) - 2 and len(row.left) > 0
    first = next(at for at, cell in enumerate(row.cells) if cell)
    alone = first <= 1 and len(text) <= _LONGEST_HEADING and not re.search(r"[。；]", text)
    number_only = re.fullmatch(r"\d{1,3}", text) is not None
    in_content = header.columns[first] is Column.CONTENT and not across
    return bare_heading(text) if (across or alone) and not number_only and not in_content else ""


def caption_of(text: str) -> str:
    """The section that a line above a table names: short, numbered, no sentence; else nothing."""
    marker = marker_of(text)
    if marker is None or marker.level > 3 or not marker.rest or len(marker.rest) > _LONGEST_HEADING:
        return ""
    if re.search(r"[。；！？：:，]", without_stop(marker.rest)) or (
        is_title_line(text) and marker.level == 3
    ):
        return ""
    return without_stop(marker.rest)


def bare_heading(text: str) -> str:
    """A heading without its number and stop, its lines joined."""
    text = rejoined(text).replace("\n", "")
    marker = marker_of(text)
    return without_stop(_COUNT.sub("", marker.rest if marker else text))


def told_apart(parts: Sequence[Part]) -> list[Part]:
    """Numbers that begin anew at 1, as under each section, with the section's count in front."""
    counts = list[int]()
    count = 0
    for at, part in enumerate(parts):
        fresh = at == 0 or (part.task_no, part.title) != (parts[at - 1].task_no, parts[at - 1].title)
        count += number_value(part.task_no) == 1 and fresh and (at == 0 or parts[at - 1].task_no != "1")
        counts.append(count)
    if count < 2:
        return list(parts)
    return [
        replace(part, task_no=f"{_CHINESE[min(count, len(_CHINESE)) - 1]}-{part.task_no}") if count else part
        for part, count in zip(parts, counts, strict=True)
    ]
