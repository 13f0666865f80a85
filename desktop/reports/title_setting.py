"""Titles over one to three lines, broken where the words end and in good proportion (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from desktop.reports.line_breaking import NO_END, NO_START
from desktop.reports.page import Style

_WORDS = re.compile(
    r"[0-9A-Za-z.]+年?|第[一二三四]季度|人民政府|管理委员会|管委会|实施方案|行动方案|行动计划|实施细则|环境质量|空气质量|"
    r"大气污染|水污染|土壤污染|污染|防治|持续|改善|提升|攻坚|行动|方案|计划|蓝天|保卫战|三年|综合|治理|整治|生态|环境|"
    r"保护|工作|任务|落实|进展|情况的报告|情况汇总|情况|汇总|报告|关于|重点|专项|推进|高质量|发展|开发区|工业园区|园区|."
)


def title_lines(parts: Sequence[str], style: Style, width: float) -> tuple[str, ...]:
    """The title in as few lines as fit, the parts whole where possible, no lone last characters."""
    words: list[str] = []
    ends: set[int] = set()
    for part in parts:
        for word in _WORDS.findall(part):
            if words and (word[0] in NO_START or words[-1][-1] in NO_END):
                words[-1] += word
            else:
                words.append(word)
        ends.add(len(words))
    whole = "".join(words)
    if style.width(whole) <= width:
        return (whole,)
    for lines in (2, 3, 4):
        fits = style.width(whole) <= lines * width
        if fits and (best := _best(words, ends, lines, style, width)) is not None:
            return best
    return tuple(line.text for line in style.lines(whole, width))


def _best(words: list[str], ends: set[int], count: int, style: Style, width: float) -> tuple[str, ...] | None:
    widths = [0.0]
    for word in words:
        widths.append(widths[-1] + style.width(word))
    even = widths[-1] / count
    found: tuple[float, tuple[int, ...]] | None = None
    for cuts in combinations(range(1, len(words)), count - 1):
        places = (0, *cuts, len(words))
        lengths = [widths[b] - widths[a] for a, b in pairwise(places)]
        if max(lengths) > width:
            continue
        cost = sum(((length - even) / even) ** 2 for length in lengths)
        cost += sum(0 if cut in ends or words[cut - 1] == "关于" else 0.35 for cut in cuts)
        cost += sum(0.3 for cut in cuts if words[cut][0] in "的和与及")
        if found is None or cost < found[0]:
            found = cost, places
    if found is None:
        return None
    places = found[1]
    return tuple("".join(words[a:b]) for a, b in pairwise(places))
