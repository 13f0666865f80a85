"""Cutting a measure in two: put the cursor where the second begins, and see both halves."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.domain.clean_text import clean_text
from desktop.domain.plan import Measure
from desktop.views.context import Context
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.styling import label


class MeasureSplitter(Dialog):
    """`cut(at, title)`: the place in the content where the second measure begins, and its title."""

    cut = Signal(int, str)

    def __init__(
        self, context: Context, measure: Measure, number: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("拆成两条", f"{number}拆成两条", 640, parent)
        self.setObjectName("measure_splitter")
        self._context, self._content, self._own_title = context, measure.content, False
        hint = "点一下后一条开始的地方，有底色的归后一条。单位两条都留，指标跟着文字走。"
        self.body.addWidget(label(hint, tone="text2", name="split_hint", wrap=True))
        self.text = QPlainTextEdit(measure.content)
        self.text.setObjectName("split_text")
        self.text.setAccessibleName("内容")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        # Not to be typed in, but not out of use either.
        self.text.setStyleSheet(f"background: {context.theme.colours['surface']};")
        self.give_room(self.text, context.theme.px(200), context.theme.px(330))
        self.body.addWidget(self.text, 1)
        self._first = label("", tone="text2", name="split_first", wrap=True)
        self.body.addWidget(self._first)
        self._title = QLineEdit()
        self._title.setObjectName("split_title")
        self.body.addWidget(labelled("后一条的标题", self._title))
        self._title.textEdited.connect(self._titled)
        self.text.cursorPositionChanged.connect(self._look)
        self.add_button("取消", "secondary", "split_cancel", self.reject)
        self._take = self.add_button("拆成两条", "primary", "split_take", self._confirm)
        self.choose(likely_cut(measure.content))
        self.text.setFocus()

    @property
    def at(self) -> int:
        """Where the second measure begins, in signs; Qt counts in units of UTF-16."""
        before = self._content.encode("utf-16-le")[: self.text.textCursor().position() * 2]
        return len(before.decode("utf-16-le", "ignore"))

    def choose(self, at: int) -> None:
        """Cut here."""
        cursor = self.text.textCursor()
        cursor.setPosition(len(self._content[:at].encode("utf-16-le")) // 2)
        self.text.setTextCursor(cursor)
        self._look()

    def _look(self) -> None:
        from desktop.services.drafting_structure import headline

        first, second = self._content[: self.at].strip(), self._content[self.at :].strip()
        shade = QTextEdit.ExtraSelection()
        shade.cursor = QTextCursor(self.text.document())
        shade.cursor.setPosition(self.text.textCursor().position())
        shade.cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        shade.format.setBackground(self._context.theme.colour("sel"))
        self.text.setExtraSelections([shade])
        if not self._own_title:
            self._title.setText(headline(second) if second else "")
            self._title.setCursorPosition(0)
        halves = f"前一条{len(first)}个字，后一条{len(second)}个字。"
        self._first.setText(halves if second else "光标后面没有文字了，请往前点。")
        self._take.setEnabled(bool(second) and bool(self._title.text().strip()))

    def _titled(self, text: str) -> None:
        self._own_title = bool(text.strip())
        self._take.setEnabled(bool(text.strip()) and bool(self._content[self.at :].strip()))

    def _confirm(self) -> None:
        self.cut.emit(self.at, clean_text(self._title.text()).strip())
        self.accept()


def likely_cut(content: str) -> int:
    """Where a second measure most likely begins: at the paragraph, sentence or clause nearest to the middle."""
    text = content.rstrip()
    for stop in (r"\n\s*", r"[。；！？]\s*", r"[，：]\s*"):
        ends = [found.end() for found in re.finditer(stop, text) if found.end() < len(text)]
        if ends:
            return min(ends, key=lambda at: abs(at - len(text) // 2))
    return len(text) // 2
