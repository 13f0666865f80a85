"""The tables of a bulletin: units, late and returned, scores, the city's own figures, what is behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from desktop.domain.report import STATUS_WORDS, ProgressStatus
from desktop.domain.scoring import Ranking
from desktop.domain.summary import CityLine, SentBack, SummaryDocument, SummaryRow, UnitProgress, UnitSummary
from desktop.reports import score_text as words
from desktop.reports.account_figures import ABOUT_RULE, says_about, verdict_word
from desktop.reports.annexes import Annexes
from desktop.reports.page import Style
from desktop.reports.pdf_table import Align, Band, Column, Row
from desktop.reports.report_text import NOTHING, amount, target_words

_C = Align.CENTRE
_MOST_TITLE, _MOST_LEAD = 120, 200
_STATES = {
    UnitProgress.MISSING: "未报送",
    UnitProgress.WAITING: "待审核",
    UnitProgress.ACCEPTED: "已接收",
    UnitProgress.RETURNED: "已退回",
}
_UNIT_COLUMNS = (
    Column("序号", 30, _C),
    Column("单位", 0),
    Column("报送\n情况", 46, _C),
    Column("报送\n次数", 36, _C),
    Column("已填／\n应填", 46, _C),
    *(Column(head, 42, _C) for head in ("已完成", "达到序\n时进度", "滞后", "未启动", "不涉及")),
    Column("收到日期", 64, _C),
    Column("逾期\n天数", 36, _C),
)
_LATE_COLUMNS = (
    Column("序号", 30, _C),
    Column("单位", 116),
    Column("情形", 130),
    Column("期限", 64, _C),
    Column("收到日期", 64, _C),
    Column("逾期\n天数", 36, _C),
    Column("退回原因", 0),
)
_SCORE_COLUMNS = (
    Column("名次", 34, _C),
    Column("单位", 140),
    Column("得分", 40, _C),
    *(Column(head if len(head) < 3 else "签章\n齐全", 38, _C) for head in words.score_heads()),
    Column("扣分说明", 0),
)
_CITY_COLUMNS = (
    Column("序号", 32, _C),
    Column("指标", 0),
    Column("目标", 98, _C),
    Column("期限", 66, _C),
    Column("上季度\n完成值", 66, _C),
    Column("本季度\n完成值", 66, _C),
    Column("是否\n达到", 46, _C),
    Column("说明", 116),
)
_BEHIND_COLUMNS = (
    Column("单位", 92),
    Column("本季度进展情况", 200),
    Column("存在问题", 172),
    Column("下一步措施", 0),
)


def set_units(annexes: Annexes, document: SummaryDocument) -> None:
    """One line per unit."""
    rows: list[Row] = [_unit_texts(number, unit) for number, unit in enumerate(document.units, 1)]
    annexes.y = annexes.table(_UNIT_COLUMNS).rows(rows)


def _unit_texts(number: int, unit: UnitSummary) -> tuple[str, ...]:
    counted = unit.filled or unit.state is UnitProgress.ACCEPTED
    numbers = [str(unit.counts.get(status, 0)) if counted else NOTHING for status in STATUS_WORDS]
    return (
        str(number),
        unit.unit.name,
        _STATES[unit.state],
        str(unit.revision) if unit.revision else NOTHING,
        f"{unit.filled}／{unit.assigned}",
        *numbers,
        _day(unit.received_on),
        NOTHING if unit.late_days is None else str(unit.late_days),
    )


@dataclass(frozen=True)
class Case:
    """Why a unit stands among the late and returned ones."""

    what: str
    due: date | None
    came: date | None
    late: int | None
    reason: str = ""


def late_cases(document: SummaryDocument) -> list[tuple[UnitSummary, Case]]:
    """Units that were late, that are missing, or whose report was sent back, each case apart, in the units' order."""
    return [(unit, case) for unit in document.units for case in _cases(unit, document)]


def set_late(annexes: Annexes, document: SummaryDocument) -> None:
    """Each case with its days and reason."""
    cases = late_cases(document)
    if not cases:
        annexes.paragraph("没有逾期报送和退回的单位。")
        return
    rows: list[Row] = [
        (
            str(number),
            unit.unit.name,
            case.what,
            _day(case.due),
            _day(case.came),
            str(case.late) if case.late else NOTHING,
            case.reason or NOTHING,
        )
        for number, (unit, case) in enumerate(cases, 1)
    ]
    annexes.y = annexes.table(_LATE_COLUMNS).rows(rows)


def _cases(unit: UnitSummary, document: SummaryDocument) -> list[Case]:
    found = []
    if unit.state is UnitProgress.MISSING:
        early = document.due is not None and document.as_of <= document.due
        what = "尚未报送，期限未到" if early else "尚未报送"
        found.append(Case(what, document.due, None, unit.late_days))
    elif unit.late_days:
        found.append(Case("逾期报送", document.due, unit.received_on, unit.late_days))
    found += [_returned(each) for each in unit.returns]
    if unit.state is UnitProgress.RETURNED and not unit.returns:
        found.append(Case("已退回", None, None, None, unit.reason))
    return found


def _returned(each: SentBack) -> Case:
    when = f"{each.on.month}月{each.on.day}日" if each.on else ""
    again = "" if each.again_on else "，尚未重新报送"
    return Case(
        f"第{each.revision}次报送{when}退回{again}", each.due, each.again_on, each.late_days, each.reason
    )


def set_ranking(annexes: Annexes, ranking: Ranking, document: SummaryDocument) -> None:
    """The rules, and the scores with all their deductions."""
    annexes.paragraph(words.rules_words(ranking.rules), 10.5, 16)
    names = {unit.unit.code: unit.unit.name for unit in document.units}
    style = Style(annexes.pages.faces.strong, 10.5, 15)
    rows: list[Row] = []
    group = ""
    for score in ranking.scores:
        if score.group != group:
            group = score.group
            rows.append(Band(words.group_words(group), style))
        rows.append(
            (
                NOTHING if score.rank is None else str(score.rank),
                names.get(score.unit_code, score.unit_code),
                NOTHING if score.points is None else words.written(score.points),
                *words.score_parts(score),
                words.deduction_words(score),
            )
        )
    annexes.y = annexes.table(_SCORE_COLUMNS).rows(rows)


def set_city(annexes: Annexes, lines: tuple[CityLine, ...]) -> None:
    """The figures that the city fills itself."""
    if says_about(line.target for line in lines):
        annexes.paragraph(ABOUT_RULE, 10.5, 16)
    annexes.y = annexes.table(_CITY_COLUMNS).rows([_city_texts(line) for line in lines])


def _city_texts(line: CityLine) -> tuple[str, ...]:
    target = line.target
    before, now = (NOTHING if v is None else amount(v, target.unit) for v in (line.previous, line.value))
    met = verdict_word(target, line.value) or NOTHING
    wanted = target_words(target) or "方案中空缺"
    return line.label, target.indicator, wanted, target.deadline or NOTHING, before, now, met, line.note


def set_behind(annexes: Annexes, document: SummaryDocument, step: Callable[[int, int], None]) -> None:
    """What is behind, measure by measure, in the units' own words."""
    names = {unit.unit.code: unit.short_name for unit in document.units}
    style = Style(annexes.pages.faces.strong, 10.5, 15)
    rows = [row for measure in document.rows for row in _behind_rows(measure, names, style)]
    if not rows:
        annexes.paragraph("已接收的季报中没有滞后的条目。")
        return
    annexes.y = annexes.table(_BEHIND_COLUMNS).rows(rows, lambda done: step(done, len(rows)))


def _behind_rows(measure: SummaryRow, names: dict[str, str], style: Style) -> list[Row]:
    found: list[Row] = []
    for cell in measure.cells:
        entry = cell.entry
        if entry is not None and entry.status is ProgressStatus.BEHIND:
            again = "\n（上季度也滞后）" if cell.previous is ProgressStatus.BEHIND else ""
            found.append(
                (
                    names.get(cell.unit_code, cell.unit_code) + again,
                    entry.progress or NOTHING,
                    entry.problems or NOTHING,
                    entry.next_steps or NOTHING,
                )
            )
    if not found:
        return []
    lead = f"　牵头单位：{_short('、'.join(measure.lead), _MOST_LEAD)}" if measure.lead else ""
    title = _short(measure.title, _MOST_TITLE)
    text = f"{measure.label}　{title}{lead}　滞后单位{len(found)}个"
    return [Band(text, style), *found]


def _short(text: str, most: int) -> str:
    """A band does not break over pages: what would fill one is cut, it stands in full in the data."""
    return text if len(text) <= most else f"{text[:most]}…"


def _day(day: date | None) -> str:
    return day.isoformat() if day else NOTHING
