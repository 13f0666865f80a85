"""查找: in all plans and quarters while the words are typed; the keyboard never leaves the field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.domain.errors import CancelledError
from desktop.domain.needle import LONGEST
from desktop.domain.quarter import Quarter
from desktop.jobs.runner import Job
from desktop.services import searching
from desktop.services.searching import Found
from desktop.views.context import Context
from desktop.views.models.hits import FilePlace, Place, rows_of
from desktop.views.models.rows import ROW, ListRow
from desktop.views.spot import Spot
from desktop.views.widgets.dialog import OwnedDialog
from desktop.views.widgets.hit_list import HitList
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.styling import label, pane
from desktop.wording import searching as words

PAUSE_MS = 60
_STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


def open_search(context: Context, window: QWidget) -> SearchDialog:
    """Opens the dialog over a window, or brings the one to the front that is open there already."""
    found = window.findChild(SearchDialog)
    if found is not None and found.isVisible():
        found.box.setFocus()
        return found
    dialog = SearchDialog(context, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(lambda place: go_to(context, place))
    dialog.open()
    return dialog


def go_to(context: Context, place: Place | FilePlace) -> None:
    """The plan, the quarter and the entry that was found, at the page which shows it; a file in the inbox."""
    store = context.store
    if store is None:
        return
    if isinstance(place, FilePlace):
        context.navigate("inbox", place.digest)
        return
    group, hit = place.group, place.hit
    context.choose_plan(group.plan.id, Quarter.parse(group.quarter))
    spot = Spot(hit.measure_key, place.field, place.at, group.unit_code, hit.report_id, hit.label, hit.title)
    context.navigate("desk" if store.workspace.leads else "filling", spot)


class SearchDialog(OwnedDialog):
    """`chosen` (a Place or a FilePlace) by Enter or a click, after which it is closed; Esc closes it."""

    chosen = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search_dialog")
        self.setWindowTitle("查找")
        self._context = context
        self._places: dict[str, Place | FilePlace] = {}
        self._job: Job[Found] | None = None
        self._hurried = False
        prompt = words.PLACEHOLDER_CITY if self._leads else words.PLACEHOLDER
        self.box = SearchBox(context.icons, prompt, shortcut="")
        self.box.setObjectName("search_box")
        self.box.setMaxLength(LONGEST)
        self.box.installEventFilter(self)
        self.said = label("", "caption", name="search_said")
        self.list = HitList(context.icons)
        self.list.setObjectName("search_list")
        self.list.setAccessibleName("找到的条目")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Rows are shown as chosen, though the focus stays where the words are typed.
        self.list.keyboard = True
        self._empty = EmptyState(context.icons, "search", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        ground = pane("surface")
        ground.setLayout(column(self._stack, gap=0))
        foot = row(self.said, None, label(words.KEYS, "caption"), margins=(16, 6, 16, 8))
        self.setLayout(column(row(self.box, margins=(12, 12, 12, 12)), ground, foot, gap=0))
        self.layout().setStretch(1, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.box.changed.connect(self._typed)
        self.list.clicked.connect(self._clicked)
        context.signals.changed.connect(self._pause.start)
        self.resize(self._fitting(parent))
        self._say_empty(*words.nothing_typed(self._leads))
        self.box.setFocus()

    @property
    def _leads(self) -> bool:
        store = self._context.store
        return store is not None and store.workspace.leads

    def _fitting(self, window: QWidget) -> QSize:
        """As large as it likes, but inside the window that it belongs to."""
        px, room = self._context.theme.px, window.window().size()
        return QSize(min(px(820), room.width() - 48), min(px(560), room.height() - 48))

    def _typed(self) -> None:
        # Who types on after Enter has not found it yet.
        self._hurried = False
        if self._job is not None:
            self._job.cancel()
        self._pause.start()

    def _search(self) -> None:
        """Off the screen's thread, and beside whatever long job runs: however much there is, typing goes on."""
        store, typed = self._context.store, self.box.text()
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        self._job = None
        if store is None or not typed.strip():
            self._hurried = False
            self._show(Found())
            return
        job = self._context.runner.read(
            lambda progress: searching.search(store, typed, progress),
            lambda found: self._found(job, found),
            lambda error: self._not_found(job, error),
            owner=self,
        )
        self._job = job

    def _found(self, job: Job[Found], found: Found) -> None:
        # What was looked for before the last sign was typed is no answer any more.
        if job is self._job:
            self._job = None
            self._show(found)
            if self._hurried:
                self._choose()

    def _not_found(self, job: Job[Found], error: Exception) -> None:
        if job is self._job:
            self._job = None
        if not isinstance(error, CancelledError):
            self._context.show_error(error)

    def _show(self, found: Found) -> None:
        store = self._context.store
        if store is None:
            return
        rows, self._places = rows_of(found, store.units.region(), self._context.plan_count > 1, self._leads)
        before = self.list.key
        self.list.set_rows(rows)
        if self.list.keys and self.list.key not in self.list.keys:
            self.list.choose(self.list.keys[0], tell=False)
            self.list.scrollToTop()
        elif before != self.list.key:
            self.list.scrollToTop()
        if rows:
            self.said.setText(words.counted(found.count, found.more, len(found.files)))
            self._stack.setCurrentWidget(self.list)
        elif found.words:
            self._say_empty(*words.nothing_found(self.box.text().strip(), found.plans, found.quarters))
        else:
            self._say_empty(*words.nothing_typed(self._leads))

    def _say_empty(self, title: str, text: str) -> None:
        self.said.setText("")
        self._empty.say(title, text)
        self._stack.setCurrentWidget(self._empty)

    def _clicked(self, index: QModelIndex) -> None:
        # A group's head is no row to go to.
        if isinstance(index.data(ROW), ListRow):
            self._choose()

    def _choose(self) -> None:
        """Opens the row that is chosen; what was typed a moment ago is searched for first."""
        if self._pause.isActive() or self._job is not None:
            self._hurried = True
            if self._pause.isActive():
                self._search()
            return
        self._hurried = False
        place = self._places.get(self.list.key)
        if place is not None:
            self.accept()
            self.chosen.emit(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list, typed in the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in _STEPS:
                QApplication.sendEvent(self.list, QKeyEvent(event))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
            if key == Qt.Key.Key_Escape:
                self.reject()
                return True
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        """However it is closed, nothing is searched for any more."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().done(result)
