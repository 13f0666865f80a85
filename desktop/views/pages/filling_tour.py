"""Ways through a quarter's entries: to the next unfilled one, to the next finding."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.services.surveying import FillingRow


def next_unfilled(rows: Sequence[FillingRow], current: str) -> str:
    """The key of the next unfilled entry after `current`, round the end; empty if all are filled."""
    return next((r.measure.key for r in _from(rows, current) if not r.filled), "")


def next_hindrance(rows: Sequence[FillingRow], current: str) -> Finding | None:
    """At `current` or after it, round the end: the first error, or the first warning that wants an explanation."""
    ordered = _from(rows, current)
    found = [f for r in (*ordered[-1:], *ordered[:-1]) for f in r.findings if f.hinders]
    return next((f for f in found if f.severity is Severity.ERROR), found[0] if found else None)


def next_finding(rows: Sequence[FillingRow], current: str, last: Finding | None, step: int) -> Finding | None:
    """The finding after (`step` 1) or before (-1) the one that was visited last, round the ends.

    Where none was visited at `current`, the first at it or after it, or the last before it.
    """
    order = [r.measure.key for r in rows]
    every = [f for r in rows for f in r.open_findings]
    if not every or current not in order:
        return every[0] if every else None
    if last in every and last.measure_key == current:
        return every[(every.index(last) + step) % len(every)]
    here = order.index(current)
    places = [order.index(f.measure_key) for f in every]
    if step > 0:
        return next((f for f, p in zip(every, places, strict=True) if p >= here), every[0])
    return next((f for f, p in reversed(list(zip(every, places, strict=True))) if p < here), every[-1])


def _from(rows: Sequence[FillingRow], current: str) -> list[FillingRow]:
    """The rows after `current`, then those before it, then itself."""
    keys = [r.measure.key for r in rows]
    start = keys.index(current) + 1 if current in keys else 0
    return [*rows[start:], *rows[:start]]
