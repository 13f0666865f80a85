"""What a page's edge adds to a text, and how wide its lines were written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.intake.prose.outline import is_title_line, marker_of, number_value
from desktop.intake.stream.blocks import Line
from desktop.intake.stream.plain_text import ends_sentence

_PAGE_NUMBER = re.compile(
    r"[-—–－·•~\s]+\d{1,3}[-—–－·•~\s]+|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}|[·•—–－-]\s*\d{1,3}"
)
# A page's number in the same line as its running head.
_PAGED = re.compile(
    r"^(?:第\s*\d{1,3}\s*页|[-—–－·]\s*\d{1,3}\s*[-—–－·]|\d{1,3})\s+|\s+(?:第\s*\d{1,3}\s*页.{0,9}|[-—–－·\s]*\d{1,3}[-—–－·\s]*)$"
)
# What a running head ends in: 沙洲市人民政府文件, 工作简报, a document's title.
_LETTERHEAD = re.compile(
    r"(?:文件|简报|通报|汇编|政府|委员会|办公室|指挥部|领导小组|方案|计划|清单|规划|意见)$"
)
# What a figure that stands alone on its line goes on with, or what came before it.
_COUNTED = re.compile(
    r"\d{0,4}(?:\.\d+)?(?:[%％‰年月日号.．、，,:：度倍分元米吨户亩台个家辆座项处条所名人片株口套批次级类种万亿多余以至—/～~]|微克|毫克|公里|千瓦|千伏|千米|蒸吨|平方|立方|小时|分钟|公顷|℃)"
)
_COUNTING = re.compile(r"[到于过达为在以约第成加少增及至新建造至改由从每共个、（(—]$|PM$|GB$|[A-Za-z]$")


def without_noise(lines: Sequence[Line]) -> list[Line]:
    """Lines without page numbers and running heads."""
    heads = _running_heads(lines)
    lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
    kept: list[Line] = []
    last = 0
    for at, line in enumerate(lines):
        marker = marker_of(line.text)
        head = _unpaged(line.text) in heads and not _is_title(kept, line)
        if head or _is_page_number(lines, at, last):
            continue
        if marker and marker.level == 3:
            last = number_value(marker.number)
        kept.append(line)
    return kept


def _unpaged(text: str) -> str:
    """A running head without the page's number in its line; what is longer than any head stays as it is."""
    return _PAGED.sub("", text) if len(text) <= 80 else text


def _running_heads(lines: Sequence[Line]) -> set[str]:
    """Lines that come back three times, or beside a page's number; the title of the plan may be one."""
    numbered = Counter(
        line.text
        for above, line, below in zip(lines, lines[1:], [*lines[2:], Line("")], strict=False)
        if _PAGE_NUMBER.fullmatch(above.text) or _PAGE_NUMBER.fullmatch(below.text)
    )
    cutting = {
        line.text
        for at, line in enumerate(lines)
        if _cuts_a_sentence(lines, at) and _LETTERHEAD.search(line.text)
    }
    counts = Counter(text for line in lines if 4 <= len(text := _unpaged(line.text)) <= 40)
    return cutting | {
        text
        for text, count in counts.items()
        if (count >= 3 or (count == 2 and numbered[text] >= (1 if is_title_line(text) else 2)))
        and not marker_of(text)
        and (is_title_line(text) or not re.search(r"[。；：:（(，、]", text))
    }


def _cuts_a_sentence(lines: Sequence[Line], at: int) -> bool:
    """Whether a short line beside a page's number stands in the middle of a sentence that a page's end cut."""
    line, own = lines[at], lines[at].text
    if not 4 <= len(own) <= 30 or marker_of(own) or re.search(r"[。；：:（(，、]", own):
        return False
    if at > 1 and _PAGE_NUMBER.fullmatch(lines[at - 1].text):
        before, after = lines[at - 2], lines[at + 1] if at + 1 < len(lines) else line
    elif at > 0 and at + 2 < len(lines) and _PAGE_NUMBER.fullmatch(lines[at + 1].text):
        before, after = lines[at - 1], lines[at + 2]
    else:
        return False
    return len(before.text) > 12 and not ends_sentence(before.text) and not marker_of(after.text)


def _is_title(before: Sequence[Line], line: Line) -> bool:
    """Whether a running head stands here as the document's own title, above all that is numbered."""
    return is_title_line(line.text) and not any(
        one.text == line.text or marker_of(one.text) for one in before
    )


def _is_page_number(lines: Sequence[Line], at: int, last: int) -> bool:
    """`last`: the number of the task before, for a task's number may be cut in two."""
    text = lines[at].text
    if not re.fullmatch(r"\d{1,3}", text):
        return False
    page = lines[at].page
    if page and at and at + 1 < len(lines) and lines[at - 1].page == page == lines[at + 1].page:
        # A page's number stands at its top or bottom.
        return False
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    before = lines[at - 1].text if at else ""
    whole, apart = marker_of(text + after), marker_of(after)
    begins = apart is not None and number_value(apart.number) == last + 1
    if whole and number_value(whole.number) == last + 1 and not begins:
        return False
    if begins or (lines[at].gap and at + 1 < len(lines) and lines[at + 1].gap):
        # Between two tasks, or with empty lines around it.
        return True
    return not _COUNTED.match(after) and not _COUNTING.search(before)


@dataclass(frozen=True)
class Wrap:
    """How a text's lines were broken: at so many signs, or at so much width; nothing where they were not."""

    width: int = 0
    by_signs: bool = True

    def is_full(self, text: str) -> bool:
        """Whether a line ends because the next sign had no room in it."""
        return bool(self.width) and self._measure(text) >= self.width - (2 if self.by_signs else 4)

    def _measure(self, text: str) -> int:
        """Signs; or half signs, of which Latin letters and digits take one, Chinese ones two."""
        return len(text) if self.by_signs else sum(1 if sign < "\u0100" else 2 for sign in text)

    def share(self, lines: Sequence[str]) -> float:
        """How many of the lines end at this width, or hardly before it."""
        exact = sum(1 for text in lines if self.is_full(text) and self._measure(text) <= self.width + 1)
        return exact / len(lines)


def wrap_of(lines: Sequence[Line]) -> Wrap:
    """The width at which a text was broken by hand or by its page."""
    texts = [line.text for line in lines if len(line.text) > 8]
    if len(texts) < 8 or max(map(len, texts)) > 120:
        return Wrap()
    found = []
    for by_signs in (True, False):
        measure = Wrap(1, by_signs)._measure
        widths = sorted(measure(text) for text in texts)
        found += [Wrap(widths[int(len(widths) * 0.9)], by_signs), Wrap(widths[-1], by_signs)]
    best = max(found, key=lambda wrap: wrap.share(texts))
    return best if _is_width(best, texts) else Wrap()


def _is_width(wrap: Wrap, texts: Sequence[str]) -> bool:
    """Whether lines end at a width because of it: many do, and most of these in mid-sentence."""
    full = [text for text in texts if wrap.is_full(text)]
    cut = sum(1 for text in full if text[-1] not in "。；！？）)】〕］]")
    share = wrap.share(texts)
    signs = wrap.width if wrap.by_signs else wrap.width // 2
    few = share >= 0.12 and len(full) >= 4 and 30 <= signs <= 65
    return cut * 2 >= len(full) and (share >= 0.4 or few)
