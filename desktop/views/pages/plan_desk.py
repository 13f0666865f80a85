"""The draft that is being checked: one selection, every edit kept at once, and the way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.domain.plan import Measure, PlanDraft, PlanProblem, Severity
from desktop.domain.targets import Target
from desktop.domain.unit import Region
from desktop.views.context import Context
from desktop.views.pages.plan_questions import GOALS, Questions, questions_of
from desktop.wording.terms import spoken

if TYPE_CHECKING:
    from desktop.services.learning import Lesson

_MOST_STEPS = 200


@dataclass(frozen=True)
class Step:
    """What was done, the draft on the other side of it, where one stood there, and what the list of units learnt."""

    said: str
    draft: PlanDraft
    key: str
    lesson: Lesson | None = None


def labels_of(measures: tuple[Measure, ...]) -> dict[str, str]:
    """The number people say for each measure: `19`, or `19-2` for one of several parts."""
    parts = Counter(measure.task_no for measure in measures)
    return {m.key: m.task_no if parts[m.task_no] == 1 else f"{m.task_no}-{m.part}" for m in measures}


def spoken_number(number: str) -> str:
    """第19条, 第9-2条; 保障-一 as it stands."""
    return spoken(number)


class DraftDesk(QObject):
    """`changed` after every edit, `moved` when another measure is selected, `shown` to look at a block."""

    changed = Signal()
    moved = Signal()
    shown = Signal(int)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.draft_id = ""
        self.draft = PlanDraft("", "")
        self.region: Region | None = None
        self.key = ""
        self._back: list[Step] = []
        self._forth: list[Step] = []
        self._known: tuple[PlanDraft, Questions] | None = None
        self._labels: tuple[PlanDraft, dict[str, str]] | None = None

    def load(self, draft_id: str, draft: PlanDraft, region: Region) -> None:
        """Take a draft up; the way back begins here. The same draft again keeps selection and steps."""
        same = draft_id == self.draft_id and draft == self.draft
        self.region = region
        if not same:
            self.draft_id, self.draft, self._back, self._forth = draft_id, draft, [], []
            if self.key not in self.keys:
                self.key = self._first_key()
        self.changed.emit()
        if not same:
            self.moved.emit()

    def forget(self) -> None:
        """The draft was imported or dropped."""
        self.draft_id, self.draft, self.key = "", PlanDraft("", ""), ""
        self._back, self._forth = [], []

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything that can be selected: the overall targets, then the measures."""
        return (GOALS, *(m.key for m in self.draft.measures))

    def select(self, key: str) -> None:
        """The one selection that all panes follow."""
        if key != self.key and key in self.keys:
            self.key = key
            self.moved.emit()

    # Edits, and the ways back and forth

    def edit(
        self, change: Callable[[PlanDraft], PlanDraft], said: str = "", lesson: Lesson | None = None
    ) -> bool:
        """Make and keep an edit; False when it was refused, and then nothing has changed. `said`: 拆成两条."""
        try:
            draft = change(self.draft)
            if draft == self.draft and lesson is None:
                return True
            step = Step(said, self.draft, self.key, lesson)
            self._keep(draft, self.key)
        except UserError as error:
            self._context.show_error(error)
            return False
        self._back = [*self._back, step][-_MOST_STEPS:]
        self._forth = []
        self.changed.emit()
        return True

    def teach(self, name: str, unit_codes: tuple[str, ...]) -> bool:
        """A name means these units, in this plan and from now on; taking the step back forgets it again."""
        from desktop.services import drafting, learning, planning

        context = self._context
        store = context.open_store
        try:
            region, lesson = learning.learn(store, name, unit_codes, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return False
        self.region = region
        return self.edit(
            lambda draft: drafting.name_means(planning.resolve(draft, region), name, unit_codes),
            f"“{name}”对应到单位",
            lesson,
        )

    def undo(self) -> None:
        """One step back."""
        self._turn(self._back, self._forth, back=True)

    def redo(self) -> None:
        """One step forth again."""
        self._turn(self._forth, self._back, back=False)

    @property
    def can_undo(self) -> bool:
        return bool(self._back)

    @property
    def can_redo(self) -> bool:
        return bool(self._forth)

    @property
    def undoes(self) -> str:
        """What the way back takes back."""
        return self._back[-1].said if self._back else ""

    @property
    def redoes(self) -> str:
        return self._forth[-1].said if self._forth else ""

    def _turn(self, here: list[Step], there: list[Step], back: bool) -> None:
        if not here:
            return
        step = here[-1]
        other = replace(step, draft=self.draft, key=self.key)
        try:
            if step.lesson is not None:
                self._learn_or_forget(step.lesson, forget=back)
            self._keep(step.draft, step.key)
        except UserError as error:
            self._context.show_error(error)
            return
        here.pop()
        there.append(other)
        self.changed.emit()
        self.moved.emit()

    def _learn_or_forget(self, lesson: Lesson, forget: bool) -> None:
        from desktop.services import learning

        store, now = self._context.open_store, self._context.now()
        if forget:
            self.region = learning.forget(store, lesson, self._context.actor, now)
        else:
            self.region, _ = learning.learn(store, lesson.name, lesson.unit_codes, self._context.actor, now)

    def _keep(self, draft: PlanDraft, key: str) -> None:
        """Into the workspace, then here; the selection stays, or goes to what stands in its place."""
        from desktop.services import planning

        store = self._context.open_store
        planning.keep_draft(store, self.draft_id, draft, self._context.now())
        at = self.keys.index(key) if key in self.keys else 0
        self.draft = draft
        left = self.keys
        self.key = key if key in left else left[min(max(at, 1), len(left) - 1)]
        self._context.note_saved()

    def _first_key(self) -> str:
        """The first measure that has to be looked at, or simply the first."""
        for problem in self.open_problems:
            if problem.severity is not Severity.HINT and (home := self.home_of(problem)):
                return home
        return self.draft.measures[0].key if self.draft.measures else GOALS

    @property
    def measure(self) -> Measure | None:
        """The selected measure."""
        return next((m for m in self.draft.measures if m.key == self.key), None)

    @property
    def _questions(self) -> Questions:
        if self._known is None or self._known[0] is not self.draft:
            self._known = (self.draft, questions_of(self.draft))
        return self._known[1]

    @property
    def open_problems(self) -> tuple[PlanProblem, ...]:
        """What is still to be looked at, errors first, then in the plan's order."""
        return self._questions.open

    @property
    def asked(self) -> tuple[PlanProblem, ...]:
        """The same, a doubt about a name once in however many measures it is written."""
        return self._questions.asked

    def written_in(self, problem: PlanProblem) -> int:
        """In how many measures the name is written that a doubt is about."""
        return self._questions.same.get(problem.facts.get("name", ""), 1)

    @property
    def settled_count(self) -> int:
        return sum(1 for p in self.draft.problems if p.settled)

    def spoken(self, key: str) -> str:
        """第19-2条; empty for what is no measure."""
        if self._labels is None or self._labels[0] is not self.draft:
            self._labels = (self.draft, labels_of(self.draft.measures))
        number = self._labels[1].get(key, "")
        return spoken_number(number) if number else ""

    def problems_at(self, key: str) -> tuple[PlanProblem, ...]:
        """Open problems of a measure, or of the overall targets."""
        return tuple(self._questions.of.get(key, ()))

    def targets_at(self, key: str) -> tuple[Target, ...]:
        """Targets of a measure, or the overall ones."""
        return tuple(self._questions.targets.get(key, ()))

    def measure_of(self, problem: PlanProblem) -> Measure | None:
        """The measure that a problem names."""
        return next((m for m in self.draft.measures if m.key == problem.measure_key), None)

    def home_of(self, problem: PlanProblem) -> str:
        """What a problem belongs to: a measure, the overall targets, or nothing that can be selected."""
        return next((key for key, own in self._questions.of.items() if problem in own), "")
