"""A workspace's storage: made, opened and held alone, one repository for each kind of thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.domain.unit import Region, UnitKind, UnitRef
from desktop.domain.workspace import Workspace
from desktop.storage.audit import Audit
from desktop.storage.bulletins import Bulletins
from desktop.storage.city_readings import CityReadings
from desktop.storage.comments import Comments
from desktop.storage.database import Database
from desktop.storage.delegations import Delegations
from desktop.storage.entry_texts import TextSearch
from desktop.storage.evidence import EvidenceFiles
from desktop.storage.files import FileShelf, put_in_place, sync_folder, write_fault
from desktop.storage.keys import Keys
from desktop.storage.letters import Letters
from desktop.storage.packages import Packages
from desktop.storage.plans import Plans
from desktop.storage.reports import Reports
from desktop.storage.schema import back_up, refuse_foreign, upgrade
from desktop.storage.settings import Settings
from desktop.storage.tables import WORKSPACE
from desktop.storage.units import Units
from desktop.storage.unsaved import UnsavedNote

DATABASE_NAME = "lantian.db"
_NEW_NAME = "lantian.new"
_NOTE_NAME = "lantian.lock"
_TYPED_NAME = "lantian.typed"
# Files that may lie beside the database, and folders.
NOTES = (f"{DATABASE_NAME}-journal", _NEW_NAME, f"{_NEW_NAME}-journal", _NOTE_NAME, _TYPED_NAME)
FOLDERS = ("evidence", "documents", "packages", "backups")
# Left by systems and by a creation that was interrupted; they do not make a folder someone's.
_IGNORED = {"desktop.ini", "thumbs.db", _NOTE_NAME, _NEW_NAME, f"{_NEW_NAME}-journal"}


class Store:
    """The open workspace in `folder`. One thread uses it at a time; any thread may be the next."""

    def __init__(self, folder: Path, database: Database, workspace: Workspace) -> None:
        self.folder = folder
        self.workspace = workspace
        self._database = database
        evidence, documents, packages = _shelves(folder)
        self.settings = Settings(database)
        self.units = Units(database)
        self.plans = Plans(database)
        self.reports = Reports(database, documents)
        self.comments = Comments(database)
        self.letters = Letters(database)
        self.bulletins = Bulletins(database, documents)
        self.texts = TextSearch(database)
        self.delegations = Delegations(database)
        self.city_readings = CityReadings(database)
        self.evidence = EvidenceFiles(evidence)
        self.packages = Packages(database, packages)
        self.keys = Keys(database)
        self.audit = Audit(database)
        self.unsaved = UnsavedNote(folder / _TYPED_NAME)

    @classmethod
    def create(cls, folder: Path, workspace: Workspace, region: Region, holder: str, now: datetime) -> Store:
        """Makes a workspace in a new or empty folder and opens it; an interrupted creation leaves none.

        Raises RefusedError: `workspace_exists`(folder), `workspace_not_empty`(folder),
        `folder_not_writable`(folder, reason), `disk_full`(folder).
        """
        folder = folder.absolute()
        _require_empty(folder)
        new = folder / _NEW_NAME
        try:
            _remove_new(folder)
            database = Database(new)
            try:
                database.hold()
                upgrade(database)
                with database.transaction():
                    database.put(WORKSPACE, _workspace_row(workspace), "id")
                    Units(database).put_region(region)
            finally:
                database.close()
            put_in_place(new, folder / DATABASE_NAME)
            _remove_new(folder)
            sync_folder(folder)
        except OSError as error:
            raise write_fault(error, folder) from error
        return cls.open(folder, holder, now)

    @classmethod
    def open(cls, folder: Path, holder: str, now: datetime) -> Store:
        """Opens a workspace for this program alone.

        Raises UnreadableError: `workspace_missing`(folder), `workspace_newer`(folder, version),
        `workspace_damaged`(folder, detail), `workspace_not_ours`(folder); RefusedError:
        `workspace_in_use`(folder, holder, since), `folder_not_writable`(folder, reason), `disk_full`(folder).
        """
        folder = folder.absolute()
        path = folder / DATABASE_NAME
        if not path.is_file():
            raise UnreadableError("workspace_missing", folder=str(folder))
        if path.stat().st_size == 0:
            raise UnreadableError("workspace_damaged", folder=str(folder), detail="the file is empty")
        database = Database(path)
        try:
            workspace = _taken(database)
            _write_note(folder, holder, now)
        except UserError as error:
            database.close()
            if error.code == "workspace_in_use":
                raise RefusedError(error.code, folder=str(folder), **_note(folder)) from error
            raise
        except BaseException:
            database.close()
            raise
        for shelf in _shelves(folder):
            shelf.sweep()
        return cls(folder, database, workspace)

    def close(self) -> None:
        """Gives the workspace free; closing twice is harmless."""
        if not self._database.closed:
            # The note goes first: once the lock is gone it may be another's.
            with suppress(OSError):
                (self.folder / _NOTE_NAME).unlink()
            self.unsaved.close()
            self._database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, durable at the end. A nested one joins: it becomes durable with the outermost."""
        return self._database.transaction()

    def back_up(self, target: Path) -> None:
        """A copy of the database as one file (not of the files beside it), durable when it returns.

        Raises RefusedError: `disk_full`(folder), `folder_not_writable`(folder, reason).
        """
        back_up(self._database, target)

    @property
    def schema_version(self) -> int:
        """How many migrations the database has seen."""
        return int(self._database.pragma("user_version"))

    def shelved(self) -> Iterator[Path]:
        """Every file that is kept beside the database, in one order."""
        for shelf in _shelves(self.folder):
            yield from shelf.files()

    def damage(self) -> tuple[str, ...]:
        """What SQLite's own thorough check finds wrong in the file; empty when all is well."""
        return self._database.damage()


def _shelves(folder: Path) -> tuple[FileShelf, FileShelf, FileShelf]:
    return (
        FileShelf(folder / "evidence", "evidence_altered"),
        FileShelf(folder / "documents", "document_altered"),
        FileShelf(folder / "packages", "package_altered", ".jbx", nested=False),
    )


def _require_empty(folder: Path) -> None:
    try:
        if (folder / DATABASE_NAME).exists():
            raise RefusedError("workspace_exists", folder=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        names = [path.name.lower() for path in folder.iterdir()]
    except OSError as error:
        raise write_fault(error, folder) from error
    if any(name not in _IGNORED and not name.startswith(".") for name in names):
        raise RefusedError("workspace_not_empty", folder=str(folder))


def _remove_new(folder: Path) -> None:
    for name in (_NEW_NAME, f"{_NEW_NAME}-journal"):
        (folder / name).unlink(missing_ok=True)


def _taken(database: Database) -> Workspace:
    """Whose workspace it is, once the file is known to be ours, whole, held alone and up to date."""
    version = refuse_foreign(database)
    database.hold()
    damage = database.damage(quick=True)
    if damage:
        raise UnreadableError("workspace_damaged", folder=str(database.folder), detail=damage[0])
    database.require_writable(version)
    upgrade(database)
    row = database.row(WORKSPACE)
    if row is None:
        raise UnreadableError("workspace_damaged", folder=str(database.folder), detail="no workspace row")
    return _workspace(row)


def _write_note(folder: Path, holder: str, now: datetime) -> None:
    try:
        (folder / _NOTE_NAME).write_text(f"{holder}\n{now.isoformat(timespec='minutes')}\n", encoding="utf-8")
    except OSError as error:
        raise write_fault(error, folder) from error


def _note(folder: Path) -> dict[str, str]:
    """Who says to hold the workspace; empty strings where that cannot be read."""
    try:
        lines = (folder / _NOTE_NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    holder, since = (*lines, "", "")[:2]
    return {"holder": holder, "since": since}


def _workspace_row(workspace: Workspace) -> dict[str, Any]:
    superior = workspace.superior
    return {
        "id": 1,
        "unit_code": workspace.unit.code,
        "unit_name": workspace.unit.name,
        "kind": workspace.kind.value,
        "superior_code": superior.code if superior else None,
        "superior_name": superior.name if superior else None,
        "sample": int(workspace.sample),
        "created_at": workspace.created_at.isoformat(),
    }


def _workspace(row: dict[str, Any]) -> Workspace:
    superior = row["superior_code"]
    return Workspace(
        UnitRef(row["unit_code"], row["unit_name"]),
        UnitKind(row["kind"]),
        None if superior is None else UnitRef(superior, row["superior_name"]),
        bool(row["sample"]),
        datetime.fromisoformat(row["created_at"]),
    )
