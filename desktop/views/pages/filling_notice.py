"""Above a quarter's entries: in what state the report is, what was returned and why, and the way on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.domain.report import Report
from desktop.services import closing, filling, surveying
from desktop.services.surveying import FillingOverview
from desktop.views.context import Context
from desktop.views.widgets.notices import Banner
from desktop.wording.filling import Notice, notice


class QuarterNotice(QObject):
    """Fills the banner; its button leads elsewhere, or begins the next revision and then tells `revised`."""

    revised = Signal()

    def __init__(self, context: Context, banner: Banner) -> None:
        super().__init__(banner)
        self._context, self._banner = context, banner

    def show(self, seen: FillingOverview) -> None:
        """Nothing for an ordinary draft within its dates."""
        store, report, today = self._context.open_store, seen.report, self._context.today()
        before = surveying.revision_before(store, report)
        locked = closing.closed(store, report, today) is not None
        said = notice(report, before, seen.calendar, today, locked)
        self._banner.setVisible(said is not None)
        self._banner.clear_actions()
        if said is not None:
            self._banner.say(said.tone, said.title, said.text)
            if said.action:
                self._banner.add_action(
                    said.action, lambda: self._act(said, report), "outlined", "notice_action"
                )

    def _act(self, said: Notice, report: Report) -> None:
        context = self._context
        if said.place != "revise":
            context.navigate(said.place)
            return
        assert context.store is not None
        try:
            filling.next_revision(context.store, report, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        self.revised.emit()
