"""单位 and 统称: the two lists of the region. The city keeps them; a county or park reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import UserError
from desktop.domain.unit import CollectiveTerm, Region, Unit, UnitKind
from desktop.services import arranging
from desktop.storage import Store
from desktop.views.context import Context, Question
from desktop.views.dialogs.term_editor import TermEditor
from desktop.views.dialogs.unit_editor import UnitEditor
from desktop.views.errors import show_in_banner
from desktop.views.pages.settings_table import SettingsTable, TableLine
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, EmptyState
from desktop.views.widgets.styling import button, label
from desktop.wording.terms import UNIT_KIND

_FROM_ABOVE = "单位和统称由市里维护，随任务包更新，这里只能看。"
_TRAVELS = "改动随下一次下发送到各单位。"
_FULL_NAME = 236


class ListSection(QWidget):
    """Search, table, and what can be done with a row. `name` begins every object's name."""

    def __init__(
        self, context: Context, name: str, word: str, placeholder: str, heads: Sequence[str], widths: Sequence[int]
    ) -> None:  # fmt: skip
        super().__init__()
        self._context, self._word = context, word
        self.table = SettingsTable(context, heads, widths)
        self.table.setObjectName(f"{name}_table")
        self.table.setAccessibleName(word)
        self.search = SearchBox(context.icons, placeholder)
        self.search.setObjectName(f"{name}_search")
        self.search.setFixedWidth(context.theme.px(240))
        self.add = button(f"新增{word}…", "outlined", f"{name}_add", lambda: self.edit(""))
        self.change = button("修改…", name=f"{name}_edit", clicked=lambda: self.edit(self.table.key))
        self.remove = button("删去…", name=f"{name}_remove", clicked=lambda: self.take_off(self.table.key))
        self._said = label("", "caption", name=f"{name}_said")
        self._banner = Banner(context.icons, "bad")
        self._banner.setObjectName(f"{name}_banner")
        self._banner.hide()
        self._none = EmptyState(context.icons, "search", "", "", "清除筛选", self.search.clear)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        bar = row(self.search, None, self.remove, self.change, self.add, margins=(16, 12, 16, 0))
        side = row(self._said, margins=(16, 0, 16, 0))
        notice = column(self._banner, gap=0, margins=(16, 0, 16, 0))
        self.setLayout(column(bar, side, notice, self._stack, gap=8))
        self.layout().setStretch(3, 1)
        self.search.changed.connect(lambda _: self.fill())
        self.search.left.connect(self.table.setFocus)
        self.table.opened.connect(self.edit)
        self.table.remove_wanted.connect(self.take_off)
        self.table.chosen.connect(self._enable)

    @property
    def _editable(self) -> bool:
        store = self._context.store
        return store is not None and store.workspace.leads

    def refresh(self) -> None:
        """Reads the region anew."""
        for made in (self.add, self.change, self.remove):
            made.setVisible(self._editable)
        self._said.setText(_TRAVELS if self._editable else _FROM_ABOVE)
        self.fill()

    def fill(self) -> None:
        """Shows what fits the search."""
        store = self._context.store
        if store is None:
            return
        lines, total = self.lines(store.units.region(), self.search.text().strip())
        self.table.show_lines(lines)
        self._none.say(
            f"没有符合“{self.search.text().strip()}”的{self._word}" if total else f"还没有{self._word}",
            f"{total}个都还在，只是没显示。" if total else "",
            "清除筛选" if total else "",
        )
        self._stack.setCurrentWidget(self.table if lines else self._none)
        self._enable()

    def _enable(self) -> None:
        for made in (self.change, self.remove):
            made.setEnabled(bool(self.table.key))

    def lines(self, region: Region, text: str) -> tuple[list[TableLine], int]:
        """The rows that fit, and how many there are without a filter."""
        raise NotImplementedError

    def edit(self, key: str) -> None:
        """Opens a row's dialog; a new one's without a key."""
        raise NotImplementedError

    def take_off(self, key: str) -> None:
        """Asks, and takes a row off the list."""
        raise NotImplementedError

    def _asked_off(self, question: Question, work: Callable[[Store], object]) -> None:
        store = self._context.store
        if store is None or not self._editable or not self._context.ask(question):
            return
        try:
            work(store)
        except UserError as error:
            show_in_banner(self._banner, error)
            return
        self._changed("")

    def _changed(self, key: str) -> None:
        self._banner.hide()
        self.search.clear()
        self.fill()
        self.table.choose(key)
        self._context.tell_changed()


class UnitSection(ListSection):
    """单位, under their kinds."""

    def __init__(self, context: Context) -> None:
        heads = ("全称", "简称", "别名", "联系人", "电话", "代码")
        super().__init__(
            context, "units", "单位", "按名称、别名、联系人筛选", heads, (_FULL_NAME, 150, 0, 84, 126, 112)
        )

    def set_room(self, narrow: bool, compact: bool) -> None:
        """Where room is short the full names need that of the aliases, and then that of the codes."""
        self.table.hide_column(2, narrow, instead=0)
        self.table.hide_column(5, compact)

    def lines(self, region: Region, text: str) -> tuple[list[TableLine], int]:
        found: list[TableLine] = []
        for kind in UnitKind:
            units = [u for u in region.of_kind(kind) if _unit_fits(u, text)]
            if units:
                found.append(TableLine("", (f"{UNIT_KIND[kind]} {len(units)}",)))
            found += [
                TableLine(u.code, (u.name, u.short_name, "、".join(u.aliases), u.contact, u.phone, u.code))
                for u in units
            ]
        return found, len(region.units)

    def edit(self, key: str) -> None:
        store = self._context.store
        if store is None or not self._editable:
            return
        editor = UnitEditor(self._context, store.units.region().find(key) if key else None, self.window())
        editor.saved.connect(self._changed)
        editor.open()

    def take_off(self, key: str) -> None:
        store = self._context.store
        unit = store.units.region().find(key) if store is not None else None
        if unit is None:
            return
        question = Question(
            f"删去“{unit.name}”？",
            "统称里也会去掉这一家。方案里用到的单位不能删。",
            "删去这一家",
            dangerous=True,
        )
        context = self._context
        self._asked_off(
            question, lambda store: arranging.remove_unit(store, key, context.actor, context.now())
        )


class TermSection(ListSection):
    """统称 and the units they stand for."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context, "terms", "统称", "按统称、单位筛选", ("统称", "家数", "指哪几家"), (300, 64, 0)
        )

    def lines(self, region: Region, text: str) -> tuple[list[TableLine], int]:
        rows = [(term, _names(region, term)) for term in region.terms]
        found = [
            TableLine(term.term, (term.term, str(len(names)), "、".join(names)))
            for term, names in rows
            if all(word in f"{term.term} {' '.join(names)}" for word in text.split())
        ]
        return found, len(rows)

    def edit(self, key: str) -> None:
        store = self._context.store
        if store is None or not self._editable:
            return
        term = next((t for t in store.units.region().terms if t.term == key), None)
        editor = TermEditor(self._context, term, self.window())
        editor.saved.connect(self._changed)
        editor.open()

    def take_off(self, key: str) -> None:
        question = Question(
            f"删去统称“{key}”？",
            "已发布的方案不受影响；以后导入的方案里再有它，会再问一次。",
            "删去这个统称",
            dangerous=True,
        )
        context = self._context
        if key:
            self._asked_off(
                question, lambda store: arranging.remove_term(store, key, context.actor, context.now())
            )


def _names(region: Region, term: CollectiveTerm) -> list[str]:
    return [unit.short_name for code in term.unit_codes if (unit := region.find(code)) is not None]


def _unit_fits(unit: Unit, text: str) -> bool:
    whole = " ".join((*unit.spellings, unit.contact, unit.phone, unit.code))
    return all(word in whole for word in text.split())
