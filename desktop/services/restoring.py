"""恢复: a backup is looked at as a stranger's file, and becomes a new workspace, never one that is there already."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.backup import DATABASE, BackupFile, BackupList, Snapshot
from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.domain.file_faults import file_fault
from desktop.domain.progress import Progress, silent
from desktop.domain.report import Report
from desktop.domain.workspace import Workspace
from desktop.exchange.backup_file import BackupReader, told
from desktop.services.clearing import forget_all
from desktop.services.opening import DAMAGED, check_folder, open_workspace
from desktop.services.vouching import note_restored
from desktop.storage import Store, snapshots
from desktop.storage.files import copied, sync_folder, write_fault
from desktop.storage.vetting import vet

_MARGIN = 20_000_000
_DATABASE_CODES = {
    "workspace_newer": "backup_newer",
    "workspace_not_ours": "backup_damaged",
    "workspace_damaged": "backup_damaged",
}


@dataclass(frozen=True)
class BackupSeen:
    """What a backup says, with its database read; nothing has been written. `size` of all files in bytes.

    `plans` are titles; `last` is the newest report that was submitted, at the superior the newest that came in.
    """

    path: Path
    workspace: Workspace
    made_at: datetime
    size: int
    files: int
    plans: tuple[str, ...]
    quarters: tuple[str, ...]
    last: Report | None
    last_unit: str


def look(path: Path, now: datetime, progress: Progress = silent) -> BackupSeen:
    """Reads a backup's list and its database in a place of their own.

    Raises UnreadableError: `file_missing`, `file_unreadable`, `backup_not_ours`(file), `backup_damaged`(file, detail),
    `backup_newer`(file, version); RefusedError `disk_full`(folder, need, free).
    """
    scratch = Path(tempfile.gettempdir())
    try:
        with (
            _opened(path) as reader,
            tempfile.TemporaryDirectory(prefix="lantian-", ignore_cleanup_errors=True) as made,
        ):
            scratch = Path(made)
            database = next(file for file in reader.listed.files if file.name == DATABASE)
            _require_room(scratch, database.size)
            _extract(reader, database, scratch, progress, 0, database.size)
            vet(scratch / DATABASE)
            store = _taken(scratch, "restore", now)
            try:
                return _seen(path, reader.listed, store)
            finally:
                store.close()
    except OSError as error:
        raise write_fault(error, scratch) from error


def check(path: Path, progress: Progress = silent) -> BackupList:
    """Reads every file of a backup. Raises as `look`."""
    with _opened(path) as reader:
        reader.check(progress)
        return reader.listed


def restore(path: Path, folder: Path, actor: str, now: datetime, progress: Progress = silent) -> Path:
    """Makes a workspace in a folder that is new or empty; until all is there and right, nothing has its name.

    Raises as `look`, and RefusedError: `workspace_exists`, `workspace_not_empty`, `folder_missing`,
    `folder_not_writable`(folder, reason), `disk_full`(folder, need, free).
    """
    folder = folder.absolute()
    _require_new(folder)
    draft: Path | None = None
    try:
        with _opened(path) as reader:
            folder.parent.mkdir(parents=True, exist_ok=True)
            _require_room(folder.parent, reader.listed.size)
            draft = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", suffix=".tmp", dir=folder.parent))
            _fill(reader, draft, progress)
            vet(draft / DATABASE)
            _finish(draft, reader.listed, actor, now)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise write_fault(error, folder) from error
    finally:
        if draft is not None and draft.exists():
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _require_new(folder: Path) -> None:
    problem = check_folder(folder).problem
    if not problem and folder.is_dir() and any(folder.iterdir()):
        problem = "workspace_not_empty"
    if problem:
        raise RefusedError(problem, folder=str(folder))


def _fill(reader: BackupReader, draft: Path, progress: Progress) -> None:
    done, total = 0, reader.listed.size
    for each in reader.listed.files:
        done = _extract(reader, each, draft, progress, done, total)
    for place in (draft, *(path for path in draft.rglob("*") if path.is_dir())):
        sync_folder(place)


def _extract(
    reader: BackupReader, each: BackupFile, folder: Path, progress: Progress, done: int, total: int
) -> int:
    """Writes one file whose name the reader has found to be one of ours; returns how far all is."""
    target = folder / each.name

    def pieces() -> Iterator[bytes]:
        nonlocal done
        for chunk in reader.chunks(each):
            told(progress, "restore", done, total)
            yield chunk
            done += len(chunk)

    target.parent.mkdir(parents=True, exist_ok=True)
    copied(pieces(), target)
    return done


def _finish(draft: Path, listed: BackupList, actor: str, now: datetime) -> None:
    """Brings the database to this program's version and notes where it came from."""
    store = _taken(draft, actor, now)
    try:
        if store.workspace.unit != listed.unit:
            raise UnreadableError("backup_damaged", detail="the list names another unit")
        with store.transaction():
            forget_all(store)
            note_restored(store, listed.made_at)
            facts = {"made_at": listed.made_at.isoformat(timespec="minutes")}
            store.audit.append(now, actor, "workspace_restored", store.workspace.unit.code, facts)
    finally:
        store.close()


def _taken(folder: Path, holder: str, now: datetime) -> Store:
    try:
        return Store.open(folder, holder, now)
    except (ValueError, KeyError, TypeError) as error:
        # Its tables are ours, what stands in them is not.
        raise UnreadableError("backup_damaged", detail=str(error)) from error


def _require_room(folder: Path, size: int) -> None:
    need, free = size + _MARGIN, shutil.disk_usage(folder).free
    if free < need:
        raise RefusedError("disk_full", folder=str(folder), need=need, free=free)


@contextmanager
def _opened(path: Path) -> Iterator[BackupReader]:
    """A reader of the file; what is wrong with the file or its database is said of the backup."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise UnreadableError("file_missing", file=str(path)) from None
    except OSError as error:
        raise UnreadableError("file_unreadable", file=str(path), reason=file_fault(error)) from error
    with file:
        try:
            yield BackupReader(file)
        except UnreadableError as error:
            code = _DATABASE_CODES.get(error.code, error.code)
            raise UnreadableError(code, **{**error.facts, "file": path.name}) from error


def _seen(path: Path, listed: BackupList, store: Store) -> BackupSeen:
    try:
        workspace, region = store.workspace, store.units.region()
        if workspace.unit != listed.unit:
            raise ValueError("the list names another unit")
        plans = store.plans.all()
        quarters = {c.quarter for plan in plans for c in store.plans.calendars(plan.id)}
        sent = [(report.received_at or report.submitted_at, report) for report in store.reports.find()]
        moments = [(at, report) for at, report in sent if at is not None]
        last = max(moments, key=lambda pair: pair[0])[1] if moments else None
        unit = region.find(last.unit_code) if last else None
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError("backup_damaged", detail=str(error)) from error
    return BackupSeen(
        path, workspace, listed.made_at, listed.size, len(listed.files), tuple(plan.title for plan in plans),
        tuple(sorted(quarters)), last, unit.short_name if unit else "",
    )  # fmt: skip


# A damaged database and the automatic copies


def usable_snapshot(folder: Path) -> Snapshot | None:
    """The newest automatic copy of a workspace that could take its database's place; None where there is none."""
    return snapshots.newest_whole(folder)


@dataclass(frozen=True)
class PutBack:
    """The workspace as it was at `snapshot`; `aside` is the name of the file that could not be read, empty where none was there."""

    store: Store
    snapshot: Snapshot
    aside: str


def put_back(folder: Path, snapshot: Snapshot, actor: str, now: datetime) -> PutBack:
    """Puts an automatic copy in the place of a database that cannot be read, keeps that one, and opens the workspace.

    Raises UserError as `snapshots.put_back` and opening do, RefusedError(`workspace_not_damaged`, folder) where the
    database can be read after all.
    """
    _require_damaged(folder, actor, now)
    aside = snapshots.put_back(folder, snapshot, now)
    store = open_workspace(folder, actor, now)
    facts = {"made_at": snapshot.at.isoformat(timespec="minutes"), "file": aside.name if aside else ""}
    with store.transaction():
        note_restored(store, snapshot.at)
        store.audit.append(now, actor, "database_put_back", store.workspace.unit.code, facts)
    return PutBack(store, snapshot, aside.name if aside else "")


def _require_damaged(folder: Path, actor: str, now: datetime) -> None:
    try:
        open_workspace(folder, actor, now).close()
    except UserError as error:
        if error.code in DAMAGED:
            return
        raise
    raise RefusedError("workspace_not_damaged", folder=str(folder))
