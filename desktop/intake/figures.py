"""Figures in a clause: number or blank, unit of measure, and the words around it that compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.targets import Comparator
from desktop.intake.plain_text import masked

_COUNT = (
    "标准车|标台|平方公里|平方千米|平方米|立方米|公里|千米|公顷|千瓦时|千瓦|兆瓦|车位|站位|点位|人次|"
    "个|台|套|座|辆|家|户|处|条|艘|项|所|名|人|次|批|块|棵|株|根|支|件|份|只|头|盏|部|亩|吨|米|方|场|期|组|桩|艘|km"
)
_PROPERTY = (
    "微克/立方米|毫克/立方米|克/立方米|微克/m³|微克每立方米|毫克每立方米|[μµu]g/m[3³]|mg/m[3³]|"
    "蒸吨/小时|蒸吨|吨标准煤/万元|吨标煤/万元|千克标准煤|吨标准煤|吨标煤|"
    "万?吨/平方公里[·.]?[年月]?|吨/平方公里[·.]?[年月]?|克/千瓦时|千瓦|千伏|分贝|小时|分钟|天|日|年|个月|月|周|元|分|级|倍|升|克|毫克|公斤|千克|摄氏度|℃"
)
_UNIT = rf"个百分点|[%％‰]|:\s*1(?!\d)|：\s*1(?!\d)|(?:[十百千]?[万亿]|千|百)?(?:{_PROPERTY}|{_COUNT})(?:\s*[/·•.]\s*(?:小时|年|日|天|月|平方公里|平方千米|万元|公里|人))*|[万亿](?=$|以上|左右|以内)"
_COUNTED = re.compile(rf"^(?:[十百千]?[万亿])?(?:{_COUNT})$")
_TIMES = re.compile(r"^(?:小时|分钟|天|日|年|个月|月|周|级)$")
_BLANK = r"\*{2,}|[＊×]{1,4}|[Xx]{2,4}|_{2,}|＿{1,}|□{1,3}|○{2,}|〇{2,}|[（(]\s{1,6}[）)]|\.{3,}|…{1,2}"
_BEFORE = (
    r"不低于|不少于|不小于|不得低于|不得少于|不能低于|至少|不高于|不超过|不多于|不大于|不得高于|不得超过|不突破|最多|"
    r"低于|小于|少于|高于|大于|超过|突破|达到了?|达|控制在|控制到|稳定在|保持在|维持在|保持|维持|"
    r"(?:提高|提升|增加|增长|上升|扩大)(?:到|至)|(?:降低|下降|减少|压减|削减|压缩|缩减|降)(?:到|至)|增至|升至|减至|"
    r"力争达到|约为?|大约|不足|≥|≤|>=|<=|＞|＜|>|<|=|为|到|至|在"
)
_AFTER = r"(?:及)?以上|(?:及)?以下|以内|之内|左右|上下|内"
FIGURE = re.compile(
    rf"(?P<before>{_BEFORE})?\s*(?P<about>约|大约)?\s*(?:(?P<number>(?<![A-Za-z\d.])\d[\d,，]{{0,12}}(?<=\d)(?:\.\d{{1,6}})?)|(?P<blank>{_BLANK}))"
    rf"(?P<range>\s*[%％]?\s*[-~～—–至]+\s*\d+(?:\.\d+)?)?\s*(?:[（(]含[）)])?\s*(?P<unit>{_UNIT})?\s*(?P<after>{_AFTER})?"
)
_AT_LEAST = re.compile(
    r"不低于|不少于|不小于|不得低于|不得少于|不能低于|至少|≥|>=|(?:提高|提升|增加|增长|上升|扩大)(?:到|至)|增至|升至|达"
)
_AT_MOST = re.compile(
    r"不高于|不超过|不多于|不大于|不得高于|不得超过|不突破|最多|≤|<=|控制|(?:降低|下降|减少|压减|削减|压缩|缩减|降)(?:到|至)|减至"
)
_NAMES = re.compile(
    r"PM\s?2\.5|PM\s?10|PM₂\.₅|PM₁₀|[A-Za-z]+\d+(?:\.\d+)?|《[^》]*》|“[^”]*”|〔\d{4}〕\d*号?|\d+号"
)
_DATES = re.compile(
    r"20\d\d\s*[-—–～~至]\s*20\d\d\s*年|20\d\d\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}\s*月\s*\d{1,2}\s*日|第[一二三四五六七八九十\d]+"
)


_FROM = re.compile(
    r"(?:由|从)[^，；。\d]{0,10}\d+(?:\.\d+)?[^，；。\d]{0,8}?(?=(?:逐步|稳步)?(?:提高|提升|增加|增长|上升|扩大|降低|下降|减少|降|升|增|减)(?:到|至))"
)


@dataclass(frozen=True)
class Figure:
    """A figure in a clause, with its place. `value` None where the plan leaves it blank."""

    start: int
    end: int
    before: str
    after: str
    value: Decimal | None
    unit: str
    about: bool

    @property
    def counted(self) -> bool:
        """Whether its unit counts things (台, 公里, 万户), rather than saying how much of a property they have."""
        return bool(_COUNTED.match(self.unit))

    @property
    def is_time(self) -> bool:
        return bool(_TIMES.match(self.unit))

    @property
    def strong(self) -> bool:
        """Whether a word beside it compares."""
        return bool(self.before and self.before not in "为到至在约大约") or bool(self.after) or self.about


def without_start(clause: str) -> str:
    """A clause with the figure that it starts from (由70%提高到…) blanked out, positions unchanged."""
    return masked(clause, _FROM)


def without_names(clause: str) -> str:
    """A clause with dates, document names and names that contain digits blanked out, positions unchanged."""
    return masked(clause, _NAMES, _DATES)


def figures_in(clause: str, bare: bool = False) -> Iterator[Figure]:
    """The figures of a clause whose names are blanked out; bare numbers only where a word compares them, or `bare`."""
    for match in FIGURE.finditer(clause):
        before, unit, after = match["before"] or "", match["unit"] or "", match["after"] or ""
        if match["blank"] and not unit:
            continue
        start = match.start()
        value = None if match["blank"] else Decimal(re.sub("[,，]", "", match["number"]))
        unit = re.sub(r"\s", "", unit).replace("％", "%").replace("：", ":")
        figure = Figure(start, match.end(), before, after, value, unit, bool(match["about"]))
        if unit or figure.strong or bare:
            yield figure


def comparator_of(figure: Figure) -> Comparator:
    """How a reading must stand to the figure: what follows it counts before what stands in front."""
    before, after = figure.before, figure.after
    if figure.about or "约" in before or after in ("左右", "上下"):
        return Comparator.ABOUT
    if re.search(r"不", before) and before != "不足":
        return Comparator.AT_LEAST if _AT_LEAST.search(before) else Comparator.AT_MOST
    if before in ("低于", "小于", "少于", "不足", "<", "＜"):
        return Comparator.LESS_THAN
    if before in ("高于", "大于", "超过", "突破", ">", "＞"):
        return Comparator.MORE_THAN
    if after.endswith("上"):
        return Comparator.AT_LEAST
    if after.endswith(("下", "内")):
        return Comparator.AT_MOST
    if _AT_MOST.search(before):
        return Comparator.AT_MOST
    return Comparator.AT_LEAST if _AT_LEAST.search(before) else Comparator.EQUAL
