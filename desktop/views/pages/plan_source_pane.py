"""The document's pane: its name and page, the text, and what can be done with words that are marked in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QWidget

from desktop.domain.plan import Measure, PlanDraft
from desktop.views.context import Context
from desktop.views.pages.plan_acts import MeasureActs
from desktop.views.pages.plan_desk import DraftDesk, labels_of, spoken_number
from desktop.views.pages.plan_questions import GOALS
from desktop.views.pages.plan_source import SourceMarks, SourceText
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import button, footer_bar, label, page_bar, picture

# Facts of a problem that stand in the document word for word.
_MARKED = ("text", "name", "tail")


class SourcePane(QFrame):
    """The document with its name, following the selection."""

    def __init__(
        self, context: Context, desk: DraftDesk, acts: MeasureActs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._acts = context, desk, acts
        icons = context.icons
        self.setProperty("pane", "surface")
        self._name = ElidedLabel("", "strong", middle=True)
        self._page = label("", "caption", name="source_page")
        head = page_bar(icons)
        head.setLayout(row(picture(icons, "doc"), self._name, self._page, margins=(16, 0, 12, 0)))
        head.layout().setStretch(1, 1)
        self.text = SourceText(context)
        self._foot = QStackedWidget()
        self._foot.setFixedHeight(context.theme.px(36))
        self._foot.addWidget(self._legend())
        self._foot.addWidget(self._tools())
        self.setLayout(column(head, self.text, self._foot, gap=0))
        self.setFocusProxy(self.text)
        self.text.pressed.connect(self._chosen)
        self.text.menuAsked.connect(self._menu)
        self.text.selectionChanged.connect(self._marked)
        desk.changed.connect(self.refresh)
        desk.shown.connect(self.show_block)
        # After the layout of a document that was only just set.
        desk.moved.connect(lambda: QTimer.singleShot(0, self, self._follow))

    def _legend(self) -> QWidget:
        bar, theme = footer_bar(self._context.icons), self._context.theme
        bar.setFixedHeight(theme.px(36))
        known, doubtful = label("单位", "caption"), label("单位", "caption")
        left = label("文字", "caption")
        colours = theme.colours
        for words, style in (
            (known, f"border-bottom: 1px solid {colours['field']};"),
            (doubtful, f"background: {colours['warnBg']}; border-bottom: 2px solid {colours['warn']};"),
            (
                left,
                f"background: {colours['warnBg']}; border-left: 3px solid {colours['warn']}; padding: 0 4px;",
            ),
        ):
            words.setStyleSheet(f"color: {colours['text']}; {style}")
            words.setFixedHeight(theme.px(18))
        self._left_note = (left, label("没收进的", "caption", name="legend_left"))
        parts = (known, label("认出来的", "caption"), 4, doubtful, label("要您看的", "caption"), 4)
        bar.setLayout(row(*parts, *self._left_note, None, gap=5, margins=(16, 0, 8, 0)))
        return bar

    def _tools(self) -> QWidget:
        """What can be done with marked words, in the legend's place."""
        bar = footer_bar(self._context.icons)
        bar.setFixedHeight(self._context.theme.px(36))
        self._take = button("收作一条…", "smallOutlined", "source_take", self._make_measure)
        self._join = button("", "small", "source_join", self._join_selected)
        bar.setLayout(
            row(label("选中的文字", "caption"), self._take, self._join, None, margins=(16, 0, 8, 0))
        )
        return bar

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._appear)

    def _appear(self) -> None:
        """What was asked for just now is shown first, else the selected measure."""
        if self.text.flashed is not None:
            self.text.reveal(*self.text.flashed)
        else:
            self._follow()

    def refresh(self) -> None:
        draft = self._desk.draft
        self._name.setText(draft.file_name or "方案原文")
        marks = self._marks(draft)
        self.text.show_blocks(draft.source, marks)
        for part in self._left_note:
            part.setVisible(bool(marks.left))
        self._mark()

    def _marks(self, draft: PlanDraft) -> SourceMarks:
        from desktop.services.drafting_gaps import Standing, standings

        region = self._desk.region
        known = {d.name for m in draft.measures for d in m.duties if d.unit_codes}
        spellings = {s for unit in region.units for s in unit.spellings if len(s) > 2} if region else set()
        states = standings(draft)
        goals = "\n".join(t.text for t in self._desk.targets_at(GOALS) if t.text)
        front = {
            b.index
            for b in draft.source
            # Overall targets stand in front of the tasks, and are taken in.
            if states[b.index] is Standing.FRONT and not _holds_goal(b.text, goals)
        }
        left = {at for at, state in states.items() if state is Standing.LEFT}
        return SourceMarks(frozenset(known | spellings), self._doubtful(), frozenset(front), frozenset(left))

    def _doubtful(self) -> Mapping[int, tuple[str, ...]]:
        """Words to be marked, by block: of a measure's problems in its blocks, of the plan's own in front."""
        from desktop.services import drafting_gaps

        measures = {m.key: m for m in self._desk.draft.measures}
        begin = min((m.source[0] for m in measures.values() if m.source), default=0)
        found: dict[int, tuple[str, ...]] = {}
        for problem in self._desk.open_problems:
            texts = tuple(problem.facts[name] for name in _MARKED if problem.facts.get(name))
            if problem.code == drafting_gaps.CODE:
                # A stretch is marked as a whole; of a sentence its words are.
                texts = (problem.facts["words"],) if problem.facts.get("words") else ()
            if not texts or problem.code == "collective_term":
                continue
            measure = measures.get(problem.measure_key)
            place = measure.source if measure else (0, max(begin - 1, 0))
            for index in range(place[0], place[-1] + 1) if place else ():
                found[index] = found.get(index, ()) + texts
        return found

    def _follow(self) -> None:
        self._mark()
        measure = self._desk.measure
        if measure is not None and measure.source:
            self.text.reveal(measure.source[0], measure.source[-1])

    def _mark(self) -> None:
        measure = self._desk.measure
        source = measure.source if measure else ()
        self.text.select_blocks(source)
        self.show_page(source[0] if source else -1)

    def show_page(self, index: int) -> None:
        """Say on which page a block stands, where the form has pages."""
        pages = {block.index: block.page for block in self._desk.draft.source}
        last, page = max(pages.values(), default=0), pages.get(index, 0)
        self._page.setText(f"第{page}页，共{last}页" if page else "")

    def show_block(self, index: int) -> None:
        """Bring a place of the document into sight and frame it."""
        runs = [run for run in self.text.runs_left() if run[0] <= index <= run[1]]
        first, last = runs[0] if runs else (index, index)
        self.text.reveal(first, last)
        self.text.flash(first, last)
        self.show_page(index)

    # Marked words

    def _chosen(self, index: int) -> None:
        found = self._measures_at(index)
        if found and self._desk.key not in {m.key for m in found}:
            self._desk.select(found[0].key)

    def _measures_at(self, index: int) -> list[Measure]:
        measures = self._desk.draft.measures
        return [m for m in measures if m.source and m.source[0] <= index <= m.source[-1]]

    def _marked(self) -> None:
        chosen = self.text.selected_text()
        self._foot.setCurrentIndex(1 if chosen else 0)
        if chosen:
            measure = self._into()
            self._join.setVisible(measure is not None)
            if measure is not None:
                self._join.setText(f"并进{self._number(measure)}")

    def _into(self) -> Measure | None:
        """Where marked words would go: the selected measure."""
        return self._desk.measure

    def _number(self, measure: Measure) -> str:
        return spoken_number(labels_of(self._desk.draft.measures)[measure.key])

    def _menu(self, index: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("source_menu")
        if self.text.selected_text() is None and index >= 0:
            self._select_paragraphs(index)
        if self.text.selected_text() is not None:
            measure = self._into()
            offers = [("source_take_action", "收作一条…", self._make_measure)]
            if measure is not None:
                offers.append(("source_join_action", f"并进{self._number(measure)}", self._join_selected))
            offers.append(("source_copy_action", "复制", self.text.copy))
            for name, words, told in offers:
                action = QAction(words, menu)
                action.setObjectName(name)
                action.triggered.connect(lambda _=False, told=told: QTimer.singleShot(0, self, told))
                menu.addAction(action)
            menu.popup(place)

    def _select_paragraphs(self, index: int) -> None:
        """Mark a block's words, of a stretch left out the whole of it."""
        runs = [run for run in self.text.runs_left() if run[0] <= index <= run[1]]
        self.text.mark(*(runs[0] if runs else (index, index)))

    def _make_measure(self) -> None:
        from desktop.services import drafting_gaps, drafting_text, planning

        chosen, region = self.text.selected_text(), self._desk.region
        if chosen is None or region is None:
            return
        text, source = chosen
        found = drafting_text.measure_in(text, region, planning.lexicon_of((region,)))
        before = drafting_gaps.before(self._desk.draft, source[0])
        section = before.section if before else ""
        made = replace(found, source=source, section=section)
        self._acts.add(made, before.key if before else "")

    def _join_selected(self) -> None:
        from desktop.services import drafting_gaps

        chosen, measure = self.text.selected_text(), self._into()
        if chosen is not None and measure is not None:
            text, source = chosen
            said = f"文字并进{self._number(measure)}"
            key = measure.key
            self._desk.edit(lambda draft: drafting_gaps.take_in(draft, key, text, source), said)


def _holds_goal(text: str, goals: str) -> bool:
    """Whether one of the overall targets was read from this text."""
    plain = "".join(text.split())
    return any("".join(goal.split()) in plain for goal in goals.split("\n") if goal.strip())
