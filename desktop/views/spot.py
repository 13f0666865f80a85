"""A place in what was written, to which pages are led."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """An entry, the field of it that has the words (empty: none), and the sign in it behind which the cursor stands.

    For a superior's page also whose it is: `report_id` holds the entry, `label` and `title` are its measure's.
    """

    measure_key: str
    field: str = ""
    at: int = 0
    unit_code: str = ""
    report_id: str = ""
    label: str = ""
    title: str = ""
