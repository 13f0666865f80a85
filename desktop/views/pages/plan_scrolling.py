"""Two panes that scroll together: what is seen in one is brought into sight in the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractScrollArea

Anchors = Callable[[], Sequence[tuple[float, float]]]


class ScrollTie(QObject):
    """Ties two areas by anchors: pairs of places, in px, that show the same thing.

    Who is scrolled by hand leads, the other follows; a follower's own scrolling leads nobody. Where a jump
    (a selection, a found place) has put them out of step, they come together again while scrolling goes on.
    """

    def __init__(self, one: QAbstractScrollArea, other: QAbstractScrollArea, anchors: Anchors) -> None:
        super().__init__(one)
        self._one, self._other, self._anchors = one, other, anchors
        self._following = False
        self._last = {one: 0, other: 0}
        one.verticalScrollBar().valueChanged.connect(lambda value: self._lead(one, other, value))
        other.verticalScrollBar().valueChanged.connect(lambda value: self._lead(other, one, value))

    def _lead(self, leader: QAbstractScrollArea, follower: QAbstractScrollArea, value: int) -> None:
        before, self._last[leader] = self._last[leader], value
        if self._following or not follower.isVisible():
            return
        pairs = list(self._anchors())
        if leader is self._other:
            pairs = [(there, here) for here, there in pairs]
        target, was = (self._place(leader, follower, at, pairs) for at in (value, before))
        bar = follower.verticalScrollBar()
        there = bar.value()
        away = target - there
        step = abs(target - was)
        near = abs(away) <= step * 1.5 + 2
        if (
            not near
            and abs(away) < follower.viewport().height()
            and 0 < value < leader.verticalScrollBar().maximum()
        ):
            # Out of step by less than a page: catch up at half as much again, so that nothing jumps.
            target = there + (1 if away > 0 else -1) * (step * 1.5)
        self._following = True
        bar.setValue(round(target))
        self._following = False
        self._last[follower] = bar.value()

    def _place(
        self,
        leader: QAbstractScrollArea,
        follower: QAbstractScrollArea,
        value: int,
        pairs: Sequence[tuple[float, float]],
    ) -> float:
        """Where the follower has to stand: both heads together, both ends together, what lies between in step."""
        here, there = leader.verticalScrollBar(), follower.verticalScrollBar()
        if here.maximum() == 0 or there.maximum() == 0:
            return there.value()
        tall = here.maximum() + leader.viewport().height()
        wide = there.maximum() + follower.viewport().height()
        # The line that is compared moves from the top of the pane to its foot as it is scrolled from end to end.
        line = value * tall / here.maximum()
        return mapped(line, [(0, 0), *pairs, (tall, wide)]) * there.maximum() / wide


def mapped(place: float, pairs: Sequence[tuple[float, float]]) -> float:
    """A place of one side on the other, straight between anchors; anchors that run backwards are passed over."""
    rising: list[tuple[float, float]] = []
    for pair in sorted(pairs):
        if not rising or (pair[0] > rising[-1][0] and pair[1] >= rising[-1][1]):
            rising.append(pair)
    at = min(max(bisect_right([here for here, _ in rising], place), 1), len(rising) - 1)
    (x, y), (next_x, next_y) = rising[at - 1], rising[at]
    share = (place - x) / (next_x - x) if next_x > x else 0.0
    return y + min(max(share, 0.0), 1.0) * (next_y - y)
