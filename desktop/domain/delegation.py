"""县内分工: which of the unit's own bureaus does which measure, and whom to telephone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Bureau:
    """One of a unit's own bureaus or offices. The name is unique within a workspace."""

    name: str
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Delegation:
    """A measure given to a bureau. It follows the measure's key, so it holds for every quarter and plan version.

    `contact` and `phone` are this measure's own; empty ones stand for the bureau's.
    """

    plan_id: str
    measure_key: str
    bureau: str
    contact: str = ""
    phone: str = ""

    def person(self, bureau: Bureau) -> tuple[str, str]:
        """Whom to ask about this measure, and under which number; a person's number is never given to another."""
        return (self.contact, self.phone) if self.contact else (bureau.contact, self.phone or bureau.phone)


@dataclass(frozen=True)
class DelegationProposal:
    """A bureau that might do a measure; nothing of it holds before someone says so.

    `lead` is the name in the plan that it was derived from. `how`: `same_lead` (this unit gave other
    measures of that lead to the bureau), `known` (the bureau stands in the unit's list), `derived` (a
    name made from the lead's, which may not exist).
    """

    measure_key: str
    bureau: str
    lead: str
    how: str


_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ECOLOGY = re.compile(r"生态环境分?局|环境保护局|环保局")
# 市场监管局: its first sign is no prefix.
_CITY_SIGN = re.compile(r"^市(?!场监)")
# At county level these commissions are bureaus; the party's own stay as they are.
_COMMISSIONS = re.compile(r"(?:委员会|委)$")
_STAYS = re.compile(r"(?:纪委|政法委|编委|党委|团委|党工委|管委会|管理委员会|县委|区委|市委)$")
_BUREAU = re.compile(r"(?:局|委|委员会|办|办公室|中心|队|站)$")
_SHORT = (
    ("发展和改革", "发改"), ("发展改革", "发改"), ("工业和信息化", "工信"), ("住房和城乡建设", "住建"),
    ("住房城乡建设", "住建"), ("市场监督管理", "市场监管"), ("卫生健康", "卫健"), ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"), ("文化和旅游", "文旅"), ("文化旅游", "文旅"), ("城市管理", "城管"),
    ("综合执法", "执法"), ("环境保护", "环保"),
)  # fmt: skip


def proposed_name(lead: str, unit_short: str, city_short: str = "") -> str:
    """The county's counterpart of a city department as it is usually called: 市发改委 → 县发改局.

    The ecology bureau is one body down to the county (市生态环境局某某分局). Empty where no usual
    counterpart exists: for companies, governments, and units that are no county.
    """
    if unit_short[-1:] not in ("县", "区", "市", "旗") or unit_short.endswith("园区"):
        return ""
    name = _CITY_SIGN.sub("", _BRACKETS.sub("", lead).strip().removeprefix(city_short))
    if (
        not _BUREAU.search(name)
        or _STAYS.search(name)
        or name.startswith(("各", "国网", "中国", "自治区", "省"))
    ):
        return ""
    if _ECOLOGY.fullmatch(name):
        stem = unit_short[:-1] if len(unit_short) > 2 else unit_short
        return f"市生态环境局{stem}分局"
    return f"{unit_short[-1]}{_COMMISSIONS.sub('局', name)}"


def same_body(one: str, other: str, unit_short: str = "") -> bool:
    """Whether two names mean one bureau: 县发改局 and 某某县发展和改革局 do."""
    return bool(_stem(one, unit_short)) and _stem(one, unit_short) == _stem(other, unit_short)


def _stem(name: str, unit_short: str) -> str:
    """What is left of a bureau's name without place, kind and long spellings."""
    name = _BRACKETS.sub("", name).replace(" ", "")
    if unit_short:
        name = name.removeprefix(unit_short)
    if _ECOLOGY.search(name):
        return "生态环境"
    name = re.sub(r"^(?:[县区旗]|市(?!场监))(?=.{2})", "", name)
    for long, short in _SHORT:
        name = name.replace(long, short)
    return _COMMISSIONS.sub("", name.removesuffix("局"))


def proposed_delegations(
    leads: Mapping[str, tuple[str, ...]],
    given: Mapping[str, Delegation],
    bureaus: Iterable[Bureau],
    unit_short: str,
    city_short: str = "",
) -> tuple[DelegationProposal, ...]:
    """A proposal for each measure that has no bureau yet and whose first leads suggest one.

    `leads` are the measures' lead names under their keys. What the unit itself decided for the same
    lead counts before any rule.
    """
    listed = [bureau.name for bureau in bureaus]
    decided = _decided(leads, given)
    found = []
    for key, names in leads.items():
        if key in given:
            continue
        for lead in names:
            if lead in decided:
                found.append(DelegationProposal(key, decided[lead], lead, "same_lead"))
                break
            name = proposed_name(lead, unit_short, city_short)
            known = next((b for b in listed if name and same_body(b, name, unit_short)), "")
            if name:
                found.append(DelegationProposal(key, known or name, lead, "known" if known else "derived"))
                break
    return tuple(found)


def _decided(leads: Mapping[str, tuple[str, ...]], given: Mapping[str, Delegation]) -> dict[str, str]:
    """Leads whose measures all went to one and the same bureau."""
    seen: dict[str, set[str]] = {}
    for key, delegation in given.items():
        for lead in leads.get(key, ())[:1]:
            seen.setdefault(lead, set()).add(delegation.bureau)
    return {lead: names.pop() for lead, names in seen.items() if len(names) == 1}
