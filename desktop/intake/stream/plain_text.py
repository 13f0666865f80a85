"""Stray marks out of a text, and broken lines back together, without changing a word."""

from __future__ import annotations

import re
from html import unescape

OPENING = "（([〔【［﹙"
CLOSING = "）)]〕】］﹚"
SENTENCE_END = "。！？!?"
# A stop typed in half width: behind a word, a bracket, a quotation or a percentage, and before no decimal.
_HALF_STOP = re.compile(
    r"(?<=[\u4e00-\u9fff%％‰℃³²）)〕】”\"》])\.(?![\w.。])|(?<=[\u4e00-\u9fff%％‰℃）)〕】”\"》])\.(?=[\u4e00-\u9fff\d])"
    r"|(?<=[A-Za-z]{2})\.(?=\s*(?:[\u4e00-\u9fff（(]|$))|(?<=\d)\.(?=\s*$)",
    re.M,
)

_BLANK_UNIT = re.compile(
    r"\*{2,}(?=\s*(?:[%％‰]|微克|毫克|公里|千米|个|台|家|辆|座|户|吨|万|亿|亩|蒸吨|平方|立方|处|条))"
)
_SUBSCRIPT = re.compile(r"(?<=[A-Za-z])\\?_\{?([A-Za-z0-9.]+)\}?")
# _word_ as another program marks it; a low line inside a word or a web address is none.
_SLANTED = re.compile(r"(?<![A-Za-z0-9_\\/@.])_(?=[^\s_])([^_\n]{1,60}?)(?<=\S)_(?![A-Za-z0-9_])")
_EMPHASIS_LIMIT = 80
# What is left of a web page where its text was copied out of the source.
_ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|mdash|middot|bull|lt|gt|quot|amp|hellip|#\d{2,5});"
)
# No width, or nothing that a text can hold: control signs, halves of pairs, which no later file could be written with.
_UNSHOWN = re.compile(
    "[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)


def cleaned(text: str) -> str:
    """Text without Markdown-like marks, odd spaces and zero-width signs; a blank figure (`**%`) stays."""
    text = _SLANTED.sub(r"\1", _without_emphasis(evened(text)))
    return _SUBSCRIPT.sub(r"\1", text).strip(" \u3000\r\n")


def evened(text: str) -> str:
    """Text with ordinary spaces only and no signs without width; its marks stay, for a pair may span lines."""
    text = _ENTITY.sub(lambda m: unescape(m.group()), text)
    text = _UNSHOWN.sub("", text)
    text = re.sub("[\u00a0\u2002-\u200a\u202f\t]", " ", text)
    return re.sub(r"(?m)^\s*#{1,6}\s+", "", text).strip(" \u3000\r\n")


def _without_emphasis(text: str) -> str:
    """Removes pairs of `**`; a `**` outside a pair that stands before a unit is a figure left blank."""
    out, at, inside = [], 0, False
    for mark in re.finditer(r"\*{2,}", text):
        if mark.start() < at:
            continue
        out.append(text[at : mark.start()])
        at = mark.end()
        if inside:
            inside = False
        elif _BLANK_UNIT.match(text, mark.start()):
            out.append(mark.group())
        else:
            close = text.find("**", at)
            inside = 0 <= close - at <= _EMPHASIS_LIMIT and close > at
            if not inside and close >= 0:
                out.append(mark.group())
    out.append(text[at:])
    return "".join(out)


def joined(before: str, after: str) -> str:
    """Two halves of a broken line: no space but between two English words."""
    before, after = before.rstrip(), after.lstrip(" \u3000\t")
    words = re.search(r"(?:^|[^A-Za-z])[a-z]{3,}$", before[-40:]) and re.match(
        r"[a-z]{3,}(?![A-Za-z])", after
    )
    return f"{before} {after}" if words else before + after


def with_stops(text: str) -> str:
    """The text with stops that were typed in half width as full ones, positions unchanged."""
    return _HALF_STOP.sub("。", text) if "." in text else text


def depth_after(text: str) -> int:
    """How many brackets are still open at the end; closing ones without an opening count below zero."""
    return sum(map(text.count, OPENING)) - sum(map(text.count, CLOSING))


def bracket_spans(text: str) -> list[tuple[int, int]]:
    """Outermost bracketed ranges, brackets included; kinds and widths may be mixed, unpaired ones are no range."""
    stack: list[int] = []
    found: list[tuple[int, int]] = []
    for at, sign in enumerate(text):
        if sign in OPENING:
            stack.append(at)
        elif sign in CLOSING and stack:
            start = stack.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at + 1))
    return found


def masked(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with every match of the patterns blanked out, positions unchanged."""
    for pattern in patterns:
        text = pattern.sub(lambda m: "\x00" * len(m.group()), text)
    return text


def without_stop(text: str) -> str:
    """A title without its final stop."""
    return text.strip().rstrip("。．.；;：:，, ").strip()


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence may end."""
    bare = text.rstrip('”"’』」》*_ ')
    return bool(bare) and (
        bare[-1] in SENTENCE_END or re.search(r"[\u4e00-\u9fff%％‰℃）)”\"]\.$", bare[-2:]) is not None
    )
