"""措施 × 单位 as it will be: what the plan says, and what was changed since."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.domain.plan import Measure, Plan
from desktop.domain.unit import Region, Unit

Index = QModelIndex | QPersistentModelIndex
ASSIGNED = int(Qt.ItemDataRole.UserRole)
CHANGED = ASSIGNED + 1


@dataclass
class Choices:
    """Changes that were collected for a plan, not yet in force: unit codes per measure key."""

    plan: Plan
    region: Region
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def codes(self, measure: Measure) -> tuple[str, ...]:
        """Who implements a measure as it stands now, in the region's order."""
        chosen = set(self.changed.get(measure.key, measure.implementers))
        return tuple(unit.code for unit in self.region.units if unit.code in chosen)

    def choose(self, measure: Measure, codes: tuple[str, ...]) -> None:
        """Take a choice; one that says what the plan says is no change."""
        if set(codes) == set(measure.implementers):
            self.changed.pop(measure.key, None)
        else:
            self.changed[measure.key] = codes

    def differs(self, measure: Measure, code: str) -> bool:
        return (code in self.codes(measure)) != (code in measure.implementers)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Units that usually report, then every other that implements something."""
        usual = self.region.reporting
        known = {unit.code for unit in usual}
        others = {code for m in self.plan.measures for code in (*m.implementers, *self.codes(m))} - known
        return usual + tuple(unit for unit in self.region.units if unit.code in others)

    def total(self, code: str) -> int:
        return sum(1 for measure in self.plan.measures if code in self.codes(measure))

    @property
    def unassigned(self) -> tuple[Measure, ...]:
        return tuple(m for m in self.plan.measures if not self.codes(m))


class AssignmentModel(QAbstractTableModel):
    """One column per unit, each cell checkable. `edited` when a cell was changed by hand."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: Choices | None = None
        self.rows: tuple[Measure, ...] = ()
        self.units: tuple[Unit, ...] = ()

    def show(self, choices: Choices, rows: tuple[Measure, ...]) -> None:
        """Show some measures of a plan."""
        if choices is self.choices and rows == self.rows and choices.units == self.units:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.units) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(self.units) - 1, 0))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self.choices, self.rows, self.units = choices, rows, choices.units
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.units)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.choices is None:
            return None
        measure, unit = self.rows[index.row()], self.units[index.column()]
        assigned = unit.code in self.choices.codes(measure)
        if role == ASSIGNED:
            return assigned
        if role == CHANGED:
            return self.choices.differs(measure, unit.code)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if assigned else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            word = "落实" if assigned else "没有分派"
            later = "，刚改的" if self.choices.differs(measure, unit.code) else ""
            return f"{unit.name}　{self.choices.plan.label(measure)} {measure.title}\n{word}{later}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or self.choices is None:
            return False
        measure, unit = self.rows[index.row()], self.units[index.column()]
        codes = [c for c in self.choices.codes(measure) if c != unit.code]
        wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        self.choices.choose(measure, (*codes, unit.code) if wanted else tuple(codes))
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        return (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            if index.isValid()
            else Qt.ItemFlag.NoItemFlags
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.choices is None:
            return None
        if orientation is Qt.Orientation.Horizontal:
            unit = self.units[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return unit.short_name
            return unit.name if role == Qt.ItemDataRole.ToolTipRole else None
        measure = self.rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.choices.plan.label(measure)} {measure.title}"
        return measure.title if role == Qt.ItemDataRole.ToolTipRole else None
