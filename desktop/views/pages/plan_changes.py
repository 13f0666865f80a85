"""比对: a new version of the plan beside the one in force; the officer says what became of each measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop.domain.changes import ChangeKind
from desktop.domain.errors import UserError
from desktop.domain.plan import Plan, PlanDraft
from desktop.domain.unit import Region
from desktop.views.context import Context, Question
from desktop.views.dialogs.counterpart import Candidate, ask_counterpart
from desktop.views.pages.plan_changes_detail import ChangeDetail
from desktop.views.pages.plan_changes_rows import OPEN, Change, Side, changes_of, counts, rows
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.drawer import Drawer
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, EmptyState
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import button, footer_bar, icon_button, label, pane
from desktop.wording.amending import KIND, counted, numbers


class ChangesReview(QWidget):
    """`backAsked` to the checking of the draft, `published(plan)` when the new version is in force."""

    backAsked = Signal()
    published = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._plan: Plan | None = None
        self._region: Region | None = None
        self._changes: tuple[Change, ...] = ()
        self._reported: Mapping[str, tuple[str, ...]] = {}
        self.setObjectName("plan_changes")
        self.desk = DraftDesk(context, self)
        self.detail = ChangeDetail(context)
        self._left = self._list_pane()
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._panes.setHandleWidth(1)
        self._panes.setChildrenCollapsible(False)
        for at, part in enumerate((self._left, self.detail)):
            self._panes.addWidget(part)
            self._panes.setStretchFactor(at, at)
        px = context.theme.px
        self._panes.setSizes([px(430), px(860)])
        context.settings.keep_splitter("plan_changes", self._panes)
        self.stale = Banner(context.icons, "warn")
        self.stale.setObjectName("changes_stale")
        self.stale.add_action("和现在的再比一次", self._compare_again, "outlined", "compare_again")
        self.setLayout(column(self.stale, self._panes, self._foot(), gap=0))
        self.layout().setStretch(1, 1)
        self._drawer = Drawer(self, self._left, px(400), lambda part: self._panes.insertWidget(0, part))
        self._listen()

    def _list_pane(self) -> QWidget:
        icons = self._context.icons
        self._count = label("", "strong", name="changes_count")
        self._left_over = label("", tone="text2", name="changes_left")
        self._search = SearchBox(icons, "筛选编号、文字")
        self._search.setObjectName("changes_search")
        self._chips = ChipRow(icons)
        self._chips.add("all", "全部")
        self._chips.add(OPEN, "等您定")
        self._kinds = {kind: self._chips.add(kind.value, word) for kind, word in KIND.items()}
        self.list = RowList(icons)
        self.list.setObjectName("changes_list")
        self.list.setAccessibleName("每条措施的改动")
        self._none = EmptyState(icons, "search", "", "", "看全部", self._show_all)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._none)
        head = row(self._count, None, self._left_over)
        made = pane("surface", "changes_left_pane")
        tools = column(head, self._search, self._chips, gap=8, margins=(12, 12, 12, 10))
        made.setLayout(column(tools, self._stack, gap=0))
        made.layout().setStretch(1, 1)
        made.setMinimumWidth(self._context.theme.px(260))
        made.setFocusProxy(self.list)
        return made

    def _foot(self) -> QWidget:
        icons = self._context.icons
        back = icon_button(icons, "back", "回到核对", name="changes_back", clicked=self.backAsked.emit)
        self._undo = button("撤销上一步", "smallLink", "changes_undo", self.undo)
        self._undo.setToolTip("Ctrl+Z")
        self._note = label("现在只是预览，还没有发布", "caption", name="changes_note")
        self._why = label("", "caption", name="changes_why")
        self._publish = button("", "primary", "publish_version", self._ask, "Ctrl+Enter")
        foot = footer_bar(icons)
        foot.setFixedHeight(self._context.theme.space("footer"))
        foot.setLayout(
            row(back, self._note, self._undo, None, self._why, self._publish, gap=12, margins=(14, 0, 14, 0))
        )
        return foot

    def _listen(self) -> None:
        self.desk.changed.connect(self._refresh)
        self._chips.changed.connect(lambda _: self._fill())
        self._search.changed.connect(lambda _: self._fill())
        self._search.left.connect(self.list.setFocus)
        self.list.chosen.connect(lambda _: self._show())
        self.detail.confirmed.connect(self.confirm)
        self.detail.parted.connect(self.part)
        self.detail.otherAsked.connect(self.ask_other)
        for told in (self.list.clicked, self.list.opened):
            told.connect(lambda _: self._drawer.close())
        self.detail.list_button.clicked.connect(self._drawer.toggle)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self._drawer.toggle)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A double click is no word: only Enter says that it is so.
            enter = QShortcut(QKeySequence(key), self.list)
            enter.setContext(Qt.ShortcutContext.WidgetShortcut)
            enter.activated.connect(self.confirm)

    def set_narrow(self, narrow: bool) -> None:
        self._note.setVisible(not narrow)
        px = self._context.theme.px
        self._panes.setSizes([px(340), px(670)] if narrow else [px(430), px(860)])

    def set_compact(self, compact: bool) -> None:
        """Below 1000 px the list folds; Ctrl+L and the button at the change's name open it over the texts."""
        self._drawer.set_folded(compact)
        self.detail.list_button.setVisible(compact)

    # What is shown

    def load(self, draft_id: str, draft: PlanDraft, region: Region) -> None:
        """Take up an amending draft that is kept in the workspace, compared anew where it was edited."""
        from desktop.services import amending, planning, reported

        store = self._context.store
        assert store is not None
        self._region = region
        self._plan = amending.compared_with(store, draft)
        self._reported = reported.units_by_measure(store, draft.amends)
        now = store.plans.get(draft.amends).version
        self.stale.say(
            "warn", f"比对以后，方案已经是第{now}版了", "分派改过了。再和现在的比一次，定过的都留着。"
        )
        self.stale.setVisible(now != self._plan.version)
        again = amending.refreshed(draft, self._plan)
        if again != draft:
            planning.keep_draft(store, draft_id, again, self._context.now())
        self.desk.load(draft_id, again, region)

    def select(self, key: str) -> None:
        """Show the change that a measure belongs to, whichever version it is of."""
        found = next((c for c in self._changes if key in (*c.match.old, *c.match.new)), None)
        if found is not None and not self.list.choose(found.key):
            self._show_all()
            self.list.choose(found.key)

    def _refresh(self) -> None:
        if self._plan is None or not self.desk.draft.amends:
            return
        self._changes = changes_of(self._plan, self.desk.draft)
        found = counts(self._changes)
        self._count.setText(f"和第{self._plan.version}版相比")
        left = found[OPEN]
        self._left_over.setText(f"还有{left}条等您定" if left else "都定好了")
        for chip, count in found.items():
            self._chips.set_count(chip, count)
        for kind, chip in self._kinds.items():
            chip.setVisible(bool(found[kind.value]) or self._chips.key == kind.value)
        self._say_foot(left)
        self._fill()

    def _say_foot(self, left: int) -> None:
        assert self._plan is not None
        same = all(change.kind is ChangeKind.UNCHANGED for change in self._changes)
        stale = not self.stale.isHidden()
        self._publish.setText(f"发布第{self._plan.version + 1}版")
        self._publish.setEnabled(not left and not same and not stale)
        why = f"还有{left}条等您定，定完才能发布" if left else "和现在的完全一样，不用发布" if same else ""
        self._why.setText(why)
        self._undo.setVisible(self.desk.can_undo)

    def _fill(self) -> None:
        words = self._search.text().split()
        key = self.list.key
        self.list.set_rows(rows(self._changes, self._chips.key, words))
        if not self.list.keys:
            done = self._chips.key == OPEN and not words
            title = "都定好了" if done else f"没有符合“{self._search.text().strip()}”的措施"
            text = "没有要您定的了，可以发布。" if done else f"{len(self._changes)}条都还在，只是没显示。"
            self._none.say(title, text, "看全部")
        self._stack.setCurrentWidget(self.list if self.list.keys else self._none)
        if self.list.key != key or not key:
            self._first()
        self._show()

    def _first(self) -> None:
        """The first change that is open, or simply the first."""
        opened = [c.key for c in self._changes if c.open and c.key in self.list.keys]
        if self.list.key not in self.list.keys and self.list.keys:
            self.list.choose((opened or self.list.keys)[0], tell=False)

    def _show_all(self) -> None:
        self._chips.choose("all")
        self._search.clear()
        self._fill()
        self.list.setFocus()

    @property
    def change(self) -> Change | None:
        """The change that is shown."""
        return next((c for c in self._changes if c.key == self.list.key), None)

    def _show(self) -> None:
        if self._plan is None or self._region is None:
            return
        change = self.change
        codes = {code for key in (change.match.old if change else ()) for code in self._reported.get(key, ())}
        names = [unit.short_name for unit in self._region.units if unit.code in codes]
        self.detail.show_change(change, self._plan.version, names)

    # What the officer says

    def confirm(self) -> None:
        """It is so; on to the next that is open."""
        from desktop.services import amending

        change = self.change
        if change is None:
            return
        following = self._next_open(change.key)
        if change.open:
            self.desk.edit(lambda draft: amending.confirm(draft, change.match))
        if following:
            self.list.choose(following)

    def _next_open(self, key: str) -> str:
        """The open change that comes after this one in the list, from the top again at the end."""
        opened = {c.key for c in self._changes if c.open and c.key != key}
        keys = self.list.keys
        at = keys.index(key) + 1 if key in keys else 0
        return next((k for k in (*keys[at:], *keys[:at]) if k in opened), "")

    def part(self) -> None:
        """They are not the same: dropped and new."""
        from desktop.services import amending

        change, plan = self.change, self._plan
        if change is not None and plan is not None and change.old and change.new:
            self.desk.edit(lambda draft: amending.part(draft, plan, change.match))
            self.select(change.match.old[0])

    def undo(self) -> None:
        """One step back; what it was about is shown."""
        before = self._changes
        self.desk.undo()
        changed = next((c.key for c in self._changes if c not in before), "")
        if changed:
            self.list.choose(changed)

    def ask_other(self) -> None:
        """Which measure of the other version it is."""
        change = self.change
        if change is None or len(change.old) > 1 or len(change.new) > 1:
            return
        others = [c for c in self._changes if c is not change]
        if change.old:
            title = f"原{numbers(change.old_labels)}是新版本的哪一条"
            found = [_candidate(s, c.old_labels, "原", "并成这一条") for c in others for s in c.new]
            ask_counterpart(self._context, self, title, _by_number(found), self._paired_with_new)
        else:
            title = f"新的{numbers(change.new_labels)}是原来的哪一条"
            found = [_candidate(s, c.new_labels, "新的", "都出自这一条") for c in others for s in c.old]
            ask_counterpart(self._context, self, title, _by_number(found), self._paired_with_old)

    def _paired_with_new(self, key: str, together: bool) -> None:
        change = self.change
        if change is not None and key:
            held = next((c for c in self._changes if key in c.match.new), None)
            old = (*(held.match.old if held and together else ()), *change.match.old)
            self._pair(tuple(dict.fromkeys(old)), (key,))

    def _paired_with_old(self, key: str, together: bool) -> None:
        change = self.change
        if change is not None and key:
            held = next((c for c in self._changes if key in c.match.old), None)
            new = (*(held.match.new if held and together else ()), *change.match.new)
            self._pair((key,), tuple(dict.fromkeys(new)))

    def _pair(self, old: tuple[str, ...], new: tuple[str, ...]) -> None:
        from desktop.services import amending

        plan = self._plan
        if plan is not None and self.desk.edit(lambda draft: amending.pair(draft, plan, old, new)):
            self.select(new[0])
            self.list.setFocus()

    def _compare_again(self) -> None:
        from desktop.services import amending

        store, region = self._context.store, self._region
        assert store is not None and region is not None
        draft = self.desk.draft
        if self._tried(lambda: self.desk.edit(lambda d: amending.compare_with(store, d, draft.amends))):
            self.load(self.desk.draft_id, self.desk.draft, region)

    def _ask(self) -> None:
        plan = self._plan
        if plan is None or not self._publish.isEnabled():
            return
        said = counted(c.kind for c in self._changes)
        asked = Question(
            f"发布第{plan.version + 1}版？",
            f"{said}。季报里填过的都跟着自己的那一条走。发布后先看分派，再下发；没有下发，各单位看到的还是旧的。",
            f"发布第{plan.version + 1}版",
            "再看看",
        )
        if self._context.ask(asked):
            self._tried(self._go)

    def _go(self) -> None:
        from desktop.services import amending

        store, context = self._context.store, self._context
        assert store is not None
        made = amending.publish_amendment(store, self.desk.draft_id, context.actor, context.now())
        self.desk.forget()
        self.published.emit(made)

    def _tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            self._context.show_error(error)
            return False
        return True


def _candidate(side: Side, beyond: tuple[str, ...], whose: str, how: str) -> Candidate:
    """A measure of the other version; `beyond` are the numbers that it stands for now."""
    key, title = side.measure.key, side.measure.title
    if not beyond:
        return Candidate(key, side.label, title)
    held = f"{whose}{numbers(beyond)}"
    return Candidate(key, side.label, title, f"现在对应{held}", f"和{held}一起，{how}")


def _by_number(found: list[Candidate]) -> list[Candidate]:
    """In the order of their numbers; what has none stands last, as it came."""
    return sorted(
        found, key=lambda c: [int(part) if part.isdecimal() else 9999 for part in c.label.split("-")]
    )
