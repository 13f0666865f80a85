"""交换文件 that came in and went out: the files, and what became of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.package import InboxItem, InboxState, OutboxItem, PackageKind
from desktop.domain.unit import UnitRef
from desktop.storage.database import Database
from desktop.storage.files import FileShelf
from desktop.storage.tables import INBOX, OUTBOX
from desktop.storage.texts import moment_of, moment_text

# Of one moment, the row that was kept later; an update leaves a row's number as it is.
_LATER_KEPT = "-rowid"
_DECIDED = (InboxState.TAKEN.value, InboxState.RETURNED.value)


class Packages:
    def __init__(self, database: Database, shelf: FileShelf) -> None:
        self._database = database
        self._shelf = shelf

    def put_file(self, data: bytes) -> str:
        """Keeps a package's bytes and returns their digest. Raises UserError `disk_full`, `folder_not_writable`."""
        return self._shelf.keep((data,))[0]

    def file(self, digest: str) -> bytes:
        """The very bytes. Raises UnreadableError(`package_altered`, file, path, reason)."""
        return self._shelf.read(digest)

    def path(self, digest: str) -> Path:
        """Where the file lies. Raises ValueError unless the digest is one."""
        return self._shelf.path(digest)

    def put_inbox(self, item: InboxItem) -> None:
        """Keeps what became of a file, in place of what was known under the same digest."""
        row = {
            "digest": item.digest,
            "kind": str(item.kind),
            "issuer_code": item.issuer.code,
            "issuer_name": item.issuer.name,
            "stream": item.stream,
            "sequence": item.sequence,
            "state": item.state.value,
            "received_at": item.received_at.isoformat(),
            "decided_at": moment_text(item.decided_at),
            "note": item.note,
            "problem": item.problem,
            "size": item.size,
            "quarter": item.quarter,
            "revision": item.revision,
            "file_name": item.file_name,
        }
        self._database.put(INBOX, row, "digest")

    def inbox(self) -> tuple[InboxItem, ...]:
        """What came in, the newest first."""
        return self._inbox()

    def inbox_item(self, digest: str) -> InboxItem | None:
        row = self._database.row(INBOX, digest=digest)
        return None if row is None else _inbox_item(row)

    def last_received(self, issuer_code: str, stream: str) -> InboxItem | None:
        """The highest sequence of a stream that was taken or returned."""
        same = {"issuer_code": issuer_code, "stream": stream, "state": _DECIDED}
        row = self._database.row(INBOX, "-sequence", **same)
        return None if row is None else _inbox_item(row)

    def with_sequence(self, issuer_code: str, stream: str, sequence: int) -> tuple[InboxItem, ...]:
        """All that came in under one place in a stream, whatever became of it; the newest first."""
        return self._inbox(issuer_code=issuer_code, stream=stream, sequence=sequence)

    def _inbox(self, **same: Any) -> tuple[InboxItem, ...]:
        rows = self._database.rows(INBOX, "-received_at", _LATER_KEPT, **same)
        return tuple(_inbox_item(row) for row in rows)

    def put_outbox(self, item: OutboxItem) -> None:
        """Keeps what became of a package, in place of what was known under the same digest."""
        row = {
            "digest": item.digest,
            "kind": item.kind.value,
            "recipient_code": item.recipient.code,
            "recipient_name": item.recipient.name,
            "stream": item.stream,
            "sequence": item.sequence,
            "created_at": item.created_at.isoformat(),
            "written_at": moment_text(item.written_at),
            "answered_by": item.answered_by,
            "size": item.size,
            "file_name": item.file_name,
        }
        self._database.put(OUTBOX, row, "digest")

    def outbox(self) -> tuple[OutboxItem, ...]:
        """What was made here, the newest first."""
        rows = self._database.rows(OUTBOX, "-created_at", _LATER_KEPT)
        return tuple(_outbox_item(row) for row in rows)

    def outbox_item(self, digest: str) -> OutboxItem | None:
        row = self._database.row(OUTBOX, digest=digest)
        return None if row is None else _outbox_item(row)

    def last_sent(self, recipient_code: str, stream: str) -> OutboxItem | None:
        """The highest sequence that was made for a recipient in a stream."""
        row = self._database.row(OUTBOX, "-sequence", recipient_code=recipient_code, stream=stream)
        return None if row is None else _outbox_item(row)


def _inbox_item(row: dict[str, Any]) -> InboxItem:
    return InboxItem(
        digest=row["digest"],
        kind=row["kind"],
        issuer=UnitRef(row["issuer_code"], row["issuer_name"]),
        stream=row["stream"],
        sequence=row["sequence"],
        state=InboxState(row["state"]),
        received_at=datetime.fromisoformat(row["received_at"]),
        decided_at=moment_of(row["decided_at"]),
        note=row["note"],
        problem=row["problem"],
        size=row["size"],
        quarter=row["quarter"],
        revision=row["revision"],
        file_name=row["file_name"],
    )


def _outbox_item(row: dict[str, Any]) -> OutboxItem:
    return OutboxItem(
        digest=row["digest"],
        kind=PackageKind(row["kind"]),
        recipient=UnitRef(row["recipient_code"], row["recipient_name"]),
        stream=row["stream"],
        sequence=row["sequence"],
        created_at=datetime.fromisoformat(row["created_at"]),
        written_at=moment_of(row["written_at"]),
        answered_by=row["answered_by"],
        size=row["size"],
        file_name=row["file_name"],
    )
