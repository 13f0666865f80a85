"""审核规则: what must be mended, explained or noticed in an entry before it is signed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.plan import Severity
from desktop.domain.report import Entry, ProgressStatus
from desktop.domain.targets import Accumulation, Target, reached


@dataclass(frozen=True)
class Finding:
    """One result of a check: code, severity, which measure and field, and the facts its sentence needs.

    `target` is the target's key for findings about a reading.
    """

    code: str
    severity: Severity
    measure_key: str
    field: str
    target: str = ""
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


def missing_fields(entry: Entry, targets: Iterable[Target]) -> tuple[str, ...]:
    """Fields without which an entry is not filled: status, progress, and each concerned reading.

    不涉及 needs only its reason.
    """
    if entry.status is None:
        found = ["status"]
    else:
        found = []
    if entry.status is ProgressStatus.NOT_APPLICABLE:
        return tuple(found + ([] if entry.explanation.strip() else ["explanation"]))
    if not entry.progress.strip():
        found.append("progress")
    found += [f"reading:{t.key}" for t in targets if entry.reading(t.key) is None]
    return tuple(found)


def check_entry(
    entry: Entry, targets: tuple[Target, ...], previous: Entry | None = None, previous_same_year: bool = True
) -> tuple[Finding, ...]:
    """Findings of one entry, errors first. `previous` is the entry of the quarter before, if any."""
    key = entry.measure_key
    found: list[Finding] = []

    def add(code: str, severity: Severity, where: str, target: str = "", **facts: str) -> None:
        found.append(Finding(code, severity, key, where, target, facts))

    if entry.empty:
        return ()
    for name in missing_fields(entry, targets):
        where, _, wanted = name.partition(":")
        indicator = next((t.indicator for t in targets if t.key == wanted), "")
        if where != "reading":
            add(f"{where}_missing", Severity.ERROR, where)
        else:
            add("reading_missing", Severity.ERROR, where, wanted, indicator=indicator)
    if entry.status is ProgressStatus.BEHIND:
        if not entry.problems.strip():
            add("behind_without_problems", Severity.ERROR, "problems")
        if not entry.next_steps.strip():
            add("behind_without_next_steps", Severity.ERROR, "next_steps")
    for target in targets:
        value = entry.reading(target.key)
        if entry.status is ProgressStatus.COMPLETED and reached(target, value) is False:
            add("completed_not_reached", Severity.WARNING, "reading", target.key, indicator=target.indicator)
        before = previous.reading(target.key) if previous else None
        if value is not None and before is not None:
            found += _compared(key, target, value, before, entry, previous_same_year)
    if previous and entry.progress.strip() and entry.progress.strip() == previous.progress.strip():
        add("same_as_last_quarter", Severity.HINT, "progress")
    order = list(Severity)
    return tuple(sorted(found, key=lambda f: order.index(f.severity)))


def _compared(
    key: str, target: Target, value: Decimal, before: Decimal, entry: Entry, same_year: bool
) -> list[Finding]:
    facts = {
        "indicator": target.indicator,
        "before": f"{before}{target.unit}",
        "now": f"{value}{target.unit}",
    }
    found = []
    cumulative = target.accumulation is Accumulation.PLAN_TO_DATE or (
        target.accumulation is Accumulation.YEAR_TO_DATE and same_year
    )
    if cumulative and value < before and not entry.explanation.strip():
        found.append(Finding("cumulative_fell", Severity.WARNING, key, "reading", target.key, facts))
    if before > 0 and value >= before * 100:
        found.append(Finding("hundredfold", Severity.WARNING, key, "reading", target.key, facts))
    return found


def is_filled(entry: Entry | None, targets: tuple[Target, ...]) -> bool:
    """Whether an entry says all that is asked: nothing missing."""
    return entry is not None and not missing_fields(entry, targets)
