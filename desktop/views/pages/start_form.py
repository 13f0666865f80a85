"""新建工作区: which unit, and where on disk; a file from the city fills in what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.errors import UserError
from desktop.domain.package import PackageKind
from desktop.domain.unit import Region, Unit, UnitKind, like
from desktop.services import opening
from desktop.views.context import Context
from desktop.views.drives import Drives, mounted_drives
from desktop.views.files import PACKAGES
from desktop.views.pages.start_folder import FolderField
from desktop.views.pages.start_units import UnitCombo, chosen_unit, short_name
from desktop.views.pages.start_words import next_step
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.file_drop import DropZone
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.radio_card import RadioCard
from desktop.views.widgets.styling import button, label, pane, picture

if TYPE_CHECKING:
    from desktop.services.receiving import Glance

_KINDS = (
    (UnitKind.CITY, "市级", "下达、汇总", "city"),
    (UnitKind.COUNTY, "县区", "填报、报送", "county"),
    (UnitKind.PARK, "园区", "填报、报送", "park"),
    (UnitKind.DEPARTMENT, "部门", "填报、报送", "review"),
)
_LABEL_WIDTH = 92


class NewWorkspaceForm(QWidget):
    """`made(store)` once the workspace is there; `failed(error)` when it could not be made, and nothing is lost."""

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, drives: Drives = mounted_drives) -> None:
        super().__init__()
        self._context, self._drives = context, drives
        self._regions = tuple(
            r for r in opening.shipped_regions(context.paths.regions) if r.code != opening.SAMPLE_REGION
        )
        self._glance: Glance | None = None
        self._package: Path | None = None
        self._roomy: bool | None = None
        self._build()
        self._cards[UnitKind.COUNTY].setChecked(True)

    # What is shown

    def _build(self) -> None:
        icons = self._context.icons
        self._cards: dict[UnitKind, RadioCard] = {}
        for kind, title, caption, icon in _KINDS:
            card = RadioCard(icons, title, caption, icon, icon_right=True)
            card.setObjectName(f"kind_{kind.value}")
            card.toggled.connect(lambda on, kind=kind: self._kind_chosen(kind) if on else None)
            self._cards[kind] = card
        self._unit = UnitCombo(self._context, "unit", "单位", "选一个，或直接输入")
        self._unit.editTextChanged.connect(self._unit_changed)
        self._unit_word = label("", "caption", name="unit_word")
        self._city = UnitCombo(self._context, "reports_to", "归哪个市", "选一个市，或直接输入")
        self._city.offer(self._regions, UnitKind.CITY)
        self._city.editTextChanged.connect(self._refresh)
        self._city_label = label("归哪个市", tone="text2")
        self._city_field = QWidget()
        self._city_field.setLayout(column(self._city, gap=0, margins=(0, 0, 0, 8)))
        self._city_label.setContentsMargins(0, 0, 0, 8)
        self._folder = FolderField(self._context, self._drives, self._short_name, self)
        self._folder.changed.connect(self._refresh)
        self._create = button("新建工作区", "primary", "create", self.create)
        self._next = label("", "caption", name="next_step")
        cards = row(*self._cards.values(), gap=12)
        foot = row(self._create, self._next, None, gap=12)
        self.setLayout(column(label("我是", tone="text2"), cards, 6, self._fields(), 8, foot, None, gap=8))
        self.layout().itemAt(5).layout().setContentsMargins(self._left(), 0, 0, 0)

    def set_roomy(self, roomy: bool) -> None:
        """More air between the fields; where room is short, the unit's field says alone that names can be typed."""
        if roomy == self._roomy:
            return
        self._roomy = roomy
        self._grid.setVerticalSpacing(self._context.theme.px(7 if roomy else 4))
        self._grid.setRowMinimumHeight(1, self._context.theme.px(22 if roomy else 0))
        self.layout().setSpacing(self._context.theme.px(12 if roomy else 6))
        self._refresh()

    def _left(self) -> int:
        return self._context.theme.px(_LABEL_WIDTH) + 12

    def _fields(self) -> QGridLayout:
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, self._context.theme.px(_LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        unit_label = label("单位", tone="text2")
        unit_label.setBuddy(self._unit)
        folder_label = label("放在哪里", tone="text2")
        folder_label.setBuddy(self._folder.edit)
        self._package_label = label("市里的文件", tone="text2")
        lines = (
            (unit_label, self._unit),
            (None, self._unit_word),
            (self._city_label, self._city_field),
            (folder_label, self._folder.line()),
            (None, self._folder.told()),
            (self._package_label, self._package_row()),
        )
        for number, (words, field) in enumerate(lines):
            if words is not None:
                grid.addWidget(words, number, 0)
            grid.addWidget(field, number, 1) if isinstance(field, QWidget) else grid.addLayout(
                field, number, 1
            )
            if words is None:
                grid.setRowMinimumHeight(number, self._context.theme.px(22))
        return grid

    def _package_row(self) -> QWidget:
        icons = self._context.icons
        self._zone = DropZone(icons, "把邀请或任务包 .jbx 拖到这里，或", icon="package", suffixes=(".jbx",))
        self._zone.setObjectName("package_zone")
        self._zone.filesDropped.connect(lambda paths: self.take_package(paths[0]))
        self._zone.chooseRequested.connect(self._choose_package)
        self._zone.layout().addWidget(ElidedLabel("现在没有，以后再导入也行", "caption", whole=True))
        self._held = pane("quietCard", "package_held")
        self._held_word = label("", name="package_word", wrap=True)
        drop = button("不用它", "smallLink", "package_drop", self.drop_package)
        line = row(picture(icons, "package", "text2", 16), self._held_word, drop, margins=(12, 10, 12, 10))
        line.setStretch(1, 1)
        self._held.setLayout(line)
        self._held.hide()
        holder = QWidget()
        holder.setLayout(column(self._zone, self._held, gap=0))
        return holder

    # What the person does

    @property
    def kind(self) -> UnitKind:
        return next(kind for kind, card in self._cards.items() if card.isChecked())

    def _kind_chosen(self, kind: UnitKind) -> None:
        self._unit.offer(self._known(), kind)
        for widget in (self._package_label, self._zone.parentWidget()):
            widget.setVisible(kind is not UnitKind.CITY)
        if self._glance is not None and self._glance.unit.kind not in like(kind):
            self.drop_package()
        self._unit_changed()

    def _unit_changed(self) -> None:
        self._folder.suggest()
        self._refresh()

    def _short_name(self) -> str:
        return short_name(self._known(), self.kind, self._unit.currentText())

    def _choose_package(self) -> None:
        for path in self._context.files.open_files("选市里发来的邀请或任务包", (PACKAGES,), many=False):
            self.take_package(path)

    def take_package(self, path: Path) -> None:
        """Looks at a file from the city; what it says fills in the unit."""

        def look(_: object) -> Glance:
            from desktop.services.receiving import glance

            return glance(path, self._context.now())

        self._context.runner.run(look, lambda seen: self._seen(path, seen), self.failed.emit, self)

    def _seen(self, path: Path, seen: Glance) -> None:
        self._package, self._glance = path, seen
        self._cards[like(seen.unit.kind)[0]].setChecked(True)
        self._unit.offer(self._known(), seen.unit.kind)
        self._unit.setEditText(seen.unit.name)
        word = "邀请" if seen.kind is PackageKind.INVITATION else "任务包"
        self._held_word.setText(f"{path.name}：{seen.region.name}发给{seen.unit.name}的{word}")
        self._zone.hide()
        self._held.show()
        self._unit_changed()

    def drop_package(self) -> None:
        """Does without the file; the unit that it named stays."""
        self._package = self._glance = None
        self._held.hide()
        self._zone.show()
        self._refresh()

    # What follows from it

    def _known(self) -> tuple[Region, ...]:
        """The region that a file brought goes before the shipped one of the same city."""
        if self._glance is None:
            return self._regions
        given = self._glance.region
        return (given, *(r for r in self._regions if r.code != given.code))

    def _chosen(self) -> tuple[Region, Unit]:
        return chosen_unit(self._known(), self.kind, self._unit.currentText(), self._city.currentText())

    def _refresh(self) -> None:
        text = self._unit.currentText().strip()
        listed = opening.named_unit(self._known(), text, self.kind) is not None
        asks = bool(text) and not listed and self.kind is not UnitKind.CITY
        self._city_field.setVisible(asks)
        self._city_label.setVisible(asks)
        try:
            unit: Unit | None = self._chosen()[1]
        except UserError:
            unit = None
        self._unit_word.setText(
            "名单里没有，就直接输入"
            if listed or not text
            else f"名单里没有，按新单位建：{unit.name}"
            if unit is not None
            else "名单里没有，按新单位建。它向哪个市报送？"
        )
        self._unit_word.setHidden(self._roomy is False and (listed or not text))
        usable = self._folder.look()
        missing = "" if unit else "先选单位" if not text else "先写明归哪个市"
        if not missing and not usable:
            missing = "先选一个能用的文件夹"
        self._create.setEnabled(not missing)
        self._next.setText(missing or next_step(self.kind, self._glance))

    def create(self) -> None:
        """Makes the workspace; a file from the city goes into its inbox."""
        context = self._context
        try:
            region, unit = self._chosen()
            store = opening.create_workspace(self._folder.path, unit, region, context.actor, context.now())
        except UserError as error:
            self._refresh()
            self.failed.emit(error)
            return
        if self._package is not None:
            from desktop.services.receiving import arrive

            try:
                arrive(store, self._package, context.actor, context.now())
            except UserError as error:
                context.show_error(error)
        self.made.emit(store)
