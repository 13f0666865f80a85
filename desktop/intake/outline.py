"""Numbering marks, and lines put back together into paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.intake.blocks import Line
from desktop.intake.lexicon import Lexicon
from desktop.intake.plain_text import (
    CLOSING,
    OPENING,
    bracket_spans,
    cleaned,
    depth_after,
    ends_sentence,
    joined,
)
from desktop.intake.responsibility import is_responsibility, starts_with_label

_CHINESE = "一二三四五六七八九十百零〇"
# From the highest level to the lowest.
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"^第([{_CHINESE}\d]+)[章编篇部分]+[、\s]*")),
    (1, re.compile(rf"^([{_CHINESE}]+)[、．.]\s*")),
    (2, re.compile(rf"^[（(]([{_CHINESE}]+)[）)][、．.]?\s*")),
    (3, re.compile(r"^(\d{1,3})(?:[.．](?!\d)|、)\s*")),
    (4, re.compile(r"^[（(](\d{1,2})[）)][、．.]?\s*|^(\d{1,2})[）)]\s*")),
    (5, re.compile(r"^([①-⑳])\s*")),
)
# （2025年）, (2024—2025年): what a title may carry behind its last word.
YEARS = re.compile(r"[（(〔]\d{4}[^（）()]{0,12}[）)〕]$")
_TITLE_END = re.compile(
    r"(?:方案|计划|清单|规划|公告|通知|意见|要点|办法|行动|分工表?|台账|表|细则|措施|稿）|稿\))$"
)
_NO_SENTENCE = re.compile(r"[。；！？]")
_HEADING_LENGTH = 50
# What is longer is no paragraph that lines were cut from, but a text without any order.
_LONGEST = 20_000


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


def marker_of(text: str) -> Marker | None:
    """The numbering mark that a text begins with."""
    bare = text.lstrip(" \u3000*_")
    for level, pattern in _MARKS:
        match = pattern.match(bare)
        if match:
            number = next(group for group in match.groups() if group)
            return Marker(level, number, bare[match.end() :].strip())
    return None


def number_value(number: str) -> int:
    """A number as printed, as an integer; 0 where it is none."""
    if number.isdigit():
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
    return len(text) <= 60 and not re.search(r"[。；，！？]", text) and bool(_TITLE_END.search(bare))


def paragraphs(lines: Sequence[Line], hard: bool, lexicon: Lexicon) -> list[Paragraph]:
    """Paragraphs in one piece: sentences and brackets that a line or page end cut are put together."""
    kept = _without_noise(lines) if hard else list(lines)
    width = _wrap_width(kept) if hard else 0
    runs_in = _run_in(kept)
    found: list[Paragraph] = []
    for at, line in enumerate(kept):
        after = kept[at + 1] if at + 1 < len(kept) else None
        open_ended = bool(found) and len(found[-1].text) < _LONGEST
        if open_ended and _goes_on(found[-1].text, kept[at - 1], line, after, width, runs_in, lexicon):
            found[-1] = Paragraph(joined(found[-1].text, line.text), found[-1].first, line.block)
        else:
            found.append(Paragraph(line.text, line.block, line.block))
    return [Paragraph(cleaned(p.text), p.first, p.last) for p in found]


def _goes_on(
    text: str,
    before: Line,
    line: Line,
    after: Line | None,
    width: int,
    runs_in: dict[int, bool],
    lexicon: Lexicon,
) -> bool:
    """Whether a line continues the text so far."""
    marker = marker_of(line.text)
    if (
        depth_after(text[-400:]) > 0
        and depth_after(line.text.split("\n")[0][:400]) < 0
        and not (marker and marker.level in (1, 3))
    ):
        return True
    head = marker_of(text)
    if head and not head.rest:
        return True
    if marker and _begins(text, marker, line.text):
        return False
    if starts_with_label(line.text) or _is_whole_bracket(text, lexicon):
        return False
    if ends_sentence(text):
        wrapped = width and len(before.text) >= width - 2 and not line.gap and not line.indented
        return bool(wrapped) and marker is None and not is_whole_responsibility(line.text, lexicon)
    if starts_with_label(text) and re.match(r".*[。；;]$", text):
        return False
    if head and not _NO_SENTENCE.search(head.rest) and len(text) <= _HEADING_LENGTH:
        return _heading_goes_on(head, line, after, runs_in.get(before.block))
    if is_title_line(text) or is_title_line(line.text) or re.match(r"^附\s*件\s*\d*[:：]?$", text):
        return False
    if _is_closed_line(text) or re.match(r"^[（(][^（(）)]{2,8}稿[）)]$", line.text):
        return False
    return not (line.indented and line.gap and ends_sentence(text))


def _begins(text: str, marker: Marker, line: str) -> bool:
    """Whether a numbering mark at a line's head begins a new paragraph rather than standing in a sentence."""
    if ends_sentence(text) or marker_of(text) or len(text) <= 20 or is_title_line(text):
        return bool(marker.rest) or marker.level != 3
    if text[-1] in "；;：:" or text[-1] in CLOSING or starts_with_label(text):
        return True
    return marker.level in (2, 4) or (
        marker.level == 3
        and re.match(r"[\u4e00-\u9fff]{3}", marker.rest) is not None
        and text[-1] not in "，、"
    )


def _heading_goes_on(head: Marker, line: Line, after: Line | None, runs_in: bool | None) -> bool:
    """Whether the line after a mark's unfinished text is the rest of it, or the body under a heading."""
    first = re.split(r"[。；，]", line.text, maxsplit=1)[0]
    if runs_in or len(line.text) <= 3:
        return True
    next_marker = marker_of(after.text) if after else None
    short = len(line.text) <= 24 and not re.search(r"[。；：]", line.text)
    if short and (next_marker is not None or after is None) and not is_title_line(line.text):
        return True
    return bool(re.match(r"^[^。，；：]{1,6}。", line.text)) and len(head.rest + first) <= 40


def _run_in(lines: Sequence[Line]) -> dict[int, bool]:
    """For each line with a mark and no sentence end: whether its siblings carry their text on the same line."""
    groups: list[list[tuple[int, bool]]] = []
    open_groups: dict[int, list[tuple[int, bool]]] = {}
    for line in lines:
        marker = marker_of(line.text)
        if marker is None:
            continue
        for level in [level for level in open_groups if level > marker.level]:
            if level - marker.level > 0 and marker.level < 3:
                del open_groups[level]
        group = open_groups.get(marker.level)
        if group is None:
            group = open_groups[marker.level] = []
            groups.append(group)
        group.append((line.block, bool(_NO_SENTENCE.search(marker.rest)) or len(line.text) > _HEADING_LENGTH))
    result = {}
    everywhere = Counter(full for group in groups for _, full in group)
    for group in groups:
        full = sum(1 for _, run in group if run)
        for block, run in group:
            others, others_full = len(group) - 1, full - run
            result[block] = others_full * 2 > others if others else everywhere[True] > everywhere[False] * 3
    return result


def _is_whole_bracket(text: str, lexicon: Lexicon) -> bool:
    """Whether a text ends with a bracket that closes a paragraph: a responsibility, or all of the text."""
    # No responsibility is longer than what is looked at here.
    bare = text[-800:].rstrip("。 ")
    if not bare or bare[-1] not in CLOSING:
        return False
    spans = bracket_spans(bare)
    if not spans or spans[-1][1] != len(bare):
        return False
    start, end = spans[-1]
    return (start == 0 and len(text) < 30) or is_responsibility(bare[start + 1 : end - 1], lexicon, False)


def is_whole_responsibility(text: str, lexicon: Lexicon) -> bool:
    """Whether a paragraph is nothing but a responsibility in brackets."""
    bare = text.strip(" \u3000。")
    return len(bare) > 2 and bare[0] in OPENING and is_responsibility(bare, lexicon)


def _is_closed_line(text: str) -> bool:
    """Lines of a letterhead or address, which stand for themselves."""
    return bool(
        re.match(
            r"^(?:联系人|联系电话|电话|电子邮箱|邮箱|地址|附件|通讯地址|传真|邮编)[^，。]{0,4}[:：]", text
        )
    )


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which a text was broken by hand, 0 where it was not."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 8)
    if len(lengths) < 12 or lengths[-1] > 120:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    full = sum(1 for length in lengths if width - 3 <= length <= width + 2)
    return width if full * 10 >= len(lengths) * 4 else 0


def _without_noise(lines: Sequence[Line]) -> list[Line]:
    """Lines without page numbers and running heads."""
    counts = Counter(line.text for line in lines if len(line.text) <= 40)
    kept = []
    for at, line in enumerate(lines):
        head = (
            counts[line.text] >= 3
            and not marker_of(line.text)
            and not re.search(r"[。；：:（(，、]", line.text)
        )
        if head or _is_page_number(lines, at):
            continue
        kept.append(line)
    return kept


def _is_page_number(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    if re.fullmatch(r"[-—–－·•\s]+\d{1,3}[-—–－·•\s]+|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}", text):
        return True
    if not re.fullmatch(r"\d{1,3}", text):
        return False
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    before = lines[at - 1].text if at else ""
    return not re.match(r"[%％年月日.．、:：]|微克|毫克|公里|个|台|万|吨|家|辆", after) and not re.search(
        r"[到于过达为在]$", before
    )
