"""Clauses with a figure to reach become targets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.domain.plan import Measure
from desktop.domain.targets import Accumulation, Audience, Comparator, Target
from desktop.intake.clauses import Clause, clauses_of
from desktop.intake.figures import Figure, comparator_of, figures_in, without_names, without_start
from desktop.intake.indicators import (
    BUILDING,
    CHANGING,
    Subject,
    bare_title,
    borrowed,
    paired_subjects,
    subject_of,
)
from desktop.intake.lexicon import Lexicon
from desktop.intake.outline import Paragraph
from desktop.intake.plain_text import bracket_spans
from desktop.intake.reading import Part
from desktop.intake.scopes import holds_on, names_places

# What is longer without a comma is no clause that sets anything.
_LONGEST_CLAUSE = 600
_GOALS = re.compile(r"目标|指标")
_NOT_GOALS = re.compile(r"目标责任|目标考核|指标体系|指标任务分解")
_END = re.compile(r"^\s*(?:\x01*)\s*(?:的?(?:目标|水平|要求|标准|任务|比例|目标任务|左右|以上|以下)?)?\s*$")
_FULL = re.compile(
    r"^(?:执行|进行|达标|完成|覆盖|实现|安装|纳入|实施|落实|联网|配备|使用|采用|达到|建成|更换|淘汰|收集|处理|开展|检验)"
)
_WHOLE_OF = re.compile(
    r"(?:形成|具备|建立|建成|实现|配套|预留|设置|落实|配备|保持)(?P<before>不低于|不少于|不超过|达到|至少)(?P<base>[^，。；\d*]{0,16}?)$"
)


@dataclass(frozen=True)
class Found:
    """A target before it has a key."""

    subject: Subject
    figure: Figure
    comparator: Comparator
    deadline: str
    text: str


def plan_targets(
    prose: Sequence[Paragraph],
    parts: Sequence[Part],
    measures: Sequence[Measure],
    city: str,
    lexicon: Lexicon,
) -> tuple[Target, ...]:
    """All targets in order: the overall ones, then each measure's."""
    places = lexicon.places
    found: list[Target] = []
    inside = [part.source for part in parts]
    for text in _overall_texts(prose, inside):
        for each in targets_in(text, places, city):
            found.append(_target(each, "目标", 1, places, city))
    for part, measure in zip(parts, measures, strict=True):
        for text in dict.fromkeys(t for t in (part.goal, measure.content) if t):
            for each in targets_in(text, places, city):
                if BUILDING.fullmatch(each.subject.indicator):
                    # 完成改造3200户: what is rebuilt stands in the task's title.
                    thing = bare_title(measure.title) + each.subject.indicator
                    each = replace(each, subject=replace(each.subject, indicator=thing))
                placed = _target(each, measure.task_no, measure.part, places, city)
                found.append(replace(placed, measure_key=measure.key))
    return tuple(replace(target, key=f"t-{at:03d}") for at, target in enumerate(found, 1))


def targets_in(text: str, places: Collection[str] = (), city: str = "") -> Iterator[Found]:
    """The targets that a measure's text sets, in order."""
    last: Subject | None = None
    former: Clause | None = None
    for clause in clauses_of(text):
        if len(clause.text) > _LONGEST_CLAUSE:
            continue
        beside = former is not None and former.text == clause.before and former.segment == clause.segment
        results = _clause_targets(clause, last, beside, places, city)
        for found in results:
            if beside and last and holds_on(last.scope) and not found.subject.scope:
                # A place named once holds for the clauses beside it, up to the semicolon.
                found = replace(found, subject=replace(found.subject, scope=last.scope))
            last, former = found.subject, clause
            yield found


def _overall_texts(prose: Sequence[Paragraph], inside: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Paragraphs under a heading of aims, and ones that begin with such a heading, outside the measures."""
    level: int | None = None
    for paragraph in prose:
        if any(first <= paragraph.first <= last for first, last in inside):
            level = None
            continue
        marker = paragraph.marker
        head = re.split(r"[。：:]", marker.rest if marker else paragraph.text, maxsplit=1)[0]
        aims = bool(_GOALS.search(head)) and len(head) <= 20 and not _NOT_GOALS.search(head)
        if marker and (level is None or marker.level <= level):
            level = marker.level if aims else None
            rest = marker.rest[len(head) + 1 :]
        elif marker is None and aims and re.match(r"[：:]", paragraph.text[len(head) :]):
            rest = paragraph.text[len(head) + 1 :]
            if not rest:
                level = 9
        else:
            rest = (marker.rest if marker else paragraph.text) if level is not None else ""
        if rest:
            yield rest


def _clause_targets(
    clause: Clause, last: Subject | None, beside: bool, places: Collection[str], city: str
) -> list[Found]:
    """The targets of one clause.

    `last` is the subject of the target before, for clauses that leave it out; `beside`: it stands in
    the clause just before this one.
    """
    clause = replace(clause, shown=clause.text, text=without_start(clause.text))
    text = _without_brackets(without_names(clause.text))
    figures = list(figures_in(text, bare="分别" in text))
    if not figures:
        return []
    if "分别" in text[: figures[-1].start + 2] and len(figures) > 1:
        paired = _paired(clause, text, figures, last, places, city)
        if paired:
            return paired
    results: list[Found] = []
    at, carried = 0, ""
    verb_before = BUILDING.match(last.indicator) if last and beside else None
    for index, figure in enumerate(figures):
        following = text[figure.end :]
        lead = clause.text[at : figure.start]
        if carried:
            at = figure.start
            lead = carried
        elif verb_before and figure.counted and not figure.strong and not BUILDING.search(lead):
            # 建成换热站2座，供热管网9公里: the verb is said once.
            said = subject_of(lead, clause, places, city).measured
            lead = lead if said else verb_before.group() + lead
        found = _single(clause, lead, text[at : figure.start], figure, following, last, places, city)
        if found is None:
            continue
        results.append(found)
        last, at = found.subject, figure.end
        joint = re.match(r"\s*(?:、|和|及|以及|并且?|且)", following)
        if joint and index + 1 < len(figures):
            at += joint.end()
        verb = BUILDING.match(found.subject.indicator) if _thing(following) else None
        carried = verb.group() if verb else ""
    return results


def _single(
    clause: Clause,
    lead: str,
    masked_lead: str,
    figure: Figure,
    following: str,
    last: Subject | None,
    places: Collection[str],
    city: str,
) -> Found | None:
    """The target that one figure of a clause sets, if it sets one."""
    comparator = comparator_of(figure)
    ends = bool(_END.match(following)) or bool(re.match(r"\s*(?:、|和|及|以及|并且?|且)(?=.*\d)", following))
    whole = _WHOLE_OF.search(lead + figure.before)
    if (
        figure.unit == "%"
        and figure.value == 100
        and not figure.before
        and _FULL.match(following.strip("\x01 "))
    ):
        verb = re.sub(r"^(?:进行|实现|完成)", "", following.strip("\x01 "))
        lead = re.sub(r"(?:按照?(?:有关|相关)?规定|全部|均|要|应)\s*$", "", lead)
        subject = subject_of(f"{lead}{verb}比例", clause, places, city)
        return Found(subject, figure, Comparator.EQUAL, clause.deadline, clause.shown)
    if whole and (tail := re.match(r"^\s*的(?P<noun>[^，。；]{2,16})$", following)):
        inner = replace(figure, before=whole["before"])
        subject = subject_of(tail["noun"], clause, places, city)
        return Found(subject, inner, comparator_of(inner), clause.deadline, clause.shown)
    building = BUILDING.search(lead)
    if not ends:
        thing = _thing(following)
        if not (thing and figure.counted and BUILDING.search(lead + figure.before) and not figure.after):
            return None
        if re.search(rf"(?:{BUILDING.pattern})\s*(?:约|不少于|不低于|至少)?$", lead + figure.before) is None:
            return None
        subject = subject_of(lead + thing["noun"], clause, places, city)
        return Found(subject, figure, comparator, clause.deadline, clause.shown)
    if clause.condition or re.search(r"(?:^|，)(?:对|凡|当|如|若)[^，]*$", masked_lead):
        return None
    subject = subject_of(lead, clause, places, city)
    if figure.is_time and not re.search(r"(?:数|时长|时间|天数)$", subject.indicator):
        return None
    changing = CHANGING.search(subject.indicator)
    share = bool(last and subject.scope and not subject.indicator)
    bare = not figure.strong and not figure.before and figure.value is not None
    if bare and not ((figure.counted and building) or changing or subject.measured or share):
        return None
    if not figure.unit and not subject.measured:
        return None
    if not subject.complete:
        borrowed_subject = borrowed(subject, last, clause)
        if borrowed_subject is None:
            return (
                None
                if not (building or (figure.strong and subject.indicator))
                else _as_found(clause, subject, figure)
            )
        subject = borrowed_subject
    return Found(subject, figure, comparator, clause.deadline, clause.shown)


def _thing(following: str) -> re.Match[str] | None:
    """What a number counts, where the thing follows it: to the clause's end, or to the next number."""
    return re.match(
        r"^\s*(?:的)?(?P<noun>[^，。；、\d\s]{2,20}?)(?:$|\x01|(?:和|、|及|以及)(?=\s*\d))", following
    )


def _as_found(clause: Clause, subject: Subject, figure: Figure) -> Found | None:
    if figure.unit in ("%", "‰") or figure.counted or figure.unit.startswith(":") or "/" in figure.unit:
        return Found(subject, figure, comparator_of(figure), clause.deadline, clause.shown)
    return None


def _paired(
    clause: Clause,
    text: str,
    figures: list[Figure],
    last: Subject | None,
    places: Collection[str],
    city: str,
) -> list[Found]:
    """分别: as many subjects (or places, or years) as figures, in order."""
    unit = next((f.unit for f in reversed(figures) if f.unit), "")
    before = next((f.before for f in figures if f.before), "")
    after = figures[-1].after
    lead = clause.text[: figures[0].start]
    deadlines = clause.years if len(clause.years) == len(figures) else (clause.deadline,) * len(figures)
    head = re.sub(r"分别(?:[^，]{0,6})$", "", lead.rstrip())
    head = re.split("分别", head)[0]
    subjects = paired_subjects(head, len(figures), clause, last, places, city)
    if not subjects:
        return []
    change = re.search(r"分别[^，]*?(下降|降低|减少|提高|提升|增长|增加|上升|削减|压减)\s*$", lead + before)
    if change and not before:
        subjects = [replace(s, indicator=s.indicator + change[1]) for s in subjects]
    results = []
    for subject, figure, deadline in zip(subjects, figures, deadlines, strict=True):
        full = replace(
            figure, unit=figure.unit or unit, before=figure.before or before, after=figure.after or after
        )
        results.append(Found(subject, full, comparator_of(full), deadline, clause.shown))
    return results


def _without_brackets(text: str) -> str:
    for start, end in bracket_spans(text):
        inner = text[start + 1 : end - 1].strip()
        if inner and inner != "含":
            text = text[:start] + "\x01" * (end - start) + text[end:]
    return text


def _target(found: Found, task_no: str, part: int, places: Collection[str], city: str) -> Target:
    scope = found.subject.scope
    whole = bool(re.match(r"全[市县区州盟域]", scope) or (city and scope.startswith(city)))
    each = re.search(r"所有|各(?:县|区|市|园|地)", found.text)
    if names_places(scope, places) and not (city and scope == city):
        audience = Audience.NAMED
    elif task_no == "目标" or (whole and not each):
        audience = Audience.CITY
    else:
        audience = Audience.EACH
    building = BUILDING.match(found.subject.indicator) or (
        BUILDING.search(found.text) and not found.subject.measured
    )
    counts = found.figure.counted and building and not re.search(r"每[年季月周]", found.text)
    return Target(
        "",
        task_no,
        part,
        found.subject.indicator,
        found.comparator,
        found.figure.value,
        found.figure.unit,
        found.deadline,
        scope,
        found.text,
        audience,
        accumulation=Accumulation.PLAN_TO_DATE if counts else Accumulation.POINT_IN_TIME,
    )
