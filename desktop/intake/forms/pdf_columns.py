"""Pages printed in two columns: where the gutter is, so that each column is read from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

# Half the narrowest gutter, in points; between two signs there is less.
_HALF = 4.0
# A page that says it is miles wide is looked through no more finely than an honest one.
_STEP, _MOST_STEPS = 2.0, 40
# Fewer lines side by side are a table without rules, or two remarks on one line.
_FEWEST = 6
# How much of its column a usual line of running text fills, and how unlike two columns may be.
_FULL = 0.85
_ALIKE = 0.15


@dataclass(frozen=True)
class Gutter:
    """The white band between two columns: its middle, and where the columns begin and end on the page."""

    x: float
    top: float
    bottom: float


def gutter_of(lines: Sequence[Any]) -> Gutter | None:
    """The gutter of a page's lines (of pdfplumber, with their signs); None where text runs across the page."""
    if len(lines) < _FEWEST:
        return None
    left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
    middle, reach = (left + right) / 2, (right - left) * _ALIKE / 2
    signs = [_signs(line) for line in lines]
    step = max(_STEP, 2 * reach / _MOST_STEPS)
    x = middle - reach
    best: tuple[int, Gutter] | None = None
    while x <= middle + reach:
        found = _at(list(zip(lines, signs, strict=True)), x, left, right)
        if found and (best is None or found[0] > best[0]):
            best = found
        x += step
    return best[1] if best else None


def _at(
    lines: Sequence[tuple[Any, list[Any]]], x: float, left: float, right: float
) -> tuple[int, Gutter] | None:
    """How many lines stand side by side around a place, and the gutter; None where they are no columns of text."""
    crossing, split = [], []
    for line, signs in lines:
        if any(c["x0"] < x + _HALF and c["x1"] > x - _HALF for c in signs):
            crossing.append(line)
        elif line["x0"] < x < line["x1"]:
            split.append(line)
    if len(split) < _FEWEST:
        return None
    first, last = split[0]["top"], split[-1]["bottom"]
    if any(first < line["top"] < last for line in crossing):
        return None
    top = max((line["bottom"] for line in crossing if line["top"] <= first), default=0.0)
    bottom = min((line["top"] for line in crossing if line["top"] >= last), default=float("inf"))
    for start, end in ((left, x), (x, right)):
        inside = [
            [c for c in signs if start <= c["x0"] < end]
            for line, signs in lines
            if top <= line["top"] < bottom
        ]
        widths = [max(c["x1"] for c in s) - min(c["x0"] for c in s) for s in inside if s]
        if len(widths) < _FEWEST or median(widths) < (end - start) * _FULL - 2 * _HALF:
            return None
    return len(split), Gutter(x, top, bottom)


def _signs(line: Any) -> list[Any]:
    return [c for c in line["chars"] if c["text"].strip()]
