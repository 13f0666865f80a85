"""How a question about the draft is answered: one button to agree, one link to refuse, a field where a figure lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.plan import DutyRole, Measure, PlanDraft, PlanProblem
from desktop.domain.unit import Region
from desktop.views.context import Context
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.pages.plan_acts import MeasureActs
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.pages.plan_names import ask_meaning
from desktop.views.widgets.inputs import NumberEdit
from desktop.views.widgets.styling import button
from desktop.wording.problems import Asked, place
from desktop.wording.terms import ROLE

_ASKING_FOR = {
    "no_implementer": DutyRole.IMPLEMENT,
    "no_lead": DutyRole.LEAD,
    "no_duties": DutyRole.LEAD,
}


class Answers(QObject):
    """Makes the buttons of a question; what they do goes through the desk and can be taken back."""

    def __init__(self, context: Context, desk: DraftDesk, acts: MeasureActs, pane: QWidget) -> None:
        super().__init__(pane)
        self._context, self._desk, self._acts, self._pane = context, desk, acts, pane

    def buttons(self, problem: PlanProblem, said: Asked) -> list[QWidget]:
        """From the first, which agrees, to the last, which refuses or shows the place."""
        made: list[QWidget] = []
        if problem.code == "blank_figure":
            made += self._figure(problem)
        elif problem.code == "text_left_out":
            made += self._left_out(problem, said)
        elif problem.code == "unknown_unit":
            made.append(self._button("选单位…", "take_problem", lambda: self._means(problem)))
        elif problem.code in _ASKING_FOR:
            words = f"选{ROLE[_ASKING_FOR[problem.code]]}单位…"
            made.append(self._button(words, "take_problem", lambda: self._fill_role(problem)))
        elif said.take:
            made.append(self._button(said.take, "take_problem", lambda: self._take(problem, said)))
        measure = self._desk.measure_of(problem)
        if problem.code == "no_duties" and measure is not None and measure.part > 1:
            # Words behind a bracket are often the end of the measure that the bracket closes.
            joins = button("和上一条合并", "small", "join_above")
            joins.clicked.connect(lambda: QTimer.singleShot(0, self, lambda: self._join_above(measure)))
            made.append(joins)
        if problem.code == "collective_term":
            made.append(button("改名单…", "small", "change_term", lambda: self._means(problem)))
        if said.refuses:
            keep = button(said.keep, "smallLink", "keep_problem")
            keep.clicked.connect(lambda: QTimer.singleShot(0, self, lambda: self._keep(problem, said)))
            made.append(keep)
        elif self._desk.home_of(problem):
            look = f"看{self._desk.spoken(self._desk.home_of(problem)) or place(problem)}"
            made.append(button(look, "smallLink", "look_at_problem", lambda: self.go(problem)))
        return made

    def go(self, problem: PlanProblem) -> None:
        """To what a question is about: its measure, or its place in the document."""
        from desktop.services import drafting_gaps

        where = drafting_gaps.place_of(problem) if problem.code == drafting_gaps.CODE else None
        if where is not None:
            self._desk.shown.emit(where[0])
            return
        home = self._desk.home_of(problem)
        if home == self._desk.key:
            self._desk.moved.emit()
        elif home:
            self._desk.select(home)

    def _button(self, text: str, name: str, clicked: Callable[[], object]) -> QWidget:
        # Answers delete the card that the button stands on: only after its own event has ended.
        return button(text, "smallOutlined", name, lambda: QTimer.singleShot(0, self, clicked))

    @property
    def _region(self) -> Region:
        assert self._desk.region is not None
        return self._desk.region

    def _take(self, problem: PlanProblem, said: Asked) -> None:
        from desktop.services import drafting

        region = self._region
        self._desk.edit(lambda draft: drafting.take_proposal(draft, problem, region), _short(said.title))

    def _keep(self, problem: PlanProblem, said: Asked) -> None:
        from desktop.services import drafting, planning

        region = self._region

        def kept(draft: PlanDraft) -> PlanDraft:
            found = drafting.keep_as_written(draft, problem)
            return planning.resolve(found, region) if problem.code == "joined_names" else found

        self._desk.edit(kept, f"{_short(said.title)}：{said.keep}")

    def _means(self, problem: PlanProblem) -> None:
        """Which units a name means: one has it as a further spelling, several make it a collective term."""
        name = problem.facts["name"]
        duties = (d for m in self._desk.draft.measures for d in m.duties if d.name == name)
        chosen = next((d.unit_codes for d in duties if d.unit_codes), ())
        ask_meaning(self._context, self._desk, name, self._pane.window(), chosen)

    # Text that no measure holds

    def _left_out(self, problem: PlanProblem, said: Asked) -> list[QWidget]:
        from desktop.services import drafting_gaps

        made: list[QWidget] = [self._button(said.take, "take_problem", lambda: self._make_measure(problem))]
        where = drafting_gaps.place_of(problem)
        before = drafting_gaps.before(self._desk.draft, where[0]) if where else None
        before = self._desk.measure_of(problem) or before
        if before is not None:
            number = self._desk.spoken(before.key)
            words = button(f"{'补回' if problem.measure_key else '并进'}{number}", "small", "join_problem")
            words.clicked.connect(
                lambda: QTimer.singleShot(0, self, lambda: self._join(problem, before.key, number))
            )
            made.append(words)
        return made

    def _make_measure(self, problem: PlanProblem) -> None:
        from desktop.services import drafting_gaps, drafting_text, planning

        text = drafting_gaps.words_of(self._desk.draft, problem)
        where = drafting_gaps.place_of(problem)
        before = drafting_gaps.before(self._desk.draft, where[0]) if where else None
        found = drafting_text.measure_in(text, self._region, planning.lexicon_of((self._region,)))
        source = where if where and "words" not in problem.facts else ()
        section = before.section if before else ""
        self._acts.add(replace(found, source=source, section=section), before.key if before else "", problem)

    def _join(self, problem: PlanProblem, key: str, number: str) -> None:
        from desktop.services import drafting, drafting_gaps, drafting_sentences

        text, where = drafting_gaps.words_of(self._desk.draft, problem), drafting_gaps.place_of(problem)
        assert where is not None

        def joined(draft: PlanDraft) -> PlanDraft:
            if problem.measure_key == key:
                back = drafting_sentences.put_back(draft, key, text, where[0])
                return drafting.settle(back, problem)
            return drafting.settle(drafting_gaps.take_in(draft, key, text, where), problem)

        if self._desk.edit(joined, f"文字并进{number}"):
            self._desk.select(key)

    def _join_above(self, measure: Measure) -> None:
        self._desk.select(measure.key)
        self._acts.join(-1)

    # What lacks

    def _figure(self, problem: PlanProblem) -> list[QWidget]:
        from desktop.services import drafting_targets

        target = drafting_targets.blank_of(self._desk.draft, problem)
        unit = target.unit if target else ""
        field = NumberEdit(unit, self._context.theme.px(120))
        field.setObjectName("blank_value")
        field.setPlaceholderText("填数")
        field.setAccessibleName(f"{problem.facts.get('indicator', '')}，{unit}")
        field.setProperty("size", "tool")

        def fill() -> None:
            field.flush()
            value = field.value
            if field.property("tone") == "bad" or value is None:
                field.setFocus()
                return
            said = f"填“{problem.facts.get('indicator', '')}”"
            self._desk.edit(lambda draft: drafting_targets.fill_blank(draft, problem, value), said)

        field.returnPressed.connect(lambda: QTimer.singleShot(0, self, fill))
        return [field, self._button("填上", "take_problem", fill)]

    def _fill_role(self, problem: PlanProblem) -> None:
        from desktop.services import drafting

        measure, role = self._desk.measure_of(problem), _ASKING_FOR[problem.code]
        if measure is None:
            return
        self._desk.select(measure.key)
        number = self._desk.spoken(measure.key)
        title = f"{number}由谁{ROLE[role]}"
        picker = UnitPicker(
            self._context, title, self._region, measure.codes(role), hint=measure.title, parent=self._pane.window()
        )  # fmt: skip

        def taken(codes: tuple[str, ...]) -> None:
            store = self._context.open_store
            known = store.units.region()
            self._desk.region = known

            def filled(draft: PlanDraft) -> PlanDraft:
                if role is DutyRole.IMPLEMENT:
                    return drafting.assign_in_draft(draft, measure.key, codes, known)
                names = [u.short_name for u in known.units if u.code in codes]
                found = drafting.set_duty_names(draft, measure.key, role, names, known)
                return drafting.settle(found, problem)

            self._desk.edit(filled, f"{number}选{ROLE[role]}单位")

        picker.picked.connect(taken)
        picker.open()


def _short(title: str) -> str:
    return title.removesuffix("。")
