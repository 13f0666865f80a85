"""What becomes of files that are dropped on the inbox, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.package import InboxItem
from desktop.domain.progress import Progress
from desktop.domain.report import Report
from desktop.services import receiving, recovering
from desktop.services.receiving import Applied
from desktop.storage import Store


@dataclass(frozen=True)
class Arrival:
    """What became of the files of one drop: kept ones, what was applied at once, what could not be read, and what this
    unit had sent itself and took back (whether it was there already).
    """

    kept: tuple[InboxItem, ...]
    applied: tuple[Applied, ...]
    faults: tuple[tuple[str, UserError], ...]
    recovered: tuple[tuple[Report, bool], ...] = ()


def take(store: Store, paths: Sequence[Path], actor: str, now: datetime, progress: Progress) -> Arrival:
    """Takes in files and settles what needs nobody's decision; a bad one stops no other."""
    kept: list[InboxItem] = []
    faults: list[tuple[str, UserError]] = []
    own: list[tuple[Report, bool]] = []
    for done, path in enumerate(paths):
        progress("查验", done, len(paths))
        try:
            if recovering.is_own(store, path):
                own.append(recovering.take_back(store, path, actor, now))
            else:
                kept.append(receiving.arrive(store, path, actor, now))
        except UserError as error:
            faults.append((path.name, error))
    applied, refused = receiving.settle(store, actor, now)
    faults += [("", error) for error in refused]
    return Arrival(tuple(kept), applied, tuple(faults), tuple(own))
