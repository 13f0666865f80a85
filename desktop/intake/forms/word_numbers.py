"""Automatic paragraph numbers of a .docx as the text that Word would show (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
}

# Per level: the form of its number, the text around it, its first number, and by which level it begins anew (17.9.10).
_Levels = dict[int, tuple[str, str, int, int | None]]


class Numbering:
    """Counts along a document's numbered paragraphs."""

    def __init__(self, opened: Any) -> None:
        self._levels: dict[str, _Levels] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._abstract: dict[str, str] = {}
        try:
            root = opened.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {
            item.get(qn("w:abstractNumId")): _levels(item) for item in root.findall(qn("w:abstractNum"))
        }
        for num in root.findall(qn("w:num")):
            ref = num.find(qn("w:abstractNumId"))
            kept = ref.get(qn("w:val")) if ref is not None else ""
            self._levels[num.get(qn("w:numId"))] = abstract.get(kept, {})
            self._abstract[num.get(qn("w:numId"))] = kept
        for style in opened.styles.element.findall(qn("w:style")):
            found = _reference(style.find(qn("w:pPr")))
            if found:
                self._styles[style.get(qn("w:styleId"))] = found

    def label(self, paragraph: Any) -> str:
        """The number in front of a paragraph, empty where it has none."""
        properties = paragraph.find(qn("w:pPr"))
        found = _reference(properties)
        if found is None and properties is not None:
            style = properties.find(qn("w:pStyle"))
            found = self._styles.get(style.get(qn("w:val"), "")) if style is not None else None
        if found is None or found[0] not in self._levels:
            return ""
        number, level = found
        levels = self._levels[number]
        if level not in levels:
            return ""
        counters = self._counters.setdefault(self._abstract[number], {})
        counters[level] = counters.get(level, levels[level][2] - 1) + 1
        for deeper in [at for at in counters if at > level and _restarts(levels, at, level)]:
            del counters[deeper]
        shown = levels[level][1]
        return re.sub(r"%(\d)", lambda m: _shown(int(m[1]) - 1, levels, counters), shown)


def _levels(abstract: Any) -> _Levels:
    found = {}
    for level in abstract.findall(qn("w:lvl")):
        at = level.get(qn("w:ilvl"), "0")
        parts = [level.find(qn(tag)) for tag in ("w:numFmt", "w:lvlText", "w:start")]
        form, text, start = (part.get(qn("w:val"), "") if part is not None else "" for part in parts)
        if at.isdecimal() and form not in ("bullet", "none"):
            first = int(start) if start.isdecimal() and len(start) < 6 else 1
            mark = level.find(qn("w:lvlRestart"))
            anew = mark.get(qn("w:val"), "") if mark is not None else ""
            found[int(at)] = (form, text, first, int(anew) if anew.isdecimal() and len(anew) < 3 else None)
    return found


def _restarts(levels: _Levels, at: int, above: int) -> bool:
    """Whether a level's number begins anew after a number of a level above it: 0 never does."""
    anew = levels[at][3] if at in levels else None
    return anew is None or above < anew


def _reference(properties: Any) -> tuple[str, int] | None:
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    if numbered is None:
        return None
    number, level = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
    at = level.get(qn("w:val"), "0") if level is not None else "0"
    if number is None or not at.isdecimal():
        return None
    return number.get(qn("w:val"), ""), int(at)


def _shown(level: int, levels: _Levels, counters: dict[int, int]) -> str:
    form, _, start, _ = levels.get(level, ("decimal", "", 1, None))
    value = counters.get(level, start)
    if form in _CHINESE:
        return chinese_number(value)
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    return str(value)


def chinese_number(value: int) -> str:
    """1 to 99 in Chinese digits, as numbering shows them; anything else in Arabic digits."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
