"""Breaking Chinese text into lines: 避头尾 after GB/T 15834-2011 and CLREQ, words and figures kept whole.

Two full-width marks that meet share an em and a half, and at a line's end a mark gives up its blank half where it would
else be driven to the next line with what it closes (CLREQ, 标点挤压). Widths are in thousandths of an em, so that one
result serves every size. The work grows with the text's length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

NO_START = frozenset("，。、；：？！…—–～·•）》〉」』】〕］｝〗〙”’％‰℃°′″．,.;:?!)]}>%、﹏ー々〻/／")
"""Marks that no line may start with."""
NO_END = frozenset("（《〈「『【〔［｛〖〘“‘([{<￥＄$£€#＃№@/／")
"""Marks that no line may end with."""

CLOSERS, OPENERS = "，。、；：）》〉」』】〕］｝〗〙”’", "（《〈「『【〔［｛〖〘“‘"
"""Full-width marks with a blank half behind them, and before them, where the face draws them so."""
_MET = re.compile(f"[{CLOSERS}{OPENERS}](?=[{CLOSERS}{OPENERS}])")
TIGHT = re.compile(r"[^ \u2e80-\uffff\U00020000-\U0003ffff“”‘’]{2,}")
"""Signs that justified setting does not part: Latin words, figures, dashes."""

_RUN = r"[!-~¡-ɏͰ-Ͽ‐‑′″⁰-₟℀-⅏←-⋿㎍-㏕＜＞]"
_UNIT = (
    "(?:[十百千万亿]*[余多]?(?:个百分点|百分点|个月|个|蒸吨|吨标准煤|吨标煤|吨公里|微克|毫克|千克|公斤|吨|立方米|平方公里|"
    "平方米|公里|千米|厘米|毫米|微米|米|公顷|亩|千瓦时|千瓦|兆瓦|小时|分钟|分贝|秒|天|年|月|日|季度|元|台套|台|辆|艘|"
    "批次|人次|次|户|家|项|处|条|座|套|件|起|份|人|名|升|克|度|场|所|间|栋|幢|层|期|批|轮|级|类|种|笔|宗|例|片|块|部|辆次|家次|车次|周|旬|小时|千卡|兆帕|倍|％|‰|℃)|[万亿]+)"
)
_TOKEN = re.compile(
    r"(?P<loose>[\u3400-\u4dbf\u4e00-\u7b2b\u7b2d-\u9fff]+)"  # all plain characters but 第
    rf"|(?P<word>第?{_RUN}+(?:[—–～－]{_RUN}+)*(?:(?<=[0-9])(?:{_UNIT})(?:[/／]{_UNIT})*)?)"
    r"|(?P<ordinal>第[一二三四五六七八九十百]+(?:季度|阶段|[批轮次期个条届类项])?)"
    r"|(?P<space>[ \u3000]+)|(?P<dash>—+|…+)|(?P<char>.)"
)
_PIECE = re.compile(rf"{_RUN}*?[/?&=_\-.:,](?={_RUN})|{_RUN}+|[—–～－]|{_UNIT}|.")

Span = tuple[int, int, bool]
"""From where to where a part of a paragraph stands that stays whole, or (True) plain characters, parted anywhere."""


class NoSqueeze(dict[str, float]):
    """Every mark keeps its em."""

    def __missing__(self, key: str) -> float:
        return 0.0


_NONE = NoSqueeze()
_SPACES = " \u3000"


@dataclass(frozen=True)
class Line:
    """One line as it is set; `width` natural, in thousandths of an em; `last` of its paragraph.

    `squeezed`: whether there are marks in its paragraph that meet and give something up.
    """

    text: str
    width: float
    last: bool
    squeezed: bool = True


def break_lines(
    text: str,
    limit: float,
    advances: Mapping[str, float],
    indent: float = 0,
    squeezes: Mapping[str, float] = _NONE,
) -> tuple[Line, ...]:
    """Lines no wider than `limit`; a newline ends a paragraph. `indent` narrows each paragraph's first line.

    `squeezes`: what two marks give up when they meet, and one alone at a line's end. What is wider than a line is split:
    first between figure and unit or after a slash, then anywhere.
    """
    found: list[Line] = []
    for paragraph in text.split("\n"):
        found += _set(paragraph.strip(" \u3000"), limit, advances, indent, squeezes)
    return tuple(found)


def squeezed(text: str, squeezes: Mapping[str, float]) -> float:
    """What the marks that meet in a text give up."""
    return sum([given for _, given in met(text, squeezes)])


def met(text: str, squeezes: Mapping[str, float]) -> list[tuple[int, float]]:
    """Where a mark stands right behind another, and what the two give up."""
    found = [(at.end(), squeezes[text[at.start() : at.end() + 1]]) for at in _MET.finditer(text)]
    return [each for each in found if each[1]] if found else found


def _glued(tokens: Iterable[tuple[str, str]], at: int) -> list[Span]:
    """The tokens that stand from `at` on, marks joined to what they must not be parted from; spaces stand alone."""
    spans: list[Span] = []
    held = quoted = spaced = False
    for kind, token in tokens:
        start, at = at, at + len(token)
        if kind == "loose":
            if held:
                _join(spans, start + 1)
                start += 1
            if start < at:
                spans.append((start, at, True))
            held = spaced = False
            continue
        if kind == "space":
            spans.append((start, at, False))
            held, spaced = False, True
            continue
        closing = token[0] in NO_START
        opening = token[-1] in NO_END
        if token == '"':
            closing, opening, quoted = quoted, not quoted, not quoted
        if closing and spaced and len(spans) > 1:
            spans.pop()
            _join(spans, at)
        elif spans and not spaced and (held or closing):
            _join(spans, at)
        else:
            spans.append((start, at, False))
        held, spaced = opening, False
    return spans


def _join(spans: list[Span], end: int) -> None:
    """Makes what stands before, of plain characters the last, one with all up to `end`."""
    start, before, loose = spans.pop()
    if loose and before - start > 1:
        spans.append((start, before - 1, True))
        start = before - 1
    spans.append((start, end, False))


def _finer(text: str, span: Span, level: int) -> list[Span]:
    """Parts of what is wider than a line: words and units, then characters, then (none) no rule at all."""
    start, end, _ = span
    pieces = _PIECE.findall(text[start:end]) if level == 1 else text[start:end] if level == 2 else ()
    return _glued((("char", piece) for piece in pieces), start)


def _whole(text: str, limit: float, indent: float, width: Callable[[int, int], float]) -> list[Span]:
    """What stays whole of a paragraph, in order: each no wider than a line."""
    tokens = [(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(text)]
    # The last first, so that what is split goes on in order.
    waiting = [(span, 0) for span in reversed(_glued(tokens, 0)) if not span[2] and span[1] - span[0] > 1]
    found = []
    while waiting:
        span, level = waiting.pop()
        start, end, _ = span
        if width(start, end) <= (limit if start else limit - indent):
            found.append(span)
        elif level < 3:
            parts = reversed(_finer(text, span, level + 1))
            waiting += [(part, level + 1) for part in parts if part[1] - part[0] > 1]
    return found


def _set(
    text: str, limit: float, advances: Mapping[str, float], indent: float, squeezes: Mapping[str, float]
) -> list[Line]:
    """Greedy setting of one paragraph. Each sign's width is asked for once; a line costs two look-ups by halving."""
    widths = list(map(advances.__getitem__, text))
    pairs = met(text, squeezes)
    # Where each sign ends if all stood on one line.
    ends = list(accumulate(_steps(widths, pairs)))
    if not text or ends[-1] <= limit - indent:
        return [Line(text, ends[-1] if text else 0.0, True, bool(pairs))]
    whole = _whole(text, limit, indent, lambda start, end: ends[end - 1] - ends[start] + widths[start])
    borders = [end for _, end, _ in whole]
    lines = []
    start, room, count = 0, limit - indent, len(text)
    while start < count:
        left = ends[start] - widths[start]
        reach = bisect_right(ends, left + room, start)
        half = squeezes[text[reach]] if reach < count and text[reach] in CLOSERS else 0.0
        if half and ends[reach] - left - half <= room and _parted(whole, borders, reach + 1) > reach:
            # A mark at the end gives up its blank half.
            end, width = reach + 1, ends[reach] - left - half
        else:
            # Where not even one sign, or one that stays whole, has room, a line holds it all the same.
            end = _parted(whole, borders, reach) if reach < count else reach
            end = _before_spaces(text, start, end if end > start else max(reach, start + 1))
            width = ends[end - 1] - left
        following = _after_spaces(text, end)
        lines.append(Line(text[start:end], width, following == count, bool(pairs)))
        start, room = following, limit
    return lines


def _steps(widths: list[float], pairs: list[tuple[int, float]]) -> list[float]:
    """The signs' widths, less what marks give up to those before them."""
    if not pairs:
        return widths
    steps = widths.copy()
    for at, given in pairs:
        steps[at] -= given
    return steps


def _before_spaces(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1] in _SPACES:
        end -= 1
    return end


def _after_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACES:
        at += 1
    return at


def _parted(whole: list[Span], borders: list[int], at: int) -> int:
    """The last place up to `at` where a line may end: before what stays whole, not within it."""
    found = bisect_right(borders, at)
    return whole[found][0] if found < len(whole) and whole[found][0] < at else at
