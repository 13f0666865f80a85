"""Labels, panes, lines and buttons in the style sheet's words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPalette, QPen, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from desktop.views.icons import Icons

SECONDARY = "secondary"


def mark(widget: QWidget, **properties: object) -> None:
    """Set style-sheet properties and let the style see them at once."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def label(text: str = "", role: str = "body", tone: str = "", name: str = "", wrap: bool = False) -> QLabel:
    """A plain-text label. `role`: body, title, strong, caption, label, captionStrong.

    `tone`: text, text2, text3, accent, good, bad, warn.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


def set_tone(widget: QWidget, tone: str) -> None:
    """`bad` or `warn` on a field or a label; empty takes it away."""
    mark(widget, tone=tone)


def pane(kind: str = "surface", name: str = "") -> QFrame:
    """A frame: surface, surface2, bg, mat, card, quietCard, note."""
    made = QFrame()
    made.setObjectName(name)
    made.setProperty("pane", kind)
    return made


def page_bar(icons: Icons, name: str = "") -> QFrame:
    """The 44 px bar at the head of a page or a pane."""
    return _bar("page", icons.theme.space("pageBar"), name)


def footer_bar(icons: Icons, name: str = "") -> QFrame:
    """The 44 px bar with the page's primary action."""
    return _bar("footer", icons.theme.space("pageBar"), name)


def rule(vertical: bool = False) -> QFrame:
    """A line of 1 px."""
    made = QFrame()
    made.setProperty("rule", "vertical" if vertical else "horizontal")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def button(
    text: str,
    kind: str = SECONDARY,
    name: str = "",
    clicked: Callable[[], object] | None = None,
    shortcut: str = "",
) -> Button:
    """A push button. `kind`: primary, secondary, outlined, tool (28), small (24), smallOutlined, link,
    smallLink, icon, tab (checkable), proposal, doubtful. `shortcut` is shown behind the text and works.
    """
    made = Button(text, shortcut)
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setCheckable(kind == "tab")
    if kind in ("link", "smallLink"):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


def icon_button(
    icons: Icons,
    icon: str,
    text: str,
    kind: str = SECONDARY,
    name: str = "",
    clicked: Callable[[], object] | None = None,
    shortcut: str = "",
) -> Button:
    """A push button with a 16 px icon. `kind` icon shows the icon alone: `text` is then tooltip and name."""
    made = button("" if kind == "icon" else text, kind, name, clicked, shortcut)
    colour = {"primary": "onAccent", "link": "accent", "smallLink": "accent", "outlined": "accent"}
    made.setIcon(icons.icon(icon, colour.get(kind, "text2")))
    side = icons.theme.px(16)
    made.setIconSize(made.iconSize().scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio))
    made.setAccessibleName(text)
    if kind == "icon":
        made.setToolTip(text)
    return made


def picture(icons: Icons, icon: str, colour: str = "text2", size: int = 16) -> QLabel:
    """An icon as a label; the words stand beside it."""
    made = QLabel()
    made.setPixmap(icons.pixmap(icon, colour, size))
    made.setFixedSize(icons.theme.px(size), icons.theme.px(size))
    return made


def _bar(kind: str, height: int, name: str) -> QFrame:
    made = QFrame()
    made.setObjectName(name)
    made.setProperty("bar", kind)
    made.setFixedHeight(height)
    return made


class Button(QPushButton):
    """A push button that shows its keys in small letters behind its text; Ctrl+Enter means both Enter keys."""

    def __init__(self, text: str, keys: str = "") -> None:
        super().__init__(text)
        self._keys = keys
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        # Where room is short a button gives up its keys, never its words.
        width = QSizePolicy.Policy.Maximum if keys else QSizePolicy.Policy.Fixed
        self.setSizePolicy(width, QSizePolicy.Policy.Fixed)
        for sequence in {keys, keys.replace("Enter", "Return")} if keys else ():
            # A child shortcut: the button's own one is lost with every setText.
            QShortcut(QKeySequence(sequence), self).activated.connect(self.click)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint + QSize(self._room(), 0)

    def minimumSizeHint(self) -> QSize:
        return super().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._keys or self.width() < self.sizeHint().width():
            super().paintEvent(event)
            if self.property("kind") == "proposal" and not self.hasFocus():
                self._paint_dashes()
            self._paint_ring()
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        whole = QRect(option.rect)
        option.rect = whole.adjusted(0, 0, -self._room(), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        painter.setFont(self._small())
        painter.setPen(option.palette.color(QPalette.ColorRole.ButtonText))
        room = whole.adjusted(0, 0, -self._text_margin(), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._keys)
        painter.end()
        self._paint_ring()

    def _paint_ring(self) -> None:
        """On the accent's own ground a ring of the accent cannot be seen: a light line inside it can."""
        if self.property("kind") == "primary" and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.HighlightedText), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 2, 2)

    def _paint_dashes(self) -> None:
        # The style sheet's dashes are as short as the line is wide: they look like dots.
        pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), 1)
        pen.setDashPattern([4, 3])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _small(self) -> QFont:
        font = self.font()
        font.setPixelSize(round(font.pixelSize() * 12 / 14))
        font.setWeight(QFont.Weight.Normal)
        return font

    def _text_margin(self) -> int:
        return round(self.font().pixelSize() * 13 / 14)

    def _room(self) -> int:
        return QFontMetrics(self._small()).horizontalAdvance(self._keys) + 8 if self._keys else 0
