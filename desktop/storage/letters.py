"""Letters in people's own words: a report's number, and the sections that somebody edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.letter import SectionName
from desktop.storage.database import Database
from desktop.storage.tables import LETTER, LETTER_SECTION


@dataclass(frozen=True)
class EditedSection:
    """A section's text as somebody wrote it, and what had been drafted from the data when they last did."""

    text: str
    drafted: str


class Letters:
    def __init__(self, database: Database) -> None:
        self._database = database

    def number(self, report_id: str) -> str:
        """发文字号, empty while nobody typed one."""
        row = self._database.row(LETTER, report_id=report_id)
        return str(row["number"]) if row else ""

    def put_number(self, report_id: str, number: str) -> None:
        """Keeps the number. Raises KeyError when there is no such report."""
        self._database.put(LETTER, {"report_id": report_id, "number": number}, "report_id")

    def sections(self, report_id: str) -> Mapping[SectionName, EditedSection]:
        """The sections that somebody edited."""
        rows = self._database.rows(LETTER_SECTION, report_id=report_id)
        return {SectionName(row["name"]): EditedSection(row["text"], row["drafted"]) for row in rows}

    def put_section(self, report_id: str, name: SectionName, section: EditedSection, at: datetime) -> None:
        """Keeps a section, in place of what it was. Raises KeyError when there is no such report."""
        place = {"report_id": report_id, "name": name.value}
        row = {**place, "text": section.text, "drafted": section.drafted, "updated_at": at.isoformat()}
        self._database.put(LETTER_SECTION, row, *place)

    def remove_section(self, report_id: str, name: SectionName) -> None:
        """Gives a section back to the data; nothing happens when nobody edited it."""
        self._database.remove(LETTER_SECTION, report_id=report_id, name=name.value)

    def copy(self, report_id: str, to_report_id: str, at: datetime) -> None:
        """Carries number and sections to another report."""
        with self._database.transaction():
            if number := self.number(report_id):
                self.put_number(to_report_id, number)
            for name, section in self.sections(report_id).items():
                self.put_section(to_report_id, name, section, at)
