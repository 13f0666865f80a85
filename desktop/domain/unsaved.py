"""What is in the hand: the words of a field between a keystroke and the commit that keeps them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unsaved:
    """Where a person writes and what stands there; `base` is what the store held when the typing began.

    `field` is an Entry's text or `reading` with `target`; empty where nothing is being typed: then it is only a place.
    It is `letter` or `bulletin` where a section of a text is written: `target` is its name (`number` for a letter's
    发文字号), there is no measure, and a bulletin's place instead of a report is its plan and quarter.
    """

    report_id: str
    measure_key: str
    field: str = ""
    target: str = ""
    base: str = ""
    text: str = ""

    def beside(self, other: Unsaved) -> bool:
        """Whether both stand in entries of one report, in different fields."""
        own, its = ((each.measure_key, each.field, each.target) for each in (self, other))
        return self.report_id == other.report_id and own != its


@dataclass(frozen=True)
class Hand:
    """All that is in the hand at once, the field that was typed in last at the end."""

    fields: tuple[Unsaved, ...]
