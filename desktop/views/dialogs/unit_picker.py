"""Choosing units from the whole list: counties, parks, departments; and adding one that is missing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.domain.errors import UserError
from desktop.domain.unit import Region, Unit, UnitKind
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import SearchBox, labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import button, label
from desktop.wording.terms import UNIT_KIND, listed

_CODE = int(Qt.ItemDataRole.UserRole)
_KINDS = (
    UnitKind.COUNTY,
    UnitKind.PARK,
    UnitKind.DEPARTMENT,
    UnitKind.AGENCY,
    UnitKind.COMPANY,
    UnitKind.CITY,
)


class UnitPicker(Dialog):
    """`picked(codes)` in the region's order when the choice is confirmed.

    `wanted` is a name that is not in the list: a unit that is added is offered under it.
    """

    picked = Signal(tuple)

    def __init__(
        self,
        context: Context,
        title: str,
        region: Region,
        chosen: Iterable[str] = (),
        hint: str = "",
        may_be_empty: bool = False,
        wanted: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("选单位", title, 560, parent)
        self.setObjectName("unit_picker")
        self._context, self._region = context, region
        self._chosen = set(chosen)
        self._may_be_empty = may_be_empty and bool(self._chosen)
        self._boxed: QListWidgetItem | None = None
        self._wanted = wanted
        if hint:
            self.body.addWidget(label(hint, tone="text2", name="picker_hint", wrap=True))
        self.search = SearchBox(context.icons, "按名称或简称筛选")
        self.search.setObjectName("picker_search")
        self.search.changed.connect(self._fill)
        self.search.returnPressed.connect(self._take_only)
        self.search.left.connect(self.reject)
        self.body.addWidget(self.search)
        self.body.addLayout(self._groups())
        self.list = QListWidget()
        self.list.setObjectName("picker_list")
        self.list.setAccessibleName("单位")
        self.give_room(self.list, context.theme.px(260), context.theme.px(290))
        self.list.setProperty("ticked", True)
        self.list.itemChanged.connect(self._ticked)
        self.list.itemPressed.connect(lambda _: setattr(self, "_boxed", None))
        self.list.itemClicked.connect(self._clicked)
        self.body.addWidget(self.list, 1)
        self._count = label("", "caption", name="picker_count", wrap=True)
        self.body.addWidget(self._count)
        self.add_button("名单里没有，新增单位…", "link", "picker_new_unit", self._add)
        self.add_button("取消", "secondary", "picker_cancel", self.reject)
        self._take = self.add_button("", "primary", "picker_take", self._confirm)
        self._fill("")
        self.search.setFocus()

    @property
    def codes(self) -> tuple[str, ...]:
        """What is chosen now."""
        return tuple(unit.code for unit in self._region.units if unit.code in self._chosen)

    def choose(self, codes: Iterable[str]) -> None:
        """Make this the choice."""
        self._chosen = set(codes)
        self._fill(self.search.text())

    def _groups(self) -> object:
        counties = [u.code for u in self._region.of_kind(UnitKind.COUNTY)]
        parks = [u.code for u in self._region.of_kind(UnitKind.PARK)]
        parts = [
            button(f"{text}（{len(codes)}家）", "small", name, lambda codes=codes: self._all_of(codes))
            for text, name, codes in (
                ("全部县（市、区）", "picker_counties", counties),
                ("全部园区", "picker_parks", parks),
            )
            if codes
        ]
        return row(*parts, None, button("清空", "smallLink", "picker_clear", lambda: self.choose(())))

    def _all_of(self, codes: list[str]) -> None:
        whole = set(codes) <= self._chosen
        self.choose(self._chosen - set(codes) if whole else self._chosen | set(codes))

    def _fill(self, text: str) -> None:
        wanted = text.strip().lower()
        self.list.blockSignals(True)
        self.list.clear()
        for kind in _KINDS:
            units = [u for u in self._region.of_kind(kind) if _matches(u, wanted)]
            if units:
                self._add_head(UNIT_KIND[kind])
            for unit in units:
                self._add_unit(unit)
        if not self.list.count():
            self._add_head(f"没有符合“{text.strip()}”的单位")
        self.list.blockSignals(False)
        self._say()

    def _add_head(self, text: str) -> None:
        item = QListWidgetItem(text, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(self._context.theme.colour("text2"))
        item.setBackground(self._context.theme.colour("surface2"))
        item.setFont(self._context.theme.font("caption"))

    def _add_unit(self, unit: Unit) -> None:
        short = "" if unit.short_name == unit.name else f"　{unit.short_name}"
        item = QListWidgetItem(unit.name + short, self.list)
        item.setData(_CODE, unit.code)
        item.setToolTip("、".join(unit.spellings))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_state(unit.code in self._chosen))

    def _ticked(self, item: QListWidgetItem) -> None:
        code = item.data(_CODE)
        if code:
            self._boxed = item
            (self._chosen.add if item.checkState() is Qt.CheckState.Checked else self._chosen.discard)(code)
            self._say()

    def _clicked(self, item: QListWidgetItem) -> None:
        # A click on the words counts as one on the box; Qt itself ticks only when the box is hit.
        if item.data(_CODE) and item is not self._boxed:
            item.setCheckState(_state(item.checkState() is not Qt.CheckState.Checked))

    def _take_only(self) -> None:
        """Enter in the filter takes the only unit that is left."""
        units = [item for item in self._items() if item.data(_CODE)]
        if len(units) != 1:
            self.list.setFocus()
        else:
            units[0].setCheckState(_state(units[0].checkState() is not Qt.CheckState.Checked))
            self.search.selectAll()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(i) for i in range(self.list.count())]

    def _say(self) -> None:
        names = [u.short_name for u in self._region.units if u.code in self._chosen]
        self._count.setText(f"已选{len(names)}家：{listed(names, 12)}" if names else "还没有选")
        nobody = "都不选" if self._may_be_empty else "选好"
        self._take.setText(f"选这{len(names)}家" if names else nobody)
        self._take.setAccessibleName(self._take.text())
        self._take.setEnabled(bool(names) or self._may_be_empty)

    def _confirm(self) -> None:
        self.picked.emit(self.codes)
        self.accept()

    def _add(self) -> None:
        dialog = NewUnit(self._context, self.search.text().strip() or self._wanted, self)
        dialog.added.connect(self._added)
        dialog.open()

    def _added(self, region: Region, code: str) -> None:
        self._region = region
        self._chosen = self._chosen | {code}
        self.search.clear()
        self._fill("")


class NewUnit(Dialog):
    """`added(region, code)` when a unit was added to the workspace's list."""

    added = Signal(object, str)

    def __init__(self, context: Context, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__("新增单位", "新增单位", 440, parent)
        self.setObjectName("new_unit")
        self._context = context
        self._name, self._short = QLineEdit(name), QLineEdit()
        self._name.setObjectName("new_unit_name")
        self._short.setObjectName("new_unit_short")
        self._short.setPlaceholderText("不填就和全称一样")
        self._kind = QComboBox()
        self._kind.setObjectName("new_unit_kind")
        for kind in (UnitKind.DEPARTMENT, UnitKind.AGENCY, UnitKind.COMPANY, UnitKind.COUNTY, UnitKind.PARK):
            self._kind.addItem(UNIT_KIND[kind], kind.value)
        self._banner = Banner(context.icons, "bad")
        self._banner.hide()
        for text, field in (("全称", self._name), ("简称", self._short), ("是哪一类", self._kind)):
            self.body.addWidget(labelled(text, field))
        self.body.addWidget(self._banner)
        self.add_button("取消", "secondary", "new_unit_cancel", self.reject)
        self.add_button("加进单位名单", "primary", "new_unit_add", self._save)

    def _save(self) -> None:
        from desktop.services import arranging
        from desktop.services.opening import made_code

        store, name = self._context.open_store, self._name.text().strip()
        unit = Unit(made_code(name), name, self._short.text().strip(), UnitKind(self._kind.currentData()))
        try:
            region = arranging.save_unit(store, unit, self._context.actor, self._context.now())
        except UserError as error:
            show_in_banner(self._banner, error)
            return
        self.added.emit(region, unit.code)
        self.accept()


def _matches(unit: Unit, wanted: str) -> bool:
    return not wanted or any(wanted in spelling.lower() for spelling in unit.spellings)


def _state(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
