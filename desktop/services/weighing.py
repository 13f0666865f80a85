"""One field of a filled workbook beside our own: new, changed, the same, contradicting, doubtful or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain.report import STATUS_WORDS, ProgressStatus
from desktop.domain.workbook import JOINABLE, FilledField, FilledWorkbook, Place, field_digest, field_texts
from desktop.services.surveying import FillingRow


class FieldState(StrEnum):
    """What a workbook's field is beside our own.

    NEW: ours was empty; CHANGED: ours is as it was handed out, theirs is not; SAME: nothing to take (the
    same, or untouched by them); CONFLICT: both changed, or it is not known; PROPOSED: not sure, see
    `reason`; REFUSED: cannot be taken, see `reason`.
    """

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"
    PROPOSED = "proposed"
    REFUSED = "refused"


class Choice(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class FieldPreview:
    """One field of one measure. `ours` and `theirs` are texts as in `field_texts` (a status's code, plain digits).

    `reason` is a code with `facts`: why it is refused, or why only proposed (also beside CONFLICT).
    `cell` is where it stands in the workbook (`填报 H5`); `indicator` and `unit` name a target.
    """

    place: Place
    label: str
    title: str
    state: FieldState
    ours: str
    theirs: str
    cell: str
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    indicator: str = ""
    unit: str = ""

    @property
    def joinable(self) -> bool:
        """Whether both versions can stand in one text."""
        return self.place.field in JOINABLE and self.state is not FieldState.REFUSED

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen for it; empty where there is nothing to choose."""
        if self.state in (FieldState.SAME, FieldState.REFUSED):
            return ()
        both = self.joinable and bool(self.ours) and bool(self.theirs)
        return (Choice.OURS, Choice.THEIRS, Choice.BOTH) if both else (Choice.OURS, Choice.THEIRS)

    @property
    def usual(self) -> Choice | None:
        """What is done when nobody chooses: sure news are taken, conflicts and proposals are left."""
        return Choice.THEIRS if self.state in (FieldState.NEW, FieldState.CHANGED) else None


@dataclass(frozen=True)
class RowPreview:
    """A measure that the workbook speaks of, with all its fields in the workbook's order."""

    measure_key: str
    label: str
    title: str
    fields: tuple[FieldPreview, ...]

    def has(self, *states: FieldState) -> bool:
        return any(field.state in states for field in self.fields)


def weighed(
    rows: Mapping[str, FillingRow], book: FilledWorkbook, bases: Mapping[str, Mapping[str, str]]
) -> tuple[RowPreview, ...]:
    """All that a workbook says beside the draft's rows, in the plan's order. `bases`: the digests of what was handed out."""
    by_measure: dict[str, list[FilledField]] = {}
    for each in book.fields:
        by_measure.setdefault(each.place.measure_key, []).append(each)
    found = []
    for key, row in rows.items():
        if key not in by_measure:
            continue
        ours = field_texts(row.entry, [target.key for target in row.targets])
        fields = tuple(
            _field(row, each, ours[each.place.name], bases.get(key, {}).get(each.place.name, ""))
            for each in by_measure[key]
            if each.place.name in ours
        )
        found.append(RowPreview(key, row.label, row.measure.title, fields))
    return tuple(found)


def _field(row: FillingRow, each: FilledField, ours: str, base: str) -> FieldPreview:
    from desktop.reports.bureau_workbook import as_written

    state, reason = _state(each, ours, base, as_written)
    target = next((t for t in row.targets if t.key == each.place.target), None)
    return FieldPreview(
        each.place, row.label, row.measure.title, state, ours, each.text, each.cell, reason, each.facts,
        target.indicator if target else "", target.unit if target else "",
    )  # fmt: skip


def _state(
    each: FilledField, ours: str, base: str, as_written: Callable[[str], str]
) -> tuple[FieldState, str]:
    """The state of a field and the code that explains it. `base` is the digest of what was handed out, if known."""
    if each.refused:
        return FieldState.REFUSED, each.refused
    shown = as_written(ours)
    untouched = bool(base) and field_digest(each.text) == base
    if each.text == shown or untouched:
        return FieldState.SAME, ""
    if not each.text:
        # An emptied cell may be a slip; what we have is never deleted by one.
        return (FieldState.PROPOSED, "cell_cleared") if base else (FieldState.SAME, "")
    if (base and field_digest(shown) != base) or (not base and ours):
        return FieldState.CONFLICT, each.doubt
    if each.doubt:
        return FieldState.PROPOSED, each.doubt
    return (FieldState.CHANGED if ours else FieldState.NEW), ""


def shown(each: FieldPreview, text: str) -> str:
    """A field's text as people read it: a status's word, a figure with its unit."""
    if each.place.field == "status":
        return STATUS_WORDS[ProgressStatus(text)] if text else ""
    return f"{text}{each.unit}" if each.place.field == "reading" and text else text
