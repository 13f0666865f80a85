"""Signs without a face in a summary: named by unit, entry and field, and only where they are printed."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.bulletin import BulletinSection, BulletinText
from desktop.domain.missing_signs import MissingSign, missing_in_summary
from desktop.domain.report import ProgressStatus
from desktop.domain.summary import SummaryDocument
from desktop.wording.paper import lacking_all
from tests.reports.bulletins import bulletin

SIGN = "\U0002f9f4"


def with_words(status: ProgressStatus) -> SummaryDocument:
    """The first unit's problem at the first measure that it is assigned bears the sign."""
    made = bulletin(6, 3)
    first = made.rows[0]
    at = next(place for place, cell in enumerate(first.cells) if cell.entry is not None)
    cell = first.cells[at]
    assert cell.entry is not None
    entry = replace(cell.entry, status=status, problems=f"由{SIGN}办牵头。")
    cells = (*first.cells[:at], replace(cell, entry=entry), *first.cells[at + 1 :])
    return replace(made, rows=(replace(first, cells=cells), *made.rows[1:]))


def test_a_unit_s_words_are_named_by_unit_entry_and_field() -> None:
    document = with_words(ProgressStatus.BEHIND)
    (place,) = missing_in_summary(document, (SIGN,))
    names = {unit.short_name for unit in document.units}
    assert (place.sign, place.label, place.field) == (SIGN, document.rows[0].label, "problems")
    assert place.unit in names and lacking_all((place,)).startswith(f"{place.unit}第")


def test_words_that_are_not_printed_are_not_named() -> None:
    assert missing_in_summary(with_words(ProgressStatus.ON_SCHEDULE), (SIGN,)) == ()


def test_the_letter_s_own_words_and_none() -> None:
    made = bulletin(6, 3)
    assert made.bulletin is not None
    text = (BulletinText(BulletinSection.REQUESTS, f"由{SIGN}办牵头。"),)
    document = replace(made, bulletin=replace(made.bulletin, sections=text))
    assert missing_in_summary(document, (SIGN,)) == (MissingSign(SIGN, "", "letter"),)
    assert missing_in_summary(document, ()) == ()
