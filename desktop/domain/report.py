"""季报 and its entries: what a unit says, the states a revision goes through, and the document that is signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from desktop.domain.codec import SPARE
from desktop.domain.errors import RefusedError
from desktop.domain.identity import SignRole
from desktop.domain.letter import Letter
from desktop.domain.schedule import Standing
from desktop.domain.targets import Target
from desktop.domain.unit import UnitRef


class ProgressStatus(StrEnum):
    """已完成, 达到序时进度, 滞后, 未启动, 不涉及."""

    COMPLETED = "completed"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    NOT_STARTED = "not_started"
    NOT_APPLICABLE = "not_applicable"


STATUS_WORDS: Mapping[ProgressStatus, str] = {
    ProgressStatus.COMPLETED: "已完成",
    ProgressStatus.ON_SCHEDULE: "达到序时进度",
    ProgressStatus.BEHIND: "滞后",
    ProgressStatus.NOT_STARTED: "未启动",
    ProgressStatus.NOT_APPLICABLE: "不涉及",
}
"""The field's own words, the same on screens, on paper and in workbooks."""


@dataclass(frozen=True)
class Reading:
    """A unit's figure for one target in one quarter; `value` None while not given."""

    target_key: str
    value: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Evidence:
    """A file that proves an entry, kept by its SHA-256; `size` in bytes."""

    digest: str
    name: str
    size: int
    media_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Entry:
    """填报条目: what a unit says about one measure in one revision."""

    measure_key: str
    status: ProgressStatus | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    explanation: str = ""
    readings: tuple[Reading, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def reading(self, target_key: str) -> Decimal | None:
        return next((r.value for r in self.readings if r.target_key == target_key), None)

    @property
    def empty(self) -> bool:
        return self == Entry(self.measure_key)


class ReportState(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class ReportEvent(StrEnum):
    REVIEW = "review"
    REOPEN = "reopen"
    SIGN = "sign"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"


_S, _E = ReportState, ReportEvent
_NEXT: Mapping[tuple[ReportState, ReportEvent], ReportState] = {
    (_S.DRAFT, _E.REVIEW): _S.REVIEWED,
    (_S.REVIEWED, _E.REOPEN): _S.DRAFT,
    (_S.REVIEWED, _E.SIGN): _S.SIGNED,
    (_S.SIGNED, _E.SUBMIT): _S.SUBMITTED,
    (_S.SIGNED, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.SUBMITTED, _E.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _E.ACCEPT): _S.ACCEPTED,
    (_S.SUBMITTED, _E.RETURN): _S.RETURNED,
    (_S.SUBMITTED, _E.WITHDRAW): _S.WITHDRAWN,
    # A copy that was carried by hand may be answered before this PC noted that it was written.
    (_S.SIGNED, _E.ACCEPT): _S.ACCEPTED,
    (_S.SIGNED, _E.RETURN): _S.RETURNED,
    # The superior may have decided before the notice of withdrawal reached it: then its decision stands.
    (_S.WITHDRAWN, _E.ACCEPT): _S.ACCEPTED,
    (_S.WITHDRAWN, _E.RETURN): _S.RETURNED,
    (_S.ACCEPTED, _E.RETURN): _S.RETURNED,
    (_S.ACCEPTED, _E.SUPERSEDE): _S.SUPERSEDED,
}


def next_state(state: ReportState, event: ReportEvent) -> ReportState:
    """The state after an event. Raises RefusedError(`report_state`) where the event has no place."""
    try:
        return _NEXT[state, event]
    except KeyError:
        raise RefusedError("report_state", state=state.value, event=event.value) from None


def may_edit(state: ReportState) -> bool:
    """Only a draft takes entries."""
    return state is ReportState.DRAFT


@dataclass(frozen=True)
class People:
    """填报人, 审核人, 签发人 and the telephone number at the foot of a report."""

    preparer: str = ""
    reviewer: str = ""
    issuer: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Report:
    """One revision (第N次报送) of a unit's quarterly report.

    `digest` is the SHA-256 of the frozen document, empty before review; `package` that of the sealed
    package, empty before signing; `due` is the revision's own deadline where a return set one.
    """

    id: str
    plan_id: str
    plan_version: int
    unit_code: str
    quarter: str
    revision: int
    state: ReportState = ReportState.DRAFT
    people: People = People()
    created_at: datetime | None = None
    reviewed_at: datetime | None = None
    signed_at: datetime | None = None
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    received_at: datetime | None = None
    due: date | None = None
    reason: str = ""
    returned: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    code: str = ""
    package: str = ""


@dataclass(frozen=True)
class PlanRef:
    """A plan version as a document names it."""

    id: str
    version: int
    title: str
    digest: str


@dataclass(frozen=True)
class ReportRow:
    """One line of a report: the measure as it stood, this unit's targets, last quarter's readings, the entry.

    `standings`: what the targets' figures are held against; none in documents from before they were kept.
    """

    measure_key: str
    task_no: str
    part: int
    section: str
    title: str
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str
    remark: str
    targets: tuple[Target, ...]
    previous: tuple[Reading, ...]
    entry: Entry
    standings: tuple[Standing, ...] = field(default=(), metadata=SPARE)

    def standing(self, target_key: str) -> Standing | None:
        """What a target's figure is held against, None where the document does not say."""
        return next((each for each in self.standings if each.target_key == target_key), None)

    @property
    def label(self) -> str:
        """The number people say: `19`, or `19-2` when the task has several parts and this is not the only one."""
        return self.task_no if self.part == 0 else f"{self.task_no}-{self.part}"


@dataclass(frozen=True)
class ReportDocument:
    """The whole content of one revision. Its canonical JSON is what is signed, printed, packed and read back.

    `part` of a row is 0 when its task has a single measure. `letter` is None in documents from before there was one.
    `co_signers`: who must sign the PDF before the issuer does, in this order.
    """

    schema: int
    plan: PlanRef
    unit: UnitRef
    superior: UnitRef
    quarter: str
    revision: int
    people: People
    prepared_on: date
    rows: tuple[ReportRow, ...]
    letter: Letter | None = field(default=None, metadata=SPARE)
    co_signers: tuple[SignRole, ...] = field(default=(), metadata=SPARE)
