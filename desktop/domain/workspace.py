"""工作区: the folder of one unit, and its place in the tree, from which follows what it may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.unit import UnitKind, UnitRef


@dataclass(frozen=True)
class Workspace:
    """Whose folder it is. `superior` is who it reports to, if anyone; `sample` marks 示例."""

    unit: UnitRef
    kind: UnitKind
    superior: UnitRef | None
    sample: bool
    created_at: datetime

    @property
    def leads(self) -> bool:
        """Whether it plans, distributes, receives and sums up."""
        return self.kind is UnitKind.CITY

    @property
    def reports(self) -> bool:
        """Whether it fills quarters for a superior."""
        return not self.leads
