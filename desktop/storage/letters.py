"""Letters in people's own words: a report's number, and the sections that somebody edited."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.letter import SectionName
from desktop.storage.database import Database
from desktop.storage.sections import KeptSections
from desktop.storage.tables import LETTER, LETTER_SECTION


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

    def sections(self, report_id: str) -> KeptSections[SectionName]:
        """The sections of a report's letter."""
        return KeptSections(self._database, LETTER_SECTION, SectionName, {"report_id": report_id})

    def copy(self, report_id: str, to_report_id: str, at: datetime) -> None:
        """Carries number and sections to another report."""
        with self._database.transaction():
            if number := self.number(report_id):
                self.put_number(to_report_id, number)
            following = self.sections(to_report_id)
            for name, section in self.sections(report_id).all().items():
                following.put(name, section, at)
