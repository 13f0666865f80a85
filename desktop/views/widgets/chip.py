"""Filter chips: 24 px high, checkable, with a lamp or a mark and a count."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from desktop.views.icons import Icons
from desktop.views.widgets.layout import FlowLayout


class Chip(QPushButton):
    """`text count`; with `removable` a cross at its right side and `clicked` meaning: take it away."""

    def __init__(
        self,
        icons: Icons,
        text: str,
        icon: QIcon | None = None,
        checkable: bool = True,
        removable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._text = text
        self.setProperty("kind", "chip")
        self.setCheckable(checkable and not removable)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(icons.theme.px(14), icons.theme.px(14)))
        if removable:
            self.setIcon(icons.icon("close", "accent", 12))
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            self.setToolTip(f"去掉“{text}”")
        elif icon is not None:
            self.setIcon(icon)

    def set_count(self, count: int | None, unit: str = "") -> None:
        """Show a number behind the text, with what is counted where that is to be said; None shows none."""
        self.setText(self._text if count is None else f"{self._text} {count}{unit}")
        self.setAccessibleName(self.text())


class ChipRow(QWidget):
    """Chips of which exactly one is chosen; `changed` carries its key."""

    changed = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._chips: dict[str, Chip] = {}
        self._layout = FlowLayout(self)

    def add(self, key: str, text: str, icon: QIcon | None = None) -> Chip:
        """The first chip is chosen. Its objectName is `chip_` + key."""
        chip = Chip(self._icons, text, icon)
        chip.setObjectName(f"chip_{key}")
        chip.setChecked(not self._chips)
        self._chips[key] = chip
        self._group.addButton(chip)
        self._layout.addWidget(chip)
        chip.clicked.connect(lambda: self.changed.emit(key))
        return chip

    @property
    def key(self) -> str:
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def choose(self, key: str) -> None:
        """Check a chip; tells nobody."""
        self._chips[key].setChecked(True)

    def show_chip(self, key: str, shown: bool) -> None:
        """A chip that has nothing to say is not there; the first is chosen in its place."""
        chip = self._chips[key]
        if not shown and chip.isChecked():
            next(iter(self._chips.values())).setChecked(True)
        chip.setVisible(shown)

    def set_count(self, key: str, count: int | None, unit: str = "") -> None:
        self._chips[key].set_count(count, unit)
        self._layout.invalidate()
