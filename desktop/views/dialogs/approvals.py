"""签批单 on several pages: the sheet to be signed by hand is saved and shown, the scan of a signed one is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.report import Evidence, Report
from desktop.jobs.runner import Job
from desktop.services.previewing import Shelf
from desktop.views.context import Context
from desktop.views.dialogs.evidence import show_evidence
from desktop.views.files import PDFS

SAVE_TITLE = "签批单存到哪里"


def show_scan(context: Context, scan: Evidence, asker: QWidget, packed: bytes | None = None) -> None:
    """Shows a scan as evidence is shown: the kept one, or `packed`, which came in a package and was checked there."""
    store = context.open_store

    def read(_: Evidence) -> bytes:
        return packed if packed is not None else store.evidence.read(scan.digest, scan.name)

    show_evidence(context, (scan,), scan.digest, asker, Shelf(read, lambda _: ()))


def save_sheet(
    context: Context, report: Report, owner: QObject, failed: Callable[[Exception], object]
) -> Job[object] | None:
    """Asks where the 签批单 of a reviewed revision goes, writes it there and shows it, so that it can be printed.

    None where the person went back.
    """
    from desktop.services import exporting

    store, faces = context.store, context.faces
    assert store is not None and faces is not None
    try:
        suggested = exporting.sheet_name(store, report.id)
    except UserError as error:
        failed(error)
        return None
    path = context.files.save_file(SAVE_TITLE, suggested, (PDFS,))
    if path is None:
        return None

    def work(progress: object) -> object:
        sheet = exporting.approval_sheet(store, report.id, faces())
        return exporting.write_named({path: sheet.pdf})[0].path, sheet.pdf

    def done(made: object) -> None:
        from desktop.views.dialogs.paper import show_paper

        written, pdf = made
        if not context.files.show(written):
            show_paper(context, written.name, pdf)

    return context.runner.run(work, done, failed, owner=owner)
