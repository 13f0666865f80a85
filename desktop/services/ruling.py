"""审核规则 of a plan: read by everyone who checks, set by the city, carried to the units in the plan package."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.codec import encode
from desktop.domain.errors import RefusedError
from desktop.domain.rules import RuleSet
from desktop.storage import Store


def rules_of(store: Store, plan_id: str) -> RuleSet:
    """The rules that a plan's reports are checked by; the defaults until the city sets others."""
    return store.plans.rules(plan_id)


def set_rules(store: Store, plan_id: str, rules: RuleSet, actor: str, now: datetime) -> RuleSet:
    """Sets a plan's rules; units get them with the next plan package. Unchanged, it writes nothing.

    Raises RefusedError(`rules_of_the_superior`) at a unit, which checks by the rules it was given.
    """
    if not store.workspace.leads:
        raise RefusedError("rules_of_the_superior")
    before = store.plans.rules(plan_id)
    if before == rules:
        return rules
    old, new = encode(before), encode(rules)
    changed = sorted(name for name in new if old[name] != new[name])
    with store.transaction():
        store.plans.put_rules(plan_id, rules)
        store.audit.append(now, actor, "rules_set", plan_id, {"changed": "、".join(changed)})
    return rules
