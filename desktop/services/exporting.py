"""Paper and workbook on their own, wherever the user wants them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.bulletin import Bulletin, BulletinPart, ExportedBulletin
from desktop.domain.codec import canonical_bytes, digest_of, verification_code
from desktop.domain.errors import RefusedError, UserError
from desktop.domain.missing_signs import MissingSign
from desktop.domain.paper_faces import FaceUse
from desktop.domain.report import Report
from desktop.domain.summary import SummaryDocument
from desktop.reports.approval_sheet import render_approval_sheet
from desktop.reports.fonts import Faces
from desktop.reports.ledger_sheet import render_unit_ledger
from desktop.reports.rendered import RenderedPdf
from desktop.reports.unit_report import render_unit_report
from desktop.services.reviewing import document_of, frozen_document
from desktop.services.signing import file_stem
from desktop.services.summarising import SummaryFiles
from desktop.services.writing import WrittenFile, write_files
from desktop.storage import Store


@dataclass(frozen=True)
class ReportFiles:
    """PDF and workbook of a revision. `faces`: those of the PDF, none where they were not kept at signing; `places`:
    where a draft has signs that no face has.
    """

    report: Report
    pdf: bytes
    workbook: bytes
    faces: tuple[FaceUse, ...]
    places: tuple[MissingSign, ...] = ()


def report_files(store: Store, plan_id: str, quarter: str, faces: Faces, now: datetime) -> ReportFiles:
    """The unit's newest revision: the signed bytes themselves, or the draft as it stands.

    Raises RefusedError(`report_missing`, quarter).
    """
    report = store.reports.latest(plan_id, store.workspace.unit.code, quarter)
    if report is None:
        raise RefusedError("report_missing", quarter=quarter)
    if report.package:
        pdf, workbook = (store.reports.document(report.id, name) for name in ("report.pdf", "ledger.xlsx"))
        if pdf is not None and workbook is not None:
            return ReportFiles(report, pdf, workbook, kept_faces(store, report.id))
    document = frozen_document(store, report)[0] if report.digest else document_of(store, report, now)
    made = render_unit_report(document, faces)
    return ReportFiles(report, made.pdf, render_unit_ledger(document), made.faces, made.places)


def kept_faces(store: Store, report_id: str) -> tuple[FaceUse, ...]:
    """The faces of signed pages; none where they were not kept or cannot be read, from which the file does not suffer."""
    try:
        kept = store.reports.faces(report_id)
    except UserError:
        return ()
    return kept.uses if kept else ()


def approval_sheet(store: Store, report_id: str, faces: Faces) -> RenderedPdf:
    """The 签批单 of a reviewed revision, for its issuer to sign by hand.

    Raises RefusedError: `report_not_frozen`, `document_altered`(file).
    """
    return render_approval_sheet(frozen_document(store, store.reports.get(report_id))[0], faces)


def sheet_name(store: Store, report_id: str) -> str:
    """What the file of a revision's 签批单 is called. Raises as `approval_sheet`."""
    return f"{file_stem(store, frozen_document(store, store.reports.get(report_id))[0])}_签批单.pdf"


def write_named(files: Mapping[Path, bytes]) -> tuple[WrittenFile, ...]:
    """Writes each file where its path says; a file of that name and other content gets a numbered neighbour.

    Raises as `writing.write_files`.
    """
    return tuple(write_files({path.name: data}, path.absolute().parent)[0] for path, data in files.items())


def export_summary(
    store: Store, document: SummaryDocument, files: SummaryFiles, pdf: Path, workbook: Path, actor: str, now: datetime
) -> tuple[WrittenFile, ...]:  # fmt: skip
    """Writes a summary's PDF and workbook, then keeps the very PDF, so that the code on a print of it can be looked up.

    Raises as `writing.write_files`, and UserError `disk_full`, `folder_not_writable` of the workspace.
    """
    written = write_named({pdf: files.pdf, workbook: files.workbook})
    data = canonical_bytes(document)
    bulletin = document.bulletin or Bulletin()
    kept = ExportedBulletin(
        store.bulletins.put_file(files.pdf), digest_of(data), verification_code(data), document.plan.id,
        document.plan.title, document.quarter, bulletin.number, BulletinPart.LETTER in bulletin.parts, document.as_of,
        files.signer, written[0].path.name, len(files.pdf), now,
    )  # fmt: skip
    facts = {"file": kept.name, "code": kept.code, "signer": kept.signer}
    with store.transaction():
        store.bulletins.put_exported(kept)
        store.audit.append(
            now, actor, "bulletin_exported", f"{kept.plan_id}/{kept.quarter}/bulletin", facts, kept.digest
        )
    return written


def pretty_json(value: object) -> bytes:
    """A value as indented JSON for people and scripts, UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
