"""A document's blocks as paragraphs to read: table rows with their columns named, names and doubts picked out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop.domain.plan import SourceBlock

_LONGEST_TITLE = 48
_DUTY_HEAD = re.compile(r"单位|牵头|配合|责任|落实|备注|时限")


def heads_of(blocks: tuple[SourceBlock, ...]) -> dict[int, tuple[str, ...]]:
    """For each table row, the cells of the head above it: the last row that names 单位 in short cells."""
    found: dict[int, tuple[str, ...]] = {}
    head: tuple[str, ...] = ()
    for block in blocks:
        named = [cell for cell in block.cells if _DUTY_HEAD.search(cell) and len(cell) <= 12]
        if len(named) >= 2 and all(len(cell) <= 16 for cell in block.cells):
            head = block.cells
        elif block.cells:
            found[block.index] = head
    return found


def paragraphs_of(
    block: SourceBlock, heads: dict[int, tuple[str, ...]], broken: re.Pattern[str] | None
) -> Iterator[tuple[str, str, int]]:
    """A block as paragraphs (text, role, space before in px)."""
    if not block.text.strip() and not any(cell.strip() for cell in block.cells):
        return
    if not block.cells:
        yield block.text.strip("\n").replace("\n", "\u2028"), "body", 10
        return
    if block.index not in heads:
        yield "　".join(cell.replace("\n", "") for cell in block.cells if cell.strip()), "duty", 12
        return
    head, gap, lead = heads[block.index], 14, ""
    for at, cell in enumerate(block.cells):
        text = cell.strip()
        name = head[at].replace("\n", "") if at < len(head) else ""
        if not text:
            continue
        if at == 0 and len(text) <= 6:
            lead = f"{text}　"
        elif _DUTY_HEAD.search(name):
            # A narrow column breaks names; what stands on lines of its own stays apart.
            whole = broken.sub(lambda match: re.sub(r"\s", "", match[0]), text) if broken else text
            yield f"{name}：" + re.sub(r"\s*\n\s*", "　", whole), "duty", 2
        else:
            # A row that goes on with the one before has no title.
            head_line = gap == 14 and len(text) <= _LONGEST_TITLE
            yield lead + text.replace("\n", "\u2028"), "head" if head_line else "body", gap
            lead, gap = "", 0


def pattern_of(texts: Iterable[str], between: str = "") -> re.Pattern[str] | None:
    """The texts, longest first; `between` may stand between any two of their signs."""
    wanted = sorted({t for t in texts if len(t) > 1}, key=len, reverse=True)
    return re.compile("|".join(between.join(map(re.escape, t)) for t in wanted)) if wanted else None


def pieces_of(
    text: str, names: re.Pattern[str] | None, doubtful: re.Pattern[str] | None
) -> Iterator[tuple[str, str]]:
    """The text in pieces, each plain (''), `known` or `doubtful`."""
    at = 0
    marks = [(m.start(), m.end(), "doubtful") for m in (doubtful.finditer(text) if doubtful else ())]
    taken = [(start, end) for start, end, _ in marks]
    for m in names.finditer(text) if names else ():
        if all(m.end() <= start or m.start() >= end for start, end in taken):
            marks.append((m.start(), m.end(), "known"))
    for start, end, kind in sorted(marks):
        if start < at:
            continue
        if start > at:
            yield text[at:start], ""
        yield text[start:end], kind
        at = end
    if at < len(text):
        yield text[at:], ""
