"""What a killed program left outside: half backups, each noted before it is begun, are taken away the next time.

Only a file that was noted here, by this workspace, and begins as the backup of its database at that moment began is
taken away. Whatever else lies there, under whatever name, is somebody's. What a killed restore left is only named.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop.domain.backup import DATABASE
from desktop.domain.errors import UserError
from desktop.exchange.backup_file import begins_with
from desktop.storage import Store
from desktop.storage.database import APPLICATION_ID

_DRAFTS = "backup_drafts"
# As restoring names the folder that it fills.
_UNFINISHED = re.compile(r"\..{1,40}\.[A-Za-z0-9_]{8}\.tmp")
_SQLITE = b"SQLite format 3\0"
# A stick may stay away for months; its note waits. More sticks than these nobody has.
_MOST = 10
_HEAD = 100
"""Bytes of SQLite's header: they change with every commit."""


def note_draft(store: Store, draft: Path, database: Path) -> None:
    """Keeps in mind that a draft is about to be written, which begins with this copy of the database."""
    with database.open("rb") as file:
        head = file.read(_HEAD).hex()
    _keep(store, [*_noted(store), {"path": str(draft), "head": head}][-_MOST:])


def forget_draft(store: Store, draft: Path) -> None:
    """A draft that is gone is no longer looked for; where that cannot be written, its note stays, which is harmless."""
    with suppress(UserError):
        _keep(store, [note for note in _noted(store) if note["path"] != str(draft)])


def forget_all(store: Store) -> None:
    """In a workspace that was restored: what its notes name belongs to the one that was backed up."""
    _keep(store, [])


def clear_drafts(store: Store) -> int:
    """Takes away what killed backups of this workspace left, and returns how many; what cannot be reached stays noted."""
    left, cleared = [], 0
    for note in _noted(store):
        path = Path(note["path"])
        try:
            if begins_with(path, bytes.fromhex(note["head"])):
                path.unlink()
                cleared += 1
        except OSError:
            # Its stick is not here, or the file is held: the next time.
            left.append(note)
    _keep(store, left)
    return cleared


def unfinished_restores(folder: Path) -> tuple[str, ...]:
    """Names of the folders beside this one that a killed restore left, each with a whole unit's data in it.

    They are named, never taken away: nothing tells one that was left from one that another program fills at this moment.
    """
    found = []
    with suppress(OSError):
        for path in sorted(folder.parent.iterdir()):
            if _UNFINISHED.fullmatch(path.name) and path.is_dir() and _holds_ours(path):
                found.append(path.name)
    return tuple(found)


def _holds_ours(folder: Path) -> bool:
    try:
        with (folder / DATABASE).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return head.startswith(_SQLITE) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _noted(store: Store) -> list[dict[str, str]]:
    found: list[dict[str, str]] = store.settings.get(_DRAFTS, [])
    return found


def _keep(store: Store, notes: list[dict[str, Any]]) -> None:
    if notes != _noted(store):
        with store.transaction():
            store.settings.put(_DRAFTS, notes)
