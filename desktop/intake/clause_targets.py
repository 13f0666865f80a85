"""Which figures of a text are targets: clauses with a figure to reach."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from desktop.domain.targets import Comparator
from desktop.intake.clauses import Clause, clauses_of
from desktop.intake.figures import Figure, comparator_of, figures_in, without_names, without_start
from desktop.intake.indicators import (
    ACTING,
    BUILDING,
    CHANGING,
    SIZE,
    TIMED,
    Subject,
    alone_scope,
    borrowed,
    listed,
    paired_subjects,
    subject_of,
)
from desktop.intake.measure_units import UNIT
from desktop.intake.plain_text import bracket_spans
from desktop.intake.scopes import holds_on

# What is longer without a comma is no clause that sets anything.
_LONGEST_CLAUSE = 600
_JOINT = re.compile(r"\s*(?:、|和|及|以及|并且?|且|与|/)")
_END = re.compile(
    r"^\s*(?:\x01*)\s*(?:的?(?:目标|水平|要求|标准|任务|比例|目标任务|左右|以上|以下|改造任务|建设任务|治理任务|任务量)?)?\s*$"
)
_FULL = re.compile(
    r"^(?:执行|进行|达标|完成|覆盖|实现|安装|纳入|实施|落实|联网|配备|使用|采用|达到|建成|更换|淘汰|收集|处理|处置|开展|检验|接入|整改|持证|办结|入网|到位)"
)
_WHOLE_OF = re.compile(
    r"(?:形成|具备|建立|建成|实现|配套|预留|设置|落实|配备|保持)(?P<before>不低于|不少于|不超过|达到|至少)(?P<base>[^，。；\d*]{0,16}?)$"
)
_SHARE_OF = re.compile(
    r"(?P<before>不低于|不少于|不得低于|不得少于|不高于|不超过|达到|控制在|稳定在|保持在|(?:提高|提升|增加|下降|降低)(?:到|至))"
    r"(?P<base>[^，。；\d*、]{2,24}的|每[^，。；\d*、]{1,8})$"
)
_BY_RULE = re.compile(r"^\s*的(?:标准|比例|要求|规模|密度)(?P<thing>[^，。；\d]{3,20})$")
_DONE = "响应|到场|到达现场|到达|办结|办理完毕|办理|处置完毕|处置|送达|反馈|答复|修复|抵达现场|抵达|出警|完成|出具|审结|回复"
_WITHIN = re.compile(rf"^(?:内|以内|之内)?(?P<done>{_DONE})(?=$|、|和|，)")
_OF_SHARE = re.compile(
    r"^\s*的?(?P<of>[^，。；\d的]{2,20}?)(?P<verb>完成|实现|达到|纳入|开展|建成|配备|建有|得到|接入|设置|安装|通过|使用|采用|执行|具备|实行|实施|参加)(?P<done>[^，。；\d]{2,20})$"
)
_DATED = re.compile(r"(?P<when>20\d\d\s*年(?:底|末)?(?:前)?)\s*$")
_PAST = re.compile(
    r"已经?[^的，；]{2,30}\d|近[一二两三四五\d]年|(?<![较比与同])去年|(?<![较比与同])上年[^增下提降减]{0,4}(?:完成|实现|达)|“十三五”期间|截至目前|目前"
)
_RANKED = re.compile(
    r"发现(?:各类)?(?:问题|隐患|线索)[^，。；]{0,6}\d|普查|据统计|统计(?:数据)?显示|位居|居全[省国市区]|排名全[省国市区]|位列全"
)
# 分别, or the colon before a list of places with a figure each.
_LISTING = re.compile(
    r"分别|[：:](?=[^\d，。；]{2,12}\d+(?:\.\d+)?[^\d，。；、]{0,12}(?:、|和)[^\d，。；]{2,12}\d)"
)
_UNIT_INSIDE = re.compile(r"[个台套处座家间户辆条艘项所名人亩吨栋株]|公里|平方公里[·•.][年月天日]")
LOW = re.compile(
    r"浓度|能耗|煤耗|漏损|死亡|事故|降尘|积尘|污染天数|用水总量|消费总量|受害率|成灾率|综合指数|投诉|化肥施用"
)
_REMOVING = re.compile(r"(?:消除|淘汰|关停|关闭|拆除|清理|取缔|减少|整治|治理|排查|检查|压减|削减|退出)\s*$")
_DESCRIBED_ON = re.compile(
    r"^\s*(?:、|和|及|或)[^，]*\d[^，\d]*?(?:以上|以下|以内|左右)(?:[（(][^）)]*[）)]|\x01)*的"
)
_AS_RULE = re.compile(r"^\s*的?(?:标准|比例|要求)(?:执行|建设|配建|配置|设置|落实|实施|控制)?$")
_REACHING = re.compile(r"惠及|带动|受益|覆盖|服务|辐射|吸纳|解决|满足|涉及|配套|累计|年|日|总|共")
_DESCRIBING = re.compile(
    r"(?:涉及|共有|现有|拥有|占地|分为|划分|包括|半径|范围|距离|间距|限速|直径|厚度|宽度|高度|深度|层高|为期|提前|相距|前后)(?:约|为)?$"
)
_SUMS = ("共", "共计", "总计", "合计")
_FORWARD = re.compile(r"力争|确保|计划|争取|目标|到(?:20\d\d|\x00)|将|再|不低于|不少于|不超过|以内")


@dataclass(frozen=True)
class Found:
    """A target before it has a key."""

    subject: Subject
    figure: Figure
    comparator: Comparator
    deadline: str
    text: str


@dataclass(frozen=True)
class _Reading:
    """What a clause is read with: its text with names blanked out, the target before, the region.

    `beside`: the target before stands in the clause just before this one.
    """

    clause: Clause
    text: str
    last: Found | None
    beside: bool
    places: Collection[str]
    city: str
    sentence: tuple[Found, ...] = ()

    def alike(self, figure: Figure) -> Found | None:
        """The latest target of the sentence with the figure's unit, or else the one just before."""
        same = [found for found in self.sentence if found.figure.unit == figure.unit]
        return same[-1] if same else self.last

    def subject(self, lead: str) -> Subject:
        return subject_of(lead, self.clause, self.places, self.city)

    def found(self, subject: Subject, figure: Figure, deadline: str = "") -> Found:
        when = deadline or self.clause.deadline
        return Found(subject, figure, comparator_of(figure), when, self.clause.shown)


def targets_in(text: str, places: Collection[str] = (), city: str = "") -> Iterator[Found]:
    """The targets that a measure's text sets, in order."""
    last: Found | None = None
    former: Clause | None = None
    sentence: list[Found] = []
    past = False
    for clause in clauses_of(text):
        if len(clause.text) > _LONGEST_CLAUSE:
            continue
        masked = without_names(clause.text)
        if not clause.before:
            sentence = []
        past = bool(_PAST.search(masked) or _RANKED.search(clause.sentence)) or (
            past and bool(clause.before) and not _FORWARD.search(masked)
        )
        if past:
            continue
        beside = former is not None and former.text == clause.before and former.segment == clause.segment
        shown = replace(clause, shown=clause.text, text=without_start(clause.text))
        reading = _Reading(
            shown, _without_brackets(without_names(shown.text)), last, beside, places, city, tuple(sentence)
        )
        results = _clause_targets(reading)
        for found in _ranges(results):
            if (
                (beside or former is clause)
                and last
                and holds_on(last.subject.scope)
                and not found.subject.scope
            ):
                # A place named once holds for the clauses beside it, up to the semicolon.
                found = replace(found, subject=replace(found.subject, scope=last.subject.scope))
            last, former = found, clause
            sentence.append(found)
            yield found
        for inner in _shares_inside(shown.text):
            # 3座（其中平安区1座、高新区2座）
            now = replace(reading, clause=replace(shown, text=inner), last=last, beside=True)
            yield from _ranges(
                _clause_targets(replace(now, text=without_names(inner), sentence=tuple(sentence)))
            )


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


def _clause_targets(reading: _Reading) -> list[Found]:
    """The targets of one clause."""
    text = reading.text
    listing = _LISTING.search(text)
    figures = list(figures_in(text, listing.start() if listing else None))
    if not figures:
        return []
    if listing and listing.start() < figures[-1].start and len(figures) > 1:
        paired = _paired(reading, [f for f in figures if f.start > listing.start()], listing)
        if paired:
            return paired
        figures = list(figures_in(text, listing.start() if listing.group() == "分别" else None))
    results: list[Found] = []
    at, carried, last = 0, "", reading.last
    for index, figure in enumerate(figures):
        following = text[figure.end :]
        lead = reading.clause.text[at : figure.start]
        if carried:
            at, lead = figure.start, carried
        elif results and text[figure.start - 1 : figure.start] == "/" and not lead.strip("/ "):
            last = results[-1]
            results.append(reading.found(last.subject, replace(figure, before=last.figure.before)))
            at = figure.end
            continue
        else:
            lead = _with_verb(reading, lead, figure, last if results or reading.beside else None)
        masked_lead = text[at : figure.start]
        now = replace(reading, last=last, sentence=(*reading.sentence, *results))
        if dated := _DATED.search(lead):
            lead = lead[: dated.start()]
            now = replace(now, clause=replace(now.clause, deadline=re.sub(r"\s", "", dated["when"])))
        found = _single(now, lead, masked_lead, figure, following)
        if not found:
            continue
        results += found
        last, at = found[-1], figure.end
        if (within := _WITHIN.match(following)) and figure.is_time:
            at += within.end()
            following = following[within.end() :]
        joint = _JOINT.match(following)
        if joint and index + 1 < len(figures):
            at += joint.end()
        verb = BUILDING.match(last.subject.indicator)
        if _thing(following):
            carried = verb.group() if verb else "完成"
        else:
            carried = ""
    return results


def _with_verb(reading: _Reading, lead: str, figure: Figure, before: Found | None) -> str:
    """建成换热站2座，供热管网9公里: the verb is said once."""
    verb = BUILDING.match(before.subject.indicator) if before else None
    inside = lead.strip().startswith("其中")
    bare = re.sub(r"^\s*(?:其中|并|以及|和|、|，)+", "", lead)
    if not verb or not figure.counted or (figure.strong and not inside) or not bare.strip():
        return lead
    if BUILDING.search(bare) or _REACHING.match(bare) or ACTING.search(bare.rstrip("共约 ")) or "“" in bare:
        return lead
    said = reading.subject(bare)
    if said.measured or alone_scope(bare, reading.places, reading.city):
        return lead
    return verb.group() + bare


def _single(reading: _Reading, lead: str, masked_lead: str, figure: Figure, following: str) -> list[Found]:
    """The targets that one figure of a clause sets: one, none, or one for each of several subjects (均达到)."""
    special = _special(reading, lead, figure, following)
    if special:
        return [special]
    ends = (
        bool(_END.match(following))
        or bool(re.match(r"\d", following))
        or bool(re.match(rf"{_JOINT.pattern}(?=.*[\d*XＸ_一-十])", following))
    )
    if not ends:
        return _of_things(reading, lead, figure, following)
    if (
        _DESCRIBED_ON.match(following)
        or reading.clause.condition
        or re.search(r"(?:^|，)(?:对|凡|当(?![年地前季月日天下])|如|若)[^，]*$", masked_lead)
    ):
        return []
    share = _SHARE_OF.search(lead) if not figure.before else None
    if share:
        lead, figure = lead[: share.start()], replace(figure, before=share["before"])
    several = re.search(r"均\s*$", lead) and figure.strong
    if several:
        head = re.sub(r"均\s*$", "", lead)
        count = len(listed(head))
        subjects = paired_subjects(
            head, "", count, reading.clause, _subject(reading.last), reading.places, reading.city
        )
        if 2 <= count <= 5 and subjects and all(s.complete for s in subjects):
            return [reading.found(subject, figure) for subject in subjects]
    subject = _complete(reading, lead, figure)
    return [reading.found(subject, figure)] if subject else []


def _special(reading: _Reading, lead: str, figure: Figure, following: str) -> Found | None:
    """Figures that are no clause's end: 100%执行…, 形成不低于5%的…, 按照不低于…的标准配建…, 30分钟内响应."""
    after = following.strip("\x01 ")
    if figure.unit == "%" and figure.value == 100 and not figure.before and _FULL.match(after):
        verb = re.sub(r"^(?:进行|实现|完成)", "", after)
        lead = re.sub(r"(?:按照?(?:有关|相关)?规定|全部|均|要|应)\s*$", "", lead)
        found = reading.found(reading.subject(f"{lead}{verb}比例"), figure)
        return replace(found, comparator=Comparator.EQUAL)
    whole = _WHOLE_OF.search(lead + figure.before)
    if whole and (tail := re.match(r"^\s*的(?P<noun>[^，。；]{2,16})$", following)):
        return reading.found(reading.subject(tail["noun"]), replace(figure, before=whole["before"]))
    rule = _BY_RULE.match(following)
    if rule and figure.strong and re.search(r"按照?|依照|执行", lead):
        return reading.found(reading.subject(rule["thing"]), figure)
    if figure.strong and _AS_RULE.match(following) and (by := re.search(r"按照?$", lead)):
        return reading.found(reading.subject(lead[: by.start()]), figure)
    part = _OF_SHARE.match(following)
    if part and figure.unit == "%" and reading.subject(lead).indicator == "":
        verb = "" if part["verb"] in ("完成", "实现", "得到", "开展", "实施") else part["verb"]
        return reading.found(reading.subject(f"{lead}{part['of']}{verb}{part['done']}比例"), figure)
    within = _WITHIN.match(following)
    if within and figure.is_time and figure.after:
        subject = reading.subject(lead)
        if not subject.indicator and reading.last:
            former = reading.last.subject
            bare = re.sub(rf"(?:{_DONE})$", "", former.indicator)
            subject = replace(former, indicator=bare if bare != former.indicator else "")
        if len(subject.indicator) > 1:
            done = replace(subject, indicator=subject.indicator + within["done"])
            return reading.found(done, figure)
    return None


def _of_things(reading: _Reading, lead: str, figure: Figure, following: str) -> list[Found]:
    """新建2座污水处理厂, 打造5个以上示范点, 30个储罐完成密封改造: the things follow their number."""
    thing = _thing(following)
    if not thing or not figure.counted:
        return []
    if figure.after and not (figure.separate and figure.after.endswith("上") and following[:1] != "的"):
        return []
    noun = thing["noun"]
    acted = re.match(r"^(?P<of>[^，]{2,14}?)(?:完成|实施|实现|开展|进行|通过)(?P<done>[^，]{2,10})$", noun)
    verb = re.search(
        rf"(?:{BUILDING.pattern})\s*(?:约|不少于|不低于|至少|超过|共|共计|总计|近|超)?$", lead + figure.before
    )
    if verb and not (figure.after and _REMOVING.search(lead)):
        subject = reading.subject(lead + noun)
        least = re.search(rf"至少\s*(?:{BUILDING.pattern})\s*$", lead)
        figure = replace(figure, before="至少") if least else figure
        indicator = subject.indicator.replace("至少", "")
        return [reading.found(replace(subject, indicator=indicator), figure)]
    if (
        acted
        and ACTING.search(acted["done"])
        and re.search(r"(?:^|对|的|对.*的)\s*$", lead)
        and figure.separate
    ):
        return [reading.found(reading.subject(acted["of"] + acted["done"]), figure)]
    return []


def _complete(reading: _Reading, lead: str, figure: Figure) -> Subject | None:
    """The subject of a figure at a clause's end; None where it sets nothing."""
    subject = reading.subject(lead)
    last = reading.alike(figure)
    building = BUILDING.search(lead) or ACTING.search(subject.indicator)
    strong = figure.strong
    if (
        figure.is_time
        and len(subject.indicator) > 4
        and not (TIMED.search(subject.indicator) or (strong and subject.measured))
    ):
        return None
    changing = CHANGING.search(subject.indicator)
    share = bool(last and subject.scope and not subject.indicator)
    bare = not strong and not figure.before and figure.value is not None
    named = len(subject.indicator) > 1 and not _DESCRIBING.search(lead.strip()) and "涉及" not in lead
    if figure.before in _SUMS and not building:
        return None
    again = bool(reading.sentence) and not lead.strip() and figure.counted
    if bare and not (
        (figure.counted and (building or named)) or changing or subject.measured or share or again
    ):
        return None
    if not figure.unit and not (subject.measured or (share and strong)):
        return None
    if subject.complete and not SIZE.match(subject.indicator):
        return subject
    same = last is not None and figure.unit == last.figure.unit
    if again and not same:
        # 铁路专用线2条、30公里; 队伍20支400人: the same things counted in another unit.
        return (
            reading.last.subject if reading.last and BUILDING.match(reading.last.subject.indicator) else None
        )
    taken = borrowed(
        subject, _subject(last), reading.clause, same and not (figure.counted and subject.indicator)
    )
    if taken:
        timed = not figure.is_time or TIMED.search(taken.indicator) or taken.measured
        return taken if timed else None
    if figure.is_time and not TIMED.search(subject.indicator) and not subject.measured:
        return None
    return (
        subject
        if subject.complete
        or (len(subject.indicator) > 1 and (building or strong or (figure.counted and named)))
        else None
    )


def _subject(found: Found | None) -> Subject | None:
    return found.subject if found else None


def _thing(following: str) -> re.Match[str] | None:
    """What a number counts, where the thing follows it: to the clause's end, or to the next number."""
    return re.match(
        r"^\s*(?:的)?(?P<noun>[^，。；、\d\s]{2,24}?)(?:$|\x01|(?:和|、|及|以及)(?=\s*[\d一二两三四五六七八九十]))",
        following,
    )


def _paired(reading: _Reading, figures: list[Figure], listing: re.Match[str]) -> list[Found]:
    """分别: as many subjects (or places, or years) as figures, in order."""
    text, clause = reading.clause.text, reading.clause
    if len(figures) < 2:
        return []
    starts = [listing.end(), *(f.end for f in figures[:-1])]
    leads = [
        re.sub(r"^\s*(?:、|以及|和|及|为)?[：:\s]*", "", text[a : f.start]).strip()
        for a, f in zip(starts, figures, strict=True)
    ]
    head = text[: listing.start()]
    unit = next((f.unit for f in reversed(figures) if f.unit), "")
    if not unit and (inside := _unit_in(head)):
        unit, head = inside[1], head.replace(inside[0], "")
    if all(alone_scope(lead, reading.places, reading.city) for lead in leads):
        whole = reading.subject(head)
        subjects = [replace(whole, scope=lead) for lead in leads]
    elif listing.group() != "分别" or any(lead for lead in leads[1:]):
        return []
    else:
        subjects = paired_subjects(
            head, leads[0], len(figures), clause, _subject(reading.last), reading.places, reading.city
        )
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


def comparator_for(figure: Figure, indicator: str, aim: bool = True) -> Comparator:
    """As the words beside a figure say; a bare `aim` is a limit: upper of what should be low, lower of rates."""
    said = comparator_of(figure)
    if said is not Comparator.EQUAL or figure.before in ("保持", "保持在", "维持在", "稳定在") or not aim:
        return said
    if LOW.search(indicator):
        return Comparator.AT_MOST
    return said if figure.counted and (BUILDING.search(indicator) or not figure.unit) else Comparator.AT_LEAST


def _unit_in(head: str) -> re.Match[str] | None:
    """The unit that a list's head gives in brackets."""
    found = re.finditer(r"[（(](?:单位[：:])?([^（()）]{1,16})[）)]", head)
    return next((match for match in found if re.fullmatch(UNIT, match[1])), None)


def _without_brackets(text: str) -> str:
    for start, end in bracket_spans(text):
        inner = text[start + 1 : end - 1].strip()
        if inner and inner != "含" and not re.fullmatch(_UNIT_INSIDE, inner):
            text = text[:start] + "\x01" * (end - start) + text[end:]
    return text
