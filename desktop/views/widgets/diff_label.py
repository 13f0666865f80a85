"""A difference in a text: what went is struck through, what came is underlined."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.views.icons import Icons
from desktop.views.models.diff import Run, diff_runs


class DiffLabel(QLabel):
    """Wraps; can be selected with the mouse and read out as “删去…，增加…”."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = icons.theme
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def set_texts(self, before: str, after: str) -> None:
        self.set_runs(diff_runs(before, after))

    def set_runs(self, runs: tuple[Run, ...]) -> None:
        self.setText("".join(self._html(run) for run in runs))
        words = {"same": "", "gone": "删去：", "new": "增加："}
        self.setAccessibleName("；".join(f"{words[run.kind]}{run.text}" for run in runs))

    def _html(self, run: Run) -> str:
        text = escape(run.text).replace("\n", "<br>")
        colours = self._theme.colours
        # A ground under the end of a line would be a stripe with nothing on it.
        before, after = _line_ends(run.text)
        inner = text[len("<br>") * before : len(text) - len("<br>") * after]
        lead, tail = "<br>" * before, "<br>" * after
        if run.kind == "gone" and inner:
            return (
                f'{lead}<s style="color:{colours["behind"]};background:{colours["delBg"]}">{inner}</s>{tail}'
            )
        if run.kind == "new" and inner:
            return f'{lead}<u style="color:{colours["on"]};background:{colours["addBg"]}">{inner}</u>{tail}'
        return text


def _line_ends(text: str) -> tuple[int, int]:
    """How many line ends a text begins with, and how many it ends with; all of them count as the first."""
    rest = text.lstrip("\n")
    return len(text) - len(rest), len(rest) - len(rest.rstrip("\n"))
