"""What an amended plan means for a quarter that is being filled: the news, words of former measures, what is asked no more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.services import filling, reported
from desktop.services.following import FormerEntry
from desktop.services.surveying import FillingOverview, FillingRow
from desktop.views.context import Context
from desktop.views.dialogs.plan_news import PlanNewsDialog
from desktop.views.pages.filling_frame import FillingFrame
from desktop.views.pages.filling_list_rows import DROPPED
from desktop.wording.amending import news


class AmendedPlan(QObject):
    """Fills the banner, the strip and the view of the frame. `wanted(key)`: go there; `taken`: an entry was written."""

    wanted = Signal(str)
    taken = Signal()

    def __init__(self, context: Context, frame: FillingFrame, flush: Callable[[], bool]) -> None:
        super().__init__(frame)
        self._context, self._frame, self._flush = context, frame, flush
        self._seen: FillingOverview | None = None
        self._targets: reported.Targets = {}
        frame.editor.former.wanted.connect(self._take_over)
        frame.news.add_action("看改了什么…", self._show_changes, "smallLink", "news_changes")
        frame.news.add_action("知道了", self._dismiss, "smallLink", "news_seen")

    def show(self, seen: FillingOverview) -> None:
        """What a report's overview says of the plan's new version."""
        self._seen = seen
        store = self._context.open_store
        some = bool(seen.dropped) or any(row.former for row in seen.rows)
        self._targets = reported.targets_ever(store, seen.plan.id) if some else {}
        told = self._context.settings.word(self._note) == str(seen.plan.version)
        self._frame.news.say("info", *news(seen.plan.version, [c.kind for c in seen.changes]))
        self._frame.news.setVisible(bool(seen.changes) and not told)

    def show_row(self, row: FillingRow, editable: bool) -> None:
        """The words of former measures above an entry."""
        self._frame.editor.former.show_former(row.former, self._targets, editable)

    def dropped(self, key: str) -> FormerEntry | None:
        """What a key of the list's last group stands for."""
        held = self._seen.dropped if self._seen else ()
        return next((one for one in held if key == f"{DROPPED}{one.entry.measure_key}"), None)

    def show_dropped(self, one: FormerEntry) -> None:
        """In the editor's place, what was typed and is not asked for any more."""
        assert self._seen is not None
        self._frame.former.show_former(one, self._seen.plan.version, self._targets)
        self._frame.show_former(True)

    @property
    def _note(self) -> str:
        """Where it is remembered which version's news were seen."""
        return f"plan_news/{self._seen.plan.id if self._seen else ''}"

    def _dismiss(self) -> None:
        if self._seen is not None:
            self._context.settings.set_word(self._note, str(self._seen.plan.version))
            self._frame.news.hide()

    def _show_changes(self) -> None:
        seen = self._seen
        if seen is None:
            return
        own = [row.measure.key for row in seen.rows]
        dialog = PlanNewsDialog(self._context, seen.plan, seen.changes, own, self._frame.window())
        dialog.wanted.connect(self.wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_over(self, former: str) -> None:
        context, seen, key = self._context, self._seen, self._frame.editor.key
        store = context.store
        if store is None or seen is None or not self._flush():
            return
        try:
            saved = filling.take_over_former(store, seen.report.id, key, former, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        context.note_saved(saved.at)
        self.taken.emit()
