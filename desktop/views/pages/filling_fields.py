"""The texts of an entry: each with its label, what is wrong with it, its length, and its own history of undo."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QPlainTextDocumentLayout, QWidget

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.views.icons import Icons
from desktop.views.widgets.inputs import AutosaveEdit
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import label, set_tone
from desktop.wording import findings

TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: ""}


class KeptEdit(AutosaveEdit):
    """An AutosaveEdit that keeps one history of undo for each text it has shown."""

    def __init__(self, placeholder: str, lines: int) -> None:
        super().__init__(placeholder, lines)
        self._kept: dict[str, QTextDocument] = {}
        # A document that is shown for the first time is measured before it is wrapped.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_text(self, key: str, text: str) -> None:
        """Show a stored text under its key; where it was shown before, what was typed can still be undone."""
        document = self._kept.get(key)
        if document is None:
            document = self._kept[key] = self._made()
        if document.toPlainText() != text:
            document.setPlainText(text)
        self._told = text
        if document is not self.document():
            self.setDocument(document)
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._pause.stop()

    def _made(self) -> QTextDocument:
        document = QTextDocument(self)
        document.setDocumentLayout(QPlainTextDocumentLayout(document))
        document.setDefaultFont(self.font())
        document.setDocumentMargin(2)
        return document


class TextField(QWidget):
    """`edited` when the text was typed and the hand rests."""

    edited = Signal()

    def __init__(self, icons: Icons, name: str, title: str, placeholder: str, lines: int) -> None:
        super().__init__()
        self._icons = icons
        self.name, self.title = name, title
        self.edit = KeptEdit(placeholder, lines)
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

    def show_text(self, key: str, text: str) -> None:
        self.edit.show_text(key, text)
        self._counted()

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
        """沿用: into an empty field, or at the cursor of one that has text; nothing is overwritten."""
        cursor = self.edit.textCursor()
        if cursor.hasSelection():
            cursor.setPosition(cursor.selectionEnd())
            self.edit.setTextCursor(cursor)
        self.edit.insert_text(text)
        self.edit.setFocus()

    def _counted(self) -> None:
        count = len("".join(self.text.split()))
        self._count.setText(f"{count} 字" if count else "")
