"""审核规则的设定: which checks are on, how severe, and by which bounds; the city's choice, the same at county and city.

A rule's severity None means that it is off. What an entry must say at all (status, progress, figures, the reason of
不涉及) is no choice: without it an entry is not filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.plan import Severity
from desktop.domain.quarter import Quarter

_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT


@dataclass(frozen=True)
class RuleSet:
    """The rules of one plan. It travels in the plan package; a package without one means the defaults.

    `slip_factor`: how many times more or less looks like a slip of the unit of measure; `least_length`: characters of
    progress below which it is too short (and too short to be called copied), 0 for any; `proportional`: 序时应达 is in
    proportion where the city has set none; `begins`: the quarter that 方案期累计 counts from, empty for the first year
    of the plan's title; `evidence`: keys of the measures that want evidence; `evidence_completed`: what is completed
    wants it too. Raises ValueError on bounds that no rule can work by.
    """

    behind_without_problems: Severity | None = _E
    behind_without_next_steps: Severity | None = _E
    completed_not_reached: Severity | None = _W
    cumulative_fell: Severity | None = _W
    unit_slip: Severity | None = _W
    back_from_completed: Severity | None = _W
    short_of_schedule: Severity | None = _W
    evidence_missing: Severity | None = _W
    same_as_last_quarter: Severity | None = _H
    same_as_other: Severity | None = _H
    no_figure: Severity | None = _H
    too_short: Severity | None = _H
    slip_factor: int = 100
    least_length: int = 5
    proportional: bool = True
    begins: str = ""
    evidence_completed: bool = False
    evidence: tuple[str, ...] = ()

    SLIPS: ClassVar[tuple[int, int]] = (2, 1_000_000)
    LENGTHS: ClassVar[tuple[int, int]] = (0, 500)

    def __post_init__(self) -> None:
        for value, (least, most) in ((self.slip_factor, self.SLIPS), (self.least_length, self.LENGTHS)):
            if not least <= value <= most:
                raise ValueError(f"{value} is not between {least} and {most}")
        if self.begins:
            Quarter.parse(self.begins)

    def wants_evidence(self, measure_key: str, completed: bool) -> bool:
        return measure_key in self.evidence or (completed and self.evidence_completed)


SWITCHES: tuple[str, ...] = (
    "behind_without_problems", "behind_without_next_steps", "completed_not_reached", "short_of_schedule",
    "cumulative_fell", "unit_slip", "back_from_completed", "evidence_missing",
    "no_figure", "too_short", "same_as_last_quarter", "same_as_other",
)  # fmt: skip
"""The names of the rules that have a severity, as an officer reads them."""

USUAL = RuleSet()
"""The rules that stand until a city sets others."""
