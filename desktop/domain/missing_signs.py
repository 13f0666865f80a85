"""Where in a report or a summary the signs stand that no face has: which entry, which field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.report import Entry, ProgressStatus, ReportDocument, ReportRow
from desktop.domain.summary import SummaryDocument, SummaryRow


@dataclass(frozen=True)
class MissingSign:
    """A sign that is printed as 〓. `label` is the entry's number, empty outside the entries; `unit`: whose entry it is,
    where those of several are printed.

    `field`: an Entry's field name, `reading`, `evidence`, or `plan` (the plan's own words), `letter`, `people`, `names`.
    """

    sign: str
    label: str
    field: str
    unit: str = ""


def missing_signs(document: ReportDocument, signs: tuple[str, ...]) -> tuple[MissingSign, ...]:
    """Every place of these signs, in the order of the paper: around the entries first."""
    if not signs:
        return ()
    found: dict[MissingSign, None] = {}
    for label, field, text in _texts(document):
        found |= {MissingSign(sign, label, field): None for sign in signs if sign in text}
    return tuple(found)


def missing_in_summary(document: SummaryDocument, signs: tuple[str, ...]) -> tuple[MissingSign, ...]:
    """Every place of these signs in a summary as it is printed: around the entries first, then what is behind."""
    if not signs:
        return ()
    found: dict[MissingSign, None] = {}
    for label, field, text, unit in _summary_texts(document):
        found |= {MissingSign(sign, label, field, unit): None for sign in signs if sign in text}
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
    yield from _written(entry, "progress", "problems", "next_steps", "explanation")
    for reading in entry.readings:
        yield "reading", reading.note
    for piece in entry.evidence:
        yield "evidence", piece.name


def _summary_texts(document: SummaryDocument) -> Iterator[tuple[str, str, str, str]]:
    """All that is printed, as (label, field, text, unit)."""
    for name in (document.issuer.name, document.plan.title):
        yield "", "names", name, ""
    if bulletin := document.bulletin:
        for text in (bulletin.number, bulletin.addressee):
            yield "", "names", text, ""
        for section in bulletin.sections or ():
            yield "", "letter", section.text, ""
    names = {}
    for unit in document.units:
        names[unit.unit.code] = unit.short_name
        yield "", "names", unit.unit.name, ""
        for text in (unit.reason, *(each.reason for each in unit.returns)):
            yield "", "reason", text, unit.short_name
    for line in document.city:
        yield line.label, "reading", line.note, ""
    for row in document.rows:
        yield from _of_summary_row(row, names)


def _of_summary_row(row: SummaryRow, names: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    for text in (row.section, row.title, *row.lead):
        yield row.label, "plan", text, ""
    for target in row.targets:
        yield row.label, "plan", f"{target.indicator}{target.unit}{target.deadline}", ""
    for cell in row.cells:
        # What is not behind is printed as a mark, without its words.
        if cell.entry is not None and cell.entry.status is ProgressStatus.BEHIND:
            for field, text in _written(cell.entry, "progress", "problems", "next_steps"):
                yield row.label, field, text, names.get(cell.unit_code, "")


def _written(entry: Entry, *fields: str) -> Iterator[tuple[str, str]]:
    for field in fields:
        yield field, getattr(entry, field)
