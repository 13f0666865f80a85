"""A responsibility's phrases: names, the verb or label that they share, and a deadline, in the order they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.intake.duties.duty_words import (
    ACTS,
    AND_OTHERS,
    BRACKETED_LABEL,
    BROKEN_COLLECTIVE,
    CONJUNCTION,
    DATE,
    FIRST_LEADS,
    LABEL,
    LABEL_AHEAD,
    NOTHING,
    PERSON_LABEL,
    ROLE_BEHIND,
    TIME_LABEL,
)
from desktop.intake.duties.lexicon import Lexicon, is_fragment, is_generic, is_local, is_organ, looks_complete
from desktop.intake.duties.standing import standing_rule
from desktop.intake.stream.plain_text import CLOSING, OPENING, bracket_spans, depth_after

# Names and their verb; a longer item is a sentence of something else.
_LONGEST_ITEM = 300
_BRACKETS_AROUND = 8
# 1.市住建局, ①市财政局: names that a cell counts.
_LISTED = re.compile(
    r"(?m)(?<![^\n、，,；;：:\s）)])(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])\s*(?=[\u4e00-\u9fff])"
)


class Act(StrEnum):
    """What a phrase or label says that the names before it do."""

    LEAD = "lead"
    SUPPORT = "support"
    IMPLEMENT = "implement"
    RESPONSIBLE = "responsible"
    NONE = ""


@dataclass(frozen=True)
class Group:
    """Names that share one verb or label. `marked`: the lead among them is told by a mark behind its name."""

    act: Act
    names: tuple[str, ...]
    phrase: str = ""
    labelled: bool = False
    open_ended: bool = False
    marked: bool = False


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is none."""
    return bool(NOTHING.match(text.strip()))


@dataclass
class Reading:
    """What has been read of a responsibility so far: the groups, and the names that wait for their verb."""

    groups: list[Group] = field(default_factory=list)
    deadline: str = ""
    standing: tuple[str, ...] = ()
    label: Act = Act.NONE
    labelled: bool = False
    waiting: list[str] = field(default_factory=list)
    open_ended: bool = False
    partner: bool = False
    marked: bool = False

    def close(self, act: Act, phrase: str = "") -> None:
        """Gives the waiting names their act."""
        if self.waiting or self.labelled:
            self.groups.append(
                Group(act, tuple(self.waiting), phrase, self.labelled, self.open_ended, self.marked)
            )
        self.waiting, self.open_ended, self.partner = [], False, False

    def close_label(self) -> None:
        self.close(Act.SUPPORT if self.partner else self.label)
        self.label, self.labelled, self.marked = Act.NONE, False, False

    def close_verb(self, act: Act, phrase: str) -> None:
        """A verb's names; behind 责任单位：, those on the ground (各县区…落实) stand for themselves."""
        ground = next((at for at, name in enumerate(self.waiting) if is_local(name)), 0)
        responsible = self.labelled and self.label is Act.RESPONSIBLE
        if (responsible or self.partner) and act is Act.IMPLEMENT and ground:
            # 会同市财政局，各区政府落实: so do those who were only to be asked.
            rest, self.waiting = self.waiting[ground:], self.waiting[:ground]
            self.close(Act.SUPPORT if self.partner else self.label)
            self.waiting = rest
        self.close(Act.SUPPORT if self.partner else act, phrase)


def read_duties(text: str, lexicon: Lexicon, default: Act) -> Reading:
    """A text's phrases; names without any verb or label get the default act."""
    reading = Reading(label=default)
    text = BROKEN_COLLECTIVE.sub(r"\1）", _stripped(text))
    text = FIRST_LEADS.sub("", BRACKETED_LABEL.sub(r"；\1：", text))
    if rule := standing_rule(text):
        reading.standing = tuple(items_of(rule.names, lexicon))
        text = rule.rest
    text = _LISTED.sub("", text)
    text = LABEL_AHEAD.sub("；", ROLE_BEHIND.sub(r"\1、", text)).replace("会同", "，会同")
    for item in items_of(text, lexicon):
        _take(reading, item, lexicon)
    reading.close_label()
    return reading


def _take(reading: Reading, item: str, lexicon: Lexicon) -> None:
    """Reads one item between separators: a label with its first name, a deadline, or names and their verb."""
    if match := TIME_LABEL.match(item):
        reading.close_label()
        reading.deadline = item[match.end() :].strip()
        return
    if PERSON_LABEL.match(item):
        reading.close_label()
        reading.groups.append(Group(Act.NONE, (), "", True))
        return
    if match := LABEL.match(item):
        reading.close_label()
        reading.label, reading.labelled = Act(match.lastgroup or ""), True
        item = item[match.end() :].strip()
        if is_nothing(item):
            reading.groups.append(Group(reading.label, (), "", True))
            return
    if (date := DATE.match(item)) and not reading.deadline:
        reading.deadline = date[1].strip()
        return
    if item.startswith("会同"):
        if reading.waiting:
            reading.close(Act.LEAD)
        reading.partner, item = True, item[2:]
    if behind := ROLE_BEHIND.search(item):
        own = next(Act(act) for act, name in behind.groupdict().items() if name)
        reading.groups.append(Group(own, tuple(_apart(item[: behind.start()].strip(), lexicon))))
        reading.marked = reading.marked or own is Act.LEAD
        return
    act, names, phrase = _verb(item)
    etc = AND_OTHERS.search(names)
    reading.open_ended = reading.open_ended or etc is not None
    name = AND_OTHERS.sub("", names).strip() if etc else names
    name = re.sub(r"^(?:由|以及|及|和)(?=.{3})", "", name).strip('“”" .。')
    if name and not is_nothing(name):
        reading.waiting += _apart(name, lexicon)
    if act is not Act.NONE:
        reading.close_verb(act, phrase)


def _verb(item: str) -> tuple[Act, str, str]:
    """An item's act, its name before the verb phrase, and the phrase itself."""
    match = ACTS.match(item) if len(item) <= _LONGEST_ITEM else None
    if not match:
        return Act.NONE, item, ""
    act = next(a for a in Act if a is not Act.NONE and match[a.value])
    return act, match["names"].strip(), match["phrase"].strip("，")


def _stripped(text: str) -> str:
    """A responsibility without the brackets around it, paired or not."""
    text = text.strip(" \u3000\n。*_")
    for _ in range(_BRACKETS_AROUND):
        if not text or text[0] not in OPENING:
            break
        if depth_after(text) <= 0 and (0, len(text)) not in bracket_spans(text):
            break
        text = text[1:].removesuffix(text[-1]).strip() if depth_after(text) == 0 else text[1:].strip()
    while text and text[-1] in CLOSING and depth_after(text) < 0:
        text = text[:-1].strip()
    return text.strip(" \u3000\n。；;，,、")


def items_of(text: str, lexicon: Lexicon) -> list[str]:
    """The text's parts between separators that stand outside brackets, broken lines mended."""
    inside = [False] * len(text)
    for start, end in bracket_spans(text):
        inside[start:end] = [True] * (end - start)
    parts, current = list[str](), ""
    for at, sign in enumerate(text):
        if inside[at]:
            current += "" if sign.isspace() else sign
        elif sign in "、，,；;。":
            parts.append(current)
            current = ""
        elif sign.isspace():
            if _breaks(current.strip(), text[at : at + 200].lstrip(), lexicon):
                parts.append(current)
                current = ""
        else:
            current += sign
    parts.append(current)
    return [part.strip() for part in parts if part.strip() and not is_nothing(part)]


def _breaks(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether white space separates two names, rather than standing inside one that a line's end cut."""
    head = re.split(r"[\s、，,；;。（(]", after, maxsplit=1)[0]
    if not before or not after or LABEL.match(after) or TIME_LABEL.match(after):
        return bool(before)
    if lexicon.is_known(before + head) and not lexicon.is_known(head):
        return False
    act, name, _ = _verb(before)
    if act is not Act.NONE or lexicon.is_known(before):
        return not (is_fragment(head) and not lexicon.is_known(head)) and _verb(head)[1] != ""
    if lexicon.is_known(before + head) or is_fragment(head) or _verb(head)[1] == "" or head.startswith("等"):
        return False
    bare = LABEL.sub("", name)
    return looks_complete(bare, lexicon) and len(head) > 1


def _apart(name: str, lexicon: Lexicon) -> list[str]:
    """One item's names: parted at 和 and 及 between two bodies."""
    if lexicon.is_known(name):
        return [name]
    pieces = CONJUNCTION.split(name)
    if len(pieces) > 1 and all(is_organ(piece, lexicon) or is_generic(piece) for piece in pieces):
        return pieces
    return [name]
