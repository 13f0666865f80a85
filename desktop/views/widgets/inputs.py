"""Fields: search, number with a unit, pass phrase, text that saves itself."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from decimal import Decimal

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.clean_text import clean_text
from desktop.domain.html_text import text_of
from desktop.views.icons import Icons
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import icon_button, label, set_tone

SAVE_PAUSE_MS = 400
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def read_decimal(text: str, unit: str = "") -> Decimal | None:
    """The number that a person wrote: full-width digits, thousands separators and the unit are allowed.

    None for blank text. Raises ValueError for anything else than one finite number.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    plain = "".join(plain.split()).replace(",", "").replace("−", "-").replace("。", ".")
    plain = plain.removesuffix(unicodedata.normalize("NFKC", unit).replace(" ", "")) if unit else plain
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain) or len(plain) > 20:
        raise ValueError(text)
    return Decimal(plain)


def written(value: Decimal | None) -> str:
    """A number as people write it, never 1E+2."""
    return "" if value is None else f"{value:f}"


def pasted(source: QMimeData) -> str | None:
    """The text that a clipboard holds, cleaned; None where it holds none, or files."""
    # A dropped file is not its path: it goes on to whatever takes files there.
    if any(url.isLocalFile() for url in source.urls()):
        return None
    if source.hasText() and source.text():
        return clean_text(source.text())
    return clean_text(text_of(source.html())) if source.hasHtml() else None


class SearchBox(QLineEdit):
    """Filters as you type. Ctrl+F goes to it, Esc clears it, Esc again is `left`."""

    changed = Signal(str)
    left = Signal()

    def __init__(
        self, icons: Icons, placeholder: str, shortcut: str = "Ctrl+F", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        theme = icons.theme
        self._glass = icons.pixmap("search", "text2", 16)
        self.setTextMargins(theme.px(22), 0, 0, 0)
        if shortcut:
            QShortcut(QKeySequence(shortcut), self).activated.connect(self._entered)
        self.textChanged.connect(self.changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Drawn, and not a label: a widget upon this one would have all that lies under both painted at every sign typed.
        super().paintEvent(event)
        side = round(self._glass.width() / self._glass.devicePixelRatio())
        QPainter(self).drawPixmap(side * 9 // 16, (self.height() - side) // 2, self._glass)

    def _entered(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()


class NumberEdit(QLineEdit):
    """A decimal with its unit. `edited` carries Decimal or None; what is no number stays, marked, and is not told."""

    edited = Signal(object)
    unreadable = Signal(str)

    def __init__(self, unit: str = "", width: int = 96, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._value: Decimal | None = None
        self._suffix = label(unit, "caption")
        self._suffix.setParent(self)
        self._suffix.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(width)
        self.setAccessibleName(unit)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._pause = _pause(self, self.flush)
        self.textEdited.connect(lambda: self._pause.start())

    @property
    def value(self) -> Decimal | None:
        """The last number that could be read."""
        return self._value

    def set_value(self, value: Decimal | None) -> None:
        """Show a stored number; tells nobody."""
        self._pause.stop()
        self._value = value
        self.setText(written(value))
        set_tone(self, "")

    def flush(self) -> None:
        """Tell now what was typed."""
        self._pause.stop()
        try:
            value = read_decimal(self.text(), self._unit)
        except ValueError:
            set_tone(self, "bad")
            self.unreadable.emit(self.text())
            return
        if self.property("tone") == "bad":
            set_tone(self, "")
        if value != self._value:
            self._value = value
            self.edited.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_from(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def paste_from(self, source: QMimeData) -> None:
        """Put in what a clipboard holds: a number without its unit and thousands, anything else as it is."""
        text = " ".join((pasted(source) or "").split())
        with suppress(ValueError):
            text = written(read_decimal(text, self._unit))
        if text:
            self.insert(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()
        if self.property("tone") != "bad":
            self.setText(written(self._value))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._suffix.adjustSize()
        room = self._suffix.width()
        self.setTextMargins(0, 0, room + 4 if room else 0, 0)
        self._suffix.move(self.width() - room - 10, (self.height() - self._suffix.height()) // 2)


class PassphraseEdit(QWidget):
    """A pass phrase with 显示, and a word when the capital lock seems to be on."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = _SecretLine()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setAccessibleName("口令")
        self._show = icon_button(icons, "eye", "显示", name="show_passphrase")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._shown)
        self._hint = label("大写锁定好像开着", "caption", "warn", "capital_lock")
        self._hint.hide()
        self.setLayout(column(row(self.edit, self._show), self._hint, gap=4))
        self.layout().setStretch(0, 1)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self.edit.capitals.connect(self._hint.setVisible)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        return self.edit.text()

    def clear(self) -> None:
        self.edit.clear()
        self._show.setChecked(False)

    def _shown(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        self._show.setText("隐藏" if shown else "显示")


class _SecretLine(QLineEdit):
    """Sees by the letters that arrive whether the capital lock is on; no system tells it portably."""

    capitals = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(letter.isupper() != shift)
        super().keyPressEvent(event)


class UndoElsewhere(QObject):
    """Lets 撤销 and 重做 pass a field on to the page, whose history goes over more than this field."""

    _KEYS = ("Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z")

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence(event.keyCombination())
            if any(keys == QKeySequence(known) for known in self._KEYS):
                event.ignore()
                return True
        return super().eventFilter(watched, event)


class AutosaveEdit(QPlainTextEdit):
    """Plain text that tells `edited` after a pause of 400 ms and when the focus leaves. Tab leaves, Ctrl+Tab is a tab."""

    edited = Signal(str)

    def __init__(self, placeholder: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._lines = lines
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self._pause = _pause(self, self.flush)
        self.textChanged.connect(lambda: self._pause.start())
        QShortcut(
            QKeySequence("Ctrl+Tab"), self, context=Qt.ShortcutContext.WidgetShortcut
        ).activated.connect(lambda: self.insertPlainText("\t"))

    def set_text(self, text: str) -> None:
        """Show a stored text, with a fresh undo history; tells nobody. What was typed before must be flushed."""
        self._told = text
        self.setPlainText(text)
        self._pause.stop()

    def text(self) -> str:
        return self.toPlainText()

    def insert_text(self, text: str) -> None:
        """Put text at the cursor (沿用): one step of undo."""
        self.insertPlainText(clean_text(text))

    def flush(self) -> None:
        """Tell now what was typed."""
        self._pause.stop()
        text = self.toPlainText()
        if text != self._told:
            self._told = text
            self.edited.emit(text)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return (source.hasText() or source.hasHtml()) and not any(url.isLocalFile() for url in source.urls())

    def insertFromMimeData(self, source: QMimeData) -> None:
        if (text := pasted(source)) is not None:
            self.insertPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height())

    def _height(self) -> int:
        return self.fontMetrics().lineSpacing() * self._lines + 16


def _pause(owner: QWidget, told: object) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(SAVE_PAUSE_MS)
    timer.timeout.connect(told)
    return timer


def labelled(text: str, field: QWidget, trailing: QLabel | None = None) -> QWidget:
    """A field under its label (4 px apart), with a word or a count at the label's right."""
    holder = QWidget()
    caption = label(text, "label")
    caption.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(text)
    head = row(caption, None, *([trailing] if trailing else []))
    holder.setLayout(column(head, field, gap=4))
    return holder
