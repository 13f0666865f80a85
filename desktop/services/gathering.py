"""Taking filled workbooks back: what they say field by field beside our own, then only what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.errors import RefusedError
from desktop.domain.plan import Plan
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, Report, may_edit
from desktop.domain.workbook import (
    FilledWorkbook,
    Place,
    RefusedRow,
    SheetProblem,
    Stamp,
    field_texts,
    joined,
    with_field,
)
from desktop.services.circulating import handed_out
from desktop.services.closing import refuse_locked
from desktop.services.filling import save_entry
from desktop.services.surveying import FillingRow, overview, report_row
from desktop.services.weighing import Choice, FieldPreview, FieldState, RowPreview, weighed
from desktop.storage import Store


@dataclass(frozen=True)
class WorkbookPreview:
    """What taking a workbook in would do; nothing is written.

    `known`: this workspace handed it out and what it says of itself is unaltered; otherwise it is not
    known what stood in it, and every difference to a field that is not empty counts as a conflict.
    `report_changed`: it was handed out for another revision than this one. `missing`: measures that it
    was handed out with and that are not in it any more, as (key, label, title). `taken_before`: when the
    very same file was taken in. `workbook_id`: which one it is of those handed out from here.
    """

    report_id: str
    file: str
    digest: str
    bureau: str
    handed_out_at: datetime | None
    known: bool
    report_changed: bool
    rows: tuple[RowPreview, ...]
    refused: tuple[RefusedRow, ...]
    missing: tuple[tuple[str, str, str], ...]
    problems: tuple[SheetProblem, ...]
    taken_before: datetime | None = None
    workbook_id: str = ""

    @property
    def fields(self) -> tuple[FieldPreview, ...]:
        return tuple(field for row in self.rows for field in row.fields)

    def count(self, *states: FieldState) -> int:
        return sum(field.state in states for field in self.fields)


@dataclass(frozen=True)
class Gathered:
    """What was taken in. `taken` fields now say `taken[...]`; `left` were not chosen; `stale` changed under our hands."""

    taken: Mapping[Place, str]
    left: tuple[FieldPreview, ...]
    stale: tuple[FieldPreview, ...]
    refused: tuple[FieldPreview, ...]
    refused_rows: tuple[RefusedRow, ...]
    rows: tuple[FillingRow, ...]


def preview(store: Store, report_id: str, path: Path, progress: Progress = silent) -> WorkbookPreview:
    """Opens a filled workbook and holds it against the draft, field by field; writes nothing.

    Raises RefusedError: `report_locked`(state), `workbook_other_report`(file, unit, quarter) and
    `workbook_other_plan`(file, plan) when it says that it was handed out for another; UnreadableError as `intake.workbook.read_workbook`.
    """
    from desktop.intake.workbooks.workbook import read_workbook

    report = _draft(store, report_id)
    seen = overview(store, report)
    rows = {row.measure.key: row for row in seen.rows}
    asked = tuple(report_row(seen.plan, row.measure, report.unit_code, (), row.entry) for row in seen.rows)
    book = read_workbook(path, asked, progress)
    _refuse_foreign(store, report, seen.plan, book)
    known = book.stamp is not None and _handed_out_here(store, book.stamp)
    bases = {row.measure_key: row.digests for row in book.stamp.rows} if known and book.stamp else {}
    return WorkbookPreview(
        report.id,
        book.file,
        book.digest,
        book.stamp.bureau if book.stamp else "",
        _handed_out_at(store, book.stamp) if known and book.stamp else None,
        known,
        book.stamp is not None and book.stamp.report_id != report.id,
        weighed(rows, book, bases),
        book.refused,
        _missing(book),
        book.problems,
        _taken_before(store, report, book.digest),
        book.stamp.id if known and book.stamp else "",
    )


def take_in(
    store: Store,
    report_id: str,
    seen: WorkbookPreview,
    choices: Mapping[Place, Choice],
    actor: str,
    now: datetime,
) -> Gathered:
    """Takes what was chosen into the draft, in one transaction; a field without a choice as its `usual`.

    A field of ours that changed since the preview is not touched but told as `stale`. Raises
    RefusedError as `closing.refuse_locked`; ValueError on a choice that a field does not have.
    """
    refuse_locked(store, store.reports.get(report_id), now)
    if choices.keys() - {each.place for each in seen.fields}:
        raise ValueError("a choice for a field that the workbook does not have")
    taken: dict[Place, str] = {}
    left: list[FieldPreview] = []
    stale: list[FieldPreview] = []
    saved: list[FillingRow] = []
    with store.transaction():
        entries = store.reports.entries(report_id)
        for row in seen.rows:
            entry = entries.get(row.measure_key, Entry(row.measure_key))
            targets = [field.place.target for field in row.fields if field.place.target]
            current = field_texts(entry, dict.fromkeys(targets))
            changed = entry
            for each in row.fields:
                text = _chosen(each, choices.get(each.place))
                if text is None:
                    left += [each] if each.choices else []
                elif current[each.place.name] != each.ours:
                    stale.append(each)
                elif text != each.ours:
                    changed = with_field(changed, each.place, text)
                    taken[each.place] = text
            if changed != entry:
                saved.append(save_entry(store, report_id, changed, actor, now).row)
        refused = tuple(each for each in seen.fields if each.state is FieldState.REFUSED)
        facts = _facts(seen, taken, left, stale, refused)
        store.audit.append(now, actor, "workbook_taken_in", report_id, facts, seen.digest)
    return Gathered(taken, tuple(left), tuple(stale), refused, seen.refused, tuple(saved))


def _chosen(each: FieldPreview, choice: Choice | None) -> str | None:
    """The text that a field is to have; None when it is left as it is."""
    if choice is not None and choice not in each.choices:
        raise ValueError(f"{choice} is no choice for {each.place}")
    match choice or each.usual:
        case Choice.THEIRS:
            return each.theirs
        case Choice.BOTH:
            return joined(each.ours, each.theirs)
    return None


def _facts(
    seen: WorkbookPreview,
    taken: Mapping[Place, str],
    left: list[FieldPreview],
    stale: list[FieldPreview],
    refused: tuple[FieldPreview, ...],
) -> dict[str, str]:
    counts = {
        "taken": len(taken),
        "left": len(left),
        "stale": len(stale),
        "refused": len(refused) + len(seen.refused),
        "conflicts": seen.count(FieldState.CONFLICT),
    }
    places = "、".join(f"{place.measure_key}/{place.name}" for place in taken)
    facts = {"file": seen.file, "digest": seen.digest, "bureau": seen.bureau, "fields": places}
    facts |= {"workbook": seen.workbook_id} if seen.workbook_id else {}
    return facts | {name: str(count) for name, count in counts.items()}


def _draft(store: Store, report_id: str) -> Report:
    report = store.reports.get(report_id)
    if not may_edit(report.state):
        raise RefusedError("report_locked", state=report.state.value)
    return report


def _refuse_foreign(store: Store, report: Report, plan: Plan, book: FilledWorkbook) -> None:
    """A workbook of another plan, quarter or unit is none of this report's."""
    stamp = book.stamp
    if stamp is None:
        return
    if stamp.plan_id != report.plan_id:
        raise RefusedError("workbook_other_plan", file=book.file, plan=plan.title)
    if (stamp.unit_code, stamp.quarter) == (report.unit_code, report.quarter):
        return
    try:
        quarter = Quarter.parse(stamp.quarter).chinese
    except ValueError:
        quarter = stamp.quarter[:10]
    unit = store.units.region().find(stamp.unit_code)
    raise RefusedError(
        "workbook_other_report",
        file=book.file,
        quarter=quarter,
        unit=unit.short_name if unit else stamp.unit_code[:20],
    )


def _handed_out_here(store: Store, stamp: Stamp) -> bool:
    """Whether our own record of handing it out holds the same seal: nobody wrote the stamp anew."""
    return any(h.workbook_id == stamp.id and h.seal == stamp.seal for h in handed_out(store, stamp.report_id))


def _handed_out_at(store: Store, stamp: Stamp) -> datetime | None:
    found = (h.at for h in handed_out(store, stamp.report_id) if h.workbook_id == stamp.id)
    return next(found, None)


def _taken_before(store: Store, report: Report, digest: str) -> datetime | None:
    records = store.audit.records(subject=report.id)
    found = (r.at for r in records if r.action == "workbook_taken_in" and r.rows == digest)
    return next(found, None)


def _missing(book: FilledWorkbook) -> tuple[tuple[str, str, str], ...]:
    there = {field.place.measure_key for field in book.fields}
    rows = book.stamp.rows if book.stamp else ()
    return tuple((r.measure_key, r.label, r.title) for r in rows if r.measure_key not in there)
