"""What became of a plan's measures from one version to the next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """In the order of the officer's interest.

    REASSIGNED: same words, other duties; RETARGETED: same words, other figures; RENUMBERED: same words,
    other number or section.
    """

    DROPPED = "dropped"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    REWORDED = "reworded"
    REASSIGNED = "reassigned"
    RETARGETED = "retargeted"
    RENUMBERED = "renumbered"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Match:
    """Measures of the version in force (`old` keys) and of the draft (`new` keys) that are one another's.

    `likeness`: 0 to 100, how much of the words is the same; 0 where there is nothing to compare with.
    `confirmed`: the officer has said so.
    """

    kind: ChangeKind
    old: tuple[str, ...]
    new: tuple[str, ...]
    likeness: int = 0
    confirmed: bool = False


@dataclass(frozen=True)
class PlanChange:
    """One change that came with `version`, in the plan's final keys; what is unchanged is not listed.

    `old_labels` and `old_titles` stand beside `old`, one each, as they were in the version before.
    """

    version: int
    kind: ChangeKind
    old: tuple[str, ...]
    new: tuple[str, ...]
    old_labels: tuple[str, ...] = ()
    old_titles: tuple[str, ...] = ()
