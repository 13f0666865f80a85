"""The measures with the bureau that does each; several are chosen together and dragged to a bureau."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.delegation import Bureau, Delegation, DelegationProposal
from desktop.domain.plan import DutyRole
from desktop.services.surveying import FillingRow
from desktop.views.dialogs.delegating_words import NOBODY, person
from desktop.views.icons import Icons, lamp_word
from desktop.views.models.rows import GroupHead, ListRow, Row, RowModel
from desktop.views.pages.delegating_bureaus import packed
from desktop.views.pages.filling_list_rows import lamp_of
from desktop.views.widgets.row_delegate import RowDelegate
from desktop.views.widgets.row_list import RowList
from desktop.wording.colleagues import proposal_reason

PROPOSED = "建议 "
Index = QModelIndex | QPersistentModelIndex


class _DraggedRows(RowModel):
    """Rows that can be dragged: their keys travel."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if flags & Qt.ItemFlag.ItemIsSelectable else flags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return packed([key for key in map(self.key_at, indexes) if key])


class _BureauDelegate(RowDelegate):
    """The bureau stands in a column of its own; a proposed one in a dashed frame: nothing of it holds yet."""

    def _paint_row(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        px = self._theme.px
        column = max(rect.width() * 58 // 100, rect.width() - px(420))
        plain = replace(row, right_top="", right_bottom="")
        super()._paint_row(painter, QRect(rect.x(), rect.y(), column, rect.height()), plain)
        left, width = rect.x() + column + px(8), rect.width() - column - px(20)
        painter.setFont(self._theme.font("body"))
        first = self._first_line(rect, left, width)
        self._text(painter, first, row.right_top, row.right_top_tone)
        if row.right_top_tone == "accent":
            room = min(painter.fontMetrics().horizontalAdvance(row.right_top), width) + px(12)
            pen = QPen(self._theme.colour("accent"), 1)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawRoundedRect(QRect(left - px(6), first.y() - px(1), room, first.height()), 4, 4)
        painter.setFont(self._theme.font("caption"))
        self._text(painter, self._second_line(rect, left, width), row.right_bottom, "text3")


class MeasureList(RowList):
    """`asked` by Enter or a double click, `givenUp` by Delete; `picked` when another set of rows is chosen."""

    asked = Signal()
    givenUp = Signal()
    picked = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(icons, parent=parent)
        self._rows = _DraggedRows()
        self.setModel(self._rows)
        self._delegate = _BureauDelegate(icons, parent=self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.opened.connect(lambda _: self.asked.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())

    @property
    def picked_keys(self) -> tuple[str, ...]:
        """The measures that are chosen, from top to bottom."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return tuple(key for key in map(self._rows.key_at, indexes) if key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.givenUp.emit()
        else:
            super().keyPressEvent(event)


def fits(shown: FillingRow, bureau: str, words: Sequence[str]) -> bool:
    """Whether a measure has every word in its number, title, section, lead units or bureau."""
    measure = shown.measure
    leads = "、".join(measure.names(DutyRole.LEAD))
    text = f"{shown.label} {measure.title} {measure.section} {leads} {bureau or NOBODY}".casefold()
    return all(word.casefold() in text for word in words)


def listed(
    rows: Sequence[FillingRow],
    given: Mapping[str, Delegation],
    bureaus: Mapping[str, Bureau],
    proposals: Mapping[str, DelegationProposal],
) -> list[Row]:
    """Rows under their sections: who does each, or who might."""
    made: list[Row] = []
    for section, members in groupby(rows, key=lambda r: r.measure.section):
        made += [GroupHead(section)] if section else []
        for shown in members:
            key = shown.measure.key
            made.append(_listed(shown, given.get(key), bureaus, proposals.get(key)))
    return made


def _listed(
    shown: FillingRow,
    given: Delegation | None,
    bureaus: Mapping[str, Bureau],
    proposal: DelegationProposal | None,
) -> ListRow:
    lamp = lamp_of(shown)
    top, tone, below = NOBODY, "text3", ""
    if given is not None:
        top, tone = given.bureau, "text"
        below = person(*given.person(bureaus[given.bureau]))
    elif proposal is not None:
        top, tone = f"{PROPOSED}{proposal.bureau}", "accent"
        below = proposal_reason(proposal.how, proposal.lead)
    leads = "、".join(shown.measure.names(DutyRole.LEAD))
    return ListRow(
        shown.measure.key,
        shown.measure.title,
        number=shown.label,
        strong=given is None,
        lamp=lamp,
        word=lamp_word(lamp),
        caption=f"牵头 {leads}" if leads else "",
        right_top=top,
        right_top_tone=tone,
        right_bottom=below,
        tooltip=f"{shown.label} {shown.measure.title}",
    )
