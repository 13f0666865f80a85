"""What was recognised: one line per measure, the selected one unfolded."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.plan import DutyRole, Measure, Severity
from desktop.views.context import Context
from desktop.views.pages.plan_card import MeasureCard
from desktop.views.pages.plan_desk import DraftDesk, labels_of
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import icon_button, label, page_bar

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLES = ((DutyRole.LEAD, "牵头"), (DutyRole.SUPPORT, "配合"), (DutyRole.IMPLEMENT, "落实"))


def unit_count(measure: Measure, role: DutyRole) -> int:
    """How many units a role names; a name that is not known yet counts as one."""
    return sum(max(len(d.unit_codes), 1) for d in measure.duties if d.role is role)


class MeasureLine(QWidget):
    """A folded measure: number, title, mark, counts. `pressed` selects it."""

    pressed = Signal()

    def __init__(self, context: Context, number: str, measure: Measure, severity: Severity | None) -> None:
        super().__init__()
        self._theme, self._icons = context.theme, context.icons
        self._number, self._measure, self._severity = number, measure, severity
        self.setFixedHeight(self._theme.space("rowOneLine"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setObjectName(f"measure_{measure.key}")
        counts = "，".join(f"{word}{unit_count(measure, role)}家" for role, word in _ROLES)
        self.setAccessibleName(f"{number} {measure.title}，{counts}")
        self.setToolTip(measure.title)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(360), self._theme.space("rowOneLine"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, painter = self._theme.px, QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, self._theme.colour("surface2" if self.underMouse() else "surface"))
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), self._theme.colour("line"))
        right = self._paint_counts(painter, rect.right() - px(12))
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text2"))
        number = QRect(px(4), 0, px(32), rect.height())
        long = QFontMetrics(painter.font()).horizontalAdvance(self._number) > number.width()
        if long:
            painter.setFont(self._theme.font("caption"))
            number = QRect(px(4), 0, px(44), rect.height())
        painter.drawText(number, _RIGHT, self._number)
        left = number.right() + px(8)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text"))
        metrics = QFontMetrics(painter.font())
        side = px(14) + px(8) if self._severity else 0
        room = QRect(left, 0, max(right - left - px(12) - side, px(40)), rect.height())
        shown = metrics.elidedText(self._measure.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)
        if self._severity:
            pixmap = self._icons.mark_pixmap(self._severity, self.devicePixelRatioF())
            at = QRect(
                left + metrics.horizontalAdvance(shown) + px(8), (rect.height() - px(14)) // 2, px(14), px(14)
            )
            painter.drawPixmap(at, pixmap)

    def _paint_counts(self, painter: QPainter, right: int) -> int:
        """Draws the three counts from the right; returns where they begin."""
        px = self._theme.px
        painter.setFont(self._theme.font("caption"))
        for role, word in reversed(_ROLES):
            count = unit_count(self._measure, role)
            text = f"{word} {count}"
            if role is DutyRole.SUPPORT and self._measure.open_ended:
                text += " 等"
            width = max(QFontMetrics(painter.font()).horizontalAdvance(text), px(44))
            lacking = role is DutyRole.IMPLEMENT and count == 0
            painter.setPen(self._theme.colour("warn" if lacking else "text2"))
            painter.drawText(QRect(right - width, 0, width, self.height()), _LEFT, text)
            right -= width + px(8)
        return right


class MeasureList(QScrollArea):
    """↑ ↓ PgUp PgDn Home End move the selection; the selected measure is a card among lines."""

    def __init__(self, context: Context, desk: DraftDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self.setObjectName("measure_list")
        self.setAccessibleName("认出的措施")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setWidget(self._holder)
        self._shown: list[Measure] = []
        self._parts: dict[str, QWidget] = {}
        self.card: MeasureCard | None = None

    @property
    def keys(self) -> list[str]:
        return [measure.key for measure in self._shown]

    def show_measures(self, measures: list[Measure]) -> None:
        """Show these, the selected one unfolded; the scroll stays."""
        at = self.verticalScrollBar().value()
        self._shown = measures
        self._rebuild()
        self.verticalScrollBar().setValue(at)

    def follow(self) -> None:
        """Fold the old selection, unfold the new one, and bring it into sight."""
        self._rebuild()
        QTimer.singleShot(0, self, self._reveal)

    def _rebuild(self) -> None:
        self._holder.setUpdatesEnabled(False)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._parts, self.card = {}, None
        numbers = labels_of(self._desk.draft.measures)
        for measure in self._shown:
            if measure.key == self._desk.key:
                self.card = MeasureCard(self._context, self._desk, measure)
                part: QWidget = self.card
            else:
                problems = self._desk.problems_of(measure)
                worst = problems[0].severity if problems else None
                line = MeasureLine(self._context, numbers[measure.key], measure, worst)
                line.pressed.connect(lambda key=measure.key: self._press(key))
                part = line
            self._parts[measure.key] = part
            self._column.addWidget(part)
        if not self._shown:
            self._column.addWidget(_nothing())
        self._column.addStretch(1)
        self._holder.setUpdatesEnabled(True)

    def _press(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        # The line is deleted by what follows, so that must not happen within its own event.
        QTimer.singleShot(0, self, lambda: self._desk.select(key))

    def _reveal(self) -> None:
        part = self._parts.get(self._desk.key)
        if part is not None:
            # The area learns the new height by a posted event; the place is only right after it.
            QCoreApplication.sendPostedEvents(self._holder, int(QEvent.Type.LayoutRequest))
            self._holder.resize(self.viewport().width(), max(self._column.totalSizeHint().height(), 1))
            self._column.activate()
            margin = self._context.theme.px(40)
            self.ensureVisible(0, part.geometry().bottom(), 0, margin)
            self.ensureVisible(0, part.geometry().top(), 0, margin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, page = self.keys, 10
        at = keys.index(self._desk.key) if self._desk.key in keys else 0
        to = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_PageUp: at - page,
            Qt.Key.Key_PageDown: at + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(keys) - 1,
        }.get(Qt.Key(event.key()))
        if to is None or not keys:
            super().keyPressEvent(event)
            return
        self._desk.select(keys[min(max(to, 0), len(keys) - 1)])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(self._context.theme.colour("accent"))
            for inset in (0, 1):
                painter.drawRect(self.viewport().rect().adjusted(inset, inset, -inset - 1, -inset - 1))


class MeasuresPane(QWidget):
    """The list under its head: how much was recognised, and the three filters."""

    def __init__(self, context: Context, desk: DraftDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._compact = desk, False
        self._head = label("", "strong", name="recognised")
        self.source_button = icon_button(context.icons, "doc", "看原文", "tool", "open_source")
        self.source_button.setToolTip("Ctrl+L")
        self.source_button.hide()
        self.filter = ChipRow(context.icons)
        self.filter.setObjectName("measure_filter")
        self.filter.add("all", "全部")
        self.filter.add("doubtful", "要看的", context.icons.mark("warning"))
        self.filter.add("targets", "有指标的")
        self.filter.changed.connect(lambda _: self.refresh())
        bar = page_bar(context.icons)
        bar.setLayout(row(self.source_button, self._head, None, self.filter, margins=(14, 0, 12, 0)))
        bar.layout().setAlignment(self.filter, Qt.AlignmentFlag.AlignVCenter)
        self.list = MeasureList(context, desk)
        self.setLayout(column(bar, self.list, gap=0))
        desk.changed.connect(self.refresh)
        desk.moved.connect(self._follow)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._step(step))

    def set_compact(self, compact: bool) -> None:
        """Fewer words in the head."""
        self._compact = compact
        self.refresh()

    def refresh(self) -> None:
        draft = self._desk.draft
        doubtful = [m for m in draft.measures if self._desk.problems_of(m)]
        measured = [m for m in draft.measures if self._desk.targets_of(m)]
        tasks = len({m.task_no for m in draft.measures})
        whole = f"认出{tasks}项任务，{len(draft.measures)}条措施"
        self._head.setText(f"{len(draft.measures)}条措施" if self._compact else whole)
        self._head.setToolTip(whole if self._compact else "")
        for key, found in (("all", draft.measures), ("doubtful", doubtful), ("targets", measured)):
            self.filter.set_count(key, len(found))
        self.filter.setMinimumWidth(_width_of(self.filter))
        shown = {"all": list(draft.measures), "doubtful": doubtful, "targets": measured}
        self.list.show_measures(shown[self.filter.key])

    def _follow(self) -> None:
        if self._desk.key not in self.list.keys:
            self.filter.choose("all")
            self.refresh()
        self.list.follow()

    def _step(self, by: int) -> None:
        keys = self.list.keys
        at = keys.index(self._desk.key) + by if self._desk.key in keys else 0
        if 0 <= at < len(keys):
            self._desk.select(keys[at])


def _width_of(chips: ChipRow) -> int:
    """The width at which the chips stand in one line."""
    layout = chips.layout()
    widths = [layout.itemAt(at).sizeHint().width() for at in range(layout.count())]
    return sum(widths) + 6 * (len(widths) - 1)


def _nothing() -> QWidget:
    made = label("这里没有措施", tone="text2")
    made.setContentsMargins(14, 16, 12, 16)
    return made
