"""How wide the columns of a table should be for what stands in them: the widths under which its rows are least high."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import permutations
from math import ceil

STEPS = (24.0, 8.0)
"""Points that are moved from one column to another, coarse ones first."""

FILLED = 0.96
"""What share of a line its words usually fill."""

MOST_ROWS = 400
"""Of longer tables, as many rows spread evenly speak for all."""


def fitted_widths(
    widths: Sequence[float],
    least: Sequence[float],
    rows: Sequence[Sequence[str]],
    measure: Callable[[str], float],
    padding: float,
) -> list[float]:
    """Widths in points with the same sum as `widths` under which all rows together have the fewest lines.

    Nothing is taken from a column below its `least`; a column whose least is its width stays as it is. Widths that
    save nothing are left alone, so a table keeps its usual look unless its words ask for another. `measure` gives a
    text's width in points, set in one line.
    """
    step = max(ceil(len(rows) / MOST_ROWS), 1)
    texts = list(zip(*rows[::step], strict=True))
    movable = [at for at, width in enumerate(widths) if width > least[at]]
    if not texts or len(movable) < 2:
        return list(widths)
    lengths = [[_paragraphs(text, measure) for text in column] for column in texts]

    @cache
    def lines(column: int, width: float) -> tuple[int, ...]:
        room = (width - padding) * FILLED
        return tuple(sum(max(ceil(long / room), 1) for long in cell) for cell in lengths[column])

    def height(tried: Sequence[float]) -> int:
        return sum(map(max, *(lines(at, width) for at, width in enumerate(tried))))

    found, best = list(widths), height(widths)
    for points in STEPS:
        while True:
            moved = []
            for giver, taker in permutations(movable, 2):
                if found[giver] - points >= least[giver]:
                    tried = list(found)
                    tried[giver] -= points
                    tried[taker] += points
                    moved.append((height(tried), tried))
            if not moved or min(moved)[0] >= best:
                break
            best, found = min(moved)
    return found


def _paragraphs(text: str, measure: Callable[[str], float]) -> tuple[float, ...]:
    return tuple(measure(line) for line in text.split("\n"))
