"""Version 8: every certificate that was issued, also those that were replaced, with its revocation."""

from __future__ import annotations

from collections.abc import Callable

_STATEMENTS = (
    # `revoked_at` is null, `reason` and `revoked_by` are empty while the certificate holds.
    """CREATE TABLE issued (
        fingerprint TEXT PRIMARY KEY NOT NULL,
        unit_code TEXT NOT NULL,
        role TEXT NOT NULL,
        person TEXT NOT NULL,
        certificate BLOB NOT NULL,
        issued_at TEXT NOT NULL,
        revoked_at TEXT,
        reason TEXT NOT NULL,
        revoked_by TEXT NOT NULL) WITHOUT ROWID""",
    """INSERT INTO issued
        (fingerprint, unit_code, role, person, certificate, issued_at, revoked_at, reason, revoked_by)
        SELECT fingerprint, unit_code, role, person, certificate, changed_at, NULL, '', '' FROM enrolment
        WHERE state = 'certified' AND changed_at IS NOT NULL""",
)


def migrate(execute: Callable[[str], object]) -> None:
    """Creates the table and fills in who is certified now, one statement at a time, in the caller's transaction."""
    for statement in _STATEMENTS:
        execute(statement)
