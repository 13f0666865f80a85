"""上季填的: last quarter's words beside the fields, what became of them marked, to be taken over whole, in part, or not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.domain.likeness import likeness
from desktop.domain.report import Entry, ProgressStatus
from desktop.services.surveying import FillingRow
from desktop.views.context import Context
from desktop.views.icons import lamp_token, lamp_word
from desktop.views.models.diff import Run, diff_runs
from desktop.views.widgets.diff_label import DiffLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import SectionHead
from desktop.views.widgets.styling import button, icon_button, label
from desktop.wording.terms import FIELD

CARRIED = ("progress", "problems", "next_steps", "explanation")
LASTING = (ProgressStatus.COMPLETED, ProgressStatus.NOT_APPLICABLE)
"""States that stay as they are by nature: taken over with the words. Any other is said anew each quarter."""
_AKIN = 40
"""Of a hundred: from here on a text is last quarter's, edited, and the differences are worth marking."""


@dataclass
class _Block:
    holder: QWidget
    note: QLabel
    carry: QPushButton
    afresh: QPushButton
    words: DiffLabel
    shown: tuple[str, str, bool] | None = None


class LastQuarter(QWidget):
    """`carried(field name)` by 沿用, `carriedWhole` by 全部沿用, `afresh(field name)` by 重新写."""

    carried = Signal(str)
    carriedWhole = Signal()
    afresh = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: object = None
        icons = context.icons
        self._head = SectionHead(icons, "上季填的", "")
        self.whole = button("全部沿用", "small", "carry_whole", self.carriedWhole.emit)
        self.whole.setToolTip("空着的都用上季的填上，写了的不动（Ctrl+Shift+D）")
        self._lamp, self._word = label(), label(name="last_status")
        head = row(self._head, self.whole, gap=8)
        head.setStretch(0, 1)
        self._blocks = {name: self._block(name) for name in CARRIED}
        blocks = [block.holder for block in self._blocks.values()]
        self.setLayout(column(head, row(self._lamp, self._word, None, gap=6), *blocks, gap=10))

    def _block(self, name: str) -> _Block:
        icons = self._context.icons
        note = label("", "caption", name=f"last_{name}_note")
        afresh = button("重新写", "smallLink", f"afresh_{name}", lambda: self.afresh.emit(name))
        afresh.setToolTip("清空，从头写。Ctrl+Z 能找回来")
        carry = icon_button(icons, "copy", "沿用", "small", f"carry_{name}", lambda: self.carried.emit(name))
        carry.setToolTip(f"把上季的“{FIELD[name]}”放进来，不会盖掉已写的（Ctrl+D）")
        words = DiffLabel(icons)
        words.setObjectName(f"last_{name}")
        words.setProperty("tone", "text2")
        holder = QWidget()
        head = row(label(FIELD[name], "label"), note, None, afresh, carry, gap=6)
        holder.setLayout(column(head, words, gap=2))
        return _Block(holder, note, carry, afresh, words)

    def show_row(self, shown: FillingRow, last_quarter: str, editable: bool) -> bool:
        """Show what was said in `last_quarter` (in words); False, and hidden, where nothing was."""
        before = shown.previous
        # A figure alone stands in its table already.
        said = before is not None and (
            before.status is not None or any(getattr(before, name).strip() for name in CARRIED)
        )
        self.setVisible(bool(last_quarter) and said)
        if not last_quarter or not said or before is None:
            return False
        state = (before, last_quarter, editable, *(getattr(shown.entry, name) for name in CARRIED))
        if state != self._shown:
            self._shown = state
            self._fill(before, shown.entry, last_quarter, editable)
        return True

    def _fill(self, before: Entry, entry: Entry, last_quarter: str, editable: bool) -> None:
        self._head.set_caption(last_quarter)
        self._show_status(before)
        for name, block in self._blocks.items():
            text = getattr(before, name).strip()
            block.holder.setVisible(bool(text))
            if text:
                self._show_text(block, text, getattr(entry, name).strip(), editable)
        empty = [
            name for name in CARRIED if getattr(before, name).strip() and not getattr(entry, name).strip()
        ]
        self.whole.setVisible(editable and len(empty) > 1)

    def _show_status(self, before: Entry) -> None:
        self._lamp.setVisible(before.status is not None)
        self._word.setVisible(before.status is not None)
        if before.status is not None and self._word.text() != lamp_word(before.status):
            self._word.setText(lamp_word(before.status))
            self._word.setStyleSheet(f"color: {self._context.theme.colours[lamp_token(before.status)]};")
            self._lamp.setPixmap(self._context.icons.lamp_pixmap(before.status))

    def _show_text(self, block: _Block, last: str, now: str, editable: bool) -> None:
        if block.shown == (last, now, editable):
            return
        block.shown = (last, now, editable)
        same = "".join(last.split()) == "".join(now.split())
        edited = bool(now) and not same and likeness(last, now) >= _AKIN
        block.note.setText("一字没改" if same else "改动标在下面" if edited else "")
        block.words.set_runs(diff_runs(last, now) if edited else (Run("same", last),))
        block.carry.setVisible(editable and not same and not edited)
        block.afresh.setVisible(editable and (same or edited))
