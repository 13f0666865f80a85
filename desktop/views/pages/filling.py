"""填报: one entry after another, saved while it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.checks import Finding
from desktop.domain.errors import UserError
from desktop.domain.quarter import Quarter
from desktop.domain.report import Evidence, People, Report, may_edit
from desktop.services import filling, separating, surveying
from desktop.services.filling import Saved
from desktop.services.surveying import FillingOverview, FillingRow
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.history import show_history
from desktop.views.dialogs.people import PeopleDialog
from desktop.views.errors import show_in_banner
from desktop.views.pages.filling_amended import AmendedPlan
from desktop.views.pages.filling_colleagues import Colleagues, OfBureau
from desktop.views.pages.filling_comments import EntryComments
from desktop.views.pages.filling_evidence import EvidenceKeeper
from desktop.views.pages.filling_frame import FillingFrame
from desktop.views.pages.filling_opening import open_report
from desktop.views.pages.filling_tour import next_finding, next_hindrance, next_unfilled
from desktop.views.pages.quarter_steps import quarter_steps
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.styling import mark
from desktop.wording.filling import Notice, before_review, notice


class FillingPage(QWidget):
    """Shows the newest revision of the chosen quarter. Whatever was typed is in the store before anything else is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._seen: FillingOverview | None = None
        self._shown: dict[str, str] = {}
        self._last_quarter = ""
        self._finding: Finding | None = None
        self.frame = FillingFrame(context)
        self.empty = EmptyState(context.icons, "pencil", "", clicked=self._leave_empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.frame)
        self._stack.addWidget(self.empty)
        self.setLayout(row(self._stack))
        self._listen()

    def _listen(self) -> None:
        frame, editor = self.frame, self.frame.editor
        frame.entries.chosen.connect(self.go_to)
        editor.edited.connect(self._save)
        editor.historyWanted.connect(self._show_history)
        self._files = EvidenceKeeper(
            self._context, editor, frame.trouble, lambda: self._seen.rows if self._seen else ()
        )
        self._files.kept.connect(self._name_evidence)
        self._amended = AmendedPlan(self._context, frame, self._flush)
        self._amended.wanted.connect(self.go_to)
        self._amended.taken.connect(self.refresh)
        self._colleagues = Colleagues(self._context, frame, self._flush)
        self._colleagues.changed.connect(self.refresh)
        self._comments = EntryComments(self._context, frame, self._flush)
        self._comments.wanted.connect(self.go_to)
        frame.hints.wanted.connect(self.show_finding)
        frame.hints.carried.connect(self.carry_over)
        frame.hints.explain.connect(self._explain)
        frame.before.clicked.connect(lambda: frame.entries.list.step(-1))
        frame.after.clicked.connect(lambda: frame.entries.list.step(1))
        frame.next.clicked.connect(self.next_open)
        frame.send.clicked.connect(self.send_to_review)
        self._keys: dict[str, QShortcut] = {}
        told: dict[str, Callable[[], object]] = {
            "Alt+Up": frame.before.click,
            "Alt+Down": frame.after.click,
            "Ctrl+D": self._carry_focused,
            "Ctrl+H": self._show_history,
            "F8": lambda: self._step_finding(1),
            "Shift+F8": lambda: self._step_finding(-1),
            "Ctrl+Return": frame.send.click,
        }
        for keys, what in told.items():
            self._keys[keys] = QShortcut(QKeySequence(keys), self.frame)
            self._keys[keys].activated.connect(what)

    # What is shown

    @property
    def _store(self) -> Store:
        store = self._context.store
        assert store is not None
        return store

    @property
    def _report(self) -> Report | None:
        return self._seen.report if self._seen else None

    @property
    def _editable(self) -> bool:
        return self._report is not None and may_edit(self._report.state)

    @property
    def _row(self) -> FillingRow | None:
        return self._row_of(self.frame.editor.key)

    def _row_of(self, key: str) -> FillingRow | None:
        rows = self._seen.rows if self._seen else ()
        return next((r for r in rows if r.measure.key == key), None)

    def refresh(self) -> None:
        """Read anew; the entry that is shown stays. What could not be saved stays on the screen instead."""
        if not self._flush():
            return
        report = open_report(self._context, self.empty)
        if report is None:
            self._seen = None
            self._stack.setCurrentWidget(self.empty)
            self._context.set_steps(None)
            return
        self._seen = surveying.overview(self._store, report)
        last = surveying.previous_report(self._store, report)
        self._last_quarter = Quarter.parse(last.quarter).chinese if last else ""
        self._stack.setCurrentWidget(self.frame)
        self._show_notice(report)
        self._colleagues.show(self._seen)
        self.frame.entries.show_rows(self._seen.rows, self._seen.dropped)
        self._amended.show(self._seen)
        self._comments.show(self._seen)
        self._show_entry(self._usual_key(report))
        self._show_progress()

    def open_target(self, target: object) -> None:
        """A measure's key, a Finding whose field then has the focus, or OfBureau: its entries alone."""
        if isinstance(target, Finding):
            self.show_finding(target)
        elif isinstance(target, str):
            self.go_to(target)
        elif isinstance(target, OfBureau):
            self.go_to(self.frame.entries.choose_bureau(target.name))

    def set_narrow(self, narrow: bool) -> None:
        self.frame.set_narrow(narrow)

    def set_compact(self, compact: bool) -> None:
        self.frame.set_compact(compact)

    def leave(self) -> None:
        self._flush()
        self._context.set_steps(None)

    def _leave_empty(self) -> None:
        self._context.navigate("inbox")

    def _usual_key(self, report: Report) -> str:
        """The entry that was shown last, or the first that is not filled."""
        assert self._seen is not None
        key = self._shown.get(report.id, "")
        if self._row_of(key) is None and self._amended.dropped(key) is None:
            first = next((r for r in self._seen.rows if not r.filled), self._seen.rows[0])
            key = first.measure.key
        return key

    def _show_entry(self, key: str) -> None:
        if (former := self._amended.dropped(key)) is not None:
            self._amended.show_dropped(former)
            self._remember(key)
            return
        shown, report = self._row_of(key), self._report
        if shown is None or report is None:
            return
        self._remember(key)
        own = self._own_name()
        self.frame.editor.show_row(report.id, shown, own, self._editable)
        self._amended.show_row(shown, self._editable)
        self._comments.show_entry(key)
        self._colleagues.show_row(key)
        self.frame.show_former(False)
        self.frame.entries.choose(key)
        self._show_hints(shown)

    def _remember(self, key: str) -> None:
        """Where the person is, for when the page is shown again."""
        if self._report is not None:
            self._shown[self._report.id] = key

    def _own_name(self) -> str:
        unit = self._store.units.region().find(self._store.workspace.unit.code)
        return unit.short_name if unit else self._store.workspace.unit.name

    def _show_hints(self, shown: FillingRow) -> None:
        self.frame.hints.show_row(shown, self._last_quarter, self._editable)
        self.frame.strip.show_row(shown, bool(self._last_quarter))

    def _show_notice(self, report: Report) -> None:
        assert self._seen is not None
        before = surveying.revision_before(self._store, report)
        said = notice(report, before, self._seen.calendar, self._context.today())
        banner = self.frame.notice
        banner.setVisible(said is not None)
        banner.clear_actions()
        if said is not None:
            banner.say(said.tone, said.title, said.text)
            if said.action:
                banner.add_action(said.action, lambda: self._act(said), "outlined", "notice_action")

    def _act(self, said: Notice) -> None:
        if said.place != "revise":
            self._context.navigate(said.place)
            return
        report = self._report
        assert report is not None
        try:
            filling.next_revision(self._store, report, self._context.actor, self._context.now())
        except UserError as error:
            self._context.show_error(error)
            return
        self.refresh()
        self._context.tell_changed()

    def _show_progress(self) -> None:
        """Footer and steps: what is left, and which button is the page's primary one."""
        seen, frame = self._seen, self.frame
        assert seen is not None
        unfilled, errors = len(seen.rows) - seen.filled, seen.errors
        why_not = before_review(unfilled, errors, seen.unexplained)
        frame.send.setVisible(self._editable)
        frame.send.setText(why_not or "送审核…")
        frame.send.setEnabled(self._editable and not why_not)
        mark(frame.send, kind="secondary" if why_not else "primary")
        frame.next.setVisible(self._editable and bool(why_not))
        frame.next.setText("下一条未填" if unfilled else "下一处必须改" if errors else "下一处要说明")
        frame.saving.setText("边写边存，不用点保存" if self._editable else "只能看，不能改")
        self._keys["Ctrl+Return"].setEnabled(frame.send.isEnabled())
        self._context.set_steps(quarter_steps(seen, reviewing=False))

    # What is written

    def _flush(self) -> bool:
        self.frame.editor.flush()
        return self._save()

    def _save(self) -> bool:
        """Store what stands in the fields; False, with a word in the page, when that could not be done."""
        shown, entry, report = self._row, self.frame.editor.entry, self._report
        if shown is None or entry is None or report is None or not self._editable or entry == shown.entry:
            return True
        try:
            saved = filling.save_entry(
                self._store, report.id, entry, self._context.actor, self._context.now()
            )
        except UserError as error:
            show_in_banner(self.frame.trouble, error)
            return False
        self.frame.trouble.hide()
        self._take(saved)
        self._context.note_saved(saved.at)
        return True

    def _take(self, saved: Saved) -> None:
        self._replace_rows(saved)
        self.frame.editor.show_saved(saved.row)
        self._show_hints(saved.row)

    def _replace_rows(self, saved: Saved) -> None:
        assert self._seen is not None
        fresh = {row.measure.key: row for row in (*saved.others, saved.row)}
        rows = tuple(fresh.get(r.measure.key, r) for r in self._seen.rows)
        self._seen = replace(self._seen, rows=rows)
        self.frame.entries.show_rows(rows)
        self._show_progress()

    def _name_evidence(self, key: str, kept: Evidence) -> None:
        """A file is safe: its entry names it, also when another entry is shown by now."""
        shown, report = self._row_of(key), self._report
        if key == self.frame.editor.key:
            self.frame.editor.give_evidence(kept)
        elif shown is not None and report is not None:
            others = tuple(e for e in shown.entry.evidence if e.digest != kept.digest)
            entry = replace(shown.entry, evidence=(*others, kept))
            context = self._context
            try:
                saved = filling.save_entry(self._store, report.id, entry, context.actor, context.now())
            except UserError as error:
                show_in_banner(self.frame.trouble, error)
                return
            self._replace_rows(saved)
            context.note_saved(saved.at)

    # Ways through the entries

    def go_to(self, key: str) -> None:
        """Show an entry, after the one before is safe."""
        if not self._flush():
            self.frame.entries.choose(self.frame.editor.key)
            return
        if key != self.frame.editor.key:
            self._finding = None
        self._show_entry(key)

    def next_open(self) -> None:
        """下一条未填; where all are filled, the next place that must be mended or explained."""
        if self._seen is None or not self._flush():
            return
        key = next_unfilled(self._seen.rows, self.frame.editor.key)
        if key:
            self.go_to(key)
            row = self._row
            self.frame.editor.focus_field("status" if row and row.entry.status is None else "progress")
        elif (finding := next_hindrance(self._seen.rows, self.frame.editor.key)) is not None:
            self.show_finding(finding)

    def show_finding(self, finding: Finding) -> None:
        """Go to the entry and the field that a finding speaks of."""
        if finding.measure_key != self.frame.editor.key:
            self.go_to(finding.measure_key)
        self.frame.close_hints()
        self._finding = finding
        self.frame.editor.focus_finding(finding)

    def _explain(self) -> None:
        self.frame.close_hints()
        self.frame.editor.focus_field("explanation")

    def _step_finding(self, step: int) -> None:
        if self._seen is None or not self._flush():
            return
        found = next_finding(self._seen.rows, self.frame.editor.key, self._finding, step)
        if found is not None:
            self.show_finding(found)

    def carry_over(self, name: str) -> None:
        """沿用 last quarter's text into a field; one undo takes it back."""
        shown, field = self._row, self.frame.editor.field_named(name)
        text = getattr(shown.previous, name).strip() if shown and shown.previous else ""
        if field is not None and text and self._editable:
            self.frame.close_hints()
            field.setVisible(True)
            field.carry_over(text)

    def _carry_focused(self) -> None:
        field = self.frame.editor.focused_field()
        if field is not None:
            self.carry_over(field.name)

    def _show_history(self) -> None:
        """改动记录 of the entry that is shown, with what was typed a moment ago."""
        if self._report is not None and self._flush() and (shown := self._row) is not None:
            show_history(self._context, self._report, shown, self.window())

    # 送审核

    def send_to_review(self) -> None:
        """Ask who stands under the report, then on to 审核签发."""
        from desktop.services.enrolling import signing_state

        report = self._report
        if report is None or not self._flush() or not self.frame.send.isEnabled():
            return
        state = signing_state(self._store)
        certified = state.person if state.state == "ready" else ""
        dialog = PeopleDialog(
            self._context.icons, report.people, certified, parent=self.window(),
            separate=separating.separate(self._store),
        )  # fmt: skip
        dialog.separated.connect(
            lambda on: separating.set_separate(self._store, on, self._context.actor, self._context.now())
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.named.connect(self._named)
        dialog.open()

    def _named(self, people: People) -> None:
        report, context = self._report, self._context
        assert report is not None
        try:
            filling.name_people(self._store, report.id, people, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        context.navigate("review")
