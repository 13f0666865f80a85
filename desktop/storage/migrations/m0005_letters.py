"""Version 5: what people write into a report's letter themselves (报告正文): its number, sections in their own words."""

from __future__ import annotations

from collections.abc import Callable

_STATEMENTS = (
    """CREATE TABLE letter (
        report_id TEXT PRIMARY KEY NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        number TEXT NOT NULL) WITHOUT ROWID""",
    # Only sections that somebody edited; `drafted` is what the data said then, to tell whether they say otherwise now.
    """CREATE TABLE letter_section (
        report_id TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        drafted TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        PRIMARY KEY (report_id, name)) WITHOUT ROWID""",
)


def migrate(execute: Callable[[str], object]) -> None:
    """Creates both tables, one statement at a time, in the caller's transaction."""
    for statement in _STATEMENTS:
        execute(statement)
