"""行动方案: a plan's measures with their duties and targets; first as a draft read from a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from desktop.domain.changes import Match, PlanChange
from desktop.domain.codec import SPARE, canonical_bytes, digest_of
from desktop.domain.targets import Target

GOALS = "goals"
"""The key of the row at a published plan's head that asks units for overall targets (`desktop.domain.goals`)."""


class DutyRole(StrEnum):
    """牵头, 配合, 落实; `shared` holds duties of unnamed equals beside a named lead (各有关部门按职责分工负责)."""

    LEAD = "lead"
    SUPPORT = "support"
    IMPLEMENT = "implement"
    SHARED = "shared"


@dataclass(frozen=True)
class Duty:
    """One name of a measure's responsibility.

    `name` is as written in the plan, repaired of joining faults only; `unit_codes` are the units it
    stands for (several for a collective term, none while unknown).
    """

    role: DutyRole
    name: str
    unit_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """措施: the smallest text with its own responsibility.

    `key` identifies it within its plan for ever, through renumbering; `task_no` is as printed, `part`
    counts from 1. `wording` is the responsibility's own phrase where equals share a duty (按职责分工负责).
    `open_ended`: the list ends in 等. `source` is the range of source blocks it was read from, first and last.
    `read_implementers`: the names that the document gives where an officer assigned otherwise; None where its own stand.
    """

    key: str
    task_no: str
    part: int
    section: str
    title: str
    content: str
    duties: tuple[Duty, ...] = ()
    wording: str = ""
    open_ended: bool = False
    deadline: str = ""
    remark: str = ""
    source: tuple[int, ...] = ()
    read_implementers: tuple[str, ...] | None = field(default=None, metadata=SPARE)

    def names(self, role: DutyRole) -> tuple[str, ...]:
        return tuple(duty.name for duty in self.duties if duty.role is role)

    def codes(self, role: DutyRole) -> tuple[str, ...]:
        """Unit codes of a role, in order, without repeats."""
        return tuple(dict.fromkeys(c for d in self.duties if d.role is role for c in d.unit_codes))

    def with_duties(self, duties: tuple[Duty, ...]) -> Measure:
        """The measure with its duties put otherwise by hand; what the document says of implementers is remembered."""
        read = self.names(DutyRole.IMPLEMENT) if self.read_implementers is None else self.read_implementers
        changed = replace(self, duties=duties)
        same = changed.names(DutyRole.IMPLEMENT) == read
        return replace(changed, read_implementers=None if same else read)

    @property
    def implementers(self) -> tuple[str, ...]:
        """Unit codes of those who implement, in order, without repeats: one assignment each."""
        return self.codes(DutyRole.IMPLEMENT)


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class PlanProblem:
    """Something the reader is not sure of. `facts` fill the sentence and the proposed mend.

    Codes and their facts are listed in `desktop.wording.problems`. `measure_key` names the measure, whose
    number may stand twice; it is empty where the document as a whole is meant. `settled` is set when the officer
    has taken the proposal, put it right by hand, or said that the document is right as it stands.
    """

    code: str
    severity: Severity
    task_no: str = ""
    part: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)
    settled: bool = False
    measure_key: str = ""


@dataclass(frozen=True)
class SourceBlock:
    """One paragraph or table row of the document, in reading order. `page` is 0 where the form has none."""

    index: int
    text: str
    cells: tuple[str, ...] = ()
    page: int = 0


@dataclass(frozen=True)
class PlanDraft:
    """What was read from a document; nothing of it is in force.

    A draft that amends a plan names it in `amends`, with the version that `matches` compare it with.
    """

    title: str
    city: str
    measures: tuple[Measure, ...] = ()
    targets: tuple[Target, ...] = ()
    problems: tuple[PlanProblem, ...] = ()
    source: tuple[SourceBlock, ...] = ()
    file_name: str = ""
    amends: str = ""
    amends_version: int = 0
    matches: tuple[Match, ...] = ()

    def with_measure(self, measure: Measure) -> PlanDraft:
        """The draft with the measure of the same key replaced."""
        return replace(self, measures=tuple(measure if m.key == measure.key else m for m in self.measures))


@dataclass(frozen=True)
class Plan:
    """A published version of a plan. `id` stays the same over its versions.

    `changes` are those of all its versions, the first first: who skipped a version finds what it missed.
    """

    id: str
    version: int
    title: str
    issuer_code: str
    issuer_name: str
    measures: tuple[Measure, ...]
    targets: tuple[Target, ...] = ()
    changes: tuple[PlanChange, ...] = field(default=(), metadata=SPARE)

    @property
    def digest(self) -> str:
        """SHA-256 over the plan's canonical JSON."""
        return digest_of(canonical_bytes(self))

    def measure(self, key: str) -> Measure:
        """Raises KeyError when the plan has no such measure."""
        for measure in self.measures:
            if measure.key == key:
                return measure
        raise KeyError(key)

    def part_of(self, measure: Measure) -> int:
        """The part to print: 0 when the measure is the only one of its task."""
        return 0 if self._parts[measure.task_no] == 1 else measure.part

    @cached_property
    def _parts(self) -> Counter[str]:
        return Counter(measure.task_no for measure in self.measures)

    def label(self, measure: Measure) -> str:
        """The number people say: `19`, or `19-2` for one of several parts."""
        part = self.part_of(measure)
        return measure.task_no if part == 0 else f"{measure.task_no}-{part}"

    @property
    def labels(self) -> Mapping[str, str]:
        """The numbers of all measures at once, under their keys, as `label` gives them."""
        return {measure.key: self.label(measure) for measure in self.measures}

    def targets_of(self, measure: Measure) -> tuple[Target, ...]:
        return self._targets.get(measure.key, ())

    @cached_property
    def _targets(self) -> Mapping[str, tuple[Target, ...]]:
        found: dict[str, list[Target]] = {}
        for target in self.targets:
            found.setdefault(target.measure_key, []).append(target)
        return {key: tuple(targets) for key, targets in found.items()}

    def targets_for(self, measure: Measure, unit_code: str) -> tuple[Target, ...]:
        """A measure's targets that this unit reports on."""
        return tuple(t for t in self.targets_of(measure) if t.concerns(unit_code))

    @property
    def own_measures(self) -> tuple[Measure, ...]:
        """The measures of the document, without the row at the head that asks for overall targets."""
        return tuple(measure for measure in self.measures if measure.key != GOALS)

    @property
    def task_count(self) -> int:
        """Numbered tasks; safeguards (保障-…) are tasks too and are counted, the row at the head is not."""
        return len({measure.task_no for measure in self.own_measures})
