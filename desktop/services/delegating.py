"""县内分工: the unit's own bureaus, what each of them does, and how far it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.assignment import measures_for
from desktop.domain.clean_text import tidied
from desktop.domain.delegation import Bureau, Delegation, DelegationProposal, proposed_delegations
from desktop.domain.errors import RefusedError
from desktop.domain.plan import DutyRole, Severity
from desktop.domain.report import ProgressStatus
from desktop.services.surveying import FillingOverview, FillingRow
from desktop.storage import Store

LONGEST_NAME = 40
_PHONE = re.compile(r"[0-9０-９+＋()（）\-－—–\s、，,;；/*#转分机拨ext.]{0,60}")


@dataclass(frozen=True)
class BureauProgress:
    """How far one bureau is in a quarter. `bureau` None: the measures that nobody was given yet."""

    bureau: Bureau | None
    rows: tuple[FillingRow, ...]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def filled(self) -> int:
        return sum(row.filled for row in self.rows)

    @property
    def behind(self) -> int:
        return sum(row.entry.status is ProgressStatus.BEHIND for row in self.rows)

    @property
    def errors(self) -> int:
        """Findings that must be mended before the report is signed."""
        return sum(f.severity is Severity.ERROR for row in self.rows for f in row.findings)

    @property
    def findings(self) -> int:
        return sum(len(row.findings) for row in self.rows)

    @property
    def returned(self) -> int:
        return sum(bool(row.returned) for row in self.rows)


def bureaus(store: Store) -> tuple[Bureau, ...]:
    """The unit's bureaus in the order in which they were entered."""
    return store.delegations.bureaus()


def delegations(store: Store, plan_id: str) -> Mapping[str, Delegation]:
    """A plan's delegations under their measures' keys; the same for all quarters."""
    return store.delegations.of_plan(plan_id)


def set_bureau(store: Store, bureau: Bureau, actor: str, now: datetime) -> Bureau:
    """Adds a bureau, or changes contact and number of the one of that name. Unchanged, it writes nothing.

    Raises RefusedError: `name_missing`, `name_too_long`(name, limit), `phone_wrong`(phone).
    """
    bureau = Bureau(_name(bureau.name), _person(bureau.contact), _number(bureau.phone))
    before = store.delegations.bureau(bureau.name)
    if before == bureau:
        return bureau
    with store.transaction():
        store.delegations.put_bureau(bureau)
        facts = {"contact": bureau.contact, "phone": bureau.phone}
        if before is not None:
            facts |= {"contact_from": before.contact, "phone_from": before.phone}
        store.audit.append(now, actor, "bureau_set", bureau.name, facts)
    return bureau


def add_bureau(store: Store, bureau: Bureau, actor: str, now: datetime) -> Bureau:
    """Adds a bureau that is not listed yet. Raises as `set_bureau`, and RefusedError(`bureau_taken`, name)."""
    name = _name(bureau.name)
    if store.delegations.bureau(name) is not None:
        raise RefusedError("bureau_taken", name=name)
    return set_bureau(store, bureau, actor, now)


def change_bureau(store: Store, name: str, bureau: Bureau, actor: str, now: datetime) -> Bureau:
    """Changes name, contact and number of the bureau `name` together. Raises as `rename_bureau` and `set_bureau`."""
    with store.transaction():
        renamed = rename_bureau(store, name, bureau.name, actor, now)
        return set_bureau(store, Bureau(renamed.name, bureau.contact, bureau.phone), actor, now)


def rename_bureau(store: Store, name: str, new_name: str, actor: str, now: datetime) -> Bureau:
    """Gives a bureau another name; contact and measures stay with it.

    Raises RefusedError: `name_missing`, `name_too_long`, `bureau_taken`(name), `bureau_unknown`(name).
    """
    before, new_name = _known(store, name), _name(new_name)
    if name == new_name:
        return before
    if store.delegations.bureau(new_name) is not None:
        raise RefusedError("bureau_taken", name=new_name)
    with store.transaction():
        store.delegations.rename_bureau(name, new_name)
        store.audit.append(now, actor, "bureau_renamed", new_name, {"from": name, "to": new_name})
    return Bureau(new_name, before.contact, before.phone)


def remove_bureau(store: Store, name: str, actor: str, now: datetime) -> None:
    """Takes a bureau off the list.

    Raises RefusedError: `bureau_in_use`(name, measures) while it has measures, `bureau_unknown`(name).
    """
    _known(store, name)
    used = len(store.delegations.of_bureau(name))
    if used:
        raise RefusedError("bureau_in_use", name=name, measures=used)
    with store.transaction():
        store.delegations.remove_bureau(name)
        store.audit.append(now, actor, "bureau_removed", name)


def delegate(
    store: Store,
    plan_id: str,
    measure_keys: Iterable[str],
    bureau: str,
    actor: str,
    now: datetime,
    contact: str = "",
    phone: str = "",
) -> tuple[Delegation, ...]:
    """Gives measures to a bureau, in place of the one before; returns what changed.

    `contact` and `phone` are for these measures; empty ones leave the bureau's. Raises RefusedError:
    `bureau_unknown`(name), `not_assigned`(measure), `phone_wrong`(phone), `name_too_long`(name, limit).
    """
    _known(store, bureau)
    contact, phone = _person(contact), _number(phone)
    wanted = [Delegation(plan_id, key, bureau, contact, phone) for key in dict.fromkeys(measure_keys)]
    return _given(store, plan_id, wanted, actor, now)


def take_back(
    store: Store, plan_id: str, measure_keys: Iterable[str], actor: str, now: datetime
) -> tuple[str, ...]:
    """Takes measures from their bureaus; returns the keys of those that had one."""
    before = store.delegations.of_plan(plan_id)
    keys = tuple(key for key in dict.fromkeys(measure_keys) if key in before)
    if keys:
        with store.transaction():
            for key in keys:
                store.delegations.remove(plan_id, key)
                facts = {"from": before[key].bureau, "to": ""}
                store.audit.append(now, actor, "measure_delegated", f"{plan_id}/{key}", facts)
    return keys


def by_bureau(store: Store, seen: FillingOverview) -> tuple[BureauProgress, ...]:
    """The quarter by bureau, in the list's order; measures without a bureau come last, if there are any.

    Bureaus without a measure are shown too, with none.
    """
    given = store.delegations.of_plan(seen.plan.id)
    found: list[BureauProgress] = []
    for bureau in store.delegations.bureaus():
        mine = (r for r in seen.rows if r.measure.key in given and given[r.measure.key].bureau == bureau.name)
        found.append(BureauProgress(bureau, tuple(mine)))
    left = tuple(row for row in seen.rows if row.measure.key not in given)
    return (*found, BureauProgress(None, left)) if left else tuple(found)


def proposals(store: Store, plan_id: str) -> tuple[DelegationProposal, ...]:
    """Bureaus that might do the measures which have none, from their lead units' names; nothing is written."""
    plan = store.plans.get(plan_id)
    own = store.workspace.unit
    measures = measures_for(plan, own.code)
    leads = {m.key: m.names(DutyRole.LEAD) for m in measures}
    region = store.units.region()
    unit, city = region.find(own.code), region.find(region.code)
    short = unit.short_name if unit else own.name.removesuffix("人民政府")
    return proposed_delegations(
        leads,
        store.delegations.of_plan(plan_id),
        store.delegations.bureaus(),
        short,
        city.short_name if city else "",
    )


def take_proposals(
    store: Store, plan_id: str, chosen: Sequence[DelegationProposal], actor: str, now: datetime
) -> tuple[Delegation, ...]:
    """Gives measures to the bureaus of the proposals that a person chose; bureaus that are not listed are added.

    Raises as `delegate`.
    """
    with store.transaction():
        for name in dict.fromkeys(proposal.bureau for proposal in chosen):
            if store.delegations.bureau(name) is None:
                set_bureau(store, Bureau(name), actor, now)
        wanted = [Delegation(plan_id, p.measure_key, _name(p.bureau)) for p in chosen]
        return _given(store, plan_id, wanted, actor, now)


def _given(
    store: Store, plan_id: str, wanted: Sequence[Delegation], actor: str, now: datetime
) -> tuple[Delegation, ...]:
    own = {m.key for m in measures_for(store.plans.get(plan_id), store.workspace.unit.code)}
    strange = next((d.measure_key for d in wanted if d.measure_key not in own), None)
    if strange is not None:
        raise RefusedError("not_assigned", measure=strange)
    before = store.delegations.of_plan(plan_id)
    changed = tuple(d for d in wanted if before.get(d.measure_key) != d)
    if changed:
        with store.transaction():
            for delegation in changed:
                old = before.get(delegation.measure_key)
                facts = {"from": old.bureau if old else "", "to": delegation.bureau}
                if delegation.contact or delegation.phone:
                    facts |= {"contact": delegation.contact, "phone": delegation.phone}
                store.delegations.put(delegation)
                subject = f"{plan_id}/{delegation.measure_key}"
                store.audit.append(now, actor, "measure_delegated", subject, facts)
    return changed


def _known(store: Store, name: str) -> Bureau:
    bureau = store.delegations.bureau(name)
    if bureau is None:
        raise RefusedError("bureau_unknown", name=name)
    return bureau


def _name(text: str) -> str:
    name = " ".join(tidied(text).split())
    if not name:
        raise RefusedError("name_missing")
    return _short(name)


def _person(text: str) -> str:
    return _short(" ".join(tidied(text).split()))


def _short(name: str) -> str:
    if len(name) > LONGEST_NAME:
        raise RefusedError("name_too_long", name=f"{name[:12]}……", limit=str(LONGEST_NAME))
    return name


def _number(text: str) -> str:
    phone = " ".join(tidied(text).split())
    if not _PHONE.fullmatch(phone):
        raise RefusedError("phone_wrong", phone=phone[:60])
    return phone
