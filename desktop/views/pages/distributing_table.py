"""Who gets a task package: unit, number of assignments, certificate, and the last package made for it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop.services.sending import Recipient
from desktop.views.context import Context
from desktop.wording.terms import ENROLMENT, UNIT_KIND, moment, month_day

Index = QModelIndex | QPersistentModelIndex
_HEADS = ("", "单位", "类别", "任务", "证书", "上次的任务包")
_UNIT, _KIND, _COUNT, _CERTIFICATE, _LAST = range(1, 6)


def enrolment_word(recipient: Recipient) -> str:
    state = recipient.enrolment.state if recipient.enrolment else ""
    return ENROLMENT.get(state, state)


def last_word(recipient: Recipient) -> tuple[str, str]:
    """What became of the last package, and the tone of that: text2, warn or good."""
    last = recipient.last
    if last is None:
        return "还没有做过", "text2"
    if not recipient.current:
        return f"{moment(last.created_at)}做的，方案、日期或审核规则后来改过，要重发", "warn"
    if last.written_at is None:
        return f"{moment(last.created_at)}做好，还没写出", "warn"
    return f"{moment(last.written_at)}写出，是最新的", "on"


def short_word(recipient: Recipient) -> str:
    """The same where room is short; the whole stands in the tooltip."""
    last = recipient.last
    if last is None:
        return "还没有做过"
    if not recipient.current:
        return "改过，要重发"
    if last.written_at is None:
        return "还没写出"
    return f"{month_day(last.written_at)}写出，最新"


class RecipientModel(QAbstractTableModel):
    """One row per unit; the first column is the tick. `ticked` when the choice was changed by hand."""

    ticked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme, self._short = context.theme, False
        self.rows: tuple[Recipient, ...] = ()
        self.unwanted: set[str] = set()

    def show(self, rows: tuple[Recipient, ...]) -> None:
        """Show recipients; all are chosen but those whose tick was taken away."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(r.unit.code for r in self.rows if r.unit.code not in self.unwanted)

    def choose(self, codes: set[str]) -> None:
        """Tick exactly these."""
        self.unwanted = {r.unit.code for r in self.rows} - codes
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        recipient, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(recipient, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            wanted = recipient.unit.code not in self.unwanted
            return Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return recipient.unit.name
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = {_UNIT: recipient.unit.name, _LAST: last_word(recipient)[0]}
            return whole.get(column) or self._text(recipient, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.colour(self._tone(recipient, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, recipient: Recipient, column: int) -> str:
        return (
            "",
            recipient.unit.short_name,
            UNIT_KIND[recipient.unit.kind],
            f"{recipient.assigned}条",
            enrolment_word(recipient),
            short_word(recipient) if self._short else last_word(recipient)[0],
        )[column]

    def set_short(self, short: bool) -> None:
        """Fewer words in the last column."""
        self._short = short
        self.beginResetModel()
        self.endResetModel()

    def _tone(self, recipient: Recipient, column: int) -> str:
        if column == _LAST:
            return last_word(recipient)[1]
        if column == _CERTIFICATE and recipient.enrolment is None:
            return "warn"
        return "text" if column == _UNIT else "text2"

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        code = self.rows[index.row()].unit.code
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.unwanted.discard(code)
        else:
            self.unwanted.add(code)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        shown = orientation is Qt.Orientation.Horizontal
        if shown and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if shown and role == Qt.ItemDataRole.TextAlignmentRole and section != _COUNT:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class RecipientTable(QTableView):
    """A click anywhere in a row, or Space, ticks it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme = context.theme
        self._px = theme.px
        self.recipients = RecipientModel(context)
        self.setObjectName("recipients")
        self.setAccessibleName("收任务包的单位")
        self.setModel(self.recipients)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.space("tableRow"))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(1)
        for column, width in ((0, 36), (_UNIT, 190), (_KIND, 116), (_COUNT, 64), (_CERTIFICATE, 96)):
            self.setColumnWidth(column, theme.px(width))
        head.setStretchLastSection(True)

    def set_narrow(self, narrow: bool) -> None:
        """Without the kind, which the name tells as well."""
        self.setColumnHidden(_KIND, narrow)

    def set_compact(self, compact: bool) -> None:
        """The last package in fewer words."""
        self.recipients.set_short(compact)
        for column, width, least in ((_UNIT, 190, 172), (_CERTIFICATE, 96, 84)):
            self.setColumnWidth(column, self._px(least if compact else width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        # The box itself is ticked by Qt.
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() > 0:
            self._toggle(index)
        super().mouseReleaseEvent(event)

    def _toggle(self, index: Index) -> None:
        code = self.recipients.rows[index.row()].unit.code
        state = Qt.CheckState.Checked if code in self.recipients.unwanted else Qt.CheckState.Unchecked
        self.recipients.setData(self.recipients.index(index.row(), 0), state, Qt.ItemDataRole.CheckStateRole)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.viewport().update()
