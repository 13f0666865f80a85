"""签批单 on several pages: the sheet to be signed by hand is saved and shown, the scan of a signed one is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.domain.errors import UserError
from desktop.domain.report import Evidence, Report
from desktop.jobs.runner import Job
from desktop.services import evidencing
from desktop.views.context import Context
from desktop.views.files import PDFS

SAVE_TITLE = "签批单存到哪里"


def show_scan(context: Context, scan: Evidence, packed: bytes | None = None) -> None:
    """Opens a copy of a scan in the system's viewer: of the kept one, or of `packed`, which came in a package."""
    store = context.store
    assert store is not None
    folder = context.paths.user / "opened"
    try:
        if packed is None:
            copy = evidencing.evidence_copy(store, scan, folder)
        else:
            copy = evidencing.copy_of(packed, scan, folder)
    except UserError as error:
        context.show_error(error)
        return
    context.files.show(copy)


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
