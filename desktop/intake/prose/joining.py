"""Lines put back together into paragraphs: what a line's or page's end cut is made whole, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.intake.duties.lexicon import Lexicon, is_fragment, is_organ, looks_complete
from desktop.intake.duties.responsibility import is_responsibility, starts_with_label
from desktop.intake.prose.noise import Wrap, without_noise, wrap_of
from desktop.intake.prose.outline import YEARS, Marker, Paragraph, is_title_line, marker_of, number_value
from desktop.intake.prose.siblings import HEADING_LENGTH, RunIn
from desktop.intake.stream.blocks import Line
from desktop.intake.stream.plain_text import (
    CLOSING,
    OPENING,
    bracket_spans,
    cleaned,
    depth_after,
    ends_sentence,
    joined,
    with_stops,
)

_STOP = re.compile(r"[。；！？;]")
# What is longer is no paragraph that lines were cut from, but a text without any order.
_LONGEST = 20_000
# No bracket that names who is responsible is longer.
_BRACKET_LENGTH = 400
# A number or bracket that a line's end cut from the rest of its mark.
_CUT_MARK = re.compile(
    r"^[*_ ]*(?:第?[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十\d]{0,3}|\d{1,3}[.．、]?|[①-⑳])$"
)
# 落实单位：市住建局；完成 / 时限：6月底: a label that a line's end cut.
_CUT_LABEL = re.compile(
    r"[；;。，,、：:\s](?:总?牵头|主办|主责|责任|配合|协办|参与|落实|实施|完成|整改|办结)(?:责任)?$"
)
_LABEL_REST = re.compile(r"(?:责任)?(?:单位|部门|主体)[:：]|(?:时限|时间|期限)[:：]")
_LABEL_WORD = re.compile(r"^(?:完成|整改|办结|计划|工作|总|市级|县级|区级)$")
_DATE_LINE = re.compile(
    r"^[〇零一二三四五六七八九十\d]{4}年[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}日)?$"
)
_CLOSED_LINE = re.compile(
    r"^(?:联系人|联系电话|电话|电子邮箱|邮箱|地址|附件|通讯地址|通信地址|传真|邮编|抄送|主送|抄报|发送)[^，。]{0,4}[:：]"
)
_ATTACHMENT = re.compile(r"^附\s*[件表]\s*\d*[:：]?$")
_ADDRESSEES = re.compile(
    r"^[^。]{2,120}(?:政府|部门|单位|机构|委员会|委办局|企业|街道|乡镇|公司|管委会)[^。，]{0,6}[:：]$"
)
_SIGNATURE = re.compile(r"^[\u3400-\u9fff]{2,20}(?:人民政府|委员会|办公室|管委会|政府|局|厅|公司)$")
# What headings of chapters end in as well as titles do.
_HEADING_END = re.compile(r"(?:行动|措施|办法|表|台账)$")
_DRAFT_LINE = re.compile(r"^[（(][^（(）)]{2,8}稿[）)]$")


@dataclass
class _Course:
    """Where the joining stands: the numbers seen last, level by level, and how the lines were broken."""

    wrap: Wrap
    indents: bool
    runs_in: RunIn
    lexicon: Lexicon
    last: dict[int, int] = field(default_factory=dict)

    def follows(self, marker: Marker) -> bool:
        """Whether a number may come next at its level: the next one, with room for a slip, or the first."""
        value, last = number_value(marker.number), self.last.get(marker.level)
        return value == 1 or last is None or last <= value <= last + 3

    def note(self, marker: Marker) -> None:
        for level in range(max(marker.level, 3) + 1, 6):
            self.last.pop(level, None)
        self.last[marker.level] = number_value(marker.number)


def paragraphs(lines: Sequence[Line], hard: bool, lexicon: Lexicon) -> list[Paragraph]:
    """Paragraphs in one piece: sentences and brackets that a line or page end cut are put together."""
    kept = without_noise(lines) if hard else list(lines)
    course = _Course(wrap_of(kept) if hard else Wrap(), hard and _indents(kept), RunIn(kept), lexicon)
    found: list[Paragraph] = []
    unfinished = False
    for at, line in enumerate(kept):
        following = kept[at + 1 : at + 6]
        open_ended = bool(found) and len(found[-1].text) < _LONGEST
        if unfinished or (open_ended and _goes_on(found[-1], kept[at - 1], line, following, course)):
            found[-1] = Paragraph(joined(found[-1].text, line.text), found[-1].first, line.block)
        else:
            found.append(Paragraph(line.text, line.block, line.block))
        unfinished = _is_cut(found[-1], line, following, course)
        if not unfinished and found[-1].marker:
            course.note(found[-1].marker)
    return [Paragraph(cleaned(p.text), p.first, p.last) for p in found]


def _is_cut(paragraph: Paragraph, line: Line, following: Sequence[Line], course: _Course) -> bool:
    """Whether a paragraph is so far only the beginning of a mark or label, and the next line its rest."""
    if not following or paragraph.first != line.block:
        # A mark in three pieces still has nothing but its own signs.
        return bool(following) and len(paragraph.text) < 6 and _CUT_MARK.match(paragraph.text) is not None
    return _begins_cut(line.text, following, course)


def _begins_cut(text: str, following: Sequence[Line], course: _Course) -> bool:
    """Whether a line is the beginning of a mark or label that the next line ends."""
    if not following:
        return False
    after = following[0].text
    if _CUT_MARK.match(text):
        whole, apart = marker_of(text + after), marker_of(after)
        if following[1:] and not (whole and whole.rest):
            whole = marker_of(text + after + following[1].text)
        if whole and whole.rest and course.follows(whole):
            return not (apart and apart.level == whole.level and course.follows(apart) and not text.isdigit())
        return False
    return len(text) <= 6 and not starts_with_label(text) and _completes_label(text, after)


def _completes_label(text: str, after: str) -> bool:
    """Whether a line is the first word or signs of a label."""
    if starts_with_label(after) and not _LABEL_WORD.match(text):
        return False
    return starts_with_label(text + after[:8]) and not _STOP.search(text)


def _goes_on(
    paragraph: Paragraph, before: Line, line: Line, following: Sequence[Line], course: _Course
) -> bool:
    """Whether a line continues the text so far."""
    text, head = paragraph.text, paragraph.marker
    marker = marker_of(line.text)
    if not line.text.strip("*_ ") or line.text[0] in ".,;，、；。）〕】］”’》%％‰":
        return True
    if head and not head.rest:
        return True
    if marker and _begins(text, head, marker, line, course):
        return False
    if _begins_cut(line.text, following, course) and (marker is None or not _open_bracket(text)):
        return bool(_open_bracket(text)) and not _CUT_MARK.match(line.text)
    if inside := _open_bracket(text):
        return _goes_on_inside(inside, line, course.wrap.is_full(before.text), course.lexicon)
    if _CUT_LABEL.search(text) and _LABEL_REST.match(line.text):
        return True
    if starts_with_label(line.text) or _is_whole_bracket(text, course.lexicon):
        return False
    full = course.wrap.is_full(before.text)
    if ends_sentence(text):
        wrapped = full and not line.gap and not line.indented
        return wrapped and not is_whole_responsibility(line.text, course.lexicon)
    if starts_with_label(text):
        return _label_goes_on(text, line, full, course.lexicon)
    if head and not _STOP.search(with_stops(head.rest)) and len(text) <= HEADING_LENGTH:
        if course.wrap.width and not full:
            return False
        return full or _heading_goes_on(head, line, following, course.runs_in.at(paragraph.first, head.level))
    if course.indents and course.wrap.width and line.indented and not full:
        return False
    return not _stands_alone(text, line, course)


def _open_bracket(text: str) -> str:
    """What follows the outermost bracket that is still open, where that is not long ago."""
    tail = text[-_BRACKET_LENGTH:]
    if depth_after(tail) <= 0:
        return ""
    covered = {at for start, end in bracket_spans(tail) for at in range(start, end)}
    return next(
        (tail[at + 1 :] or "（" for at, sign in enumerate(tail) if sign in OPENING and at not in covered), ""
    )


def _goes_on_inside(inside: str, line: Line, full: bool, lexicon: Lexicon) -> bool:
    """Whether a line goes on in a bracket, rather than standing after one that was never closed."""
    first = line.text.split("\n")[0][:_BRACKET_LENGTH]
    if depth_after(first) < 0:
        return True
    if starts_with_label(inside):
        return not re.search(r"[。；]$", inside) or starts_with_label(first)
    ended = _is_complete(inside, lexicon)
    return not ended or first[0] in ",;，、；" or (full and not line.indented) or len(first) <= 4


def _is_complete(inside: str, lexicon: Lexicon) -> bool:
    """Whether an open bracket holds all that it should but its end: who is responsible, up to the last verb."""
    verb = re.search(r"(?:配合|负责|落实|牵头|实施|参与|参加)$", inside)
    return bool(verb) and not starts_with_label(inside) and is_responsibility(inside, lexicon, False)


def _begins(text: str, head: Marker | None, marker: Marker, line: Line, course: _Course) -> bool:
    """Whether a numbering mark at a line's head begins a new paragraph rather than standing in a sentence."""
    heading = bool(head) and not _STOP.search(with_stops(text)) and len(text) <= HEADING_LENGTH
    inside = _open_bracket(text)
    if re.search(r"(?<![A-Za-z])[A-Z]{1,6}\d+\.$", text) and re.match(r"\d", line.text):
        # PM2.|5）浓度
        return False
    if inside and _is_complete(inside, course.lexicon):
        return course.follows(marker)
    ended = ends_sentence(text) or heading or len(text) <= 20 or is_title_line(text)
    if not marker.rest and marker.level > 2 and inside:
        return False
    if (ended or text[-1] in "；;：:" or text[-1] in CLOSING) and not inside:
        return bool(marker.rest) or marker.level != 3 or course.follows(marker)
    if starts_with_label(text):
        return True
    if text[-1] in "，、第" or not course.follows(marker):
        return False
    if marker.level in (2, 4):
        return True
    return marker.level in (1, 3) and re.match(r"[\u4e00-\u9fff“《]{3}", marker.rest) is not None


def _label_goes_on(text: str, line: Line, full: bool, lexicon: Lexicon) -> bool:
    """Whether a line belongs to the labelled line before it: the rest of a name, or further names."""
    if text[-1] in "。；;":
        return False
    if text[-1] in "、，,：:" or full:
        return True
    first = re.split(r"[、，,；;。\s]", line.text, maxsplit=1)[0]
    if re.fullmatch(r"[\d年月日底前旬末初至起—-]{1,9}", line.text):
        return True
    last = re.split(r"[、，,；;。：:\s]", text)[-1]
    if re.search(r"[。！？]", line.text) and not (is_fragment(first) or is_organ(first, lexicon)):
        return False
    return is_fragment(first) or not looks_complete(last, lexicon) or looks_complete(first, lexicon)


def _stands_alone(text: str, line: Line, course: _Course) -> bool:
    """Whether a text or the line after it is one of those that no sentence runs through: letterhead, date, title."""
    if _CLOSED_LINE.match(text) or _DRAFT_LINE.match(line.text) or _ADDRESSEES.match(text):
        return True
    for own in (text, line.text):
        if _DATE_LINE.match(own) or _ATTACHMENT.match(own) or YEARS.fullmatch(own) or _CLOSED_LINE.match(own):
            return True
        if _is_document_name(own):
            return True
    if re.search(r"[，。；：、！？（(]", text) or len(text) > 40:
        return False
    # Before the first number stand letterhead and title: short lines, each for itself.
    return not course.last or bool(_SIGNATURE.match(text)) or re.search(r"〔\d{4}〕\d+号$", text) is not None


def _is_document_name(text: str) -> bool:
    return len(text) >= 8 and is_title_line(text) and not _HEADING_END.search(text)


def _heading_goes_on(head: Marker, line: Line, following: Sequence[Line], runs_in: bool) -> bool:
    """Whether the line after a mark's unfinished text is the rest of it, or the body under a heading."""
    if line.text[0] in OPENING and len(line.text) > 12:
        return False
    stop_comes = bool(following) and following[0].text[0] == "。" and not re.search("[，；：]", line.text)
    if runs_in or stop_comes or re.fullmatch(r"[^\d。；，：到在自对从据按为]{1,3}", line.text):
        return True
    pieces = [line.text]
    for after in following:
        if marker_of(after.text) or starts_with_label(after.text) or after.text[0] in OPENING:
            break
        pieces.append(after.text)
    short = all(len(piece) <= 24 and not re.search(r"[。；：;,]|\.$", piece) for piece in pieces)
    if short and len(pieces) <= 4 and not any(_is_document_name(piece) for piece in pieces):
        return len(head.rest) + sum(map(len, pieces)) <= 60
    first = re.split(r"[。；，]", line.text, maxsplit=1)[0]
    return bool(re.match(r"^[^。，；：]{1,3}。", line.text)) and len(head.rest + first) <= 40


def _indents(lines: Sequence[Line]) -> bool:
    """Whether paragraphs begin with white space: at least half of those that are long."""
    begins = [line.indented for line in lines if _STOP.search(line.text) and marker_of(line.text)]
    return len(begins) > 2 and sum(begins) * 2 >= len(begins)


def _is_whole_bracket(text: str, lexicon: Lexicon) -> bool:
    """Whether a text ends with a bracket that closes a paragraph: a responsibility, or all of the text."""
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
