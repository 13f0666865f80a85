"""Which figures of a text are targets: clauses with a figure to reach."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from desktop.domain.targets import Comparator
from desktop.intake.figures.clause_reading import Found, Reading
from desktop.intake.figures.clauses import Clause, clauses_of
from desktop.intake.figures.figure_lists import LISTING, paired_targets
from desktop.intake.figures.figure_targets import JOINT, WITHIN, counted_thing, targets_of_figure
from desktop.intake.figures.figures import Figure, figures_in, without_names, without_start
from desktop.intake.figures.indicators import ACTING, BUILDING, CHANGING, alone_scope
from desktop.intake.figures.measure_units import UNIT
from desktop.intake.figures.scopes import holds_on
from desktop.intake.stream.plain_text import bracket_spans

# What is longer without a comma is no clause that sets anything.
_LONGEST_CLAUSE = 600
_LONGEST_SENTENCE = 4_000
# How many targets of a sentence a later clause may take its subject from.
_REMEMBERED = 12
_DATED = re.compile(r"(?P<when>20\d\d\s*年(?:底|末)?(?:前)?)\s*$")
_PAST = re.compile(
    r"已经?[^的，；]{2,30}\d|近[一二两三四五\d]年|(?<![较比与同])去年|(?<![较比与同])上年[^增下提降减]{0,4}(?:完成|实现|达)|(?<![较比与])“十三五”期间|截至目前|目前"
)
_RANKED = re.compile(
    r"发现(?:各类)?(?:问题|隐患|线索)[^，。；\d]{0,4}\d[\d.]*[万千]?余?(?:个|处|起|条|家|项)|(?:^|，)(?:据|经|根据)[^，；。]{0,16}普查|普查(?:结果|数据|显示|发现|表明)|据统计|统计(?:数据)?显示|仍有[^，]*\d|(?:还?有|仍|存在)[^，；。]{0,12}差距"
)
# 达到90%，位居全省前列 is an aim; 达到426家，位居全省第三 is none.
_PLACED = re.compile(r"位居|居全[省国市区]|排名全[省国市区]|位列全")
_AIMED = re.compile(r"力争|确保|争取|目标|提[高升]到|控制在|不低于|不高于|不超过|到20\d\d年|前列|前茅")
_FORWARD = re.compile(r"力争|确保|计划|争取|目标|到(?:20\d\d|\x00)|将|再|不低于|不少于|不超过|以内")
_UNIT_INSIDE = re.compile(rf"(?:{UNIT})(?:[·•.][年月天日])?")
_REACHING = re.compile(
    r"惠及|带动|受益|覆盖|服务|辐射|吸纳|解决|满足|涉及|累计|增加|扩大|减少|总|共|"
    "攻关|增配|补建|补齐|补种|补充|走访|调解|引育|签约|投产|开工|竣工|销售|消纳|输送|吸引|减免|兑付|拨付|办结|受理|"
    "审结|查处|打击|救治|筛查|随访|建档|评估|普查|摸排|清查|复垦|复耕|复绿|播种|扩种|轮作|休耕|养护|巡护|管护|放流|"
    "增殖|转运|安置|流转|出让|收回|减排|节约|节能|拆|招|生产|加工|年(?:处理|减排|产|加工|利用|发电|供)"
)


def targets_in(text: str, places: Collection[str] = (), city: str = "") -> Iterator[Found]:
    """The targets that a measure's text sets, in order."""
    last: Found | None = None
    former: Clause | None = None
    sentence: list[Found] = []
    past = ranked = False
    for clause in clauses_of(text):
        if len(clause.text) > _LONGEST_CLAUSE:
            continue
        masked = without_names(clause.text)
        if not clause.before:
            sentence = []
            ranked = _reports(clause.sentence[:_LONGEST_SENTENCE])
        past = bool(ranked or _PAST.search(masked)) or (
            past and bool(clause.before) and not _FORWARD.search(masked)
        )
        if past:
            continue
        beside = former is not None and former.text == clause.before and former.segment == clause.segment
        shown = replace(clause, shown=clause.text, text=without_start(clause.text))
        bare = _without_brackets(without_names(shown.text))
        reading = Reading(shown, bare, last, beside, places, city, tuple(sentence))
        for found in _ranges(_clause_targets(reading)):
            if last and (beside or former is clause):
                found = _held(found, last)
            last, former = found, clause
            sentence = [*sentence[-_REMEMBERED:], found]
            yield found
        for inner in _shares_inside(shown.text):
            # 3座（其中平安区1座、高新区2座）
            now = replace(reading, clause=replace(shown, text=inner), text=without_names(inner))
            within = replace(now, last=last, beside=True, sentence=tuple(sentence))
            yield from _ranges(_clause_targets(within))


def _reports(sentence: str) -> bool:
    """Whether a sentence tells what was found or reached, and sets nothing."""
    placed = _PLACED.search(sentence) and not _AIMED.search(sentence)
    return bool(placed or _RANKED.search(sentence))


def _held(found: Found, last: Found) -> Found:
    """A place named once holds for the clauses beside it, up to the semicolon."""
    if found.subject.scope or not holds_on(last.subject.scope):
        return found
    return replace(found, subject=replace(found.subject, scope=last.subject.scope))


def _shares_inside(text: str) -> Iterator[str]:
    for start, end in bracket_spans(text):
        if text[start + 1 :].startswith("其中"):
            yield text[start + 1 : end - 1]


def _ranges(results: list[Found]) -> Iterator[Found]:
    """A range (30%-35%) sets two limits."""
    for found in results:
        top = found.figure.top
        if top is None:
            yield found
            continue
        yield replace(found, comparator=Comparator.AT_LEAST)
        upper = replace(found.figure, value=top, top=None)
        yield replace(found, figure=upper, comparator=Comparator.AT_MOST)


def _clause_targets(reading: Reading) -> list[Found]:
    """The targets of one clause."""
    text = reading.text
    listing = LISTING.search(text)
    figures = list(figures_in(text, listing.start() if listing else None))
    if not figures:
        return []
    if listing and listing.start() < figures[-1].start and len(figures) > 1:
        paired = paired_targets(reading, [f for f in figures if f.start > listing.start()], listing)
        if paired:
            return paired
        figures = list(figures_in(text, listing.start() if listing.group()[:1] == "分" else None))
    return _one_by_one(reading, figures)


def _one_by_one(reading: Reading, figures: list[Figure]) -> list[Found]:
    """The targets of a clause's figures in order; each begins where the one before ends."""
    text = reading.text
    results: list[Found] = []
    at, carried, last = 0, "", reading.last
    for index, figure in enumerate(figures):
        following = text[figure.end :]
        lead = reading.clause.text[at : figure.start]
        if carried:
            rest = re.sub(r"^(?:、|和|及|以及)+", "", reading.clause.text[at : figure.start].strip())
            at, lead = figure.start, rest if len(rest) > 1 else carried
        elif results and text[figure.start - 1 : figure.start] == "/" and not lead.strip("/ "):
            last = results[-1]
            results.append(reading.found(last.subject, replace(figure, before=last.figure.before)))
            at = figure.end
            continue
        else:
            before = last if results or reading.beside else None
            lead = _with_verb(reading, lead, figure, before, bool(results))
        masked_lead = text[at : figure.start]
        now = replace(reading, last=last, sentence=(*reading.sentence, *results))
        if dated := _DATED.search(lead):
            lead = lead[: dated.start()]
            now = replace(now, clause=replace(now.clause, deadline=re.sub(r"\s", "", dated["when"])))
        found = targets_of_figure(now, lead, masked_lead, figure, following)
        if not found:
            continue
        results += found
        last, at = found[-1], figure.end
        if (within := WITHIN.match(following)) and figure.is_time:
            at += within.end()
            following = following[within.end() :]
        joint = JOINT.match(following)
        if joint and index + 1 < len(figures):
            at += joint.end()
        carried = ""
        if thing := counted_thing(following):
            at = figure.end + thing.end("noun")
            carried = _leading_verb(last) or "完成"
    return results


def _with_verb(reading: Reading, lead: str, figure: Figure, before: Found | None, listing: bool) -> str:
    """建成换热站2座，供热管网9公里: the verb is said once."""
    verb = _leading_verb(before)
    inside = lead.strip().startswith("其中")
    bare = re.sub(r"^\s*(?:其中|并|以及|和|、|，|：|:)+", "", lead)
    if before and ACTING.search(before.subject.indicator) and not listing:
        # 造林绿化12.5万亩，其中乔木林6万亩: a deed, not a thing that is built.
        return bare
    if not verb or not figure.counted or (figure.strong and not inside) or not bare.strip():
        return lead
    if (
        BUILDING.search(bare)
        or CHANGING.search(bare)
        or _REACHING.match(bare)
        or ACTING.search(bare.rstrip("共约 "))
        or "“" in bare
    ):
        return lead
    said = reading.subject(bare)
    # 新增风电装机120万千瓦、光伏装机150万千瓦: one kind of quantity, listed.
    series = listing and before is not None and before.subject.measured and before.figure.unit == figure.unit
    if (said.measured and not series) or alone_scope(bare, reading.places, reading.city):
        return lead
    return verb + bare


def _leading_verb(found: Found | None) -> str:
    """The verb that a target begins with; 种植业 begins with none."""
    verb = BUILDING.match(found.subject.indicator) if found else None
    if (
        found is None
        or verb is None
        or found.subject.indicator[verb.end() : verb.end() + 1] in tuple("业率量")
    ):
        return ""
    return verb.group()


def _without_brackets(text: str) -> str:
    for start, end in bracket_spans(text):
        inner = text[start + 1 : end - 1].strip()
        if inner and inner != "含" and not re.fullmatch(_UNIT_INSIDE, inner):
            text = text[:start] + "\x01" * (end - start) + text[end:]
    return text
