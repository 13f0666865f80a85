"""The way from the review page to the report's text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.report import Report
from desktop.services import composing
from desktop.views.context import Context
from desktop.views.dialogs.letter import LetterDialog
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import icon_button
from desktop.wording import letter as words


class LetterActs(QWidget):
    """报告正文… while the revision is a draft that may still be written. `changed` when the dialog was closed."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._report: Report | None = None
        self.open = icon_button(context.icons, "doc", words.button(0), name="open_letter", clicked=self._open)
        self.open.setToolTip("看和改报告正文、发文字号（Ctrl+B）")
        QShortcut(QKeySequence("Ctrl+B"), self).activated.connect(self.open.click)
        self.setLayout(row(self.open))

    def show_report(self, report: Report, open_for_writing: bool, compact: bool) -> None:
        self._report = report
        self.setVisible(open_for_writing)
        if not open_for_writing or self._context.store is None:
            return
        stale = composing.stale_count(self._context.store, report)
        self.open.setText("正文…" if compact else words.button(stale))
        self.open.setAccessibleName(words.button(stale))

    def _open(self) -> None:
        if self._report is None:
            return
        dialog = LetterDialog(self._context, self._report, self.window())
        dialog.settingsWanted.connect(lambda: self._context.navigate("settings", "letter"))
        dialog.finished.connect(lambda _: self.changed.emit())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
