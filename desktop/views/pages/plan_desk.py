"""The draft that is being checked: one selection, every edit kept at once, and the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.domain.plan import Measure, PlanDraft, PlanProblem, Severity
from desktop.domain.targets import Target
from desktop.domain.unit import Region
from desktop.views.context import Context

_MOST_STEPS = 200


def labels_of(measures: tuple[Measure, ...]) -> dict[str, str]:
    """The number people say for each measure: `19`, or `19-2` for one of several parts."""
    parts = Counter(measure.task_no for measure in measures)
    return {m.key: m.task_no if parts[m.task_no] == 1 else f"{m.task_no}-{m.part}" for m in measures}


def spoken_number(number: str) -> str:
    """第19条, 第9-2条; 保障-一 as it stands."""
    return f"第{number}条" if number[:1].isdigit() else number


class DraftDesk(QObject):
    """`changed` after every edit, `moved` when another measure is selected."""

    changed = Signal()
    moved = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.draft_id = ""
        self.draft = PlanDraft("", "")
        self.region: Region | None = None
        self.key = ""
        self._before: list[PlanDraft] = []

    def load(self, draft_id: str, draft: PlanDraft, region: Region) -> None:
        """Take a draft up; the way back begins here. The same draft again keeps selection and steps."""
        same = draft_id == self.draft_id and draft == self.draft
        self.region = region
        if not same:
            self.draft_id, self.draft, self._before = draft_id, draft, []
            keys = [m.key for m in draft.measures]
            if self.key not in keys:
                self.key = self._first_key()
        self.changed.emit()
        if not same:
            self.moved.emit()

    def forget(self) -> None:
        """The draft was imported or dropped."""
        self.draft_id, self.draft, self.key, self._before = "", PlanDraft("", ""), "", []

    def select(self, key: str) -> None:
        """The one selection that all panes follow."""
        if key != self.key and any(m.key == key for m in self.draft.measures):
            self.key = key
            self.moved.emit()

    def edit(self, change: Callable[[PlanDraft], PlanDraft]) -> bool:
        """Make and keep an edit; False when it was refused, and then nothing has changed."""
        try:
            self._keep(change(self.draft), step=True)
        except UserError as error:
            self._context.show_error(error)
            return False
        return True

    def undo(self) -> None:
        """One step back."""
        if self._before:
            self._keep(self._before.pop(), step=False)

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def _keep(self, draft: PlanDraft, step: bool) -> None:
        from desktop.services import planning

        store = self._context.store
        assert store is not None
        if draft == self.draft:
            return
        planning.keep_draft(store, self.draft_id, draft, self._context.now())
        if step:
            self._before = [*self._before, self.draft][-_MOST_STEPS:]
        keys = [m.key for m in self.draft.measures]
        at = keys.index(self.key) if self.key in keys else 0
        self.draft = draft
        left = [m.key for m in draft.measures]
        if self.key not in left:
            self.key = left[min(at, len(left) - 1)] if left else ""
        self._context.note_saved()
        self.changed.emit()

    def _first_key(self) -> str:
        """The first measure that has to be looked at, or simply the first."""
        for problem in self.open_problems:
            measure = self.measure_of(problem)
            if measure is not None and problem.severity is not Severity.HINT:
                return measure.key
        return self.draft.measures[0].key if self.draft.measures else ""

    @property
    def measure(self) -> Measure | None:
        """The selected measure."""
        return next((m for m in self.draft.measures if m.key == self.key), None)

    @property
    def open_problems(self) -> tuple[PlanProblem, ...]:
        """What is still to be looked at, errors first, then in the plan's order."""
        places = {m.key: at for at, m in enumerate(self.draft.measures)}
        order = list(Severity)
        found = [p for p in self.draft.problems if not p.settled]
        return tuple(sorted(found, key=lambda p: (order.index(p.severity), places.get(p.measure_key, -1))))

    @property
    def settled_count(self) -> int:
        return sum(1 for p in self.draft.problems if p.settled)

    def problems_of(self, measure: Measure) -> tuple[PlanProblem, ...]:
        """Open problems that name this measure."""
        return tuple(p for p in self.open_problems if p.measure_key == measure.key)

    def measure_of(self, problem: PlanProblem) -> Measure | None:
        """The measure that a problem names."""
        return next((m for m in self.draft.measures if m.key == problem.measure_key), None)

    def targets_of(self, measure: Measure) -> tuple[Target, ...]:
        return tuple(t for t in self.draft.targets if t.measure_key == measure.key)
