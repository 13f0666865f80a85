"""Comparing two versions of a plan: every measure of one with every measure of the other."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence

from bench.figure import Figure, in_turn
from desktop.domain.amending import compare
from desktop.domain.pairing import text_of
from desktop.domain.plan import Measure

_PHRASES = ("推进", "加强", "各县区负责落实", "年底前完成", "不低于", "建设", "治理工作", "机制", "监管")


def figures() -> list[Figure]:
    """Reworded in disorder, and cut in two, for a plan of usual size and for a very long one."""
    return [
        _figure(f"compare {name}, {count} measures", count, change)
        for count in (60, 300)
        for name, change in (("reworded", _reworded), ("split", _split))
    ]


def _figure(
    name: str, count: int, change: Callable[[random.Random, Sequence[Measure]], list[Measure]]
) -> Figure:
    chance = random.Random(count)
    old = [_measure(at, _text(chance, 3), _text(chance, 60)) for at in range(count)]
    new = change(chance, old)
    ours, floor = in_turn(
        lambda: _timed(lambda: compare(old, new)), lambda: _timed(lambda: _read(old, new)), 5
    )
    return Figure(name, ours, floor, "counting each text's pairs of signs once")


def _read(old: Sequence[Measure], new: Sequence[Measure]) -> None:
    for measure in (*old, *new):
        text = text_of(measure)
        Counter(text[at : at + 2] for at in range(len(text) - 1))


def _reworded(chance: random.Random, old: Sequence[Measure]) -> list[Measure]:
    new = []
    for at, measure in enumerate(old):
        cut = chance.randrange(len(measure.content) * 4 // 5)
        end = cut + len(measure.content) // 5
        new.append(
            _measure(at, measure.title, measure.content[:cut] + _text(chance, 6) + measure.content[end:])
        )
    chance.shuffle(new)
    return new


def _split(chance: random.Random, old: Sequence[Measure]) -> list[Measure]:
    halves = []
    for measure in old:
        middle = len(measure.content) // 2
        halves += [(measure.title, measure.content[:middle]), (_text(chance, 2), measure.content[middle:])]
    return [_measure(at, title, content) for at, (title, content) in enumerate(halves)]


def _measure(at: int, title: str, content: str) -> Measure:
    return Measure(f"m-{at:03d}", str(at), 1, "", title, content)


def _text(chance: random.Random, words: int) -> str:
    def word() -> str:
        if chance.random() < 0.3:
            return chance.choice(_PHRASES)
        return "".join(chr(0x4E00 + chance.randrange(600)) for _ in range(3))

    return "".join(word() for _ in range(words))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
