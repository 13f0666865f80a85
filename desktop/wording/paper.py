"""What is said of signs that cannot be printed: which, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.missing_signs import MissingSign
from desktop.wording.terms import FIELD, spoken

_AROUND = {
    "plan": "方案原文",
    "letter": "正文",
    "people": "填报人、审核人、签发人或电话",
    "names": "单位或方案名称",
}
_MOST = 20


def lacking(places: Sequence[MissingSign]) -> str:
    """In one line: the first sign and where it stands, and how many more there are; empty for none."""
    if not places:
        return ""
    more = f"，共{len(places)}处" if len(places) > 1 else ""
    return f"有字打不出来：{_place(places[0])}{more}"


def lacking_all(places: Sequence[MissingSign]) -> str:
    """Every place, what is printed in its stead, and what to do; empty for none."""
    if not places:
        return ""
    listed = [_place(place) for place in places[:_MOST]]
    if len(places) > _MOST:
        listed.append(f"另有{len(places) - _MOST}处")
    advice = "纸上印成〓，电子数据里还是原字。换一个常用字或写法，再送审核。"
    return "\n".join((*listed, advice))


def _place(place: MissingSign) -> str:
    """第3条进展情况的“𠮷”."""
    field = _AROUND.get(place.field) or FIELD[place.field]
    where = f"{spoken(place.label)}{field}" if place.label else field
    return f"{where}里的“{place.sign}”"
