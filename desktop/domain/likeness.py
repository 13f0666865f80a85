"""How much two texts have in common: pairs of neighbouring signs, rare ones counting for more.

The measure is Dice's coefficient over bags of bigrams weighted by inverse document frequency (Sparck Jones 1972).
All sums are integers, so that equal likeness is equal and nothing depends on the order of adding up.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

Bag = Counter[str]


def bag_of(text: str) -> Bag:
    """The pairs of neighbouring signs of a text; white space and punctuation do not count."""
    signs = "".join(sign for sign in text.casefold() if sign.isalnum() or sign in "%％‰℃")
    if len(signs) < 2:
        return Counter([signs] if signs else [])
    return Counter(signs[at : at + 2] for at in range(len(signs) - 1))


def weights_of(bags: Sequence[Bag]) -> dict[str, int]:
    """What each pair counts: from 100 for one that stands in every text upwards."""
    found = Counter(pair for bag in bags for pair in bag)
    return {pair: round(100 * (1 + math.log(len(bags) / n))) for pair, n in found.items()}


def size_of(bag: Bag, weights: Mapping[str, int]) -> int:
    return sum(weights.get(pair, 100) * n for pair, n in bag.items())


def shared(a: Bag, b: Bag, weights: Mapping[str, int]) -> int:
    """The weight of what two bags have in common."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(weights[pair] * min(n, large[pair]) for pair, n in small.items() if pair in large)


def overlaps(old: Sequence[Bag], new: Sequence[Bag], weights: Mapping[str, int]) -> list[dict[int, int]]:
    """For each old bag the new ones that share anything with it, and how much."""
    where: dict[str, list[tuple[int, int]]] = {}
    for at, bag in enumerate(new):
        for pair, n in bag.items():
            where.setdefault(pair, []).append((at, n))
    found: list[dict[int, int]] = []
    for bag in old:
        row: dict[int, int] = {}
        for pair, n in bag.items():
            weight = weights[pair]
            for at, m in where.get(pair, ()):
                row[at] = row.get(at, 0) + weight * (m if m < n else n)
        found.append(row)
    return found


def permille(common: int, a: int, b: int) -> int:
    """Dice's coefficient in thousandths."""
    return 2000 * common // (a + b) if a + b else 0


def likeness(a: str, b: str) -> int:
    """How alike two texts are by themselves, 0 to 100."""
    bags = bag_of(a), bag_of(b)
    even = dict.fromkeys((*bags[0], *bags[1]), 1)
    return permille(shared(*bags, even), size_of(bags[0], even), size_of(bags[1], even)) // 10
