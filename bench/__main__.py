"""`python3 dev.py bench [NAME …]`: runs the named figures, or all, and prints a table.

Every figure is the median of several runs, ours and the floor's in turn, and the ratio of the medians.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from bench import (
    comparing,
    filling,
    reading,
    saving,
    searching,
    starting,
    tabling,
    typesetting,
)
from bench.figure import Figure

FIGURES: dict[str, Callable[[], list[Figure]]] = {
    "start": starting.figures,
    "save": saving.figures,
    "fill": filling.figures,
    "read": reading.figures,
    "compare": comparing.figures,
    "search": searching.figures,
    "typeset": typesetting.figures,
    "book": tabling.figures,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        print(f"unknown: {' '.join(unknown)}; known: {' '.join(FIGURES)}")
        return 2
    print(f"{'figure':44} {'ours':>12} {'floor':>12} {'ratio':>7}  what the floor is")
    for name in names or FIGURES:
        for figure in FIGURES[name]():
            print(figure.line())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
