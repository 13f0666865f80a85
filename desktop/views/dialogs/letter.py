"""报告正文: the letter's number and each section, drafted from the data or in the official's own words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.domain.errors import UserError
from desktop.domain.letter import NUMBER_LIMIT, SECTION_WORDS, SectionName
from desktop.domain.report import Report
from desktop.services import composing
from desktop.services.composing import LetterDraft, SectionDraft
from desktop.views.context import Context
from desktop.views.models.rows import ListRow
from desktop.views.widgets.inputs import AutosaveEdit, labelled
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.note_edit import NoteEdit
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import button, label, mark, rule
from desktop.wording import letter as words

_LIST = 244


class LetterDialog(QDialog):
    """Saves at every pause; Esc closes and loses nothing. `settingsWanted` for 发文机关 and what is printed.

    Ctrl+PageUp and Ctrl+PageDown go from section to section while the text keeps the keys.
    """

    settingsWanted = Signal()

    def __init__(self, context: Context, report: Report, parent: QWidget) -> None:
        super().__init__(parent)
        assert context.store is not None
        self._context, self._store, self._report = context, context.store, report
        self._held: LetterDraft = composing.compose(self._store, report)
        self._name = SectionName.OVERALL
        self.setObjectName("letter_dialog")
        self.setWindowTitle("报告正文")
        self.number = NoteEdit(NUMBER_LIMIT)
        self.number.setObjectName("letter_number")
        self.number.setPlaceholderText("空着就不编号")
        self.number.set_text(self._held.number)
        self.list = RowList(context.icons)
        self.list.setObjectName("letter_sections")
        self.list.setAccessibleName("正文各节")
        self.heading = label("", "strong", name="letter_heading")
        self.said = label("", "caption", name="letter_said", wrap=True)
        self.edit = AutosaveEdit("这一节的正文", lines=9)
        self.edit.setObjectName("letter_text")
        self.asks = Banner(context.icons, "warn")
        self.asks.setObjectName("letter_asks")
        self.restore = button("恢复自动起草", "smallOutlined", "letter_restore", self._restore)
        self.confirm = button("核对过了，不改", "smallOutlined", "letter_confirm", self._confirm)
        self.drafted = QPlainTextEdit()
        self.drafted.setObjectName("letter_drafted")
        self.drafted.setReadOnly(True)
        self.drafted.setTabChangesFocus(True)
        self._beside = labelled("照现在的数据起草", self.drafted)
        self.setLayout(self._arranged(context))
        px, window = context.theme.px, parent.window().size()
        self.resize(min(px(900), max(window.width() - 40, 640)), min(px(620), max(window.height() - 24, 400)))
        self.number.edited.connect(self._number_saved)
        self.edit.edited.connect(self._save)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _: self.edit.setFocus())
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.list.step(by))
        self._fill_list()
        self.list.choose(SectionName.OVERALL.value)
        self.edit.setFocus()

    def _arranged(self, context: Context) -> object:
        left = QWidget()
        left.setFixedWidth(context.theme.px(_LIST))
        number = labelled("发文字号", self.number)
        hint = label(words.NUMBER_HINT, "caption", wrap=True)
        left.setLayout(column(column(number, hint, gap=4, margins=(16, 16, 16, 8)), rule(), self.list, gap=0))
        left.layout().setStretch(2, 1)
        close = button("关闭", "primary", "letter_close", self.accept)
        link = button("发文机关、主送、附件…", "smallLink", "letter_settings", self._to_settings)
        right = column(
            row(self.heading, None, self.confirm, self.restore), self.said, self.edit, self.asks, self._beside,
            row(link, None, close), gap=8, margins=(20, 16, 20, 16),
        )  # fmt: skip
        right.setStretch(2, 3)
        right.setStretch(4, 2)
        whole = row(left, rule(vertical=True), right, gap=0)
        whole.setStretch(2, 1)
        return whole

    def done(self, result: int) -> None:
        """What was typed last is kept, whichever way the dialog is left."""
        self.number.flush()
        self.edit.flush()
        super().done(result)

    def choose(self, name: SectionName) -> None:
        self.list.choose(name.value)

    def _choose(self, key: str) -> None:
        self.edit.flush()
        self._name = SectionName(key)
        self.edit.set_text(self._section.text)
        self._show()

    @property
    def _section(self) -> SectionDraft:
        return self._held.section(self._name)

    def _show(self) -> None:
        """All but the text that is being typed."""
        held = self._section
        self.heading.setText(SECTION_WORDS[held.name])
        self.edit.setAccessibleName(f"{SECTION_WORDS[held.name]}的正文")
        suggestions = held.name is SectionName.SUGGESTIONS
        self.said.setText(words.explained(held.edited, held.stale, held.text, suggestions))
        mark(self.said, tone="warn" if held.stale else "text3")
        self.restore.setVisible(held.edited)
        self.confirm.setVisible(held.stale)
        self._beside.setVisible(held.stale)
        self.drafted.setPlainText(held.drafted)
        asking = held.asking
        if asking:
            self.asks.say("warn", *words.asking(asking))
        self.asks.setVisible(bool(asking))

    def _fill_list(self) -> None:
        rows = []
        for each in self._held.sections:
            word, tone = words.standing(each.edited, each.stale, each.text)
            rows.append(
                ListRow(each.name.value, SECTION_WORDS[each.name], caption=word, right_tone=tone,
                        marks=(("warning", 1),) if each.stale or each.asking else ())
            )  # fmt: skip
        self.list.set_rows(rows)

    def _save(self, text: str) -> None:
        report, context = self._report, self._context
        self._take(
            lambda: composing.save_section(
                self._store, report.id, self._name, text, context.actor, context.now()
            )
        )

    def _restore(self) -> None:
        self.edit.flush()
        report, context = self._report, self._context
        if self._take(
            lambda: composing.restore_section(
                self._store, report.id, self._name, context.actor, context.now()
            )
        ):
            self.edit.set_text(self._section.text)
        self.edit.setFocus()

    def _confirm(self) -> None:
        self.edit.flush()
        report, context = self._report, self._context
        self._take(
            lambda: composing.confirm_section(
                self._store, report.id, self._name, context.actor, context.now()
            )
        )
        self.edit.setFocus()

    def _take(self, work: Callable[[], SectionDraft]) -> bool:
        try:
            now = work()
        except UserError as error:
            self._context.show_error(error)
            return False
        others = tuple(now if each.name is now.name else each for each in self._held.sections)
        self._held = LetterDraft(self._held.number, others)
        self._context.note_saved()
        self._fill_list()
        self._show()
        return True

    def _number_saved(self, typed: str) -> None:
        context = self._context
        try:
            number = composing.save_number(self._store, self._report.id, typed, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        context.note_saved()
        if not self.number.hasFocus():
            self.number.set_text(number)

    def _to_settings(self) -> None:
        self.accept()
        self.settingsWanted.emit()
