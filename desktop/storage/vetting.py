"""A database that came from outside, or that may be damaged: judged where nothing else lies, before anything trusts it."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path

from desktop.domain.errors import UnreadableError
from desktop.storage.database import Database
from desktop.storage.migrations import MIGRATIONS
from desktop.storage.schema import refuse_foreign

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master"


def vet(path: Path) -> int:
    """The version of a database that is ours, whole, and has exactly the tables that this program makes.

    A trigger, a view or a column more makes it another's: a schema can hold code. Raises UnreadableError:
    `workspace_not_ours`, `workspace_newer`(version), `workspace_damaged`(detail).
    """
    if not path.is_file() or path.stat().st_size == 0:
        raise UnreadableError("workspace_damaged", folder=str(path.parent), detail="the file is empty")
    database = Database(path)
    try:
        version = refuse_foreign(database)
        if frozenset(database.execute(_SCHEMA)) != _expected(version):
            raise UnreadableError("workspace_not_ours", folder=str(path.parent))
        damage = database.damage()
    finally:
        database.close()
    if damage:
        raise UnreadableError("workspace_damaged", folder=str(path.parent), detail=damage[0])
    return version


@lru_cache(maxsize=len(MIGRATIONS))
def _expected(version: int) -> frozenset[tuple[object, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        for migrate in MIGRATIONS[:version]:
            migrate(connection.execute)
        return frozenset(connection.execute(_SCHEMA).fetchall())
    finally:
        connection.close()
