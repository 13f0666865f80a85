"""What reports say beyond the newest version of their plan: who wrote under which measure, and on which figures."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.targets import Target
from desktop.storage import Store

Targets = Mapping[str, Target]


def units_by_measure(store: Store, plan_id: str) -> Mapping[str, tuple[str, ...]]:
    """Codes of the units that wrote anything under a measure in any quarter, by the measure's key."""
    found: dict[str, dict[str, None]] = {}
    senders = {report.id: report.unit_code for report in store.reports.find(plan_id=plan_id)}
    for report_id, entries in store.reports.entries_of(senders).items():
        for key, entry in entries.items():
            if not entry.empty:
                found.setdefault(key, {})[senders[report_id]] = None
    return {key: tuple(codes) for key, codes in found.items()}


def targets_ever(store: Store, plan_id: str) -> Targets:
    """Every target that any version of a plan held here has set, by its key, as the newest of them has it."""
    versions = (store.plans.get(plan_id, ref.version) for ref in store.plans.versions(plan_id))
    return {target.key: target for plan in versions for target in plan.targets}
