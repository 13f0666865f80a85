"""The words and cells that every ledger shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from desktop.domain.quarter import Quarter
from desktop.domain.report import STATUS_WORDS, Entry, ProgressStatus, Reading
from desktop.domain.schedule import Span, standing_of
from desktop.domain.summary import UnitProgress
from desktop.domain.targets import Accumulation, Comparator, Target, Verdict, verdict_on
from desktop.domain.unit import UnitKind
from desktop.reports.account_figures import ABOUT_RULE, VERDICT_WORDS, says_about
from desktop.reports.cell_text import Value
from desktop.reports.sheet import Column

STATE_WORDS = {
    UnitProgress.MISSING: "未报送",
    UnitProgress.WAITING: "待接收",
    UnitProgress.ACCEPTED: "已接收",
    UnitProgress.RETURNED: "已退回",
}
KIND_WORDS = {
    UnitKind.CITY: "市",
    UnitKind.COUNTY: "县（市、区）",
    UnitKind.PARK: "园区",
    UnitKind.DEPARTMENT: "市级部门",
    UnitKind.AGENCY: "驻市单位",
    UnitKind.COMPANY: "企业",
}
COMPARATOR_WORDS = {
    Comparator.AT_LEAST: "不低于",
    Comparator.AT_MOST: "不高于",
    Comparator.MORE_THAN: "高于",
    Comparator.LESS_THAN: "低于",
    Comparator.EQUAL: "达到",
    Comparator.ABOUT: "左右",
}
ACCUMULATION_WORDS = {
    Accumulation.QUARTER: "当季",
    Accumulation.YEAR_TO_DATE: "本年累计",
    Accumulation.PLAN_TO_DATE: "方案期累计",
    Accumulation.POINT_IN_TIME: "时点",
}

_UNFILLED = "未填"
CONTINUED_NOTE = (
    "Excel 的一行最高 409 磅。一行写不下的，接在下一行，任务名后面注明“（续）”；计数请用“透视数据”表。"
)
_IN_TIME = {
    ProgressStatus.COMPLETED: "是",
    ProgressStatus.ON_SCHEDULE: "是",
    ProgressStatus.BEHIND: "否",
    ProgressStatus.NOT_STARTED: "否",
    ProgressStatus.NOT_APPLICABLE: "不涉及",
}

_VERDICTS = {Verdict.REACHED: "是", Verdict.MISSED: "否"} | {
    verdict: VERDICT_WORDS[verdict] for verdict in (Verdict.NEAR, Verdict.ABOVE)
}

TARGET_COLUMNS = (
    Column("序号", 6, "center"),
    Column("重点任务", 22),
    Column("指标", 26),
    Column("范围", 16),
    Column("要求", 9, "center"),
    Column("目标值", 10, "right"),
    Column("单位", 11, "center"),
    Column("统计口径", 11, "center"),
    Column("完成时限", 11, "center"),
)
DUE_COLUMN = Column("序时应达（市里定的）", 11, "right")
READING_COLUMNS = (
    Column("本季度完成值", 12, "right"),
    Column("是否达到目标值", 10, "center"),
    Column("说明", 22, widest=60),
)


def status_word(entry: Entry) -> str:
    return _UNFILLED if entry.status is None else STATUS_WORDS[entry.status]


def in_time_word(entry: Entry) -> str:
    """是否达到序时进度, as the unit says by its status."""
    return "" if entry.status is None else _IN_TIME[entry.status]


def status_counts(entries: Iterable[Entry]) -> Iterator[tuple[str, int]]:
    """How many entries there are of each status, and unfilled ones where there are some."""
    counts = Counter(status_word(entry) for entry in entries)
    yield from ((word, counts[word]) for word in STATUS_WORDS.values())
    if counts[_UNFILLED]:
        yield _UNFILLED, counts[_UNFILLED]


def kind_word(kind: str) -> str:
    return KIND_WORDS[UnitKind(kind)] if kind in set(UnitKind) else kind


def ordinal(label: str) -> Value:
    """A plain number as a number, so that Excel sorts it; `19-2` and 保障-一 as text."""
    return int(label) if label.isascii() and label.isdecimal() and str(int(label)) == label else label


def about_rule(targets: Iterable[Target]) -> tuple[tuple[str, Value], ...]:
    """What the sheet about the source says of 左右; nothing where no target has it."""
    return (("“左右”的目标", ABOUT_RULE),) if says_about(targets) else ()


def target_cells(label: str, title: str, target: Target) -> tuple[Value, ...]:
    """The cells under TARGET_COLUMNS."""
    return (ordinal(label), title, *figure_cells(target))


def figure_cells(target: Target) -> tuple[Value, ...]:
    """What the plan asks: 指标, 范围, 要求, 目标值, 计量单位, 统计口径, 时限."""
    return (
        target.indicator,
        target.scope,
        COMPARATOR_WORDS[target.comparator],
        target.value,
        target.unit,
        ACCUMULATION_WORDS[target.accumulation],
        target.deadline,
    )


def reading_cells(target: Target, entry: Entry | None) -> tuple[Value, ...]:
    """Value, how it stands to the target (blank where either figure is missing), note."""
    if entry is None:
        return (None, "", "")
    value = entry.reading(target.key)
    note = next((reading.note for reading in entry.readings if reading.target_key == target.key), "")
    return (value, verdict_cell(target, value), note)


def verdict_cell(target: Target, value: Decimal | None) -> str:
    """是 or 否; 接近 or 高于 where the plan says 左右; blank where either figure is missing."""
    verdict = verdict_on(target, value)
    return "" if verdict is None else _VERDICTS[verdict]


def set_due(target: Target, quarter: str) -> Decimal | None:
    """序时应达 that the city set for the quarter; one in proportion is no figure of the document's."""
    return standing_of(target, Quarter.parse(quarter), (), Span(), proportional=False).due


def readings_text(targets: Sequence[Target], entry: Entry) -> str:
    """One line a target that this entry has a figure or a note for."""
    lines = []
    for target in targets:
        reading = next((r for r in entry.readings if r.target_key == target.key), None)
        if reading is None:
            continue
        figure = "未填" if reading.value is None else f"{reading.value:f}{target.unit}"
        lines.append(f"{target.indicator}：{figure}" + (f"（{reading.note}）" if reading.note else ""))
    return "\n".join(lines)


def value_of(readings: Iterable[Reading], target: Target) -> Decimal | None:
    return next((reading.value for reading in readings if reading.target_key == target.key), None)
