"""What can be done with a measure: changed, split, joined, moved, added, taken out; by menu, button and key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.plan import Measure, PlanDraft, PlanProblem
from desktop.domain.targets import Target
from desktop.views.context import Context, Question
from desktop.views.dialogs.measure_editor import MeasureEditor, MeasureWords
from desktop.views.dialogs.measure_splitter import MeasureSplitter
from desktop.views.dialogs.target_editor import TargetEditor
from desktop.views.pages.plan_desk import DraftDesk, labels_of, spoken_number
from desktop.views.pages.plan_questions import GOALS


@dataclass(frozen=True)
class Act:
    """A line of the menu: its words, its keys, what it does, and whether that can be done now."""

    name: str
    words: str
    keys: str
    do: Callable[[], object]
    able: bool = True


class MeasureActs(QObject):
    """Everything works on the selected measure."""

    def __init__(self, context: Context, desk: DraftDesk, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._desk, self._page = context, desk, page
        for act in self.acts():
            if act.keys and act.keys != "Del":
                shortcut = QShortcut(QKeySequence(act.keys), page)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(lambda name=act.name: self.run(name))

    def acts(self) -> tuple[Act, ...]:
        """What the menu offers for the selected measure."""
        above, below = self._neighbour(-1), self._neighbour(1)
        here = self._desk.measure
        numbers = labels_of(self._desk.draft.measures)

        def joined(other: Measure | None, where: str) -> str:
            return f"和{where}（{spoken_number(numbers[other.key])}）合并" if other else f"和{where}合并"

        content = here.content if here else ""
        paragraphs = len([line for line in content.split("\n") if line.strip()])
        return (
            Act("edit", "改文字和编号…", "F2", self.edit, here is not None),
            Act("split", "拆成两条…", "Ctrl+B", self.split, bool(content.strip())),
            Act("split_paragraphs", f"每段一条（{paragraphs}条）", "", self.split_all, paragraphs > 1),
            Act("join_above", joined(above, "上一条"), "Ctrl+Shift+J", lambda: self.join(-1), bool(above)),
            Act("join_below", joined(below, "下一条"), "Ctrl+J", lambda: self.join(1), bool(below)),
            Act("up", "上移一条", "Alt+Shift+Up", lambda: self.step(-1), bool(above)),
            Act("down", "下移一条", "Alt+Shift+Down", lambda: self.step(1), bool(below)),
            Act("add", "在后面加一条…", "Ins", self.add, True),
            Act("add_target", "加指标…", "", self.add_target, here is not None or self._desk.key == GOALS),
            Act("release", "不是措施，退回原文", "", self.release, here is not None),
            Act("remove", "删掉这条", "Del", self.remove, here is not None),
        )

    def run(self, name: str) -> None:
        """Do it, if it can be done now."""
        for act in self.acts():
            if act.name == name and act.able:
                act.do()

    def menu(self, parent: QWidget) -> QMenu:
        """The acts as a menu, made anew for the measure that is selected."""
        menu = QMenu(parent)
        menu.setObjectName("measure_menu")
        for act in self.acts():
            if act.name == "split_paragraphs" and not act.able:
                continue
            action = QAction(act.words, menu)
            action.setObjectName(f"act_{act.name}")
            action.setEnabled(act.able)
            if act.keys:
                # Shown only: the page's own shortcuts do the work, and two of one key do nothing.
                action.setText(f"{act.words}\t{_shown(act.keys)}")
            action.triggered.connect(
                lambda _=False, name=act.name: QTimer.singleShot(0, self, lambda: self.run(name))
            )
            menu.addAction(action)
            if act.name in ("split_paragraphs", "join_below", "down", "add_target") or (
                act.name == "split" and not _able(self.acts(), "split_paragraphs")
            ):
                menu.addSeparator()
        return menu

    def pop_up(self, place: QPoint) -> None:
        """The menu beside the mouse."""
        menu = self.menu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    # Words and make-up

    def edit(self) -> None:
        measure = self._desk.measure
        if measure is None:
            return
        key, number = measure.key, self._number(measure)
        editor = MeasureEditor(self._context, measure, f"改{number}", self._page)
        editor.edited.connect(
            lambda words: self._edit(lambda draft: _reworded(draft, key, words), f"改{number}")
        )
        editor.open()

    def split(self) -> None:
        from desktop.services import drafting_structure

        measure = self._desk.measure
        if measure is None or not measure.content.strip():
            return
        key, number = measure.key, self._number(measure)
        splitter = MeasureSplitter(self._context, measure, number, self._page)
        splitter.cut.connect(
            lambda at, title: self._edit(
                lambda draft: drafting_structure.split_measure(draft, key, at, title), f"{number}拆成两条"
            )
        )
        splitter.open()

    def split_all(self) -> None:
        from desktop.services import drafting_structure

        measure = self._desk.measure
        if measure is not None:
            said = f"{self._number(measure)}每段一条"
            self._edit(lambda draft: drafting_structure.split_by_paragraph(draft, measure.key), said)

    def join(self, by: int) -> None:
        from desktop.services import drafting_structure

        measure, other = self._desk.measure, self._neighbour(by)
        if measure is not None and other is not None:
            first = other if by < 0 else measure
            said = f"{self._number(measure)}和{self._number(other)}合并"
            keys = [measure.key, other.key]
            if self._edit(lambda draft: drafting_structure.merge_measures(draft, keys), said):
                self._desk.select(first.key)

    def step(self, by: int) -> None:
        from desktop.services import drafting_structure

        measure = self._desk.measure
        if measure is not None:
            said = f"{self._number(measure)}{'上移' if by < 0 else '下移'}"
            self._edit(lambda draft: drafting_structure.step_measure(draft, measure.key, by), said)

    def move(self, key: str, before: str) -> None:
        """Put a measure before another, or at the end: what a drop does."""
        from desktop.services import drafting_structure

        numbers = labels_of(self._desk.draft.measures)
        if key in numbers and (before in numbers or not before):
            said = f"移动{spoken_number(numbers[key])}"
            self._desk.select(key)
            self._edit(lambda draft: drafting_structure.move_measure(draft, key, before), said)

    def add(self, found: Measure | None = None, after: str = "", answers: PlanProblem | None = None) -> None:
        """A measure more behind another, the selected one if none is named.

        `found` was read from the document; `answers` is the question that this settles.
        """
        here = next((m for m in self._desk.draft.measures if m.key == (after or self._desk.key)), None)
        blank = found or Measure("", here.task_no if here else "1", 1, here.section if here else "", "", "")
        if not blank.task_no:
            blank = replace(blank, task_no=self._free_number(here))
        title = "把这段文字收作一条" if found else "加一条"
        editor = MeasureEditor(self._context, blank, title, self._page, new=True)
        editor.edited.connect(lambda words: self._add(words.on(blank), here.key if here else "", answers))
        editor.open()

    def _add(self, made: Measure, after: str, answers: PlanProblem | None) -> None:
        from desktop.services import drafting, drafting_gaps, drafting_structure, planning

        region = self._desk.region
        assert region is not None

        def added(draft: PlanDraft) -> PlanDraft:
            asked = drafting.settle(draft, answers) if answers else draft
            whole = drafting_structure.add_measure(asked, made, after)
            return planning.resolve(drafting_gaps.answered(whole, made.source), region)

        before = set(self._desk.keys)
        if self._edit(added, f"加{spoken_number(made.task_no)}"):
            self._desk.select(next((key for key in self._desk.keys if key not in before), after))

    def release(self) -> None:
        from desktop.services import drafting_gaps

        measure = self._desk.measure
        if measure is not None:
            said = f"{self._number(measure)}退回原文"
            done = self._edit(lambda draft: drafting_gaps.release_measure(draft, measure.key), said)
            if done and measure.source:
                # Behind the following of the new selection, so that one sees where the words went.
                QTimer.singleShot(0, self, lambda: self._desk.shown.emit(measure.source[0]))

    def remove(self) -> None:
        from desktop.services import drafting_structure

        measure = self._desk.measure
        if measure is None:
            return
        number = self._number(measure)
        asked = Question(
            f"删掉{number}？",
            f"“{measure.title}”和它的指标都不导入。可以用“撤销”放回来。",
            "删掉这条",
            dangerous=True,
        )
        if self._context.ask(asked):
            said = f"删掉{number}"
            self._edit(lambda draft: drafting_structure.remove_measure(draft, measure.key), said)

    # Figures

    def add_target(self) -> None:
        from desktop.services import drafting_targets

        region, measure = self._desk.region, self._desk.measure
        assert region is not None
        blank = drafting_targets.blank_target(self._desk.draft, measure.key if measure else "")
        editor = TargetEditor(
            self._context, blank, region, self._page, new=True, plan_title=self._desk.draft.title
        )
        editor.edited.connect(
            lambda made: self._edit(
                lambda draft: drafting_targets.add_target(draft, made), f"加指标“{made.indicator}”"
            )
        )
        editor.open()

    def edit_target(self, target: Target) -> None:
        from desktop.services import drafting_targets

        region = self._desk.region
        assert region is not None
        editor = TargetEditor(self._context, target, region, self._page, plan_title=self._desk.draft.title)
        editor.edited.connect(
            lambda made: self._edit(
                lambda draft: drafting_targets.edit_target(draft, made), f"改指标“{made.indicator}”"
            )
        )
        editor.open()

    def drop_target(self, target: Target) -> None:
        from desktop.services import drafting_targets

        said = f"去掉指标“{target.indicator}”"
        self._edit(lambda draft: drafting_targets.remove_target(draft, target.key), said)

    def _edit(self, change: Callable[[PlanDraft], PlanDraft], said: str) -> bool:
        done = self._desk.edit(change, said)
        self._desk.moved.emit()
        return done

    def _free_number(self, here: Measure | None) -> str:
        """The number that a measure behind this one most likely has: the next where that is free, else the same."""
        number = here.task_no if here else "0"
        following = str(int(number) + 1) if number.isdigit() else number
        taken = {m.task_no for m in self._desk.draft.measures}
        return following if following not in taken else number

    def _number(self, measure: Measure) -> str:
        return spoken_number(labels_of(self._desk.draft.measures)[measure.key])

    def _neighbour(self, by: int) -> Measure | None:
        measures, here = self._desk.draft.measures, self._desk.measure
        if here is None:
            return None
        at = measures.index(here) + by
        return measures[at] if 0 <= at < len(measures) else None


def _reworded(draft: PlanDraft, key: str, words: MeasureWords) -> PlanDraft:
    from desktop.services import drafting, drafting_structure

    draft = drafting.edit_measure(draft, key, words.title, words.content, words.deadline, words.remark)
    draft = drafting.edit_section(draft, key, words.section)
    measure = drafting_structure.measure_of(draft, key)
    if (words.task_no, words.part) == (measure.task_no, measure.part):
        return draft
    return drafting_structure.renumber(draft, key, words.task_no, words.part)


def _able(acts: tuple[Act, ...], name: str) -> bool:
    return any(act.name == name and act.able for act in acts)


def _shown(keys: str) -> str:
    """Keys as a Chinese keyboard names them."""
    return keys.replace("Up", "↑").replace("Down", "↓").replace("Ins", "Insert").replace("Del", "Delete")
