"""自动备份: copies of the database inside the workspace, made whole or not at all, and one put in the place of a damaged file."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desktop.domain.backup import Snapshot, kept
from desktop.domain.errors import RefusedError, UserError
from desktop.storage.files import CHUNK, copied, sync_folder, write_fault
from desktop.storage.store import DATABASE_NAME, Store
from desktop.storage.vetting import vet

FOLDER = "backups"
_NAME = re.compile(r"auto-(\d{8}-\d{6})\.db")
_STAMP = "%Y%m%d-%H%M%S"
_ROOM_LEFT = 100_000_000
_PUT_BACK = "lantian.restoring"


def snapshots(folder: Path) -> tuple[Snapshot, ...]:
    """The automatic copies in a workspace, the newest first; what has another name is none."""
    found = []
    with suppress(OSError):
        for path in (folder / FOLDER).iterdir():
            match = _NAME.fullmatch(path.name)
            if match and path.is_file():
                with suppress(ValueError, OSError):
                    at = datetime.strptime(match[1], _STAMP)
                    found.append(Snapshot(path.name, at, path.stat().st_size))
    return tuple(sorted(found, key=lambda each: (each.at, each.name), reverse=True))


def take(store: Store, now: datetime) -> Snapshot:
    """Copies the database and lets older copies go; one of the same second is replaced.

    Raises RefusedError: `disk_full`(folder), also where it would leave less than 100 MB; `folder_not_writable`(folder, reason).
    """
    place = store.folder / FOLDER
    target = place / f"auto-{now:{_STAMP}}.db"
    try:
        place.mkdir(exist_ok=True)
        _sweep(place)
        if shutil.disk_usage(place).free < (store.folder / DATABASE_NAME).stat().st_size + _ROOM_LEFT:
            raise RefusedError("disk_full", folder=str(place))
        store.back_up(target)
        made = Snapshot(target.name, now.replace(tzinfo=None), target.stat().st_size)
        found = snapshots(store.folder)
        for name in {each.name for each in found} - kept(found):
            # One that a virus scanner is reading goes the next time.
            with suppress(OSError):
                (place / name).unlink()
    except OSError as error:
        raise write_fault(error, place) from error
    return made


def _sweep(place: Path) -> None:
    """What a program that was killed left behind."""
    for leftover in place.glob("auto-*.tmp*"):
        with suppress(OSError):
            leftover.unlink()


def newest_whole(folder: Path) -> Snapshot | None:
    """The newest automatic copy that is ours and not damaged; None where there is none."""
    for each in snapshots(folder):
        try:
            vet(folder / FOLDER / each.name)
        except UserError:
            continue
        return each
    return None


def put_back(folder: Path, snapshot: Snapshot, now: datetime) -> Path | None:
    """Puts a copy in the place of a database that cannot be read; returns under which name that one is kept.

    The journal goes with the file it belongs to: left behind, it would be played into the copy. Interrupted, it leaves
    the damaged file or none, and can be done again. Raises UserError as `vet`; RefusedError: `disk_full`(folder),
    `folder_not_writable`(folder, reason).
    """
    damaged, draft = folder / DATABASE_NAME, folder / _PUT_BACK
    journal = folder / f"{DATABASE_NAME}-journal"
    aside = folder / f"lantian.damaged-{now:{_STAMP}}.db"
    try:
        _copy(folder / FOLDER / snapshot.name, draft)
        vet(draft)
        was_there = damaged.exists()
        if was_there:
            damaged.rename(aside)
        if journal.exists():
            journal.rename(aside.with_name(f"{aside.name}-journal"))
        draft.rename(damaged)
        sync_folder(folder)
    except OSError as error:
        raise write_fault(error, folder) from error
    finally:
        for leftover in (draft, draft.with_name(f"{draft.name}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return aside if was_there else None


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        copied(iter(lambda: file.read(CHUNK), b""), target)
