"""Giving measures to bureaus: chosen ones, dragged ones, proposed ones; and taking them back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.delegation import Delegation, DelegationProposal
from desktop.domain.errors import UserError
from desktop.services import delegating
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.bureau_picker import BureauPicker
from desktop.views.dialogs.delegating_words import divided
from desktop.views.pages.delegating_bureaus import NONE, bureau_of
from desktop.views.pages.delegating_frame import DelegatingFrame
from desktop.views.pages.delegating_seen import Seen


class Giving(QObject):
    """Acts on what is chosen in the frame and was read last. `told(words)` after each change; `lacking()`: a bureau is
    needed first.
    """

    told = Signal(str)
    lacking = Signal()

    def __init__(self, context: Context, frame: DelegatingFrame) -> None:
        super().__init__(frame)
        self._context, self._frame = context, frame
        self.seen: Seen | None = None

    @property
    def _store(self) -> Store:
        return self._context.open_store

    def delegate(self) -> None:
        """分给…: the chosen measures to a bureau."""
        keys, seen = self._frame.measures.picked_keys, self.seen
        if seen is None or not keys:
            return
        if not seen.bureaus:
            self.lacking.emit()
            return
        first = seen.given.get(keys[0])
        same = first is not None and all(seen.given.get(key) == _moved(first, key) for key in keys)
        proposed = {seen.proposals[key].bureau for key in keys if key in seen.proposals}
        counts = {p.bureau.name: p.total for p in seen.progress if p.bureau}
        dialog = BureauPicker(
            self._context, self._context.plan_id, keys, counts,
            first.bureau if first else next(iter(proposed), ""),
            (first.contact, first.phone) if first and same else ("", ""),
            self._frame,
        )  # fmt: skip
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(lambda name: self._tell_given(len(keys), name))
        dialog.open()

    def undelegate(self) -> None:
        """Takes the chosen measures from their bureaus."""
        if taken := self._take_back(self._frame.measures.picked_keys):
            self._tell_taken(taken)

    def take_proposals(self, offered: list[DelegationProposal]) -> None:
        """Gives each measure to the bureau proposed for it; bureaus that are on no list are added."""
        context, seen = self._context, self.seen
        if not offered or seen is None:
            return
        added = dict.fromkeys(one.bureau for one in offered if one.bureau not in seen.bureaus)
        try:
            delegating.take_proposals(self._store, context.plan_id, offered, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        self.told.emit(divided(len(offered), tuple(added)))

    def drop(self, keys: list[str], place: str) -> None:
        """Measures let go over a row of the bureaus' list."""
        context = self._context
        if place == NONE:
            self._take_back(keys)
            self._tell_taken(len(keys))
            return
        bureau = bureau_of(place)
        try:
            delegating.delegate(self._store, context.plan_id, keys, bureau, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        self._tell_given(len(keys), bureau)

    def _take_back(self, keys: list[str]) -> int:
        context = self._context
        return len(delegating.take_back(self._store, context.plan_id, keys, context.actor, context.now()))

    def _tell_given(self, count: int, bureau: str) -> None:
        self.told.emit(f"{count}条分给了{bureau}。")

    def _tell_taken(self, count: int) -> None:
        self.told.emit(f"{count}条还没分。")


def _moved(given: Delegation, key: str) -> Delegation:
    """The same bureau and person for another measure."""
    return Delegation(given.plan_id, key, given.bureau, given.contact, given.phone)
