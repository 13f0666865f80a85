"""操作日志: a chain of records, each holding the digest of the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.domain.codec import canonical_bytes, digest_of


@dataclass(frozen=True)
class AuditRecord:
    """Who did what to which subject. `rows` is a digest over the rows as they were left."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    facts: Mapping[str, str] = field(default_factory=dict)
    rows: str = ""
    previous: str = ""
    digest: str = ""


def chained(record: AuditRecord) -> str:
    """The digest that a record must carry: over everything in it but the digest itself."""
    return digest_of(canonical_bytes(replace(record, digest="")))
