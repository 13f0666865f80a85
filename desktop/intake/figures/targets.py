"""A plan's targets: the overall ones and those of its measures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from desktop.domain.plan import Measure
from desktop.domain.targets import Accumulation, Audience, Target
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.parts import Part
from desktop.intake.figures.clause_reading import Found
from desktop.intake.figures.clause_targets import targets_in
from desktop.intake.figures.indicators import BUILDING, bare_title
from desktop.intake.figures.scopes import names_places
from desktop.intake.figures.target_tables import goal_rows, table_targets
from desktop.intake.prose.outline import Paragraph
from desktop.intake.stream.blocks import Document

_GOALS = re.compile(r"目标|指标|^总体(?:要求|思路|部署)$")
# A cell that holds a figure alone; what it counts stands in the task's title.
_ONLY_FIGURE = re.compile(r"[≥≤><]?\s*\d[\d.,]*\s*[^\d，。；、\s]{1,6}(?:以上|以下|以内|左右)?")
_TASKS = re.compile(r"任务|措施|举措|行动|工程")
_NOT_GOALS = re.compile(r"目标责任|目标考核|指标体系|指标任务分解")


def plan_targets(
    prose: Sequence[Paragraph],
    parts: Sequence[Part],
    measures: Sequence[Measure],
    city: str,
    lexicon: Lexicon,
    document: Document,
) -> tuple[Target, ...]:
    """All targets in order: the overall ones, then each measure's."""
    places = lexicon.places
    found: list[Target] = []
    inside = [part.source for part in parts]
    tabled = list(table_targets(document))
    overall = [*_overall_texts(prose, inside), *(text for _, text in goal_rows(document))]
    for text in overall:
        for each in targets_in(text, places, city):
            found.append(_target(each, "目标", 1, places, city))
    for row in tabled:
        if not any(first <= row.block <= last for first, last in inside):
            found.append(_target(row.found, "目标", 1, places, city))
    for part, measure in zip(parts, measures, strict=True):
        for each in _of_measure(part, measure, places, city):
            placed = _target(each, measure.task_no, measure.part, places, city)
            found.append(replace(placed, measure_key=measure.key))
        first, last = part.source
        for row in tabled:
            if first <= row.block <= last:
                placed = _target(row.found, measure.task_no, measure.part, places, city)
                found.append(replace(placed, measure_key=measure.key))
    return tuple(replace(target, key=f"t-{at:03d}") for at, target in enumerate(found, 1))


def _of_measure(part: Part, measure: Measure, places: Collection[str], city: str) -> Iterator[Found]:
    """What a measure's goal and content set, each once; a figure of the title too that neither repeats."""
    told: set[tuple[object, ...]] = set()
    for text in dict.fromkeys(t for t in (part.goal, measure.content, measure.title) if t):
        if _ONLY_FIGURE.fullmatch(text):
            text = bare_title(measure.title) + text
        title = text == measure.title and text != measure.content
        spoken = {said[:2] for said in told}
        for each in targets_in(text, places, city):
            said = (each.figure.value, each.figure.unit, each.subject, each.comparator, each.deadline)
            if (said in told and text != part.goal) or (title and said[:2] in spoken):
                continue
            told.add(said)
            if BUILDING.fullmatch(each.subject.indicator):
                # 完成改造3200户: what is rebuilt stands in the task's title.
                thing = bare_title(measure.title) + each.subject.indicator
                each = replace(each, subject=replace(each.subject, indicator=thing))
            yield each


def _overall_texts(prose: Sequence[Paragraph], inside: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What stands outside the measures under a heading of aims, behind a heading, or before a section's tasks."""
    level: int | None = None
    tasks = False
    for paragraph in prose:
        if any(first <= paragraph.first <= last for first, last in inside):
            level = None
            continue
        marker = paragraph.marker
        head = re.split(r"[。：:]", marker.rest if marker else paragraph.text, maxsplit=1)[0]
        tasks = bool(_TASKS.search(head)) if marker and marker.level == 1 else tasks
        aims = bool(_GOALS.search(head)) and len(head) <= 20 and not _NOT_GOALS.search(head)
        if marker and (level is None or marker.level <= level):
            level = marker.level if aims else None
            rest = marker.rest[len(head) + 1 :]
        elif marker is None and aims and re.match(r"[：:]", paragraph.text[len(head) :]):
            rest = paragraph.text[len(head) + 1 :]
            if not rest:
                level = 9
        else:
            spoken = level is not None or (tasks and marker is None)
            rest = (marker.rest if marker else paragraph.text) if spoken else ""
        if rest:
            yield rest


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
