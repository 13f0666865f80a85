"""The signed PDF in a window of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views.context import Context
from desktop.views.widgets.dialog import OwnedDialog
from desktop.views.widgets.layout import column
from desktop.views.widgets.pdf_view import PdfBar, PdfView


class PaperDialog(OwnedDialog):
    """Shows a PDF as it will be printed. Esc closes. Raises ValueError if it cannot be read."""

    def __init__(self, context: Context, title: str, data: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper_dialog")
        self.setWindowTitle(title)
        self.view = PdfView(context.icons)
        self.view.setObjectName("paper")
        self.view.show_pdf(data)
        self.setLayout(column(PdfBar(context.icons, self.view, title), self.view, gap=0))
        self.resize(context.theme.px(860), context.theme.px(640))
        self.view.setFocus()


def show_paper(context: Context, title: str, data: bytes, asker: QWidget | None = None) -> None:
    """Shows a PDF until the person closes it."""
    dialog = PaperDialog(context, title, data, asker.window() if asker else None)
    dialog.exec()
    dialog.deleteLater()
