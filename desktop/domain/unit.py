"""单位: who leads, supports and implements; and the collective terms plans use for many of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is. Counties and parks report; the city receives; the others lead and support."""

    CITY = "city"
    COUNTY = "county"
    PARK = "park"
    DEPARTMENT = "department"
    AGENCY = "agency"
    COMPANY = "company"


def like(kind: UnitKind) -> tuple[UnitKind, ...]:
    """The kinds that people choose together: departments, agencies and companies are one choice."""
    if kind in (UnitKind.CITY, UnitKind.COUNTY, UnitKind.PARK):
        return (kind,)
    return (UnitKind.DEPARTMENT, UnitKind.AGENCY, UnitKind.COMPANY)


@dataclass(frozen=True)
class UnitRef:
    """A unit as a document names it: its code and the full name it had then."""

    code: str
    name: str


@dataclass(frozen=True)
class Unit:
    """A unit of a region. `code` is ASCII and unique; `aliases` are other ways plans write it."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""

    @property
    def ref(self) -> UnitRef:
        return UnitRef(self.code, self.name)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way the unit may be written, the full name first, without repeats."""
        return tuple(dict.fromkeys((self.name, self.short_name, *self.aliases)))


@dataclass(frozen=True)
class CollectiveTerm:
    """统称: one wording that stands for several units (各工业园区管委会)."""

    term: str
    unit_codes: tuple[str, ...]


@dataclass(frozen=True)
class Region:
    """A city with the units below it and the collective terms its plans use. `code` is the city's unit code."""

    code: str
    name: str
    units: tuple[Unit, ...]
    terms: tuple[CollectiveTerm, ...] = ()

    @property
    def city(self) -> Unit:
        """The city's own unit. Raises LookupError if the region has none."""
        found = self.find(self.code)
        if found is None:
            raise LookupError(self.code)
        return found

    def find(self, code: str) -> Unit | None:
        return next((unit for unit in self.units if unit.code == code), None)

    def of_kind(self, *kinds: UnitKind) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.kind in kinds)

    @property
    def reporting(self) -> tuple[Unit, ...]:
        """Units that usually report: counties, then parks."""
        return self.of_kind(UnitKind.COUNTY) + self.of_kind(UnitKind.PARK)
