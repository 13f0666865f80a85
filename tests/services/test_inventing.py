"""Invented entries read as people write."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop.services import filling, surveying
from desktop.services.inventing import Inventor, load_phrases
from tests.conftest import ROOT
from tests.journeys.offices import COUNTY, QUARTER, Offices


def test_quotation_marks_within_quotation_marks_are_single(offices: Offices) -> None:
    store = offices.county
    report = filling.begin(store, offices.plan.id, QUARTER, "test", offices.now)
    row = surveying.overview(store, report).rows[0]
    inventor = Inventor(load_phrases(ROOT / "resources" / "sample"))
    named = []
    for number in range(60):
        measure = replace(row.measure, key=f"m-{number}", title="推进“六保障”")
        named.append(inventor.entry(COUNTY, QUARTER, replace(row, measure=measure)).progress)
    assert any("“推进‘六保障’”" in words for words in named)
    assert not any(re.search("“[^”]*“", words) for words in named)
