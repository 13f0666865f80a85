"""Bringing a file to this program's schema: refuse what is newer, keep a copy before what is older changes."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.domain.errors import UnreadableError
from desktop.storage.database import APPLICATION_ID, Database
from desktop.storage.files import put_in_place, sync_folder, write_fault
from desktop.storage.migrations import MIGRATIONS, Migration


def refuse_foreign(database: Database) -> int:
    """The file's version, read before anything else is.

    Raises UserError: `workspace_not_ours`(folder), `workspace_newer`(folder, version), and what opening raises.
    """
    application, version = database.identity()
    folder = str(database.folder)
    if application != APPLICATION_ID or version < 1:
        raise UnreadableError("workspace_not_ours", folder=folder)
    if version > len(MIGRATIONS):
        raise UnreadableError("workspace_newer", folder=folder, version=version)
    return version


def upgrade(database: Database, migrations: tuple[Migration, ...] = MIGRATIONS) -> Path | None:
    """Runs the migrations that the file lacks, each in a transaction with its number.

    Returns the copy that was made of an older file, or None when nothing was to be kept. A failure
    leaves the version before, whole.
    """
    version = int(database.pragma("user_version"))
    copy = None
    if 0 < version < len(migrations):
        copy = database.folder / "backups" / f"before-version-{version + 1}.db"
        back_up(database, copy)
    for number in range(version + 1, len(migrations) + 1):
        with database.transaction():
            migrations[number - 1](database.execute)
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute(f"PRAGMA user_version = {number}")
    return copy


def back_up(database: Database, target: Path) -> None:
    """A consistent copy of the database as one file, durable when it returns; replaces `target`.

    VACUUM INTO, because copying a live file loses rows. Raises UserError `disk_full`, `folder_not_writable`.
    """
    temporary = target.with_name(target.name + ".tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        try:
            database.copy_into(temporary)
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            put_in_place(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(target.parent)
    except OSError as error:
        raise write_fault(error, target.parent) from error
