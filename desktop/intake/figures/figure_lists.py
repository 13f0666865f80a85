"""Lists of figures: 分别, and places that each have theirs."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop.domain.targets import Comparator
from desktop.intake.figures.clause_reading import Found, Reading
from desktop.intake.figures.figures import Figure, comparator_of
from desktop.intake.figures.indicators import BUILDING, Subject, alone_scope
from desktop.intake.figures.measure_units import UNIT
from desktop.intake.figures.shared_subjects import paired_subjects

# 分别, or the colon before a list of places with a figure each.
LISTING = re.compile(
    r"分别|分年度|[：:](?=[^\d，。；]{2,12}\d+(?:\.\d+)?[^\d，。；、]{0,12}(?:、|和)[^\d，。；]{2,12}\d)"
)
# 分别提高到每人每月760元和620元
_EACH = re.compile(
    r"(?P<before>(?:提高|提升|增加|降低|下降|压减)(?:到|至)|达到|不低于|不少于|不高于|不超过|控制在)每[^，。；\d]{1,8}$"
)
_LOW = re.compile(
    r"浓度|能耗|煤耗|漏损|死亡|事故|降尘|积尘|污染天数|用水总量|消费总量|受害率|成灾率|综合指数|投诉|化肥施用"
)


def paired_targets(reading: Reading, figures: list[Figure], listing: re.Match[str]) -> list[Found]:
    """分别: as many subjects (or places, or years) as figures, in order."""
    text, clause = reading.clause.text, reading.clause
    if len(figures) < 2:
        return []
    starts = [listing.end(), *(f.end for f in figures[:-1])]
    leads = [
        re.sub(r"^\s*(?:、|以及|和|及|为)?[：:\s]*", "", text[a : f.start]).strip()
        for a, f in zip(starts, figures, strict=True)
    ]
    if each := _EACH.match(leads[0]):
        leads[0] = ""
        figures = [replace(f, before=f.before or each["before"]) for f in figures]
    head = text[: listing.start()]
    unit = next((f.unit for f in reversed(figures) if f.unit), "")
    if not unit and (inside := _unit_in(head)):
        unit, head = inside[1], head.replace(inside[0], "")
    if all(alone_scope(lead, reading.places, reading.city) for lead in leads):
        whole = reading.subject(head)
        subjects = [replace(whole, scope=lead) for lead in leads]
    elif listing.group()[:1] == "分" and (kinds := _kinds(reading, head, leads)):
        subjects = kinds
        figures = [replace(f, before=f.before or "达到") for f in figures]
    elif listing.group()[:1] != "分" or any(lead for lead in leads[1:]):
        return []
    else:
        last = reading.last.subject if reading.last else None
        count = len(figures)
        subjects = paired_subjects(head, leads[0], count, clause, last, reading.places, reading.city)
    if not subjects:
        return []
    before = next((f.before for f in figures if f.before), "")
    after = figures[-1].after
    deadlines = clause.years if len(clause.years) == len(figures) else ("",) * len(figures)
    results = []
    for subject, figure, deadline in zip(subjects, figures, deadlines, strict=True):
        full = replace(
            figure, unit=figure.unit or unit, before=figure.before or before, after=figure.after or after
        )
        one = reading.found(subject, full, deadline)
        results.append(replace(one, comparator=comparator_for(full, subject.indicator, "目标" in head)))
    return results


def _kinds(reading: Reading, head: str, leads: list[str]) -> list[Subject]:
    """计量率分别达到农业75%、工业98%: one rate, of each kind; nothing where the list is another."""
    reached = re.match(r"^(?:均)?(?:达到|达|提高到|提升到|提高至|提升至)(?P<kind>.{2,6})$", leads[0])
    names = [reached["kind"], *leads[1:]] if reached else []
    whole = reading.subject(head)
    if not names or not whole.measured or not all(re.fullmatch(r"[\u4e00-\u9fff]{2,6}", n) for n in names):
        return []
    return [replace(whole, indicator=name + whole.indicator) for name in names]


def comparator_for(figure: Figure, indicator: str, aim: bool = True) -> Comparator:
    """As the words beside a figure say; a bare `aim` is a limit: upper of what should be low, lower of rates."""
    said = comparator_of(figure)
    if said is not Comparator.EQUAL or figure.before in ("保持", "保持在", "维持在", "稳定在") or not aim:
        return said
    if _LOW.search(indicator):
        return Comparator.AT_MOST
    return said if figure.counted and (BUILDING.search(indicator) or not figure.unit) else Comparator.AT_LEAST


def _unit_in(head: str) -> re.Match[str] | None:
    """The unit that a list's head gives in brackets."""
    found = re.finditer(r"[（(](?:单位[：:])?([^（()）]{1,16})[）)]", head)
    return next((match for match in found if re.fullmatch(UNIT, match[1])), None)
