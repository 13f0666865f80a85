"""送审核: who stands under the report, then on to 审核签发."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.report import People
from desktop.services import cosigning, filling, separating
from desktop.views.context import Context
from desktop.views.dialogs.people import PeopleDialog
from desktop.views.pages.filling_quarter import OpenQuarter


class SendingToReview(QObject):
    def __init__(self, context: Context, quarter: OpenQuarter, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._quarter, self._page = context, quarter, page

    def ask(self) -> None:
        """Open the dialog, with those of last time and the certificate's person."""
        # Keys are needed here alone: the page opens faster without them.
        from desktop.services.enrolling import signing_state

        report, context, store = self._quarter.report, self._context, self._context.store
        if report is None or store is None or not self._quarter.flush():
            return
        state = signing_state(store)
        certified = state.person if state.state == "ready" else ""
        dialog = PeopleDialog(
            context.icons, report.people, certified, parent=self._page.window(),
            separate=separating.separate(store), co_signing=cosigning.co_signing(store),
            co_signers=lambda people: cosigning.co_signers(store, people, context.now()),
        )  # fmt: skip
        dialog.separated.connect(lambda on: separating.set_separate(store, on, context.actor, context.now()))
        dialog.coSigning.connect(lambda on: cosigning.set_co_signing(store, on, context.actor, context.now()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named.connect(self._named)
        dialog.open()

    def _named(self, people: People) -> None:
        report, context, store = self._quarter.report, self._context, self._context.store
        assert report is not None and store is not None
        try:
            filling.name_people(store, report.id, people, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        context.navigate("review")
