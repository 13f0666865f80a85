"""Summaries as bulletins for the tests of reports: returns, what waits, scores, and figures over quarters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desktop.domain.bulletin import Bulletin, BulletinPart
from desktop.domain.report import ProgressStatus
from desktop.domain.schedule import Past
from desktop.domain.scoring import Conduct, ranking_of
from desktop.domain.summary import CityLine, SentBack, SummaryDocument, UnitProgress
from desktop.domain.trends import TargetTrend, trend_of
from tests.reports import samples

QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4")
REASON = "附件缺签字页，指标与台账不一致，请核实后重报。"


def city_lines() -> tuple[CityLine, ...]:
    """Reached, not reached, not read, and one whose figure the plan leaves blank."""
    days, air, straw = samples.TARGETS
    return (
        CityLine("目标", "总体目标", days, Decimal(7), Decimal(12), "四季度验收"),
        CityLine("目标", "总体目标", air, None, Decimal("33.4")),
        CityLine("11", "秸秆综合利用与露天禁烧", straw, Decimal(88), None),
        CityLine("12", "重污染天气应急减排", replace(days, value=None), None, Decimal(3)),
    )


def trends(codes: list[str]) -> tuple[TargetTrend, ...]:
    """Three targets over five quarters with gaps; only the first one's figures may be added."""
    found = []
    for number, target in enumerate(samples.TARGETS):
        target = replace(target, addable=number == 0)
        now = {
            code: None if (at + number) % 4 == 3 else Decimal(5 + at + number)
            for at, code in enumerate(codes)
        }
        past = {
            code: tuple(
                Past(name, Decimal(1 + at + step), target.accumulation, target.unit)
                for step, name in enumerate(QUARTERS)
                if (at + step) % 3
            )
            for at, code in enumerate(codes)
        }
        title = samples.TITLES[number + 1]
        found.append(trend_of(str(number + 2), title, target, "2025Q1", now, past))
    return tuple(trend for trend in found if trend is not None)


def bulletin(
    measures: int = 24,
    units: int = 13,
    parts: tuple[BulletinPart, ...] = tuple(BulletinPart),
    number: str = "云川政办通报〔2025〕3号",
) -> SummaryDocument:
    """A bulletin with everything in it: the second unit was sent back once, the third waits for that, the fourth is new."""
    whole = samples.summary(measures, units)
    lines = list(whole.units)
    again = SentBack(1, date(2025, 4, 8), REASON, 3, date(2025, 4, 14), date(2025, 4, 15), 1)
    lines[1] = replace(lines[1], returns=(again,))
    if units > 3:
        back = SentBack(1, date(2025, 4, 12), REASON * 3, 1, date(2025, 4, 20))
        lines[2] = replace(
            lines[2], state=UnitProgress.RETURNED, reason=REASON, returns=(back,), filled=0, counts={}
        )
        lines[3] = replace(lines[3], state=UnitProgress.WAITING, filled=0, counts={})
    nothing = {line.unit.code for line in lines if not line.filled}
    rows = [
        replace(
            row,
            cells=tuple(
                replace(cell, entry=None)
                if cell.unit_code in nothing
                else replace(
                    cell,
                    previous=ProgressStatus.BEHIND if (at + place) % 3 == 0 else ProgressStatus.ON_SCHEDULE,
                )
                for place, cell in enumerate(row.cells)
            ),
        )
        for at, row in enumerate(whole.rows)
    ]
    conducts = {
        line.unit.code: Conduct(
            late_days=line.late_days or 0,
            unfilled=at % 3,
            returned=sum(each.entries for each in line.returns),
        )
        for at, line in enumerate(lines)
        if line.unit.code not in nothing
    }
    codes = [line.unit.code for line in lines]
    said = Bulletin(parts, number, "", ranking_of(codes, conducts), trends(codes))
    return replace(whole, units=tuple(lines), rows=tuple(rows), city=city_lines(), bulletin=said)
