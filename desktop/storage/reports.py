"""Reports, their entries, and the frozen documents that were signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from desktop.domain.approval import Approval
from desktop.domain.codec import canonical_bytes, parse_json
from desktop.domain.paper_faces import PaperFaces
from desktop.domain.report import (
    Entry,
    Evidence,
    People,
    ProgressStatus,
    Reading,
    Report,
    ReportState,
)
from desktop.domain.signatures import CoSigned
from desktop.storage.database import Database
from desktop.storage.files import FileShelf
from desktop.storage.tables import DOCUMENT, ENTRY, ENTRY_EVIDENCE, ENTRY_HEAD, READING, REPORT
from desktop.storage.texts import day_of, day_text, json_text, moment_of, moment_text, plain_of

_APPROVAL = "approval.json"
_CO_SIGNED = "co_signed.json"
_FACES = "faces.json"
_MOMENTS = ("created_at", "reviewed_at", "signed_at", "submitted_at", "decided_at", "received_at")


class Reports:
    def __init__(self, database: Database, shelf: FileShelf) -> None:
        self._database = database
        self._shelf = shelf

    def put(self, report: Report) -> None:
        """Keeps a report, in place of the one with the same id; its entries and documents stay.

        Raises ValueError when another report has the same plan, unit, quarter and revision.
        """
        self._database.put(REPORT, _report_row(report), "id")

    def get(self, report_id: str) -> Report:
        """Raises KeyError."""
        row = self._database.row(REPORT, id=report_id)
        if row is None:
            raise KeyError(report_id)
        return _report(row)

    def find(
        self, plan_id: str | None = None, unit_code: str | None = None, quarter: str | None = None
    ) -> tuple[Report, ...]:
        """Reports that fit all that is given, by quarter, unit and revision."""
        given = {"plan_id": plan_id, "unit_code": unit_code, "quarter": quarter}
        same: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        rows = self._database.rows(REPORT, "quarter", "unit_code", "revision", "plan_id", **same)
        return tuple(_report(row) for row in rows)

    def latest(self, plan_id: str, unit_code: str, quarter: str) -> Report | None:
        """The highest revision, whatever its state."""
        same = {"plan_id": plan_id, "unit_code": unit_code, "quarter": quarter}
        row = self._database.row(REPORT, "-revision", **same)
        return None if row is None else _report(row)

    def put_entry(self, report_id: str, entry: Entry, at: datetime) -> None:
        """Keeps an entry, in place of the one on the same measure. Raises KeyError when there is no such report."""
        place = {"report_id": report_id, "measure_key": entry.measure_key}
        row = {
            **place,
            "status": None if entry.status is None else entry.status.value,
            "progress": entry.progress,
            "problems": entry.problems,
            "next_steps": entry.next_steps,
            "explanation": entry.explanation,
            "updated_at": at.isoformat(),
        }
        with self._database.transaction():
            try:
                self._database.put(ENTRY, row, *place)
            except KeyError:
                raise KeyError(report_id) from None
            for table, rows in ((READING, _reading_rows(entry)), (ENTRY_EVIDENCE, _evidence_rows(entry))):
                self._database.remove(table, **place)
                self._database.add(table, [{**place, **each} for each in rows])

    def entry(self, report_id: str, measure_key: str) -> Entry | None:
        return self._entries((report_id,), measure_key)[report_id].get(measure_key)

    def entries(self, report_id: str) -> dict[str, Entry]:
        """A report's entries under their measures' keys, in the order in which they were first kept."""
        return self._entries((report_id,))[report_id]

    def entries_of(self, report_ids: Iterable[str]) -> dict[str, dict[str, Entry]]:
        """The entries of several reports at once, under the reports' ids."""
        return self._entries(tuple(report_ids))

    def readings(
        self, report_ids: tuple[str, ...], target_keys: tuple[str, ...] | None = None
    ) -> tuple[tuple[str, str, Reading], ...]:
        """Figures of several reports, of just these targets or of all, each with its report's id and its measure's key."""
        if not report_ids or target_keys == ():
            return ()
        same: dict[str, Any] = {} if target_keys is None else {"target_key": target_keys}
        rows = self._database.rows(READING, "rowid", report_id=report_ids, **same)
        return tuple((row["report_id"], row["measure_key"], _reading(row)) for row in rows)

    def progress_texts(self, report_id: str) -> dict[str, str]:
        """What a report's entries say of their progress, under the measures' keys."""
        rows = self._database.rows(ENTRY_HEAD, report_id=report_id)
        return {row["measure_key"]: row["progress"] for row in rows}

    def naming(self, digest: str) -> tuple[tuple[str, str, str], ...]:
        """Where a piece of evidence is named: report's id, measure's key, and the name it has there."""
        rows = self._database.rows(ENTRY_EVIDENCE, "report_id", "measure_key", digest=digest)
        return tuple((row["report_id"], row["measure_key"], row["name"]) for row in rows)

    def _entries(
        self, report_ids: tuple[str, ...], measure_key: str | None = None
    ) -> dict[str, dict[str, Entry]]:
        readings = _grouped(self._lines(READING, report_ids, measure_key), _reading)
        evidence = _grouped(self._lines(ENTRY_EVIDENCE, report_ids, measure_key), _evidence)
        found: dict[str, dict[str, Entry]] = {report_id: {} for report_id in report_ids}
        for row in self._rows(ENTRY, report_ids, measure_key, "rowid"):
            place = row["report_id"], row["measure_key"]
            found[row["report_id"]][row["measure_key"]] = Entry(
                row["measure_key"],
                None if row["status"] is None else ProgressStatus(row["status"]),
                row["progress"],
                row["problems"],
                row["next_steps"],
                row["explanation"],
                tuple(readings.get(place, ())),
                tuple(evidence.get(place, ())),
            )
        return found

    def _lines(
        self, table: Any, report_ids: tuple[str, ...], measure_key: str | None
    ) -> list[dict[str, Any]]:
        return self._rows(table, report_ids, measure_key, "position")

    def _rows(
        self, table: Any, report_ids: tuple[str, ...], measure_key: str | None, order: str
    ) -> list[dict[str, Any]]:
        same: dict[str, Any] = {} if measure_key is None else {"measure_key": measure_key}
        return self._database.rows(table, order, report_id=report_ids, **same) if report_ids else []

    def put_document(self, report_id: str, name: str, data: bytes) -> None:
        """Keeps a frozen document; the file is on the disk before its name is in the table.

        Raises UserError `disk_full`(folder), `folder_not_writable`(folder, reason); KeyError.
        """
        digest, size = self._shelf.keep((data,))
        row = {"report_id": report_id, "name": name, "digest": digest, "size": size}
        try:
            self._database.put(DOCUMENT, row, "report_id", "name")
        except KeyError:
            raise KeyError(report_id) from None

    def document(self, report_id: str, name: str) -> bytes | None:
        """The very bytes. Raises UnreadableError(`document_altered`, file, path, reason)."""
        row = self._database.row(DOCUMENT, report_id=report_id, name=name)
        return None if row is None else self._shelf.read(row["digest"], name)

    def documents(self, report_id: str) -> tuple[str, ...]:
        """The names of a report's documents, sorted."""
        return tuple(row["name"] for row in self._database.rows(DOCUMENT, "name", report_id=report_id))

    def put_approval(self, report_id: str, approval: Approval) -> None:
        """Keeps who signed for whom, as the very bytes that travel; its scan is evidence. Raises as `put_document`."""
        self.put_document(report_id, _APPROVAL, canonical_bytes(approval))

    def approval(self, report_id: str) -> Approval | None:
        """None where the issuer signed in person. Raises UnreadableError(`document_altered`, file, path, reason)."""
        data = self.document(report_id, _APPROVAL)
        return None if data is None else parse_json(data, Approval)

    def put_faces(self, report_id: str, faces: PaperFaces) -> None:
        """Keeps which faces the signed pages were set in. Raises as `put_document`."""
        self.put_document(report_id, _FACES, canonical_bytes(faces))

    def faces(self, report_id: str) -> PaperFaces | None:
        """None where the pages were signed before that was kept. Raises UnreadableError(`document_altered`, file, path, reason)."""
        data = self.document(report_id, _FACES)
        return None if data is None else parse_json(data, PaperFaces)

    def put_co_signed(self, report_id: str, signed: CoSigned) -> None:
        """Keeps who has signed before the issuer. Raises as `put_document`."""
        self.put_document(report_id, _CO_SIGNED, canonical_bytes(signed))

    def co_signed(self, report_id: str) -> CoSigned | None:
        """None where nobody has. Raises UnreadableError(`document_altered`, file, path, reason)."""
        data = self.document(report_id, _CO_SIGNED)
        return None if data is None else parse_json(data, CoSigned)

    def remove_co_signed(self, report_id: str, file: str) -> None:
        """Forgets who has signed, and the `file` that they signed."""
        for name in (_CO_SIGNED, file):
            self._database.remove(DOCUMENT, report_id=report_id, name=name)


def _grouped(rows: list[dict[str, Any]], build: Any) -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row["report_id"], row["measure_key"]), []).append(build(row))
    return found


def _reading(row: dict[str, Any]) -> Reading:
    return Reading(row["target_key"], None if row["value"] is None else Decimal(row["value"]), row["note"])


def _evidence(row: dict[str, Any]) -> Evidence:
    return Evidence(row["digest"], row["name"], row["size"], row["media_type"])


def _reading_rows(entry: Entry) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "target_key": reading.target_key,
            "value": None if reading.value is None else str(reading.value),
            "note": reading.note,
        }
        for position, reading in enumerate(entry.readings)
    ]


def _evidence_rows(entry: Entry) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "digest": item.digest,
            "name": item.name,
            "size": item.size,
            "media_type": item.media_type,
        }
        for position, item in enumerate(entry.evidence)
    ]


def _report_row(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "plan_id": report.plan_id,
        "plan_version": report.plan_version,
        "unit_code": report.unit_code,
        "quarter": report.quarter,
        "revision": report.revision,
        "state": report.state.value,
        "preparer": report.people.preparer,
        "reviewer": report.people.reviewer,
        "issuer": report.people.issuer,
        "phone": report.people.phone,
        **{name: moment_text(getattr(report, name)) for name in _MOMENTS},
        "due": day_text(report.due),
        "reason": report.reason,
        "returned": json_text(report.returned),
        "digest": report.digest,
        "code": report.code,
        "package": report.package,
    }


def _report(row: dict[str, Any]) -> Report:
    moments: dict[str, Any] = {name: moment_of(row[name]) for name in _MOMENTS}
    return Report(
        id=row["id"],
        plan_id=row["plan_id"],
        plan_version=row["plan_version"],
        unit_code=row["unit_code"],
        quarter=row["quarter"],
        revision=row["revision"],
        state=ReportState(row["state"]),
        people=People(row["preparer"], row["reviewer"], row["issuer"], row["phone"]),
        **moments,
        due=day_of(row["due"]),
        reason=row["reason"],
        returned=plain_of(row["returned"]),
        digest=row["digest"],
        code=row["code"],
        package=row["package"],
    )
