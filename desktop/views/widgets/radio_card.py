"""A card that is chosen like a radio button: title, caption, icon."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.views.icons import Icons

_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class RadioCard(QAbstractButton):
    """Checkable, exclusive among its siblings. Signals: `toggled(bool)`, `clicked()`; `icon_right` as on the start page."""

    def __init__(
        self,
        icons: Icons,
        title: str,
        caption: str = "",
        icon: str = "",
        icon_right: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icons, self._theme = icons, icons.theme
        self._icon_name, self._icon_right = icon, icon_right
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(title, caption)

    def say(self, title: str, caption: str = "") -> None:
        self.setText(title)
        self._caption = caption
        self.setAccessibleName(title)
        self.setAccessibleDescription(caption)
        self.updateGeometry()
        self.update()

    @property
    def caption(self) -> str:
        return self._caption

    def sizeHint(self) -> QSize:
        width = self._theme.px(200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(40))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self._theme.px
        caption = self._caption_height(width) if self._caption else 0
        return px(12) + px(20) + (px(2) + caption if caption else 0) + px(12)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab comes to the card that is chosen, not to the first one."""
        if event.reason() in _BY_TAB and not self.isChecked():
            group, parent = self.group(), self.parentWidget()
            cards = group.buttons() if group is not None else parent.findChildren(RadioCard) if parent else []
            chosen = next((card for card in cards if card.isChecked() and card.isVisible()), None)
            if chosen is not None:
                chosen.setFocus(event.reason())
                return
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, enabled = self.isChecked(), self.isEnabled()
        ring = 2 if self.hasFocus() else 1
        edge = "accent" if chosen or self.hasFocus() else "text3" if self.underMouse() else "line2"
        painter.setPen(QPen(theme.colour(edge if enabled else "line"), ring))
        painter.setBrush(theme.colour("bg" if not enabled else "accentBg" if chosen else "surface"))
        inset = ring / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        self._paint_radio(painter)
        left = self._text_left()
        painter.setFont(theme.font("body", strong=True))
        painter.setPen(theme.colour("text" if enabled else "text3"))
        painter.drawText(
            QRect(left, px(12), self._text_width(self.width()), px(20)),
            Qt.AlignmentFlag.AlignVCenter,
            self.text(),
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2" if enabled else "text3"))
        height = self._caption_height(self.width())
        painter.drawText(QRect(left, px(34), self._caption_width(self.width()), height), _WRAP, self._caption)

    def _paint_radio(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        centre = QPointF(px(12) + px(7) + 0.5, px(12) + px(10))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(centre, px(7), px(7))
            painter.setBrush(theme.colour("onAccent"))
            painter.drawEllipse(centre, px(3), px(3))
        else:
            painter.setPen(QPen(theme.colour("field"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawEllipse(centre, px(6.5), px(6.5))
        if self._icon_name:
            colour = "accent" if self.isChecked() else "text2"
            x = self.width() - px(12 + 16) if self._icon_right else px(12 + 14 + 10)
            painter.drawPixmap(x, px(14), self._icons.pixmap(self._icon_name, colour, 16))

    def _text_left(self) -> int:
        icon = 16 + 10 if self._icon_name and not self._icon_right else 0
        return self._theme.px(12 + 14 + 8 + icon)

    def _text_width(self, width: int) -> int:
        icon = 16 + 8 if self._icon_name and self._icon_right else 0
        return max(width - self._text_left() - self._theme.px(12 + icon), 40)

    def _caption_height(self, width: int) -> int:
        metrics = QFontMetrics(self._theme.font("caption"))
        return metrics.boundingRect(
            QRect(0, 0, self._caption_width(width), 1000), _WRAP, self._caption
        ).height()

    def _caption_width(self, width: int) -> int:
        """An icon at the right stands beside the title alone."""
        return max(width - self._text_left() - self._theme.px(12), 40)
