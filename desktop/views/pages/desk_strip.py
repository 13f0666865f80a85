"""The right pane of the desk folded to a strip: what waits, what is missing, in a word and a number each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from desktop.domain.summary import UnitProgress, UnitSummary
from desktop.views.context import Context
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import button, rule


class WaitingStrip(QFrame):
    """Each of its words calls `unfold`."""

    def __init__(self, context: Context, unfold: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("desk_strip")
        self.setProperty("pane", "surface2")
        self.setFixedWidth(context.theme.px(64))
        names = ("unfold_waiting", "unfold_missing", "unfold_returned", "unfold_today")
        self._words = [button("", "quiet", name, unfold) for name in names]
        inside = column(*self._words, None, gap=8, margins=(3, 12, 3, 8))
        self.setLayout(row(rule(vertical=True), inside, gap=0))
        self.hide()

    def show_numbers(self, waiting: int, today: int, lines: Sequence[UnitSummary]) -> None:
        """Files that wait, files that came today, and the units' states."""
        states = [line.state for line in lines]
        numbers = (
            ("等您定", waiting),
            ("没报", states.count(UnitProgress.MISSING)),
            ("退回", states.count(UnitProgress.RETURNED)),
            ("今天", today),
        )
        for made, (word, count) in zip(self._words, numbers, strict=True):
            made.setText(f"{word} {count}")
            made.setAccessibleName(f"展开：{word}{count}")
            # Like its section in the pane, what was returned is named only where there is some.
            made.setVisible(word != "退回" or count > 0)
