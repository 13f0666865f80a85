"""Maker and checker: a unit may ask that whoever fills a report does not review it."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.errors import RefusedError
from desktop.domain.report import People
from desktop.storage import Store

_SETTING = "separate_people"


def separate(store: Store) -> bool:
    """Whether this unit wants preparer and reviewer to be two people; it does not until somebody says so."""
    return bool(store.settings.get(_SETTING, False))


def set_separate(store: Store, wanted: bool, actor: str, now: datetime) -> None:
    """Keeps what the unit wants; the same again writes nothing."""
    if separate(store) == wanted:
        return
    with store.transaction():
        store.settings.put(_SETTING, wanted)
        facts = {"wanted": "yes" if wanted else "no"}
        store.audit.append(now, actor, "separation_set", store.workspace.unit.code, facts)


def refuse_same(store: Store, people: People) -> None:
    """Raises RefusedError(`same_person`, name) where the unit wants two people and one name stands twice."""
    if separate(store) and same_person(people):
        raise RefusedError("same_person", name=people.preparer.strip())


def same_person(people: People) -> bool:
    """Whether preparer and reviewer bear the same name, however it is spaced."""
    one, other = ("".join(name.split()) for name in (people.preparer, people.reviewer))
    return bool(one) and one == other
