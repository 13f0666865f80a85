"""Subjects that leave out what another says: in a list, or in the clause before."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from desktop.intake.figures.clauses import Clause, without_deadline
from desktop.intake.figures.indicators import (
    BUILDING,
    CHANGING,
    LEADING,
    MEASURE,
    MEASURED,
    ONLY_CHANGING,
    SCHOOLS,
    SINCE,
    SIZE,
    VERBS,
    Subject,
    bare_noun,
    subject_of,
    tidy,
    trimmed,
)
from desktop.intake.figures.scopes import split_scope
from desktop.intake.stream.plain_text import CLOSING, OPENING

# What is measured in air, water and soil: 玻璃行业氮氧化物排放浓度…，颗粒物… share all but the substance.
_SUBSTANCES = re.compile(
    r"PM\s?2\.5|PM\s?10|PM₂\.₅|PM₁₀|细颗粒物|可吸入颗粒物|颗粒物|二氧化硫|二氧化氮|氮氧化物|一氧化碳|臭氧|挥发性有机物|VOCs|NO[xX]|SO2|O3|非甲烷总烃|氨氮|总磷|总氮|化学需氧量|"
    r"生化需氧量|悬浮物|氨|汞|烟尘|粉尘|重金属|COD|BOD5?|化肥|农药"
)
# 城市、农村低保标准: words of one rank, behind which the rest is shared.
_LEVEL = re.compile(r"^(?:城市|城镇|农村|城区|县城|省级|市级|县级|乡级|村级|乡镇|国家级)")


def borrowed(subject: Subject, last: Subject | None, clause: Clause, same: bool) -> Subject | None:
    """A subject that leaves out what is measured, completed from the target or the clause before.

    `same`: the figure before has the same unit.
    """
    short = subject.indicator
    if SIZE.match(short) and last and BUILDING.match(last.indicator):
        return replace(subject, indicator=last.indicator + short)
    if SIZE.match(short) and BUILDING.search(clause.before):
        return replace(subject, indicator=tidy(LEADING.sub("", clause.before)))
    if last is not None and (last.complete or (subject.scope and not short)):
        scope = subject.scope or last.scope
        former = last.indicator if same else re.sub(r"(?:任务)?(?:完成|达标)率$", "", last.indicator)
        if not short:
            return Subject(former, scope)
        if ONLY_CHANGING.match(short):
            return Subject(last.indicator.removesuffix(short) + short, scope)
        if same and re.fullmatch(SCHOOLS, short):
            return Subject(last.indicator, short)
        if same and len(short) <= 8 and (full := _parallel(last.indicator, short)):
            return Subject(full, scope)
    if not short and (acted := _acted_before(clause)):
        return replace(subject, indicator=acted)
    if not short and clause.before:
        before = trimmed(without_deadline(clause.before), keep_change=False)
        noun = re.search(rf"[\u4e00-\u9fffA-Za-z0-9.（）()]{{0,24}}?{MEASURE}$", before)
        if noun:
            said = re.sub(r"^.*(?:增加|提高|加密|加大|降低)(?=.{2})", "", noun.group())
            scope, indicator = split_scope(LEADING.sub("", said), (), "")
            return Subject(tidy(indicator), subject.scope or scope)
    return None


def _acted_before(clause: Clause) -> str:
    """What the clause before wants done, where it gives no figure: 淘汰老旧货车，2025年、2026年分别…"""
    acted = re.search(rf"(?:{VERBS})[^，]{{2,12}}$", clause.before)
    return tidy(acted.group()) if acted and not re.search(r"\d", clause.before) else ""


def _parallel(former: str, short: str) -> str:
    """The former indicator with what a shorter one says in its place; empty where they share nothing."""
    named = _SUBSTANCES.search(former)
    if named and _SUBSTANCES.fullmatch(short):
        return former[: named.start()] + short + former[named.end() :]
    for size in range(len(short) - 1, 1, -1):
        # 教师交流轮岗比例 …，骨干教师 …: the short one ends as the former begins.
        at = former.find(short[-size:])
        if at == 0 or (at > 0 and MEASURED.search(former[at + size :])):
            return short + former[at + size :]
    tail = _common_tail(former, short)
    return short + tail if tail else ""


def paired_subjects(
    head: str,
    middle: str,
    count: int,
    clause: Clause,
    last: Subject | None,
    places: Collection[str],
    city: str,
) -> list[Subject]:
    """As many subjects as there are figures, from the list before 分别 and the words behind it."""
    text = trimmed(without_deadline(SINCE.sub("", head)), keep_change=False)
    said = trimmed(SINCE.sub("", middle), keep_change=True)
    change = said if CHANGING.fullmatch(said) else ""
    of_each = "" if change or len(said) < 2 or said in ("完成", "达到") else said
    items = listed(text)
    dated = len(clause.years) == count
    if of_each:
        return _of_each(items, of_each, count, dated, clause, places, city)
    if len(items) <= 1:
        whole = subject_of(head, clause, places, city) if items else Subject("", "")
        if not whole.indicator and (acted := _acted_before(clause)):
            whole = Subject(acted, whole.scope)
        elif not whole.indicator and last:
            bare = re.sub(r"(?:任务)?(?:完成|达标)率$", "", last.indicator)
            whole = Subject(bare, whole.scope or last.scope)
        whole = replace(whole, indicator=whole.indicator + change)
        return [whole] * count if whole.complete else []
    if len(items) > count:
        items = ["、".join(items[: len(items) - count + 1]), *items[len(items) - count + 1 :]]
    if len(items) != count:
        return []
    found = _each_item(items, clause, last, places, city)
    return [replace(subject, indicator=subject.indicator + change) for subject in found]


def _of_each(
    items: list[str],
    said: str,
    count: int,
    dated: bool,
    clause: Clause,
    places: Collection[str],
    city: str,
) -> list[Subject]:
    """甲县、乙县分别完成造林3万亩、2万亩: what is meant stands behind 分别."""
    whole = subject_of(said, clause, places, city)
    if len(items) == count:
        found = []
        for item in items:
            scope, rest = split_scope(LEADING.sub("", item), places, city)
            found.append(Subject(rest + whole.indicator, scope or whole.scope))
        return found
    if dated and len(items) <= 1:
        scope = split_scope(items[0], places, city)[0] if items else ""
        return [replace(whole, scope=scope or whole.scope)] * count
    return []


def _each_item(
    items: list[str], clause: Clause, last: Subject | None, places: Collection[str], city: str
) -> list[Subject]:
    final = subject_of(items[-1], clause, places, city)
    area, _ = split_scope(items[-1], places, city)
    areas = [split_scope(item, places, city) for item in items[:-1]]
    if area and all(scope and not rest for scope, rest in areas):
        indicator = final.indicator or (last.indicator if last else "")
        if not indicator:
            return []
        return [Subject(indicator, scope) for scope in (*(scope for scope, _ in areas), area)]
    common, _ = split_scope(LEADING.sub("", items[0]), places, city)
    found = []
    for item in items:
        subject = subject_of(item, clause, places, city)
        short = final.measured and not subject.measured
        if short or not subject.complete or _SUBSTANCES.fullmatch(subject.indicator):
            tail = _parallel_tail(final.indicator, subject.indicator)
            subject = replace(subject, indicator=subject.indicator + tail)
        found.append(replace(subject, scope=subject.scope or common))
    return found


def _parallel_tail(final: str, item: str) -> str:
    """What the last item of a list has and the others share: after its bracket, or its word for a quantity."""
    named = _SUBSTANCES.match(final)
    if named and _SUBSTANCES.fullmatch(item):
        return final[named.end() :]
    if _LEVEL.fullmatch(item):
        return _LEVEL.sub("", final, count=1)
    if item[-1:] in CLOSING:
        cut = max(final.rfind(sign) for sign in CLOSING)
        if 0 <= cut < len(final) - 1:
            return final[cut + 1 :].strip()
    # 渣土车、混凝土搅拌车新能源占比: both are a 车, the rest is shared.
    kind = final.rfind(item[-1:], 1, -1) if len(item) > 1 else -1
    if kind > 0 and MEASURED.search(final[kind + 1 :]):
        return final[kind + 1 :]
    after = re.match(r"^[A-Za-z0-9.]+(?P<tail>[\u4e00-\u9fff]+)$", final)
    if after and len(item) <= 8:
        return after["tail"]
    # 粗钢、水泥熟料产能置换比例: what stands in two words before its measure goes with it.
    plain = re.search(rf"(?:产能置换|产能利用|综合利用|规范化建设|达标排放|无害化处理)?{MEASURE}$", final)
    return plain.group() if plain else ""


def _common_tail(former: str, short: str) -> str:
    """The part of the former indicator that a shorter parallel subject leaves out."""
    rest = former[len(short) :]
    beside = former[len(short) - 1 : len(short)] if short else ""
    alike = beside == short[-1:] or (len(short) <= 2 and beside not in tuple("至、一二三四五六七八九十"))
    if MEASURED.search(bare_noun(rest)) and len(rest) >= 3 and len(short) <= 4 and alike:
        return rest
    match = re.search(rf"{MEASURE}$", former)
    return match.group() if match else ""


def listed(text: str) -> list[str]:
    """Parts of a list, by 、 or 和 outside brackets."""
    parts, current, depth = list[str](), "", 0
    for sign in text:
        depth += (sign in OPENING) - (sign in CLOSING)
        if depth == 0 and sign in "、和及与":
            parts.append(current)
            current = ""
        else:
            current += sign
    return [part.strip() for part in (*parts, current) if part.strip()]
