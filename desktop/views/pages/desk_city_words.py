"""What is said of the city's own figures."""

from __future__ import annotations

from desktop.domain.quarter import Quarter
from desktop.domain.summary import CityLine
from desktop.domain.targets import OVERALL
from desktop.services.citywide import CityOverview, CityRow
from desktop.wording.terms import number, spoken


def place(line: CityLine) -> str:
    """Where the plan sets it: 总体目标, 第18条 秸秆综合利用."""
    return spoken(line.label) if line.label == OVERALL else f"{spoken(line.label)}　{line.title}"


def counted(seen: CityOverview) -> str:
    """6项，填了4项，达到2项."""
    parts = [f"{len(seen.rows)}项"]
    parts += [f"填了{seen.filled}项"] if seen.filled else ["都还没填"]
    parts += [f"达到{seen.met}项"] if seen.met else []
    return "，".join(parts)


def tab(seen: CityOverview) -> str:
    return f"全市指标 {seen.filled}/{len(seen.rows)}"


def history(row: CityRow) -> str:
    """All quarters in words, the newest first; empty while nothing was read."""
    if all(point.value is None for point in row.history):
        return ""
    unit = row.target.unit
    said = (
        (
            Quarter.parse(point.quarter).chinese,
            "没填" if point.value is None else f"{number(point.value)}{unit}",
        )
        for point in reversed(row.history)
    )
    return "\n".join(f"{quarter}　{value}" for quarter, value in said)
