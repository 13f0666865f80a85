"""Which column of a filled sheet is which: by the hidden field names, or else by what headings usually say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Words by which headings are told, the most telling first; a heading goes to the first that fits.
_MEASURE_WORDS = (
    ("measure", r"^标识|措施标识"),
    ("previous", r"上季|上一季|上期|往期"),
    ("status", r"状态|是否达到?序时|是否完成|进度情况$"),
    ("next_steps", r"下一?步|下一?阶段|下季|打算|整改措施|工作计划"),
    ("problems", r"问题|困难|卡在|难点"),
    ("progress", r"进展|完成情况|推进情况|工作情况|落实情况|本季度?情况|干了什么|做了什么"),
    ("explanation", r"说明|备注|原因"),
    ("deadline", r"时限|期限|完成时间|何时"),
    ("label", r"^序号|^编号|^号$|^序$"),
    ("content", r"内容|^措施$|具体措施|主要措施"),
    ("title", r"任务|事项|标题|项目"),
)
_TARGET_WORDS = (
    ("target", r"^标识|指标标识"),
    ("previous", r"上季|上一季|上期|往期"),
    ("reading", r"完成值|完成数|实际值|实际完成|完成情况|本季度?数|当前值|本季度?$"),
    ("note", r"说明|备注|原因"),
    ("unit", r"单位"),
    ("goal", r"目标|要求"),
    ("accumulation", r"口径|怎么算|累计"),
    ("deadline", r"时限|期限|完成时间"),
    ("indicator", r"指标"),
    ("label", r"^序号|^编号|^号$|^序$"),
    ("title", r"任务|事项|措施"),
)
FILLED = {
    "measures": ("status", "progress", "problems", "next_steps", "explanation"),
    "targets": ("reading", "note"),
}
_NAMES = {"measures": {n for n, _ in _MEASURE_WORDS}, "targets": {n for n, _ in _TARGET_WORDS}}
_HIGHEST_HEAD = 30


@dataclass(frozen=True)
class Columns:
    """A table found in a sheet: `kind` measures or targets, `first` its first row below the headings (from 0),
    field → columns (from 0, several where a field stands twice), and the headings as they are.
    """

    kind: str
    first: int
    at: dict[str, tuple[int, ...]]
    headings: tuple[str, ...]

    def heading(self, column: int) -> str:
        return self.headings[column] if column < len(self.headings) else ""


def columns_of(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The table to be filled in a sheet's upper rows; None where there is none."""
    head = rows[:_HIGHEST_HEAD]
    for number, row in enumerate(head):
        marks = [text[1:] if text.startswith("#") else "" for text in row]
        for kind, names in _NAMES.items():
            known = [mark if mark in names else "" for mark in marks]
            if sum(bool(mark) for mark in known) >= 3 and any(mark in FILLED[kind] for mark in known):
                # The marks move with their columns; the headings below may say anything.
                below = rows[number + 1] if number + 1 < len(rows) else ()
                return Columns(kind, number + 2, _grouped(known), tuple(below))
    found = [columns for number, row in enumerate(head) for columns in _by_words(number, row)]
    return max(found, key=lambda columns: len(columns.at), default=None)


def _by_words(number: int, row: Sequence[str]) -> list[Columns]:
    found = []
    for kind, words in (("measures", _MEASURE_WORDS), ("targets", _TARGET_WORDS)):
        at = _grouped([_named(text, words) for text in row])
        filled = [name for name in FILLED[kind] if name in at]
        identified = {"label", "title", "content", "indicator", "measure", "target"} & at.keys()
        telling = len(filled) >= 2 if kind == "measures" else "reading" in at and "indicator" in at
        if telling and identified:
            found.append(Columns(kind, number + 1, at, tuple(row)))
    return found


def _named(heading: str, words: tuple[tuple[str, str], ...]) -> str:
    # A cell that holds sentences is no heading.
    even = re.sub(r"\s|[（(].*?[）)]", "", unicodedata.normalize("NFKC", heading))
    if not even or len(even) > 20:
        return ""
    return next((name for name, pattern in words if re.search(pattern, even)), "")


def _grouped(names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for column, name in enumerate(names):
        if name:
            found.setdefault(name, []).append(column)
    return {name: tuple(columns) for name, columns in found.items()}
