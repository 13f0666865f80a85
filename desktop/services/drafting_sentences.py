"""Sentences that stand in a measure's place in the document and that no measure repeats: lost while it was read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.plan import Measure, PlanDraft, PlanProblem, Severity, SourceBlock
from desktop.services.drafting_gaps import quoted
from desktop.services.drafting_structure import measure_of

# A sentence of so many signs of which no run of so many stands in any measure is foreign to all of them.
_LEAST = 10
_RUN = 5
_TAIL = 12
_SIGNS = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbfA-Za-z0-9]")
# Short items between these are a list of units that the reader took apart, however it was cut.
_LISTED = re.compile(r"[、，,：:；;\s（）()〔〕【】]+")
_LONGEST_ITEM = 12
_DUTY_WORDS = ("牵头", "配合", "落实", "负责", "责任", "单位", "部门", "按职责", "分工", "分别")
_ENDS = re.compile(r"(?<=[。；！？])")


def lost_sentences(draft: PlanDraft) -> Iterator[tuple[Measure, SourceBlock, str]]:
    """The measure in whose place it stands, the block, and the sentence; neighbours in a block as one."""
    known, named = _runs(_pool(draft)), _names(draft)
    holders: dict[int, Measure] = {}
    for measure in draft.measures:
        for at in range(measure.source[0], measure.source[-1] + 1) if measure.source else ():
            holders.setdefault(at, measure)
    said: dict[str, int] = defaultdict(int)
    for block in draft.source:
        if block.index not in holders:
            continue
        for text in dict.fromkeys(block.cells or (block.text,)):
            lost = "".join(s for s in _ENDS.split(text) if _is_foreign(s, known, named))
            # Cells that are merged downwards say the same in every row: once is enough.
            if lost and not said[lost]:
                said[lost] += 1
                yield holders[block.index], block, lost.strip()


def with_lost(draft: PlanDraft) -> PlanDraft:
    """The draft with a question for each sentence that was lost while it was read."""
    asked = tuple(
        PlanProblem(
            "text_left_out",
            Severity.WARNING,
            measure.task_no,
            measure.part,
            {"text": quoted(text), "first": str(block.index), "last": str(block.index), "words": text},
            measure_key=measure.key,
        )
        for measure, block, text in lost_sentences(draft)
    )
    return replace(draft, problems=(*draft.problems, *asked)) if asked else draft


def put_back(draft: PlanDraft, key: str, words: str, block: int) -> PlanDraft:
    """The draft with a lost sentence in a measure's content again, behind the words that it follows in its block.

    Where those are not found it goes to the end. Raises KeyError.
    """
    measure = measure_of(draft, key)
    source = next((b for b in draft.source if b.index == block), None)
    texts = (source.cells or (source.text,)) if source else ()
    before = next((text.partition(words)[0].rstrip() for text in texts if words in text), "")
    tails = (before[-length:] for length in range(_TAIL, _RUN - 1, -1) if len(before) >= length)
    tail = next((tail for tail in tails if tail in measure.content), "")
    at = measure.content.find(tail) + len(tail) if tail else len(measure.content)
    content = measure.content[:at] + words + measure.content[at:]
    return draft.with_measure(replace(measure, content=content))


def _pool(draft: PlanDraft) -> Iterator[str]:
    for m in draft.measures:
        yield from (m.title, m.content, m.section, m.remark, m.deadline, m.wording)
        yield from (duty.name for duty in m.duties)
    for target in draft.targets:
        yield from (target.text, target.indicator, target.scope)
    yield draft.title


def _runs(texts: Iterator[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        plain = "".join(_SIGNS.findall(text))
        found.update(plain[at : at + _RUN] for at in range(len(plain) - _RUN + 1))
    return found


def _names(draft: PlanDraft) -> re.Pattern[str]:
    """The units of the draft and the words that say what they do."""
    names = {"".join(_SIGNS.findall(d.name)) for m in draft.measures for d in m.duties} - {""}
    return re.compile("|".join([*sorted(map(re.escape, names), key=len, reverse=True), *_DUTY_WORDS]))


def _is_foreign(sentence: str, known: set[str], named: re.Pattern[str]) -> bool:
    plain = "".join(_SIGNS.findall(sentence))
    if len(named.sub("", plain)) < _LEAST:
        return False
    items = [item for item in _LISTED.split(sentence) if item]
    if re.search(r"[、：:\n]", sentence) and all(len(item) <= _LONGEST_ITEM for item in items):
        return False
    return all(plain[at : at + _RUN] not in known for at in range(len(plain) - _RUN + 1))
