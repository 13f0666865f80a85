"""撤销 and 重做 over a whole report: what was changed, step by step, and the way back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.report import Entry, Reading

TEXTS = ("progress", "problems", "next_steps", "explanation")
MOST_STEPS = 500
_STOPS = "。；！？.;!?\n"
"""Where a run of typing ends as a step: people take back clause by clause."""


@dataclass(frozen=True)
class Change:
    """One entry before and after; both are of the same measure."""

    before: Entry
    after: Entry

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the entry's fields that differ, in reading order."""
        return tuple(name for name in _NAMES if _said(self.before, name) != _said(self.after, name))

    @property
    def reversed(self) -> Change:
        return Change(self.after, self.before)

    def applied_to(self, now: Entry) -> Entry:
        """`now` with the fields, and of the readings those targets, that this change changes."""
        fields = {name: getattr(self.after, name) for name in self.fields}
        if "readings" in fields:
            fields["readings"] = self._readings(now.readings)
        return dataclasses.replace(now, **fields)

    def _readings(self, now: tuple[Reading, ...]) -> tuple[Reading, ...]:
        before = {r.target_key: r for r in self.before.readings}
        after = {r.target_key: r for r in self.after.readings}
        held = {r.target_key: r for r in now}
        for key in before.keys() | after.keys():
            if before.get(key) == after.get(key):
                continue
            if key in after:
                held[key] = after[key]
            else:
                held.pop(key, None)
        order = [*after, *(key for key in held if key not in after)]
        return tuple(held[key] for key in order if key in held)


def _said(entry: Entry, name: str) -> object:
    # Figures are the same in whatever order they stand.
    return {r.target_key: r for r in entry.readings} if name == "readings" else getattr(entry, name)


_NAMES = ("status", "progress", "readings", "explanation", "problems", "next_steps", "evidence")


@dataclass(frozen=True)
class Step:
    """What one act changed: one entry as a rule, several where a workbook was taken in."""

    changes: tuple[Change, ...]

    @property
    def reversed(self) -> Step:
        return Step(tuple(change.reversed for change in self.changes))


class EditHistory:
    """The steps of one report, the newest 500; what is done anew ends the way forth."""

    def __init__(self) -> None:
        self._back: list[Step] = []
        self._forth: list[Step] = []
        self._closed = True

    def note(self, changes: Iterable[Change]) -> None:
        """Something was changed: a step of its own, or more of the run of typing before it."""
        made = Step(tuple(change for change in changes if change.fields))
        if not made.changes:
            return
        self._forth = []
        grown = None if self._closed or not self._back else _grown(self._back[-1], made)
        if grown is not None:
            self._back[-1] = grown
        else:
            self._back = [*self._back, made][-MOST_STEPS:]
        self._closed = False

    def close(self) -> None:
        """The hand went elsewhere: the next change is a step of its own."""
        self._closed = True

    @property
    def undoes(self) -> Step | None:
        """What the way back takes back next."""
        return self._back[-1] if self._back else None

    @property
    def redoes(self) -> Step | None:
        return self._forth[-1] if self._forth else None

    def turned_back(self) -> None:
        """The newest step was taken back."""
        self._forth.append(self._back.pop())
        self._closed = True

    def turned_forth(self) -> None:
        """The step that was taken back last was made again."""
        self._back.append(self._forth.pop())
        self._closed = True


def _grown(last: Step, made: Step) -> Step | None:
    """Both as one step, where the second types on where the first stopped, within a clause."""
    if len(last.changes) != 1 or len(made.changes) != 1:
        return None
    (old,), (new,) = last.changes, made.changes
    if (
        old.fields != new.fields
        or len(new.fields) != 1
        or new.fields[0] not in TEXTS
        or old.after != new.before
    ):
        return None
    name = new.fields[0]
    first = _typed(getattr(old.before, name), getattr(old.after, name))
    second = _typed(getattr(new.before, name), getattr(new.after, name))
    if first is None or second is None or first[0] + len(first[1]) != second[0] or first[1][-1] in _STOPS:
        return None
    return Step((Change(old.before, new.after),))


def _typed(before: str, after: str) -> tuple[int, str] | None:
    """Where something was put in, and what; None for any other change."""
    room = len(after) - len(before)
    if room <= 0:
        return None
    start = 0
    while start < len(before) and before[start] == after[start]:
        start += 1
    return (start, after[start : start + room]) if before[start:] == after[start + room :] else None


def place_of_change(before: str, after: str) -> int:
    """Where in `after` the changed stretch ends, for the cursor."""
    tail = 0
    while tail < min(len(before), len(after)) and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return len(after) - tail
