"""What a target measures: a clean noun phrase out of a clause, and where it holds."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from desktop.intake.clauses import Clause, without_deadline
from desktop.intake.plain_text import CLOSING, OPENING
from desktop.intake.scopes import split_scope

_VERBS = (
    "建设改造|新建改造|建设|改造|新建|新增|建成|淘汰|关停|关闭|拆除|更换|更新|替换|替代|修复|恢复|治理|整治|安装|绿化|造林|推广|"
    "完成|报废|改建|扩建|铺设|敷设|布设|新改建|提标|清理|取缔|整合|搬迁|压减|削减|退出|培育|打造|创建|购置|投放|种植|营造|栽植|实施|开展|检查|抽查|排查|抽测"
)
BUILDING = re.compile(_VERBS)
CHANGING = re.compile(r"(?:降低|下降|减少|提高|提升|增长|增加|上升|削减|压减|减排|降)(?:幅度)?$")
_MEASURE = (
    r"(?:(?:年均|平均|日均|月均|排放|质量|综合利用|利用|综合|消费|使用|减排|总)*(?:浓度|比例|比率|比重|占比|率|强度|总量|指数|能力|面积|里程|数量|天数|频次|次数|级别|标准|"
    r"产能|容量|规模|装机|产量|产气量|排放量|消费量|用量|用电量|用气量|长度|系数|密度|水平|保有量|数|量))"
)
_MEASURED = re.compile(rf"{_MEASURE}$")
_TAIL = re.compile(rf"[\u4e00-\u9fff]{{0,4}}?{_MEASURE}$")
_LEADING = re.compile(
    r"^(?:力争|确保|争取|努力|实现|推动|促进|使得?|将|把|其中|进一步|稳步|持续|逐步|全面|基本|加快|大力|积极|有序|严格|切实|不断|"
    r"原则上|鼓励|保持|确保|推进|完成|达到|并|且|以及|同时|要|应|须|需|累计|计划|每年|年内|当年|按要求|按照规定|力求|做到|年底前|同比|较上年|相比|：|:|、|，|\s)+"
)
_RAISING = re.compile(
    r"^(?:提高|提升|降低|增加|扩大|减少|加大|加密)(?=.*(?:率|比例|比重|浓度|量|频次|次数)$)"
)
_TRAILING = re.compile(
    r"(?:稳定|总体|力争|均|都|应|要|须|需|不断|全部|持续|稳步|逐步|分别|年均达|平均|达到|达|控制|保持|提高|提升|降低|下降|减少|增加|原则上|基本|总计|累计|共计|"
    r"不得|必须|严格|已|争取|确保|力求|目标值?|按照规定|按规定|进一步|继续|为|的|在|到|至|约|，|、|：|:|\s)+$"
)


@dataclass(frozen=True)
class Subject:
    """What is measured and where. `measured`: the phrase ends in a word for a quantity (率, 浓度 …)."""

    indicator: str
    scope: str

    @property
    def measured(self) -> bool:
        return bool(_MEASURED.search(_plain(self.indicator)))

    @property
    def complete(self) -> bool:
        """Whether it says by itself what is measured."""
        plain = _plain(self.indicator)
        return (
            len(plain) > 1
            and not CHANGING.fullmatch(plain)
            and (self.measured or bool(BUILDING.search(plain)) or bool(CHANGING.search(plain)))
        )


def subject_of(lead: str, clause: Clause, places: Collection[str], city: str) -> Subject:
    """The subject that stands before a figure."""
    lead = re.sub(
        r"(?:较|比|与|同)(?:20\d\d\s*年|上年|去年|基准年)(?:同期|水平|底)?(?:相比)?",
        "",
        lead.replace("\x00", ""),
    )
    text = re.sub(r"\s+", " ", without_deadline(lead)).strip()
    text = re.sub(r"^.{0,16}?(?:建成|完成|投产|实施|达产)后(?:力争)?(?:实现|达到)?(?=.{3})", "", text)
    changing = re.search(r"(?:降低|下降|减少|提高|提升|增长|增加|上升|削减|压减|减排)(?:幅度)?$", text)
    text = _trimmed(text, keep_change=bool(changing))
    scope, indicator = split_scope(text, places, city)
    if scope and not indicator:
        return Subject("", scope)
    indicator = _LEADING.sub("", re.sub(r"^(?:所有|全部)", "", indicator)) if not scope else indicator
    indicator = re.sub(r"^(?:所有|全部)(?=.{3})", "", indicator)
    indicator = _RAISING.sub("", indicator)
    if not scope:
        scope, indicator = split_scope(indicator, places, city)
    if re.fullmatch(r"每[日天周月年季]度?", indicator):
        indicator = ""
    if not scope:
        scope = _nearby_place(clause, places)
    return Subject(_tidy(indicator), scope)


def bare_title(title: str) -> str:
    """What a task's title is about, without the verbs in front."""
    return re.sub(
        r"^(?:深入|加强|强化|完善|开展|实施|治理|整治|提升|优化|深化)+(?=.{2})", "", _LEADING.sub("", title)
    )


def borrowed(subject: Subject, last: Subject | None, clause: Clause) -> Subject | None:
    """A subject that leaves out what is measured, completed from the target or the clause before."""
    if last is not None and last.complete:
        if not subject.indicator:
            return Subject(last.indicator, subject.scope or last.scope)
        if CHANGING.fullmatch(subject.indicator):
            return Subject(last.indicator + subject.indicator, subject.scope or last.scope)
        tail = _common_tail(last.indicator, subject.indicator)
        if tail and len(subject.indicator) <= 6:
            return Subject(subject.indicator + tail, subject.scope or last.scope)
    if not subject.indicator and clause.before:
        former = _trimmed(without_deadline(clause.before), keep_change=False)
        noun = re.search(rf"[\u4e00-\u9fffA-Za-z0-9.（）()]{{0,24}}?{_MEASURE}$", former)
        if noun:
            scope, indicator = split_scope(_RAISING.sub("", _LEADING.sub("", noun.group())), (), "")
            return Subject(_tidy(indicator), subject.scope or scope)
    return None


def paired_subjects(
    head: str, count: int, clause: Clause, last: Subject | None, places: Collection[str], city: str
) -> list[Subject]:
    """As many subjects as there are figures, from the list before 分别; nothing where the numbers differ."""
    text = _trimmed(without_deadline(head), keep_change=False)
    items = _listed(text)
    if len(items) == 1:
        whole = subject_of(head, clause, places, city)
        return [whole] * count if whole.complete and len(clause.years) == count else []
    if len(items) > count:
        items = ["、".join(items[: len(items) - count + 1]), *items[len(items) - count + 1 :]]
    if len(items) != count:
        return []
    final = subject_of(items[-1], clause, places, city)
    area, _ = split_scope(items[-1], places, city)
    areas = [split_scope(item, places, city) for item in items[:-1]]
    if area and all(scope and not rest for scope, rest in areas):
        indicator = final.indicator or (last.indicator if last else "")
        if not indicator:
            return []
        return [Subject(indicator, scope) for scope in (*(scope for scope, _ in areas), area)]
    common, _ = split_scope(_LEADING.sub("", items[0]), places, city)
    found = []
    for item in items:
        subject = subject_of(item, clause, places, city)
        if not subject.complete:
            tail = _parallel_tail(items[-1], subject.indicator)
            subject = replace(subject, indicator=subject.indicator + tail)
        found.append(replace(subject, scope=subject.scope or common))
    return found


def _parallel_tail(final: str, item: str) -> str:
    """What the last item of a list has and the others share: after its bracket, or its word for a quantity."""
    if item[-1:] in CLOSING:
        cut = max(final.rfind(sign) for sign in CLOSING)
        if 0 <= cut < len(final) - 1:
            return final[cut + 1 :].strip()
    after = re.match(r"^[A-Za-z0-9.]+(?P<tail>[\u4e00-\u9fff]+)$", final)
    if after and len(item) <= 8:
        return after["tail"]
    plain = re.search(rf"{_MEASURE}$", final)
    return plain.group() if plain else ""


def _common_tail(former: str, short: str) -> str:
    """The part of the former indicator that a shorter parallel subject leaves out."""
    rest = former[len(short) :]
    if _MEASURED.search(_plain(rest)) and len(rest) >= 3 and len(short) <= 4:
        return rest
    match = re.search(rf"{_MEASURE}$", former)
    return match.group() if match else ""


def _listed(text: str) -> list[str]:
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


def _trimmed(text: str, keep_change: bool) -> str:
    text = _LEADING.sub("", text.strip())
    if keep_change:
        return text
    return _TRAILING.sub("", text)


def _tidy(indicator: str) -> str:
    text = _TRAILING.sub("", indicator) if not CHANGING.search(indicator) else indicator
    return re.sub(r"(?<=[\u4e00-\u9fff）]) | (?=[\u4e00-\u9fff（])", "", text).strip("，、：: “”")


def _nearby_place(clause: Clause, places: Collection[str]) -> str:
    """The one place that the clause before names, where that clause sets no figure itself."""
    named = [place for place in places if place in clause.before]
    longest = [p for p in named if not any(p != q and p in q for q in named)]
    return longest[0] if len(longest) == 1 and not re.search(r"\d", clause.before) else ""


def _plain(text: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]$", "", text).strip()
