"""Numbering marks, titles, and the paragraphs that they stand in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_CHINESE = "一二三四五六七八九十百零〇"
# A mark that counts nothing.
BULLET = 6
# From the highest level to the lowest.
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"^第([{_CHINESE}\d]+)[章编篇部分]+[、\s]*")),
    (1, re.compile(rf"^([{_CHINESE}]+)[、．.]\s*|^([{_CHINESE}]{{1,2}})[,，](?=[^,，。]{{2,30}}$)")),
    (2, re.compile(rf"^[（(]([{_CHINESE}]+)[）)][、．.]?\s*")),
    (3, re.compile(r"^(\d{1,3})(?:[.．](?!\d)|、)\s*")),
    (3, re.compile(rf"^第([{_CHINESE}]{{1,4}}|\d{{1,3}})条(?:[、：:．.\s]+|(?=[（(【])|$)")),
    (
        3,
        re.compile(
            rf"^(?:重点)?(?:任务|措施|事项|行动|工程)([{_CHINESE}]{{1,3}}|\d{{1,3}})(?:[：:、．\s]+|\.(?!\d)\s*)"
        ),
    ),
    (4, re.compile(r"^[（(](\d{1,2})[）)][、．.]?\s*|^(\d{1,2})[）)]\s*")),
    (5, re.compile(r"^([①-⑳])\s*")),
    (BULLET, re.compile(r"^([●◆■◇▶►➢➤★▪▸◎])\s*")),
)
# （2025年）, (2024—2025年): what a title may carry behind its last word.
YEARS = re.compile(r"[（(〔]\d{4}[^（）()]{0,12}[）)〕]$")
_TITLE_END = re.compile(
    r"(?:方案|计划|清单|规划|公告|通知|意见|要点|办法|行动|安排|部署|预案|分解|举措|分工表?|台账|任务书|责任书|责任状|路线图|表|细则|措施|稿）|稿\))$"
)


@dataclass(frozen=True)
class Marker:
    """A numbering mark: level (一、 1, （一） 2, 1. 3, （1） 4), the number as printed, the text after it."""

    level: int
    number: str
    rest: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one piece; the blocks that it was read from, first and last."""

    text: str
    first: int
    last: int

    @property
    def marker(self) -> Marker | None:
        return marker_of(self.text)


# A line is asked about several times while its neighbours are joined.
@lru_cache(maxsize=256)
def marker_of(text: str) -> Marker | None:
    """The numbering mark that a text begins with."""
    bare = text.lstrip(" \u3000*_")
    for level, pattern in _MARKS:
        match = pattern.match(bare)
        if match:
            number = next(group for group in match.groups() if group)
            return Marker(
                level,
                unicodedata.normalize("NFKC", number) if number.isdecimal() else number,
                bare[match.end() :].strip(),
            )
    return None


def number_value(number: str) -> int:
    """A number as printed, as an integer; 0 where it is none."""
    if number.isdecimal():
        return int(number)
    if len(number) == 1 and "①" <= number <= "⑳":
        return ord(number) - ord("①") + 1
    head, ten, tail = number.partition("十")
    digits = {sign: at for at, sign in enumerate("〇一二三四五六七八九")}
    if ten:
        return digits.get(head, 1 if not head else 0) * 10 + digits.get(tail, 0)
    return digits.get(number, 0)


def is_title_line(text: str) -> bool:
    """Whether a line reads as the title of a document."""
    bare = YEARS.sub("", text.strip())
    return len(text) <= 60 and not re.search(r"[。；，！？,;]", text) and bool(_TITLE_END.search(bare))
