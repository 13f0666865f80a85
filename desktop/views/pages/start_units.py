"""Which unit a new workspace is for: one of a list, or one that is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter

from desktop.domain.unit import Region, Unit, UnitKind, like
from desktop.services import opening
from desktop.views.context import Context


class UnitCombo(QComboBox):
    """Units of some regions under their cities; a name that is not on the list can be typed."""

    def __init__(self, context: Context, name: str, spoken: str, placeholder: str) -> None:
        super().__init__()
        self._head_font = context.theme.font("caption")
        self._faint = context.theme.colour("text3")
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(16)
        self.lineEdit().setPlaceholderText(placeholder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The style sheet's colour for it does not reach a field within a field.
        colours = self.lineEdit().palette()
        colours.setColor(QPalette.ColorRole.PlaceholderText, self._faint)
        self.lineEdit().setPalette(colours)

    def offer(self, regions: tuple[Region, ...], kind: UnitKind) -> None:
        """The units of a kind; what was typed is gone."""
        model, names = QStandardItemModel(self), []
        for region in regions:
            units = region.of_kind(*like(kind))
            if units and kind is not UnitKind.CITY and len(regions) > 1:
                # The style sheet colours all rows alike: the head differs by its size and its count.
                head = QStandardItem(f"{region.name}　{len(units)}家")
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(self._head_font)
                model.appendRow(head)
            for unit in units:
                model.appendRow(QStandardItem(unit.name))
                names.append(unit.name)
        self.setModel(model)
        completer = QCompleter(names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.setCurrentIndex(-1)
        self.setEditText("")


def chosen_unit(known: tuple[Region, ...], kind: UnitKind, text: str, city: str) -> tuple[Region, Unit]:
    """The unit that was chosen or typed, in its region; `city`: to whom a unit on no list reports.

    Raises UserError(`name_missing`).
    """
    listed = opening.named_unit(known, text, kind)
    if listed is not None:
        return listed
    if kind is UnitKind.CITY:
        region = opening.new_region(text)
        return region, region.city
    unit = opening.new_unit(text, kind)
    found = opening.named_unit(known, city, UnitKind.CITY)
    return (found[0] if found else opening.new_region(city)), unit


def short_name(known: tuple[Region, ...], kind: UnitKind, text: str) -> str:
    """What a folder may be called after the unit; empty while there is none."""
    listed = opening.named_unit(known, text, kind)
    if listed is not None:
        return listed[1].short_name
    name = text.strip()
    for ending in ("人民政府", "管理委员会", "管委会"):
        name = name.removesuffix(ending)
    return "".join(sign for sign in name if sign not in '\\/:*?"<>|')
