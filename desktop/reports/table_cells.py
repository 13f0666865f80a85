"""A table's cells: lines or a drawing, and how they part at a page's end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.reports.line_breaking import Line
from desktop.reports.page import Pages, Style

PAD_X, PAD_Y = 3.5, 4.0
LEAST_LINES = 2
"""Lines of a cell that stay together at either side of a page break."""


@dataclass(frozen=True)
class Drawn:
    """A drawing of a height in place of text; `draw` is told the pages and its left, bottom, width."""

    height: float
    draw: Callable[[Pages, float, float, float], None]


@dataclass(frozen=True)
class Cell:
    """A cell's lines that are still to be set, and how; or a drawing, which is never split."""

    lines: tuple[Line, ...]
    style: Style
    drawn: Drawn | None = None

    @property
    def height(self) -> float:
        if self.drawn:
            return self.drawn.height + 2 * PAD_Y
        return len(self.lines) * self.style.pitch + 2 * PAD_Y if self.lines else 0.0


def split(cells: list[Cell], room: float) -> tuple[list[Cell] | None, list[Cell]]:
    """What of a row fits in `room`, and the rest; no cell leaves a single line at either side. None: nothing does."""
    upper, rest = [], []
    for cell in cells:
        if cell.drawn:
            if cell.height > room:
                return None, cells
            upper.append(cell)
            rest.append(replace(cell, drawn=None))
            continue
        fits = int((room - 2 * PAD_Y) / cell.style.pitch)
        total = len(cell.lines)
        if fits >= total:
            fits = total
        elif total - fits < LEAST_LINES:
            fits = total - LEAST_LINES
        if fits < min(LEAST_LINES, total):
            return None, cells
        upper.append(replace(cell, lines=cell.lines[:fits]))
        rest.append(replace(cell, lines=cell.lines[fits:]))
    return upper, rest


def continued(first: Cell, width: float, most: int = 4) -> Cell:
    """A cell that names what goes on here: the same words and 续, smaller where they need more than `most` lines.

    Where even small signs need more, 续 stands alone.
    """
    text = "".join(line.text for line in first.lines).removesuffix("（续）")
    usual = first.style.lines(f"{text}（续）", width)
    if text and len(usual) <= most and usual[-1].text.endswith("（续）"):
        return Cell(usual, first.style)
    small = replace(first.style, size=8.0, pitch=11.0)
    lines = small.lines(f"{text}\n（续）" if text else "（续）", width)
    return Cell(lines if len(lines) <= most else lines[-1:], small)


def cut(cells: list[Cell], room: float) -> tuple[list[Cell], list[Cell]]:
    """The same without care for single lines, for a page so short that there is no other way."""
    fits = [max(int((room - 2 * PAD_Y) / cell.style.pitch), 1) for cell in cells]
    upper = [replace(cell, lines=cell.lines[:most]) for cell, most in zip(cells, fits, strict=True)]
    rest = [replace(c, lines=c.lines[most:], drawn=None) for c, most in zip(cells, fits, strict=True)]
    return upper, rest
