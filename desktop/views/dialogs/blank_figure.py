"""Filling in a figure that the plan in force leaves blank."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.targets import Target
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import NumberEdit, labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import label
from desktop.wording.terms import COMPARATOR


class BlankFigureDialog(Dialog):
    """`filled(value)` with the figure; `version` is the one that this makes."""

    filled = Signal(object)

    def __init__(self, target: Target, version: int, parent: QWidget | None = None) -> None:
        super().__init__("填上空着的数", f"填上“{target.indicator}”的数", 480, parent)
        self.setObjectName("blank_figure_dialog")
        if target.text:
            self.body.addWidget(label(f"原文：{target.text}", tone="text2", name="blank_text", wrap=True))
        self._value = NumberEdit(target.unit, width=160)
        self._value.setObjectName("blank_value")
        self._value.setAccessibleName(f"{target.indicator}，{COMPARATOR[target.comparator]}，{target.unit}")
        self.body.addLayout(row(labelled(f"目标值（{COMPARATOR[target.comparator]}）", self._value), None))
        self._wrong = label("这里要填一个数", "caption", "bad", "blank_wrong")
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        words = f"填上以后方案是第{version}版，其他内容不变。下次下发时带给各单位。"
        self.body.addWidget(label(words, tone="text2", wrap=True))
        self.add_button("取消", name="blank_cancel", clicked=self.reject)
        self.add_button(f"填上，成为第{version}版", "primary", "blank_fill", self._confirm)
        self._value.setFocus()

    def _confirm(self) -> None:
        self._value.flush()
        value = self._value.value
        if value is None or self._value.property("tone") == "bad":
            self._wrong.show()
            self._value.setFocus()
            return
        self.accept()
        self.filled.emit(value)
