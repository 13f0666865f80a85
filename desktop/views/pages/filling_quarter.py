"""The quarter that is being filled: the rows as last read or saved, every save, and the way back over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.domain.history import TEXTS, Change, EditHistory, Step
from desktop.domain.report import Entry, Evidence, Report
from desktop.services import closing, filling, rescuing
from desktop.services.filling import Saved
from desktop.services.surveying import FillingOverview, FillingRow
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.pages.filling_editor import EntryEditor
from desktop.views.widgets.notices import Banner


class OpenQuarter(QObject):
    """Stores what stands in the editor. `saved(Saved)` after each save; `turned(Step)` after 撤销 or 重做 as it was applied.

    What could not be stored is said in `trouble` and stays in the fields.
    """

    saved = Signal(object)
    turned = Signal(object)

    def __init__(self, context: Context, editor: EntryEditor, trouble: Banner) -> None:
        super().__init__(editor)
        self._context, self._editor, self._trouble = context, editor, trouble
        self._histories: dict[str, EditHistory] = {}
        self._left: dict[str, dict[str, Entry]] = {}
        self.seen: FillingOverview | None = None
        self._open = False
        editor.edited.connect(self.save)
        editor.typing.connect(self._note)
        editor.fieldLeft.connect(lambda: self.history.close())

    @property
    def _store(self) -> Store:
        return self._context.open_store

    @property
    def report(self) -> Report | None:
        return self.seen.report if self.seen else None

    @property
    def editable(self) -> bool:
        return self.report is not None and closing.editable(self._store, self.report, self._context.today())

    @property
    def rows(self) -> tuple[FillingRow, ...]:
        return self.seen.rows if self.seen else ()

    @property
    def row(self) -> FillingRow | None:
        """The row that the editor shows."""
        return self.row_of(self._editor.key)

    def row_of(self, key: str) -> FillingRow | None:
        return next((r for r in self.rows if r.measure.key == key), None)

    @property
    def history(self) -> EditHistory:
        """The steps of the report that is shown."""
        return self._histories.setdefault(self.report.id if self.report else "", EditHistory())

    def show(self, seen: FillingOverview | None) -> None:
        """A quarter was read anew; what others changed since it was shown (a workbook taken in) is one step of its history."""
        before, self.seen = self.seen, seen
        if before is not None:
            self._left[before.report.id] = {row.measure.key: row.entry for row in before.rows}
        if seen is None:
            return
        held = self._left.get(seen.report.id, {})
        self.history.close()
        self.history.note(
            Change(held[row.measure.key], row.entry) for row in seen.rows if row.measure.key in held
        )
        self.history.close()

    # What is written

    def flush(self) -> bool:
        """Store what was typed a moment ago; False, with a word in the page, when that could not be done."""
        self._editor.flush()
        return self.save()

    def save(self) -> bool:
        """Store what stands in the fields."""
        shown, entry = self.row, self._editor.entry
        # Not `editable`: what was typed while the closing day ended must be told, not dropped.
        if shown is None or entry is None or not self._open or entry == shown.entry:
            return True
        return self._put(entry)

    def name_evidence(self, report_id: str, key: str, kept: Evidence) -> None:
        """A file is safe: the entry that it was given to names it, also when another entry or report is shown by now."""
        here = self.report is not None and self.report.id == report_id
        shown = self.row_of(key) if here else None
        if shown is not None and key == self._editor.key and self._may_take(report_id):
            self._editor.give_evidence(kept)
        elif shown is not None:
            # What is typed a moment ago is stored first: the note beside the database holds one field alone.
            self.flush()
            self._put(_with_file(shown.entry, kept))
        elif not here:
            self._name_elsewhere(report_id, key, kept)

    def _may_take(self, report_id: str) -> bool:
        """Whether the entry on the screen may be written in, as the store has it now: a review may have come between."""
        stored = self._store.reports.get(report_id)
        return self._open and closing.editable(self._store, stored, self._context.today())

    def _name_elsewhere(self, report_id: str, key: str, kept: Evidence) -> None:
        """When that report is shown again, its history finds the file as what came meanwhile."""
        store, context = self._store, self._context
        stored = store.reports.entry(report_id, key) or Entry(key)
        try:
            saved = filling.save_entry(
                store, report_id, _with_file(stored, kept), context.actor, context.now()
            )
        except UserError as error:
            show_in_banner(self._trouble, error)
            return
        context.note_saved(saved.at)

    def let_go(self) -> str:
        """Gives up what stands in the fields and cannot be stored; returns its words and figures, for the person to copy."""
        shown, entry = self.row, self._editor.entry
        self._open = False
        self._trouble.hide()
        if shown is None or entry is None:
            return ""
        texts = [getattr(entry, name) for name in TEXTS if getattr(entry, name) != getattr(shown.entry, name)]
        figures = [f"{r.value:f}" for r in entry.readings if r not in shown.entry.readings]
        return "\n".join(text.strip() for text in (*texts, *figures) if text.strip())

    def leave(self) -> None:
        """The person goes elsewhere: nothing is in the hand."""
        if self.flush():
            rescuing.forget(self._store)

    def arrive(self) -> bool:
        """Another entry is about to be shown: whether it may be written in is settled now, and returned."""
        self._open = self.editable
        return self._open

    def note_place(self) -> None:
        """Where the person is, for when the program ends without being closed."""
        shown, report = self.row, self.report
        if shown is not None and report is not None and self._open:
            rescuing.note(self._store, report.id, shown.entry)

    def _note(self, field: str, target: str, text: str) -> None:
        shown, report = self.row, self.report
        if shown is not None and report is not None and self._open:
            rescuing.note(self._store, report.id, shown.entry, field, target, text)

    def _put(self, entry: Entry) -> bool:
        report, context = self.report, self._context
        assert report is not None
        try:
            saved = filling.save_entry(self._store, report.id, entry, context.actor, context.now())
        except UserError as error:
            show_in_banner(self._trouble, error)
            return False
        self._trouble.hide()
        self._take((saved,), noted=True)
        self.saved.emit(saved)
        return True

    def _take(self, saved: Iterable[Saved], noted: bool) -> None:
        assert self.seen is not None
        for each in saved:
            before = self.row_of(each.row.measure.key)
            if noted and before is not None:
                self.history.note((Change(before.entry, each.row.entry),))
            fresh = {row.measure.key: row for row in (*each.others, each.row)}
            rows = tuple(fresh.get(row.measure.key, row) for row in self.seen.rows)
            self.seen = replace(self.seen, rows=rows)
            self._context.note_saved(each.at)
        self.note_place()

    # 撤销 and 重做

    def undo(self) -> None:
        """Take the newest step back, wherever in the report it was made."""
        self._turn(back=True)

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        self._turn(back=False)

    def _turn(self, back: bool) -> None:
        if not self.editable or not self.flush():
            return
        history, report, context = self.history, self.report, self._context
        step = history.undoes if back else history.redoes
        if step is None or report is None:
            return
        made = step.reversed if back else step
        rows = {row.measure.key: row.entry for row in self.rows}
        # What the plan asks for no more is only read.
        entries = [
            c.applied_to(rows[c.before.measure_key]) for c in made.changes if c.before.measure_key in rows
        ]
        try:
            saved = filling.save_entries(self._store, report.id, entries, context.actor, context.now())
        except UserError as error:
            show_in_banner(self._trouble, error)
            return
        self._trouble.hide()
        history.turned_back() if back else history.turned_forth()
        self._take(saved, noted=False)
        self.turned.emit(made)


def _with_file(entry: Entry, kept: Evidence) -> Entry:
    """The entry that names a file; the same content is named once."""
    return replace(entry, evidence=(*(e for e in entry.evidence if e.digest != kept.digest), kept))


def first_change(step: Step) -> tuple[str, str, str]:
    """Where to look after a step: the measure's key, the field's name, and the target of a reading."""
    change = step.changes[0]
    field = change.fields[0] if change.fields else "status"
    if field != "readings":
        return change.before.measure_key, field, ""
    before = {r.target_key: r for r in change.before.readings}
    after = {r.target_key: r for r in change.after.readings}
    target = next(key for key in (*after, *before) if before.get(key) != after.get(key))
    return change.before.measure_key, "reading", target
