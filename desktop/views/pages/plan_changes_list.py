"""The list of what became of each measure: how many are still to be confirmed, a filter, and rows by kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop.domain.changes import ChangeKind
from desktop.views.context import Context
from desktop.views.pages.plan_changes_rows import OPEN, Change, counts, much_alike, rows
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import button, label
from desktop.wording.amending import KIND


def on_enter(widget: QWidget, told: SignalInstance) -> None:
    """Either Enter key tells, while this widget has the focus."""
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        enter = QShortcut(QKeySequence(key), widget)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(told)


class ChangesList(QFrame):
    """`chosen` when another change is shown, `confirmed` by Enter, `allConfirmed` for those that are much alike."""

    chosen = Signal()
    confirmed = Signal()
    allConfirmed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        icons = context.icons
        self._changes: tuple[Change, ...] = ()
        self.setObjectName("changes_left_pane")
        self.setProperty("pane", "surface")
        self._title = label("", "strong", name="changes_title")
        self._left = label("", tone="text2", name="changes_left")
        self._all = button("", "smallLink", "confirm_alike", self.allConfirmed.emit)
        self._search = SearchBox(icons, "筛选编号、文字")
        self._search.setObjectName("changes_search")
        self._chips = ChipRow(icons)
        self._chips.add("all", "全部")
        self._chips.add(OPEN, "等您定")
        self._kinds = {kind: self._chips.add(kind.value, word) for kind, word in KIND.items()}
        self.rows = RowList(icons)
        self.rows.setObjectName("changes_list")
        self.rows.setAccessibleName("每条措施的改动")
        self._none = EmptyState(icons, "search", "", "", "看全部", self.show_all)
        self._stack = QStackedWidget()
        for part in (self.rows, self._none):
            self._stack.addWidget(part)
        head = column(row(self._title, None, self._left), row(self._search, self._all), gap=8)
        tools = column(head, self._chips, gap=8, margins=(12, 12, 12, 10))
        self.setLayout(column(tools, self._stack, gap=0))
        self.layout().setStretch(1, 1)
        self.setMinimumWidth(context.theme.px(260))
        self.setFocusProxy(self.rows)
        self._listen()

    def _listen(self) -> None:
        self._chips.changed.connect(lambda _: self._fill())
        self._search.changed.connect(lambda _: self._fill())
        self._search.left.connect(self.rows.setFocus)
        self.rows.chosen.connect(lambda _: self.chosen.emit())
        # A double click is no word: only Enter says that it is so.
        on_enter(self.rows, self.confirmed)

    def show_changes(self, changes: Sequence[Change], version: int) -> None:
        """Show what became of each measure since `version`; the chosen one stays chosen."""
        self._changes = tuple(changes)
        found = counts(changes)
        self._title.setText(f"和第{version}版相比")
        left = found[OPEN]
        self._left.setText(f"还有{left}条等您定" if left else "没有等您定的")
        for chip, count in found.items():
            self._chips.set_count(chip, count)
        for kind, chip in self._kinds.items():
            chip.setVisible(bool(found[kind.value]) or self._chips.key == kind.value)
        alike = len(much_alike(changes))
        self._all.setText(f"大体相同的{alike}条一起定")
        self._all.setVisible(alike > 1)
        self._fill()

    @property
    def change(self) -> Change | None:
        """The change that is chosen."""
        return next((c for c in self._changes if c.key == self.rows.key), None)

    def show_change(self, key: str) -> None:
        """Choose a change, whatever the filter says."""
        if key and not self.rows.choose(key):
            self.show_all()
            self.rows.choose(key)

    def show_all(self) -> None:
        """No filter."""
        self._chips.choose("all")
        self._search.clear()
        self._fill()
        self.rows.setFocus()

    def next_open(self) -> str:
        """The open change below the chosen one, from the top again at the end; empty where there is none."""
        key, keys = self.rows.key, self.rows.keys
        opened = {c.key for c in self._changes if c.open and c.key != key}
        at = keys.index(key) + 1 if key in keys else 0
        return next((k for k in (*keys[at:], *keys[:at]) if k in opened), "")

    def _fill(self) -> None:
        words = self._search.text().split()
        self.rows.set_rows(rows(self._changes, self._chips.key, words))
        keys = self.rows.keys
        if not keys:
            self._say_none(words)
        elif self.rows.key not in keys:
            opened = [c.key for c in self._changes if c.open and c.key in keys]
            self.rows.choose((opened or keys)[0], tell=False)
        self._stack.setCurrentWidget(self.rows if keys else self._none)
        self.chosen.emit()

    def _say_none(self, words: Sequence[str]) -> None:
        if self._chips.key == OPEN and not words:
            self._none.say("没有等您定的了", "下面可以发布。", "看全部")
            return
        kind = "" if self._chips.key in ("all", OPEN) else KIND[ChangeKind(self._chips.key)]
        what = " ".join(part for part in (*words, kind) if part)
        self._none.say(f"没有符合“{what}”的措施", f"{len(self._changes)}条都还在，只是没显示。", "看全部")
