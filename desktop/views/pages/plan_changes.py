"""比对: a new version of the plan beside the one in force; the officer says what became of each measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.domain.changes import ChangeKind
from desktop.domain.errors import UserError
from desktop.domain.plan import Plan, PlanDraft
from desktop.domain.unit import Region
from desktop.views.context import Context, Question
from desktop.views.dialogs.counterpart import ask_counterpart
from desktop.views.pages.plan_changes_detail import ChangeDetail
from desktop.views.pages.plan_changes_list import ChangesList
from desktop.views.pages.plan_changes_pairing import counterparts, pairing
from desktop.views.pages.plan_changes_rows import Change, changes_of, much_alike
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.widgets.drawer import Drawer
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import button, footer_bar, icon_button, label
from desktop.wording.amending import counted, moved, numbers


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
        self.list = ChangesList(context)
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._panes.setHandleWidth(1)
        self._panes.setChildrenCollapsible(False)
        for at, part in enumerate((self.list, self.detail)):
            self._panes.addWidget(part)
            self._panes.setStretchFactor(at, at)
        px = context.theme.px
        self._panes.setSizes([px(430), px(860)])
        context.settings.keep_splitter("plan_changes", self._panes)
        self.stale = Banner(context.icons, "warn")
        self.stale.setObjectName("changes_stale")
        self.stale.add_action("和现在的再比一次", self._compare_again, "outlined", "compare_again")
        self.strange = Banner(context.icons, "warn")
        self.strange.setObjectName("changes_strange")
        self.setLayout(column(self.stale, self.strange, self._panes, self._foot(), gap=0))
        self.layout().setStretch(2, 1)
        self._drawer = Drawer(self, self.list, px(400), lambda part: self._panes.insertWidget(0, part))
        self._listen()

    def _foot(self) -> QWidget:
        icons = self._context.icons
        back = icon_button(icons, "back", "回到核对", name="changes_back", clicked=self.backAsked.emit)
        self._undo = button("撤销上一步", "smallLink", "changes_undo", self.undo)
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
        self.list.chosen.connect(self._show)
        self.list.confirmed.connect(self.confirm)
        self.list.allConfirmed.connect(self.confirm_alike)
        self.detail.confirmed.connect(self.confirm)
        self.detail.parted.connect(self.part)
        self.detail.otherAsked.connect(self.ask_other)
        self.list.rows.clicked.connect(lambda _: self._drawer.close())
        self.detail.list_button.clicked.connect(self._drawer.toggle)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self._drawer.toggle)
        for keys, told in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("F6", self._next_pane),
            ("Alt+Up", lambda: self.list.rows.step(-1)),
            ("Alt+Down", lambda: self.list.rows.step(1)),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(told)

    def set_narrow(self, narrow: bool) -> None:
        self._note.setVisible(not narrow)
        px = self._context.theme.px
        self._panes.setSizes([px(340), px(670)] if narrow else [px(430), px(860)])

    def set_compact(self, compact: bool) -> None:
        """Below 1000 px the list folds; Ctrl+L and the button at the change's name open it over the texts."""
        self._drawer.set_folded(compact)
        self.detail.list_button.setVisible(compact)

    def take_focus(self) -> None:
        """To the list, or where it is folded to the texts; Enter is the officer's word in both."""
        (self.detail.scroll if self._drawer.folded else self.list.rows).setFocus()

    # What is shown

    def load(self, draft_id: str, draft: PlanDraft, region: Region) -> None:
        """Take up an amending draft that is kept in the workspace, compared anew where it was edited."""
        from desktop.services import amending, planning, reported

        store = self._context.open_store
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
        self._say_strange()

    def _say_strange(self) -> None:
        """Where hardly a measure is found again, it may be another plan's document."""
        assert self._plan is not None
        total, known = len(self._plan.measures), sum(len(c.old) for c in self._changes if c.new)
        self.strange.say(
            "warn",
            f"“{self._plan.title}”的{total}条里，新文件只有{known}条对得上",
            "如果选错了文件，请回到核对，换一个文件。",
        )
        self.strange.setVisible(known * 4 < total)

    def select(self, key: str) -> None:
        """Show what became of a measure of the draft."""
        self._show_change(lambda change: key in change.match.new)

    def _show_change(self, wanted: Callable[[Change], bool]) -> None:
        self.list.show_change(next((c.key for c in self._changes if wanted(c)), ""))

    def _refresh(self) -> None:
        if self._plan is None or not self.desk.draft.amends:
            return
        self._changes = changes_of(self._plan, self.desk.draft)
        self.list.show_changes(self._changes, self._plan.version)
        left = sum(change.open for change in self._changes)
        same = all(change.kind is ChangeKind.UNCHANGED for change in self._changes)
        self._publish.setText(f"发布第{self._plan.version + 1}版")
        self._publish.setEnabled(not left and not same and self.stale.isHidden())
        why = f"还有{left}条等您定，定完才能发布" if left else "和现在的完全一样，不用发布" if same else ""
        self._why.setText(why)
        self._undo.setVisible(self.desk.can_undo)
        self._undo.setToolTip(f"{self.desk.undoes}（Ctrl+Z）")

    def _show(self) -> None:
        if self._plan is None or self._region is None:
            return
        change = self.list.change
        codes = {code for key in (change.match.old if change else ()) for code in self._reported.get(key, ())}
        names = [unit.short_name for unit in self._region.units if unit.code in codes]
        self.detail.show_change(change, self._plan.version, names)

    # What the officer says

    def confirm(self) -> None:
        """It is so; on to the next that is open."""
        from desktop.services import amending

        change = self.list.change
        if change is None:
            return
        following = self.list.next_open()
        if change.open:
            said = f"定下{moved(change.kind, change.old_labels, change.new_labels)}"
            self.desk.edit(lambda draft: amending.confirm(draft, change.match), said)
        if following:
            self.list.show_change(following)

    def confirm_alike(self) -> None:
        """It is so of all that are much alike."""
        from desktop.services import amending

        matches = [change.match for change in much_alike(self._changes)]
        self.desk.edit(lambda draft: amending.confirm_all(draft, matches), f"定下{len(matches)}条")

    def part(self) -> None:
        """They are not the same: dropped and new."""
        from desktop.services import amending

        change, plan = self.list.change, self._plan
        if change is not None and plan is not None and change.old and change.new:
            said = f"{numbers(change.old_labels)}不是{numbers(change.new_labels)}"
            self.desk.edit(lambda draft: amending.part(draft, plan, change.match), said)
            self._show_change(lambda made: change.match.old[0] in made.match.old)

    def undo(self) -> None:
        """One step back; what it was about is shown."""
        self._turn(self.desk.undo)

    def redo(self) -> None:
        """One step forth again."""
        self._turn(self.desk.redo)

    def _turn(self, step: Callable[[], object]) -> None:
        before = self._changes
        step()
        self._show_change(lambda change: change not in before)

    def _next_pane(self) -> None:
        """F6: from the list to the texts, and back."""
        (self.detail.scroll if self.list.rows.hasFocus() else self.list.rows).setFocus()

    def ask_other(self) -> None:
        """Which measure of the other version it is."""
        change = self.list.change
        if change is None or len(change.old) > 1 or len(change.new) > 1:
            return
        title, candidates = counterparts(self._changes, change)
        ask_counterpart(self._context, self, title, candidates, self._chosen)

    def _chosen(self, key: str, together: bool) -> None:
        change = self.list.change
        if change is not None and key:
            self._pair(*pairing(self._changes, change, key, together))

    def _pair(self, old: tuple[str, ...], new: tuple[str, ...]) -> None:
        from desktop.services import amending

        plan = self._plan
        if plan is None:
            return
        if self.desk.edit(lambda draft: amending.pair(draft, plan, old, new), "改为对应另一条"):
            self.select(new[0])
            self.take_focus()

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

        store, context = self._context.open_store, self._context
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
