"""The account of a 报告, drafted from the data: no figure that the data do not hold, nothing that asks for anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.domain.clean_text import clean_text
from desktop.domain.letter import TEXT_LIMIT, LetterSection, SectionName
from desktop.domain.plan import GOALS
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, ProgressStatus, ReportRow
from desktop.domain.schedule import Standing
from desktop.domain.targets import reached
from desktop.reports.account_figures import figures, reading_words
from desktop.reports.account_words import Annexes, counted, enumerated, gist, listed, named, own_name, quoted

_DONE, _ON, _BEHIND = ProgressStatus.COMPLETED, ProgressStatus.ON_SCHEDULE, ProgressStatus.BEHIND
_WAITING = ProgressStatus.NOT_STARTED
_ALL = {
    _DONE: "均已完成",
    _ON: "均达到序时进度",
    _BEHIND: "均进展滞后",
    _WAITING: "均尚未启动",
    ProgressStatus.NOT_APPLICABLE: "均不涉及",
    None: "均未填报",
}
_ONE = {
    _DONE: "已完成",
    _ON: "达到序时进度",
    _BEHIND: "进展滞后",
    _WAITING: "尚未启动",
    ProgressStatus.NOT_APPLICABLE: "不涉及",
    None: "尚未填报",
}
_Move = tuple[tuple[ProgressStatus, ...], ProgressStatus]
_MOVES: Mapping[str, _Move] = {
    "新完成": ((_ON, _BEHIND, _WAITING, ProgressStatus.NOT_APPLICABLE), _DONE),
    "由滞后转为达到序时进度": ((_BEHIND,), _ON),
    "新启动": ((_WAITING,), _ON),
    "转为滞后": ((_DONE, _ON, _WAITING, ProgressStatus.NOT_APPLICABLE), _BEHIND),
    "仍滞后": ((_BEHIND,), _BEHIND),
    "由已完成改为继续推进": ((_DONE,), _ON),
}
"""What is told of statuses since last time: from any of these to that one."""
_HIGHLIGHTS, _DETAILED, _STEPS = 8, 12, 5
"""How many are told one by one; the others are counted."""


@dataclass(frozen=True)
class Basis:
    """What an account is drafted from. `before`: the entries of the quarter `last`, by measure; `standings` by target."""

    unit: str
    plan_title: str
    quarter: Quarter
    rows: tuple[ReportRow, ...]
    annexes: Annexes
    before: Mapping[str, Entry] = field(default_factory=dict)
    last: Quarter | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)

    def was(self, row: ReportRow) -> ProgressStatus | None:
        """The measure's status last time."""
        entry = self.before.get(row.measure_key)
        return entry.status if entry else None

    def at(self, *statuses: ProgressStatus) -> list[ReportRow]:
        return [row for row in self.rows if row.entry.status in statuses]


def draft(basis: Basis) -> Mapping[SectionName, str]:
    """Every section of the account; empty where the data have nothing to say."""
    texts = {
        SectionName.OPENING: [_opening(basis)],
        SectionName.OVERALL: _overall(basis),
        SectionName.FIGURES: figures(basis.rows, basis.standings, basis.quarter, basis.annexes),
        SectionName.HIGHLIGHTS: _highlights(basis),
        SectionName.PROBLEMS: _problems(basis),
        SectionName.SUGGESTIONS: [],
        SectionName.NEXT: _next(basis),
    }
    return {name: clean_text("\n".join(parts))[:TEXT_LIMIT] for name, parts in texts.items()}


def sections_of(texts: Mapping[SectionName, str]) -> tuple[LetterSection, ...]:
    """Those that have text, in the order of a 报告: no heading ever stands over nothing."""
    return tuple(LetterSection(name, texts[name]) for name in SectionName if texts.get(name, "").strip())


def _opening(basis: Basis) -> str:
    unit, quarter = own_name(basis.unit), basis.quarter.chinese
    return f"按照{quoted(basis.plan_title)}和季度报送要求，现将{unit}{quarter}工作进展情况报告如下。"


def _overall(basis: Basis) -> list[str]:
    rows = basis.rows
    if not rows:
        return ["本季度没有需要填报的工作措施。"]
    scope, by = _scope(rows)
    numbers = counted(rows)
    first = rows[0].entry.status
    if len(rows) == 1:
        told = f"本季度，{own_name(basis.unit)}{scope}，{_ONE[first]}。"
    elif len(numbers) == 1:
        told = f"本季度，{own_name(basis.unit)}{scope}，{_ALL[first]}。"
    else:
        parts = "，".join(f"{word}{number}项" for word, number in numbers)
        told = f"本季度，{own_name(basis.unit)}{scope}。{by or '其中，'}{parts}。"
        if not basis.at(_BEHIND, _WAITING):
            told += "没有滞后和未启动的措施。"
    pieces = sum(len(row.entry.evidence) for row in rows)
    table, proof = basis.annexes.place("table"), basis.annexes.place("evidence")
    closing = f"各项工作进展情况详见{table}。" if table else ""
    if pieces:
        closing += f"随本报告报送佐证材料{pieces}份" + (f"，清单见{proof}。" if proof else "。")
    return [part for part in (told + _moves(basis), closing) if part]


def _scope(rows: Sequence[ReportRow]) -> tuple[str, str]:
    """What the unit answers for, and by what its statuses are counted where that is not the tasks."""
    measures = [row for row in rows if row.measure_key != GOALS]
    if not measures:
        return "承担方案总体目标", ""
    tasks = len({row.task_no for row in measures})
    scope = f"承担重点任务{tasks}项"
    if len(measures) != tasks:
        scope += f"、具体措施{len(measures)}项"
    if len(measures) != len(rows):
        return f"{scope}，并承担方案总体目标", "按填报条目统计，"
    return scope, "按措施统计，" if len(measures) != tasks else ""


def _moves(basis: Basis) -> str:
    """What became of the statuses of last time; empty where there is nothing to compare or to say."""
    pairs = [(was, row.entry.status) for row in basis.rows if (was := basis.was(row)) is not None]
    if basis.last is None or not pairs:
        return ""
    since = "上季度" if basis.last == basis.quarter.previous else basis.last.chinese
    counts = [(word, sum(_fits(move, *pair) for pair in pairs)) for word, move in _MOVES.items()]
    parts = [f"{word}{number}项" for word, number in counts if number]
    if parts:
        return f"与{since}相比，{'，'.join(parts)}。"
    same = len(pairs) == len(basis.rows) and all(was is now for was, now in pairs)
    if not same:
        return ""
    return f"进展状态与{since}相同。" if len(pairs) == 1 else f"各项措施的进展状态与{since}相同。"


def _fits(move: _Move, was: ProgressStatus, now: ProgressStatus | None) -> bool:
    return was in move[0] and now is move[1]


def _highlights(basis: Basis) -> list[str]:
    """What was completed, has caught up, and the figures that have reached their goal since last time."""
    first = basis.last is None
    done = [r for r in basis.at(_DONE) if first or basis.was(r) not in (_DONE, None)]
    caught = [r for r in basis.at(_ON) if basis.was(r) is _BEHIND]
    told = [f"{named(r)}已完成。{_gist(basis, r.entry.progress)}" for r in done]
    told += [f"{named(r)}由滞后转为达到序时进度。{_gist(basis, r.entry.progress)}" for r in caught]
    shown = {r.measure_key for r in (*done, *caught)}
    for row in basis.rows:
        for target in row.targets if row.measure_key not in shown and not first else ():
            value, standing = row.entry.reading(target.key), basis.standings.get(target.key)
            last = standing.last.value if standing and standing.last else None
            if value is not None and reached(target, value) and not reached(target, last):
                told.append(f"{reading_words(target, value)}，达到方案目标值。")
    return _told(basis, list(dict.fromkeys(told)), _HIGHLIGHTS)


def _problems(basis: Basis) -> list[str]:
    behind, waiting = basis.at(_BEHIND), basis.at(_WAITING)
    found = []
    if len(behind) == 1:
        found.append(f"进展滞后的措施1项，为{named(behind[0])}。{_gist(basis, behind[0].entry.problems)}")
    elif behind:
        found.append(f"进展滞后的措施{len(behind)}项。")
        found += _told(basis, [f"{named(r)}。{_gist(basis, r.entry.problems)}" for r in behind], _DETAILED)
    if waiting:
        link = "，为" if len(waiting) == 1 else "："
        found.append(f"尚未启动的措施{len(waiting)}项{link}{listed([named(r) for r in waiting], 10)}。")
    others = [r for r in basis.at(_DONE, _ON) if r.entry.problems.strip()]
    table = basis.annexes.place("table")
    if others and table:
        also = "另有" if found else ""
        found.append(f"{also}{len(others)}项措施在推进中遇到的问题，见{table}。")
    return found


def _next(basis: Basis) -> list[str]:
    """The steps of what is behind or not begun; where there are none, the first of the others'."""
    rows = [r for r in basis.rows if r.entry.next_steps.strip()]
    hindered = [r for r in rows if r.entry.status in (_BEHIND, _WAITING)]
    chosen = hindered[:_DETAILED] or rows[:_STEPS]
    told = [f"{named(r)}。{words}" for r in chosen if (words := _gist(basis, r.entry.next_steps))]
    rest, table = len(rows) - len(chosen), basis.annexes.place("table")
    found = enumerated(told)
    if rest and table:
        found.append(f"其余{rest}项措施的下一步安排，见{table}。")
    return found


def _told(basis: Basis, items: Sequence[str], most: int) -> list[str]:
    table = basis.annexes.place("table")
    found = enumerated(items[:most])
    if len(items) > most:
        found.append(f"另有{len(items) - most}项" + (f"，见{table}。" if table else "。"))
    return found


def _gist(basis: Basis, text: str) -> str:
    return gist(text, attached=bool(basis.annexes.place("table")))
