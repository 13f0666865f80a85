"""Version 3: what the city itself reads of the targets that are its own (全市指标)."""

from __future__ import annotations

from collections.abc import Callable

_STATEMENTS = (
    # Apart from the tables of reports: the city is no unit that reports, and its figures are no submission.
    """CREATE TABLE city_reading (
        plan_id TEXT NOT NULL,
        quarter TEXT NOT NULL,
        target_key TEXT NOT NULL,
        value TEXT,
        note TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        PRIMARY KEY (plan_id, quarter, target_key)) WITHOUT ROWID""",
)


def migrate(execute: Callable[[str], object]) -> None:
    """Creates the table in the caller's transaction."""
    for statement in _STATEMENTS:
        execute(statement)
