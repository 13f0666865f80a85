"""Paragraphs cut after each responsibility in them, and where a document's own text ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.intake.duties.lexicon import Lexicon, is_generic, is_organ
from desktop.intake.duties.parts import split_title
from desktop.intake.duties.responsibility import is_responsibility, parse_responsibility, starts_with_label
from desktop.intake.prose.outline import Paragraph
from desktop.intake.stream.plain_text import CLOSING, OPENING, bracket_spans, with_stops

# What closes a document after its last task: when it takes effect, who explains it, who gets it.
_CLOSING_WORDS = re.compile(
    r"^(?:附\s*[件表]|抄送|主送|联系人|联系电话|附注|注[:：]|此件|（此件|\(此件)"
    r"|^(?:本|此)(?:方案|措施|办法|计划|意见|细则|实施方案|行动方案|行动计划|实施意见|若干措施|清单|规划)(?:自|从|由|有效期|所称|印发|未尽)"
    r"|联系人[:：]|^请(?:各|按)[^。]{0,60}(?:报送|报|反馈)"
    r"|自(?:印发|发布|公布)之日起(?:施行|实施|执行)|印发$|^[〇零一二三四五六七八九十\d]{4}年[\d一二三四五六七八九十]+月[\d一二三四五六七八九十]+日$"
)
# The foot of the web page that a text was copied from.
_PAGE_FOOT = re.compile(
    r"^(?:扫一扫|【?打印|关闭窗口|上一[篇条]|下一[篇条]|版权所有|网站标识码|网站地图|责任编辑|信息来源|来源[:：]|分享到|相关(?:附件|链接|文档|文章|解读)|附件下载|政策解读)"
    r"|网站标识码|ICP备|公网安备|版权所有"
)
# Who does what as a clause of its own at a sentence's head: 由市住建局牵头，会同市财政局、市水务局，
_DUTY_CLAUSE = re.compile(
    r"\s*(?P<clause>由?[^，,。；;：:]{2,60}?(?:牵头(?:负责|组织|抓总)?|负责|主办|配合|协助|参与|落实|具体实施)|会同[^，,。；;：:]{2,60}?)[，,]"
)


@dataclass(frozen=True)
class Segment:
    """A stretch of text and the responsibility that closes it, if any."""

    text: str
    duties: str
    first: int
    last: int


def closes_document(text: str) -> bool:
    """Whether a paragraph below the last task belongs to what closes a document: 抄送, 附件, a date, a web page's foot."""
    return bool(_CLOSING_WORDS.search(text) or _PAGE_FOOT.search(text))


def without_closing(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> list[Paragraph]:
    """A document's paragraphs without what closes it, which stands below the last responsibility."""
    last = max(
        (
            at
            for at, p in enumerate(paragraphs)
            if not _PAGE_FOOT.search(p.text) and any(s.duties for s in segments_of(p, p.text, lexicon))
        ),
        default=len(paragraphs),
    )
    for at in range(last + 1, len(paragraphs)):
        if closes_document(paragraphs[at].text):
            return list(paragraphs[:at])
    return list(paragraphs)


def segments_of(paragraph: Paragraph, text: str, lexicon: Lexicon) -> list[Segment]:
    """A paragraph cut after each responsibility in it."""
    if starts_with_label(text) and is_responsibility(text, lexicon):
        return [Segment("", text, paragraph.first, paragraph.last)]
    found: list[Segment] = []
    at = 0
    even = with_stops(text)
    for start, end, inner in _responsibility_spans(even, lexicon):
        body = text[at:start].strip()
        if even[end : end + 1] in ("。", "；", ";") and re.search(r"[^。！？；：”;:]$", with_stops(body)):
            # （…负责）。 The stop is the sentence's own.
            body += text[end]
        found.append(Segment(body, inner, paragraph.first, paragraph.last))
        at = end
        while at < len(text) and even[at] in f"。；; {CLOSING}":
            at += 1
    rest = text[at:].strip()
    if rest:
        body, duties = _trailing_label(rest, lexicon)
        if not duties and not found:
            body, duties = _leading_duties(rest, lexicon)
        found.append(Segment(body, duties, paragraph.first, paragraph.last))
    return found


def _responsibility_spans(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Brackets that say who is responsible: (start, end, inside). A bracket that never closes runs to the end."""
    spans = bracket_spans(text)
    found = []
    for start, end in spans:
        closing = end >= len(text.rstrip("。；; ")) or text[end : end + 1] in "\n"
        inner = text[start + 1 : end - 1]
        after_stop = start == 0 or text[:start].rstrip()[-1:] in "。！；;”\n"
        plain = closing and (after_stop or lexicon.is_known(re.split("[、，,]", inner)[0]))
        if is_responsibility(inner, lexicon, bare_list=plain) and (
            closing or after_stop or text[end : end + 1] in "。；;"
        ):
            found.append((start, end, inner))
    if found and found[-1][1] >= len(text.rstrip("。；; ")):
        return found
    covered = {at for start, end in spans for at in range(start, end)}
    floor = found[-1][1] if found else 0
    for at in range(floor, len(text)):
        if text[at] in OPENING and at not in covered and is_responsibility(text[at + 1 :], lexicon, False):
            return [*found, (at, len(text), text[at + 1 :])]
    bare = text.rstrip("。；; ")
    if bare and bare[-1] in CLOSING and len(bare) - 1 not in covered:
        start = max(bare.rfind(sign, floor) for sign in "。！；") + 1
        if start and is_responsibility(bare[start:-1], lexicon, False):
            return [*found, (start, len(text), bare[start:-1])]
    return found


def _trailing_label(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Text and the responsibility that follows it without brackets: a label, or a last sentence of duties only."""
    even = with_stops(text)
    label = re.search(
        r"(?<=[。；！\s;])(?:(?:总?牵头|主办|主责|责任|配合|落实|实施)(?:责任)?(?:单位|部门|主体)|完成时限)[:：][^。]*。?$",
        even,
    )
    if label and is_responsibility(label.group(), lexicon):
        return text[: label.start()].strip(), label.group()
    head, stop, last = even.rstrip("。 ").rpartition("。")
    if stop and re.search(r"牵头", last) and "，" in last and is_responsibility(last, lexicon, False):
        whole = parse_responsibility(last, lexicon)
        if all(len(duty.name) <= 20 for duty in whole.duties) and re.search(
            r"(?:配合|落实|负责|牵头|实施)$", last
        ):
            return text[: len(head) + 1], last
    return text, ""


def _leading_duties(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Text without the clauses that say who leads it in front: 市住建局牵头，市财政局配合，……."""
    title, body = split_title(text)
    if not title:
        body = text
    head, at = len(text) - len(body), 0
    while found := _DUTY_CLAUSE.match(body[at:]):
        clause = found["clause"]
        names = [duty.name for duty in parse_responsibility(clause, lexicon).duties]
        sound = all(is_organ(n, lexicon) or is_generic(n) for n in names)
        if not names or not sound or not is_responsibility(clause, lexicon, bare_list=False):
            break
        at += found.end()
    if not at or not body[at:].strip() or not re.search("牵头|负责|主办", body[:at]):
        return text, ""
    return text[:head] + body[at:].lstrip(), body[:at].rstrip("，, ")
