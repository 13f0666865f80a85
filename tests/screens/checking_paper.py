"""核对纸上的码: whose a code is, a bulletin's, one that is nearly another, one that cannot be, one that nobody has."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.report import ReportState
from desktop.views.dialogs.paper_code import PaperCodeDialog
from tests.screens.painting import Painter, settle


def paper_code_scenes(painter: Painter, place: str) -> None:
    """The dialog over the city's inbox or the county's export page (`place`), in the states that this workspace has."""
    context = painter.program.context
    assert context is not None and context.store is not None
    painter.go(place)
    reports = [report for report in context.store.reports.find() if report.code]
    states = {report.state: report for report in reports}
    typed = {f"paper_code_{state.value}": report.code for state, report in states.items()}
    if reports:
        code = reports[0].code
        typed["paper_code_near"] = code[:-1] + ("B" if code[-1] != "B" else "C")
        typed["paper_code_short"] = code[:-2]
    if exported := context.store.bulletins.exported():
        typed["paper_code_bulletin"] = exported[0].code
        typed["paper_code_bulletin_newest"] = exported[-1].file
    typed["paper_code_none"] = "AAAA-BBBB-CCC1-DDD0"
    for name, text in typed.items():
        dialog = _asked(painter, place, text)
        assert name != f"paper_code_{ReportState.ACCEPTED.value}" or dialog.findChild(
            QWidget, "paper_code_copy"
        )
        painter.paint_dialog("paper_code_dialog", f"{place}_{name}")


def _asked(painter: Painter, place: str, text: str) -> PaperCodeDialog:
    painter.press(f"{place}_paper_code")
    settle(painter.program)
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, PaperCodeDialog) and w.isVisible()
    )
    dialog.edit.setText(text)
    dialog.check()
    settle(painter.program)
    return dialog
