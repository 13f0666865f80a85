"""What went wrong, what is safe, what to do next: one sentence group per error code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from desktop.domain.errors import UserError
from desktop.domain.quarter import Quarter
from desktop.wording.sentences import SENTENCES, UNKNOWN, WITHOUT_FACTS
from desktop.wording.terms import PERSON, file_size, full_date, spoken


@dataclass(frozen=True)
class Sentence:
    """`title`: what happened; `text`: what is safe and what to do; `code` goes into 详情."""

    title: str
    text: str
    code: str


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def sentence(error: UserError) -> Sentence:
    """The sentence of an error; a code without one of its own says that the program must be mended."""
    facts = _Facts({name: _shown(name, value) for name, value in error.facts.items()})
    # A path right behind a sentence reads as if it went on.
    facts["where"] = f"位置：{facts['folder']}" if facts["folder"] else ""
    title, text = template(error.code)
    if error.code in WITHOUT_FACTS and not all(facts[name] for name in _fields(title + text)):
        title, text = WITHOUT_FACTS[error.code]
    return Sentence(title.format_map(facts), text.format_map(facts), error.code)


def template(code: str) -> tuple[str, str]:
    """Title and text of a code before its facts are filled in."""
    return SENTENCES.get(code, UNKNOWN)


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


def known_codes() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(SENTENCES)


def one_line(error: UserError) -> str:
    """Title and text in one line, for the headless face."""
    said = sentence(error)
    return f"{said.title}。{said.text}"


def _shown(name: str, value: object) -> str:
    if name in ("size", "need", "free", "limit") and isinstance(value, int | str) and str(value).isdigit():
        # A bound is a round number, and said as one.
        return file_size(int(value), 0 if name == "limit" and int(value) % 1_000_000 == 0 else 1)
    if name == "largest" and isinstance(value, tuple):
        return "、".join(f"“{each}”（{file_size(size)}）" for each, size in value)
    if name == "who":
        return PERSON.get(str(value), str(value))
    if name in ("day", "reviewed", "today"):
        return day_words(str(value))
    if name == "quarter":
        return quarter_words(str(value))
    if name == "first":
        return spoken(str(value))
    if name == "reason":
        return _REASONS.get(str(value), str(value))
    if name == "state":
        return _STATES.get(str(value), str(value))
    return str(value)


def day_words(text: str) -> str:
    """A date in ISO's form as people write it; any other text as it stands."""
    try:
        return full_date(date.fromisoformat(text))
    except ValueError:
        return text


def quarter_words(text: str) -> str:
    """A quarter's code as people say it; any other text as it stands."""
    try:
        return Quarter.parse(text).chinese
    except ValueError:
        return text


_REASONS = {
    "read_only": "（磁盘写保护）",
    "no_permission": "（没有权限）",
    "not_a_folder": "（不是文件夹）",
    "missing": "（不见了）",
    "io_error": "（磁盘读写出错）",
    "unreadable": "（读不出来）",
    "altered": "（被改动）",
    "is_a_folder": "（这是文件夹）",
    "in_use": "（正被别的程序打开，请先关掉它）",
    "gone": "（盘不见了）",
    "name_too_long": "（文件夹太深，路径太长）",
}
_STATES = {
    "draft": "还在填报",
    "reviewed": "已审核通过",
    "signed": "已签发",
    "submitted": "已报送",
    "accepted": "市里已收下",
    "returned": "已被退回",
    "withdrawn": "已撤回",
    "superseded": "已被后一次报送代替",
}
