"""Where in a report the signs stand that no face has: which entry, which field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.report import ReportDocument, ReportRow


@dataclass(frozen=True)
class MissingSign:
    """A sign that is printed as 〓. `label` is the entry's number, empty outside the entries.

    `field`: an Entry's field name, `reading`, `evidence`, or `plan` (the plan's own words), `letter`, `people`, `names`.
    """

    sign: str
    label: str
    field: str


def missing_signs(document: ReportDocument, signs: tuple[str, ...]) -> tuple[MissingSign, ...]:
    """Every place of these signs, in the order of the paper: around the entries first."""
    if not signs:
        return ()
    found: dict[MissingSign, None] = {}
    for label, field, text in _texts(document):
        found |= {MissingSign(sign, label, field): None for sign in signs if sign in text}
    return tuple(found)


def _texts(document: ReportDocument) -> Iterator[tuple[str, str, str]]:
    """All that is printed, as (label, field, text)."""
    for name in (document.unit.name, document.superior.name, document.plan.title):
        yield "", "names", name
    if letter := document.letter:
        for text in (letter.issuer, letter.addressee, letter.bureau, letter.number):
            yield "", "names", text
        for section in letter.sections:
            yield "", "letter", section.text
    people = document.people
    for text in (people.preparer, people.reviewer, people.issuer, people.phone):
        yield "", "people", text
    for row in document.rows:
        for field, text in _of_row(row):
            yield row.label, field, text


def _of_row(row: ReportRow) -> Iterator[tuple[str, str]]:
    entry = row.entry
    for text in (row.section, row.title, *row.lead):
        yield "plan", text
    for target in row.targets:
        yield "plan", f"{target.indicator}{target.unit}{target.deadline}"
    for field in ("progress", "problems", "next_steps", "explanation"):
        yield field, getattr(entry, field)
    for reading in entry.readings:
        yield "reading", reading.note
    for piece in entry.evidence:
        yield "evidence", piece.name
