"""Standings as a report's document keeps them: older digests stay, and what contradicts itself is seen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.codec import canonical_bytes, digest_of, parse_json
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportDocument
from desktop.domain.schedule import Past, Span, Standing, standing_fault, standing_of
from desktop.domain.targets import Accumulation, Comparator, Milestone, Target
from tests.reports import samples

NOW = Quarter(2025, 2)
TARGET = Target(
    "t1", "2", 1, "锅炉", Comparator.AT_LEAST, Decimal(12), "台", "2025年底前", accumulation=Accumulation.PLAN_TO_DATE,
    milestones=(Milestone("2025Q1", Decimal(2)), Milestone("2025Q2", Decimal(6))),
)  # fmt: skip
PAST = tuple(
    Past(q, Decimal(n), TARGET.accumulation, "台") for n, q in enumerate(("2024Q3", "2024Q4", "2025Q1"))
)


def test_the_digest_of_a_document_from_before_is_what_it_was() -> None:
    """Taken before standings were kept."""
    data = canonical_bytes(samples.report(count=9))
    assert b"standings" not in data
    assert digest_of(data) == "4bf83eb8af6dc40c2b677191b8b86be8a7bdc7e37e0f73cfe76ce947abfd7efc"


def test_standings_come_back_as_they_were_written() -> None:
    standing = standing_of(TARGET, NOW, PAST, Span())
    row = replace(samples.row(1), targets=(TARGET,), standings=(standing,))
    document = samples.report((row,))
    again = parse_json(canonical_bytes(document), ReportDocument)
    assert again == document
    assert again.rows[0].standing("t1") == standing and again.rows[0].standing("t2") is None


@pytest.mark.parametrize("proportional", [True, False])
def test_what_is_worked_out_here_has_no_fault(proportional: bool) -> None:
    for target in (TARGET, replace(TARGET, milestones=())):
        standing = standing_of(target, NOW, PAST, Span(Quarter(2024, 1), Quarter(2025, 4)), proportional)
        assert not standing_fault(target, standing, NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"quarter": "2025Q1"},
        {"due": Decimal(1)},
        {"by_city": False},
        {"trend": PAST[::-1]},
        {"trend": (*PAST, replace(PAST[-1], quarter="2025Q2"))},
        {"trend": (replace(PAST[0], unit="蒸吨"), *PAST[1:])},
        {"last": PAST[0]},
        {"last": None},
        {"trend": ()},
    ],
)
def test_what_contradicts_itself_is_seen(changes: dict[str, object]) -> None:
    standing: Standing = replace(standing_of(TARGET, NOW, PAST, Span()), **changes)
    assert standing_fault(TARGET, standing, NOW)
