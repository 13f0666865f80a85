"""What was being typed when the program ended without being closed: noted at every keystroke, put back at the next start."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from desktop.domain.errors import UserError
from desktop.domain.history import TEXTS
from desktop.domain.report import Entry, Reading, Report
from desktop.domain.unsaved import Unsaved
from desktop.services.filling import save_entry
from desktop.storage import Store

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)
"""A figure as it is noted: one that could be read, written out. What Decimal takes besides (1e9, NaN) nobody typed."""


@dataclass(frozen=True)
class Rescued:
    """Where the person was. `restored`: words that no commit had were put back; `words`: those that could not be, because
    the report is locked or, `unreadable`, because they are no number.

    `saved_at`: the newest commit's time.
    """

    report: Report
    measure_key: str
    field: str
    target: str
    restored: bool
    saved_at: datetime | None
    words: str = ""
    unreadable: bool = False


def note(
    store: Store, report_id: str, stored: Entry, field: str = "", target: str = "", text: str = ""
) -> None:
    """Notes what stands in a field before it is saved; without a field only where the person is. Waits for no disk."""
    store.unsaved.put(
        Unsaved(report_id, stored.measure_key, field, target, _held(stored, field, target), text)
    )


def forget(store: Store) -> None:
    """All is saved, and the person has left the entries."""
    store.unsaved.clear()


def rescue(store: Store, actor: str, now: datetime) -> Rescued | None:
    """Puts back what was noted and never saved; None when the program was closed as it should be.

    A note is older than the database where that has other words than the typing began with: then it is not put back.
    """
    noted = store.unsaved.get()
    found = _put_back(store, noted, actor, now) if noted is not None else None
    # Only now: until they are stored, the words stand nowhere else.
    store.unsaved.clear()
    return found


def _put_back(store: Store, noted: Unsaved, actor: str, now: datetime) -> Rescued | None:
    try:
        report = store.reports.get(noted.report_id)
    except KeyError:
        return None
    newest = store.audit.records(limit=1)
    made = Rescued(
        report, noted.measure_key, noted.field, noted.target, False, newest[0].at if newest else None
    )
    stored = store.reports.entry(report.id, noted.measure_key) or Entry(noted.measure_key)
    if _held(stored, noted.field, noted.target) != noted.base:
        return made
    if noted.field == "reading" and noted.text and not _NUMBER.fullmatch(noted.text):
        return replace(made, words=noted.text, unreadable=True)
    entry = _with(stored, noted)
    if entry == stored:
        return made
    try:
        save_entry(store, report.id, entry, actor, now)
    except UserError:
        # Locked meanwhile, or no longer the unit's measure: the entry stays as it was, the words are handed back.
        return replace(made, words=noted.text)
    return replace(made, restored=True)


def _with(stored: Entry, noted: Unsaved) -> Entry:
    if noted.field in TEXTS:
        texts: dict[str, Any] = {noted.field: noted.text}
        return replace(stored, **texts)
    if noted.field != "reading":
        return stored
    value = Decimal(noted.text) if noted.text else None
    others = tuple(r for r in stored.readings if r.target_key != noted.target)
    return replace(stored, readings=others if value is None else (*others, Reading(noted.target, value)))


def _held(entry: Entry, field: str, target: str) -> str:
    if field in TEXTS:
        return str(getattr(entry, field))
    value = entry.reading(target) if field == "reading" else None
    return "" if value is None else f"{value:f}"
