"""Version 6: a unit has a certificate for each role; those that stood before are the issuer's."""

from __future__ import annotations

from collections.abc import Callable

_STATEMENTS = (
    "ALTER TABLE enrolment RENAME TO enrolment_before",
    """CREATE TABLE enrolment (
        unit_code TEXT NOT NULL,
        role TEXT NOT NULL,
        state TEXT NOT NULL,
        person TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        certificate BLOB NOT NULL,
        request BLOB NOT NULL,
        changed_at TEXT,
        PRIMARY KEY (unit_code, role))""",
    """INSERT INTO enrolment (unit_code, role, state, person, fingerprint, certificate, request, changed_at)
        SELECT unit_code, 'issuer', state, person, fingerprint, certificate, request, changed_at FROM enrolment_before""",
    "DROP TABLE enrolment_before",
)


def migrate(execute: Callable[[str], object]) -> None:
    """Makes the table anew with a role in its key, one statement at a time, in the caller's transaction."""
    for statement in _STATEMENTS:
        execute(statement)
