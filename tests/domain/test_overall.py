"""What a summary's data say as a whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.overall import (
    Moves,
    arrivals,
    behind_measures,
    behind_units,
    moves,
    progressed,
    share,
)
from desktop.domain.report import Entry, ProgressStatus
from desktop.domain.summary import SummaryCell, SummaryDocument, UnitProgress
from tests.reports import samples

P = ProgressStatus


def document(*pairs: tuple[ProgressStatus | None, ProgressStatus | None]) -> SummaryDocument:
    """One measure per pair of a unit's last status and this one."""
    whole = samples.summary(max(len(pairs), 1), 1)
    rows = [
        replace(row, cells=(SummaryCell("u0", Entry(row.measure_key, now), before),))
        for row, (before, now) in zip(whole.rows, pairs, strict=False)
    ]
    return replace(whole, rows=tuple(rows))


def test_moves_are_counted_once_each() -> None:
    found = moves(
        document(
            (P.ON_SCHEDULE, P.COMPLETED),
            (P.BEHIND, P.ON_SCHEDULE),
            (P.NOT_STARTED, P.ON_SCHEDULE),
            (P.ON_SCHEDULE, P.BEHIND),
            (P.BEHIND, P.BEHIND),
            (P.COMPLETED, P.BEHIND),
            (P.ON_SCHEDULE, P.ON_SCHEDULE),
            (P.COMPLETED, P.ON_SCHEDULE),
        )
    )
    assert found == Moves(8, completed=1, caught_up=2, fell_behind=2, still_behind=1, reopened=1)


def test_what_concerns_nobody_or_was_not_said_is_not_compared() -> None:
    assert (
        moves(document((None, P.BEHIND), (P.NOT_APPLICABLE, P.COMPLETED), (P.BEHIND, P.NOT_APPLICABLE)))
        == Moves()
    )
    assert moves(document((P.BEHIND, None))) == Moves()


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, None), (0, 7, "0"), (7, 7, "100.0"), (1999, 2000, "99.9"), (1, 5000, "0.1"), (1, 3, "33.3")],
)
def test_shares_are_all_or_nothing_only_where_they_are(part: int, whole: int, said: str | None) -> None:
    assert share(part, whole) == (None if said is None else Decimal(said))


def test_arrivals_sort_every_unit_exactly_once() -> None:
    whole = samples.summary(4, 13)
    units = list(whole.units)
    units[0] = replace(units[0], state=UnitProgress.WAITING)
    units[1] = replace(units[1], state=UnitProgress.RETURNED)
    seen = arrivals(replace(whole, units=tuple(units)))
    assert seen.came + len(seen.missing) == 13
    assert seen.came == len(seen.accepted) + len(seen.waiting) + len(seen.returned)
    assert [unit.late_days for unit in seen.late] == sorted(unit.late_days for unit in seen.late)  # type: ignore[type-var]
    assert [unit.unit.code for unit in seen.sent_back] == ["u1"]


def test_what_is_behind_most_comes_first_and_nothing_is_lost() -> None:
    whole = samples.summary(24, 13)
    measures, units = behind_measures(whole), behind_units(whole)
    counts = [len(each.units) for each in measures]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == sum(count for _, count in units) == progressed(whole).counts[P.BEHIND]
