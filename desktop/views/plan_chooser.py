"""The plan's line at the top where there are several plans: which is shown, and a menu of all with how far each is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from desktop.views.context import Context
from desktop.wording.glancing import plan_said


class PlanChooser(QPushButton):
    """Looks like the line that it stands for, with a chevron; a click, Space, Enter or ↓ opens the menu."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("plan_chooser")
        self.setProperty("kind", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.menu_of_plans = QMenu(self)
        self.menu_of_plans.setObjectName("plan_menu")
        self.clicked.connect(self.open_menu)

    def refresh(self) -> None:
        """Another plan, or another version of it."""
        line = self._context.plan_line
        self.setText(line)
        self.setToolTip(f"{line}\n换一个方案")
        self.setAccessibleName(f"方案：{line}，换一个方案")

    def open_menu(self) -> None:
        """The plans are looked at only now: how far they are changes with every entry."""
        from desktop.services import glancing

        context, menu = self._context, self.menu_of_plans
        store = context.store
        if store is None:
            return
        menu.clear()
        group = QActionGroup(menu)
        today, shown = context.today(), str(context.quarter or "")
        for seen in glancing.plans(store, shown, today):
            said = plan_said(seen, today, store.workspace.leads)
            action = QAction(f"{self._title(seen.plan.title, seen.plan.version)}\t{said}", menu)
            action.setToolTip(seen.plan.title)
            action.setData(seen.plan.id)
            action.setCheckable(True)
            action.setChecked(seen.plan.id == context.plan_id)
            action.triggered.connect(lambda _=False, plan=seen.plan.id: context.choose_plan(plan))
            group.addAction(action)
            menu.addAction(action)
        menu.setActiveAction(group.checkedAction() or menu.actions()[0])
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _title(self, title: str, version: int) -> str:
        metrics, room = QFontMetrics(self._context.theme.font("body")), self._context.theme.px(360)
        short = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room)
        return f"{short} · 第{version}版".replace("&", "&&")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, side = self._context.theme, self._context.theme.px(12)
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("accent" if self.underMouse() else "text3"))
        metrics = painter.fontMetrics()
        room = self.rect().adjusted(0, 0, -side - 4, 0)
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        left = min(metrics.horizontalAdvance(shown) + 4, room.width())
        chevron = self._context.icons.pixmap("down", "text2", 12)
        painter.drawPixmap(left, (self.height() - side) // 2, chevron)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
