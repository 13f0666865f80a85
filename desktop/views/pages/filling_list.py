"""The list of a quarter's entries: how many are filled, a filter, and rows that read like a mailbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QStackedWidget, QWidget

from desktop.domain.plan import DutyRole
from desktop.domain.report import ProgressStatus
from desktop.services.following import FormerEntry
from desktop.services.surveying import FillingRow
from desktop.views.context import Context
from desktop.views.icons import HALF_FILLED, UNFILLED, lamp_word
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.views.pages.delegating_words import NOBODY
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
        self.hand_out = button("发给部门填…", "tool", "hand_out")
        self.take_back = button("收回填好的表…", "tool", "take_back_workbooks")
        foot = footer_bar(icons)
        foot.setLayout(row(self.hand_out, self.take_back, None, gap=6, margins=(8, 0, 8, 0)))
        self.setLayout(column(head, self._stack, foot, gap=0))
        self.layout().setStretch(1, 1)
        self.setMinimumWidth(icons.theme.px(220))
        self.setFocusProxy(self.list)
        self.search.changed.connect(lambda _: self._filter())
        self.search.left.connect(self.list.setFocus)
        self.chips.changed.connect(lambda _: self._filter())
        self.bureaus.currentIndexChanged.connect(lambda _: self._filter())
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
        self._count_bureaus()
        self._filter()

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
        self._count_bureaus()

    def choose_bureau(self, name: str) -> str:
        """Show one bureau's entries alone; returns the key of the first that is not filled, or of the first."""
        self.chips.choose("all")
        self.search.clear()
        self.bureaus.setCurrentIndex(max(self.bureaus.findData(name), 0))
        mine = [r for r in self._rows if self._of_bureau(r)]
        first = next((r for r in mine if not r.filled), mine[0] if mine else None)
        if first is None:
            return ""
        # Only then does the one that was chosen before leave the list.
        self.list.choose(first.measure.key, tell=False)
        self._filter()
        return first.measure.key

    def _count_bureaus(self) -> None:
        for place in range(self.bureaus.count()):
            name = self.bureaus.itemData(place)
            mine = [r for r in self._rows if self._bureaus.get(r.measure.key, "") == name]
            words = (
                "全部部门"
                if name is None
                else f"{name or NOBODY}　已填{sum(r.filled for r in mine)}/{len(mine)}"
            )
            self.bureaus.setItemText(place, words)

    def _of_bureau(self, shown: FillingRow) -> bool:
        name = self.bureaus.currentData()
        return name is None or self._bureaus.get(shown.measure.key, "") == name

    def choose(self, key: str) -> None:
        """Mark an entry as the one that is shown; tells nobody."""
        if not self.list.choose(key, tell=False):
            self.clear_filter()
            self.list.choose(key, tell=False)

    def clear_filter(self) -> None:
        self.chips.choose("all")
        self.bureaus.setCurrentIndex(0)
        self.search.clear()
        self._filter()
        self.list.setFocus()

    def _filter(self) -> None:
        for key in ("all", *_CHIP_WORDS):
            self.chips.set_count(key, sum(_fits(r, key) and self._of_bureau(r) for r in self._rows))
        self.chips.show_chip("returned", any(row.returned for row in self._rows))
        words, chip, current = self.search.text().split(), self.chips.key, self.list.key
        fitting = [r for r in self._rows if _fits(r, chip) and self._of_bureau(r) and self._says(r, words)]
        keys = {r.measure.key for r in fitting}
        shown = [r for r in self._rows if r.measure.key in keys or r.measure.key == current]
        whole = self.bureaus.currentData() is None
        held = [one for one in self._dropped if whole and _held_fits(one, chip, words)]
        self.list.set_rows([*_listed(shown, self._bureaus), *_listed_dropped(held)])
        if not fitting and not held and self._rows:
            bureau = [] if whole else [self.bureaus.currentData() or NOBODY]
            what = " ".join([*words, *bureau, *([_CHIP_WORDS[chip]] if chip != "all" else [])])
            text = f"{len(self._rows)}条都还在，只是没显示。"
            self.empty.say(f"没有符合“{what}”的措施", text, "清除筛选")
        self._stack.setCurrentIndex(1 if not fitting and not held and self._rows else 0)

    def _says(self, shown: FillingRow, words: Sequence[str]) -> bool:
        return all(_says(shown, word, self._bureaus.get(shown.measure.key, "")) for word in words)


DROPPED = "dropped:"
"""Stands before the measure's key in the key of a row that is not asked for any more."""
_CHIP_WORDS = {"unfilled": "未填", "returned": "退回", "behind": "滞后", "findings": "有提示"}


def _fits(shown: FillingRow, chip: str) -> bool:
    match chip:
        case "unfilled":
            return not shown.filled
        case "returned":
            return bool(shown.returned)
        case "behind":
            return shown.entry.status is ProgressStatus.BEHIND
        case "findings":
            return bool(shown.open_findings)
    return True


def _says(shown: FillingRow, word: str, bureau: str) -> bool:
    """Whether a row has a word in its number, title, section, units, own bureau or state."""
    measure = shown.measure
    units = "、".join(duty.name for duty in measure.duties)
    text = f"{shown.label} {measure.title} {measure.section} {units} {bureau} {lamp_word(lamp_of(shown))}"
    return word.casefold() in text.casefold()


def lamp_of(shown: FillingRow) -> str:
    """The lamp of an entry: its status once filled, else that it is not, or not all of it."""
    if shown.entry.empty:
        return UNFILLED
    if not shown.filled or shown.entry.status is None:
        return HALF_FILLED
    return shown.entry.status.value


def _listed(rows: Sequence[FillingRow], bureaus: Mapping[str, str]) -> list[Row]:
    made: list[Row] = []
    for section, members in groupby(rows, key=lambda r: r.measure.section):
        group = list(members)
        if section:
            first, last = group[0].label, group[-1].label
            made.append(GroupHead(f"{section}　{first}–{last}" if first != last else f"{section}　{first}"))
        made += [_listed_row(r, bureaus.get(r.measure.key, "")) for r in group]
    return made


def _held_fits(one: FormerEntry, chip: str, words: Sequence[str]) -> bool:
    text = f"{one.label} {one.title}".casefold()
    return chip == "all" and all(word.casefold() in text for word in words)


def _listed_dropped(held: Sequence[FormerEntry]) -> list[Row]:
    made: list[Row] = [GroupHead(f"不用再填的（{len(held)}）")] if held else []
    for one in held:
        key = f"{DROPPED}{one.entry.measure_key}"
        made.append(ListRow(key, one.title, one.label, caption="填过的内容都在", tooltip="不再填，只能看"))
    return made


def _listed_row(shown: FillingRow, bureau: str) -> ListRow:
    lamp = lamp_of(shown)
    lead = "、".join(shown.measure.names(DutyRole.LEAD))
    marks = ((shown.worst.value, len(shown.open_findings)),) if shown.worst else ()
    returned = bool(shown.returned)
    return ListRow(
        shown.measure.key,
        shown.measure.title,
        number=shown.label,
        strong=not shown.filled,
        lamp=lamp,
        word=lamp_word(lamp),
        caption=bureau or lead,
        marks=marks,
        right_top="退回" if returned else "",
        right_top_tone="bad" if returned else "text3",
        tooltip=f"{shown.label} {shown.measure.title}" + (f"\n退回：{shown.returned}" if returned else ""),
    )
