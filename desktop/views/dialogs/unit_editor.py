"""A unit of the region: its names, kind, and whom to call there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.domain.errors import UserError
from desktop.domain.unit import Unit, UnitKind
from desktop.services import arranging
from desktop.services.opening import made_code
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import label
from desktop.wording.terms import UNIT_KIND

_KINDS = (UnitKind.COUNTY, UnitKind.PARK, UnitKind.DEPARTMENT, UnitKind.AGENCY, UnitKind.COMPANY)


class UnitEditor(Dialog):
    """`saved(code)` once the unit stands in the workspace; what is refused stays to be put right."""

    saved = Signal(str)

    def __init__(self, context: Context, unit: Unit | None = None, parent: QWidget | None = None) -> None:
        title = unit.name if unit else "新增单位"
        super().__init__("单位", title, 560, parent)
        self.setObjectName("unit_editor")
        self._context, self._unit = context, unit
        self.name = _line("unit_name", unit.name if unit else "", "例如 盐池县人民政府")
        self.short = _line("unit_short", unit.short_name if unit else "", "例如 盐池县")
        self.aliases = _line(
            "unit_aliases", "、".join(unit.aliases) if unit else "", "方案里的其他写法，用、隔开"
        )
        self.contact = _line("unit_contact", unit.contact if unit else "", "催报时找谁")
        self.phone = _line("unit_phone", unit.phone if unit else "", "区号-号码")
        self.code = _line("unit_code", unit.code if unit else "", "不填就自动编一个")
        self.code.setReadOnly(unit is not None)
        self.kind = QComboBox()
        self.kind.setObjectName("unit_kind")
        self.kind.setAccessibleName("类别")
        kinds = (unit.kind,) if unit is not None and unit.kind is UnitKind.CITY else _KINDS
        for kind in kinds:
            self.kind.addItem(UNIT_KIND[kind], kind.value)
        self.kind.setCurrentIndex(kinds.index(unit.kind) if unit else 0)
        self._banner = Banner(context.icons, "bad")
        self._banner.setObjectName("unit_banner")
        self._banner.hide()
        self.body.addWidget(labelled("全称", self.name))
        self.body.addLayout(_pair(labelled("简称", self.short), labelled("类别", self.kind)))
        self.body.addWidget(labelled("别名", self.aliases))
        self.body.addLayout(_pair(labelled("联系人", self.contact), labelled("联系电话", self.phone)))
        self.body.addWidget(labelled("单位代码", self.code))
        said = "代码写进证书和文件，建好后不能改。" if unit is None else "代码写进了证书和文件，不能改。"
        self.body.addWidget(label(said, "caption"))
        self.body.addWidget(self._banner)
        self.add_button("取消", name="unit_cancel", clicked=self.reject)
        self.add_button("保存单位", "primary", "unit_save", self.save)
        self.name.setFocus()

    def save(self) -> None:
        """Saves what stands in the fields and closes; says in place what is refused."""
        context = self._context
        store = context.open_store
        name = self.name.text().strip()
        aliases = tuple(
            part for part in self.aliases.text().replace(",", "、").replace("，", "、").split("、")
        )
        unit = Unit(
            self.code.text().strip().upper() or made_code(name), name, self.short.text().strip(), UnitKind(self.kind.currentData()),
            aliases, self.contact.text().strip(), self.phone.text().strip(),
        )  # fmt: skip
        try:
            if self._unit is None:
                arranging.add_unit(store, unit, context.actor, context.now())
            else:
                arranging.save_unit(store, unit, context.actor, context.now())
        except UserError as error:
            show_in_banner(self._banner, error)
            return
        self.saved.emit(unit.code)
        self.accept()


def _line(name: str, text: str, placeholder: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setPlaceholderText(placeholder)
    return made


def _pair(left: QWidget, right: QWidget) -> object:
    made = row(left, right, gap=12)
    made.setStretch(0, 1)
    made.setStretch(1, 1)
    return made
