"""Sentences cut into clauses, each with the year that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.intake.stream.plain_text import CLOSING, OPENING, with_stops

_AROUND = re.escape(OPENING + CLOSING) + "《》“”"
_YEAR = r"(?:“?十[三四五六]五”?(?:规划)?(?:期)?末|每年\s*\d{1,2}\s*月(?:底|末|份|\d{1,2}日)?(?=前)|20\d\d\s*年(?:\s*(?:底|末|初|汛期|主汛期|[采供取]暖[期季]|上半年|下半年|[一二三四]季度|第[一二三四]季度|\d{1,2}\s*月(?:\s*(?:底|末|\d{1,2}\s*日))?))?)(?:前|之前|以前)?"
_DEADLINE = re.compile(
    rf"(?:^|(?<=[，,；;。\x02]))\s*(?:力争|确保|计划|争取|并|其中)?(?:到|至|在|于|截至|截止到?)?\s*(?P<when>{_YEAR})(?:，|,|\s)*(?![-—–～~至到]|度?(?:环境)?(?:基准|版|本))"
)
_INNER = re.compile(rf"(?:到|至|力争|确保|争取|，|于)\s*(?P<when>{_YEAR})(?=，|,|$|\s*(?:[\u4e00-\u9fff]))")
_YEARS = re.compile(
    r"(?P<a>20\d\d)\s*年?\s*(?:、|和|及)\s*(?P<b>20\d\d)\s*年(?:\s*(?:、|和|及)\s*(?P<c>20\d\d)\s*年)?"
)
_SPAN = re.compile(
    r"(?<!\d)(?P<from>20\d\d)\s*年?\s*[-—–～~至到]\s*(?P<when>20\d\d\s*年(?:底|末)?)(?!\s*(?:度报告|数据)|[^《]*》)"
)
_YEARLY = re.compile("分别|分年度|年各")
_SINCE = re.compile(r"(?:自|从|较|比|与|于|以)\s*$")
# （1）, 2.: what counts the sentences of a measure.
_COUNTED = re.compile(r"^\s*(?:[（(]\d{1,2}[）)][、.．]?|\d{1,2}(?:、|[.．](?!\d)))\s*(?=[\u4e00-\u9fff“《])")
_CONDITION = re.compile(r"^(?:或者?|且|对|凡|当(?![年地前季月日天下])|如|若|符合|针对)")


@dataclass(frozen=True)
class Clause:
    """A clause: its text, the deadline that governs it, the clause before in its sentence.

    `shown` is the text as printed where `text` has parts blanked out. `condition`: it goes on with, or is,
    the description of what is meant and sets nothing.
    """

    text: str
    deadline: str
    before: str
    years: tuple[str, ...] = ()
    condition: bool = False
    segment: int = 0
    shown: str = ""
    sentence: str = ""


def clauses_of(text: str) -> Iterator[Clause]:
    """The clauses of a text in order; a year given once governs the rest of its sentence."""
    for sentence in _split(with_stops(text), "。！？\n"):
        deadline, years = "", tuple[str, ...]()
        before = ""
        sentence = _COUNTED.sub("", sentence)
        for number, segment in enumerate(_split(sentence, "；;")):
            pieces = _split(segment, "，,")
            for at, piece in enumerate(pieces):
                listed = _YEARS.search(piece)
                span = _SPAN.search(piece) if _YEARLY.search(piece) else None
                if listed:
                    years = tuple(f"{y}年" for y in listed.groups() if y)
                elif span:
                    years = tuple(f"{y}年" for y in range(int(span["from"]), int(span["when"][:4]) + 1))
                when = deadline_in(piece)
                if when:
                    deadline = when
                following = pieces[at + 1] if at + 1 < len(pieces) else ""
                condition = bool(
                    _CONDITION.match(piece)
                    and not re.search(
                        r"(?:达到|不低于|控制在|每[年季月周][^，]*不(?:少于|超过|得)|不(?:少于|超过|得[^，]{2})\d+次$)",
                        piece,
                    )
                ) or bool(re.match(r"^(?:或者?|且)", following) and re.search(r"的", following))
                yield Clause(piece, deadline, before, years, condition, number, sentence=sentence)
                before = piece
                if years and _YEARLY.search(piece):
                    # Several years govern their own clause only.
                    deadline, years = "", ()


def deadline_in(piece: str) -> str:
    """The year or date by which a clause wants something, as written without 到 and spaces."""
    match = _SPAN.search(piece) or _DEADLINE.search(piece) or _INNER.search(piece)
    if not match or _SINCE.search(piece[: match.start("when")]):
        return ""
    return re.sub(r"\s", "", match["when"])


def without_deadline(text: str) -> str:
    """A clause's words without its time; a year that describes (2000年底前建成的小区) stays."""
    text = _SPAN.sub("", _YEARS.sub("", text, count=1))
    for pattern in (_DEADLINE, _INNER):
        match = pattern.search(text)
        if match and not _SINCE.search(text[: match.start("when")]):
            text = text[: match.start()] + text[match.end() :].lstrip("，, ")
    return text.strip()


def _split(text: str, signs: str) -> list[str]:
    """Pieces between signs outside brackets and not between two digits."""
    pieces, start, depth = list[str](), 0, 0
    for mark in re.finditer(f"[{signs}{_AROUND}]", text):
        at, sign = mark.start(), mark.group()
        depth = max(0, depth + (sign in OPENING + "《“") - (sign in CLOSING + "》”"))
        between = (
            0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit() and sign in ",，"
        )
        if sign in signs and not between and (depth == 0 or sign == "\n"):
            pieces.append(text[start:at].strip())
            start, depth = at + 1, 0 if sign == "\n" else depth
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]
