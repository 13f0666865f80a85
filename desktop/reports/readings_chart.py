"""A small chart of one target's figures over the quarters: vectors, readable in black and white, a scale of its own.

What is counted up stands as bars on a line of zero, levels at moments as a trend line; past quarters light, this one
dark; the final target is a dashed line over the whole width, 序时应达 a short heavy stroke at this quarter.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop.domain.schedule import Standing
from desktop.domain.targets import Accumulation, Target
from desktop.reports.page import Colour, Pages
from desktop.reports.table_cells import Drawn

HEIGHT = 32.0
MOST_QUARTERS = 8
"""The newest are drawn: more would be too thin to tell apart."""
PAST: Colour = (0.78, 0.8, 0.83)
NOW: Colour = (0.2, 0.23, 0.28)
DASH, STROKE = "[2.5 1.8] 0 d 0.8 w", "1.6 w"
_MOST_WIDTH = 16.0


def chart(target: Target, value: Decimal | None, standing: Standing | None) -> Drawn | None:
    """The figures so far with this quarter's, None where there is none at all."""
    past = [float(each.value) for each in standing.trend] if standing else []
    if not past and value is None:
        return None
    figures = [*past[-(MOST_QUARTERS - 1) :], None if value is None else float(value)]
    goal = None if target.value is None else float(target.value)
    due = float(standing.due) if standing and standing.due is not None else None
    # One point is no trend, and alone on a scale of its own it would tell nothing.
    as_line = target.accumulation is Accumulation.POINT_IN_TIME and sum(f is not None for f in figures) > 1

    def draw(pages: Pages, left: float, bottom: float, width: float) -> None:
        _Chart(pages, left, bottom, width, figures, (goal, due), as_line).draw(goal, due)

    return Drawn(HEIGHT, draw)


class _Chart:
    """One chart in its place."""

    def __init__(
        self, pages: Pages, left: float, bottom: float, width: float, figures: Sequence[float | None],
        marks: Sequence[float | None], as_line: bool,
    ) -> None:  # fmt: skip
        self.pages, self.left, self.bottom, self.width = pages, left, bottom, width
        self.figures, self.as_line = figures, as_line
        shown = [each for each in (*figures, *marks) if each is not None]
        least, most = min(shown), max(shown)
        if not as_line:
            least, most = min(least, 0.0), max(most, 0.0)
        spread = (most - least) or abs(most) or 1.0
        # A line keeps clear of the edges; bars need air above only.
        self.least = least - (0.12 * spread if as_line or least < 0 else 0.0)
        self.span = most + 0.12 * spread - self.least
        self.step = width / len(figures)

    def draw(self, goal: float | None, due: float | None) -> None:
        if self.as_line:
            self._trend()
        else:
            self._bars()
        if goal is not None:
            y = self._y(goal)
            self.pages.draw(f"{DASH} {self.left:.2f} {y:.2f} m {self.left + self.width:.2f} {y:.2f} l S")
        if due is not None:
            y, middle = self._y(due), self._x(len(self.figures) - 1)
            half = min(self.step, _MOST_WIDTH) / 2
            self.pages.draw(f"{STROKE} {middle - half:.2f} {y:.2f} m {middle + half:.2f} {y:.2f} l S")

    def _y(self, value: float) -> float:
        return self.bottom + (value - self.least) / self.span * HEIGHT

    def _x(self, at: int) -> float:
        return self.left + (at + 0.5) * self.step

    def _bars(self) -> None:
        zero, wide = self._y(0.0), min(self.step * 0.7, _MOST_WIDTH)
        self.pages.rules([(self.left, zero, self.left + self.width, zero)], 0.4)
        for at, value in enumerate(self.figures):
            if value is not None:
                box = (self._x(at) - wide / 2, zero, wide, self._y(value) - zero)
                self.pages.rectangles([box], NOW if at == len(self.figures) - 1 else PAST)

    def _trend(self) -> None:
        places = [
            (at, self._x(at), self._y(value)) for at, value in enumerate(self.figures) if value is not None
        ]
        line = " ".join(f"{x:.2f} {y:.2f} {'l' if n else 'm'}" for n, (_, x, y) in enumerate(places))
        self.pages.draw(f"0.45 0.48 0.53 RG 0.9 w {line} S")
        for at, x, y in places:
            last = at == len(self.figures) - 1
            side = 5.0 if last else 3.6
            self.pages.rectangles([(x - side / 2, y - side / 2, side, side)], NOW if last else PAST)
