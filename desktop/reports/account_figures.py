"""What an account says of figures: which have reached their goal, which are in time, which fall short of 序时应达."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportRow
from desktop.domain.schedule import Standing, deadline_of, short_of
from desktop.domain.targets import Comparator, Target, Verdict, verdict_on
from desktop.reports.account_words import Annexes, listed

_COMPARED = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.MORE_THAN: "＞",
    Comparator.LESS_THAN: "＜",
    Comparator.EQUAL: "",
    Comparator.ABOUT: "",
}
VERDICT_WORDS = {
    Verdict.REACHED: "达到",
    Verdict.MISSED: "未达到",
    Verdict.NEAR: "接近",
    Verdict.ABOVE: "高于",
}
ABOUT_RULE = (
    "目标值带“左右”的，完成值四舍五入到目标值的位数后与其相等的（累计数不小于目标值的），算达到目标；"
    "相差不超过5%的记“接近”，超出更多的记“高于”，算不算达到，由收文单位认定。"
)
"""How 左右 was judged: said where it was."""
_KINDS = {
    "met": "达到方案目标值",
    "near": "接近方案目标值（左右）",
    "above": "高于方案目标值（左右）",
    "in_time": "达到序时应达值",
    "short": "未达到序时应达值",
    "overdue": "已到完成时限、未达到方案目标值",
    "open": "",
}

Figure = tuple[Target, Decimal, Standing | None]


def amount(value: Decimal, unit: str) -> str:
    """A figure with its unit; no exponent, no needless zeros put in or taken away."""
    return f"{value:f}{unit}"


def verdict_word(target: Target, value: Decimal | None) -> str:
    """How a figure stands to the final target, in a word; empty where either is missing."""
    verdict = verdict_on(target, value)
    return "" if verdict is None else VERDICT_WORDS[verdict]


def says_about(targets: Iterable[Target]) -> bool:
    """Whether one of them has 左右 in it."""
    return any(each.comparator is Comparator.ABOUT and each.value is not None for each in targets)


def target_words(target: Target) -> str:
    """What the plan asks: `≥12台`; empty where it names no figure."""
    if target.value is None:
        return ""
    about = "左右" if target.comparator is Comparator.ABOUT else ""
    return f"{_COMPARED[target.comparator]}{amount(target.value, target.unit)}{about}"


def reading_words(target: Target, value: Decimal) -> str:
    """淘汰燃煤锅炉12台（目标≥12台）."""
    wanted = target_words(target)
    return f"{target.indicator}{amount(value, target.unit)}" + (f"（目标{wanted}）" if wanted else "")


def kind_of(target: Target, value: Decimal, standing: Standing | None, quarter: Quarter) -> str:
    """How a figure stands: `met`, `near` or `above` where the plan says 左右, `short` of 序时应达, `in_time`, `overdue`, or
    `open`: an unmet year-end target is not behind.
    """
    verdict = verdict_on(target, value)
    if verdict is Verdict.REACHED:
        return "met"
    if verdict in (Verdict.NEAR, Verdict.ABOVE):
        return verdict.value
    short = short_of(target, value, standing.due if standing else None)
    if short is not None:
        return "short" if short else "in_time"
    until = deadline_of(target.deadline, None)
    if target.value is not None and until is not None and until <= quarter:
        return "overdue"
    return "open"


def figures(
    rows: Sequence[ReportRow], standings: Mapping[str, Standing], quarter: Quarter, annexes: Annexes
) -> list[str]:
    """The paragraphs about figures; none where none is asked for."""
    asked = [(target, row.entry.reading(target.key)) for row in rows for target in row.targets]
    if not asked:
        return []
    given = [(target, value, standings.get(target.key)) for target, value in asked if value is not None]
    sorted_out: dict[str, list[Figure]] = {kind: [] for kind in _KINDS}
    for figure in given:
        sorted_out[kind_of(*figure, quarter)].append(figure)
    found = [_counts(len(asked), len(given), sorted_out)]
    for kind in ("met", "near", "above", "short", "overdue"):
        if sorted_out[kind]:
            names = listed([_words(kind, *figure) for figure in sorted_out[kind]], 8)
            found.append(f"{_KINDS[kind]}的指标：{names}。")
    if place := annexes.place("readings") or annexes.place("table"):
        found[-1] += f"各项指标完成值见{place}。" if len(asked) > 1 else ""
    return found


def _counts(asked: int, given: int, sorted_out: Mapping[str, Sequence[Figure]]) -> str:
    told = f"本季度需填报量化指标{asked}项，"
    if given == asked:
        told += "已填报。" if asked == 1 else "已全部填报。"
    elif not given:
        return told + ("尚未填报。" if asked == 1 else "均未填报。")
    else:
        told += f"已填报{given}项，未填报{asked - given}项。"
    counts = {kind: len(found) for kind, found in sorted_out.items() if found}
    if len(counts) == 1:
        (kind,) = counts
        return told + _only(kind, given)
    parts = [f"{_KINDS[kind]}{number}项" for kind, number in counts.items() if kind != "open"]
    if "open" in counts:
        parts.append(f"其余{counts['open']}项正在推进")
    return f"{told}其中，{'，'.join(parts)}。"


def _only(kind: str, given: int) -> str:
    """All that were given stand alike."""
    if kind == "open":
        return "目前正在推进。"
    every = "" if given == 1 else "均"
    return f"目前{every}{_KINDS[kind]}。"


def _words(kind: str, target: Target, value: Decimal, standing: Standing | None) -> str:
    if kind == "short" and standing is not None and standing.due is not None:
        due = amount(standing.due, target.unit)
        return f"{target.indicator}{amount(value, target.unit)}（序时应达{due}）"
    return reading_words(target, value)
