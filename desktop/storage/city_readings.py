"""The city's own figures: one reading for each of its targets in each quarter of a plan."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from desktop.domain.report import Reading
from desktop.storage.database import Database
from desktop.storage.tables import CITY_READING


class CityReadings:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, plan_id: str, quarter: str, reading: Reading, at: datetime) -> None:
        """Keeps a reading in place of the one before; one that says nothing is taken out."""
        place = {"plan_id": plan_id, "quarter": quarter, "target_key": reading.target_key}
        if reading.value is None and not reading.note:
            self._database.remove(CITY_READING, **place)
            return
        value = None if reading.value is None else str(reading.value)
        row = {**place, "value": value, "note": reading.note, "updated_at": at.isoformat()}
        self._database.put(CITY_READING, row, *place)

    def of_quarter(self, plan_id: str, quarter: str) -> dict[str, Reading]:
        """A quarter's readings under their targets' keys."""
        rows = self._database.rows(CITY_READING, "target_key", plan_id=plan_id, quarter=quarter)
        return {row["target_key"]: _reading(row) for row in rows}

    def of_plan(self, plan_id: str) -> dict[str, dict[str, Reading]]:
        """All readings of a plan under their quarters, the first first, and their targets' keys."""
        found: dict[str, dict[str, Reading]] = {}
        for row in self._database.rows(CITY_READING, "quarter", "target_key", plan_id=plan_id):
            found.setdefault(row["quarter"], {})[row["target_key"]] = _reading(row)
        return found


def _reading(row: dict[str, Any]) -> Reading:
    value = None if row["value"] is None else Decimal(row["value"])
    return Reading(row["target_key"], value, row["note"])
