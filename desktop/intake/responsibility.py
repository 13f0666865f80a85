"""The grammar of duties: who leads, supports and implements, from brackets, labels and table cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop.domain.plan import Duty, DutyRole
from desktop.intake.duty_words import (
    ACTS,
    AND_OTHERS,
    BROKEN_COLLECTIVE,
    CONJUNCTION,
    DATE,
    EQUAL,
    FIRST_LEADS,
    LABEL,
    LABEL_AHEAD,
    NOTHING,
    PERSON_LABEL,
    ROLE_BEHIND,
    TIME_LABEL,
)
from desktop.intake.lexicon import (
    Lexicon,
    is_fragment,
    is_generic,
    is_local,
    is_organ,
    looks_complete,
    split_joined,
)
from desktop.intake.plain_text import CLOSING, OPENING, bracket_spans, depth_after
from desktop.intake.standing import standing_rule

# Names and their verb; a longer item is a sentence of something else.
_LONGEST_ITEM = 300
_BRACKETS_AROUND = 8
# A cell that holds more is no list of units: its row is shown as having no duties.
_LONGEST_LIST = 4_000


class Act(StrEnum):
    """What a phrase or label says that the names before it do."""

    LEAD = "lead"
    SUPPORT = "support"
    IMPLEMENT = "implement"
    RESPONSIBLE = "responsible"
    NONE = ""


@dataclass(frozen=True)
class Group:
    """Names that share one verb or label."""

    act: Act
    names: tuple[str, ...]
    phrase: str = ""
    labelled: bool = False
    open_ended: bool = False


@dataclass(frozen=True)
class Responsibility:
    """A measure's duties as read. `joined`: text that held several names, with them; `open_roles`: lists ending in 等."""

    duties: tuple[Duty, ...] = ()
    wording: str = ""
    deadline: str = ""
    joined: tuple[tuple[str, DutyRole, tuple[str, ...]], ...] = ()
    open_roles: tuple[DutyRole, ...] = ()
    standing: tuple[str, ...] = ()

    @property
    def open_ended(self) -> bool:
        return bool(self.open_roles)


@dataclass
class _Reading:
    groups: list[Group] = field(default_factory=list)
    deadline: str = ""
    standing: tuple[str, ...] = ()


def first_leads(text: str) -> bool:
    """Whether a text states once for all that the first named leads."""
    return bool(FIRST_LEADS.search(text))


def standing_names(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Who implements every later measure, where a text says so once (以下均需…落实，不再列出)."""
    rule = standing_rule(text)
    return tuple(_items(rule.names, lexicon)) if rule else ()


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is none."""
    return bool(NOTHING.match(text.strip()))


def starts_with_label(text: str) -> bool:
    """Whether a line begins with 牵头单位：, 责任单位：, 完成时限： and the like."""
    bare = text.lstrip(" \u3000（([〔【［*")
    return not bare.startswith("联系") and any(p.match(bare) for p in (LABEL, TIME_LABEL, PERSON_LABEL))


def is_responsibility(text: str, lexicon: Lexicon, bare_list: bool = True) -> bool:
    """Whether a text (without its brackets) says who has which duty.

    A plain list of units counts only with `bare_list`.
    """
    if len(text) > 600:
        return False
    reading = _read(text, lexicon, Act.NONE)
    if reading.standing:
        return True
    names = [name for group in reading.groups for name in group.names]
    labelled = any(group.labelled for group in reading.groups)
    if not names:
        return starts_with_label(text) and (labelled or bool(reading.deadline))
    sound = sum(
        is_organ(name, lexicon) or is_generic(name) or looks_complete(name, lexicon) for name in names
    )
    if labelled or any(group.act is not Act.NONE for group in reading.groups):
        return sound * 5 >= len(names) * 3
    return (
        bare_list
        and sound == len(names)
        and any(is_organ(n, lexicon) for n in names)
        and not is_local(names[0])
    )


def parse_responsibility(text: str, lexicon: Lexicon, first: bool = False) -> Responsibility:
    """The duties that a bracket or labelled line states. `first`: the plan says that the first named leads."""
    reading = _read(text, lexicon, Act.NONE)
    return _resolved(reading, lexicon, first)


def parse_cells(cells: Mapping[Act, str], lexicon: Lexicon, first: bool = False) -> Responsibility:
    """The duties that a table row's cells state; a cell may hold verbs and labels of its own."""
    whole = _Reading()
    for act, text in cells.items():
        if is_nothing(text) or len(text) > _LONGEST_LIST:
            continue
        reading = _read(text, lexicon, act)
        whole.groups += reading.groups
        whole.deadline = whole.deadline or reading.deadline
        whole.standing = whole.standing or reading.standing
    return _resolved(whole, lexicon, first)


def _read(text: str, lexicon: Lexicon, default: Act) -> _Reading:
    reading = _Reading()
    text = BROKEN_COLLECTIVE.sub(r"\1）", _stripped(text))
    if rule := standing_rule(text):
        reading.standing = tuple(_items(rule.names, lexicon))
        text = rule.rest
    text = LABEL_AHEAD.sub("；", ROLE_BEHIND.sub(r"\1、", text)).replace("会同", "，会同")
    label, labelled, waiting, open_ended, partner = default, False, list[str](), False, False
    for item in _items(text, lexicon):
        if match := TIME_LABEL.match(item):
            _close(reading, label, waiting, "", labelled, open_ended)
            waiting, open_ended, label, labelled = [], False, Act.NONE, False
            reading.deadline = item[match.end() :].strip()
            continue
        if PERSON_LABEL.match(item):
            _close(reading, label, waiting, "", labelled, open_ended)
            waiting, open_ended, label, labelled = [], False, Act.NONE, False
            reading.groups.append(Group(Act.NONE, (), "", True))
            label = Act.NONE
            continue
        if match := LABEL.match(item):
            _close(reading, label, waiting, "", labelled, open_ended)
            waiting, open_ended, labelled = [], False, True
            label = Act(match.lastgroup or "")
            item = item[match.end() :].strip()
            if is_nothing(item):
                reading.groups.append(Group(label, (), "", True))
                continue
        if (date := DATE.match(item)) and not reading.deadline:
            reading.deadline = date[1].strip()
            continue
        if item.startswith("会同"):
            if waiting:
                _close(reading, Act.LEAD, waiting, "", labelled, open_ended)
            waiting, open_ended, partner, item = [], False, True, item[2:]
        if behind := ROLE_BEHIND.search(item):
            own = next(Act(act) for act, name in behind.groupdict().items() if name)
            reading.groups.append(Group(own, tuple(_apart(item[: behind.start()].strip(), lexicon))))
            continue
        act, names, phrase = _verb(item)
        etc = AND_OTHERS.search(names)
        open_ended = open_ended or etc is not None
        name = AND_OTHERS.sub("", names).strip() if etc else names
        name = re.sub(r"^(?:由|以及|及|和)(?=.{3})", "", name).strip('“”" .。')
        if name and not is_nothing(name):
            waiting += _apart(name, lexicon)
        if act is not Act.NONE:
            if partner:
                act = Act.SUPPORT
            _close(reading, act, waiting, phrase, labelled, open_ended)
            waiting, open_ended, partner = [], False, False
    _close(reading, Act.SUPPORT if partner else label, waiting, "", labelled, open_ended)
    return reading


def _close(
    reading: _Reading, act: Act, names: list[str], phrase: str, labelled: bool, open_ended: bool
) -> None:
    if names or labelled:
        reading.groups.append(Group(act, tuple(names), phrase, labelled, open_ended))


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


def _items(text: str, lexicon: Lexicon) -> list[str]:
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


def _resolved(reading: _Reading, lexicon: Lexicon, first: bool) -> Responsibility:
    groups = [group for group in reading.groups if group.names]
    named_lead = any(g.act is Act.LEAD for g in groups)
    acting = any(g.act not in (Act.NONE, Act.IMPLEMENT) for g in groups)
    result = Responsibility(deadline=reading.deadline, standing=reading.standing)
    for group in groups:
        for at, name in enumerate(group.names):
            role = _role(group, name, named_lead, acting)
            if first and not named_lead and role is DutyRole.LEAD and at > 0:
                role = DutyRole.IMPLEMENT if is_local(name) else DutyRole.SUPPORT
            result = _with_name(result, role, name, lexicon)
        if group.open_ended:
            role = _role(group, group.names[-1], named_lead, acting)
            result = replace(result, open_roles=tuple(dict.fromkeys((*result.open_roles, role))))
    equal = sorted((g for g in groups if re.search(EQUAL, g.phrase)), key=lambda g: not _leads(g, named_lead))
    return replace(result, wording=equal[0].phrase if equal else "")


def _leads(group: Group, named_lead: bool) -> bool:
    return group.act is Act.LEAD or (not named_lead and group.act in (Act.RESPONSIBLE, Act.NONE))


def _role(group: Group, name: str, named_lead: bool, acting: bool) -> DutyRole:
    """A name's role, given whether anybody is named as leading and whether any other verb was read."""
    equal = bool(re.search(EQUAL, group.phrase))
    match group.act:
        case Act.LEAD:
            return DutyRole.LEAD
        case Act.SUPPORT:
            return DutyRole.SUPPORT
        case Act.IMPLEMENT:
            return DutyRole.SHARED if is_generic(name) and named_lead else DutyRole.IMPLEMENT
        case Act.RESPONSIBLE if not named_lead:
            return DutyRole.LEAD
        case Act.RESPONSIBLE if is_generic(name) or (equal and not is_local(name)):
            return DutyRole.SHARED
        case Act.RESPONSIBLE:
            return DutyRole.IMPLEMENT
        case _:
            if acting and is_local(name):
                return DutyRole.IMPLEMENT
            return DutyRole.SUPPORT if named_lead else DutyRole.LEAD


def _with_name(result: Responsibility, role: DutyRole, name: str, lexicon: Lexicon) -> Responsibility:
    names = split_joined(name, lexicon)
    fresh = tuple(Duty(role, n) for n in names if Duty(role, n) not in result.duties)
    joined = result.joined
    if len(names) > 1:
        joined = (*joined, (name, role, names))
    return replace(result, duties=(*result.duties, *fresh), joined=joined)
