"""What is in the hand: the words of a field between a keystroke and the commit that keeps them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unsaved:
    """Where a person writes and what stands there; `base` is what the store held when the typing began.

    `field` is an Entry's text or `reading` with `target`; empty where nothing is being typed: then it is only a place.
    """

    report_id: str
    measure_key: str
    field: str = ""
    target: str = ""
    base: str = ""
    text: str = ""
