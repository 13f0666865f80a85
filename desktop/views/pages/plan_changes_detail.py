"""One change in full: the words before beside the words now, what differs marked, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.changes import ChangeKind
from desktop.domain.plan import DutyRole
from desktop.views.context import Context
from desktop.views.models.diff import Run, beside, names_beside
from desktop.views.pages.plan_changes_list import on_enter
from desktop.views.pages.plan_changes_rows import Change, Side
from desktop.views.widgets.diff_label import DiffLabel
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, icon_button, label, page_bar, pane, rule
from desktop.wording import amending as words
from desktop.wording.terms import ROLE, goal

Field = tuple[str, tuple[Run, ...]]


class ChangeDetail(QWidget):
    """`confirmed`, `parted` and `otherAsked` when the officer says that it is so, that it is not, that it is another."""

    confirmed = Signal()
    parted = Signal()
    otherAsked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: object = None
        icons, px = context.icons, context.theme.px
        self.list_button = icon_button(icons, "list", "全部改动（Ctrl+L）", "icon", "open_changes")
        self.list_button.hide()
        self._kind = label("", "strong", name="change_kind")
        self._moved = label("", tone="text2", name="change_moved")
        self.confirm = button("就是这样", "outlined", "change_confirm", self.confirmed.emit)
        self.confirm.setToolTip("回车")
        self.part = button("不是同一条", name="change_part", clicked=self.parted.emit)
        self.other = button("改为对应…", name="change_other", clicked=self.otherAsked.emit)
        head = page_bar(icons)
        head.setLayout(
            row(
                *(self.list_button, self._kind, self._moved, None, self.part, self.other, self.confirm),
                gap=8,
                margins=(16, 0, 12, 0),
            )
        )
        self._meaning = label("", tone="text2", name="change_meaning", wrap=True)
        self._follows = label("", tone="text2", name="change_follows", wrap=True)
        self._body = column(gap=12, margins=(16, 12, 16, 20))
        ground = pane("surface")
        ground.setLayout(self._body)
        self.scroll = Scroll()
        self.scroll.setObjectName("change_text")
        self.scroll.setAccessibleName("原来和现在")
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(ground)
        on_enter(self.scroll, self.confirmed)
        note = pane("surface2")
        note.setLayout(column(self._meaning, self._follows, gap=2, margins=(16, 8, 16, 10)))
        self.setLayout(column(head, note, rule(), self.scroll, gap=0))
        self.layout().setStretch(3, 1)
        self.setMinimumWidth(px(420))

    def show_change(self, change: Change | None, version: int, units: Sequence[str]) -> None:
        """A change; `version` is the one in force, `units` the names of those who have reported on it."""
        state = (change, version, tuple(units))
        if state == self._shown:
            return
        self._shown = state
        clear(self._body)
        for made in (self.confirm, self.part, self.other):
            made.setVisible(change is not None)
        if change is None:
            for text in (self._kind, self._moved, self._meaning, self._follows):
                text.setText("")
            return
        kind = change.kind
        self._kind.setText(words.KIND[kind])
        self._moved.setText(words.moved(kind, change.old_labels, change.new_labels))
        self._meaning.setText(words.meaning(kind, change.old_labels, change.new_labels))
        self._follows.setText(words.follows(kind, units, change.new_labels))
        self.confirm.setVisible(change.open)
        self.part.setVisible(bool(change.old and change.new) and kind is not ChangeKind.UNCHANGED)
        self.other.setVisible(len(change.old) < 2 and len(change.new) < 2)
        self._fill(change, version)
        self.scroll.verticalScrollBar().setValue(0)

    def _fill(self, change: Change, version: int) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._context.theme.px(16))
        grid.setVerticalSpacing(self._context.theme.px(8))
        grid.setContentsMargins(0, 0, 0, 0)
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        grid.addWidget(label(f"第{version}版", "label"), 0, 1)
        grid.addWidget(label(f"第{version + 1}版", "label"), 0, 2)
        left, right = fields_of(change)
        if len(change.old) == len(change.new) == 1:
            grid.setColumnMinimumWidth(0, self._context.theme.px(36))
            self._pairs(grid, left[0], right[0])
        else:
            self._stacks(grid, left, right, change)
        self._body.addLayout(grid)
        self._body.addStretch(1)

    def _pairs(self, grid: QGridLayout, left: Sequence[Field], right: Sequence[Field]) -> None:
        """Field beside field, each line as high as the longer side needs."""
        for at, ((name, before), (_, after)) in enumerate(zip(left, right, strict=True), 1):
            if before or after:
                caption = label(name, "label")
                caption.setContentsMargins(0, 2, 0, 0)
                grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
                quiet = all(run.kind == "same" for run in (*before, *after))
                for place, runs in ((1, before), (2, after)):
                    grid.addWidget(self._words(runs, name, quiet), at, place, Qt.AlignmentFlag.AlignTop)

    def _stacks(
        self,
        grid: QGridLayout,
        left: Sequence[Sequence[Field]],
        right: Sequence[Sequence[Field]],
        change: Change,
    ) -> None:
        """Several measures of a side under each other."""
        sides = ((1, left, change.old_labels), (2, right, change.new_labels))
        for place, parts, labels in sides:
            stack = column(gap=10)
            for fields, number in zip(parts, labels, strict=True):
                stack.addWidget(self._card(number, fields))
            if not parts:
                stack.addWidget(label("没有" if place == 2 else "原来没有", tone="text3"))
            stack.addStretch(1)
            grid.addLayout(stack, 1, place)

    def _card(self, number: str, fields: Sequence[Field]) -> QWidget:
        made = pane("quietCard")
        lines = column(label(words.numbers((number,)), "captionStrong"), gap=6, margins=(10, 8, 10, 10))
        for name, runs in fields:
            if runs:
                text = self._words(runs, name)
                if name in _PLAIN:
                    lines.addWidget(text)
                else:
                    caption = label(name, "label")
                    caption.setFixedWidth(self._context.theme.px(36))
                    caption.setContentsMargins(0, 2, 0, 0)
                    line = row(caption, text, gap=8)
                    line.setAlignment(caption, Qt.AlignmentFlag.AlignTop)
                    line.setStretch(1, 1)
                    lines.addLayout(line)
        made.setLayout(lines)
        return made

    def _words(self, runs: tuple[Run, ...], name: str, quiet: bool = False) -> QWidget:
        """A field's words; `quiet` where nothing of it changed, so that the eye finds what did."""
        if not runs:
            return label("没有", tone="text3")
        made = DiffLabel(self._context.icons)
        made.set_runs(runs)
        if name == "标题":
            made.setProperty("role", "strong")
        elif quiet:
            made.setProperty("tone", "text2")
        return made


_PLAIN = ("标题", "内容")
_ROLES = {DutyRole.SHARED: "分工"}


def fields_of(change: Change) -> tuple[list[list[Field]], list[list[Field]]]:
    """What each measure of both sides says, field by field, with what the other side does not say marked."""
    left: list[list[Field]] = [[] for _ in change.old]
    right: list[list[Field]] = [[] for _ in change.new]

    def put(name: str, both: tuple[Sequence[tuple[Run, ...]], Sequence[tuple[Run, ...]]]) -> None:
        for fields, runs in (*zip(left, both[0], strict=True), *zip(right, both[1], strict=True)):
            # Words that stand against nothing are easier to read without marks.
            alone = not (change.old and change.new)
            fields.append((name, tuple(Run("same", r.text) for r in runs) if alone else runs))

    def text(name: str, says: Callable[[Side], str]) -> None:
        put(name, beside([says(s) for s in change.old], [says(s) for s in change.new]))

    def names(name: str, says: Callable[[Side], Sequence[str]], between: str = "、") -> None:
        before, after = ([n for s in sides for n in says(s)] for sides in (change.old, change.new))
        put(
            name,
            (
                [names_beside(says(s), after, between)[0] for s in change.old],
                [names_beside(before, says(s), between)[1] for s in change.new],
            ),
        )

    text("标题", lambda side: side.measure.title)
    text("内容", lambda side: side.measure.content)
    for role in DutyRole:
        names(_ROLES.get(role, ROLE[role]), lambda side, role=role: side.measure.names(role))
    text("时限", lambda side: side.measure.deadline)
    text("备注", lambda side: side.measure.remark)
    names("指标", _goals, "\n")
    return left, right


def _goals(side: Side) -> list[str]:
    return [
        f"{t.indicator}　{goal(t.comparator, t.value, t.unit)}　{t.deadline}".rstrip("　")
        for t in side.targets
    ]
