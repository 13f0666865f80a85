"""Which measures of two documents belong together, from their words alone; numbers and places only break ties."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.likeness import Bag, bag_of, overlaps, permille, shared, size_of, weights_of
from desktop.domain.plan import Measure

SURE, LIKELY, TITLED = 600, 350, 150
"""Likeness in thousandths: to be paired before splits are looked for, after that, and under the same title."""
_MOSTLY = 50
"""Per cent of a piece's words that must come from what nothing else of the whole says."""
_LEAST = 4
"""Pairs of signs, at least, that make a piece; less is chance."""


@dataclass(frozen=True)
class Group:
    """Places of measures that belong together: one and one, one and several, or several and one."""

    old: tuple[int, ...]
    new: tuple[int, ...]


@dataclass(frozen=True)
class _Side:
    """One document: each measure's words, those of its content alone, and how much they weigh."""

    measures: Sequence[Measure]
    bags: list[Bag]
    bodies: list[Bag]
    sizes: list[int]


def words(measure: Measure) -> tuple[str, ...]:
    """What a measure says, whatever its number and whoever does it; white space does not count."""
    said = (measure.title, measure.content, measure.deadline, measure.remark)
    return tuple("".join(text.split()) for text in said)


def text_of(measure: Measure) -> str:
    """What likeness is taken from."""
    return f"{measure.title}\n{measure.content}"


def groups_of(old: Sequence[Measure], new: Sequence[Measure]) -> tuple[Group, ...]:
    """The measures that belong together; what stands in no group is dropped or new."""
    pairs = _same_words(old, new)
    bags = [[bag_of(text_of(m)) for m in side] for side in (old, new)]
    weights = weights_of([*bags[0], *bags[1]])
    sides = [
        _Side(side, own, [bag_of(m.content or m.title) for m in side], [size_of(bag, weights) for bag in own])
        for side, own in zip((old, new), bags, strict=True)
    ]
    common = overlaps(sides[0].bags, sides[1].bags, weights)
    search = _Search(sides[0], sides[1], common, weights, pairs)
    search.pair(lambda i, j, alike: alike >= SURE)
    search.join()
    search.pair(lambda i, j, alike: alike >= (TITLED if _same_title(old[i], new[j]) else LIKELY))
    search.join()
    return search.groups()


def _same_title(a: Measure, b: Measure) -> bool:
    return bool(a.title.strip()) and "".join(a.title.split()) == "".join(b.title.split())


def _same_words(old: Sequence[Measure], new: Sequence[Measure]) -> dict[int, int]:
    """Old place → new place of measures that say the same; of several the one of the same number, then in order."""
    where: dict[tuple[str, ...], list[int]] = {}
    for at, measure in enumerate(old):
        where.setdefault(words(measure), []).append(at)
    found: dict[int, int] = {}
    for numbered in (True, False):
        for j, measure in enumerate(new):
            if j in found.values():
                continue
            for i in where.get(words(measure), ()):
                if i not in found and (not numbered or number(old[i]) == number(measure)):
                    found[i] = j
                    break
    return found


def number(measure: Measure) -> tuple[str, int, str]:
    """Where it stands, as printed."""
    return measure.task_no, measure.part, measure.section


class _Search:
    """The state of one comparison: who is paired, and who has joined a pair as a further piece."""

    def __init__(
        self,
        old: _Side,
        new: _Side,
        common: list[dict[int, int]],
        weights: dict[str, int],
        pairs: dict[int, int],
    ) -> None:
        self._old, self._new = old, new
        self._common, self._weights = common, weights
        self._groups = [([i], [j]) for i, j in pairs.items()]
        self._free_old = set(range(len(old.measures))) - set(pairs)
        self._free_new = set(range(len(new.measures))) - set(pairs.values())

    def groups(self) -> tuple[Group, ...]:
        return tuple(Group(tuple(sorted(old)), tuple(sorted(new))) for old, new in self._groups)

    def pair(self, enough: Callable[[int, int, int], bool]) -> None:
        """Pairs what is free, the most alike first."""
        found = []
        for i in self._free_old:
            for j, shared_weight in self._common[i].items():
                if j not in self._free_new:
                    continue
                alike = permille(shared_weight, self._old.sizes[i], self._new.sizes[j])
                if enough(i, j, alike):
                    found.append((-alike, self._apart(i, j), i, j))
        for _, _, i, j in sorted(found):
            if i in self._free_old and j in self._free_new:
                self._groups.append(([i], [j]))
                self._free_old.remove(i)
                self._free_new.remove(j)

    def _apart(self, i: int, j: int) -> tuple[bool, int]:
        """What breaks a tie: another number, then the distance between the places in their documents."""
        old, new = self._old.measures, self._new.measures
        return number(old[i]) != number(new[j]), abs(i * len(new) - j * len(old))

    def join(self) -> None:
        """Adds what is free to the pair, or to the free measure, of which it is a piece."""
        for split in (True, False):
            self._join_pairs(split)
            self._join_free(split)

    def _join_pairs(self, split: bool) -> None:
        """Further pieces of measures that are paired already, the largest first."""
        wholes, pieces, free = self._sides(split)
        rests: dict[int, tuple[Bag, list[int]]] = {}
        for old, new in self._groups:
            whole, known = (old, new) if split else (new, old)
            if len(whole) == 1:
                rest = wholes.bags[whole[0]].copy()
                for piece in known:
                    rest -= pieces.bags[piece]
                rests[whole[0]] = rest, known
        found = []
        for at, (rest, _) in rests.items():
            for piece in self._candidates(at, split):
                gain = self._gain(rest, pieces.bodies[piece])
                if gain:
                    found.append((-gain, at, piece))
        for _, at, piece in sorted(found):
            rest, known = rests[at]
            if piece in free and self._gain(rest, pieces.bodies[piece]):
                known.append(piece)
                free.remove(piece)
                rest -= pieces.bags[piece]

    def _join_free(self, split: bool) -> None:
        """Two or more free pieces that together say most of a free measure."""
        wholes, pieces, free = self._sides(split)
        for at in sorted(self._free_old if split else self._free_new):
            rest, known = wholes.bags[at].copy(), []
            for piece in sorted(self._candidates(at, split), key=lambda p: (-pieces.sizes[p], p)):
                if self._gain(rest, pieces.bodies[piece]):
                    known.append(piece)
                    rest -= pieces.bags[piece]
            left = size_of(rest, self._weights)
            if len(known) > 1 and 2 * left <= wholes.sizes[at]:
                self._groups.append(([at], known) if split else (known, [at]))
                (self._free_old if split else self._free_new).remove(at)
                free.difference_update(known)

    def _sides(self, split: bool) -> tuple[_Side, _Side, set[int]]:
        """Where the wholes are, where the pieces, and which pieces are free."""
        if split:
            return self._old, self._new, self._free_new
        return self._new, self._old, self._free_old

    def _candidates(self, whole: int, split: bool) -> Iterator[int]:
        """Free pieces that share enough with a whole to be worth a closer look."""
        _, pieces, free = self._sides(split)
        for piece in sorted(free):
            common = self._common[whole].get(piece, 0) if split else self._common[piece].get(whole, 0)
            if common * 100 >= pieces.sizes[piece] * _MOSTLY // 2:
                yield piece

    def _gain(self, rest: Bag, body: Bag) -> int:
        """What a piece says of what nothing else of the whole says; 0 where that is not most of it."""
        gain = shared(rest, body, self._weights)
        own = size_of(body, self._weights)
        return gain if gain * 100 >= own * _MOSTLY and sum((rest & body).values()) >= _LEAST else 0
