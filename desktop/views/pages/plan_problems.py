"""What the officer has to look at: one question each, with one button to agree and one link to refuse."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.plan import DutyRole, PlanDraft, PlanProblem, Severity
from desktop.domain.unit import Region
from desktop.views.context import Context
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.pages.plan_desk import DraftDesk, labels_of, spoken_number
from desktop.views.widgets.inputs import NumberEdit
from desktop.views.widgets.layout import column, flow, row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.styling import button, footer_bar, icon_button, label, page_bar, picture
from desktop.wording.problems import Asked, asked, place
from desktop.wording.terms import ROLE

_ASKING_FOR = {
    "no_implementer": DutyRole.IMPLEMENT,
    "no_lead": DutyRole.LEAD,
    "no_duties": DutyRole.LEAD,
}
_MARKS = {"error": "mark-must", "warning": "mark-look", "hint": "mark-note"}


class ProblemCard(QFrame):
    """`pressed` when it is chosen; its buttons answer it."""

    pressed = Signal()

    def __init__(self, context: Context, problem: PlanProblem, actions: list[QWidget], said: Asked) -> None:
        super().__init__()
        self._theme = context.theme
        self.problem = problem
        self.setObjectName(f"problem_{problem.code}")
        self.setAccessibleName(f"{said.title}，{said.text}")
        where = place(problem)
        if "role" in problem.facts and where:
            where += f" {ROLE.get(problem.facts['role'], '')}"
        title = label(said.title, "strong", name="problem_title", wrap=True)
        head = row(
            picture(context.icons, _MARKS[problem.severity], size=14), title, label(where, "caption"), gap=8
        )
        head.setStretch(1, 1)
        text = label(said.text, tone="text2", name="problem_text", wrap=True)
        words = column(text, flow(*actions), gap=8, margins=(self._theme.px(22), 0, 0, 0))
        self.setLayout(column(head, words, gap=4, margins=(self._theme.px(11), 10, 12, 12)))
        self.set_current(False)

    def set_current(self, current: bool) -> None:
        """Whether it belongs to the selected measure."""
        colours = self._theme.colours
        edge, ground = ("accent", "surface") if current else ("surface2", "surface2")
        self.setStyleSheet(
            f"QFrame#{self.objectName()} {{ background: {colours[ground]}; border: none;"
            f" border-left: 3px solid {colours[edge]}; border-bottom: 1px solid {colours['line']}; }}"
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()


class ProblemsPane(QWidget):
    """The open questions; below them how many are answered, and the way back."""

    def __init__(self, context: Context, desk: DraftDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        icons = context.icons
        self.setObjectName("problems_pane")
        self.setProperty("pane", "surface2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head = label("", "strong", name="problems_head")
        self._all = icon_button(icons, "wand", "", "tool", "take_all", self._take_all)
        bar = page_bar(icons)
        bar.setLayout(row(self._head, None, self._all, margins=(14, 0, 12, 0)))
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._holder)
        self._area.viewport().installEventFilter(self)
        self._done = EmptyState(icons, "check", "没有要看的了", "可以导入。还想改的，在左边直接改。")
        self._done.setObjectName("problems_done")
        self._settled = label("", tone="text2", name="settled_count")
        self._tick = picture(icons, "check", "on", 14)
        self._undo = button("撤销上一步 Ctrl+Z", "link", "undo", desk.undo)
        self._noted = button("", "smallLink", "note_all", self._note_all)
        self._foot = footer_bar(icons)
        self._foot.setLayout(row(self._tick, self._settled, None, self._undo, gap=6, margins=(14, 0, 10, 0)))
        hints = row(self._noted, None, margins=(12, 6, 12, 6))
        self.setLayout(column(bar, self._area, self._done, hints, self._foot, gap=0))
        self.layout().setStretch(1, 1)
        self._cards: list[ProblemCard] = []
        desk.changed.connect(self.refresh)
        desk.moved.connect(lambda: self._follow(True))

    def refresh(self) -> None:
        from desktop.services import drafting

        problems, mended = self._desk.open_problems, drafting.proposals(self._desk.draft)
        self._head.setText(f"要您看的{len(problems)}处" if problems else "都看过了")
        self._all.setText(f"按建议改好{len(mended)}处")
        self._all.setAccessibleName(self._all.text())
        self._all.setVisible(bool(mended))
        settled = self._desk.settled_count
        self._settled.setText(f"已处理{settled}处" if settled else "")
        self._tick.setVisible(bool(settled))
        self._undo.setVisible(self._desk.can_undo)
        self._foot.setVisible(bool(settled) or self._desk.can_undo)
        hints = self._hints()
        self._noted.setText(f"{len(hints)}处提醒都知道了")
        self._noted.setVisible(len(hints) > 2)
        self._area.setVisible(bool(problems))
        self._done.setVisible(not problems)
        self._show(problems)
        self._follow(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Labels that wrap tell their height too late for the area; its width says it.
        if event.type() == QEvent.Type.Resize:
            self._holder.setMaximumWidth(self._area.viewport().width())
        return super().eventFilter(watched, event)

    def _show(self, problems: tuple[PlanProblem, ...]) -> None:
        at = self._area.verticalScrollBar().value()
        self._holder.setUpdatesEnabled(False)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._cards = []
        for problem in problems:
            said = asked(problem)
            card = ProblemCard(self._context, problem, self._actions(problem, said), said)
            card.pressed.connect(lambda problem=problem: self._go(problem))
            self._cards.append(card)
            self._column.addWidget(card)
        self._column.addStretch(1)
        self._holder.setUpdatesEnabled(True)
        self._area.verticalScrollBar().setValue(at)

    def _follow(self, scroll: bool) -> None:
        measure = self._desk.measure
        own = self._desk.problems_of(measure) if measure else ()
        first = True
        for card in self._cards:
            current = card.problem in own
            card.set_current(current)
            if current and first and scroll:
                first = False
                QTimer.singleShot(0, self, lambda card=card: self._reveal(card))

    def _reveal(self, card: ProblemCard) -> None:
        if card in self._cards:
            self._area.ensureWidgetVisible(card, 0, 8)

    def _go(self, problem: PlanProblem) -> None:
        measure = self._desk.measure_of(problem)
        if measure is not None:
            self._desk.select(measure.key)

    # Answers

    def _actions(self, problem: PlanProblem, said: Asked) -> list[QWidget]:
        region = self._desk.region
        assert region is not None
        made: list[QWidget] = []
        if problem.code == "blank_figure":
            made += self._figure(problem)
        elif problem.code == "unknown_unit":
            made.append(self._button("选单位…", "take_problem", lambda: self._which(problem, region)))
        elif problem.code in _ASKING_FOR:
            words = f"选{ROLE[_ASKING_FOR[problem.code]]}单位…"
            made.append(self._button(words, "take_problem", lambda: self._fill_role(problem, region)))
        elif said.take:
            made.append(self._button(said.take, "take_problem", lambda: self._take(problem, region)))
        if problem.code == "collective_term":
            made.append(button("改名单…", "small", "change_term", lambda: self._term(problem, region)))
        if said.refuses:
            made.append(button(said.keep, "smallLink", "keep_problem", lambda: self._keep(problem, region)))
        elif self._desk.measure_of(problem) is not None:
            look = f"看{place(problem)}"
            made.append(button(look, "smallLink", "look_at_problem", lambda: self._go(problem)))
        return made

    def _button(self, text: str, name: str, clicked: Callable[[], object]) -> QWidget:
        # Answers delete the card that the button stands on: only after its own event has ended.
        return button(text, "smallOutlined", name, lambda: QTimer.singleShot(0, self, clicked))

    def _figure(self, problem: PlanProblem) -> list[QWidget]:
        unit = next(
            (
                t.unit
                for t in self._desk.draft.targets
                if t.measure_key == problem.measure_key and t.indicator == problem.facts.get("indicator")
            ),
            "",
        )
        theme = self._context.theme
        field = NumberEdit(unit, theme.px(120))
        field.setObjectName("blank_value")
        field.setPlaceholderText("填数")
        field.setAccessibleName(f"{problem.facts.get('indicator', '')}，{unit}")
        field.setProperty("size", "tool")

        def fill() -> None:
            from desktop.services import drafting

            field.flush()
            value = field.value
            if field.property("tone") == "bad" or value is None:
                field.setFocus()
                return
            self._desk.edit(lambda draft: drafting.fill_blank(draft, problem, value))

        field.returnPressed.connect(lambda: QTimer.singleShot(0, self, fill))
        return [field, self._button("填上", "take_problem", fill)]

    def _take(self, problem: PlanProblem, region: Region) -> None:
        from desktop.services import drafting

        self._desk.edit(lambda draft: drafting.take_proposal(draft, problem, region))

    def _take_all(self) -> None:
        from desktop.services import drafting

        region = self._desk.region
        assert region is not None
        self._desk.edit(lambda draft: drafting.take_all(draft, region))

    def _hints(self) -> list[PlanProblem]:
        """Open reminders that ask for nothing but to be seen."""
        from desktop.services import drafting

        mended = drafting.proposals(self._desk.draft)
        return [p for p in self._desk.open_problems if p.severity is Severity.HINT and p not in mended]

    def _note_all(self) -> None:
        from desktop.services import drafting

        hints = self._hints()
        self._desk.edit(lambda draft: reduce(drafting.settle, hints, draft))

    def _keep(self, problem: PlanProblem, region: Region) -> None:
        from desktop.services import drafting, planning

        def kept(draft: PlanDraft) -> PlanDraft:
            found = drafting.keep_as_written(draft, problem)
            return planning.resolve(found, region) if problem.code == "joined_names" else found

        QTimer.singleShot(0, self, lambda: self._desk.edit(kept))

    def _which(self, problem: PlanProblem, region: Region) -> None:
        """One unit: its new spelling is remembered. Several: the name means these in this plan."""
        from desktop.services import planning

        store, name = self._context.store, problem.facts["name"]
        assert store is not None

        def taken(codes: tuple[str, ...]) -> None:
            def mapped(draft: PlanDraft) -> PlanDraft:
                if len(codes) == 1:
                    known = planning.add_alias(
                        store, name, codes[0], self._context.actor, self._context.now()
                    )
                else:
                    known = planning.add_term(store, name, codes, self._context.actor, self._context.now())
                self._desk.region = known
                return planning.resolve(draft, known)

            self._desk.edit(mapped)

        hint = "选一家，以后再写成这样也认得；选几家，就记作统称。"
        picker = UnitPicker(self._context, f"“{name}”是哪一家", region, hint=hint, parent=self)
        picker.picked.connect(taken)
        picker.open()

    def _term(self, problem: PlanProblem, region: Region) -> None:
        from desktop.services import drafting, planning

        store, name = self._context.store, problem.facts["name"]
        assert store is not None
        now = next((t.unit_codes for t in region.terms if t.term == name), ())
        drafted = next(
            (d.unit_codes for m in self._desk.draft.measures for d in m.duties if d.name == name), now
        )

        def taken(codes: tuple[str, ...]) -> None:
            def mapped(draft: PlanDraft) -> PlanDraft:
                self._desk.region = planning.add_term(
                    store, name, codes, self._context.actor, self._context.now()
                )
                return drafting.name_means(draft, name, codes)

            self._desk.edit(mapped)

        hint = "名单记在单位库里，这份方案里凡是这样写的地方都按它。"
        picker = UnitPicker(self._context, f"“{name}”是哪几家", region, drafted, hint=hint, parent=self)
        picker.picked.connect(taken)
        picker.open()

    def _fill_role(self, problem: PlanProblem, region: Region) -> None:
        from desktop.services import drafting

        measure, role = self._desk.measure_of(problem), _ASKING_FOR[problem.code]
        if measure is None:
            return
        self._desk.select(measure.key)
        number = labels_of(self._desk.draft.measures)[measure.key]
        picker = UnitPicker(
            self._context, f"{spoken_number(number)}由谁{ROLE[role]}", region, measure.codes(role), hint=measure.title,
            parent=self,
        )  # fmt: skip

        def taken(codes: tuple[str, ...]) -> None:
            store = self._context.store
            assert store is not None
            known = store.units.region()
            self._desk.region = known

            def filled(draft: PlanDraft) -> PlanDraft:
                if role is DutyRole.IMPLEMENT:
                    return drafting.assign_in_draft(draft, measure.key, codes, known)
                names = [u.short_name for u in known.units if u.code in codes]
                return drafting.settle(
                    drafting.set_duty_names(draft, measure.key, role, names, known), problem
                )

            self._desk.edit(filled)

        picker.picked.connect(taken)
        picker.open()
