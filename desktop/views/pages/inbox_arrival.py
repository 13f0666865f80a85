"""What becomes of files that are dropped on the inbox, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.package import InboxItem, PackageKind
from desktop.domain.progress import Progress
from desktop.domain.report import Report
from desktop.services import receiving, recovering
from desktop.services.receiving import Applied
from desktop.storage import Store


@dataclass(frozen=True)
class Arrival:
    """What became of the files of one drop: kept ones, what was applied at once, what could not be read, and what this
    unit had sent itself and took back (whether it was there already). `unseen`: own files that only wait because what one
    of them took back is not here.
    """

    kept: tuple[InboxItem, ...]
    applied: tuple[Applied, ...]
    faults: tuple[tuple[str, UserError], ...]
    recovered: tuple[tuple[Report, bool], ...] = ()
    unseen: tuple[Path, ...] = ()


def take(
    store: Store, paths: Sequence[Path], actor: str, now: datetime, progress: Progress, unseen: bool = False
) -> Arrival:
    """Takes in files and settles what needs nobody's decision; a bad one stops no other.

    They may come all at once and in any order: plans go first, for what this unit sent answers them; then its own files as
    the links of their chain; then what the superior answered to them. `unseen` as in `recovering.take_back`.
    """
    kept: list[InboxItem] = []
    faults: list[tuple[str, UserError]] = []
    own: list[tuple[str, int, Path]] = []
    for done, path in enumerate(paths):
        progress("查验", done, len(paths))
        header = recovering.own_header(store, path)
        if header is not None:
            own.append((header.stream, header.sequence, path))
            continue
        try:
            kept.append(receiving.arrive(store, path, actor, now))
        except UserError as error:
            faults.append((path.name, error))
    plans, refused = receiving.settle(store, actor, now, (PackageKind.PLAN,)) if own else ((), ())
    recovered: list[tuple[Report, bool]] = []
    gaps: list[Path] = []
    is_unseen = False
    for _, _, path in sorted(own):
        try:
            recovered.append(recovering.take_back(store, path, actor, now, unseen))
        except UserError as error:
            faults.append((path.name, error))
            gaps += [path] if error.code == "own_gap" else []
            is_unseen = is_unseen or "unseen" in error.facts
    applied, others = receiving.settle(store, actor, now)
    faults += [("", error) for error in (*refused, *others)]
    return Arrival(
        tuple(kept), (*plans, *applied), tuple(faults), tuple(recovered), tuple(gaps) if is_unseen else ()
    )
