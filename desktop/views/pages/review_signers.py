"""Who signs a report and who has: one line for each, over the footer of 审核签发."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.report import Report, ReportDocument
from desktop.domain.signatures import CoSigned, signing_order
from desktop.services.enrolling import signing_state
from desktop.views.context import Context
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.styling import label, pane, picture, rule
from desktop.wording import cosigning as words


class SignersStrip(QWidget):
    """Nothing where only the issuer signs."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("signers")
        self._context, self._icons = context, context.icons
        self._lines = column(gap=3, margins=(14, 6, 14, 6))
        ground = pane("surface2")
        ground.setLayout(self._lines)
        self.setLayout(column(rule(), ground, gap=0))
        self.hide()

    def show_signers(self, report: Report, document: ReportDocument | None, signed: CoSigned | None) -> None:
        """`document`: what was frozen, None before that; `signed`: who has signed it."""
        clear(self._lines)
        self.setVisible(bool(document and document.co_signers and signed))
        if document is None or signed is None or not document.co_signers:
            return
        done = {signature.role: signature for signature in signed.signatures}
        order = signing_order(document.co_signers)
        turn = next((role for role in order if role not in done), None)
        for role in order:
            named = getattr(report.people, role.value)
            state = signing_state(self._context.open_store, role)
            revoked = state.state == "revoked"
            if role in done:
                revoked = revoked and state.fingerprint == done[role].fingerprint
                who, more = words.done(done[role], named, revoked)
            else:
                who, more = words.waiting(role, named, role is turn, revoked)
            sign = "mark-must" if revoked else "mark-ok" if role in done else "clock"
            mark = picture(self._icons, sign, size=14)
            text = ElidedLabel(more, "caption", tone="" if role is turn else "text2")
            text.setObjectName(f"signer_{role.value}")
            line = row(mark, label(who, "strong" if role is turn else ""), text, gap=8)
            line.setStretch(2, 1)
            self._lines.addLayout(line)
