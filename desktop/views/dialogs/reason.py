"""Giving a reviewed report back to its preparer: never without a reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.styling import label


class ReasonDialog(Dialog):
    """`given` carries the reason."""

    given = Signal(str)

    def __init__(self, preparer: str, parent: QWidget | None = None) -> None:
        super().__init__("退回填报人", f"退回{preparer or '填报人'}去改", 480, parent)
        self.setObjectName("reason_dialog")
        self.body.addWidget(label("填过的都在，可以接着改；改好后要重新审核。", tone="text2", wrap=True))
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("reason")
        self.edit.setAccessibleName("退回原因")
        self.edit.setPlaceholderText("写清哪一条、要改什么")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(84)
        self.body.addWidget(labelled("退回原因", self.edit))
        self.body.addStretch(1)
        self.add_button("取消", name="reason_cancel", clicked=self.reject)
        self._answer = self.add_button("退回去改", "primary", "reason_done", self._done)
        self.edit.textChanged.connect(self._check)
        self._check()
        self.edit.setFocus()

    def _check(self) -> None:
        self._answer.setEnabled(bool(self.edit.toPlainText().strip()))

    def _done(self) -> None:
        self.given.emit(self.edit.toPlainText().strip())
        self.accept()
