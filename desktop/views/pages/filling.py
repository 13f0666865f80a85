"""填报: one entry after another, saved while it is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.checks import Finding
from desktop.domain.history import TEXTS, Step, place_of_change
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report
from desktop.services import surveying
from desktop.services.filling import Saved
from desktop.services.surveying import FillingOverview, FillingRow
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.history import show_history
from desktop.views.pages.filling_amended import AmendedPlan
from desktop.views.pages.filling_carrying import CarryingOver
from desktop.views.pages.filling_colleagues import Colleagues, OfBureau
from desktop.views.pages.filling_comments import EntryComments
from desktop.views.pages.filling_evidence import EvidenceKeeper
from desktop.views.pages.filling_foot import show_left, show_ways
from desktop.views.pages.filling_frame import FillingFrame
from desktop.views.pages.filling_notice import QuarterNotice
from desktop.views.pages.filling_opening import open_report
from desktop.views.pages.filling_quarter import OpenQuarter, first_change
from desktop.views.pages.filling_rescue import Rescue
from desktop.views.pages.filling_sending import SendingToReview
from desktop.views.pages.filling_spot import row_for, show_spot
from desktop.views.pages.filling_tour import Tour
from desktop.views.pages.quarter_steps import quarter_steps
from desktop.views.spot import Spot
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import EmptyState


class FillingPage(QWidget):
    """Shows the newest revision of the chosen quarter. Whatever was typed is in the store before anything else is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: dict[str, str] = {}
        self._last_quarter = ""
        self.frame = FillingFrame(context)
        self.empty = EmptyState(context.icons, "pencil", "", clicked=self._leave_empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.frame)
        self._stack.addWidget(self.empty)
        self.setLayout(row(self._stack))
        self._quarter = OpenQuarter(context, self.frame.editor, self.frame.trouble)
        self._listen()
        self._bind_keys()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes to the page begins at the list; Tab from elsewhere reaches what stands before it too."""
        super().focusInEvent(event)
        place = self.frame.entries.list if self._stack.currentWidget() is self.frame else self.empty.action
        place.setFocus()

    def _listen(self) -> None:
        frame, editor, quarter, context = self.frame, self.frame.editor, self._quarter, self._context
        quarter.saved.connect(self._saved)
        quarter.turned.connect(self._turned)
        frame.entries.chosen.connect(self.go_to)
        frame.entries.list.opened.connect(lambda _: self._tour.enter())
        editor.historyWanted.connect(self._show_history)
        self._files = EvidenceKeeper(context, editor, frame.trouble, quarter)
        self._files.kept.connect(quarter.name_evidence)
        self._amended = AmendedPlan(context, frame, quarter.flush)
        self._amended.wanted.connect(self.go_to)
        self._amended.taken.connect(self.refresh)
        self._colleagues = Colleagues(context, frame, quarter.flush)
        self._colleagues.changed.connect(self.refresh)
        self._comments = EntryComments(context, frame, quarter.flush)
        self._comments.wanted.connect(self.go_to)
        self._carrying = CarryingOver(frame, quarter)
        self._sending = SendingToReview(context, quarter, self)
        self._rescue = Rescue(context, frame.rescued)
        self._notice = QuarterNotice(context, frame.notice)
        self._notice.revised.connect(self._revised)
        self._tour = Tour(frame, quarter)
        self._tour.wanted.connect(self.go_to)
        frame.before.clicked.connect(lambda: frame.entries.list.step(-1))
        frame.after.clicked.connect(lambda: frame.entries.list.step(1))
        frame.send.clicked.connect(self.send_to_review)
        for wanted, act in ((frame.undo, quarter.undo), (frame.redo, quarter.redo)):
            wanted.clicked.connect(act)
        editor.undoWanted.connect(quarter.undo)
        editor.redoWanted.connect(quarter.redo)

    def _bind_keys(self) -> None:
        frame, self._keys = self.frame, dict[str, QShortcut]()
        told: dict[str, Callable[[], object]] = {
            "Alt+Up": frame.before.click,
            "Alt+Down": frame.after.click,
            "Ctrl+D": self._carrying.carry_focused,
            "Ctrl+Shift+D": self._carrying.carry_whole,
            "Ctrl+H": self._show_history,
            "Ctrl+Z": self._quarter.undo,
            "Ctrl+Y": self._quarter.redo,
            "Ctrl+Shift+Z": self._quarter.redo,
            "F8": lambda: self._tour.step(1),
            "Shift+F8": lambda: self._tour.step(-1),
            "Ctrl+Return": frame.send.click,
        }
        for keys, what in told.items():
            self._keys[keys] = QShortcut(QKeySequence(keys), self.frame)
            self._keys[keys].activated.connect(what)

    # What is shown

    @property
    def _store(self) -> Store:
        return self._context.open_store

    @property
    def _seen(self) -> FillingOverview | None:
        return self._quarter.seen

    def refresh(self) -> None:
        """Read anew; the entry that is shown stays. What could not be saved stays on the screen instead."""
        if not self._quarter.flush() and not (self._elsewhere and self._rescue.hand_back(self._quarter)):
            return
        place = self._rescue.look()
        opened = open_report(self._context, self.empty)
        self._quarter.show(opened)
        if opened is None:
            self._stack.setCurrentWidget(self.empty)
            self._context.set_steps(None)
            return
        report = opened.report
        last = surveying.previous_report(self._store, report)
        self._last_quarter = Quarter.parse(last.quarter).chinese if last else ""
        self._stack.setCurrentWidget(self.frame)
        self._notice.show(opened)
        self._colleagues.show(opened)
        self.frame.entries.show_rows(opened.rows, opened.dropped)
        self._amended.show(opened)
        self._comments.show(opened)
        if place is not None and place.measure_key and place.report.id == report.id:
            self._shown[report.id] = place.measure_key
        self._show_entry(self._usual_key(report))
        self._show_progress()
        if place is not None and place.restored and place.measure_key == self.frame.editor.key:
            self.frame.editor.focus_field(place.field, place.target)

    @property
    def _elsewhere(self) -> bool:
        """Whether another plan or quarter is chosen than the one that is shown."""
        report, context = self._quarter.report, self._context
        chosen = (context.plan_id, str(context.quarter))
        return report is not None and (report.plan_id, report.quarter) != chosen

    def open_target(self, target: object) -> None:
        """A measure's key, a Finding or Spot whose field then has the focus, or OfBureau: its entries alone."""
        if isinstance(target, Finding):
            self._tour.show(target)
        elif isinstance(target, Spot) and self._seen is not None:
            self.go_to(row_for(self._seen, target.measure_key))
            show_spot(self.frame.editor, target)
        elif isinstance(target, str):
            self.go_to(target)
        elif isinstance(target, OfBureau):
            self.go_to(self.frame.entries.choose_bureau(target.name))

    def set_narrow(self, narrow: bool) -> None:
        self.frame.set_narrow(narrow)

    def set_compact(self, compact: bool) -> None:
        self.frame.set_compact(compact)

    def leave(self) -> None:
        self._quarter.leave()
        self._context.set_steps(None)

    def _leave_empty(self) -> None:
        self._context.navigate("inbox")

    def _usual_key(self, report: Report) -> str:
        """The entry that was shown last; else the first that was returned, that is not filled, or that there is."""
        rows, key = self._quarter.rows, self._shown.get(report.id, "")
        if self._quarter.row_of(key) is None and self._amended.dropped(key) is None:
            returned = next((r for r in rows if r.returned), None)
            first = returned or next((r for r in rows if not r.filled), rows[0])
            key = first.measure.key
        return key

    def _show_entry(self, key: str) -> None:
        if (former := self._amended.dropped(key)) is not None:
            self._amended.show_dropped(former)
            self._remember(key)
            return
        shown = self._quarter.row_of(key)
        if shown is None:
            return
        self._remember(key)
        editable = self._quarter.arrive()
        report = self._quarter.report
        self.frame.editor.show_row(shown, self._own_name(), editable, report.id if report else "")
        self._amended.show_row(shown, editable)
        self._comments.show_entry(key)
        self._colleagues.show_row(key)
        self.frame.show_former(False)
        self.frame.entries.choose(key)
        self._show_hints(shown)
        self._quarter.note_place()

    def _remember(self, key: str) -> None:
        """Where the person is, for when the page is shown again."""
        if self._quarter.report is not None:
            self._shown[self._quarter.report.id] = key

    def _own_name(self) -> str:
        unit = self._store.units.region().find(self._store.workspace.unit.code)
        return unit.short_name if unit else self._store.workspace.unit.name

    def _show_hints(self, shown: FillingRow) -> None:
        self.frame.hints.show_row(shown, self._last_quarter, self._quarter.editable)
        self.frame.strip.show_row(shown, bool(self._last_quarter))

    def _show_progress(self) -> None:
        """What is left, in the footer and in the steps."""
        seen = self._seen
        assert seen is not None
        show_left(self.frame, self._quarter)
        self._show_ways()
        self._keys["Ctrl+Return"].setEnabled(self.frame.send.isEnabled())
        self._context.set_steps(quarter_steps(seen, reviewing=False))

    def _show_ways(self) -> None:
        show_ways(self.frame, self._quarter)

    # What was written

    def _revised(self) -> None:
        self.refresh()
        self._context.tell_changed()

    def _saved(self, saved: Saved) -> None:
        if saved.row.measure.key == self.frame.editor.key:
            self.frame.editor.show_saved(saved.row)
            self._show_hints(saved.row)
        self.frame.entries.show_rows(self._quarter.rows)
        self._show_progress()

    def _turned(self, step: Step) -> None:
        """After 撤销 or 重做: there, with the hand in the field that changed."""
        key, field, target = first_change(step)
        if self._quarter.row_of(key) is None:
            # The plan asks for it no more.
            self._show_ways()
            return
        self.frame.entries.show_rows(self._quarter.rows)
        self._show_entry(key)
        self.frame.close_hints()
        if field in TEXTS:
            change = step.changes[0]
            texts = getattr(change.before, field), getattr(change.after, field)
            self.frame.editor.put_cursor(field, place_of_change(*texts))
        self.frame.editor.focus_field(field, target)
        self._show_progress()

    # Ways through the entries

    def go_to(self, key: str) -> None:
        """Show an entry, after the one before is safe."""
        if not self._quarter.flush():
            if not self._rescue.hand_back(self._quarter):
                self.frame.entries.choose(self.frame.editor.key)
                return
            self.refresh()
        if key != self.frame.editor.key:
            self._tour.forget()
            # What was said of the entry before is read, and what could not be saved did not let the person go.
            for told in (self.frame.trouble, self.frame.rescued):
                told.hide()
        self._quarter.history.close()
        self._show_entry(key)
        self._show_ways()

    def send_to_review(self) -> None:
        """Ask who stands under the report, then on to 审核签发."""
        if self.frame.send.isEnabled():
            self._sending.ask()

    def _show_history(self) -> None:
        """改动记录 of the entry that is shown, with what was typed a moment ago."""
        report = self._quarter.report if self.frame.editor.isVisible() else None
        if report is not None and self._quarter.flush() and (shown := self._quarter.row) is not None:
            show_history(self._context, report, shown, self.window())
