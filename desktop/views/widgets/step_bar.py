"""The steps of a job: 1 填报 — 2 审核 — 3 签发; done ones carry a tick."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.icons import Icons

_DISC, _GAP, _LINE = 20, 6, 20


@dataclass(frozen=True)
class Step:
    """`note` is a count behind the word (32/32)."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Steps:
    """`current` counts from 0; as many as there are steps means that all are done."""

    steps: tuple[Step, ...]
    current: int


class StepBar(QWidget):
    """Shows steps; nothing in it can be clicked."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons, self._theme = icons, icons.theme
        self._steps = Steps((), 0)
        self._level = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_steps(self, steps: Steps) -> None:
        self._steps = steps
        words = [
            f"{step.text}{step.note and ' ' + step.note}{'（已完成）' if i < steps.current else ''}"
            for i, step in enumerate(steps.steps)
        ]
        self.setAccessibleName("，".join(words))
        self.updateGeometry()
        self.update()

    def set_level(self, level: int) -> None:
        """0 shows all, 1 leaves the notes out, 2 gives only the current step its word."""
        if level != self._level:
            self._level = level
            self.updateGeometry()
            self.update()

    @property
    def steps(self) -> Steps:
        return self._steps

    def sizeHint(self) -> QSize:
        width = sum(self._width(i) for i in range(len(self._steps.steps)))
        lines = max(len(self._steps.steps) - 1, 0) * self._theme.px(self._line() + 2 * 8)
        return QSize(width + lines, self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = 0, self.height() / 2
        for index in range(len(self._steps.steps)):
            if index:
                x += self._theme.px(8)
                painter.setPen(QPen(self._theme.colour("line2"), 1))
                painter.drawLine(QPointF(x, middle), QPointF(x + self._theme.px(self._line()), middle))
                x += self._theme.px(self._line() + 8)
            self._paint_step(painter, index, x, middle)
            x += self._width(index)

    def _paint_step(self, painter: QPainter, index: int, x: int, middle: float) -> None:
        theme, side = self._theme, self._theme.px(_DISC)
        now, done = index == self._steps.current, index < self._steps.current
        disc = QRectF(x + 0.5, middle - side / 2 + 0.5, side - 1, side - 1)
        painter.setPen(QPen(theme.colour("accent" if now else "on" if done else "field"), 1))
        painter.setBrush(theme.colour("accent") if now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        if done:
            tick = self._icons.pixmap("check", "on", 14)
            at = disc.center() - QPointF(theme.px(14) / 2, theme.px(14) / 2)
            painter.drawPixmap(at, tick)
        else:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("onAccent" if now else "text2"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(index + 1))
        painter.setFont(theme.font("body", strong=now))
        painter.setPen(theme.colour("text" if now else "text2"))
        left = x + side + theme.px(_GAP)
        painter.drawText(
            QRectF(left, 0, self._width(index), self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            self._words(index),
        )

    def _width(self, index: int) -> int:
        words = self._words(index)
        if not words:
            return self._theme.px(_DISC)
        metrics = QFontMetrics(self._theme.font("body", strong=index == self._steps.current))
        return self._theme.px(_DISC + _GAP) + metrics.horizontalAdvance(words) + 2

    def _words(self, index: int) -> str:
        step = self._steps.steps[index]
        if self._level == 2 and index != self._steps.current:
            return ""
        return step.text if self._level else f"{step.text} {step.note}".strip()

    def _line(self) -> int:
        return _LINE if self._level == 0 else _LINE // 2
