"""What the officer has to look at: one question each, the worst first; how many are answered, and the way back."""

from __future__ import annotations

from functools import reduce

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.plan import PlanProblem, Severity
from desktop.views.context import Context
from desktop.views.pages.plan_acts import MeasureActs
from desktop.views.pages.plan_answers import Answers
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.pages.plan_problem_card import ProblemCard
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.styling import button, footer_bar, icon_button, label, page_bar, pane, picture
from desktop.wording.problems import asked, place

# Cards are widgets; so many are made at once, more when the end of the list comes near.
_AT_ONCE = 40


class ProblemsPane(QWidget):
    """The open questions; below them how many are answered, and the ways back and forth."""

    def __init__(
        self, context: Context, desk: DraftDesk, acts: MeasureActs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._desk = context, desk
        icons = context.icons
        self.setObjectName("problems_pane")
        self.setProperty("pane", "surface2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._answers = Answers(context, desk, acts, self)
        self._head = label("", "strong", name="problems_head")
        self._all = icon_button(icons, "wand", "", "tool", "take_all", self._take_all)
        bar = page_bar(icons)
        bar.setLayout(row(self._head, None, self._all, margins=(14, 0, 12, 0)))
        self._holder = pane("surface2")
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._holder)
        self._area.viewport().installEventFilter(self)
        self._area.verticalScrollBar().valueChanged.connect(self._near_end)
        self._done = EmptyState(icons, "check", "没有要看的了", "可以导入。还想改的，在左边直接改。")
        self._done.setObjectName("problems_done")
        self._noted = button("", "smallLink", "note_all", self._note_all)
        hints = row(self._noted, None, margins=(12, 6, 12, 6))
        self.setLayout(column(bar, self._area, self._done, hints, self._make_foot(), gap=0))
        self.layout().setStretch(1, 1)
        self._problems: tuple[PlanProblem, ...] = ()
        self._cards: list[ProblemCard] = []
        self._most = _AT_ONCE
        desk.changed.connect(self.refresh)
        desk.moved.connect(lambda: self._follow(True))

    def _make_foot(self) -> QWidget:
        icons = self._context.icons
        self._settled = label("", tone="text2", name="settled_count")
        self._tick = picture(icons, "check", "on", 14)
        self._undo = button("撤销 Ctrl+Z", "link", "undo", self._desk.undo)
        self._redo = button("重做", "link", "redo", self._desk.redo)
        self._foot = footer_bar(icons)
        self._foot.setLayout(
            row(self._tick, self._settled, None, self._redo, self._undo, gap=6, margins=(14, 0, 10, 0))
        )
        return self._foot

    def refresh(self) -> None:
        from desktop.services import drafting

        problems, mended = self._desk.asked, drafting.proposals(self._desk.draft)
        self._head.setText(f"要您看的{len(problems)}处" if problems else "都看过了")
        mends = [p for p in problems if any(p is q for q in mended)]
        self._all.setText(f"按建议改好{len(mends)}处")
        self._all.setAccessibleName(self._all.text())
        self._all.setVisible(bool(mended))
        settled = self._desk.settled_count
        self._settled.setText(f"已处理{settled}处" if settled else "")
        self._tick.setVisible(bool(settled))
        for way, can, says, keys in (
            (self._undo, self._desk.can_undo, f"撤销：{self._desk.undoes}", "Ctrl+Z"),
            (self._redo, self._desk.can_redo, f"重做：{self._desk.redoes}", "Ctrl+Y"),
        ):
            way.setVisible(can)
            way.setToolTip(f"{says}　{keys}")
            way.setAccessibleName(says)
        self._foot.setVisible(bool(settled) or self._desk.can_undo or self._desk.can_redo)
        hints = self._hints()
        self._noted.setText(f"{len(hints)}处提醒都知道了")
        self._noted.setVisible(len(hints) > 2)
        self._area.setVisible(bool(problems))
        self._done.setVisible(not problems)
        self._problems = problems
        self._show()
        self._follow(False)

    def step(self, by: int) -> None:
        """To the next question, or the one before: its place is brought into sight."""
        if not self._problems:
            return
        current = [at for at, card in enumerate(self._cards) if card.current]
        start = (current[0] if by < 0 else current[-1]) if current else (-1 if by > 0 else 0)
        self._grow(start + by + 1)
        at = (start + by) % len(self._problems)
        self._grow(at + 1)
        self._answers.go(self._problems[at])
        self._mark([at])
        self._reveal(self._cards[at])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Labels that wrap tell their height too late for the area; its width says it.
        if event.type() == QEvent.Type.Resize:
            self._holder.setMaximumWidth(self._area.viewport().width())
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        """Cards of questions that are still open stay, the others go."""
        at = self._area.verticalScrollBar().value()
        self._holder.setUpdatesEnabled(False)
        kept = {_mark(card): card for card in self._cards}
        wanted = self._problems[: max(self._most, _AT_ONCE)]
        cards = []
        for position, problem in enumerate(wanted):
            where = self._where(problem)
            card = kept.pop((_identity(problem), where), None) or self._made(problem, where)
            cards.append(card)
            if self._column.indexOf(card) != position:
                self._column.insertWidget(position, card)
        for card in kept.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = cards
        self._holder.setUpdatesEnabled(True)
        self._area.verticalScrollBar().setValue(at)

    def _made(self, problem: PlanProblem, where: str) -> ProblemCard:
        told = asked(problem)
        card = ProblemCard(self._context, problem, self._answers.buttons(problem, told), told, where)
        card.setProperty("where", where)
        card.pressed.connect(lambda: self._choose(card))
        return card

    def _choose(self, card: ProblemCard) -> None:
        self._answers.go(card.problem)
        if card in self._cards and not card.current:
            self._mark([self._cards.index(card)])

    def _where(self, problem: PlanProblem) -> str:
        """第6条; 第5条后面 for text that no measure holds."""
        from desktop.services import drafting_gaps

        if problem.code != drafting_gaps.CODE or problem.measure_key:
            more = self._desk.written_in(problem)
            where = self._desk.spoken(problem.measure_key) or place(problem)
            return where + (f"等{more}条" if more > 1 else "")
        spot = drafting_gaps.place_of(problem)
        before = drafting_gaps.before(self._desk.draft, spot[0]) if spot else None
        if before is None:
            return ""
        return f"{self._desk.spoken(before.key)}后面"

    def _near_end(self, value: int) -> None:
        if value > self._area.verticalScrollBar().maximum() - self._area.viewport().height():
            self._grow(len(self._cards) + 1)

    def _grow(self, wanted: int) -> None:
        """More cards, at least so many, where there are more questions."""
        if len(self._cards) < min(wanted, len(self._problems)):
            self._most = max(wanted, len(self._cards)) + _AT_ONCE
            self._show()

    def _follow(self, scroll: bool) -> None:
        from desktop.services import drafting

        own = self._desk.problems_at(self._desk.key)
        places = [
            at
            for at, problem in enumerate(self._problems)
            if any(problem is p or drafting.same_name(problem, p) for p in own)
        ]
        if scroll and places:
            self._grow(places[-1] + 1)
        self._mark(places)
        if scroll and places:
            card = self._cards[places[0]]
            QTimer.singleShot(0, self, lambda: self._reveal(card))

    def _mark(self, places: list[int]) -> None:
        for at, card in enumerate(self._cards):
            card.set_current(at in places)

    def _reveal(self, card: ProblemCard) -> None:
        if card in self._cards:
            self._area.ensureWidgetVisible(card, 0, 8)

    # All at once

    def _take_all(self) -> None:
        from desktop.services import drafting

        region = self._desk.region
        assert region is not None
        said = self._all.text()
        self._desk.edit(lambda draft: drafting.take_all(draft, region), said)

    def _hints(self) -> list[PlanProblem]:
        """Open reminders that ask for nothing but to be seen."""
        from desktop.services import drafting

        mended = set(map(id, drafting.proposals(self._desk.draft)))
        open_ones = self._desk.open_problems
        return [p for p in open_ones if p.severity is Severity.HINT and id(p) not in mended]

    def _note_all(self) -> None:
        from desktop.services import drafting

        hints = self._hints()
        self._desk.edit(lambda draft: reduce(drafting.settle, hints, draft), self._noted.text())


def _identity(problem: PlanProblem) -> tuple[object, ...]:
    own = (problem.code, problem.task_no, problem.part, problem.measure_key)
    return (*own, *sorted(problem.facts.items()))


def _mark(card: ProblemCard) -> tuple[object, ...]:
    return _identity(card.problem), card.property("where")
