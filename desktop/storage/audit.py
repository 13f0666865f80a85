"""操作日志: appended to in the transaction that it tells of, and chained by digests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desktop.domain.audit import AuditRecord, chained
from desktop.storage.database import Database
from desktop.storage.tables import AUDIT, AUDIT_HEAD
from desktop.storage.texts import json_text, plain_of

_NONE: Mapping[str, str] = MappingProxyType({})


class Audit:
    def __init__(self, database: Database) -> None:
        self._database = database

    def append(
        self,
        at: datetime,
        actor: str,
        action: str,
        subject: str,
        facts: Mapping[str, str] = _NONE,
        rows: str = "",
    ) -> AuditRecord:
        """Adds a record at the end of the chain. Raises RuntimeError outside the transaction it tells of."""
        if not self._database.within_transaction:
            raise RuntimeError("an audit record belongs into the transaction of what it records")
        head = self._database.row(AUDIT_HEAD)
        sequence, previous = (head["sequence"], head["digest"]) if head else (0, "")
        record = AuditRecord(sequence + 1, at, actor, action, subject, dict(facts), rows, previous)
        record = replace(record, digest=chained(record))
        row = {
            "sequence": record.sequence,
            "at": at.isoformat(),
            "actor": actor,
            "action": action,
            "subject": subject,
            "facts": json_text(record.facts),
            "rows": rows,
            "previous": previous,
            "digest": record.digest,
        }
        self._database.add(AUDIT, [row])
        self._database.put(AUDIT_HEAD, {"id": 1, "sequence": record.sequence, "digest": record.digest}, "id")
        return record

    def records(self, subject: str | None = None, limit: int | None = None) -> tuple[AuditRecord, ...]:
        """Records, the newest first; of one subject, and so many, where given."""
        same = {} if subject is None else {"subject": subject}
        rows = self._database.rows(AUDIT, "-sequence", limit=limit or 0, **same)
        return tuple(_record(row) for row in rows)

    def verify(self) -> int | None:
        """The first sequence number at which the chain is broken, or None while it holds.

        A record that was altered, taken out, put in, or cut off at the end breaks it.
        """
        previous, expected = "", 1
        for row in self._database.rows(AUDIT, "sequence"):
            if row["sequence"] != expected or not _holds(row, previous):
                return expected
            previous, expected = row["digest"], expected + 1
        head = self._database.row(AUDIT_HEAD)
        last = (head["sequence"], head["digest"]) if head else (0, "")
        return None if last == (expected - 1, previous) else expected


def _holds(row: dict[str, Any], previous: str) -> bool:
    try:
        record = _record(row)
        return record.previous == previous and chained(record) == record.digest
    except (ValueError, TypeError, AttributeError):
        # Altered beyond reading: not a date, not JSON, not text.
        return False


def _record(row: dict[str, Any]) -> AuditRecord:
    return AuditRecord(
        row["sequence"],
        datetime.fromisoformat(row["at"]),
        row["actor"],
        row["action"],
        row["subject"],
        plain_of(row["facts"]),
        row["rows"],
        row["previous"],
        row["digest"],
    )
