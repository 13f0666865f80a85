"""One question of the officer's list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.plan import PlanProblem
from desktop.views.context import Context
from desktop.views.widgets.layout import column, flow, row
from desktop.views.widgets.styling import label, picture
from desktop.wording.problems import Asked
from desktop.wording.terms import ROLE

_MARKS = {"error": "mark-must", "warning": "mark-look", "hint": "mark-note"}


class ProblemCard(QFrame):
    """`pressed` when it is chosen; its buttons answer it. `where`: 第6条."""

    pressed = Signal()

    def __init__(
        self, context: Context, problem: PlanProblem, actions: list[QWidget], said: Asked, where: str
    ) -> None:
        super().__init__()
        self._theme = context.theme
        self.problem = problem
        self.setObjectName(f"problem_{problem.code}")
        self.setAccessibleName(f"{said.title}，{said.text}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if "role" in problem.facts and where and "等" not in where:
            where += f" {ROLE.get(problem.facts['role'], '')}"
        title = label(said.title, "strong", name="problem_title", wrap=True)
        spot = label(where, "caption", name="problem_place")
        head = row(picture(context.icons, _MARKS[problem.severity], size=14), title, spot, gap=8)
        head.setStretch(1, 1)
        text = label(said.text, tone="text2", name="problem_text", wrap=True)
        words = column(text, flow(*actions), gap=8, margins=(self._theme.px(22), 0, 0, 0))
        self.setLayout(column(head, words, gap=4, margins=(self._theme.px(11), 10, 12, 12)))
        self.current = True
        self.set_current(False)

    def set_current(self, current: bool) -> None:
        """Whether it belongs to what is selected."""
        if current == self.current:
            return
        self.current = current
        colours = self._theme.colours
        edge, ground = ("accent", "surface") if current else ("surface2", "surface2")
        self.setStyleSheet(
            f"QFrame#{self.objectName()} {{ background: {colours[ground]}; border: none;"
            f" border-left: 3px solid {colours[edge]}; border-bottom: 1px solid {colours['line']}; }}"
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
