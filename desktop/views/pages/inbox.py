"""收件: files that came in. They are inspected first, which writes nothing; then somebody decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import UserError
from desktop.domain.package import InboxItem, InboxState
from desktop.domain.quarter import Quarter
from desktop.views.context import Context, Question
from desktop.views.errors import sentence_of
from desktop.views.files import PACKAGES
from desktop.views.pages import inbox_told, inbox_words
from desktop.views.pages.inbox_arrival import Arrival, take
from desktop.views.pages.inbox_beside import Beside
from desktop.views.pages.inbox_item import ItemView
from desktop.views.pages.inbox_look import Looked, look
from desktop.views.pages.plan_titles import plan_titles
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.drawer import Drawer
from desktop.views.widgets.file_drop import DropZone
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, EmptyState, JobBar
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import button, pane, rule
from desktop.wording.keeping import UNSEEN, recovered, recovered_again

if TYPE_CHECKING:
    from desktop.domain.progress import Progress

NONE = ("今天没有新的文件", "把收到的 .jbx 拖到这里。", "选择文件")
NOT_HERE = ("选一个文件来看", "左边列着收到的文件。")
CHIPS = {"all": "全部", **inbox_words.GROUPS}


class InboxPage(QWidget):
    """Drop zone and list at the left, the chosen file in the middle, the decision at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("inbox")
        self._context, icons = context, context.icons
        self._items: dict[str, InboxItem] = {}
        self._shown: tuple[str, InboxState] | None = None
        self.drop = DropZone(icons, "把收到的 .jbx 拖到这里", "可以一次拖很多个，或", suffixes=(".jbx",))
        self.drop.setObjectName("inbox_drop")
        self.chips = ChipRow(icons)
        for key, text in CHIPS.items():
            self.chips.add(key, text)
        self.list = RowList(icons)
        self.list.setObjectName("inbox_list")
        self.list.setAccessibleName("收到的文件")
        self.news = Banner(icons)
        self.news.setObjectName("inbox_news")
        self.news.hide()
        self._write_out = self.news.add_action("写出…", self._write_answers, name="inbox_write_answers")
        self._go_on = self.news.add_action("", self._go_next, name="inbox_go_next")
        self._next_place = ""
        self._next_shown: tuple[str, Quarter | None] = ("", None)
        self.bar = JobBar()
        self._empty = EmptyState(icons, "inbox", *NONE, clicked=self._choose_files)
        self._item = ItemView(context)
        self._beside = Beside(context, self.bar)
        self._arrange()
        self._listen()

    def _arrange(self) -> None:
        px = self._context.theme.px
        self._left = pane("surface", "inbox_left")
        self._code = button("核对纸上的码…", "smallLink", "inbox_paper_code", self._ask_code)
        self._code.setToolTip("Ctrl+Shift+K")
        QShortcut(QKeySequence("Ctrl+Shift+K"), self).activated.connect(self._ask_code)
        top = column(self.drop, self.chips, row(None, self._code), gap=10, margins=(12, 12, 12, 8))
        self._left.setLayout(column(top, rule(), self.list, gap=0))
        self._left.layout().setStretch(2, 1)
        self._centre = QStackedWidget()
        for part in (self._empty, self._item):
            self._centre.addWidget(part)
        middle = QWidget()
        said = column(self.news, self.bar, gap=8, margins=(20, 8, 20, 0))
        middle.setLayout(column(said, self._centre, gap=0))
        middle.layout().setStretch(1, 1)
        self._edge = rule(vertical=True)
        self._far_edge = rule(vertical=True)
        self.setLayout(row(self._left, self._edge, middle, self._far_edge, self._beside, gap=0))
        self.layout().setStretch(2, 1)
        self._beside.setFixedWidth(px(286))
        self._drawer = Drawer(
            self, self._left, px(264), lambda left: self.layout().insertWidget(0, left), self.list
        )
        self.set_narrow(False)

    def _listen(self) -> None:
        self.drop.filesDropped.connect(self.take_files)
        self.drop.refused.connect(self._not_ours)
        self.drop.chooseRequested.connect(self._choose_files)
        self.chips.changed.connect(lambda key: self._fill_list())
        self.list.chosen.connect(self._open)
        for told in (self.list.clicked, self.list.opened):
            told.connect(lambda _: self._drawer.close())
        self._item.list_button.clicked.connect(self._drawer.toggle)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self._drawer.toggle)
        self._beside.decided.connect(self._decided)
        self._beside.told.connect(self._told)
        self._beside.written.connect(self._wrote)
        self._item.handed.connect(self._wrote)

    def _ask_code(self) -> None:
        """核对纸上的码."""
        # What it needs for opening packages is loaded when somebody asks.
        from desktop.views.dialogs.paper_code import open_paper_code

        if self._context.store is not None:
            open_paper_code(self._context, self.window())

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the list gives way; the decision stays."""
        self._left.setFixedWidth(self._context.theme.px(264 if narrow else 272))
        self._item.set_narrow(narrow)

    def set_compact(self, compact: bool) -> None:
        """Below 1000 px the list folds; Ctrl+L and the button at the title open it over the file."""
        self._drawer.set_folded(compact)
        self._edge.setVisible(not compact)
        self._item.list_button.setVisible(compact)
        if compact and self._centre.currentWidget() is self._empty and self._items:
            self._drawer.open()

    def refresh(self) -> None:
        """Reads the list anew; what is being decided stays as it was typed."""
        if self._context.store is None:
            return
        # A unit's own prints are asked about where they are exported.
        self._code.setVisible(self._context.store.workspace.leads)
        self._items = {item.digest: item for item in self._context.store.packages.inbox()}
        numbers = inbox_words.counts(self._items.values())
        for key in inbox_words.GROUPS:
            self.chips.set_count(key, numbers[key])
        self._context.set_badge("inbox", numbers["waiting"])
        self._fill_list()
        key = self.list.key
        if not key and self.list.keys:
            self.list.choose(self.list.keys[0])
        elif key and self._shown != (key, self._items[key].state):
            self._open(key)
        elif not key:
            self._show_nothing()

    def open_target(self, target: object) -> None:
        """Choose a file by its digest, or take a file in by its path."""
        if isinstance(target, Path):
            self.take_files([target])
            return
        self.chips.choose("all")
        self._fill_list()
        self.list.choose(str(target))

    def leave(self) -> None:
        """What was typed for the shown file is kept while the program runs."""
        self._beside.keep_draft()
        self.news.hide()

    def take_files(self, paths: Sequence[Path], unseen: bool = False) -> None:
        """Takes in files one after the other; a bad one stops no other. `unseen` as in `recovering.take_back`."""
        context, store, now = self._context, self._context.open_store, self._context.now()

        def work(progress: Progress) -> Arrival:
            return take(store, paths, context.actor, now, progress, unseen)

        self.bar.watch(context.runner.run(work, self._arrived, context.show_error, owner=self))

    def _arrived(self, arrival: Arrival) -> None:
        self._tell_arrival(arrival)
        self.chips.choose("all")
        self._shown = None
        self._context.tell_changed()
        self.refresh()
        fresh = [item for item in arrival.kept if item.digest in self._items]
        order = sorted(fresh, key=lambda item: self._items[item.digest].state is not InboxState.WAITING)
        if order:
            self.list.choose(order[0].digest)
        if arrival.unseen and self._context.ask(Question(*UNSEEN)):
            self.take_files(arrival.unseen, unseen=True)

    def _tell_arrival(self, arrival: Arrival) -> None:
        store = self._context.open_store
        lines = [inbox_told.one_line(store, applied) for applied in arrival.applied]
        lines += [recovered_again(r) if again else recovered(r) for r, again in arrival.recovered]
        lines += [
            inbox_words.repeated(item)
            for item in arrival.kept
            if item.state in (InboxState.TAKEN, InboxState.RETURNED)
        ]
        faults = [_fault_line(name, error) for name, error in arrival.faults]
        self._next_place = ""
        if arrival.applied:
            last = arrival.applied[-1]
            self._next_place, text = inbox_told.place_after(last.kind)
            self._next_shown = (
                ("", None) if last.again else inbox_told.shown_for(store, last.kind, last.subject)
            )
            self._say_next(text)
        if faults:
            title = (
                f"{len(faults)}个文件没有收，别的不受影响" if arrival.kept else f"{len(faults)}个文件没有收"
            )
            self.say("bad", title, "\n".join([*faults, *lines]))
        elif lines:
            title = lines[0].split("。")[0] if len(lines) == 1 else f"{len(lines)}个文件看过了"
            text = lines[0].partition("。")[2] if len(lines) == 1 else "\n".join(lines)
            self.say("good", title, text)
        else:
            self.news.hide()

    def say(self, tone: str, title: str, text: str = "") -> None:
        """The line over the file: what was done last. Offers to write out what lies ready to go."""
        self.news.setToolTip("")
        self.news.say(tone, title, text)
        ready = self._beside.unwritten()
        self._write_out.setVisible(bool(ready) and tone == "good")
        self._write_out.setText(f"写出{len(ready)}份回复…" if len(ready) > 1 else "写出回复…")
        self._go_on.setVisible(bool(self._next_place))
        self.news.show()

    def _say_next(self, text: str) -> None:
        self._go_on.setText(text)
        self._go_on.setAccessibleName(text)

    def _go_next(self) -> None:
        plan_id, quarter = self._next_shown
        if plan_id:
            self._context.choose_plan(plan_id, quarter)
        self._context.navigate(self._next_place)

    def _write_answers(self) -> None:
        self._beside.write_out(self._beside.unwritten())

    def _not_ours(self, paths: list[Path]) -> None:
        self._next_place = ""
        names = "、".join(path.name for path in paths)
        self.say("bad", "只收 .jbx 文件", f"{names}没有收，别的不受影响。")

    def _choose_files(self) -> None:
        paths = self._context.files.open_files("选择收到的交换文件", (PACKAGES,))
        if paths:
            self.take_files(paths)

    def _fill_list(self) -> None:
        store = self._context.open_store
        items = tuple(self._items.values())
        region, today = store.units.region(), self._context.today()
        leads = store.workspace.leads
        plans = plan_titles(store)
        self.list.set_rows(inbox_words.rows(items, self.chips.key, region, today, leads, plans))

    def _show_nothing(self) -> None:
        self._shown = None
        self._empty.say(*(NOT_HERE if self._items else NONE))
        if self._items:
            # Nothing but the list leads on from here.
            self._drawer.open()
        self._centre.setCurrentWidget(self._empty)
        self._beside.show_nothing()
        self._show_beside(False)

    def _show_beside(self, shown: bool) -> None:
        self._far_edge.setVisible(shown)
        self._beside.setVisible(shown)

    def _open(self, key: str) -> None:
        """Inspects a file anew, as things stand now, in a job: signatures take a moment."""
        item, store, now = self._items[key], self._context.open_store, self._context.now()
        self._beside.keep_draft()
        self._shown = (key, item.state)
        self.bar.watch(
            self._context.runner.run(
                lambda progress: look(store, key, now),
                lambda looked: self._opened(item, looked),
                self._cannot_open,
                owner=self,
            )
        )

    def _opened(self, item: InboxItem, looked: Looked) -> None:
        if self._shown != (item.digest, item.state):
            return
        self._item.show_item(item, looked.seen)
        self._centre.setCurrentWidget(self._item)
        self._beside.show_item(item, looked)
        self._show_beside(True)

    def _cannot_open(self, error: Exception) -> None:
        self._show_nothing()
        if isinstance(error, UserError):
            said = sentence_of(error)
            self._next_place = ""
            self.say("bad", said.title, said.text)
        else:
            self._context.show_error(error)

    def _wrote(self, folder: Path, files: int) -> None:
        self._shown = None
        self.refresh()
        self._next_place = ""
        self.say("good", "已写出并核对", f"{files}个文件写进了“{folder}”，读回来逐个比对，完全一致。")

    def _decided(self, title: str, text: str) -> None:
        """Something was decided: say so, and go on to the next that waits."""
        here = self.list.key
        self._next_place = ""
        self._shown = None
        self._context.tell_changed()
        self.refresh()
        self.say("good", title, text)
        waiting = [k for k in self.list.keys if self._items[k].state is InboxState.WAITING and k != here]
        if waiting:
            self.list.choose(waiting[0])

    def _told(self, title: str, text: str) -> None:
        """Something else was done: what is looked at stays."""
        self._context.tell_changed()
        self.say("good", title, text)


def _fault_line(name: str, error: UserError) -> str:
    said = sentence_of(error)
    return f"{name}：{said.title}。{said.text}" if name else f"{said.title}。{said.text}"
