"""Version 4: what reviewers ask preparers to mend (审核意见)."""

from __future__ import annotations

from collections.abc import Callable

_STATEMENTS = (
    # By the measure and not by the entry's row: an entry that nobody has typed yet can be commented on too.
    """CREATE TABLE comment (
        id TEXT PRIMARY KEY NOT NULL,
        report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        measure_key TEXT NOT NULL,
        text TEXT NOT NULL,
        author TEXT NOT NULL,
        at TEXT NOT NULL,
        settled_by TEXT NOT NULL,
        settled_at TEXT)""",
    "CREATE INDEX comment_report ON comment (report_id, measure_key)",
)


def migrate(execute: Callable[[str], object]) -> None:
    """Creates the table in the caller's transaction."""
    for statement in _STATEMENTS:
        execute(statement)
