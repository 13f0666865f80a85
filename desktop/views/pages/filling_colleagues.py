"""The filling page's colleagues: whose measure it is, workbooks that go out to bureaus and come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.delegation import Bureau, Delegation
from desktop.services import closing, delegating
from desktop.services.surveying import FillingOverview
from desktop.views.context import Context
from desktop.views.dialogs.bureau_picker import BureauPicker
from desktop.views.dialogs.delegating_words import person
from desktop.views.pages.filling_frame import FillingFrame
from desktop.views.pages.workbooks import Workbooks


@dataclass(frozen=True)
class OfBureau:
    """A target of navigation: the entries of one bureau."""

    name: str


class Colleagues(QObject):
    """`changed` when entries changed or a measure was given to another bureau. `flush` saves what is typed, or says no."""

    changed = Signal()

    def __init__(self, context: Context, frame: FillingFrame, flush: Callable[[], bool]) -> None:
        super().__init__(frame)
        self._context, self._frame, self._flush = context, frame, flush
        self._seen: FillingOverview | None = None
        self._bureaus: Mapping[str, Bureau] = {}
        self._given: Mapping[str, Delegation] = {}
        self._books = Workbooks(context, frame)
        entries = frame.entries
        entries.hand_out.clicked.connect(self.hand_out)
        entries.take_back.clicked.connect(lambda: self._flush() and self._books.choose())
        frame.workbooksDropped.connect(self._dropped)
        frame.editor.measure.delegate.clicked.connect(self.delegate)
        self._books.taken.connect(self.changed)

    def show(self, seen: FillingOverview) -> None:
        """A quarter's bureaus, for the list's filter and for the measures."""
        store = self._context.open_store
        self._seen = seen
        self._bureaus = {bureau.name: bureau for bureau in delegating.bureaus(store)}
        self._given = delegating.delegations(store, seen.plan.id)
        self._books.report = seen.report
        entries, editable = self._frame.entries, closing.editable(store, seen.report, self._context.today())
        entries.show_bureaus(tuple(self._bureaus), {key: one.bureau for key, one in self._given.items()})
        for part in (entries.hand_out, entries.take_back):
            part.setEnabled(editable)
            part.setToolTip("" if editable else "这次报送现在只能看，不能改")

    def show_row(self, key: str) -> None:
        """Whose measure it is, and whom to call."""
        given = self._given.get(key)
        name = given.bureau if given else ""
        called = person(*given.person(self._bureaus[name])) if given else ""
        self._frame.editor.measure.show_bureau(bool(self._bureaus), name, called)

    def hand_out(self) -> None:
        """发给部门填…, the bureau that the list is filtered by first."""
        if self._flush():
            name = self._frame.entries.bureaus.currentData()
            self._books.hand_out((name,) if name else ())

    def delegate(self) -> None:
        """分给…: the measure that is shown."""
        key, seen = self._frame.editor.key, self._seen
        if seen is None or not key or not self._flush():
            return
        given = self._given.get(key)
        counts = {name: sum(d.bureau == name for d in self._given.values()) for name in self._bureaus}
        own = (given.contact, given.phone) if given else ("", "")
        chosen = given.bureau if given else ""
        dialog = BureauPicker(self._context, seen.plan.id, [key], counts, chosen, own, self._frame.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(lambda _: self.changed.emit())
        dialog.open()

    def _dropped(self, paths: list) -> None:
        seen, store = self._seen, self._context.store
        if seen is None or store is None:
            return
        if closing.editable(store, seen.report, self._context.today()) and self._flush():
            self._books.open(paths)
