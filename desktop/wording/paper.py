"""What is said of signs that cannot be printed: which, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.missing_signs import MissingSign
from desktop.wording.terms import FIELD, spoken

_AROUND = {
    "plan": "方案原文",
    "letter": "正文",
    "reason": "退回原因",
    "people": "填报人、审核人、签发人或电话",
    "names": "单位或方案名称",
}
_MOST = 4


def lacking(places: Sequence[MissingSign]) -> str:
    """That there are such signs, and how many places of them; empty for none."""
    return f"有{len(places)}处的字打不出来，纸上会印成〓" if places else ""


def lacking_all(places: Sequence[MissingSign], advice: str = "换一个常用字或写法，再送审核。") -> str:
    """The first places, what is safe, and what to do (`advice`); empty for none."""
    if not places:
        return ""
    listed = "，".join(_place(place) for place in places[:_MOST])
    more = f"，另有{len(places) - _MOST}处" if len(places) > _MOST else ""
    return f"{listed}{more}。电子数据里还是原字。{advice}"


def _place(place: MissingSign) -> str:
    """第3条进展情况的“𠮷”."""
    field = _AROUND.get(place.field) or FIELD[place.field]
    where = f"{place.unit}{spoken(place.label)}{field}" if place.label else f"{place.unit}{field}"
    return f"{where}里的“{place.sign}”"
