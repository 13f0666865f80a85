"""Whether headings of one rank carry their text on the same line, or have it below them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from desktop.intake.prose.outline import marker_of
from desktop.intake.stream.blocks import Line
from desktop.intake.stream.plain_text import with_stops

HEADING_LENGTH = 50
# Fewer siblings than these tell too little: the other headings of the rank are asked.
_ENOUGH = 3


class RunIn:
    """What is known of each line that begins with a mark (by block index), and of each rank."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._blocks: dict[int, bool] = {}
        self._ranks: dict[int, bool] = {}
        groups = _groups(lines)
        ranks: defaultdict[int, list[bool]] = defaultdict(list)
        for level, group in groups:
            ranks[level] += [full for _, full in group]
        everywhere = Counter(full for runs in ranks.values() for full in runs)
        for level, group in groups:
            own = [full for _, full in group]
            for block, full in group:
                peers = own if len(own) > _ENOUGH or sum(own) - full else ranks[level]
                others, others_full = len(peers) - 1, sum(peers) - full
                usual = everywhere[True] > everywhere[False] * 3
                self._blocks[block] = others_full * 2 > others if others else usual
        for level, runs in ranks.items():
            self._ranks[level] = sum(runs) * 2 > len(runs)

    def at(self, block: int, level: int) -> bool:
        """Whether the siblings of the mark that begins at a block run in; its rank's, where the mark was cut."""
        return self._blocks.get(block, self._ranks.get(level, False))


def _groups(lines: Sequence[Line]) -> list[tuple[int, list[tuple[int, bool]]]]:
    """Marks of one rank under one heading: level, and for each its block and whether its text runs in."""
    groups: list[tuple[int, list[tuple[int, bool]]]] = []
    open_groups: dict[int, list[tuple[int, bool]]] = {}
    for line in lines:
        marker = marker_of(line.text)
        if marker is None:
            continue
        for level in [level for level in open_groups if level > marker.level]:
            if marker.level < 3:
                del open_groups[level]
        group = open_groups.get(marker.level)
        if group is None:
            group = open_groups[marker.level] = []
            groups.append((marker.level, group))
        runs_in = bool(re.search(r"[。；！？;]", with_stops(marker.rest))) or len(line.text) > HEADING_LENGTH
        group.append((line.block, runs_in))
    return groups
