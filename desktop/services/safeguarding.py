"""自动备份: copies of the database within the workspace, made beside the work and never in its way."""

from __future__ import annotations

import logging
from datetime import datetime

from desktop.domain.backup import Snapshot
from desktop.domain.errors import UserError
from desktop.storage import Store, snapshots


def keep_snapshot(store: Store, now: datetime) -> Snapshot | None:
    """An automatic copy of the database; where it cannot be made, that is logged and stops nothing else."""
    try:
        return snapshots.take(store, now)
    except UserError as error:
        logging.getLogger("lantian").warning("no automatic copy of the database: %s", error)
        return None


def keep_daily(store: Store, now: datetime) -> Snapshot | None:
    """The day's automatic copy, where the day has none yet."""
    found = snapshots.snapshots(store.folder)
    if found and found[0].at.date() >= now.date():
        return None
    return keep_snapshot(store, now)
