"""Half backups that a killed program left outside: each is noted before it is begun, and taken away the next time.

Only a file that was noted here, by this workspace, and begins as the backup of its database at that moment began is
taken away. Whatever else lies there, under whatever name, is somebody's.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop.domain.errors import UserError
from desktop.exchange.backup_file import begins_with
from desktop.storage import Store

_DRAFTS = "backup_drafts"
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


def _noted(store: Store) -> list[dict[str, str]]:
    found: list[dict[str, str]] = store.settings.get(_DRAFTS, [])
    return found


def _keep(store: Store, notes: list[dict[str, Any]]) -> None:
    if notes != _noted(store):
        with store.transaction():
            store.settings.put(_DRAFTS, notes)
