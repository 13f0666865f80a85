"""A file that needs no decision any more, or cannot have one: what became of it, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.views.context import Context
from desktop.views.widgets.layout import clear, column
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, pane


@dataclass(frozen=True)
class Action:
    """A button: its words, its objectName, what it does."""

    text: str
    name: str
    clicked: Callable[[], object]
    primary: bool = False


class DonePane(QWidget):
    """A title, paragraphs (heading, text), and buttons under each other."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(gap=8)
        ground = pane("surface2", "inbox_done")
        ground.setLayout(column(self._lines, None, margins=(16, 12, 16, 12)))
        scroll = Scroll()
        scroll.setWidget(ground)
        self.setLayout(column(scroll))

    def tell(
        self, title: str, paragraphs: Sequence[tuple[str, str]] = (), actions: Sequence[Action] = ()
    ) -> None:
        """Show it in place of what was there."""
        clear(self._lines)
        self._lines.addWidget(label(title, "strong", name="done_title", wrap=True))
        for heading, text in paragraphs:
            if heading:
                self._lines.addWidget(label(heading, "label", wrap=True))
            self._lines.addWidget(label(text, tone="text2", name="done_text", wrap=True))
        for action in actions:
            made = button(
                action.text, "primary" if action.primary else "secondary", action.name, action.clicked
            )
            policy = made.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            made.setSizePolicy(policy)
            self._lines.addWidget(made)
