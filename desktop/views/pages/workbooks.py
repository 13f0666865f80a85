"""Workbooks of bureaus on their way: what both pages that send them out and take them back share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.report import Report
from desktop.views.context import Context
from desktop.views.files import EVERYTHING, WORKBOOKS


class Workbooks(QObject):
    """Opens the dialogs for `report`. `taken` when a draft changed by what came back."""

    taken = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.report: Report | None = None

    def hand_out(self, bureaus: Iterable[str] = (), keys: Sequence[str] = ()) -> None:
        """发给部门填…: these bureaus are ticked; `keys` are measures that may go out in one workbook instead."""
        # Here, and not with the page: what writes and signs files is a third of its start.
        from desktop.views.dialogs.hand_out import HandOutDialog

        if self.report is None:
            return
        dialog = HandOutDialog(self._context, self.report, tuple(bureaus), tuple(keys), self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.elsewhere.connect(lambda: self._context.navigate("delegate"))
        dialog.open()

    def choose(self) -> None:
        """收回填好的表…: asks for the files first."""
        if self.report is None:
            return
        files = self._context.files.open_files("选填好的表，可以一次选几份", (WORKBOOKS, EVERYTHING))
        if files:
            self.open(files)

    def open(self, paths: Sequence[Path]) -> None:
        """Show what filled workbooks would bring, one after the other."""
        from desktop.views.dialogs.gathering import GatheringDialog

        if self.report is None or not paths:
            return
        dialog = GatheringDialog(self._context, self.report, paths, self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self.taken)
        dialog.open()
