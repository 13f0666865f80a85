"""报告正文: the letter's number and each section, drafted from the data or in the official's own words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.letter import NUMBER_LIMIT, SECTION_WORDS, SectionName, asking_words
from desktop.domain.report import Report
from desktop.services import composing, rescuing
from desktop.services.sectioning import SectionDraft
from desktop.views.context import Context
from desktop.views.dialogs.sections import SectionDesk, SectionsDialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import column
from desktop.views.widgets.note_edit import NoteEdit
from desktop.views.widgets.styling import button, label
from desktop.wording import letter as words

_Section = SectionDraft[SectionName]


class _LetterDesk(SectionDesk[SectionName]):
    headings = SECTION_WORDS

    def __init__(self, context: Context, report: Report) -> None:
        assert context.store is not None
        self._context, self._store, self._report = context, context.store, report

    def sections(self) -> tuple[_Section, ...]:
        return composing.compose(self._store, self._report).sections

    def save(self, name: SectionName, text: str) -> _Section:
        context = self._context
        return composing.save_section(self._store, self._report.id, name, text, context.actor, context.now())

    def restore(self, name: SectionName) -> _Section:
        context = self._context
        return composing.restore_section(self._store, self._report.id, name, context.actor, context.now())

    def confirm(self, name: SectionName) -> _Section:
        context = self._context
        return composing.confirm_section(self._store, self._report.id, name, context.actor, context.now())

    def note(self, held: _Section, text: str) -> None:
        rescuing.note_section(self._store, rescuing.LETTER, self._report.id, held, text)

    def explained(self, held: _Section) -> str:
        suggestions = held.name is SectionName.SUGGESTIONS
        return words.explained(held.edited, held.stale, held.text, suggestions)

    def warned(self, held: _Section) -> tuple[str, str] | None:
        asking = asking_words(held.text)
        return words.asking(asking) if asking else None


class LetterDialog(SectionsDialog[SectionName]):
    """The number stands over the sections. `settingsWanted` for 发文机关 and what is printed."""

    settingsWanted = Signal()

    def __init__(self, context: Context, report: Report, parent: QWidget) -> None:
        assert context.store is not None
        self._store, self._report = context.store, report
        self._number = context.store.letters.number(report.id)
        self.number = NoteEdit(NUMBER_LIMIT)
        self.number.setObjectName("letter_number")
        self.number.setPlaceholderText("空着就不编号")
        self.number.set_text(self._number)
        above = QWidget()
        hint = label(words.NUMBER_HINT, "caption", wrap=True)
        above.setLayout(
            column(labelled(words.NUMBER_WORD, self.number), hint, gap=4, margins=(16, 16, 16, 8))
        )
        link = button("发文机关、主送、附件…", "smallLink", "letter_settings")
        super().__init__(
            context, _LetterDesk(context, report), "letter", SectionName.OVERALL, parent, above, link
        )
        self.setWindowTitle("报告正文")
        link.clicked.connect(self._to_settings)
        self.number.textEdited.connect(self._note_number)
        self.number.edited.connect(self._save_number)
        self.number.editingFinished.connect(self._even_number)

    def done(self, result: int) -> None:
        """What was typed last is kept, whichever way the dialog is left."""
        self.number.flush()
        super().done(result)

    def _even_number(self) -> None:
        """Leaving the field shows the number as it is kept."""
        self.number.flush()
        self.number.set_text(self._number)

    def _note_number(self, typed: str) -> None:
        """For when the program ends before the pause after which it is saved."""
        if typed == self._number:
            rescuing.forget(self._store)
        else:
            rescuing.note_number(self._store, self._report.id, self._number, typed)

    def _save_number(self, typed: str) -> None:
        context = self._context
        try:
            self._number = composing.save_number(
                self._store, self._report.id, typed, context.actor, context.now()
            )
        except UserError as error:
            context.show_error(error)
            return
        rescuing.forget(self._store)
        context.note_saved()

    def _to_settings(self) -> None:
        self.accept()
        self.settingsWanted.emit()
