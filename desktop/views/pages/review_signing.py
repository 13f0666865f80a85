"""The signature of a reviewed revision on its page: the sheet to print, the dialog, the scan of who signed on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.approval import Approval
from desktop.domain.errors import UserError
from desktop.domain.identity import SignRole
from desktop.domain.report import Report
from desktop.domain.signatures import CoSigned
from desktop.services import cosigning, reviewing
from desktop.views.context import Context
from desktop.views.dialogs.approvals import save_sheet, show_scan
from desktop.views.dialogs.co_sign import CoSignDialog
from desktop.views.dialogs.sign import SignDialog
from desktop.views.dialogs.sign_for import SignForDraft
from desktop.views.errors import show_in_banner
from desktop.views.pages.review_parts import Preview
from desktop.views.pages.review_signers import SignersStrip
from desktop.views.vouching import vouched
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import button, icon_button


class SigningActs(QWidget):
    """签批单… while a revision waits for its signature, 看签批单 after another signed for the issuer.

    `signed` when the revision is locked, or preparer or reviewer has signed it: `waiting` is whose turn it is before
    the issuer's, `strip` shows who has. What goes wrong is said over the `preview`.
    """

    signed = Signal()

    def __init__(self, context: Context, preview: Preview) -> None:
        super().__init__()
        self._context, self._preview = context, preview
        self._report: Report | None = None
        self.approval: Approval | None = None
        self.co_signed: CoSigned | None = None
        self.waiting: SignRole | None = None
        self.strip = SignersStrip(context)
        # What was given for signing for the issuer: going back loses nothing. Under the frozen document's digest,
        # because a sheet that was signed for another is worth nothing here.
        self._drafts: dict[str, SignForDraft] = {}
        self.sheet = icon_button(
            context.icons, "printer", "签批单…", name="save_sheet", clicked=self._save_sheet
        )
        self.sheet.setToolTip("存成一页 PDF，打印出来请签发人签字")
        self.scan = button("看签批单", "smallLink", "see_scan", self._show_scan)
        self.setLayout(row(self.scan, self.sheet, gap=10))

    def show_report(self, report: Report, waits: bool) -> None:
        """`waits`: it is reviewed and not signed yet."""
        assert self._context.store is not None
        store = self._context.store
        self._report, self.approval, self.co_signed, self.waiting = report, None, None, None
        document = None
        try:
            self.approval = store.reports.approval(report.id)
            if report.digest:
                document, _ = reviewing.frozen_document(store, report)
                self.co_signed = cosigning.co_signed(store, report)
                self.waiting = self.co_signed.next(document.co_signers)
        except UserError as error:
            show_in_banner(self._preview.trouble, error)
        self.strip.show_signers(report, document, self.co_signed)
        self.sheet.setVisible(waits)
        self.scan.setVisible(self.approval is not None)
        self.setVisible(waits or self.approval is not None)

    def sign(self, summary: str) -> None:
        """Opens 签发 for the report that is shown; `summary` says what it holds."""
        report = self._report
        assert report is not None
        if not vouched(self._context, report):
            return
        dialog = SignDialog(self._context, report, summary, self.window(), self._drafts.get(report.digest))
        dialog.drafted.connect(lambda draft: self._drafts.update({report.digest: draft}))
        dialog.signed.connect(lambda: self._drafts.pop(report.digest, None))
        dialog.signed.connect(self.signed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def co_sign(self) -> None:
        """Opens the dialog of whose turn it is before the issuer's."""
        assert self._report is not None and self.waiting is not None
        dialog = CoSignDialog(self._context, self._report, self.waiting, self.window())
        dialog.signed.connect(self.signed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_scan(self) -> None:
        if self.approval is not None:
            show_scan(self._context, self.approval.scan, self)

    def _save_sheet(self) -> None:
        assert self._report is not None
        job = save_sheet(self._context, self._report, self, self._context.show_error)
        if job is not None:
            self._preview.progress.watch(job, "正在做签批单")
