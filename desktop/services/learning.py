"""What the list of units learns while a plan is checked, and how it is made to forget it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors import RefusedError
from desktop.domain.unit import CollectiveTerm, Region
from desktop.services import arranging
from desktop.storage import Store


@dataclass(frozen=True)
class Lesson:
    """A wording and the units it was said to mean: one unit has it as an alias, several make it a collective term.

    `before` is what the term stood for until then, empty where there was none.
    """

    name: str
    unit_codes: tuple[str, ...]
    before: tuple[str, ...] = ()


def learn(
    store: Store, name: str, unit_codes: tuple[str, ...], actor: str, now: datetime
) -> tuple[Region, Lesson | None]:
    """Remembers what a wording means; the lesson is None where that was known already.

    Raises RefusedError: `name_missing`, `no_units`, `name_taken`(name, other) as `arranging.save_unit`.
    """
    region = store.units.region()
    if not unit_codes:
        raise RefusedError("no_units", name=name)
    before = next((t.unit_codes for t in region.terms if t.term == name), ())
    if len(unit_codes) > 1 or before:
        if before == unit_codes:
            return region, None
        return _say(store, name, unit_codes, actor, now), Lesson(name, unit_codes, before)
    unit = region.find(unit_codes[0])
    if unit is None or name in unit.spellings:
        return region, None
    changed = replace(unit, aliases=(*unit.aliases, name))
    return arranging.save_unit(store, changed, actor, now), Lesson(name, unit_codes)


def forget(store: Store, lesson: Lesson, actor: str, now: datetime) -> Region:
    """Takes a lesson back: the alias goes, the term means what it meant before."""
    if lesson.before:
        return _say(store, lesson.name, lesson.before, actor, now)
    if len(lesson.unit_codes) > 1:
        return arranging.remove_term(store, lesson.name, actor, now)
    region = store.units.region()
    unit = region.find(lesson.unit_codes[0])
    if unit is None or lesson.name not in unit.aliases:
        return region
    kept = tuple(alias for alias in unit.aliases if alias != lesson.name)
    return arranging.save_unit(store, replace(unit, aliases=kept), actor, now)


def _say(store: Store, name: str, unit_codes: tuple[str, ...], actor: str, now: datetime) -> Region:
    return arranging.save_term(store, CollectiveTerm(name, unit_codes), actor, now)
