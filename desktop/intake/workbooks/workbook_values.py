"""What a filled cell says: texts cleaned, statuses in other words, figures with units. In doubt only proposed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from desktop.domain.clean_text import tidied
from desktop.domain.report import STATUS_WORDS, ProgressStatus
from desktop.domain.targets import Target
from desktop.domain.workbook import number_text

LONGEST_TEXT = 32_767
_CARRIAGE = re.compile(r"(?<!_x005F)_x000D_", re.IGNORECASE)
# What was typed as _x0041_ stands in the file as _x005F_x0041_; the reader undoes that in shared texts only.
_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
_S = ProgressStatus
_LIKE: Mapping[ProgressStatus, tuple[str, ...]] = {
    _S.COMPLETED: (
        "完成", "办结", "已办结", "全部完成", "已全部完成", "完成任务", "已完成任务", "销号", "已销号", "完结", "已完结",
    ),
    _S.ON_SCHEDULE: (
        "序时", "达序时", "达到序时", "达序时进度", "序时进度", "符合序时进度", "按序时推进", "按序时进度推进", "超序时进度",
        "正常", "正常推进", "有序推进", "按计划推进", "按期推进", "推进中", "正在推进", "持续推进", "达到进度",
    ),
    _S.BEHIND: (
        "进度滞后", "滞后序时", "滞后于序时", "滞后序时进度", "滞后于序时进度", "未达序时", "未达序时进度", "未达到序时进度",
        "没有达到序时进度", "落后", "偏慢", "进度偏慢", "进展缓慢", "推进缓慢",
    ),
    _S.NOT_STARTED: (
        "没启动", "没有启动", "尚未启动", "还未启动", "未开始", "未开展", "尚未开展", "未实施", "未开工", "未动工",
    ),
    _S.NOT_APPLICABLE: (
        "不涉及本单位", "本单位不涉及", "本县不涉及", "我县不涉及", "我局不涉及", "不适用", "无此项工作", "无此任务", "无此项任务",
    ),
}  # fmt: skip
_EXACT = {word: status for status, word in STATUS_WORDS.items()}
_PROPOSED = {word: status for status, words in _LIKE.items() for word in words}
_DENIALS = re.compile("未|不|没|无|非|尚|差")

_FIGURE = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NOTHING = frozenset({"", "/", "-", "--", "—", "——", "\\", "空"})
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1000), "百": Decimal(100)}
_MOST_DIGITS = 30


@dataclass(frozen=True)
class Said:
    """A field's text as understood. `doubt`: only proposed; `refused`: nothing to take. Both are codes."""

    text: str = ""
    doubt: str = ""
    refused: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def text_of(value: Any, number_format: str = "General") -> str:
    """A cell's value as it reads: plain digits, dates in Chinese, text tidied."""
    if value is None or isinstance(value, bool):
        return {True: "是", False: "否"}.get(value, "") if value is not None else ""
    if isinstance(value, int | float):
        number = _exact(value)
        if number is None:
            return ""
        return number_text(number * 100) + "%" if _is_percent(number_format) else number_text(number)
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time | timedelta):
        return str(value)
    return tidied(_ESCAPED.sub("_", _CARRIAGE.sub("", str(value))))


def said_text(value: Any, number_format: str) -> Said:
    """A field of words."""
    text = text_of(value, number_format)
    if len(text) > LONGEST_TEXT:
        return Said(refused="text_too_long", facts={"length": str(len(text)), "limit": str(LONGEST_TEXT)})
    return Said(text)


def said_status(value: Any) -> Said:
    """A status: our own words as they are; usual other words are proposed, unknown ones refused."""
    given = text_of(value)
    word = re.sub(r"[\s。．.,，;；、:：!！“”\"'√✓✔☑●○▼△▲■□]+", "", unicodedata.normalize("NFKC", given))
    if not word:
        return Said()
    if word in _EXACT:
        return Said(_EXACT[word].value)
    found = _PROPOSED.get(word) or _contained(word)
    if found is None:
        return Said(refused="status_unknown", facts={"given": given[:60]})
    return Said(found.value, "status_words", facts={"given": given[:60], "likely": STATUS_WORDS[found]})


def _contained(word: str) -> ProgressStatus | None:
    """The one status whose word stands in a longer text without a denial in front of it (已完成（3月））."""
    hits = {status: word.find(own) for own, status in _EXACT.items() if own in word}
    if len(hits) != 1 or len(word) > 20:
        return None
    status, at = next(iter(hits.items()))
    return None if _DENIALS.search(word[:at]) else status


def said_reading(value: Any, number_format: str, target: Target) -> Said:
    """A figure for a target: `95%` and 0.95 shown as 95 % are 95; a unit, thousands separators and 全角 are read."""
    if value is None:
        return Said()
    if isinstance(value, bool | datetime | date | time | timedelta):
        return Said(refused="reading_not_a_number", facts={"given": text_of(value)})
    if isinstance(value, int | float):
        return _said_number(value, number_format, target)
    given = tidied(str(value))
    return _said_words(given, unicodedata.normalize("NFKC", given), target)


def _said_number(value: int | float, number_format: str, target: Target) -> Said:
    number = _exact(value)
    if number is None:
        return Said(refused="reading_not_a_number", facts={"given": str(value)[:60]})
    if _is_percent(number_format):
        shown = number_text(number * 100)
        if not _percent_unit(target.unit):
            return Said(refused="reading_unit", facts={"given": f"{shown}%", "unit": target.unit})
        return Said(shown)
    return _fraction_doubted(number, target) or Said(number_text(number))


def _fraction_doubted(number: Decimal, target: Target) -> Said | None:
    """0.95 for a target in percent: probably 95, but only the filler knows."""
    if not _percent_unit(target.unit) or not 0 < number < 1 or (target.value or 0) <= 1:
        return None
    likely = number_text(number * 100)
    return Said(likely, "reading_fraction", facts={"given": number_text(number), "likely": f"{likely}%"})


def _said_words(given: str, text: str, target: Target) -> Said:
    text = text.replace("−", "-").replace("–", "-").strip()
    if re.sub(r"\s", "", text) in _NOTHING:
        return Said()
    refused = {"given": given[:60]}
    figure = _FIGURE.search(text)
    if figure is None:
        return Said(refused="reading_not_a_number", facts=refused)
    before = re.sub(r"\s", "", text[: figure.start()])
    scale, rest = _scaled(text[figure.end() :].rstrip("。.;, \n"), _even(target.unit))
    number = Decimal(figure.group().replace(",", ""))
    # A unit may hold a digit (m3); any other one is a second figure, and which counts is not for us to say.
    alone = rest == _even(target.unit) or not re.search(r"\d", rest)
    if not alone or re.search(r"\d", before) or len(number.as_tuple().digits) > _MOST_DIGITS:
        return Said(refused="reading_not_a_number", facts=refused)
    if rest and target.unit and rest != _even(target.unit):
        unit = "reading_unit" if len(rest) <= 12 and not before else "reading_not_a_number"
        return Said(refused=unit, facts={**refused, "unit": target.unit})
    likely = number_text(number * scale)
    facts = {"given": given[:60], "likely": f"{likely}{target.unit}"}
    if scale != 1:
        return Said(likely, "reading_converted", facts=facts)
    if before or (rest and not target.unit):
        return Said(likely, "reading_words", facts=facts)
    doubted = None if rest else _fraction_doubted(number, target)
    return doubted or Said(likely)


def _scaled(after: str, unit: str) -> tuple[Decimal, str]:
    """What stands behind a figure as a factor to the target's unit, and the unit that is left."""
    after = _even(after)
    if after == unit or not after:
        return Decimal(1), after
    for word, factor in _SCALES.items():
        if after == word + unit or (after == word and unit):
            return factor, unit
        if unit == word + after:
            return 1 / factor, unit
    return Decimal(1), after


def _even(unit: str) -> str:
    """A unit of measure in one spelling."""
    even = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", unit)).replace("µ", "μ").lower()
    for spelling, usual in (
        ("μg/m3", "微克/立方米"),
        ("mg/m3", "毫克/立方米"),
        ("km", "公里"),
        ("百分比", "%"),
    ):
        even = even.replace(spelling, usual)
    return even


def _percent_unit(unit: str) -> bool:
    return _even(unit) in ("%", "百分点", "个百分点")


def _is_percent(number_format: str) -> bool:
    """Whether a format shows a hundredfold with a % sign; quoted and escaped signs are only text."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format or "")


def _exact(value: int | float) -> Decimal | None:
    """The 15 digits that spreadsheets keep, None for what is no finite number."""
    if isinstance(value, float):
        if not math.isfinite(value) or abs(value) >= 1e21:
            return None
        return Decimal(format(value, ".15g")) + 0
    return Decimal(value) if abs(value) < 10**_MOST_DIGITS else None
