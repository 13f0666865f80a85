"""Courses over the quarters and the heat of what is behind."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.contrast import Course, HeatRow, courses, heat, on_track
from desktop.domain.report import ProgressStatus
from desktop.domain.summary import UnitProgress
from tests.reports.samples import summary

DONE, ON, BEHIND, NEVER = (
    ProgressStatus.COMPLETED,
    ProgressStatus.ON_SCHEDULE,
    ProgressStatus.BEHIND,
    ProgressStatus.NOT_APPLICABLE,
)


def course(*values: int | None) -> Course:
    return Course("u", tuple(None if value is None else Decimal(value) for value in values))


def test_what_does_not_concern_a_unit_is_not_counted() -> None:
    assert on_track([DONE, ON, BEHIND, NEVER, NEVER]) == Decimal("66.7")
    assert on_track([NEVER]) is None and on_track([]) is None


def test_falls_are_counted_back_from_now() -> None:
    assert course(50, 90, 80, 72).falls == 2
    assert course(90, 80, 80).falls == 0, "the same is no fall"
    assert course(90, None, 80, 70).falls == 1
    assert course(90, 80, None).falls == 0
    assert course(90).falls == course().falls == 0
    assert course(90, 72).step == Decimal(-18)
    assert course(90, None).step is None and course(90).step is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), max_size=6))
def test_falls_are_never_more_than_steps(values: list[int | None]) -> None:
    found = course(*values)
    assert 0 <= found.falls <= max(len(values) - 1, 0)
    if found.falls:
        assert found.step is not None and found.step < 0


def test_the_mean_weighs_entries_not_units() -> None:
    found = courses({"2025Q1": {"a": [ON], "b": [BEHIND, BEHIND, BEHIND]}, "2025Q2": {"a": [ON]}}, ["a", "b"])
    assert found.quarters == ("2025Q1", "2025Q2")
    assert [line.values for line in found.units] == [(Decimal(100), Decimal(100)), (Decimal(0), None)]
    assert found.mean == (Decimal(25), Decimal(100))


def test_heat_counts_what_is_behind_and_tells_nothing_sent_from_nothing_assigned() -> None:
    document = summary(measures=12, units=6)
    found = heat(document)
    behind = sum(
        cell.entry is not None and cell.entry.status is BEHIND for row in document.rows for cell in row.cells
    )
    assert found.total == behind > 0
    assert sum(found.of_unit(at) for at in range(len(found.units))) == behind
    heard = {u.unit.code for u in document.units if u.filled or u.state is UnitProgress.ACCEPTED}
    assert [key for row in found.rows for key in row.keys] == [
        key
        for key in (row.measure_key for row in document.rows)
        if key in {k for r in found.rows for k in r.keys}
    ]
    for row in found.rows:
        for code, count in zip(found.units, row.counts, strict=True):
            assigned = any(r.cell(code) for r in document.rows if r.measure_key in row.keys)
            wanted = HeatRow.UNASSIGNED if not assigned else None
            assert (count is not None and count >= 0) == (assigned and code in heard)
            assert assigned or count == wanted
