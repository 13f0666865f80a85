"""The words and cells that every ledger shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from desktop.domain.report import STATUS_WORDS, Entry, Reading, UnitProgress
from desktop.domain.targets import Accumulation, Comparator, Target, reached
from desktop.domain.unit import UnitKind
from desktop.reports.sheet import Column, Value

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

TARGET_COLUMNS = (
    Column("序号", 6, "center"),
    Column("重点任务", 24),
    Column("指标", 28),
    Column("范围", 16),
    Column("要求", 9, "center"),
    Column("目标值", 10, "right"),
    Column("单位", 11, "center"),
    Column("统计口径", 11, "center"),
    Column("完成时限", 11, "center"),
)
READING_COLUMNS = (
    Column("本季度完成值", 12, "right"),
    Column("是否达到目标值", 12, "center"),
    Column("说明", 22),
)


def status_word(entry: Entry) -> str:
    return "未填" if entry.status is None else STATUS_WORDS[entry.status]


def kind_word(kind: str) -> str:
    return KIND_WORDS[UnitKind(kind)] if kind in set(UnitKind) else kind


def ordinal(label: str) -> Value:
    """A plain number as a number, so that Excel sorts it; `19-2` and 保障-一 as text."""
    return int(label) if label.isascii() and label.isdecimal() and str(int(label)) == label else label


def target_cells(label: str, title: str, target: Target) -> tuple[Value, ...]:
    return (
        ordinal(label),
        title,
        target.indicator,
        target.scope,
        COMPARATOR_WORDS[target.comparator],
        target.value,
        target.unit,
        ACCUMULATION_WORDS[target.accumulation],
        target.deadline,
    )


def reading_cells(target: Target, entry: Entry | None) -> tuple[Value, ...]:
    """Value, 是 or 否 (blank where either figure is missing), note."""
    if entry is None:
        return (None, "", "")
    value = entry.reading(target.key)
    note = next((reading.note for reading in entry.readings if reading.target_key == target.key), "")
    met = reached(target, value)
    return (value, "" if met is None else "是" if met else "否", note)


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
