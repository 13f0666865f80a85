"""Version 7: what the city writes into a quarter's 通报 itself, and the bulletins that it has exported."""

from __future__ import annotations

from collections.abc import Callable

_STATEMENTS = (
    # As letter_section, but a bulletin is no report: it belongs to a plan and a quarter.
    """CREATE TABLE bulletin_section (
        plan_id TEXT NOT NULL,
        quarter TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        drafted TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        PRIMARY KEY (plan_id, quarter, name)) WITHOUT ROWID""",
    # One row per file; `digest` is the data's, which files of the same data share, `file` the PDF's own.
    """CREATE TABLE bulletin_file (
        file TEXT PRIMARY KEY NOT NULL,
        digest TEXT NOT NULL,
        code TEXT NOT NULL,
        plan_id TEXT NOT NULL,
        plan_title TEXT NOT NULL,
        quarter TEXT NOT NULL,
        number TEXT NOT NULL,
        letter INTEGER NOT NULL,
        as_of TEXT NOT NULL,
        signer TEXT NOT NULL,
        name TEXT NOT NULL,
        size INTEGER NOT NULL,
        exported_at TEXT NOT NULL) WITHOUT ROWID""",
)


def migrate(execute: Callable[[str], object]) -> None:
    """Creates both tables, one statement at a time, in the caller's transaction."""
    for statement in _STATEMENTS:
        execute(statement)
