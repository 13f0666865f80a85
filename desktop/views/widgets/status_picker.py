"""进展状态: five segments with lamp and word, Alt+1 to Alt+5."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QKeySequence, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from desktop.domain.report import ProgressStatus
from desktop.views.icons import Icons, lamp_word
from desktop.views.theme import STRONG
from desktop.views.widgets.layout import row


class StatusPicker(QWidget):
    """`changed` carries the ProgressStatus that the person chose. Buttons are named `status_` + code."""

    changed = Signal(object)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[ProgressStatus, _Segment] = {}
        self.setAccessibleName("进展状态")
        layout = row(gap=0)
        for number, status in enumerate(ProgressStatus, start=1):
            made = self._segment(icons, status, number)
            layout.addWidget(made, 1)
        self.setLayout(layout)

    def _segment(self, icons: Icons, status: ProgressStatus, number: int) -> _Segment:
        made = _Segment()
        made.setObjectName(f"status_{status.value}")
        made.setProperty("kind", "segment")
        made.setProperty("edge", {1: "first", len(ProgressStatus): "last"}.get(number, "middle"))
        made.setText(lamp_word(status))
        made.setIcon(icons.lamp(status))
        made.setIconSize(QSize(icons.theme.px(12), icons.theme.px(12)))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setToolTip(f"Alt+{number}")
        made.setAccessibleName(lamp_word(status))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group.addButton(made, number)
        self._buttons[status] = made
        made.clicked.connect(lambda: self.changed.emit(status))
        QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(made.click)
        return made

    @property
    def status(self) -> ProgressStatus | None:
        return next((status for status, made in self._buttons.items() if made.isChecked()), None)

    def set_status(self, status: ProgressStatus | None) -> None:
        """Show a stored status, or none; tells nobody."""
        self._group.setExclusive(False)
        for code, made in self._buttons.items():
            made.setChecked(code == status)
        self._group.setExclusive(True)
        # Tab comes to the status that is chosen: Space there must not change it.
        stop = status or next(iter(self._buttons))
        for code, made in self._buttons.items():
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if code == stop else Qt.FocusPolicy.ClickFocus)


class _Segment(QToolButton):
    """Lamp and word in the middle; the style sheet would put them at the left."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        side, gap = self.iconSize().width(), 8
        font = self.font()
        font.setWeight(STRONG if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - side - gap - width) // 2
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        picture = self.icon().pixmap(self.iconSize(), self.devicePixelRatioF(), mode)
        painter.drawPixmap(QPoint(left, (self.height() - side) // 2), picture)
        painter.setPen(option.palette.color(QPalette.ColorRole.ButtonText))
        room = QRect(left + side + gap, 0, width + 2, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
