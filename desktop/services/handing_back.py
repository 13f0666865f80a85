"""交还: what was exchanged with a unit, given to it again byte for byte, because its own computer lost it.

Nothing is made anew: a signature counts for exactly the bytes that it was given for, and the unit's program takes its own
files back only as the links of the chain that they were.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.codec import digest_of
from desktop.domain.errors import RefusedError
from desktop.domain.package import InboxItem, InboxState, OutboxItem, PackageKind
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.exchange.packages import open_package
from desktop.services.enrolling import trust_of
from desktop.services.posting import plan_part
from desktop.services.writing import WrittenFile, write_files
from desktop.storage import Store

_UPWARD = (PackageKind.SUBMISSION, PackageKind.WITHDRAWAL)
_DOWNWARD = (PackageKind.PLAN, PackageKind.RECEIPT, PackageKind.RETURN)


@dataclass(frozen=True)
class Piece:
    """A package that was exchanged with a unit; `at`: when it came in or was made. `name` is what it is called outside."""

    digest: str
    kind: PackageKind
    at: datetime
    name: str
    size: int


def may_hand_back(store: Store, item: InboxItem) -> bool:
    """Whether a file of the inbox is one that its unit sent: what was refused may be anybody's, unless taken back by it."""
    kept = item.state is not InboxState.REFUSED or item.problem == "submission_withdrawn"
    return store.workspace.leads and item.kind in _UPWARD and kept


def piece_of(store: Store, item: InboxItem) -> Piece:
    """A file of the inbox as it would be handed back; its name is made here, not taken from outside."""
    unit = store.units.region().find(item.issuer.code)
    plan_id, _, quarter = item.stream.rpartition("/")
    titles = {ref.id: ref.title for ref in store.plans.all()}
    try:
        when = str(Quarter.parse(quarter))
    except ValueError:
        when = ""
    what = f"第{item.revision}次报送" if item.kind == PackageKind.SUBMISSION else f"撤回通知_{item.sequence}"
    whose = f"{unit.short_name if unit else item.issuer.code}{plan_part(store, titles.get(plan_id, ''))}"
    name = "_".join(part for part in (whose, when, what) if part)
    return Piece(item.digest, PackageKind(item.kind), item.received_at, f"{name}.jbx", item.size)


def exchanged(store: Store, unit_code: str) -> tuple[Piece, ...]:
    """All that was exchanged with a unit and that its program can take in again, in the order of time.

    Plan packages, submissions and withdrawals, receipts and returns, and the newest invitation; not what belongs to a key
    that may be lost.
    """
    sent = [item for item in store.packages.outbox() if item.recipient.code == unit_code]
    found = [_sent(item) for item in sent if item.kind in _DOWNWARD]
    found += [_sent(item) for item in sent if item.kind is PackageKind.INVITATION][:1]
    found += [
        piece_of(store, item)
        for item in store.packages.inbox()
        if item.issuer.code == unit_code and may_hand_back(store, item)
    ]
    return tuple(sorted(found, key=lambda piece: (piece.at, piece.name)))


def _sent(item: OutboxItem) -> Piece:
    return Piece(item.digest, item.kind, item.created_at, item.file_name, item.size)


def hand_back(
    store: Store,
    pieces: Iterable[Piece],
    folder: Path,
    actor: str,
    now: datetime,
    progress: Progress = silent,
) -> tuple[WrittenFile, ...]:
    """Writes packages as they were received or made, opens them again and compares; several get numbers in front.

    Raises UnreadableError(`package_altered`) when one is not any more what was kept, RefusedError(`handed_altered`,
    file) when its signature does not hold, and as `write_files`.
    """
    given = tuple(pieces)
    files: dict[str, bytes] = {}
    for number, piece in enumerate(given, 1):
        progress("check", number - 1, len(given))
        data = store.packages.file(piece.digest)
        _refuse_altered(store, piece, data, now)
        files[f"{number:02}_{piece.name}" if len(given) > 1 else piece.name] = data
    written = write_files(files, folder, progress)
    with store.transaction():
        facts = {"files": str(len(written)), "digests": " ".join(piece.digest for piece in given)}
        store.audit.append(now, actor, "packages_handed_back", str(folder), facts)
    return written


def _refuse_altered(store: Store, piece: Piece, data: bytes, now: datetime) -> None:
    """Whoever's certificate has ended since: whether a signature still counts is for its reader to say."""
    opened = open_package(data, trust_of(store), now)
    seen = opened.verification
    signers = {signer.unit_code for signer in seen.signers}
    if digest_of(data) != piece.digest or not seen.intact or signers != {opened.header.issuer.code}:
        raise RefusedError("handed_altered", file=piece.name)
