"""What the reviewer asks for, on the filling page: a word over all entries, the remarks at their entry."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.services import closing, commenting
from desktop.services.surveying import FillingOverview
from desktop.views.context import Context
from desktop.views.pages.filling_frame import FillingFrame
from desktop.wording.reviewing import left


class EntryComments(QObject):
    """Fills the frame's banner and the editor's list. `wanted(key)`: go to that entry."""

    wanted = Signal(str)

    def __init__(self, context: Context, frame: FillingFrame, flush: Callable[[], bool]) -> None:
        super().__init__(frame)
        self._context, self._frame, self._flush = context, frame, flush
        self._seen: FillingOverview | None = None
        self._comments: commenting.Comments = {}
        frame.comments.add_action("去看", self._next, "smallLink", "next_comment")
        frame.editor.comments.settled.connect(self._settle)

    def show(self, seen: FillingOverview) -> None:
        """Read a report's remarks anew."""
        store = self._context.open_store
        self._seen, self._comments = seen, commenting.comments(store, seen.report)
        open_rows = commenting.unsettled(seen.rows, self._comments)
        count = sum(number for _, number in open_rows)
        if count:
            self._frame.comments.say("warn", *left(count, [row.label for row, _ in open_rows]))
        self._frame.comments.setVisible(bool(count))
        self.show_entry(self._frame.editor.key)

    def show_entry(self, key: str) -> None:
        """The remarks on the entry that is shown."""
        seen, store = self._seen, self._context.store
        editable = seen is not None and store is not None
        editable = editable and closing.editable(store, seen.report, self._context.today())
        self._frame.editor.comments.show_comments(self._comments.get(key, ()), editable)

    def _next(self) -> None:
        """The next entry with an open remark, round again at the end."""
        if self._seen is None:
            return
        keys = [row.measure.key for row, _ in commenting.unsettled(self._seen.rows, self._comments)]
        order = [row.measure.key for row in self._seen.rows]
        here = self._frame.editor.key
        place = order.index(here) if here in order else -1
        if keys:
            self.wanted.emit(next((key for key in keys if order.index(key) > place), keys[0]))

    def _settle(self, comment_id: str) -> None:
        context, store = self._context, self._context.store
        # What was mended must be safe before it is called mended.
        if store is None or self._seen is None or not self._flush():
            return
        try:
            commenting.settle(store, comment_id, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        self.show(self._seen)
        context.note_saved(context.now())
