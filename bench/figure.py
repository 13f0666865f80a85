"""A measured figure and its floor."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """Medians in seconds, and what the floor does."""

    name: str
    ours: float
    floor: float
    floor_is: str

    def line(self) -> str:
        return f"{self.name:44} {self.ours * 1000:9.2f} ms {self.floor * 1000:9.2f} ms {self.ours / self.floor:7.2f}  {self.floor_is}"


def in_turn(ours: Callable[[], float], floor: Callable[[], float], runs: int) -> tuple[float, float]:
    """Medians of both, measured in turn after one run of each that does not count."""
    ours()
    floor()
    pairs = [(ours(), floor()) for _ in range(runs)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)
