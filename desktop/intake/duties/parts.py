"""What a reader of one kind of plan hands on: tasks with their parts, not yet numbered through."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from desktop.domain.plan import Duty, DutyRole
from desktop.intake.duties.responsibility import Responsibility
from desktop.intake.stream.plain_text import cleaned, ends_sentence, joined, with_stops, without_stop


@dataclass(frozen=True)
class Part:
    """One measure as read: its place, texts and duties."""

    task_no: str
    section: str
    title: str
    content: str
    duties: Responsibility
    deadline: str = ""
    remark: str = ""
    goal: str = ""
    source: tuple[int, int] = (0, 0)


def rejoined(text: str) -> str:
    """A cell's or paragraph's lines: broken sentences in one piece, whole sentences as paragraphs of their own."""
    result = ""
    for line in (line.strip() for line in text.split("\n")):
        if not line:
            continue
        if not result:
            result = line
        elif ends_sentence(result) or re.match(
            r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、]|\d+\.(?!\d))", line
        ):
            result += "\n" + line
        else:
            result = joined(result, line)
    return cleaned(result)


def split_title(text: str) -> tuple[str, str]:
    """A task's text as title and content: the first sentence, or what stands before a colon or a wide space."""
    text = text.strip()
    even = with_stops(text)
    wide = re.match(r"^([^。；，：:\n]{4,40}?)(?:[\u3000]+|\s{2,}|\n)(?=\S)", even)
    if wide:
        return without_stop(wide[1]), text[wide.end() :].strip()
    match = re.match(r"^([^。！？\n]{2,60}?)[。！？\n]\s*", even)
    colon = re.match(r"^([^。，；：:\n]{3,30})[：:](?=.{12})", even)
    if colon and not re.search(r"(?:单位|部门|时限|主体)$", colon[1]):
        return without_stop(colon[1]), text[colon.end() :].strip()
    if match and text[match.end() :].strip():
        return without_stop(match[1]), text[match.end() :].strip()
    bare = without_stop(text)
    if len(bare) <= 40:
        return bare, ""
    return "", text


def headline(text: str) -> str:
    """A short title for a measure whose text has none: its first clause."""
    return without_stop(re.split(r"[，；。：\n]|[,;:](?!\d)", with_stops(text), maxsplit=1)[0])[:40]


def with_standing(parts: list[Part], standing_from: list[tuple[int, tuple[str, ...]]]) -> list[Part]:
    """Parts after a standing rule (以下均需…落实) get its names where they have nobody to implement."""
    result: list[Part] = []
    names: tuple[str, ...] = ()
    last = max((part.source[1] for part in parts), default=0)
    # What is stated under the last measure holds for all of them.
    waiting = sorted((0 if block > last else block, names) for block, names in standing_from)
    for part in parts:
        while waiting and waiting[0][0] <= part.source[1]:
            names = waiting.pop(0)[1]
        names = part.duties.standing or names
        if names and not any(duty.role is DutyRole.IMPLEMENT for duty in part.duties.duties):
            added = tuple(Duty(DutyRole.IMPLEMENT, name) for name in names)
            part = replace(part, duties=replace(part.duties, duties=part.duties.duties + added))
        result.append(part)
    return result
