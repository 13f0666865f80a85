"""What is done to a report under review: passed, given back, remarked upon, its people named."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.report import People, ReportState
from desktop.services import commenting, cosigning, filling, reviewing, separating
from desktop.services.enrolling import signing_state
from desktop.services.surveying import FillingOverview
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.comment import CommentDialog
from desktop.views.dialogs.people import PeopleDialog
from desktop.views.dialogs.reason import ReasonDialog
from desktop.views.widgets.dialog import Dialog
from desktop.wording.terms import spoken


class ReviewActs(QObject):
    """`changed` when something was done, or could not be: the page reads the report anew."""

    changed = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._seen: FillingOverview | None = None

    def show_report(self, seen: FillingOverview | None) -> None:
        self._seen = seen

    @property
    def _store(self) -> Store:
        return self._context.open_store

    @property
    def shown(self) -> FillingOverview:
        """What is acted on; to be asked only while a report is shown."""
        assert self._seen is not None
        return self._seen

    def pass_review(self) -> None:
        context = self._context
        self._change(
            lambda: reviewing.review(self._store, self.shown.report.id, context.actor, context.now())
        )

    def give_back(self) -> None:
        """From a draft just back to the entries; a reviewed revision is opened again, with a reason."""
        report = self.shown.report
        if report.state is ReportState.DRAFT:
            self._context.navigate("filling")
            return
        dialog = ReasonDialog(report.people.preparer, self._page.window())
        dialog.given.connect(self._reopen)
        self._open(dialog)

    def _reopen(self, reason: str) -> None:
        context, report = self._context, self.shown.report
        if self._change(
            lambda: reviewing.reopen(self._store, report.id, reason, context.actor, context.now())
        ):
            context.navigate("filling")

    def ask_comment(self, key: str) -> None:
        """提意见: one entry goes back to the preparer, the others stay as they are."""
        row = next(r for r in self.shown.rows if r.measure.key == key)
        dialog = CommentDialog(spoken(row.label), self._page.window())
        context, report = self._context, self.shown.report
        dialog.given.connect(
            lambda text: self._change(
                lambda: commenting.comment(self._store, report.id, key, text, context.actor, context.now())
            )
        )
        self._open(dialog)

    def settle(self, comment_id: str) -> None:
        context = self._context
        self._change(lambda: commenting.settle(self._store, comment_id, context.actor, context.now()))

    def ask_names(self) -> None:
        state = signing_state(self._store)
        certified = state.person if state.state == "ready" else ""
        dialog = PeopleDialog(
            self._context.icons, self.shown.report.people, certified, "就这样写", self._page.window(),
            separating.separate(self._store), cosigning.co_signing(self._store),
            lambda people: cosigning.co_signers(self._store, people, self._context.now()),
        )  # fmt: skip
        dialog.coSigning.connect(
            lambda on: cosigning.set_co_signing(self._store, on, self._context.actor, self._context.now())
        )
        dialog.separated.connect(
            lambda on: separating.set_separate(self._store, on, self._context.actor, self._context.now())
        )
        dialog.named.connect(self._named)
        self._open(dialog)

    def _named(self, people: People) -> None:
        context, report = self._context, self.shown.report
        self._change(
            lambda: filling.name_people(self._store, report.id, people, context.actor, context.now())
        )

    def _change(self, work: Callable[[], object]) -> bool:
        """Do something to the report and show what became of it; False after saying why it could not be done."""
        try:
            work()
        except UserError as error:
            self._context.show_error(error)
            self.changed.emit()
            return False
        self.changed.emit()
        self._context.tell_changed()
        return True

    def _open(self, dialog: Dialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
