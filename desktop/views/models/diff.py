"""What changed between two texts, in runs that a person can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]
# A figure or a Latin word changes as a whole: 75% became 74%, not 7(5→4)%.
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|.", re.DOTALL)
# Stands between the texts of one side while both sides are compared as wholes; no text has it.
_BETWEEN = "\x1e"


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed, went, or came."""

    kind: Kind
    text: str


def diff_runs(before: str, after: str) -> tuple[Run, ...]:
    """Runs whose `same` and `gone` give `before`, whose `same` and `new` give `after`.

    Equal stretches of fewer than two characters between changes count as changed; texts with little
    in common are shown as one going and one coming.
    """
    old, changed = _TOKEN.findall(before), _TOKEN.findall(after)
    # People change a place in a long text: what is the same at both ends need not be searched.
    head, tail = _ends(old, changed)
    start, end = "".join(old[:head]), "".join(old[len(old) - tail :])
    whole = len(old) + len(changed)
    old, changed = old[head : len(old) - tail], changed[head : len(changed) - tail]
    matcher = SequenceMatcher(None, old, changed, autojunk=False)
    common = head + tail + sum(block.size for block in matcher.get_matching_blocks())
    if whole and 2 * common / whole < 0.35:
        return _pair(before, after)
    runs = [Run("same", start)] if start else []
    gone = new = ""
    for tag, i, j, k, m in matcher.get_opcodes():
        stretch = "".join(old[i:j])
        at_end = j == len(old) and not end
        if tag == "equal" and (len(stretch) >= 2 or not (gone or new) or at_end):
            runs += _pair(gone, new)
            gone = new = ""
            runs.append(Run("same", stretch))
        else:
            gone, new = gone + stretch, new + "".join(changed[k:m])
    return _joined((*runs, *_pair(gone, new), *((Run("same", end),) if end else ())))


def _ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many tokens are the same at the beginning, and how many at the end."""
    least, head, tail = min(len(old), len(new)), 0, 0
    while head < least and old[head] == new[head]:
        head += 1
    while tail < least - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours of one kind as one."""
    made: list[Run] = []
    for run in runs:
        if made and made[-1].kind == run.kind:
            made[-1] = Run(run.kind, made[-1].text + run.text)
        else:
            made.append(run)
    return tuple(made)


def beside(
    before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[tuple[Run, ...], ...], tuple[tuple[Run, ...], ...]]:
    """Both sides to show next to each other, text by text: the left with what went, the right with what came.

    Several texts of a side are compared together, so that what moved from one into two is no change.
    """
    runs = diff_runs(_BETWEEN.join(before), _BETWEEN.join(after))
    left, right = (run for run in runs if run.kind != "new"), (run for run in runs if run.kind != "gone")
    return _cut(left, len(before)), _cut(right, len(after))


def names_beside(
    before: Sequence[str], after: Sequence[str], between: str = "、"
) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Two lists of names next to each other: a name is there or not, whatever its place."""
    return _marked(before, set(after), "gone", between), _marked(after, set(before), "new", between)


def _marked(names: Sequence[str], known: set[str], kind: Kind, between: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    for name in names:
        runs += [Run("same", between)] if runs else []
        runs.append(Run("same" if name in known else kind, name))
    return tuple(runs)


def _cut(runs: Iterable[Run], parts: int) -> tuple[tuple[Run, ...], ...]:
    """Runs of joined texts, text by text again."""
    made: list[list[Run]] = [[]]
    for run in runs:
        for place, text in enumerate(run.text.split(_BETWEEN)):
            if place:
                made.append([])
            if text:
                made[-1].append(Run(run.kind, text))
    return tuple(tuple(part) for part in made[:parts])


def _pair(gone: str, new: str) -> tuple[Run, ...]:
    return tuple(run for run in (Run("gone", gone), Run("new", new)) if run.text)
