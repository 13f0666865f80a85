"""The unit's own bureaus, in the order in which they were entered, and which measures each of them does."""

from __future__ import annotations

from typing import Any

from desktop.domain.delegation import Bureau, Delegation
from desktop.storage.database import Database
from desktop.storage.tables import BUREAU, DELEGATION


class Delegations:
    def __init__(self, database: Database) -> None:
        self._database = database

    def bureaus(self) -> tuple[Bureau, ...]:
        return tuple(_bureau(row) for row in self._database.rows(BUREAU, "position"))

    def bureau(self, name: str) -> Bureau | None:
        row = self._database.row(BUREAU, name=name)
        return None if row is None else _bureau(row)

    def put_bureau(self, bureau: Bureau) -> None:
        """Changes a bureau in its place, or adds it at the end."""
        with self._database.transaction():
            own = self._database.row(BUREAU, name=bureau.name)
            last = self._database.row(BUREAU, "-position")
            position = own["position"] if own else 1 + (last["position"] if last else 0)
            self._put(bureau, position)

    def rename_bureau(self, name: str, new_name: str) -> None:
        """Gives a bureau another name; its place and its measures stay. Raises KeyError, ValueError where it is taken."""
        with self._database.transaction():
            own = self._database.row(BUREAU, name=name)
            if own is None:
                raise KeyError(name)
            if name == new_name:
                return
            renamed = {**own, "name": new_name}
            self._database.add(BUREAU, [renamed])
            for row in self._database.rows(DELEGATION, bureau=name):
                self._database.put(DELEGATION, {**row, "bureau": new_name}, "plan_id", "measure_key")
            self._database.remove(BUREAU, name=name)

    def remove_bureau(self, name: str) -> None:
        """Takes a bureau out; nothing happens when it is not there. Raises KeyError while it has measures."""
        self._database.remove(BUREAU, name=name)

    def of_plan(self, plan_id: str) -> dict[str, Delegation]:
        """A plan's delegations under their measures' keys."""
        rows = self._database.rows(DELEGATION, "measure_key", plan_id=plan_id)
        return {row["measure_key"]: _delegation(row) for row in rows}

    def of_bureau(self, name: str) -> tuple[Delegation, ...]:
        """Everything that a bureau does, in all plans."""
        rows = self._database.rows(DELEGATION, "plan_id", "measure_key", bureau=name)
        return tuple(_delegation(row) for row in rows)

    def put(self, delegation: Delegation) -> None:
        """Gives a measure to a bureau, in place of the one before. Raises KeyError for a bureau that is not listed."""
        row = {
            "plan_id": delegation.plan_id,
            "measure_key": delegation.measure_key,
            "bureau": delegation.bureau,
            "contact": delegation.contact,
            "phone": delegation.phone,
        }
        self._database.put(DELEGATION, row, "plan_id", "measure_key")

    def remove(self, plan_id: str, measure_key: str) -> None:
        """Takes a measure from its bureau; nothing happens when it has none."""
        self._database.remove(DELEGATION, plan_id=plan_id, measure_key=measure_key)

    def _put(self, bureau: Bureau, position: int) -> None:
        row: dict[str, Any] = {
            "name": bureau.name,
            "position": position,
            "contact": bureau.contact,
            "phone": bureau.phone,
        }
        self._database.put(BUREAU, row, "name")


def _bureau(row: dict[str, Any]) -> Bureau:
    return Bureau(row["name"], row["contact"], row["phone"])


def _delegation(row: dict[str, Any]) -> Delegation:
    return Delegation(row["plan_id"], row["measure_key"], row["bureau"], row["contact"], row["phone"])
