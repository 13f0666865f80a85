"""Putting a measure's words and number right by hand, before the plan is imported; or writing one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from desktop.domain.clean_text import clean_text
from desktop.domain.plan import Measure
from desktop.views.context import Context, Question
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import label
from desktop.wording.terms import ROLE


class Editor(Dialog):
    """A dialog that asks before what was typed in it is thrown away."""

    _context: Context

    def _changed(self) -> bool:
        raise NotImplementedError

    def reject(self) -> None:
        if self._changed() and not self._context.ask(
            Question("不要刚才改的了吗？", "这里改过的内容还没有保存。", "不要了", "接着改", dangerous=True)
        ):
            return
        super().reject()


@dataclass(frozen=True)
class MeasureWords:
    """What can be written of a measure."""

    task_no: str
    part: int
    section: str
    title: str
    content: str
    deadline: str
    remark: str

    def on(self, measure: Measure) -> Measure:
        """The measure with these words."""
        return replace(
            measure,
            task_no=self.task_no,
            part=self.part,
            section=self.section,
            title=self.title,
            content=self.content,
            deadline=self.deadline,
            remark=self.remark,
        )


class MeasureEditor(Editor):
    """`edited(MeasureWords)` when the words are confirmed. `new`: it is not in the draft yet."""

    edited = Signal(object)

    def __init__(
        self,
        context: Context,
        measure: Measure,
        title: str,
        parent: QWidget | None = None,
        new: bool = False,
    ) -> None:
        super().__init__("加一条" if new else "改文字", title, 640, parent)
        self.setObjectName("measure_editor")
        self._context, self._new = context, new
        self._number = _line("measure_number", measure.task_no)
        self._part = QSpinBox()
        self._part.setObjectName("measure_part")
        self._part.setRange(1, 99)
        self._part.setValue(measure.part)
        self._part.lineEdit().setTextMargins(context.theme.px(8), 0, 0, 0)
        self._section = _line("measure_section", measure.section)
        self._title = _line("measure_title", measure.title)
        self._content = QPlainTextEdit(measure.content)
        self._content.setObjectName("measure_content")
        self._content.setTabChangesFocus(True)
        self.give_room(self._content, context.theme.px(160), context.theme.px(400))
        self._duties = tuple(f"{ROLE[d.role]} {d.name}" for d in measure.duties) if new else ()
        self._deadline = _line("measure_deadline", measure.deadline)
        self._remark = _line("measure_remark", measure.remark)
        self._lay_out(context.theme.px)
        self._before = self.words
        self.add_button("取消", "secondary", "measure_cancel", self.reject)
        self._save = self.add_button("", "primary", "measure_save", self._confirm)
        for field in (self._title, self._number):
            field.textChanged.connect(lambda _: self._look())
        self._look()
        (self._title if measure.title or not new else self._number).setFocus()

    def _lay_out(self, px: object) -> None:
        assert callable(px)
        for field, width in ((self._number, 120), (self._part, 96)):
            field.setFixedWidth(px(width))
        part = labelled("第几部分", self._part)
        part.setVisible(not self._new)
        head = row(labelled("编号", self._number), part, labelled("章节", self._section), gap=12)
        head.setStretch(2, 1)
        self.body.addLayout(head)
        for text, field in (("标题", self._title), ("内容", self._content)):
            self.body.addWidget(labelled(text, field))
        if self._duties:
            said = f"认出的单位：{'、'.join(self._duties)}"
            self.body.addWidget(label(said, "caption", name="measure_duties", wrap=True))
        pair = row(labelled("完成时限", self._deadline), labelled("备注", self._remark), gap=12)
        self.body.addLayout(pair)

    @property
    def words(self) -> MeasureWords:
        return MeasureWords(
            _clean(self._number.text()),
            self._part.value(),
            _clean(self._section.text()),
            _clean(self._title.text()),
            _clean(self._content.toPlainText()),
            _clean(self._deadline.text()),
            _clean(self._remark.text()),
        )

    def _look(self) -> None:
        number, title = self._number.text().strip(), self._title.text().strip()
        ready = "加进方案" if self._new else "保存文字"
        self._save.setText(ready if number and title else "先写标题" if number else "先写编号")
        self._save.setEnabled(bool(number and title))

    def _changed(self) -> bool:
        return self.words != self._before

    def _confirm(self) -> None:
        if self._changed() or self._new:
            self.edited.emit(self.words)
        self.accept()


def _line(name: str, text: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setCursorPosition(0)
    return made


def _clean(text: str) -> str:
    return clean_text(text).strip()
