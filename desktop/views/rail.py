"""The rail at the left: at most seven places, 设置 at the foot."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from desktop.views.icons import Icons

MOST_PLACES = 7


class RailButton(QToolButton):
    """Icon over word; the chosen one has a ground, a colour and a marker. A badge counts what waits."""

    def __init__(self, icons: Icons, text: str, icon: str) -> None:
        super().__init__()
        self._icons, self._theme, self._picture = icons, icons.theme, icon
        self._badge, self._narrow = 0, False
        self.setText(text)
        self.setIcon(icons.icon(icon, "text2", 20, checked="accent"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        self.set_narrow(False)

    @property
    def badge(self) -> int:
        return self._badge

    def set_badge(self, count: int) -> None:
        self._badge = count
        self.setAccessibleName(f"{self.text()}，{count}" if count else self.text())
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        height = 52 if self._narrow else self._theme.spaces["railItem"]
        return QSize(self._theme.space("rail") - 1, self._theme.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = self.rect().adjusted(px(6), 0, -px(6), 0)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sel" if chosen else "line"))
            painter.drawRoundedRect(item, 4, 4)
        if chosen:
            marker = px(32)
            painter.fillRect(QRect(0, (self.height() - marker) // 2, 3, marker), theme.colour("accent"))
        colour = "accent" if chosen else "text2"
        top = px(9) if self._narrow else px(12)
        left = (self.width() - px(20)) // 2
        painter.drawPixmap(left, top, self._icons.pixmap(self._picture, colour, 20))
        painter.setFont(theme.font("caption", strong=chosen))
        painter.setPen(theme.colour(colour))
        word = QRect(0, top + px(22), self.width(), px(18))
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._badge:
            self._paint_badge(painter, item)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(item.adjusted(1, 1, -1, -1), 4, 4)

    def _paint_badge(self, painter: QPainter, item: QRect) -> None:
        theme, px = self._theme, self._theme.px
        text = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(theme.font("caption"))
        width = max(px(16), painter.fontMetrics().horizontalAdvance(text) + px(8))
        place = QRect(item.right() - width - px(7), item.y() + px(5), width, px(16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(theme.colour("onAccent"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """`chosen(key)`. Buttons are named `place_` + key; Ctrl+1 to Ctrl+7 are the places from the top."""

    chosen = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self.setObjectName("rail")
        self.setFixedWidth(icons.theme.space("rail"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(2)
        layout.addStretch(1)
        self._layout = layout

    def add(self, key: str, title: str, icon: str, foot: bool = False) -> RailButton:
        """A place under the others, or at the foot. Raises ValueError for more than seven at the top."""
        made = RailButton(self._icons, title, icon)
        made.setObjectName(f"place_{key}")
        top = self._layout.indexOf(self._stretch())
        if foot:
            self._layout.addWidget(made)
        else:
            if top >= MOST_PLACES:
                raise ValueError(f"more than {MOST_PLACES} places")
            self._layout.insertWidget(top, made)
            QShortcut(QKeySequence(f"Ctrl+{top + 1}"), self).activated.connect(made.click)
            made.setToolTip(f"Ctrl+{top + 1}")
        self._group.addButton(made)
        self._buttons[key] = made
        made.clicked.connect(lambda: self.chosen.emit(key))
        return made

    def choose(self, key: str) -> None:
        """Mark a place; tells nobody."""
        self._buttons[key].setChecked(True)

    def set_badge(self, key: str, count: int) -> None:
        if key in self._buttons:
            self._buttons[key].set_badge(count)

    def set_narrow(self, narrow: bool) -> None:
        for made in self._buttons.values():
            made.set_narrow(narrow)

    def _stretch(self) -> object:
        return next(
            item
            for item in (self._layout.itemAt(i) for i in range(self._layout.count()))
            if item.spacerItem() is not None
        )
