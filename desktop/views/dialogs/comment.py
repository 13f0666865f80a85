"""A reviewer's remark on one entry: what the preparer is to mend."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.styling import label

LONGEST = 500


class CommentDialog(Dialog):
    """`given` carries the text, never an empty one."""

    given = Signal(str)

    def __init__(self, entry: str, parent: QWidget | None = None) -> None:
        super().__init__("提意见", f"给{entry}提意见", 480, parent)
        self.setObjectName("comment_dialog")
        note = "这一条退给填报人改。意见办结之前，审核不能通过。"
        self.body.addWidget(label(note, tone="text2", wrap=True))
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("comment_text")
        self.edit.setAccessibleName("意见")
        self.edit.setPlaceholderText("写清要改什么")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(84)
        self.body.addWidget(labelled("意见", self.edit))
        self._count = label("", "caption", name="comment_count")
        self.body.addWidget(self._count)
        self.body.addStretch(1)
        self.add_button("取消", name="comment_cancel", clicked=self.reject)
        self._answer = self.add_button("退给填报人", "primary", "comment_done", self._done)
        self.edit.textChanged.connect(self._check)
        self._check()
        self.edit.setFocus()

    @property
    def text(self) -> str:
        return self.edit.toPlainText().strip()

    def _check(self) -> None:
        over = len(self.text) - LONGEST
        self._answer.setEnabled(bool(self.text) and over <= 0)
        self._count.setText(f"多了{over}字，最多{LONGEST}字" if over > 0 else f"{len(self.text)}字")

    def _done(self) -> None:
        self.given.emit(self.text)
        self.accept()
