"""Version 2: who does what in the county (县内分工)."""

from __future__ import annotations

from collections.abc import Callable

_STATEMENTS = (
    """CREATE TABLE bureau (
        name TEXT PRIMARY KEY NOT NULL,
        position INTEGER NOT NULL,
        contact TEXT NOT NULL,
        phone TEXT NOT NULL)""",
    # By plan and measure only: the quarter is no part of it, so it is carried over by itself.
    """CREATE TABLE delegation (
        plan_id TEXT NOT NULL,
        measure_key TEXT NOT NULL,
        bureau TEXT NOT NULL REFERENCES bureau (name),
        contact TEXT NOT NULL,
        phone TEXT NOT NULL,
        PRIMARY KEY (plan_id, measure_key)) WITHOUT ROWID""",
    "CREATE INDEX delegation_bureau ON delegation (bureau)",
)


def migrate(execute: Callable[[str], object]) -> None:
    """Creates both tables, one statement at a time, in the caller's transaction."""
    for statement in _STATEMENTS:
        execute(statement)
