"""Handing out workbooks: each bureau gets its measures of a draft as an .xlsx to fill."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.domain.delegation import Bureau
from desktop.domain.errors import RefusedError
from desktop.domain.file_names import plain_name
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report
from desktop.domain.workbook import (
    FORMAT,
    AskedRow,
    BureauWorkbook,
    Stamp,
    StampRow,
    field_digest,
    field_texts,
)
from desktop.services.closing import refuse_locked
from desktop.services.surveying import FillingRow, overview, report_row
from desktop.services.writing import WrittenFile, write_files
from desktop.storage import Store


@dataclass(frozen=True)
class Circulated:
    """A workbook that was written. `bureau` is empty for chosen measures of several bureaus."""

    bureau: str
    measure_keys: tuple[str, ...]
    workbook: BureauWorkbook
    file: WrittenFile


@dataclass(frozen=True)
class HandedOut:
    """A workbook that was handed out for a report, as the audit trail remembers it."""

    workbook_id: str
    bureau: str
    at: datetime
    actor: str
    measures: int
    file: str
    seal: str
    reply_by: date | None = None


@dataclass(frozen=True)
class CameBack:
    """A filled workbook that was taken in. `workbook_id` is empty for one that was not handed out from here."""

    workbook_id: str
    bureau: str
    at: datetime
    actor: str
    file: str
    taken: int
    left: int
    refused: int


def for_bureaus(
    store: Store,
    report_id: str,
    bureaus: Sequence[str],
    folder: Path,
    actor: str,
    now: datetime,
    reply_by: date | None = None,
    progress: Progress = silent,
) -> tuple[Circulated, ...]:
    """One workbook for each of these bureaus, with all measures that it was given.

    Raises RefusedError: `bureau_unknown`(name), `bureau_without_measures`(name); as `closing.refuse_locked`
    and `writing.write_files`.
    """
    report = _draft(store, report_id, now)
    rows = overview(store, report).rows
    given = store.delegations.of_plan(report.plan_id)
    books = []
    for name in dict.fromkeys(bureaus):
        bureau = store.delegations.bureau(name)
        if bureau is None:
            raise RefusedError("bureau_unknown", name=name)
        mine = [r for r in rows if r.measure.key in given and given[r.measure.key].bureau == name]
        if not mine:
            raise RefusedError("bureau_without_measures", name=name)
        books.append(_workbook(store, report, bureau, mine, reply_by, now))
    return _written(store, report, books, folder, actor, now, progress)


def for_measures(
    store: Store,
    report_id: str,
    measure_keys: Iterable[str],
    folder: Path,
    actor: str,
    now: datetime,
    bureau: Bureau | None = None,
    reply_by: date | None = None,
    progress: Progress = silent,
) -> Circulated:
    """One workbook for chosen measures, whoever does them; `bureau` is whom it is addressed to, listed or not.

    Raises RefusedError: `nothing_chosen`, `not_assigned`(measure); as `closing.refuse_locked` and `writing.write_files`.
    """
    report = _draft(store, report_id, now)
    rows = {row.measure.key: row for row in overview(store, report).rows}
    wanted = set(measure_keys)
    if not wanted:
        raise RefusedError("nothing_chosen")
    strange = sorted(wanted - rows.keys())
    if strange:
        raise RefusedError("not_assigned", measure=strange[0])
    chosen = [row for key, row in rows.items() if key in wanted]
    book = _workbook(store, report, bureau or Bureau(""), chosen, reply_by, now)
    return _written(store, report, [book], folder, actor, now, progress)[0]


def handed_out(store: Store, report_id: str) -> tuple[HandedOut, ...]:
    """The workbooks that were handed out for a report, the newest first."""
    return tuple(
        HandedOut(
            record.facts["workbook"],
            record.facts["bureau"],
            record.at,
            record.actor,
            int(record.facts["measures"]),
            record.facts["file"],
            record.facts["seal"],
            date.fromisoformat(record.facts["reply_by"]) if "reply_by" in record.facts else None,
        )
        for record in store.audit.records(subject=report_id)
        if record.action == "workbook_handed_out"
    )


def came_back(store: Store, report_id: str) -> tuple[CameBack, ...]:
    """The filled workbooks that were taken into a report, the newest first."""
    return tuple(
        CameBack(
            record.facts.get("workbook", ""),
            record.facts["bureau"],
            record.at,
            record.actor,
            record.facts["file"],
            *(int(record.facts[name]) for name in ("taken", "left", "refused")),
        )
        for record in store.audit.records(subject=report_id)
        if record.action == "workbook_taken_in"
    )


def _draft(store: Store, report_id: str, now: datetime) -> Report:
    report = store.reports.get(report_id)
    refuse_locked(store, report, now)
    return report


def _workbook(
    store: Store,
    report: Report,
    bureau: Bureau,
    rows: Sequence[FillingRow],
    reply_by: date | None,
    now: datetime,
) -> BureauWorkbook:
    from desktop.reports.bureau_workbook import as_written

    plan = store.plans.get(report.plan_id)
    asked = []
    stamped = []
    for row in rows:
        before = row.previous.readings if row.previous else ()
        line = report_row(plan, row.measure, report.unit_code, before, row.entry)
        asked.append(AskedRow(line, row.previous))
        texts = field_texts(row.entry, [target.key for target in row.targets])
        digests = {name: field_digest(as_written(text)) for name, text in texts.items()}
        stamped.append(StampRow(row.measure.key, row.label, row.measure.title, digests))
    stamp = Stamp(
        FORMAT, uuid.uuid4().hex, plan.id, plan.version, report.unit_code, report.quarter, report.id,
        report.revision, bureau.name, tuple(stamped),
    )  # fmt: skip
    people = report.people
    return BureauWorkbook(
        stamp, plan.title, store.workspace.unit, bureau, people.preparer, people.phone, reply_by, now.date(),
        tuple(asked),
    )  # fmt: skip


def _written(
    store: Store,
    report: Report,
    books: Sequence[BureauWorkbook],
    folder: Path,
    actor: str,
    now: datetime,
    progress: Progress,
) -> tuple[Circulated, ...]:
    from desktop.reports.bureau_workbook import render_bureau_workbook

    quarter = Quarter.parse(report.quarter).chinese
    files: dict[str, bytes] = {}
    for done, book in enumerate(books):
        progress("bureau_workbook", done, len(books))
        name = plain_name(f"{book.bureau.name or '所选措施'}{quarter}填报表.xlsx")
        # Two bureaus may have one file name, once signs that no folder takes are gone.
        files[name if name not in files else f"{len(files) + 1}-{name}"] = render_bureau_workbook(book)
    # From here on nobody stops it: what lies in the folder must stand in the record.
    progress("bureau_workbook", len(books), len(books))
    written = write_files(files, folder.absolute())
    found = []
    with store.transaction():
        for book, file in zip(books, written, strict=True):
            keys = tuple(asked.row.measure_key for asked in book.rows)
            facts = {
                "workbook": book.stamp.id,
                "bureau": book.bureau.name,
                "measures": str(len(keys)),
                "file": file.path.name,
                "seal": book.stamp.seal,
            }
            if book.reply_by is not None:
                facts["reply_by"] = book.reply_by.isoformat()
            store.audit.append(now, actor, "workbook_handed_out", report.id, facts, book.stamp.seal)
            found.append(Circulated(book.bureau.name, keys, book, file))
    return tuple(found)
