"""The lines of what was recognised: one per measure, painted; a thousand cost no more than those in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.plan import DutyRole, Measure, Severity
from desktop.views.icons import Icons
from desktop.views.pages.plan_desk import DraftDesk, labels_of
from desktop.views.pages.plan_questions import GOALS

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLES = ((DutyRole.LEAD, "牵头"), (DutyRole.SUPPORT, "配合"), (DutyRole.IMPLEMENT, "落实"))


def unit_count(measure: Measure, role: DutyRole) -> int:
    """How many units a role names; a name that is not known yet counts as one."""
    return sum(max(len(d.unit_codes), 1) for d in measure.duties if d.role is role)


@dataclass(frozen=True)
class MeasureLine:
    """What a folded measure shows. `counts` are words at the right; the last is `lacking` where nobody implements."""

    key: str
    number: str
    title: str
    severity: Severity | None
    counts: tuple[str, ...]
    lacking: bool = False

    @property
    def spoken(self) -> str:
        return f"{self.number} {self.title}，{'，'.join(self.counts)}".strip()


def lines_of(desk: DraftDesk, keys: Sequence[str]) -> tuple[MeasureLine, ...]:
    """The lines of these measures; GOALS stands for the overall targets."""
    numbers = labels_of(desk.draft.measures)
    measures = {m.key: m for m in desk.draft.measures}
    return tuple(_goals(desk) if key == GOALS else _line(desk, measures[key], numbers[key]) for key in keys)


def _goals(desk: DraftDesk) -> MeasureLine:
    count = len(desk.targets_at(GOALS))
    problems = desk.problems_at(GOALS)
    worst = problems[0].severity if problems else None
    return MeasureLine(GOALS, "", "总体目标", worst, (f"指标 {count}",))


def _line(desk: DraftDesk, measure: Measure, number: str) -> MeasureLine:
    problems = desk.problems_at(measure.key)
    counts = []
    for role, word in _ROLES:
        text = f"{word} {unit_count(measure, role)}"
        counts.append(text + (" 等" if role is DutyRole.SUPPORT and measure.open_ended else ""))
    worst = problems[0].severity if problems else None
    lacking = unit_count(measure, DutyRole.IMPLEMENT) == 0
    return MeasureLine(measure.key, number, measure.title or "（没有标题）", worst, tuple(counts), lacking)


class LineModel(QAbstractListModel):
    """The lines as they are given; where only contents changed the view keeps its place."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[MeasureLine, ...] = ()

    def show(self, lines: tuple[MeasureLine, ...]) -> None:
        before, self.lines = self.lines, lines
        if [line.key for line in before] != [line.key for line in lines]:
            self.lines = before
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
        else:
            for at, (old, new) in enumerate(zip(before, lines, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(at), self.index(at))

    def row_of(self, key: str) -> int:
        """The row of a key, -1 where it is not shown."""
        return next((at for at, line in enumerate(self.lines) if line.key == key), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.title
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class LineDelegate(QStyledItemDelegate):
    """Paints a line, 34 px; `height_of(key)` is how high the selected one is with its card."""

    def __init__(self, icons: Icons, height_of: Callable[[str], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._icons, self._theme, self._height_of = icons, icons.theme, height_of

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self._height_of(index.data(LINE).key))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: MeasureLine = index.data(LINE)
        if option.rect.height() != self._theme.space("rowOneLine"):
            return
        painter.save()
        px, rect = self._theme.px, option.rect
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, self._theme.colour("surface2" if hovered else "surface"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), self._theme.colour("line"))
        right = self._paint_counts(painter, rect, rect.right() - px(12), line)
        left = self._paint_number(painter, rect, line.number)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text"))
        metrics = QFontMetrics(painter.font())
        side = px(14) + px(8) if line.severity else 0
        room = QRect(left, rect.y(), max(right - left - px(12) - side, px(40)), rect.height())
        shown = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)
        if line.severity:
            ratio = painter.device().devicePixelRatioF()
            x, y = left + metrics.horizontalAdvance(shown) + px(8), rect.y() + (rect.height() - px(14)) // 2
            painter.drawPixmap(QRect(x, y, px(14), px(14)), self._icons.mark_pixmap(line.severity, ratio))
        painter.restore()

    def _paint_number(self, painter: QPainter, rect: QRect, number: str) -> int:
        """Draws the number; returns where the title begins."""
        px = self._theme.px
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text2"))
        room = QRect(rect.x() + px(4), rect.y(), px(32), rect.height())
        if QFontMetrics(painter.font()).horizontalAdvance(number) > room.width():
            painter.setFont(self._theme.font("caption"))
            room.setWidth(px(44))
        painter.drawText(room, _RIGHT, number)
        return room.right() + px(8)

    def _paint_counts(self, painter: QPainter, rect: QRect, right: int, line: MeasureLine) -> int:
        """Draws the counts from the right; returns where they begin."""
        px = self._theme.px
        painter.setFont(self._theme.font("caption"))
        for at, text in reversed(list(enumerate(line.counts))):
            # Wide enough for 配合 2 等, so that the counts of all lines stand under one another.
            width = max(QFontMetrics(painter.font()).horizontalAdvance(text), px(52))
            lacking = line.lacking and at == len(line.counts) - 1
            painter.setPen(self._theme.colour("warn" if lacking else "text2"))
            painter.drawText(QRect(right - width, rect.y(), width, rect.height()), _LEFT, text)
            right -= width + px(8)
        return right
