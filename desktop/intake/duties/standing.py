"""Rules that a plan states once for all that follows: who implements every later measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SCOPE = r"(?:以下|下同|后续|下列|上述|以上|各项任务|本清单|本表|其余|其他|所有)[^，,；;。]{0,8}?"
_UNSAID = (
    r"[，,]?(?:以下|下文|下表|后文|文中|表中|清单中|后面)?(?:均|都)?不再(?:一一|逐一|逐项|逐条|单独|另行|重复|分别)*"
    r"(?:列出|列举|列示|列明|列|注明|标注|标明|说明|写出)"
)
_DOES = r"(?:负责|组织|具体|抓好|认真|按职责|分工)*(?:落实|实施|执行)(?:到位)?"
_HOLDER = r"(?:落实|实施|责任|执行)(?:责任)?(?:主体|单位|部门)"
# A name may hold brackets (各县（市、区）人民政府), but only whole ones.
_NAMES = r"(?P<names>(?:[^，,；;。：:（()）]|[（(][^（()）]*[）)])+?)"
_LISTED = r"(?P<names>(?:[^；;。：:（()）]|[（(][^（()）]*[）)])+?)"
_BLANKS = r"(?P<names>(?:[^，,；;。：:（()）]|[（(][^（()）]*[）)])+?)"
_START = r"(?:^|(?<=[，,；;。：:（(]))"
_RULES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_START}[^，,；;。（(]{{0,8}}?{_SCOPE}(?:均|都)?(?:需|须|由|要|应)+{_LISTED}{_DOES}{_UNSAID}",
        rf"{_START}(?:{_SCOPE}[，,]?)?(?:均|都)?(?:由)?{_NAMES}(?:均|都)(?:需|须|要|应)?{_DOES}{_UNSAID}",
        rf"{_START}(?:{_SCOPE}[，,]?)?{_NAMES}(?:均|都|同)?(?:为|是|作为)(?:各项任务|所有任务|每项任务)?的?{_HOLDER}{_UNSAID}",
        rf"{_HOLDER}(?:一?[栏列])?[^，,；;。]{{0,4}}?(?:为空白?|空白|未列出?|未明确|未注明|未填写?)的?[^，,；;。]{{0,6}}?[，,]?(?:均|都)?(?:由|为)+{_BLANKS}(?:(?:负责|具体|组织)*(?:落实|实施|执行)|(?=[。；;）)]|$))",
        rf"{_START}(?:{_SCOPE}[，,]?)?的?{_HOLDER}(?:均|都|同)?(?:为|是|包括){_LISTED}{_UNSAID}",
    )
)


@dataclass(frozen=True)
class StandingRule:
    """The names as written, and the text without the rule and the bracket that held it."""

    names: str
    rest: str


def standing_rule(text: str) -> StandingRule | None:
    """The rule that a text states, wherever its lines were broken; None where it states none."""
    if not re.search("不再|空白|为空|未列|未明确|未注明", re.sub(r"\s", "", text)):
        return None
    kept = [at for at, sign in enumerate(text) if not sign.isspace()]
    bare = "".join(text[at] for at in kept)
    for pattern in _RULES:
        if found := pattern.search(bare):
            rest = text[: kept[found.start()]] + text[kept[found.end() - 1] + 1 :]
            names = re.sub(r"^(?:各项|重点|所有)*(?:任务|措施|工作)?[，,]?", "", found["names"])
            return StandingRule(names, re.sub(r"[（(]\s*[）)]", "", rest))
    return None
