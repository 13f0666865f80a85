"""One SQLite file, held alone: opening it safely, transactions, and SQLite's faults in the user's terms.

PERSIST with FULL lost no acknowledged commit in simulated power losses on Unix and Windows; WAL and
DELETE are not used on purpose.
"""

from __future__ import annotations

import sqlite3
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import peewee

from desktop.domain.errors import RefusedError, UnreadableError, UserError

# "LTJB" as a big-endian number: file(1) and SQLite's header tell our files from others.
APPLICATION_ID = 0x4C544A42

# Antivirus programs and indexers hold a fresh file for a moment; another lantian holds it for hours.
_PATIENCE = 0.5

# Flags of the connection: setting them reads nothing of the file.
_PRAGMAS = {"trusted_schema": "OFF", "cell_size_check": "ON", "foreign_keys": "ON"}


def fault(error: Exception, folder: Path) -> UserError | None:
    """What an error of SQLite means to the user; None for a bug.

    Codes: `disk_full`(folder), `folder_not_writable`(folder, reason: read_only, no_permission, io_error),
    `workspace_in_use`(folder, holder, since), `workspace_damaged`(folder, detail).
    """
    # Extended result codes carry the primary one in their low byte.
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return RefusedError("disk_full", folder=str(folder))
        case sqlite3.SQLITE_READONLY:
            return RefusedError("folder_not_writable", folder=str(folder), reason="read_only")
        case sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return RefusedError("folder_not_writable", folder=str(folder), reason="no_permission")
        case sqlite3.SQLITE_IOERR:
            return RefusedError("folder_not_writable", folder=str(folder), reason="io_error")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return RefusedError("workspace_in_use", folder=str(folder), holder="", since="")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return UnreadableError("workspace_damaged", folder=str(folder), detail=str(error))
    return None


class Database:
    """A connection that one thread uses at a time; any thread may be the next.

    Every call raises the UserErrors of `fault`, ValueError on a row that contradicts another, and
    KeyError on one that belongs to a row that is not there.
    """

    def __init__(self, path: Path) -> None:
        self.folder = path.parent
        self._lock = threading.RLock()
        self._depth = 0
        # Half of peewee's calls carry no types.
        self._db: Any = peewee.SqliteDatabase(
            str(path),
            pragmas=_PRAGMAS,
            timeout=_PATIENCE,
            thread_safe=False,
            autoconnect=False,
            check_same_thread=False,
        )
        with self._faults():
            self._db.connect()

    @contextmanager
    def _faults(self, folder: Path | None = None) -> Iterator[None]:
        try:
            yield
        except (peewee.DatabaseError, sqlite3.DatabaseError) as error:
            # peewee wraps what executing raises, and leaves bare what reading the rows raises.
            cause = getattr(error, "orig", error)
            _let_go(error)
            if isinstance(cause, sqlite3.IntegrityError):
                orphan = cause.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
                raise (KeyError if orphan else ValueError)(str(cause)) from error
            known = fault(cause, folder or self.folder)
            if known is None:
                raise
            raise known from error

    def identity(self) -> tuple[int, int]:
        """application_id and user_version, read before anything else in the file is."""
        return self.pragma("application_id"), self.pragma("user_version")

    def hold(self) -> None:
        """Takes the file for this program alone until `close`. Raises RefusedError(`workspace_in_use`)."""
        self.execute("BEGIN EXCLUSIVE")
        # Only now: set before, two programs that start together could keep each other out.
        self.execute("PRAGMA locking_mode = EXCLUSIVE")
        self.execute("COMMIT")
        self.execute("PRAGMA synchronous = FULL")
        self.execute("PRAGMA journal_mode = PERSIST")

    def require_writable(self, version: int) -> None:
        """Raises RefusedError(`folder_not_writable`, `disk_full`) now rather than at the first entry.

        A write-protected file opens for reading without a word; writing its version anew shows it, and
        that a journal can stand beside it.
        """
        self.execute(f"PRAGMA user_version = {version}")

    def close(self) -> None:
        with self._lock, self._faults():
            self._db.close()

    @property
    def closed(self) -> bool:
        return bool(self._db.is_closed())

    def damage(self, quick: bool = False) -> tuple[str, ...]:
        """What SQLite's own check finds wrong, at most a hundred lines; `quick` leaves out indexes and references."""
        lines = self.execute("PRAGMA quick_check" if quick else "PRAGMA integrity_check")
        found = tuple(str(line[0]) for line in lines if line[0] != "ok")
        orphans = [] if quick else self.execute("PRAGMA foreign_key_check")
        return found + tuple(f"{table} row {row} belongs to nothing" for table, row, *_ in orphans)

    def copy_into(self, target: Path) -> None:
        """VACUUM INTO a file that is not there yet."""
        with self._lock, self._faults(target.parent):
            self._db.execute_sql("VACUUM INTO ?", (str(target),))

    def pragma(self, name: str) -> Any:
        """The value of a pragma that answers with one."""
        return self.execute(f"PRAGMA {name}")[0][0]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT. An inner one is a savepoint of the outer: it becomes durable with it,
        and when it fails, nothing of it stays even if the outer goes on.
        """
        with self._lock:
            if self._depth:
                yield from self._inner()
            else:
                yield from self._outer()

    def _outer(self) -> Iterator[None]:
        with self._faults():
            self._db.begin("IMMEDIATE")
            self._depth = 1
            try:
                yield
                self._require_open()
                self._db.commit()
            except BaseException:
                # SQLite has already rolled back by itself after a full disk or a read error.
                if self._in_transaction:
                    self._db.rollback()
                raise
            finally:
                self._depth = 0

    def _inner(self) -> Iterator[None]:
        name = f"level_{self._depth}"
        self.execute(f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield
            self.execute(f"RELEASE {name}")
        except BaseException:
            if self._in_transaction:
                self.execute(f"ROLLBACK TO {name}")
                self.execute(f"RELEASE {name}")
            raise
        finally:
            self._depth -= 1

    @property
    def within_transaction(self) -> bool:
        return self._depth > 0

    @property
    def _in_transaction(self) -> bool:
        return bool(self._db.connection().in_transaction)

    def _require_open(self) -> None:
        # Going on after SQLite gave the transaction up would write half of it.
        if self._depth and not self._in_transaction:
            raise RuntimeError("the transaction was given up after an error and cannot go on")

    def execute(self, sql: str) -> list[tuple[Any, ...]]:
        """One statement without parameters, as written."""
        with self._lock, self._faults():
            self._require_open()
            return list(self._db.execute_sql(sql).fetchall())

    def define(self, name: str, function: Callable[..., Any]) -> None:
        """Lets statements of this connection call a function of two values."""
        with self._lock, self._faults():
            self._db.register_function(function, name, 2)

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a question that a repository words itself; values only ever stand at its marks."""
        with self._lock, self._faults():
            self._require_open()
            return list(self._db.execute_sql(sql, tuple(values)).fetchall())

    def rows(self, table: Any, *order: str, limit: int = 0, **same: Any) -> list[dict[str, Any]]:
        """The rows whose columns have these values (a tuple: one of these), by these columns; `-` in front: falling."""
        shape = tuple((name, len(v) if isinstance(v, tuple) else 0) for name, v in same.items())
        values = tuple(e for v in same.values() for e in (v if isinstance(v, tuple) else (v,)))
        columns = tuple(table._columns)
        sql = _select(table.__name__, columns, shape, order, limit)
        with self._lock, self._faults():
            self._require_open()
            return [
                dict(zip(columns, row, strict=True)) for row in self._db.execute_sql(sql, values).fetchall()
            ]

    def row(self, table: Any, *order: str, **same: Any) -> dict[str, Any] | None:
        """The first of such rows, if there is one."""
        return next(iter(self.rows(table, *order, limit=1, **same)), None)

    def put(self, table: Any, row: dict[str, Any], *key: str) -> None:
        """Inserts a row, or changes the one with the same key in its place."""
        self._run(_upsert(table.__name__, tuple(row), key), tuple(row.values()))

    def add(self, table: Any, rows: list[dict[str, Any]]) -> None:
        """Inserts rows that all have the same columns."""
        if rows:
            values = tuple(value for row in rows for value in row.values())
            self._run(_insert(table.__name__, tuple(rows[0]), len(rows)), values)

    def remove(self, table: Any, **same: Any) -> None:
        """Deletes the rows whose columns have these values."""
        self._run(_delete(table.__name__, tuple(same)), tuple(same.values()))

    def _run(self, sql: str, values: tuple[Any, ...]) -> None:
        with self._lock, self._faults():
            self._require_open()
            self._db.execute_sql(sql, values)


def _let_go(error: BaseException) -> None:
    # The traceback holds the cursor that failed; while that lives, SQLite keeps the file locked after closing.
    traceback.clear_frames(error.__traceback__)


# Statements have few shapes. Building each anew cost more than the commit itself, so the texts are kept.
@lru_cache(maxsize=256)
def _select(
    table: str,
    columns: tuple[str, ...],
    same: tuple[tuple[str, int], ...],
    order: tuple[str, ...],
    limit: int,
) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    wanted = " AND ".join(
        f'"{name}" IN ({", ".join("?" * count)})' if count else f'"{name}" = ?' for name, count in same
    )
    by = ", ".join(f'"{name[1:]}" DESC' if name.startswith("-") else f'"{name}"' for name in order)
    return (
        f'SELECT {names} FROM "{table}"'
        + (f" WHERE {wanted}" if wanted else "")
        + (f" ORDER BY {by}" if by else "")
        + (f" LIMIT {limit}" if limit else "")
    )


@lru_cache(maxsize=256)
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    return f'INSERT INTO "{table}" ({names}) VALUES ' + ", ".join([f"({marks})"] * count)


@lru_cache(maxsize=64)
def _upsert(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    target = ", ".join(f'"{name}"' for name in key)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
    return f"{_insert(table, columns, 1)} ON CONFLICT ({target}) DO UPDATE SET {changes}"


@lru_cache(maxsize=64)
def _delete(table: str, columns: tuple[str, ...]) -> str:
    same = " AND ".join(f'"{name}" = ?' for name in columns)
    return f'DELETE FROM "{table}"' + (f" WHERE {same}" if same else "")
