"""填报表: a workbook that a bureau fills for its unit. What it asks, what it says of itself, what came back.

Every field of an entry travels as one text (`field_texts`); a figure's is plain digits, a status' its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from desktop.domain.codec import canonical_bytes, digest_of
from desktop.domain.delegation import Bureau
from desktop.domain.report import Entry, ProgressStatus, Reading, ReportRow
from desktop.domain.unit import UnitRef

FORMAT = 1
TEXT_FIELDS = ("progress", "problems", "next_steps", "explanation")
# Where joining both versions makes sense.
JOINABLE = frozenset({*TEXT_FIELDS, "note"})


@dataclass(frozen=True)
class Place:
    """One field of one measure: an Entry's field name, or `reading`/`note` with the target's key."""

    measure_key: str
    field: str
    target: str = ""

    @property
    def name(self) -> str:
        """The field's name within its measure: `progress`, `reading:t1`."""
        return f"{self.field}:{self.target}" if self.target else self.field


@dataclass(frozen=True)
class StampRow:
    """A measure as it was handed out. `digests` are of the fields' texts as they then stood, by `Place.name`."""

    measure_key: str
    label: str
    title: str
    digests: Mapping[str, str]


@dataclass(frozen=True)
class Stamp:
    """What a workbook says of itself, hidden from its reader's eyes; a claim until its seal is known here."""

    format: int
    id: str
    plan_id: str
    plan_version: int
    unit_code: str
    quarter: str
    report_id: str
    revision: int
    bureau: str
    rows: tuple[StampRow, ...]

    @property
    def seal(self) -> str:
        """SHA-256 over all of it; the unit's own record of handing it out holds the same."""
        return digest_of(canonical_bytes(self))

    def row(self, measure_key: str) -> StampRow | None:
        return next((row for row in self.rows if row.measure_key == measure_key), None)


@dataclass(frozen=True)
class AskedRow:
    """A measure that is asked about: as it stands now, with what was said last quarter."""

    row: ReportRow
    previous: Entry | None = None


@dataclass(frozen=True)
class BureauWorkbook:
    """Everything that a bureau's workbook shows. `collector` and `phone`: who gathers; `reply_by` its own deadline."""

    stamp: Stamp
    plan_title: str
    unit: UnitRef
    bureau: Bureau
    collector: str
    phone: str
    reply_by: date | None
    prepared_on: date
    rows: tuple[AskedRow, ...]


@dataclass(frozen=True)
class FilledField:
    """What a cell says about a field. `cell` as people find it (`填报 H5`).

    With `refused` (a code) it says nothing that can be taken; with `doubt` (a code) its text is only proposed.
    """

    place: Place
    text: str
    cell: str
    doubt: str = ""
    refused: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RefusedRow:
    """A row of which nothing can be taken. `text` is what stands in it, shortened."""

    cell: str
    code: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetProblem:
    """Something about a sheet as a whole: columns that are missing or stand twice, a stamp that is gone."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FilledWorkbook:
    """A workbook as it came back; nothing of it is in force. `digest` is the file's SHA-256."""

    file: str
    digest: str
    stamp: Stamp | None
    fields: tuple[FilledField, ...]
    refused: tuple[RefusedRow, ...] = ()
    problems: tuple[SheetProblem, ...] = ()


def number_text(value: Decimal) -> str:
    """A figure in plain digits, without exponent and needless zeros."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def field_texts(entry: Entry, target_keys: Iterable[str]) -> dict[str, str]:
    """All fields of an entry that a workbook asks for, by `Place.name`; texts as they are, unfilled ones empty."""
    notes = {reading.target_key: reading.note for reading in entry.readings}
    texts = {"status": entry.status.value if entry.status else ""}
    texts |= {name: getattr(entry, name) for name in TEXT_FIELDS}
    for key in target_keys:
        value = entry.reading(key)
        texts[f"reading:{key}"] = "" if value is None else number_text(value)
        texts[f"note:{key}"] = notes.get(key, "")
    return texts


def field_digest(text: str) -> str:
    """The digest of a field's text, by which a later change is noticed: the first 16 hex digits of SHA-256."""
    return digest_of(text.encode("utf-8", "surrogatepass"))[:16]


def with_field(entry: Entry, place: Place, text: str) -> Entry:
    """The entry with one field set from its text. Raises ValueError where the text does not fit the field."""
    match place.field:
        case "status":
            return replace(entry, status=ProgressStatus(text) if text else None)
        case "progress":
            return replace(entry, progress=text)
        case "problems":
            return replace(entry, problems=text)
        case "next_steps":
            return replace(entry, next_steps=text)
        case "explanation":
            return replace(entry, explanation=text)
        case "reading" | "note":
            return replace(entry, readings=_with_reading(entry, place, text))
    raise ValueError(place.field)


def _with_reading(entry: Entry, place: Place, text: str) -> tuple[Reading, ...]:
    old = next((r for r in entry.readings if r.target_key == place.target), Reading(place.target, None))
    if place.field == "note":
        new = replace(old, note=text)
    else:
        new = replace(old, value=_decimal(text) if text else None)
    others = {r.target_key: r for r in entry.readings} | {place.target: new}
    return tuple(r for r in others.values() if r.value is not None or r.note)


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?\d{1,30}(?:\.\d{1,30})?", text, re.ASCII):
        raise ValueError(text)
    return Decimal(text)


def joined(ours: str, theirs: str) -> str:
    """Both versions in one text, ours first; what one of them already contains is not said twice."""
    if theirs in ours:
        return ours
    return theirs if ours in theirs else f"{ours}\n{theirs}"
