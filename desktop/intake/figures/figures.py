"""Figures in a clause: number or blank, unit of measure, and the words around it that compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.targets import Comparator
from desktop.intake.figures.measure_units import NUMERAL_UNIT, UNIT, counts, counts_things, is_time
from desktop.intake.figures.numerals import DIGITS, numeral_value
from desktop.intake.stream.plain_text import masked

_BLANK = (
    r"\*{2,}|[＊×]{1,4}|[Xx]{2,4}|_{2,}|＿{1,}|□{1,3}|○{2,}|〇{2,}|[（(]\s{1,8}[）)]|\.{3,}|…{1,2}|[-—]{3,}"
)
BEFORE = (
    r"不低于|不少于|不小于|不得低于|不得少于|不得小于|不能低于|至少|不高于|不超过|不多于|不大于|不得高于|不得超过|不得大于|不突破|最多|"
    r"低于|小于|少于|高于|大于|多于|超过|突破|逾|超(?=\d)|达到了?|达|控制在|控制到|控制为|稳定在|保持在|维持在|保持|维持|"
    r"(?:提高|提升|增加|增长|上升|扩大|发展|提)(?:到|至|为)|(?:降低|下降|减少|压减|削减|压缩|缩减|缩短|压降|整合|归并|合并|精简|降)(?:到|至|为)|增至|升至|减至|缩至|"
    r"力争达到|约为?|大约|近|不足|≥|≤|>=|<=|＞|＜|>|<|=|为|到|至|在|共计?|总计|合计|累计"
)
_AFTER = r"(?:及)?以上|(?:及)?以下|以内|之内|左右|上下|内"
_NUMERAL = rf"(?<![{DIGITS}第“])(?:[{DIGITS}]{{1,6}}万(?=[{DIGITS}]))?[{DIGITS}]{{1,8}}(?=\s{{0,3}}(?:{NUMERAL_UNIT}))"
_RANGE = r"[-~～—–－至到]+"
FIGURE = re.compile(
    rf"(?:(?P<before>{BEFORE})\s{{0,3}}(?:\x00{{5,24}}\s{{0,3}}的?)?)?\s{{0,3}}(?P<about>约|大约|近)?\s{{0,3}}(?:"
    rf"(?<!个)百分之(?P<percent>[{DIGITS}点]{{1,8}}|\d+(?:\.\d+)?)|千分之(?P<mille>[{DIGITS}点]{{1,8}}|\d+(?:\.\d+)?)|"
    rf"(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?(?=以上|以下|左右|$|[、\s])|"
    rf"(?P<number>(?<![A-Za-z\d.])\d[\d,，]{{0,12}}(?<=\d)(?:\.\d{{1,6}})?)|(?P<numeral>{_NUMERAL})|(?P<blank>{_BLANK}))"
    rf"(?:\s{{0,3}}(?P<low>{UNIT})?\s{{0,3}}{_RANGE}\s{{0,3}}(?P<top>\d+(?:\.\d+)?))?\s{{0,3}}(?:[（(]含[）)])?\s{{0,3}}(?P<unit>{UNIT})?\s{{0,3}}(?:[（(]含[）)])?(?P<after>{_AFTER})?"
)
_AT_LEAST = re.compile(
    r"不低于|不少于|不小于|不得低于|不得少于|不得小于|不能低于|至少|≥|>=|(?:提高|提升|增加|增长|上升|扩大|发展|提)(?:到|至|为)|增至|升至|达"
)
_AT_MOST = re.compile(
    r"不高于|不超过|不多于|不大于|不得高于|不得超过|不得大于|不突破|最多|≤|<=|控制|(?:降低|下降|减少|压减|削减|压缩|缩减|缩短|压降|整合|归并|合并|精简|降)(?:到|至|为)|减至|缩至"
)
_NAMES = re.compile(
    r"PM\s?2\.5|PM\s?10|PM₂\.₅|PM₁₀|(?<![A-Za-z])[A-Za-z]{1,12}/?[A-Za-z]{0,8}\d+(?:[.+\-—]\d+)*|《[^》]*》|“[^”]*”|〔\d{4}〕\d*号?|\d+号|"
    r"(?<![A-Za-z\d])\d[GDgd](?![A-Za-z])|(?<!\d)1\d{4}(?=热线|平台|专线)"
)
_DATES = re.compile(
    r"20\d\d\s*年?\s*[-—–～~至]\s*20\d\d\s*年(?:底|末)?|(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?(?:底|末|初)?|"
    r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|末|初|份|[上中下]旬)|第[一二三四五六七八九十百千\d]+|前\d+位|(?<!\d)\d{1,2}[:：]\d\d(?!\d)|"
    r"(?<!\d)\d{1,2}时(?!间|限)"
)
_FROM = re.compile(
    r"(?:由|从)[^，；。\d]{0,14}\d+(?:\.\d+)?[^，；。\d]{0,8}?(?=(?:逐步|稳步|再)?(?:提高|提升|增加|增长|上升|扩大|降低|下降|减少|压缩|压减|缩短|缩减|整合|归并|合并|精简|调整|优化|降|升|增|减)(?:到|至|为))"
)
_CHANGE_BEFORE = r"(?:提高|提升|降低|下降|减少|增加)\s*$"
_LOOSE = frozenset(("为", "到", "至", "在", "约", "大约", "共", "共计", "总计", "合计", "累计", "近"))


@dataclass(frozen=True)
class Figure:
    """A figure in a clause, with its place. `value` None where the plan leaves it blank; `top` ends a range."""

    start: int
    end: int
    before: str
    after: str
    value: Decimal | None
    unit: str
    about: bool
    top: Decimal | None = None

    @property
    def counted(self) -> bool:
        """Whether its unit counts things (台, 公里, 万户), rather than saying how much of a property they have."""
        return counts(self.unit)

    @property
    def separate(self) -> bool:
        """Whether its unit counts separate things (台, 家)."""
        return counts_things(self.unit)

    @property
    def is_time(self) -> bool:
        return is_time(self.unit)

    @property
    def strong(self) -> bool:
        """Whether a word beside it compares."""
        return bool(self.before and self.before not in _LOOSE) or bool(self.after) or self.about


def without_start(clause: str) -> str:
    """A clause with the figure that it starts from (由70%提高到…) blanked out, positions unchanged."""
    dated = masked(clause, _DATES)
    for match in _FROM.finditer(dated):
        clause = clause[: match.start()] + "\x00" * len(match.group()) + clause[match.end() :]
    return clause


def without_names(clause: str) -> str:
    """A clause with dates, document names and names that contain digits blanked out, positions unchanged."""
    return masked(clause, _NAMES, _DATES)


def figures_in(clause: str, bare_from: int | None = None) -> Iterator[Figure]:
    """The figures of a clause whose names are blanked out; bare numbers only where a word compares them.

    From the place `bare_from` on any number is one.
    """
    for match in FIGURE.finditer(clause):
        unit = _unit(match)
        if match["blank"] and not unit:
            continue
        value = _value(match)
        if value is None and not match["blank"]:
            continue
        figure = Figure(
            match.start(),
            match.end(),
            match["before"] or "",
            match["after"] or "",
            value,
            unit,
            bool(match["about"]),
            Decimal(match["top"]) if match["top"] else None,
        )
        if match["numeral"] and unit == "期":
            continue
        if match["numeral"] in ("一", "1") and _says_any(clause, match):
            continue
        small = value is not None and value < 1 and re.search(_CHANGE_BEFORE, clause[: match.start()])
        if unit or figure.strong or small or (bare_from is not None and figure.start >= bare_from):
            yield figure


def _unit(match: re.Match[str]) -> str:
    if match["percent"] or match["tenths"]:
        return "%"
    if match["mille"]:
        return "‰"
    unit = match["unit"] or (match["low"] if match["top"] else "") or ""
    return re.sub(r"\s", "", unit).replace("％", "%").replace("：", ":").replace("∶", ":").replace("／", "/")


def _value(match: re.Match[str]) -> Decimal | None:
    if match["number"]:
        return Decimal(re.sub("[,，]", "", match["number"]))
    if match["tenths"]:
        tenths = numeral_value(match["tenths"])
        return None if tenths is None else tenths * 10 + (5 if match["half"] else 0)
    written = match["percent"] or match["mille"] or match["numeral"] or ""
    if re.match(r"\d", written):
        return Decimal(written)
    return Decimal(100) if written == "百" else numeral_value(written)


def _says_any(clause: str, match: re.Match[str]) -> bool:
    """Whether 一 is no count: 一批, 一次, 一户一策."""
    unit = match["unit"] or ""
    after = clause[match.end() : match.end() + 1]
    told = clause[: match.start()] + clause[match.end() :]
    if len(told.strip()) <= 4 or clause.count(f"一{unit}") > 1:
        return True
    return not re.match(r"座|所|处|台|套|家|栋|艘|辆|部|倍|条|支|间", unit) or after == "一"


def comparator_of(figure: Figure) -> Comparator:
    """How a reading must stand to the figure: what follows it counts before what stands in front."""
    before, after = figure.before, figure.after
    if figure.about or "约" in before or after in ("左右", "上下"):
        return Comparator.ABOUT
    if before == "不足":
        return Comparator.LESS_THAN
    if "不" in before:
        return Comparator.AT_LEAST if _AT_LEAST.search(before) else Comparator.AT_MOST
    if before in ("低于", "小于", "少于", "<", "＜"):
        return Comparator.LESS_THAN
    if before in ("高于", "大于", "多于", "超过", "突破", "逾", "超", ">", "＞"):
        return Comparator.MORE_THAN
    if after.endswith("上"):
        return Comparator.AT_LEAST
    if after.endswith(("下", "内")):
        return Comparator.AT_MOST
    if _AT_MOST.search(before):
        return Comparator.AT_MOST
    return Comparator.AT_LEAST if _AT_LEAST.search(before) else Comparator.EQUAL
