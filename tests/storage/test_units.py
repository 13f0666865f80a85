from __future__ import annotations

from dataclasses import replace

from desktop.domain.unit import CollectiveTerm, Region, Unit, UnitKind
from desktop.storage import Store

from .samples import CITY, COUNTY, PARK, REGION


def test_a_unit_changes_in_its_place_and_a_new_one_stands_at_the_end(store: Store) -> None:
    renamed = replace(COUNTY, name="甲市人民政府", aliases=("甲县",))
    new = Unit("A-1", "新局", "新局", UnitKind.DEPARTMENT)
    store.units.put_unit(new)
    store.units.put_unit(renamed)
    assert store.units.region().units == (CITY, renamed, PARK, new)


def test_a_removed_unit_is_gone_and_the_order_stays(store: Store) -> None:
    store.units.remove_unit(COUNTY.code)
    store.units.remove_unit("unknown")
    assert store.units.region().units == (CITY, PARK)
    store.units.put_unit(COUNTY)
    assert store.units.region().units == (CITY, PARK, COUNTY)


def test_terms_change_in_their_place_and_go(store: Store) -> None:
    first, second = REGION.terms
    wider = CollectiveTerm(first.term, (COUNTY.code, PARK.code))
    third = CollectiveTerm("各有关单位", ())
    store.units.put_term(third)
    store.units.put_term(wider)
    assert store.units.region().terms == (wider, second, third)
    store.units.remove_term(second.term)
    assert store.units.region().terms == (wider, third)


def test_a_region_replaces_the_one_before(store: Store) -> None:
    other = Region("Z", "他市", (PARK, CITY), (CollectiveTerm("各园区", ()),))
    store.units.put_region(other)
    assert store.units.region() == other
