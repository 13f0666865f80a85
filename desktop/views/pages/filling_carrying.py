"""沿用: last quarter's words taken into the entry that is shown, whole or field by field, and written anew."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.views.pages.filling_frame import FillingFrame
from desktop.views.pages.filling_last import CARRIED, LASTING
from desktop.views.pages.filling_quarter import OpenQuarter


class CarryingOver(QObject):
    """Listens to the pane's 上季填的; nothing that was written is overwritten, and each act is one 撤销."""

    def __init__(self, frame: FillingFrame, quarter: OpenQuarter) -> None:
        super().__init__(frame)
        self._frame, self._quarter = frame, quarter
        frame.hints.last.carried.connect(self.carry_over)
        frame.hints.last.carriedWhole.connect(self.carry_whole)
        frame.hints.last.afresh.connect(self.start_afresh)

    def _last(self, name: str) -> str:
        shown = self._quarter.row
        return getattr(shown.previous, name).strip() if shown and shown.previous else ""

    @property
    def _may(self) -> bool:
        """Whether an entry is there to be written in: not where one that is asked for no more is shown in its place."""
        return self._quarter.editable and self._frame.editor.isVisible()

    def carry_over(self, name: str) -> None:
        """One text into its field."""
        field, text = self._frame.editor.field_named(name), self._last(name)
        if field is not None and text and self._may:
            self._frame.close_hints()
            self._frame.editor.show_field(field)
            field.carry_over(text)

    def carry_focused(self) -> None:
        """Ctrl+D: into the field that has the focus."""
        field = self._frame.editor.focused_field()
        if field is not None:
            self.carry_over(field.name)

    def carry_whole(self) -> None:
        """Every text into its field where that is empty; a state that lasts (已完成, 不涉及) too where none is chosen."""
        if not self._may or not self._quarter.flush():
            return
        shown, editor = self._quarter.row, self._frame.editor
        if shown is None or shown.previous is None:
            return
        self._quarter.history.close()
        status = shown.previous.status if shown.entry.status is None else None
        texts = {name: self._last(name) for name in CARRIED if not getattr(shown.entry, name).strip()}
        editor.put(status if status in LASTING else None, {k: text for k, text in texts.items() if text})
        self._quarter.save()
        self._frame.close_hints()
        editor.focus_field("progress")

    def start_afresh(self, name: str) -> None:
        """重新写: the field empty, and the hand in it."""
        field = self._frame.editor.field_named(name)
        if field is not None and self._may:
            self._frame.close_hints()
            field.start_afresh()
