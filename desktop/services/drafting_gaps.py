"""What of a document no measure holds: found, asked about, taken in by hand. Nothing disappears in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.plan import Measure, PlanDraft, PlanProblem, Severity, SourceBlock
from desktop.intake.prose.segments import closes_document
from desktop.services.drafting_structure import bare, measure_of, remove_measure

CODE = "text_left_out"
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章编篇部分]+|[一二三四五六七八九十百]+[、．.]|[（(][一二三四五六七八九十百]+[）)])"
)
_TELEPHONE = re.compile(r"(?:0\d{2,3}[-— ]?)?\d{7,8}|1\d{10}|0\d{2,3}[-—]\d{6,8}")
_COLUMN = re.compile(
    r"联系人|电话|姓名|职务|序号|编号|任务|措施|内容|目标|单位|部门|牵头|配合|责任|落实|备注|时限|领导"
)
_SIGNS = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbfA-Za-z0-9]")
_LONGEST_HEADING = 60
_QUOTED = 40


class Standing(StrEnum):
    """What became of a block: before the first task, a heading, in a measure, or in none."""

    FRONT = "front"
    HEADING = "heading"
    TAKEN = "taken"
    LEFT = "left"


@dataclass(frozen=True)
class Gap:
    """Source blocks from first to last that no measure holds, and their text."""

    first: int
    last: int
    text: str
    paragraphs: int


def standings(draft: PlanDraft) -> dict[int, Standing]:
    """What became of every block of the document. Without a measure that has a place nothing is LEFT.

    A block that is asked about is LEFT until that is answered, even where a measure's place runs over it.
    """
    taken = _taken(draft.measures)
    asked = [p for p in draft.problems if p.code == CODE and "words" not in p.facts]
    open_ones = _blocks(p for p in asked if not p.settled)
    begin = min(taken | _blocks(asked), default=-1)
    fronts = {_plain(b.text) for b in draft.source if b.index < begin}
    sections = {_plain(m.section) for m in draft.measures if m.section}
    end = _closing(draft, max(taken, default=-1))
    found = {}
    for block in draft.source:
        if block.index in taken - open_ones:
            found[block.index] = Standing.TAKEN
        elif block.index < begin or begin < 0:
            found[block.index] = Standing.FRONT
        elif block.index not in open_ones and (
            (block.index >= end and not block.cells and len(block.text) <= _LONGEST_HEADING)
            or _is_structure(block, sections, fronts)
        ):
            found[block.index] = Standing.HEADING
        else:
            found[block.index] = Standing.LEFT
    return found


def _closing(draft: PlanDraft, last: int) -> int:
    """The first block of what closes the document below its last measure: 抄送, 附件, who signs and when."""
    return next(
        (b.index for b in draft.source if b.index > last >= 0 and closes_document(b.text)), len(draft.source)
    )


def gaps(draft: PlanDraft) -> tuple[Gap, ...]:
    """The stretches that no measure holds, in the document's order."""
    states, found = standings(draft), []
    run: list[SourceBlock] = []
    for block in draft.source:
        if states[block.index] is Standing.LEFT:
            run.append(block)
        elif run and _plain(block.text):
            found.append(_gap(run))
            run = []
    return tuple([*found, _gap(run)] if run else found)


def with_gaps(draft: PlanDraft) -> PlanDraft:
    """The draft with a question for each stretch that no measure holds and that was not asked about yet."""
    known = _blocks(p for p in draft.problems if p.code == CODE)
    added = tuple(
        PlanProblem("text_left_out", Severity.WARNING, facts=_facts(gap))
        for gap in gaps(draft)
        if not known & set(range(gap.first, gap.last + 1))
    )
    return replace(draft, problems=(*draft.problems, *added)) if added else draft


def answered(draft: PlanDraft, source: tuple[int, ...]) -> PlanDraft:
    """The draft with the questions about text left out within these blocks settled."""
    return replace(
        draft,
        problems=tuple(
            replace(p, settled=True) if p.code == CODE and _lies_in(p, source) else p for p in draft.problems
        ),
    )


def words_of(draft: PlanDraft, problem: PlanProblem) -> str:
    """The whole text that a question is about."""
    place = place_of(problem)
    own = problem.facts.get("words", "")
    return own or (text_of(draft, *place) if place else problem.facts.get("text", ""))


def place_of(problem: PlanProblem) -> tuple[int, int] | None:
    """The blocks that a question about text left out is about, first and last."""
    try:
        return int(problem.facts["first"]), int(problem.facts["last"])
    except (KeyError, ValueError):
        return None


def before(draft: PlanDraft, block: int) -> Measure | None:
    """The measure whose place in the document is the last one before a block."""
    found = [m for m in draft.measures if m.source and m.source[0] <= block]
    return max(found, key=lambda m: m.source[0], default=None)


def text_of(draft: PlanDraft, first: int, last: int) -> str:
    """The words of some blocks, one paragraph each."""
    return "\n".join(_words(b) for b in draft.source if first <= b.index <= last and b.text.strip())


def take_in(draft: PlanDraft, key: str, text: str, source: tuple[int, int]) -> PlanDraft:
    """The draft with words of the document put at the end of a measure's content; its place grows over them.

    Where another measure stands between, the place stays and only the words come. Raises KeyError.
    """
    measure = measure_of(draft, key)
    content = "\n".join(part for part in (measure.content, text.strip()) if part)
    covered = (*measure.source, *source)
    place: tuple[int, ...] = (min(covered), max(covered))
    if set(range(place[0], place[-1] + 1)) & _taken(m for m in draft.measures if m.key != key):
        place = measure.source
    return answered(draft.with_measure(replace(measure, content=content, source=place)), source)


def release_measure(draft: PlanDraft, key: str) -> PlanDraft:
    """The draft without a measure that is none: its words are text of the document again, and asked about.

    Words that were written by hand, or whose block another measure shares, are kept in the question itself.
    """
    measure, left = measure_of(draft, key), remove_measure(draft, key)
    place = measure.source
    blocks = [b for b in draft.source if place and place[0] <= b.index <= place[-1]]
    if not blocks or {b.index for b in blocks} & _taken(left.measures):
        text = "\n".join(part for part in (measure.title, measure.content) if part)
        return with_gaps(replace(left, problems=(*left.problems, _own(place, text))))
    # One question about the whole place stands for those that were asked about pieces of it.
    kept = tuple(p for p in left.problems if p.code != CODE or "words" in p.facts or not _lies_in(p, place))
    asked = [PlanProblem("text_left_out", Severity.WARNING, facts=_facts(_gap(blocks)))]
    there = bare("".join(block.text for block in blocks))
    # Words that were brought here from elsewhere do not stand in this place.
    foreign = [line for line in measure.content.split("\n") if bare(line) not in there]
    if foreign:
        asked.append(_own(place, "\n".join(foreign)))
    return with_gaps(replace(left, problems=(*kept, *asked)))


def _own(place: tuple[int, ...], text: str) -> PlanProblem:
    """A question that holds its words itself."""
    first, last = (place[0], place[-1]) if place else (-1, -1)
    facts = _facts(Gap(first, last, text, text.count("\n") + 1))
    return PlanProblem("text_left_out", Severity.WARNING, facts={**facts, "words": text})


def _lies_in(problem: PlanProblem, source: tuple[int, ...]) -> bool:
    place = place_of(problem)
    return place is not None and bool(source) and source[0] <= place[0] and place[1] <= source[-1]


def _blocks(problems: Iterable[PlanProblem]) -> set[int]:
    """The blocks that questions about text left out are about."""
    places = [place for p in problems if "words" not in p.facts and (place := place_of(p))]
    return {at for first, last in places for at in range(first, last + 1)}


def _taken(measures: Iterable[Measure]) -> set[int]:
    return {at for m in measures if m.source for at in range(m.source[0], m.source[-1] + 1)}


def _is_structure(block: SourceBlock, sections: Collection[str], fronts: Collection[str]) -> bool:
    """Headings, heads of columns, repeated front lines, page numbers: what no measure has to hold."""
    plain = _plain(block.text)
    if len(plain) < 2 or plain.isdigit() or plain in fronts:
        return True
    cells = list(dict.fromkeys(cell.strip() for cell in block.cells if cell.strip()))
    if len(cells) > 1 and any(_TELEPHONE.fullmatch(cell) for cell in cells) and max(map(len, cells)) <= 30:
        # A list of contacts beside the tasks.
        return True
    if len(cells) > 1:
        named = sum(1 for cell in cells if _COLUMN.search(cell))
        return named >= 2 and all(len(bare(cell)) <= 16 for cell in cells)
    text = block.text.strip()
    mark = _HEADING.match(text)
    if _plain(text[mark.end() :] if mark else text) in sections or plain in sections:
        return True
    return bool(mark) and len(text) <= _LONGEST_HEADING and not re.search(r"[。；]", text)


def _plain(text: str) -> str:
    return "".join(_SIGNS.findall(text))


def _words(block: SourceBlock) -> str:
    return "\t".join(dict.fromkeys(c.strip() for c in block.cells if c.strip())) or block.text.strip()


def _gap(run: list[SourceBlock]) -> Gap:
    text = "\n".join(_words(block) for block in run)
    return Gap(run[0].index, run[-1].index, text, len(run))


def quoted(text: str) -> str:
    """The beginning of a text, short enough for a question."""
    start = re.sub(r"\s+", " ", text).strip()
    return start if len(start) <= _QUOTED else start[: _QUOTED - 1] + "…"


def _facts(gap: Gap) -> dict[str, str]:
    return {
        "text": quoted(gap.text),
        "first": str(gap.first),
        "last": str(gap.last),
        "paragraphs": str(gap.paragraphs),
    }
