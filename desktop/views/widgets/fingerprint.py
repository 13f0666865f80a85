"""A fingerprint in big groups, to be read out over the telephone and compared."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.identity import read_out
from desktop.views.icons import Icons
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import label, pane


class FingerprintView(QWidget):
    """Four groups of four, each in a box; `text` is what is read out."""

    def __init__(self, icons: Icons, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._groups = [label("", "title") for _ in range(4)]
        boxes = []
        for group in self._groups:
            group.setAlignment(Qt.AlignmentFlag.AlignCenter)
            group.setMinimumWidth(icons.theme.px(46))
            box = pane("quietCard")
            box.setLayout(column(group, margins=(4, 4, 4, 4)))
            box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            boxes.append(box)
        self.setLayout(row(*boxes, None, gap=6))
        self.show_digest("")

    def show_digest(self, hex_digest: str) -> None:
        """Show the part of a digest (hex) that is read out."""
        self.text = read_out(hex_digest)
        for group, words in zip(self._groups, self.text.split() or [""] * 4, strict=True):
            group.setText(words)
        self.setAccessibleName(f"指纹 {self.text}")
