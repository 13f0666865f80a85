"""Units of measure as plans write them: what counts things, what says how much of a property they have."""

from __future__ import annotations

import re

_THINGS = (
    "标准车|标准箱|标台|标箱|车道公里|车位|泊位|床位|学位|托位|站位|点位|"
    "人次|车次|辆次|批次|户次|家次|件次|班次|航次|场次|台次|套次|艘次|架次|"
    "个|台|套|座|辆|家|户|处|条|艘|项|所|名|人|次|批|块|棵|株|根|支|件|份|只|头|盏|部|场|期|组|桩|"
    "轮次|轮|路|课次|机架|机柜|班级|台班|种|栋|幢|间|张|枚|羽|尾|口|眼|宗|起|例|篇|册|列|架|颗|箱|桶|袋|门|孔|盘|匹"
)
_AMOUNTS = (
    "平方公里|平方千米|平方米|立方米|公里|千米|延米|公顷|千瓦时|千瓦|兆瓦时|兆瓦|吉瓦时|吉瓦|千伏安|吨标准煤|吨标煤|吨公里|"
    "亩次|亩|吨|米|方|斤|km²|km|m²|m³|㎡|MW|GW|kW"
)
_PROPERTIES = (
    "微克|毫克|克标准煤|千克标准煤|克标煤|公斤标准煤|千克|公斤|克|蒸吨|升|毫升|[μµu]g|mg|"
    "千瓦|千伏|伏|焦耳|吉焦|分贝|摄氏度|℃|毫米|厘米|立方|度|"
    "个?等级|小时|分钟|秒|个工作日|工作日|个月|学时|课时|岁|天|日|月|周|年|级|倍|元|分|dB|毫秒|TB|PB|GB|PFLOPS|EFLOPS|Mbps|Gbps|kV|kWh|MWh|GWh"
)
_PER = (
    "立方米|平方米|平方公里|平方千米|公里|升|千克|公斤|克|吨标准煤|吨|小时|时|分钟|秒|天|日|季度|季|月|采暖季|供暖季|年|"
    "亿元|万元|元|千瓦时|度|人次|人|户|辆|次|亩|公顷|台|个|头|百公里|m[³3]|m[²2]|L|h|km²|10万|十万|万|班|生|所|车|家|村|校|处|座|套|床"
)


def _any(*lists: str) -> str:
    """One alternation, the longest first."""
    return "|".join(sorted("|".join(lists).split("|"), key=len, reverse=True))


_SCALE = "(?:[十百千]?[万亿]|百|千)?"
_BRACKETED = rf"(?:[（(](?:{_any(_THINGS, _AMOUNTS, '段|点|片|区')})[）)])?"
_BASE = _any(_THINGS, _AMOUNTS, _PROPERTIES)
_SCALED = rf"(?:(?:{_BASE})|{_SCALE}(?:{_BASE}))"
_EACH = rf"(?:[十百千万亿]{{0,2}}(?:{_any(_PER)}))(?:\s*[·•.]\s*(?:{_any(_PER)}))*"
_RATE = rf"(?:\s*[/／每·•]\s*(?:[（(]{_EACH}[）)]|{_EACH}))*"
UNIT = (
    rf"个百分点|[%％‰]|[:：∶]\s*1(?!\d)|/10万|/十万|{_SCALED}{_BRACKETED}{_RATE}"
    r"|[十百千]?[万亿](?=$|以上|左右|以内|以下)"
)
NUMERAL_UNIT = (
    rf"个百分点|倍|[万亿]?(?:{_any(_THINGS, _AMOUNTS, '小时|分钟|个工作日|个月|年|天|日|元')}){_BRACKETED}"
)

_COUNTED = re.compile(rf"^{_SCALE}(?:{_THINGS}|{_AMOUNTS}|亿?元){_BRACKETED}$")
_THING = re.compile(rf"^[万亿]?(?:{_THINGS}){_BRACKETED}$")
_TIMES = re.compile(r"^(?:小时|分钟|秒|天|日|年|个月|月|周|级|个工作日|工作日|分|岁|度)$")


def counts(unit: str) -> bool:
    """Whether a unit counts things (台, 公里, 万户), rather than saying how much of a property they have."""
    return bool(_COUNTED.match(unit))


def counts_things(unit: str) -> bool:
    """Whether a unit counts separate things (台, 家), not an amount (公里, 吨)."""
    return bool(_THING.match(unit))


def is_time(unit: str) -> bool:
    """Whether a unit is one of time, or one that dates and grades are written with."""
    return bool(_TIMES.match(unit))
