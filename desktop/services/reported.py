"""Which units have reported under which measures of a plan."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.storage import Store


def units_by_measure(store: Store, plan_id: str) -> Mapping[str, tuple[str, ...]]:
    """Codes of the units that wrote anything under a measure in any quarter, by the measure's key."""
    found: dict[str, dict[str, None]] = {}
    senders = {report.id: report.unit_code for report in store.reports.find(plan_id=plan_id)}
    for report_id, entries in store.reports.entries_of(senders).items():
        for key, entry in entries.items():
            if not entry.empty:
                found.setdefault(key, {})[senders[report_id]] = None
    return {key: tuple(codes) for key, codes in found.items()}
