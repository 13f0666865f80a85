"""The grammar of duties: who leads, supports and implements, from brackets, labels and table cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.plan import Duty, DutyRole
from desktop.intake.duties.duty_phrases import Act, Group, Reading, is_nothing, items_of, read_duties
from desktop.intake.duties.duty_words import (
    BRACKETED_LABEL,
    EQUAL,
    FIRST_LEADS,
    GUIDING,
    LABEL,
    PERSON_LABEL,
    TIME_LABEL,
)
from desktop.intake.duties.lexicon import (
    Lexicon,
    is_generic,
    is_local,
    is_organ,
    looks_complete,
    split_joined,
)
from desktop.intake.duties.standing import standing_rule

__all__ = [
    "Act",
    "Responsibility",
    "first_leads",
    "first_of_several",
    "is_nothing",
    "is_responsibility",
    "parse_cells",
    "parse_responsibility",
    "sole_lead",
    "standing_names",
    "starts_with_label",
]

# 牵头部门有多个的，排在第一位的为牵头单位: a rule for a column of those who lead.
_SOLE = re.compile(
    r"(?:牵头|主办|主责)(?:单位|部门)[^，。；]{0,6}?(?:有|为|涉及|存在)?(?:两个(?:及|或)?以上|多个|多家|若干)|(?:多个|多家|两个以上)的?(?:牵头|主办|主责)"
)
# A cell that holds more is no list of units: its row is shown as having no duties.
_LONGEST_LIST = 4_000


@dataclass(frozen=True)
class Responsibility:
    """A measure's duties as read. `joined`: text that held several names, with them; `open_roles`: lists ending in 等.

    `unled`: several are responsible and none is named as leading, so that all lead.
    """

    duties: tuple[Duty, ...] = ()
    wording: str = ""
    deadline: str = ""
    joined: tuple[tuple[str, DutyRole, tuple[str, ...]], ...] = ()
    open_roles: tuple[DutyRole, ...] = ()
    standing: tuple[str, ...] = ()
    unled: bool = False

    @property
    def open_ended(self) -> bool:
        return bool(self.open_roles)


def first_leads(text: str) -> bool:
    """Whether a text states once for all that the first named leads."""
    return bool(FIRST_LEADS.search(text))


def sole_lead(text: str) -> bool:
    """Whether a text states that of several who lead the first does, and the others support."""
    return bool(_SOLE.search(text)) and first_leads(text)


def first_of_several(read: Responsibility) -> Responsibility:
    """Duties of which only the first that leads does so."""
    leads = [duty for duty in read.duties if duty.role is DutyRole.LEAD]
    return replace(
        read,
        duties=tuple(
            replace(duty, role=DutyRole.SUPPORT) if duty in leads[1:] else duty for duty in read.duties
        ),
    )


def standing_names(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Who implements every later measure, where a text says so once (以下均需…落实，不再列出)."""
    rule = standing_rule(text)
    return tuple(items_of(rule.names, lexicon)) if rule else ()


def starts_with_label(text: str) -> bool:
    """Whether a line begins with 牵头单位：, 责任单位：, 完成时限： and the like."""
    bare = BRACKETED_LABEL.sub(r"\1：", text[:40]).lstrip(" \u3000（([〔【［*；")
    return not bare.startswith("联系") and any(p.match(bare) for p in (LABEL, TIME_LABEL, PERSON_LABEL))


def is_responsibility(text: str, lexicon: Lexicon, bare_list: bool = True) -> bool:
    """Whether a text (without its brackets) says who has which duty.

    A plain list of units counts only with `bare_list`.
    """
    if len(text) > 600:
        return False
    reading = read_duties(text, lexicon, Act.NONE)
    if reading.standing:
        return True
    names = [name for group in reading.groups for name in group.names]
    if first_leads(text) and len(names) < 2:
        # 各责任单位排在第一位的为牵头单位: a rule, and nobody's duty.
        return False
    labelled = any(group.labelled for group in reading.groups)
    if not names:
        return starts_with_label(text) and (labelled or bool(reading.deadline))
    sound = sum(
        is_organ(name, lexicon) or is_generic(name) or looks_complete(name, lexicon) for name in names
    )
    if labelled and starts_with_label(text) and all(len(name) <= 16 for name in names):
        return True
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
    reading = read_duties(text, lexicon, Act.NONE)
    return _resolved(reading, lexicon, first)


def parse_cells(cells: Mapping[Act, str], lexicon: Lexicon, first: bool = False) -> Responsibility:
    """The duties that a table row's cells state; a cell may hold verbs and labels of its own."""
    whole = Reading()
    for act, text in cells.items():
        if is_nothing(text) or len(text) > _LONGEST_LIST:
            continue
        reading = read_duties(text, lexicon, act)
        whole.groups += reading.groups
        whole.deadline = whole.deadline or reading.deadline
        whole.standing = whole.standing or reading.standing
    return _resolved(whole, lexicon, first)


def _resolved(reading: Reading, lexicon: Lexicon, first: bool) -> Responsibility:
    groups = [group for group in reading.groups if group.names]
    named_lead = any(g.act is Act.LEAD for g in groups)
    named = [n for g in groups if g.act in (Act.RESPONSIBLE, Act.NONE) for n in g.names if not is_generic(n)]
    # 责任单位：市住建局，各有关部门: the one that is named leads.
    alone = len(named) == 1 and not named_lead
    grounded = any(g.act is Act.IMPLEMENT for g in groups)
    acting = any(g.act not in (Act.NONE, Act.IMPLEMENT) for g in groups)
    result = Responsibility(deadline=reading.deadline, standing=reading.standing)
    for group in groups:
        for at, name in enumerate(group.names):
            role = _role(group, name, named_lead, acting)
            if group.marked and grounded and role is DutyRole.IMPLEMENT and group.act is Act.RESPONSIBLE:
                # 市住建局（牵头）、市财政局 beside a column of those who implement.
                role = DutyRole.IMPLEMENT if is_local(name) else DutyRole.SUPPORT
            if role is DutyRole.LEAD and is_generic(name) and alone and group.labelled and not group.phrase:
                role = DutyRole.SHARED
            if first and not named_lead and role is DutyRole.LEAD and at > 0:
                role = DutyRole.IMPLEMENT if is_local(name) else DutyRole.SUPPORT
            result = _with_name(result, role, name, lexicon)
        if group.open_ended:
            role = _role(group, group.names[-1], named_lead, acting)
            result = replace(result, open_roles=tuple(dict.fromkeys((*result.open_roles, role))))
    equal = sorted((g for g in groups if re.search(EQUAL, g.phrase)), key=lambda g: not _leads(g, named_lead))
    leads = [duty for duty in result.duties if duty.role is DutyRole.LEAD]
    unled = len(leads) > 1 and not named_lead and not first
    return replace(result, wording=equal[0].phrase if equal else "", unled=unled)


def _leads(group: Group, named_lead: bool) -> bool:
    return group.act is Act.LEAD or (not named_lead and group.act in (Act.RESPONSIBLE, Act.NONE))


def _role(group: Group, name: str, named_lead: bool, acting: bool) -> DutyRole:
    """A name's role, given whether anybody is named as leading and whether any other verb was read."""
    equal = bool(re.search(EQUAL, group.phrase))
    match group.act:
        case Act.LEAD:
            return DutyRole.LEAD
        case Act.SUPPORT:
            return DutyRole.SHARED if is_generic(name) and named_lead else DutyRole.SUPPORT
        case Act.IMPLEMENT:
            return DutyRole.SHARED if is_generic(name) and named_lead else DutyRole.IMPLEMENT
        case Act.RESPONSIBLE if not named_lead:
            return DutyRole.LEAD
        case Act.RESPONSIBLE if re.fullmatch(GUIDING, group.phrase):
            return DutyRole.SUPPORT
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
