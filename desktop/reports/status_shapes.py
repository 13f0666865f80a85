"""A progress status as a shape that is told apart without its colour, drawn as PDF paths."""

from __future__ import annotations

from desktop.domain.report import ProgressStatus
from desktop.reports.page import Colour, Pages

DONE: Colour = (0.11, 0.357, 0.659)
ON: Colour = (0.055, 0.42, 0.29)
BEHIND: Colour = (0.702, 0.22, 0.04)
NONE: Colour = (0.37, 0.41, 0.463)
HATCH: Colour = (0.72, 0.75, 0.79)
_ROUND = 0.5523
"""How far the control points of a quarter circle stand out, in radii."""


def draw_status(pages: Pages, x: float, y: float, status: ProgressStatus | None, size: float = 8.0) -> None:
    """The shape centred at (x, y): tick in a square, disc, triangle pointing down, ring, dash; None: an empty square."""
    half = size / 2
    match status:
        case ProgressStatus.COMPLETED:
            tick = _path(
                [
                    (x - half * 0.55, y - half * 0.02),
                    (x - half * 0.12, y - half * 0.45),
                    (x + half * 0.6, y + half * 0.5),
                ]
            )
            pages.draw(
                f"{_fill(DONE)} {x - half:.2f} {y - half:.2f} {size:g} {size:g} re f 1 1 1 RG 1.2 w {tick} S"
            )
        case ProgressStatus.ON_SCHEDULE:
            pages.draw(f"{_fill(ON)} {_circle(x, y, half * 0.95)} f")
        case ProgressStatus.BEHIND:
            corners = [(x - half * 1.1, y + half * 0.85), (x + half * 1.1, y + half * 0.85), (x, y - half)]
            pages.draw(f"{_fill(BEHIND)} {_path(corners)} h f")
        case ProgressStatus.NOT_STARTED:
            pages.draw(f"{_stroke(NONE)} 1.2 w {_circle(x, y, half * 0.8)} S")
        case ProgressStatus.NOT_APPLICABLE:
            pages.draw(f"{_stroke(NONE)} 1.4 w {_path([(x - half * 0.8, y), (x + half * 0.8, y)])} S")
        case _:
            pages.draw(
                f"{_stroke(NONE)} 0.7 w {x - half * 0.8:.2f} {y - half * 0.8:.2f} {size * 0.8:g} {size * 0.8:g} re S"
            )


def draw_hatch(pages: Pages, left: float, bottom: float, width: float, height: float) -> None:
    """A cell filled with slanting lines: nothing accepted yet."""
    strokes = []
    at = 4.0
    while at < width + height:
        x1, y1 = left + max(at - height, 0), bottom + min(at, height)
        x2, y2 = left + min(at, width), bottom + max(at - width, 0)
        strokes.append((x1, y1, x2, y2))
        at += 4.0
    pages.rules(strokes, 0.5, HATCH)


def _circle(x: float, y: float, r: float) -> str:
    k = r * _ROUND
    quarters = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    curves = " ".join(" ".join(f"{value:.2f}" for value in quarter) + " c" for quarter in quarters)
    return f"{x + r:.2f} {y:.2f} m {curves}"


def _path(points: list[tuple[float, float]]) -> str:
    (x, y), *rest = points
    return f"{x:.2f} {y:.2f} m " + " ".join(f"{a:.2f} {b:.2f} l" for a, b in rest)


def _fill(colour: Colour) -> str:
    return f"{colour[0]:g} {colour[1]:g} {colour[2]:g} rg"


def _stroke(colour: Colour) -> str:
    return f"{colour[0]:g} {colour[1]:g} {colour[2]:g} RG"
