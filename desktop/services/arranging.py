"""Keeping the list of units and collective terms of a region."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from desktop.domain.errors import RefusedError
from desktop.domain.unit import CollectiveTerm, Region, Unit
from desktop.storage import Store

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,31}")


def add_unit(store: Store, unit: Unit, actor: str, now: datetime) -> Region:
    """Adds a unit. Raises as `save_unit`, and RefusedError(`code_taken`, unit, name) when another has its code."""
    other = store.units.region().find(unit.code)
    if other is not None:
        raise RefusedError("code_taken", unit=unit.code, name=other.name)
    return save_unit(store, unit, actor, now)


def save_unit(store: Store, unit: Unit, actor: str, now: datetime) -> Region:
    """Adds or changes a unit; returns the region as it then stands.

    Raises RefusedError: `name_missing`, `unit_code_wrong`(unit), `name_taken`(name, other) when a
    spelling already belongs to another unit.
    """
    unit = replace(
        unit,
        name=unit.name.strip(),
        short_name=unit.short_name.strip() or unit.name.strip(),
        aliases=tuple(dict.fromkeys(a.strip() for a in unit.aliases if a.strip())),
    )
    if not unit.name:
        raise RefusedError("name_missing")
    if not _CODE.fullmatch(unit.code):
        raise RefusedError("unit_code_wrong", unit=unit.code)
    region = store.units.region()
    for other in region.units:
        shared = set(other.spellings) & set(unit.spellings)
        if other.code != unit.code and shared:
            raise RefusedError("name_taken", name=min(shared), other=other.name)
    with store.transaction():
        store.units.put_unit(unit)
        store.audit.append(now, actor, "unit_saved", unit.code, {"name": unit.name})
    return store.units.region()


def remove_unit(store: Store, code: str, actor: str, now: datetime) -> Region:
    """Takes a unit off the list. Raises RefusedError(`unit_in_use`, name) while a plan or the workspace needs it."""
    region = store.units.region()
    unit = region.find(code)
    if unit is None:
        return region
    needed = code in (store.workspace.unit.code, region.code) or any(
        code in duty.unit_codes
        for ref in store.plans.all()
        for measure in store.plans.get(ref.id).measures
        for duty in measure.duties
    )
    if needed:
        raise RefusedError("unit_in_use", name=unit.name)
    with store.transaction():
        for term in region.terms:
            if code in term.unit_codes:
                store.units.put_term(replace(term, unit_codes=tuple(c for c in term.unit_codes if c != code)))
        store.units.remove_unit(code)
        store.audit.append(now, actor, "unit_removed", code, {"name": unit.name})
    return store.units.region()


def save_term(store: Store, term: CollectiveTerm, actor: str, now: datetime, replaces: str = "") -> Region:
    """Adds or changes a collective term; `replaces` is the wording it had, if that was changed too.

    Raises RefusedError: `name_missing`, `term_taken`(term) when a reworded term would hide another.
    """
    term = replace(term, term=term.term.strip())
    if not term.term:
        raise RefusedError("name_missing")
    reworded = bool(replaces) and replaces != term.term
    if reworded and any(other.term == term.term for other in store.units.region().terms):
        raise RefusedError("term_taken", term=term.term)
    with store.transaction():
        if reworded:
            store.units.remove_term(replaces)
        store.units.put_term(term)
        store.audit.append(now, actor, "term_saved", term.term, {"units": str(len(term.unit_codes))})
    return store.units.region()


def remove_term(store: Store, text: str, actor: str, now: datetime) -> Region:
    """Takes a collective term off the list; published plans keep the units it stood for."""
    with store.transaction():
        store.units.remove_term(text)
        store.audit.append(now, actor, "term_removed", text)
    return store.units.region()
