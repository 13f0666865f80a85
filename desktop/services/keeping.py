"""备份: the whole workspace as one file that is read back before it counts."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from desktop import __version__
from desktop.domain.backup import DATABASE, ENDING, FORMAT, BackupList
from desktop.domain.errors import RefusedError, UserError
from desktop.domain.file_names import plain_name
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.exchange.backup_file import BackupReader, write_backup
from desktop.services.clearing import clear_drafts, forget_draft, note_draft
from desktop.services.writing import as_user_error
from desktop.storage import Store, snapshots
from desktop.storage.files import sync_folder

_LAST = "last_backup"
_MARGIN = 2_000_000
# What a directory of a stick's usual format can say of one file.
_LARGEST_ON_FAT = 2**32 - 1


@dataclass(frozen=True)
class BackupMade:
    """A backup that was written, flushed, opened again and found equal. `size` in bytes.

    `altered`: files of the workspace that were no longer what they were kept as; they are in the backup as they are.
    `cleared`: half backups that an earlier program was killed over, and that are gone now.
    """

    path: Path
    size: int
    files: int
    altered: tuple[str, ...]
    cleared: int = 0


def backup_name(store: Store, now: datetime) -> str:
    """柏河县_备份_20251129_1432.jbk"""
    unit = store.units.region().find(store.workspace.unit.code)
    name = unit.short_name if unit else store.workspace.unit.name
    return plain_name(f"{name}_备份_{now:%Y%m%d_%H%M}{ENDING}")


def needed(store: Store) -> int:
    """Bytes that a backup takes, a little more than less."""
    database = (store.folder / DATABASE).stat().st_size
    return database + sum(path.stat().st_size + 400 for path in store.shelved()) + _MARGIN


def back_up(store: Store, target: Path, actor: str, now: datetime, progress: Progress = silent) -> BackupMade:
    """Writes a backup beside its place, reads it back, and only then gives it its name; what had that name is replaced.

    Whatever stops it, neither a half file of that name nor a changed workspace is left; where the program is killed, the
    next backup takes the half file away. Raises UserError:
    `folder_missing`, `disk_full`(folder, need, free), `disk_format_small`(folder, size), `medium_gone`, `folder_not_writable`,
    `read_back_differs`(file), `backup_source_unreadable`(file), `backup_too_many_files`(limit).
    """
    folder = target.parent
    cleared = clear_drafts(store)
    draft = _free(target)
    # Its name is one that the automatic copies sweep away, should the program be killed.
    copy = store.folder / snapshots.FOLDER / "auto-file.tmp.db"
    need, is_ours = 0, False
    try:
        need = _require_room(store, folder)
        store.back_up(copy)
        # Only now, so that the backup itself says nothing of it.
        note_draft(store, draft, copy)
        with draft.open("xb") as file:
            is_ours = True
            listed = _written(store, copy, file, now, progress, need)
        _compared(draft, target, listed, progress)
        draft.replace(target)
        forget_draft(store, draft)
        is_ours = False
        # A second flush, after the rename: without it a stick pulled at once showed the old file.
        _flush(target)
        sync_folder(folder)
        size = target.stat().st_size
    except OSError as error:
        raise _fault(error, folder, need) from error
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        with suppress(OSError):
            if is_ours:
                # Of a stick that was pulled this fails, and the note stays for its return.
                draft.unlink()
                forget_draft(store, draft)
    with store.transaction():
        store.settings.put(_LAST, now.isoformat())
        store.audit.append(now, actor, "backup_made", str(target), {"files": str(len(listed.files))})
    progress("done", 100, 100)
    altered = tuple(file.name for file in listed.files if file.altered)
    return BackupMade(target, size, len(listed.files), altered, cleared)


def _free(target: Path) -> Path:
    """A name beside the backup's own that nobody has: what lies under it would be lost."""
    draft, number = target.with_name(f"{target.name}.tmp"), 2
    while draft.exists():
        draft, number = target.with_name(f"{target.name}.{number}.tmp"), number + 1
    return draft


def _require_room(store: Store, folder: Path) -> int:
    if not folder.is_dir():
        raise RefusedError("folder_missing", folder=str(folder))
    need, free = needed(store), shutil.disk_usage(folder).free
    if free < need:
        raise RefusedError("disk_full", folder=str(folder), need=need, free=free)
    return need


def _written(
    store: Store, copy: Path, file: BinaryIO, now: datetime, progress: Progress, need: int
) -> BackupList:
    version = store.schema_version
    head = BackupList(FORMAT, store.workspace.unit, now, __version__, version, ())
    listed = write_backup(file, head, _sources(store, copy), progress, need)
    file.flush()
    os.fsync(file.fileno())
    return listed


def _sources(store: Store, copy: Path) -> Iterator[tuple[str, Path]]:
    """The database first: what it names was kept before, so the shelves have it."""
    yield DATABASE, copy
    for path in store.shelved():
        yield path.relative_to(store.folder).as_posix(), path


def _compared(draft: Path, target: Path, listed: BackupList, progress: Progress) -> None:
    try:
        with draft.open("rb") as file:
            reader = BackupReader(file)
            if reader.listed != listed:
                raise RefusedError("read_back_differs", file=target.name)
            reader.check(progress)
    except UserError as error:
        raise RefusedError("read_back_differs", file=target.name) from error


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _fault(error: OSError, folder: Path, need: int) -> UserError:
    if need > _LARGEST_ON_FAT and error.errno in (errno.EFBIG, errno.ENOSPC):
        return RefusedError("disk_format_small", folder=str(folder), size=need)
    return as_user_error(error, folder, need)


@dataclass(frozen=True)
class LastKept:
    """When the workspace was last backed up to a file, and when its database was last copied by itself.

    `overdue`: a quarter has ended since the last file was written, or there is none although something is worth one.
    """

    file: datetime | None
    automatic: datetime | None
    overdue: bool


def last_kept(store: Store, today: date) -> LastKept:
    text = store.settings.get(_LAST)
    file = datetime.fromisoformat(text) if text else None
    found = snapshots.snapshots(store.folder)
    since = file.date() if file else store.workspace.created_at.date() if store.plans.all() else today
    overdue = Quarter.of(since) < Quarter.of(today) and not store.workspace.sample
    return LastKept(file, found[0].at if found else None, overdue)
