"""The texts of an entry: each with its label, what is wrong with it, and its length."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.views.icons import Icons
from desktop.views.widgets.inputs import AutosaveEdit, UndoElsewhere
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import label, set_tone
from desktop.wording import findings

TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: ""}


class EntryEdit(AutosaveEdit):
    """A text of an entry. It has no history of its own: 撤销 goes over the whole report, from its menu too."""

    undoWanted = Signal()
    redoWanted = Signal()
    left = Signal()

    def __init__(self, placeholder: str, lines: int) -> None:
        super().__init__(placeholder, lines)
        self.setUndoRedoEnabled(False)
        UndoElsewhere(self)
        # A text that is shown for the first time is measured before it is wrapped.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_text(self, text: str) -> None:
        """Show a stored text, the cursor at its end; the same text again leaves the cursor where it is."""
        if text == self.text():
            self._told = text
            self._pause.stop()
            return
        self.set_text(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def insertFromMimeData(self, source: QMimeData) -> None:
        # What is pasted is a step of its own.
        self.flush()
        super().insertFromMimeData(source)
        self.flush()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """Qt's own menu, with the report's 撤销 and 重做 in the place of the field's."""
        menu = self.createStandardContextMenu()
        for name, wanted in (("edit-undo", self.undoWanted), ("edit-redo", self.redoWanted)):
            action = next((a for a in menu.actions() if a.objectName() == name), None)
            if action is not None:
                action.triggered.disconnect()
                action.triggered.connect(lambda _=False, wanted=wanted: wanted.emit())
                action.setEnabled(True)
        return menu

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class TextField(QWidget):
    """`edited` when the text was typed and the hand rests."""

    edited = Signal()

    def __init__(self, icons: Icons, name: str, title: str, placeholder: str, lines: int) -> None:
        super().__init__()
        self._icons = icons
        self.name, self.title = name, title
        self.edit = EntryEdit(placeholder, lines)
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(title)
        self._mark = QLabel()
        self._mark.hide()
        self._reason = label("", "caption", name=f"{name}_reason")
        self._reason.hide()
        self._count = label("", "label", name=f"{name}_count")
        caption = label(title, "label")
        caption.setBuddy(self.edit)
        self.setLayout(
            column(row(caption, self._mark, self._reason, None, self._count, gap=6), self.edit, gap=4)
        )
        self.layout().setStretch(1, 1)
        self.edit.edited.connect(lambda: self.edited.emit())
        self.edit.textChanged.connect(self._counted)

    @property
    def text(self) -> str:
        return self.edit.text()

    def show_text(self, text: str) -> None:
        """Show a stored text."""
        self.edit.show_text(text)
        self._counted()

    def put_cursor(self, at: int) -> None:
        """The cursor behind so many signs; nothing is selected, so that the next key takes nothing away."""
        cursor = self.edit.textCursor()
        # Qt counts the halves of signs beyond the first 65,536.
        cursor.setPosition(len(self.text[:at].encode("utf-16-le")) // 2)
        self.edit.setTextCursor(cursor)
        self.edit.ensureCursorVisible()

    def set_editable(self, editable: bool) -> None:
        self.edit.setReadOnly(not editable)

    def show_finding(self, finding: Finding | None) -> None:
        """What is wrong with this text, in its label line and at its left edge."""
        self._mark.setVisible(finding is not None)
        self._reason.setVisible(finding is not None)
        if finding is None:
            set_tone(self.edit, "")
            self.edit.setAccessibleDescription("")
            return
        said = findings.title(finding)
        self._mark.setPixmap(self._icons.mark_pixmap(finding.severity))
        self._reason.setText(said)
        set_tone(self._reason, TONES[finding.severity] or "text3")
        # A warning is said; only what must be mended marks the field as well.
        set_tone(self.edit, "bad" if finding.severity is Severity.ERROR else "")
        self.edit.setAccessibleDescription(said)

    def carry_over(self, text: str) -> None:
        """沿用: into an empty field, or at the cursor of one that has text; nothing is overwritten. A step of its own."""
        self.edit.flush()
        cursor = self.edit.textCursor()
        if cursor.hasSelection():
            cursor.setPosition(cursor.selectionEnd())
            self.edit.setTextCursor(cursor)
        self.edit.insert_text(text)
        self.edit.setFocus()
        self.edit.flush()

    def start_afresh(self) -> None:
        """重新写: empty, and the hand in it; one 撤销 brings the words back."""
        self.edit.flush()
        self.edit.setPlainText("")
        self.edit.setFocus()
        self.edit.flush()

    def _counted(self) -> None:
        count = len("".join(self.text.split()))
        self._count.setText(f"{count}字" if count else "")
