"""A text by sections: drafted from the data or in people's own words, saved at every pause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from desktop.domain.errors import UserError
from desktop.services import rescuing
from desktop.services.sectioning import SectionDraft
from desktop.views.context import Context
from desktop.views.models.rows import ListRow
from desktop.views.widgets.dialog import OwnedDialog
from desktop.views.widgets.inputs import AutosaveEdit, labelled
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import button, label, mark, rule
from desktop.wording import letter as words

Name = TypeVar("Name", bound=StrEnum)
_LIST = 244


class SectionDesk(Generic[Name]):
    """What the dialog asks of a text: its sections and their headings, and what becomes of one. Raises UserError."""

    headings: Mapping[Name, str]

    def sections(self) -> tuple[SectionDraft[Name], ...]:
        raise NotImplementedError

    def save(self, name: Name, text: str) -> SectionDraft[Name]:
        raise NotImplementedError

    def restore(self, name: Name) -> SectionDraft[Name]:
        raise NotImplementedError

    def confirm(self, name: Name) -> SectionDraft[Name]:
        raise NotImplementedError

    def note(self, held: SectionDraft[Name], text: str) -> None:
        """Notes what stands in a section and is not saved yet, for when the program ends without being closed."""
        raise NotImplementedError

    def explained(self, held: SectionDraft[Name]) -> str:
        """Where a section's words come from, and what happens next."""
        raise NotImplementedError

    def warned(self, held: SectionDraft[Name]) -> tuple[str, str] | None:
        """Title and text of what must not stand in a section, None where nothing does."""
        return None


class SectionsDialog(OwnedDialog, Generic[Name]):
    """Saves at every pause; Esc closes and loses nothing. Its parts are named `prefix`_….

    Ctrl+PageUp and Ctrl+PageDown go from section to section while the text keeps the keys.
    """

    def __init__(
        self, context: Context, desk: SectionDesk[Name], prefix: str, first: Name, parent: QWidget,
        above: QWidget | None = None, link: QPushButton | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._desk, self._name = context, desk, first
        self._held = desk.sections()
        self.setObjectName(f"{prefix}_dialog")
        self.list = RowList(context.icons)
        self.list.setObjectName(f"{prefix}_sections")
        self.list.setAccessibleName("正文各节")
        self.heading = label("", "strong", name=f"{prefix}_heading")
        self.said = label("", "caption", name=f"{prefix}_said", wrap=True)
        self.edit = AutosaveEdit("这一节的正文", lines=4)
        self.edit.setObjectName(f"{prefix}_text")
        self.warning = Banner(context.icons, "warn")
        self.warning.setObjectName(f"{prefix}_asks")
        self.restore = button("恢复自动起草", "smallOutlined", f"{prefix}_restore", self._restore)
        self.confirm = button("核对过了，不改", "smallOutlined", f"{prefix}_confirm", self._confirm)
        self.drafted = QPlainTextEdit()
        self.drafted.setObjectName(f"{prefix}_drafted")
        self.drafted.setReadOnly(True)
        self.drafted.setTabChangesFocus(True)
        self._beside = labelled("照现在的数据起草", self.drafted)
        close = button("关闭", "primary", f"{prefix}_close", self.accept)
        self.setLayout(self._arranged(context, above, row(link, None, close) if link else row(None, close)))
        px, window = context.theme.px, _outermost(parent).size()
        self.resize(min(px(900), max(window.width() - 40, 640)), min(px(620), max(window.height() - 24, 400)))
        self.edit.edited.connect(self._save)
        self.edit.textChanged.connect(self._note)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _: self.edit.setFocus())
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.list.step(by))
        self._fill_list()
        self.list.choose(first.value)
        self.edit.setFocus()

    def _arranged(self, context: Context, above: QWidget | None, foot: QObject) -> object:
        left = QWidget()
        left.setFixedWidth(context.theme.px(_LIST))
        parts = (above, rule(), self.list) if above is not None else (self.list,)
        left.setLayout(column(*parts, gap=0))
        left.layout().setStretch(len(parts) - 1, 1)
        right = column(
            row(self.heading, None, self.confirm, self.restore), self.said, self.edit, self.warning, self._beside,
            foot, gap=8, margins=(20, 16, 20, 16),
        )  # fmt: skip
        right.setStretch(2, 3)
        right.setStretch(4, 2)
        whole = row(left, rule(vertical=True), right, gap=0)
        whole.setStretch(2, 1)
        return whole

    def done(self, result: int) -> None:
        """What was typed last is kept, whichever way the dialog is left."""
        self.edit.flush()
        self._forget()
        super().done(result)

    def choose(self, name: Name) -> None:
        self.list.choose(name.value)

    def _choose(self, key: str) -> None:
        self.edit.flush()
        self._name = next(each.name for each in self._held if each.name.value == key)
        self.edit.set_text(self._section.text)
        self._show()

    @property
    def _section(self) -> SectionDraft[Name]:
        return next(each for each in self._held if each.name is self._name)

    def _show(self) -> None:
        """All but the text that is being typed."""
        held, heading = self._section, self._desk.headings[self._name]
        self.heading.setText(heading)
        self.edit.setAccessibleName(f"{heading}的正文")
        self.said.setText(self._desk.explained(held))
        mark(self.said, tone="warn" if held.stale else "text3")
        self.restore.setVisible(held.edited)
        self.confirm.setVisible(held.stale)
        self._beside.setVisible(held.stale)
        self.drafted.setPlainText(held.drafted)
        warned = self._desk.warned(held)
        if warned:
            self.warning.say("warn", *warned)
        self.warning.setVisible(warned is not None)

    def _fill_list(self) -> None:
        rows = []
        for each in self._held:
            word = words.standing(each.edited, each.stale, each.text)
            marks = (("warning", 1),) if each.stale or self._desk.warned(each) else ()
            rows.append(ListRow(each.name.value, self._desk.headings[each.name], caption=word, marks=marks))
        self.list.set_rows(rows)

    def _save(self, text: str) -> None:
        if self._take(lambda: self._desk.save(self._name, text)):
            self._forget()

    def _note(self) -> None:
        held, text = self._section, self.edit.text()
        if text == held.text:
            self._forget()
        else:
            self._desk.note(held, text)

    def _forget(self) -> None:
        """Nothing is in the hand."""
        assert self._context.store is not None
        rescuing.forget(self._context.store)

    def _restore(self) -> None:
        self.edit.flush()
        if self._take(lambda: self._desk.restore(self._name)):
            self.edit.set_text(self._section.text)
        self.edit.setFocus()

    def _confirm(self) -> None:
        self.edit.flush()
        self._take(lambda: self._desk.confirm(self._name))
        self.edit.setFocus()

    def _take(self, work: Callable[[], SectionDraft[Name]]) -> bool:
        try:
            now = work()
        except UserError as error:
            self._context.show_error(error)
            return False
        self._held = tuple(now if each.name is now.name else each for each in self._held)
        self._context.note_saved()
        self._fill_list()
        self._show()
        return True


def _outermost(widget: QWidget) -> QWidget:
    """The program's window, also where a dialog opens another."""
    window = widget.window()
    return window if window.parentWidget() is None else _outermost(window.parentWidget())
