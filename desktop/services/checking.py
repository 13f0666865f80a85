"""What a unit's entries are held against: the plan's rules, the figures of all earlier quarters, words said elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.checks import same_words
from desktop.domain.plan import Measure, Plan
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report, ReportState
from desktop.domain.rules import RuleSet
from desktop.domain.schedule import Past, Span, Standing, span_of, standing_of
from desktop.domain.targets import Target
from desktop.services.ruling import rules_of
from desktop.storage import Store


@dataclass(frozen=True)
class Yardstick:
    """The rules of a plan, its span, and a unit's earlier figures under their targets' keys."""

    rules: RuleSet
    span: Span
    quarter: Quarter
    past: Mapping[str, tuple[Past, ...]]

    def standings(self, targets: Iterable[Target]) -> dict[str, Standing]:
        """How each target's figure of the quarter is to be read."""
        proportional = self.rules.proportional
        return {
            t.key: standing_of(t, self.quarter, self.past.get(t.key, ()), self.span, proportional)
            for t in targets
        }


def earlier_reports(store: Store, plan_id: str, unit_code: str, quarter: str) -> tuple[Report, ...]:
    """The newest revision of each earlier quarter of the same plan, the first quarter first; what was withdrawn is none."""
    newest = {
        r.quarter: r
        for r in store.reports.find(plan_id=plan_id, unit_code=unit_code)
        if r.quarter < quarter and r.state is not ReportState.WITHDRAWN
    }
    return tuple(newest.values())


def yardstick_of(
    store: Store, plan: Plan, quarter: str, earlier: Iterable[Report], targets: Iterable[Target] | None = None
) -> Yardstick:
    """What a unit's quarter is checked by; the figures of just these targets, or of all."""
    rules = rules_of(store, plan.id)
    keys = None if targets is None else tuple(t.key for t in targets)
    past = _past(store, plan, tuple(earlier), keys)
    return Yardstick(rules, span_of(plan.title, rules.begins), Quarter.parse(quarter), past)


def _past(
    store: Store, plan: Plan, earlier: tuple[Report, ...], keys: tuple[str, ...] | None
) -> Mapping[str, tuple[Past, ...]]:
    """Figures by target, each with what the version that it was typed for says of how it counts."""
    if not earlier or keys == ():
        return {}
    quarters = {report.id: report.quarter for report in earlier}
    kinds = {report.id: _targets_at(store, plan, report.plan_version) for report in earlier}
    found: dict[tuple[str, str], Past] = {}
    for report_id, measure_key, reading in store.reports.readings(tuple(quarters), keys):
        target, place = kinds[report_id].get(reading.target_key), (reading.target_key, report_id)
        if target is None or reading.value is None:
            continue
        # A figure that followed its target to another measure stands under both.
        if place not in found or measure_key == target.measure_key:
            found[place] = Past(quarters[report_id], reading.value, target.accumulation, target.unit)
    grouped: dict[str, list[Past]] = {}
    for (key, _), past in found.items():
        grouped.setdefault(key, []).append(past)
    return {key: tuple(values) for key, values in grouped.items()}


def _targets_at(store: Store, plan: Plan, version: int) -> Mapping[str, Target]:
    if version != plan.version:
        try:
            plan = store.plans.get(plan.id, version)
        except KeyError:
            # A version that was skipped here: the figures are read as the plan counts now.
            return {t.key: t for t in plan.targets}
    return {t.key: t for t in plan.targets}


def labels_of_same(
    plan: Plan, measures: Iterable[Measure], texts: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """Under each of a report's measures whose progress has the words of others, the labels of those others."""
    own = {m.key: m for m in measures}
    found = {}
    for keys in same_words({key: text for key, text in texts.items() if key in own}).values():
        labels = {key: plan.label(own[key]) for key in own if key in keys}
        for key in keys:
            found[key] = tuple(label for other, label in labels.items() if other != key)
    return found
