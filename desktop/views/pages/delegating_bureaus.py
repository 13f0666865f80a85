"""The unit's bureaus with how far each is; measures are dropped on them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop.domain.plan import Severity
from desktop.domain.report import ProgressStatus
from desktop.services.delegating import BureauProgress
from desktop.views.context import Context
from desktop.views.dialogs.delegating_words import NOBODY, how_far, person
from desktop.views.icons import Icons
from desktop.views.models.rows import ListRow
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import EmptyState, ThinBar
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import button, footer_bar, icon_button, label

ALL, NONE = "all", "none"
MEASURES = "application/x-lantian-measures"
_OF_BUREAU = "bureau:"


def key_of(bureau: str) -> str:
    """The key of a bureau's row; ALL and NONE are no bureaus."""
    return f"{_OF_BUREAU}{bureau}"


def bureau_of(key: str) -> str:
    """The bureau of a row, empty for 全部 and 还没分."""
    return key.removeprefix(_OF_BUREAU) if key.startswith(_OF_BUREAU) else ""


def packed(keys: Sequence[str]) -> QMimeData:
    """Measures as they are dragged."""
    data = QMimeData()
    data.setData(MEASURES, json.dumps(list(keys)).encode())
    return data


def unpacked(data: QMimeData) -> list[str]:
    return [str(key) for key in json.loads(bytes(data.data(MEASURES).data()))]


class BureauList(RowList):
    """`dropped(keys, row)` when measures were let go over a bureau, or over 还没分."""

    dropped = Signal(list, str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(icons, parent=parent)
        self._accent = icons.theme.colour("accent")
        self._over = QPersistentModelIndex()
        self.setAcceptDrops(True)

    def _key_under(self, event: QDropEvent) -> str:
        if not event.mimeData().hasFormat(MEASURES):
            return ""
        key = self._rows.key_at(self.indexAt(event.position().toPoint()))
        return "" if key == ALL else key

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MEASURES):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        key = self._key_under(event)
        self._mark(key)
        event.setAccepted(bool(key))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark("")

    def dropEvent(self, event: QDropEvent) -> None:
        key = self._key_under(event)
        self._mark("")
        if key:
            event.acceptProposedAction()
            self.dropped.emit(unpacked(event.mimeData()), key)

    def _mark(self, key: str) -> None:
        index = self._rows.index_of(key) if key else QModelIndex()
        self._over = QPersistentModelIndex(index)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._over.isValid():
            painter = QPainter(self.viewport())
            painter.setPen(self._accent)
            rect = self.visualRect(self._rows.index(self._over.row()))
            for inset in (0, 1):
                painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))


class BureauPane(QFrame):
    """How many measures have a bureau, the bureaus, and what is sent to them. `chosen(row)`: another one is looked at."""

    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        icons = context.icons
        self.setProperty("pane", "surface")
        self.count = label("", "title", name="delegated_count")
        self.bar = ThinBar()
        self.add = icon_button(icons, "plus", "加部门…", "small", "add_bureau")
        self.list = BureauList(icons)
        self.list.setObjectName("bureau_list")
        self.list.setAccessibleName("部门")
        self.empty = EmptyState(
            icons, "assign", "还没有部门",
            "每条措施由哪个部门办、找谁、做到哪了，一眼看得见；还能把表发给他们填。分一次，以后每个季度自动带出来。",
            "加部门…", self.add.click,
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        self.hand_out = button("发给部门填…", name="hand_out")
        self.take_back = button("收回填好的表…", name="take_back_workbooks")
        head = QWidget()
        head.setLayout(column(row(self.count, None, self.add), self.bar, gap=8, margins=(12, 12, 12, 12)))
        foot = footer_bar(icons)
        foot.setLayout(row(self.hand_out, self.take_back, None, gap=6, margins=(8, 0, 8, 0)))
        self.setLayout(column(head, self._stack, foot, gap=0))
        self.layout().setStretch(1, 1)
        self.setMinimumWidth(icons.theme.px(248))
        self.list.chosen.connect(self.chosen)

    @property
    def key(self) -> str:
        """The row that is looked at."""
        return self.list.key or ALL

    def show_progress(self, found: Sequence[BureauProgress]) -> None:
        """Show the bureaus; the chosen one stays chosen, else all are looked at."""
        total = sum(one.total for one in found)
        open_ones = sum(one.total for one in found if one.bureau is None)
        self.count.setText(f"已分 {total - open_ones}/{total}")
        self.bar.set_share(total - open_ones, total)
        listed = [_listed(one) for one in found]
        filled = sum(one.filled for one in found)
        whole = ListRow(ALL, "全部措施", right_top=f"{total}条", bar=(filled, total))
        self.list.set_rows([whole, *listed])
        if not self.list.key:
            self.list.choose(ALL, tell=False)
        self._stack.setCurrentIndex(0 if any(one.bureau for one in found) else 1)


def _listed(one: BureauProgress) -> ListRow:
    if one.bureau is None:
        return ListRow(
            NONE, NOBODY, strong=True, right_top=f"{one.total}条", caption="拖到上面的部门，或选中后点“分给…”"
        )
    worst = [f.severity for r in one.rows for f in r.findings]
    severity = (
        Severity.ERROR
        if Severity.ERROR in worst
        else Severity.WARNING
        if Severity.WARNING in worst
        else Severity.HINT
    )
    return ListRow(
        key_of(one.bureau.name),
        one.bureau.name,
        bar=(one.filled, one.total) if one.total else None,
        caption="" if one.total else "还没有分到措施",
        lamp=ProgressStatus.BEHIND if one.behind else "",
        word=str(one.behind) if one.behind else "",
        marks=((severity.value, one.findings),) if one.findings else (),
        right_top=person(one.bureau.contact, one.bureau.phone) or "没有联系人",
        right_top_tone="text2" if one.bureau.contact or one.bureau.phone else "text3",
        tooltip=f"{one.bureau.name}\n{how_far(one)}",
    )
