"""分工: which of the unit's own bureaus does which measure, how far each is, whom to telephone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.delegation import Bureau
from desktop.domain.errors import UserError
from desktop.services import closing, delegating
from desktop.services.surveying import FillingRow
from desktop.storage import Store
from desktop.views.context import Context, Question
from desktop.views.dialogs.bureau_editor import BureauEditor
from desktop.views.dialogs.delegating_words import NOBODY, how_far, person
from desktop.views.pages.delegating_bureaus import ALL, NONE, bureau_of, key_of
from desktop.views.pages.delegating_frame import DelegatingFrame
from desktop.views.pages.delegating_giving import Giving
from desktop.views.pages.delegating_measures import listed
from desktop.views.pages.delegating_seen import Seen, read
from desktop.views.pages.filling_opening import open_report
from desktop.views.pages.workbooks import Workbooks
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.styling import mark


class DelegatingPage(QWidget):
    """Bureaus at the left, measures at the right; what is given holds for every quarter until it is changed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("delegating")
        self._context = context
        self._seen: Seen | None = None
        self._wanted = ""
        self.frame = frame = DelegatingFrame(context)
        self.pane, self.measures, self.nothing = frame.pane, frame.measures, frame.nothing
        self.search = frame.search
        self.empty = EmptyState(context.icons, "assign", "", clicked=lambda: context.navigate("inbox"))
        self.giving = Giving(context, frame)
        self._books = Workbooks(context, self)
        self._stack = QStackedWidget()
        self._stack.addWidget(frame)
        self._stack.addWidget(self.empty)
        self.setLayout(row(self._stack))
        self._listen()

    def set_narrow(self, narrow: bool) -> None:
        self.frame.set_narrow(narrow)

    def _listen(self) -> None:
        side, giving = self.pane, self.giving
        giving.told.connect(self._told)
        giving.lacking.connect(lambda: self.add_bureau(giving.delegate))
        side.chosen.connect(lambda _: self._look())
        side.list.dropped.connect(giving.drop)
        side.list.opened.connect(lambda _: self.measures.setFocus())
        side.add.clicked.connect(lambda: self.add_bureau())
        side.hand_out.clicked.connect(self.hand_out)
        side.take_back.clicked.connect(self._books.choose)
        self.frame.change.clicked.connect(self.change_bureau)
        self.frame.remove.clicked.connect(self.remove_bureau)
        self.frame.fill.clicked.connect(self._fill_these)
        self.search.changed.connect(lambda _: self._show_measures())
        self.search.left.connect(self.measures.setFocus)
        self.nothing.action.clicked.connect(self._clear_filter)
        self.measures.picked.connect(self._say_picked)
        self.measures.asked.connect(giving.delegate)
        self.measures.givenUp.connect(giving.undelegate)
        self.frame.give.clicked.connect(giving.delegate)
        self.frame.give_up.clicked.connect(giving.undelegate)
        self.frame.accept.clicked.connect(self._take_offered)
        self._books.taken.connect(self.refresh)
        keys: dict[str, Callable[[], object]] = {"F6": self._next_pane, "F2": self.change_bureau}
        for key, told in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(told)
        delete = QShortcut(QKeySequence("Delete"), side.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_bureau)

    # What is shown

    @property
    def _store(self) -> Store:
        return self._context.open_store

    def refresh(self) -> None:
        """Read anew; what is chosen stays chosen."""
        overview = open_report(self._context, self.empty)
        self._context.set_steps(None)
        if overview is None:
            self._seen = self.giving.seen = None
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        store = self._store
        self._seen = self.giving.seen = read(store, overview)
        if self._books.report is not None and self._books.report.plan_id != overview.report.plan_id:
            # Two plans number their measures alike: what was picked in one is not picked in the other.
            self.measures.clearSelection()
        self._books.report = overview.report
        self.pane.show_progress(self._seen.progress)
        editable = closing.editable(store, overview.report, self._context.today())
        for part in (self.pane.hand_out, self.pane.take_back):
            part.setEnabled(editable)
            part.setToolTip("" if editable else "这次报送现在只能看，不能改")
        if self._wanted:
            self.pane.list.choose(self._wanted, tell=False)
            self._wanted = ""
        self._look()

    def open_target(self, target: object) -> None:
        """A measure's key: it is chosen among all."""
        if isinstance(target, str):
            self._clear_filter()
            self.measures.choose(target)
            self.measures.setFocus()

    def leave(self) -> None:
        self.frame.say("")

    def _look(self) -> None:
        """Another bureau's measures, or all."""
        seen, key = self._seen, self.pane.key
        if seen is None:
            return
        name = bureau_of(key)
        progress = seen.progress_of(name)
        self.frame.name.setText({ALL: "全部措施", NONE: NOBODY}.get(key, name))
        facts = []
        if progress is not None and progress.bureau is not None:
            facts = [person(progress.bureau.contact, progress.bureau.phone), how_far(progress)]
        elif key == ALL and not seen.bureaus:
            facts = ["方案里的牵头单位是市里的，这里记本单位由谁办"]
        self.frame.facts.setText("　".join(part for part in facts if part))
        for part in (self.frame.change, self.frame.remove):
            part.setVisible(bool(name))
        self.frame.fill.setVisible(progress is not None and progress.total > 0)
        self._show_measures()

    def _shown(self) -> tuple[FillingRow, ...]:
        """The measures that are to be seen."""
        return self._seen.of(self.pane.key, self.search.text().split()) if self._seen else ()

    def _take_offered(self) -> None:
        if self._seen is not None:
            self.giving.take_proposals(self._seen.offered(self._shown()))

    def _show_measures(self) -> None:
        seen, shown = self._seen, self._shown()
        if seen is None:
            return
        self.measures.set_rows(listed(shown, seen.given, seen.bureaus, seen.proposals))
        if not self.measures.key and self.measures.keys:
            self.measures.choose(self.measures.keys[0], tell=False)
        if not shown:
            self._say_nothing()
        self.frame.show_list(bool(shown))
        offered = len(seen.offered(shown))
        self.frame.accept.setVisible(bool(offered))
        self.frame.accept.setText(f"按建议分好{offered}条")
        mark(self.frame.give, kind="secondary" if offered else "primary")
        self._say_picked()

    def _say_nothing(self) -> None:
        if self.search.text().strip():
            self.nothing.say(
                f"没有符合“{self.search.text().strip()}”的措施", "都还在，只是没显示。", "清除筛选"
            )
        else:
            self.nothing.say(
                "还没有分到措施", "在“全部措施”里选中几条，点“分给…”，或者拖到这个部门上。", "看全部措施"
            )

    def _say_picked(self) -> None:
        picked, seen = self.measures.picked_keys, self._seen
        self.frame.give.setEnabled(bool(picked))
        self.frame.give_up.setVisible(any(seen and key in seen.given for key in picked))
        if len(picked) > 1:
            self.frame.said.setText(f"选了{len(picked)}条")
        else:
            self.frame.said.setText("按住 Ctrl 或 Shift 选几条，也可以拖到部门上")

    def _clear_filter(self) -> None:
        self.search.clear()
        self.pane.list.choose(ALL, tell=False)
        self._look()

    def _next_pane(self) -> None:
        (self.measures if self.pane.list.hasFocus() else self.pane.list).setFocus()

    # What was changed

    def _told(self, text: str) -> None:
        self.frame.say(text)
        self.refresh()
        self._context.note_saved()

    # The list of bureaus

    def add_bureau(self, then: Callable[[], object] | None = None) -> None:
        self._edit(None, then)

    def change_bureau(self) -> None:
        seen, name = self._seen, bureau_of(self.pane.key)
        if seen is not None and name in seen.bureaus:
            self._edit(seen.bureaus[name])

    def _edit(self, bureau: Bureau | None, then: Callable[[], object] | None = None) -> None:
        dialog = BureauEditor(self._context, bureau, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(lambda name: self._edited(name, bureau is None, then))
        dialog.open()

    def _edited(self, name: str, new: bool, then: Callable[[], object] | None) -> None:
        # Who adds a bureau goes on giving measures, so the measures stay as they are.
        self._wanted = "" if new else key_of(name)
        self.refresh()
        self._context.note_saved()
        if then is not None:
            then()

    def remove_bureau(self) -> None:
        """Takes a bureau off the list, after a question; one that has measures says so."""
        context, name = self._context, bureau_of(self.pane.key)
        if not name or self._seen is None:
            return
        progress = self._seen.progress_of(name)
        used = progress is not None and progress.total > 0
        question = Question(f"从名单里删去{name}", "它的联系人和电话也一起删去。", "删去")
        if not used and not context.ask(question):
            return
        try:
            delegating.remove_bureau(self._store, name, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        self.refresh()
        context.note_saved()

    # Workbooks, and on to the entries

    def hand_out(self) -> None:
        picked = self.measures.picked_keys
        name = bureau_of(self.pane.key)
        self._books.hand_out((name,) if name else (), picked if len(picked) > 1 else ())

    def _fill_these(self) -> None:
        from desktop.views.pages.filling_colleagues import OfBureau

        self._context.navigate("filling", OfBureau(bureau_of(self.pane.key)))
