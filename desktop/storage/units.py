"""The region: its units and collective terms, in the officer's order."""

from __future__ import annotations

from typing import Any

from desktop.domain.unit import CollectiveTerm, Region, Unit, UnitKind
from desktop.storage.database import Database
from desktop.storage.tables import REGION, TERM, UNIT
from desktop.storage.texts import json_text, plain_of


class Units:
    def __init__(self, database: Database) -> None:
        self._database = database

    def region(self) -> Region:
        """The region as it stands. Raises LookupError before one was put."""
        head = self._database.row(REGION)
        if head is None:
            raise LookupError("no region")
        units = self._database.rows(UNIT, "position")
        terms = self._database.rows(TERM, "position")
        return Region(
            head["code"],
            head["name"],
            tuple(_unit(row) for row in units),
            tuple(CollectiveTerm(row["term"], tuple(plain_of(row["unit_codes"]))) for row in terms),
        )

    def put_region(self, region: Region) -> None:
        """Replaces the region with all its units and terms."""
        with self._database.transaction():
            self._database.put(REGION, {"id": 1, "code": region.code, "name": region.name}, "id")
            self._database.remove(UNIT)
            self._database.remove(TERM)
            for unit in region.units:
                self.put_unit(unit)
            for term in region.terms:
                self.put_term(term)

    def put_unit(self, unit: Unit) -> None:
        """Changes a unit in its place, or adds it at the end."""
        row: dict[str, Any] = {
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "kind": unit.kind.value,
            "aliases": json_text(unit.aliases),
            "contact": unit.contact,
            "phone": unit.phone,
        }
        with self._database.transaction():
            row["position"] = self._position(UNIT, code=unit.code)
            self._database.put(UNIT, row, "code")

    def remove_unit(self, code: str) -> None:
        """Takes a unit out; nothing happens when it is not there."""
        self._database.remove(UNIT, code=code)

    def put_term(self, term: CollectiveTerm) -> None:
        """Changes a collective term in its place, or adds it at the end."""
        row: dict[str, Any] = {"term": term.term, "unit_codes": json_text(term.unit_codes)}
        with self._database.transaction():
            row["position"] = self._position(TERM, term=term.term)
            self._database.put(TERM, row, "term")

    def remove_term(self, text: str) -> None:
        """Takes a collective term out; nothing happens when it is not there."""
        self._database.remove(TERM, term=text)

    def _position(self, table: Any, **same: Any) -> int:
        own = self._database.row(table, **same)
        if own is not None:
            return int(own["position"])
        last = self._database.row(table, "-position")
        return 1 + (int(last["position"]) if last else 0)


def _unit(row: dict[str, Any]) -> Unit:
    return Unit(
        row["code"],
        row["name"],
        row["short_name"],
        UnitKind(row["kind"]),
        tuple(plain_of(row["aliases"])),
        row["contact"],
        row["phone"],
    )
