"""The 报告 as a letter: who issues it, to whom, which bureau did the work, its number, its account, its annexes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NAME_LIMIT, NUMBER_LIMIT, TEXT_LIMIT = 200, 40, 20_000


class SectionName(StrEnum):
    """开头, then the parts of a 报告 in their order; there is none for requests (报告不得夹带请示事项)."""

    OPENING = "opening"
    OVERALL = "overall"
    FIGURES = "figures"
    HIGHLIGHTS = "highlights"
    PROBLEMS = "problems"
    SUGGESTIONS = "suggestions"
    NEXT = "next"


SECTION_WORDS: Mapping[SectionName, str] = {
    SectionName.OPENING: "开头",
    SectionName.OVERALL: "总体进展情况",
    SectionName.FIGURES: "指标完成情况",
    SectionName.HIGHLIGHTS: "工作亮点",
    SectionName.PROBLEMS: "存在问题",
    SectionName.SUGGESTIONS: "意见建议",
    SectionName.NEXT: "下一步打算",
}
"""Their headings, the same on screens and on paper; 开头 stands without one."""


@dataclass(frozen=True)
class LetterSection:
    """One part of the account; a newline ends a paragraph. The heading belongs to the name."""

    name: SectionName
    text: str


@dataclass(frozen=True)
class LetterSettings:
    """What a unit keeps for all its letters. Empty: 发文机关 is the unit, 主送 its superior, 承办单位 is not printed.

    `red_head`: the 发文机关标志 is printed. The others say which annexes are.
    """

    issuer: str = ""
    addressee: str = ""
    bureau: str = ""
    red_head: bool = True
    table: bool = True
    readings: bool = True
    evidence: bool = True


@dataclass(frozen=True)
class Letter:
    """All that a letter says beyond the entries, as it was frozen: names in full, sections that have text, in order."""

    issuer: str
    addressee: str
    bureau: str
    number: str
    red_head: bool
    table: bool
    readings: bool
    evidence: bool
    sections: tuple[LetterSection, ...]

    def text(self, name: SectionName) -> str:
        """A section's text, empty where it has none."""
        return next((section.text for section in self.sections if section.name is name), "")


def letter_fault(letter: Letter) -> str:
    """Which field holds what no letter may hold (too long, several lines, signs that do not show); empty if none does."""
    for name in ("issuer", "addressee", "bureau", "number"):
        text = getattr(letter, name)
        limit = NUMBER_LIMIT if name == "number" else NAME_LIMIT
        if len(text) > limit or _hidden(text) or "\n" in text:
            return name
    if not letter.issuer.strip() or not letter.addressee.strip():
        return "issuer" if letter.addressee.strip() else "addressee"
    names = [section.name for section in letter.sections]
    if names != [name for name in SectionName if name in set(names)]:
        return "sections"
    for section in letter.sections:
        if not section.text.strip() or len(section.text) > TEXT_LIMIT or _hidden(section.text):
            return section.name.value
    return ""


def _hidden(text: str) -> bool:
    """Whether a text has signs that do not show, which could turn its words round or hide some."""
    return any(sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in text)


_YEAR = re.compile(r"\s*[\[(（［【〔〈<《]\s*(20[0-9]{2})\s*[\])）］】〕〉>》]\s*")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def even_number(text: str) -> str:
    """A 发文字号 as the standard writes it: the year in 〔〕, no blanks, no 第, no leading zeros (柏政报〔2025〕12号)."""
    joined = "".join(text.translate(_WIDE).split())
    joined = _YEAR.sub(r"〔\1〕", joined)
    joined = re.sub(r"〕第?0*([0-9]+)(?:号|$)", r"〕\1号", joined)
    return joined[:NUMBER_LIMIT]


_ASKING = re.compile(
    r"(?:妥否|当否|可否|是否妥当)[^。！？；\n]{0,12}(?:批|示|复)|恳请|恳求|敬请|特请|拟请|祈请|(?<!申)请求|"
    r"(?<![申邀商聘])请(?:予以?|给予|求|批|审批|审核|审议|核准|核批|拨|批准|批示|批复|指示|示|支持|解决|协调|帮助|增加|安排|同意|追加|市|上级|省|贵)|"
    r"(?<![有在可])(?:盼|望)(?:予以?|给予|批|复|市|上级|解决|支持|协调)"
)


def asking_words(text: str) -> tuple[str, ...]:
    """Words with which a text asks for something, each once, in order: a 报告 must not carry requests."""
    return tuple(dict.fromkeys(found[0] for found in _ASKING.finditer(text)))
