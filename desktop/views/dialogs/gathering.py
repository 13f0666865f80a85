"""收回填好的表: what each workbook would change, decided field by field, then taken in; one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy, QSplitter, QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.report import Report
from desktop.domain.workbook import Place
from desktop.services import gathering
from desktop.services.gathering import WorkbookPreview
from desktop.services.weighing import Choice, FieldPreview
from desktop.views.context import Context
from desktop.views.dialogs.delegating_words import cautions, gathered, workbook_line
from desktop.views.dialogs.gathering_field import FieldView
from desktop.views.dialogs.gathering_list import decided, key_of, listed, open_fields, taken
from desktop.views.errors import sentence_of
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.layout import column
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import label, pane
from desktop.wording.colleagues import problem
from desktop.wording.steps import spoken

_WIDTH, _HEIGHT = 1080, 620


class GatheringDialog(Dialog):
    """`taken` after each workbook of which something was taken in. Nothing is written before that is pressed."""

    taken = Signal()

    def __init__(
        self, context: Context, report: Report, paths: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        px = context.theme.px
        window = parent.size() if parent is not None else QSize(px(1366), px(696))
        super().__init__("收回填好的表", "收回填好的表", min(px(_WIDTH), window.width() - px(24)), parent)
        self.setObjectName("gathering_dialog")
        self._context, self._report = context, report
        self._paths, self._place = tuple(paths), -1
        self._seen: WorkbookPreview | None = None
        self._choices: dict[Place, Choice] = {}
        self._ended = False
        self.told: list[str] = []
        self.line = label("", "caption", name="gathering_line", wrap=True)
        self.banner = Banner(context.icons, "warn")
        self.banner.setObjectName("gathering_banner")
        self.outcome = Banner(context.icons, "good")
        self.outcome.setObjectName("gathering_done")
        self.job = JobBar()
        self.list = RowList(context.icons)
        self.list.setObjectName("gathering_list")
        self.list.setAccessibleName("表里的内容")
        self.field = FieldView(context)
        self._frame = self._panes()
        self._full = min(px(_HEIGHT), window.height())
        for part in (self.line, self.outcome, self.banner, self.job, self._frame):
            self.body.addWidget(part)
        self.body.setStretch(4, 1)
        # Takes the room while the panes are hidden.
        self.body.addStretch(0)
        self.left = label("", "caption", "text2", "gathering_left")
        self._links.addWidget(self.left)
        self.skip = self.add_button("不收这份", name="gathering_skip", clicked=self._next)
        self.next = self.add_button("下一处要定的", name="gathering_next_open", clicked=self.next_open)
        self.next.setToolTip("F8")
        self.take = self.add_button("", "primary", "gathering_take", self.take_in)
        # Enter in the list must not take anything in.
        self.take.setDefault(False)
        self.take.setAutoDefault(False)
        self.list.chosen.connect(lambda _: self._show_chosen())
        self.field.chosen.connect(self.choose)
        self._keys()
        self._next()

    def _panes(self) -> QFrame:
        px = self._context.theme.px
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        self.list.setMinimumWidth(px(240))
        split.addWidget(self.list)
        split.addWidget(self.field)
        split.setStretchFactor(1, 1)
        split.setSizes([px(370), px(660)])
        made = pane("card")
        made.setLayout(column(split, margins=(1, 1, 1, 1)))
        # The panes take the room that the window leaves, and scroll by themselves.
        made.setMinimumHeight(px(190))
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        return made

    def _keys(self) -> None:
        for number, choice in enumerate(Choice, 1):
            QShortcut(QKeySequence(f"Alt+{number}"), self).activated.connect(
                lambda choice=choice: self.choose(choice)
            )
        for keys, told in (
            ("F8", self.next_open),
            ("Ctrl+Return", self.take.click),
            ("Ctrl+Enter", self.take.click),
            ("Alt+Down", lambda: self.list.step(1)),
            ("Alt+Up", lambda: self.list.step(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(told)

    # One workbook after the other

    def _next(self) -> None:
        """Read the next workbook, or say what became of all."""
        self._place += 1
        self._seen, self._choices = None, {}
        self.outcome.setVisible(bool(self.told))
        self.outcome.say("good", "", "\n".join(self.told[-3:]))
        if self._place >= len(self._paths):
            self._end()
            return
        path, context, store = self._paths[self._place], self._context, self._context.open_store
        report = self._report
        self.title.setText("收回填好的表")
        self.line.setText(f"正在读 {path.name}")
        self.banner.hide()
        self._set_ready(False)
        self.job.watch(
            context.runner.run(
                lambda progress: gathering.preview(store, report.id, path, spoken(progress)),
                self._show_workbook,
                self._failed,
                owner=self,
            ),
            "正在读文件",
        )

    def _set_ready(self, ready: bool) -> None:
        self._frame.setVisible(ready)
        for part in (self.take, self.next):
            part.setVisible(ready)
        last = self._place + 1 >= len(self._paths)
        self.skip.setText("不收这份" if last else "不收这份，看下一份")
        self.skip.setVisible(ready or not self._ended)
        self.left.setText("")

    def _show_workbook(self, seen: WorkbookPreview) -> None:
        self._seen = seen
        self._set_ready(True)
        self.resize(self.width(), max(self._full, self.height()))
        self.title.setText(f"{seen.bureau}交回的填报表" if seen.bureau else "交回的填报表")
        self.line.setText(workbook_line(seen, self._place + 1, len(self._paths)))
        said = [*cautions(seen, self._report.revision), *(problem(one) for one in seen.problems)]
        self.banner.say("warn", "", "\n".join(said))
        self.banner.setVisible(bool(said))
        self._fill()
        if self.list.keys:
            self.list.choose(self.list.keys[0], tell=False)
        self._show_chosen()
        self.list.setFocus()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, CancelledError) or not isinstance(error, UserError):
            self._context.show_error(error)
            self.reject()
            return
        said = sentence_of(error)
        self.line.setText(self._paths[self._place].name)
        self.banner.say("bad", said.title, said.text)
        self.banner.show()
        last = self._place + 1 >= len(self._paths)
        self.skip.setText("知道了" if last else "看下一份")
        self.skip.setFocus()
        self._shrink()

    def _shrink(self) -> None:
        """As low as what is said needs; the dialog grows by itself."""
        self.resize(self.width(), self.minimumSizeHint().height())

    def _end(self) -> None:
        if not self.told:
            self.reject()
            return
        self._ended = True
        self._set_ready(False)
        self.title.setText("收完了")
        self.line.setText("收下的都写进了本季度的填报，谁改了什么都有记录。")
        self.banner.hide()
        self.outcome.say("good", "", "\n".join(self.told))
        self.take.setText("好了")
        self.take.setEnabled(True)
        self.take.show()
        self.take.setDefault(True)
        self.take.setFocus()
        self._shrink()

    # One field after the other

    def _fill(self) -> None:
        seen = self._seen
        assert seen is not None
        self.list.set_rows(listed(seen, self._choices))
        count, waiting = taken(seen, self._choices), len(open_fields(seen, self._choices))
        nothing = "都保留我们的" if waiting else "没有要收的，看完了"
        self.take.setText(f"收下{count}处" if count else nothing)
        self.next.setVisible(bool(waiting))
        same = sum(1 for each in seen.fields if not each.choices) - len(
            [each for each in seen.fields if each.reason and not each.choices]
        )
        parts = [f"{waiting}处等您定，没定的保留我们的"] if waiting else []
        parts += [f"{same}处没有变化，不列出"] if same else []
        self.left.setText("；".join(parts))

    def _field(self) -> FieldPreview | None:
        fields = self._seen.fields if self._seen else ()
        return next((each for each in fields if key_of(each.place) == self.list.key), None)

    def _show_chosen(self) -> None:
        seen, key, each = self._seen, self.list.key, self._field()
        if seen is None:
            return
        if each is not None:
            self.field.show_field(each, decided(each, self._choices))
        elif key.startswith("row:"):
            self.field.show_row(seen.refused[int(key.removeprefix("row:"))])
        elif key.startswith("gone:"):
            title = next(title for k, _, title in seen.missing if f"gone:{k}" == key)
            self.field.show_missing(title)
        else:
            self.field.show_nothing("这份表里没有新内容，和我们现在的一样。")

    def choose(self, choice: Choice) -> None:
        """What to do with the field that is shown."""
        each = self._field()
        if each is None or choice not in each.choices:
            return
        self._choices[each.place] = choice
        self._fill()
        self._show_chosen()

    def next_open(self) -> None:
        """F8: the next field that nobody decided yet, after the one that is shown."""
        if self._seen is None:
            return
        keys, waiting = self.list.keys, open_fields(self._seen, self._choices)
        here = keys.index(self.list.key) if self.list.key in keys else -1
        found = sorted(keys.index(key_of(each.place)) for each in waiting)
        after = [place for place in found if place > here] or found
        if after:
            self.list.choose(keys[after[0]])
            self.list.setFocus()

    def take_in(self) -> None:
        """Take what was decided into the draft, and on to the next workbook."""
        if self._ended:
            self.accept()
            return
        context, store, seen = self._context, self._context.store, self._seen
        if store is None or seen is None:
            return
        try:
            done = gathering.take_in(
                store, self._report.id, seen, self._choices, context.actor, context.now()
            )
        except UserError as error:
            said = sentence_of(error)
            self.banner.say("bad", said.title, said.text)
            self.banner.show()
            return
        self.told.append(gathered(seen, done))
        if done.taken:
            context.note_saved()
            self.taken.emit()
        self._next()
