"""Which row of a filled sheet speaks of which measure or target: by its hidden key, held against what people see."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_LIKE = 0.72
_LEAD = 0.1
_LONGEST = 240
# A sheet with more rows that nobody knows is no sheet of ours; comparing them all would take long.
_MOST_GUESSES = 200


@dataclass(frozen=True)
class Candidate:
    """Something that a row may speak of. `traits` are what its row shows (number, names, text), in a fixed order;
    `older` the same as it was handed out, where that may differ.
    """

    id: str
    traits: tuple[str, ...]
    older: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """What a row speaks of. `doubt` is a code: `row_likeness` or `row_contradicts`; empty when it is sure."""

    id: str
    doubt: str = ""


class Candidates:
    """All that a table's rows may speak of, made ready for comparing."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._all = {c.id: _Ready(_evened(c.traits), _evened(c.older)) for c in candidates}
        self._guesses = 0

    def recognised(self, key: str, traits: Sequence[str]) -> Recognised | None:
        """What a row speaks of; None where nothing fits, or where key and text name two things and neither well.

        A key that stands beside another's text (columns sorted apart) does not count alone.
        """
        shown = _evened(traits)
        if not any(shown):
            return Recognised(key) if key in self._all else None
        if key in self._all and self._all[key].agreement(shown) == sum(map(bool, shown)):
            return Recognised(key)
        agreeing = {id: ready.agreement(shown) for id, ready in self._all.items()}
        best = max(agreeing.values(), default=0)
        if key in self._all and agreeing[key] == best and best > 0:
            return Recognised(key)
        first = [id for id, count in agreeing.items() if count == best]
        if best >= 2 and len(first) == 1:
            return Recognised(first[0], "row_contradicts" if key in self._all else "")
        if key in self._all:
            # Its text was changed beyond exact agreement: still likest to its own, or not to be trusted.
            like = self._likest(shown)
            return Recognised(key, "row_likeness") if like == key else None
        if best == 1 and len(first) == 1 and shown[0] != self._all[first[0]].traits[0]:
            return Recognised(first[0], "row_likeness")
        like = self._likest(shown)
        return Recognised(like, "row_likeness") if like else None

    def _likest(self, shown: tuple[str, ...]) -> str:
        """The one candidate whose words are clearly likest, its number left aside; empty when there is none."""
        wanted = _pairs("".join(shown[1:]))
        self._guesses += 1
        if self._guesses > _MOST_GUESSES:
            return ""
        scores = sorted(((_dice(wanted, ready.pairs), id) for id, ready in self._all.items()), reverse=True)
        if not wanted or not scores or scores[0][0] < _LIKE:
            return ""
        clear = len(scores) == 1 or scores[0][0] - scores[1][0] >= _LEAD
        return scores[0][1] if clear else ""


class _Ready:
    def __init__(self, traits: tuple[str, ...], older: tuple[str, ...]) -> None:
        self.traits = traits
        self._older = older
        self.pairs = _pairs("".join(traits[1:]))

    def agreement(self, shown: tuple[str, ...]) -> int:
        """How many traits are just the same."""
        return max(
            sum(bool(a) and a == b for a, b in zip(shown, own, strict=False))
            for own in (self.traits, self._older)
        )


def settled(texts: Mapping[str, str], is_base: Mapping[str, bool]) -> tuple[str, tuple[str, ...]]:
    """Of one field's texts in several rows (cell → text): the cell to take, and the cells that contradict it.

    Empty ones and those that nobody changed since export stand back behind a text that is new.
    """
    told = {cell: text for cell, text in texts.items() if text}
    new = {cell: text for cell, text in told.items() if not is_base[cell]} or told
    distinct = Counter(new.values())
    if len(distinct) <= 1:
        return next(iter(new or texts)), ()
    return "", tuple(new)


def _evened(traits: Sequence[str]) -> tuple[str, ...]:
    return tuple(even(trait) for trait in traits)


def even(text: str) -> str:
    """Letters, digits and signs of a text without spaces and punctuation, in one width."""
    plain = unicodedata.normalize("NFKC", text[: _LONGEST * 2]).lower()
    return re.sub(r"[^\w%.\-]+|_", "", plain)[:_LONGEST].strip(".")


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
