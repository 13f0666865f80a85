"""The list of a quarter's entries: how many are filled, a filter, and rows that read like a mailbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QStackedWidget, QWidget

from desktop.domain.report import ProgressStatus
from desktop.services.following import FormerEntry
from desktop.services.surveying import FillingRow
from desktop.views.context import Context
from desktop.views.dialogs.delegating_words import NOBODY
from desktop.views.pages.filling_list_rows import (
    CHIP_WORDS,
    ListItem,
    ListItems,
    dropped_key,
    held_fits,
    listed,
    listed_dropped,
)
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import EmptyState, ThinBar
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import button, footer_bar, label
from desktop.wording.filling import left_over


class EntryList(QFrame):
    """`chosen(key)` when another entry is asked for. The chosen one stays in the list whatever the filter says."""

    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        icons = context.icons
        self.setProperty("pane", "surface")
        self._rows: tuple[FillingRow, ...] = ()
        self._known = ListItems()
        self._items: tuple[ListItem, ...] = ()
        self._dropped: tuple[FormerEntry, ...] = ()
        self._bureaus: Mapping[str, str] = {}
        self.count = label("", "title", name="filled_count")
        self.left = label("", tone="text2", name="left_over")
        self.bar = ThinBar()
        self.search = SearchBox(icons, "筛选标题、编号、单位")
        self.search.setObjectName("entry_search")
        self.bureaus = QComboBox()
        self.bureaus.setObjectName("bureau_filter")
        self.bureaus.setAccessibleName("只看一个部门的")
        self.bureaus.setProperty("kind", "tool")
        self.bureaus.hide()
        self.chips = ChipRow(icons)
        self.chips.add("all", "全部")
        self.chips.add("unfilled", "未填")
        self.chips.add("returned", "退回", icons.icon("back", "behind", 14)).hide()
        self.chips.add("behind", "滞后", icons.lamp(ProgressStatus.BEHIND))
        self.chips.add("findings", "有提示", icons.mark("warning"))
        self.list = RowList(icons)
        self.list.setObjectName("entry_list")
        self.list.setAccessibleName("本季度的措施")
        self.empty = EmptyState(icons, "search", "", "", "清除筛选", self.clear_filter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        head = QWidget()
        words = row(self.count, None, self.left)
        parts = (words, self.bar, 2, self.search, self.bureaus, self.chips)
        head.setLayout(column(*parts, gap=8, margins=(12, 12, 12, 8)))
        self.hand_out = button("发给部门填…", name="hand_out")
        self.take_back = button("收回填好的表…", name="take_back_workbooks")
        foot = footer_bar(icons)
        foot.setLayout(row(self.hand_out, self.take_back, None, gap=6, margins=(8, 0, 8, 0)))
        self.setLayout(column(head, self._stack, foot, gap=0))
        self.layout().setStretch(1, 1)
        self.setMinimumWidth(icons.theme.px(220))
        self.search.changed.connect(lambda _: self._filter())
        self.search.left.connect(self.list.setFocus)
        self.chips.changed.connect(lambda _: self._filter())
        self.bureaus.currentIndexChanged.connect(lambda _: self._other_bureau())
        self.list.chosen.connect(self.chosen)

    def show_rows(self, rows: Sequence[FillingRow], dropped: Sequence[FormerEntry] | None = None) -> None:
        """Show a quarter's entries, behind them what is not asked for any more (None: as before); the chosen one stays chosen."""
        self._rows = tuple(rows)
        if dropped is not None:
            self._dropped = tuple(dropped)
        filled = sum(r.filled for r in rows)
        self.count.setText(f"已填 {filled}/{len(rows)}")
        self.left.setText(left_over(len(rows) - filled))
        self.bar.set_share(filled, len(rows))
        self._made_items()

    def show_bureaus(self, names: Sequence[str], given: Mapping[str, str]) -> None:
        """The unit's bureaus, and which of them does which measure; without any there is nothing to filter by."""
        self._bureaus = dict(given)
        chosen = self.bureaus.currentData()
        self.bureaus.blockSignals(True)
        self.bureaus.clear()
        for name in (None, *names, "") if names else ():
            self.bureaus.addItem("", name)
        self.bureaus.setCurrentIndex(max(self.bureaus.findData(chosen) if chosen is not None else 0, 0))
        self.bureaus.blockSignals(False)
        self.bureaus.setVisible(bool(names))
        self._made_items()

    def choose_bureau(self, name: str) -> str:
        """Show one bureau's entries alone; returns the key of the first that is not filled, or of the first."""
        self.chips.choose("all")
        self.search.clear()
        self.bureaus.setCurrentIndex(max(self.bureaus.findData(name), 0))
        mine = self._mine()
        first = next((item for item in mine if not item.shown.filled), mine[0] if mine else None)
        if first is None:
            return ""
        # Only then does the one that was chosen before leave the list.
        self.list.choose(first.key, tell=False)
        self._filter()
        return first.key

    def _made_items(self) -> None:
        self._items = self._known.of(self._rows, self._bureaus)
        self.list.set_rows([*listed(self._items), *listed_dropped(self._dropped)])
        self._count_bureaus()
        self._count_chips()
        self._filter()

    def _count_bureaus(self) -> None:
        for place in range(self.bureaus.count()):
            name = self.bureaus.itemData(place)
            mine = [item.shown for item in self._items if item.bureau == name]
            words = (
                "全部部门"
                if name is None
                else f"{name or NOBODY}　已填{sum(r.filled for r in mine)}/{len(mine)}"
            )
            self.bureaus.setItemText(place, words)

    def _mine(self) -> list[ListItem]:
        """The items of the bureau that the list is filtered by."""
        name = self.bureaus.currentData()
        return [item for item in self._items if name is None or item.bureau == name]

    def _count_chips(self) -> None:
        mine = self._mine()
        for key in ("all", *CHIP_WORDS):
            self.chips.set_count(key, sum(key in item.chips for item in mine))
        self.chips.show_chip("returned", any("returned" in item.chips for item in self._items))

    def choose(self, key: str) -> None:
        """Mark an entry as the one that is shown; tells nobody."""
        if not self.list.choose(key, tell=False):
            self.clear_filter()
            self.list.choose(key, tell=False)

    def clear_filter(self) -> None:
        self.chips.choose("all")
        self.bureaus.setCurrentIndex(0)
        self.search.clear()
        self._other_bureau()
        self.list.setFocus()

    def _other_bureau(self) -> None:
        self._count_chips()
        self._filter()

    def _filter(self) -> None:
        words, chip, current = self.search.text().casefold().split(), self.chips.key, self.list.key
        mine = self._mine()
        fitting = {i.key for i in mine if chip in i.chips and all(word in i.words for word in words)}
        whole = self.bureaus.currentData() is None
        held = {dropped_key(one) for one in self._dropped if whole and held_fits(one, chip, words)}
        self.list.show_only(fitting | held | {current})
        nothing = not fitting and not held and bool(self._rows)
        if nothing:
            bureau = [] if whole else [self.bureaus.currentData() or NOBODY]
            typed = self.search.text().split()
            what = " ".join([*typed, *bureau, *([CHIP_WORDS[chip]] if chip != "all" else [])])
            text = f"{len(self._rows)}条都还在，只是没显示。"
            self.empty.say(f"没有符合“{what}”的措施", text, "清除筛选")
        self._stack.setCurrentIndex(int(nothing))
