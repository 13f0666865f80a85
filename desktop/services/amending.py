"""Amending a plan in force by a new document: compare, let the officer confirm, publish the next version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from desktop.domain import amending, succession
from desktop.domain.changes import Match
from desktop.domain.errors import RefusedError
from desktop.domain.goals import without_goals
from desktop.domain.plan import Plan, PlanDraft
from desktop.domain.targets import Milestone, Target
from desktop.storage import Store

_DRIFT = 20
"""By how much likeness may fall through later edits before a confirmation is asked for again."""


def compare_with(store: Store, draft: PlanDraft, plan_id: str) -> PlanDraft:
    """The draft as an amendment of a plan: compared with its version in force; what was confirmed before stays.

    Raises RefusedError(`plan_missing`) when there is no such plan.
    """
    try:
        plan = store.plans.get(plan_id)
    except KeyError:
        raise RefusedError("plan_missing") from None
    if draft.amends != plan_id:
        draft = replace(draft, matches=())
    return refreshed(replace(draft, amends=plan_id, amends_version=plan.version), plan)


def compared_with(store: Store, draft: PlanDraft) -> Plan:
    """The version of the plan that an amending draft is compared with, as its document has it, for what stands beside it."""
    return without_goals(store.plans.get(draft.amends, draft.amends_version))


def refreshed(draft: PlanDraft, plan: Plan) -> PlanDraft:
    """The draft compared again after it was edited.

    Confirmed matches whose measures are still there stay, with what they are now; they ask for the officer's word again
    where the words have moved apart since.
    """
    plan = without_goals(plan)
    old, new = {m.key: m for m in plan.measures}, {m.key: m for m in draft.measures}
    kept = []
    for match in draft.matches:
        if (
            match.confirmed
            and match.old + match.new
            and set(match.old) <= set(old)
            and set(match.new) <= set(new)
        ):
            now = amending.described([old[k] for k in match.old], [new[k] for k in match.new])
            kept.append(replace(now, confirmed=now.likeness >= match.likeness - _DRIFT))
    done = {k for m in kept for k in m.old}, {k for m in kept for k in m.new}
    again = amending.compare(
        [m for m in plan.measures if m.key not in done[0]],
        [m for m in draft.measures if m.key not in done[1]],
    )
    return replace(draft, matches=amending.in_order((*kept, *again), plan.measures, draft.measures))


def confirm(draft: PlanDraft, match: Match) -> PlanDraft:
    """The officer says: it is so."""
    return replace(draft, matches=amending.confirm(draft.matches, match))


def confirm_all(draft: PlanDraft, matches: Iterable[Match]) -> PlanDraft:
    """The officer says of all these: it is so."""
    for match in matches:
        draft = confirm(draft, match)
    return draft


def pair(draft: PlanDraft, plan: Plan, old_keys: Sequence[str], new_keys: Sequence[str]) -> PlanDraft:
    """The officer puts measures together: one and one, one and several, several and one.

    Raises RefusedError(`match_many_to_many`).
    """
    made = amending.pair(draft.matches, old_keys, new_keys, plan.own_measures, draft.measures)
    return replace(draft, matches=made)


def part(draft: PlanDraft, plan: Plan, match: Match) -> PlanDraft:
    """The officer says that these are not the same: dropped and new."""
    return replace(draft, matches=amending.part(draft.matches, match, plan.own_measures, draft.measures))


def open_matches(draft: PlanDraft) -> tuple[Match, ...]:
    """What the officer has still to confirm."""
    return tuple(m for m in draft.matches if amending.is_open(m))


def publish_amendment(store: Store, draft_id: str, actor: str, now: datetime) -> Plan:
    """The draft as the next version of the plan that it amends; the draft is gone afterwards.

    Raises RefusedError: `draft_missing`, `plan_empty`(title), `amendment_unconfirmed`(count) while something is open,
    `plan_changed_meanwhile`(version) when the version in force is no longer the one compared with.
    """
    draft = store.plans.draft(draft_id)
    if draft is None or not draft.amends:
        raise RefusedError("draft_missing")
    if not draft.measures:
        raise RefusedError("plan_empty", title=draft.title)
    plan = store.plans.get(draft.amends)
    if plan.version != draft.amends_version:
        raise RefusedError("plan_changed_meanwhile", version=plan.version)
    draft = refreshed(draft, plan)
    if open_matches(draft):
        raise RefusedError("amendment_unconfirmed", count=len(open_matches(draft)))
    changed = succession.headed(plan, succession.amended(plan, draft), store.units.region())
    with store.transaction():
        store.plans.put(changed, now)
        store.plans.remove_draft(draft_id)
        facts = {"version": str(changed.version), "title": changed.title, "digest": changed.digest}
        store.audit.append(now, actor, "plan_amended", plan.id, facts, changed.digest)
    return changed


def set_target_value(
    store: Store, plan_id: str, target_key: str, value: Decimal | None, actor: str, now: datetime
) -> Plan:
    """A new version of the plan with this figure, for one that the document left blank; units get it with the next package.

    Returns the plan unchanged when it has that figure already. Raises RefusedError(`target_missing`).
    """
    plan, target = _target(store, plan_id, target_key)
    if target.value == value:
        return plan
    facts = {"from": _figure(target.value), "to": _figure(value)}
    return _put_target(store, plan, replace(target, value=value), "target_value_set", facts, actor, now)


def set_milestones(
    store: Store, plan_id: str, target_key: str, milestones: Iterable[Milestone], actor: str, now: datetime,
    addable: bool | None = None,
) -> Plan:  # fmt: skip
    """A new version of the plan with 序时应达 of this target, quarter by quarter; none: in proportion again.

    `addable`: whether the units' figures may be added, None: as it was. Units get it with the next package. Returns the plan unchanged when it says so already.
    Raises RefusedError: `target_missing`, `milestone_twice`(quarter).
    """
    plan, target = _target(store, plan_id, target_key)
    wanted = tuple(sorted(milestones, key=lambda m: m.quarter))
    twice = next((m.quarter for m, n in pairwise(wanted) if m.quarter == n.quarter), "")
    if twice:
        raise RefusedError("milestone_twice", quarter=twice)
    made = replace(target, milestones=wanted, addable=target.addable if addable is None else addable)
    if made == target:
        return plan
    facts = {"from": _steps(target.milestones), "to": _steps(wanted)}
    if made.addable != target.addable:
        facts["addable"] = str(made.addable).lower()
    return _put_target(store, plan, made, "milestones_set", facts, actor, now)


def _target(store: Store, plan_id: str, target_key: str) -> tuple[Plan, Target]:
    plan = store.plans.get(plan_id)
    target = next((t for t in plan.targets if t.key == target_key), None)
    if target is None:
        raise RefusedError("target_missing")
    return plan, target


def _put_target(
    store: Store, plan: Plan, target: Target, action: str, facts: dict[str, str], actor: str, now: datetime
) -> Plan:
    """The next version of the plan with one target put otherwise by hand."""
    by_hand = replace(target, by_hand=True)
    targets = tuple(by_hand if t.key == target.key else t for t in plan.targets)
    made = replace(plan, version=plan.version + 1, targets=targets)
    changed = succession.headed(plan, succession.changed_in_place(plan, made), store.units.region())
    with store.transaction():
        store.plans.put(changed, now)
        facts = {
            "version": str(changed.version),
            "indicator": target.indicator,
            "digest": changed.digest,
            **facts,
        }
        store.audit.append(now, actor, action, plan.id, facts, changed.digest)
    return changed


def _steps(milestones: Iterable[Milestone]) -> str:
    return "、".join(f"{m.quarter}:{m.value:f}" for m in milestones)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
