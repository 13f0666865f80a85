"""Ways through a quarter's entries: to the next unfilled one, to the next finding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.services.surveying import FillingRow
from desktop.views.pages.filling_frame import FillingFrame
from desktop.views.pages.filling_quarter import OpenQuarter


class Tour(QObject):
    """Puts the hand where the next work is. `wanted(key)`: the page shows that entry first, at once."""

    wanted = Signal(str)

    def __init__(self, frame: FillingFrame, quarter: OpenQuarter) -> None:
        super().__init__(frame)
        self._frame, self._quarter = frame, quarter
        self._finding: Finding | None = None
        frame.next.clicked.connect(self.next_open)
        frame.hints.wanted.connect(self.show)
        frame.hints.explain.connect(self._explain)

    def next_open(self) -> None:
        """下一条未填; where all are filled, the next place that must be mended or explained.

        From outside the entry, one that is not filled and is shown already is the next.
        """
        frame = self._frame
        if self._quarter.seen is None or not self._quarter.flush():
            return
        here, shown = self._quarter.row, frame.editor.isAncestorOf(frame.focusWidget() or frame)
        rows, key = self._quarter.rows, next_unfilled(self._quarter.rows, frame.editor.key)
        if here is not None and not here.filled and not shown:
            self.wanted.emit(here.measure.key)
            self.enter()
        elif key:
            self.wanted.emit(key)
            self.enter()
        elif (finding := next_hindrance(rows, frame.editor.key)) is not None:
            self.show(finding)

    def enter(self) -> None:
        """The hand goes into the entry that is shown: where it is not filled yet."""
        row = self._quarter.row
        self._frame.editor.focus_field("status" if row and row.entry.status is None else "progress")

    def show(self, finding: Finding) -> None:
        """Go to the entry and the field that a finding speaks of."""
        if finding.measure_key != self._frame.editor.key:
            self.wanted.emit(finding.measure_key)
        self._frame.close_hints()
        self._finding = finding
        self._frame.editor.focus_finding(finding)

    def step(self, step: int) -> None:
        """The finding after (`step` 1) or before (-1) the one that was shown last."""
        if self._quarter.seen is None or not self._quarter.flush():
            return
        found = next_finding(self._quarter.rows, self._frame.editor.key, self._finding, step)
        if found is not None:
            self.show(found)

    def forget(self) -> None:
        """Another entry is shown: no finding of it was visited."""
        self._finding = None

    def _explain(self) -> None:
        self._frame.close_hints()
        self._frame.editor.focus_field("explanation")


def next_unfilled(rows: Sequence[FillingRow], current: str) -> str:
    """The key of the next unfilled entry after `current`, round the end; empty if all are filled."""
    return next((r.measure.key for r in _from(rows, current) if not r.filled), "")


def next_hindrance(rows: Sequence[FillingRow], current: str) -> Finding | None:
    """At `current` or after it, round the end: the first error, or the first warning that wants an explanation."""
    ordered = _from(rows, current)
    found = [f for r in (*ordered[-1:], *ordered[:-1]) for f in r.findings if f.hinders]
    return next((f for f in found if f.severity is Severity.ERROR), found[0] if found else None)


def next_finding(rows: Sequence[FillingRow], current: str, last: Finding | None, step: int) -> Finding | None:
    """The finding after (`step` 1) or before (-1) the one that was visited last, round the ends.

    Where none was visited at `current`, the first at it or after it, or the last before it.
    """
    order = [r.measure.key for r in rows]
    every = [f for r in rows for f in r.open_findings]
    if not every or current not in order:
        return every[0] if every else None
    if last in every and last.measure_key == current:
        return every[(every.index(last) + step) % len(every)]
    here = order.index(current)
    places = [order.index(f.measure_key) for f in every]
    if step > 0:
        return next((f for f, p in zip(every, places, strict=True) if p >= here), every[0])
    return next((f for f, p in reversed(list(zip(every, places, strict=True))) if p < here), every[-1])


def _from(rows: Sequence[FillingRow], current: str) -> list[FillingRow]:
    """The rows after `current`, then those before it, then itself."""
    keys = [r.measure.key for r in rows]
    start = keys.index(current) + 1 if current in keys else 0
    return [*rows[start:], *rows[:start]]
