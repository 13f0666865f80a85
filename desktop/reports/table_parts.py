"""What a table is made of: columns, rows of texts, bands over its width, rows that share cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.reports.page import Style
from desktop.reports.table_cells import Drawn

ENDING = 4
"""Rows at a table's end among which the last lines are: two, and bands between them."""


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True)
class Column:
    """A column's head, its width in points, and how its cells stand."""

    head: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Band:
    """A row over the whole width: a section's title."""

    text: str
    style: Style


Texts = tuple[str | Drawn, ...]


@dataclass(frozen=True)
class Together:
    """Rows with one cell over all of them in the columns `shared`: the first row's; it is repeated after a page break."""

    rows: tuple[Texts, ...]
    shared: tuple[int, ...]


Row = Texts | Band | Together


@dataclass(frozen=True)
class Table:
    """What is set: columns, and rows of texts or bands. `head_style` and `style` say how."""

    columns: tuple[Column, ...]
    head_style: Style
    style: Style

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)


def company(rows: Sequence[Row], height: Callable[[Row], float]) -> tuple[int, float]:
    """The line of the first row that is the table's last but one, and the height below it; (-1, 0) for none.

    `height` is a band's, or that of a row's first line.
    """
    if not rows:
        return -1, 0.0
    own, below = _count(rows[0]), sum(map(_count, rows[1:]))
    if below == 1 and own:
        return own - 1, sum(map(height, rows[1:]))
    if below == 0 and own > 1:
        group = rows[0]
        assert isinstance(group, Together)
        return own - 2, height(group.rows[-1])
    return -1, 0.0


def _count(row: Row) -> int:
    """How many lines of cells a row is."""
    return 0 if isinstance(row, Band) else len(row.rows) if isinstance(row, Together) else 1
