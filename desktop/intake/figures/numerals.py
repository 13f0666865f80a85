"""Numbers written in Chinese digits: 三十, 一百二十, 百分之八十五点五, 八成半."""

from __future__ import annotations

from decimal import Decimal

DIGITS = "〇零一二两三四五六七八九十百千"
_VALUE = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


def numeral_value(text: str) -> Decimal | None:
    """The value of a numeral (一万二千, 八十五点五); None where it is none."""
    thousands, myriad, rest = text.partition("万")
    if myriad:
        high, low = numeral_value(thousands), numeral_value(rest)
        return None if high is None or low is None else high * 10_000 + low
    whole, point, decimals = text.partition("点")
    total = _whole(whole)
    if total is None or (point and not decimals):
        return None
    for place, sign in enumerate(decimals, 1):
        if sign not in _VALUE:
            return None
        total += Decimal(_VALUE[sign]).scaleb(-place)
    return total


def _whole(text: str) -> Decimal | None:
    if not text:
        return None
    if all(sign in _VALUE for sign in text):
        # 二〇 and the like: place by place.
        return Decimal("".join(str(_VALUE[sign]) for sign in text))
    total, digit, last = 0, 0, 10_000
    for sign in text:
        if sign in _VALUE:
            if digit:
                return None
            digit = _VALUE[sign]
        elif sign in _TENS and _TENS[sign] < last:
            last = _TENS[sign]
            total += (digit or 1) * last
            digit = 0
        else:
            return None
    return Decimal(total + digit)
