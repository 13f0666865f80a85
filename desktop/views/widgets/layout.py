"""Rows, columns, and a layout that wraps."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

Part = QWidget | QLayout | int | None


def row(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Left to right; None is a stretch, a number a space in px."""
    made = QHBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def column(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Top to bottom; None is a stretch, a number a space in px."""
    made = QVBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets are deleted."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            discard(widget)
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


def discard(widget: QWidget) -> None:
    """Take a widget out of sight and out of reach by name; it is deleted when its own events are done.

    It keeps its parent: without one Python would delete it at once, perhaps inside its own click.
    """
    widget.hide()
    for part in (widget, *widget.findChildren(QObject)):
        part.setObjectName("")
    widget.deleteLater()


def _fill(
    layout: QHBoxLayout | QVBoxLayout, parts: tuple[Part, ...], gap: int, margins: tuple[int, int, int, int]
) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


class FlowLayout(QLayout):
    """Puts its items in lines and wraps where the width ends; chips live in it."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6, line_gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Add a widget before the item at `index`."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arranged(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arranged(self, rect: QRect, move: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        x, y, line_height = inner.x(), inner.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x + size.width() > inner.right() + 1 and line_height:
                _place(line, line_height, move)
                x, y, line_height, line = inner.x(), y + line_height + self._line_gap, 0, []
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
            line_height = max(line_height, size.height())
        _place(line, line_height, move)
        margins = self.contentsMargins()
        return y + line_height - rect.y() + margins.bottom()


def _place(line: list[tuple[QLayoutItem, QRect]], height: int, move: bool) -> None:
    """Put a line's items where they belong, each at the middle of the line's height."""
    for item, rect in line if move else ():
        item.setGeometry(rect.translated(0, (height - rect.height()) // 2))


def flow(*widgets: QWidget, gap: int = 6, line_gap: int | None = None) -> QWidget:
    """A widget whose children wrap; lines are as far from each other as the children, unless `line_gap` says otherwise."""
    holder = QWidget()
    layout = FlowLayout(holder, gap, gap if line_gap is None else line_gap)
    for widget in widgets:
        layout.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder
