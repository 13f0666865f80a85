"""Sections of a text that people edited: kept under the place that the text belongs to, each with its draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from desktop.storage.database import Database

Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True)
class EditedSection:
    """A section's text as somebody wrote it, and what had been drafted from the data when they last did."""

    text: str
    drafted: str


class KeptSections(Generic[Name]):
    """The edited sections of one text. `place`: the columns and values that tell it from the others in its table."""

    def __init__(self, database: Database, table: Any, names: type[Name], place: Mapping[str, str]) -> None:
        self._database, self._table, self._names = database, table, names
        self._place: dict[str, Any] = dict(place)

    def all(self) -> Mapping[Name, EditedSection]:
        """The sections that somebody edited."""
        rows = self._database.rows(self._table, **self._place)
        return {self._names(row["name"]): EditedSection(row["text"], row["drafted"]) for row in rows}

    def put(self, name: Name, section: EditedSection, at: datetime) -> None:
        """Keeps a section, in place of what it was. Raises KeyError when there is nothing that it could belong to."""
        place = {**self._place, "name": name.value}
        row = {**place, "text": section.text, "drafted": section.drafted, "updated_at": at.isoformat()}
        self._database.put(self._table, row, *place)

    def remove(self, name: Name) -> None:
        """Gives a section back to the data; nothing happens when nobody edited it."""
        self._database.remove(self._table, **self._place, name=name.value)
