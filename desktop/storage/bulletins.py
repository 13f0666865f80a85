"""通报: the sections that the city edited, by plan and quarter, and every bulletin that was exported."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop.domain.bulletin import BulletinSection, ExportedBulletin
from desktop.storage.database import Database
from desktop.storage.files import FileShelf
from desktop.storage.sections import KeptSections
from desktop.storage.tables import BULLETIN_FILE, BULLETIN_SECTION


class Bulletins:
    def __init__(self, database: Database, shelf: FileShelf) -> None:
        self._database = database
        self._shelf = shelf

    def sections(self, plan_id: str, quarter: str) -> KeptSections[BulletinSection]:
        """The sections of a quarter's bulletin."""
        place = {"plan_id": plan_id, "quarter": quarter}
        return KeptSections(self._database, BULLETIN_SECTION, BulletinSection, place)

    def put_file(self, data: bytes) -> str:
        """Keeps a PDF's bytes and returns their digest. Raises UserError `disk_full`, `folder_not_writable`."""
        return self._shelf.keep((data,))[0]

    def put_exported(self, exported: ExportedBulletin) -> None:
        """Keeps what is known of a file; the same file again stays as it was first exported."""
        if self._database.row(BULLETIN_FILE, file=exported.file) is not None:
            return
        row = {name: getattr(exported, name) for name in exported.__dataclass_fields__}
        row |= {
            "letter": int(exported.letter),
            "as_of": exported.as_of.isoformat(),
            "exported_at": exported.exported_at.isoformat(),
        }
        self._database.put(BULLETIN_FILE, row, "file")

    def exported(self) -> tuple[ExportedBulletin, ...]:
        """Every file that was exported, the first first."""
        return tuple(_exported(row) for row in self._database.rows(BULLETIN_FILE, "exported_at", "file"))

    def file(self, digest: str, name: str = "") -> bytes:
        """The very bytes of an exported PDF. Raises UnreadableError(`document_altered`, file, path, reason)."""
        return self._shelf.read(digest, name)

    def path(self, digest: str) -> Path:
        """Where the file lies. Raises ValueError unless the digest is one."""
        return self._shelf.path(digest)


def _exported(row: dict[str, Any]) -> ExportedBulletin:
    given = {
        **row,
        "letter": bool(row["letter"]),
        "as_of": date.fromisoformat(row["as_of"]),
        "exported_at": datetime.fromisoformat(row["exported_at"]),
    }
    return ExportedBulletin(**given)
