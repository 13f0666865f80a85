"""Putting a measure's words or a target's figures right by hand, before the plan is imported."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.plan import Measure
from desktop.domain.targets import Accumulation, Audience, Comparator, Target
from desktop.domain.unit import Region
from desktop.views.context import Context, Question
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import NumberEdit, clean_text, labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import button, label
from desktop.wording.terms import ACCUMULATION, AUDIENCE, COMPARATOR, listed


class _Editor(Dialog):
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


class MeasureEditor(_Editor):
    """`edited(title, content, deadline, remark)` when the words are confirmed. `number`: 第19条."""

    edited = Signal(str, str, str, str)

    def __init__(
        self, context: Context, measure: Measure, number: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("改文字", f"改{number}的文字", 640, parent)
        self.setObjectName("measure_editor")
        self._context = context
        self._title = QLineEdit(measure.title)
        self._title.setObjectName("measure_title")
        self._content = QPlainTextEdit(measure.content)
        self._content.setObjectName("measure_content")
        self._content.setTabChangesFocus(True)
        self.give_room(self._content, context.theme.px(180), context.theme.px(320))
        self._deadline, self._remark = QLineEdit(measure.deadline), QLineEdit(measure.remark)
        self._deadline.setObjectName("measure_deadline")
        self._remark.setObjectName("measure_remark")
        for text, field in (("标题", self._title), ("内容", self._content)):
            self.body.addWidget(labelled(text, field))
        pair = row(labelled("完成时限", self._deadline), labelled("备注", self._remark), gap=12)
        self.body.addLayout(pair)
        self._before = self.words
        self.add_button("取消", "secondary", "measure_cancel", self.reject)
        self._save = self.add_button("保存文字", "primary", "measure_save", self._confirm)
        self._title.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))

    @property
    def words(self) -> tuple[str, str, str, str]:
        return (
            clean_text(self._title.text()).strip(),
            clean_text(self._content.toPlainText()).strip(),
            clean_text(self._deadline.text()).strip(),
            clean_text(self._remark.text()).strip(),
        )

    def _changed(self) -> bool:
        return self.words != self._before

    def _confirm(self) -> None:
        if self._changed():
            self.edited.emit(*self.words)
        self.accept()


class TargetEditor(_Editor):
    """`edited(target)` when the figures are confirmed."""

    edited = Signal(object)

    def __init__(
        self, context: Context, target: Target, region: Region, parent: QWidget | None = None
    ) -> None:
        super().__init__("改指标", "改指标", 560, parent)
        self.setObjectName("target_editor")
        self._context, self._target, self._region = context, target, region
        self._codes = target.unit_codes
        self._indicator, self._unit = QLineEdit(target.indicator), QLineEdit(target.unit)
        self._indicator.setObjectName("target_indicator")
        self._indicator.setCursorPosition(0)
        self._unit.setObjectName("target_unit")
        self._deadline = QLineEdit(target.deadline)
        self._deadline.setObjectName("target_deadline")
        self._value = NumberEdit("", width=context.theme.px(140))
        self._value.setObjectName("target_value")
        self._value.set_value(target.value)
        self._comparator = _choice("target_comparator", COMPARATOR, target.comparator)
        self._audience = _choice("target_audience", AUDIENCE, target.audience)
        self._accumulation = _choice("target_accumulation", ACCUMULATION, target.accumulation)
        self._units = button("", "link", "target_units", self._pick)
        self._wrong = label("这里要填一个数", "caption", "bad", "target_wrong")
        self._wrong.hide()
        if target.text:
            self.body.addWidget(label(f"原文：{target.text}", tone="text2", name="target_text", wrap=True))
        self._lay_out()
        self._before = self.target
        self._audience.currentIndexChanged.connect(lambda: self._say_units())
        self._value.unreadable.connect(lambda _: self._wrong.show())
        self._value.edited.connect(lambda _: self._wrong.hide())
        self.add_button("取消", "secondary", "target_cancel", self.reject)
        self._save = self.add_button("保存指标", "primary", "target_save", self._confirm)
        self._indicator.textChanged.connect(lambda text: self._save.setEnabled(bool(text.strip())))
        self._say_units()

    def _lay_out(self) -> None:
        self.body.addWidget(labelled("指标", self._indicator))
        figures = row(
            *(
                labelled("要求", self._comparator),
                labelled("数值", self._value),
                labelled("单位", self._unit),
            ),
            labelled("期限", self._deadline),
        )
        self.body.addLayout(figures)
        self.body.addWidget(self._wrong)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(labelled("由谁填", self._audience), 0, 0)
        grid.addWidget(labelled("完成值怎样算", self._accumulation), 0, 1)
        grid.addWidget(self._units, 1, 0)
        self.body.addLayout(grid)

    @property
    def target(self) -> Target:
        """The target as the fields say it."""
        audience = Audience(self._audience.currentData())
        return replace(
            self._target,
            indicator=self._indicator.text().strip(),
            comparator=Comparator(self._comparator.currentData()),
            value=self._value.value,
            unit=self._unit.text().strip(),
            deadline=self._deadline.text().strip(),
            audience=audience,
            unit_codes=self._codes if audience is Audience.NAMED else self._target.unit_codes,
            accumulation=Accumulation(self._accumulation.currentData()),
        )

    def _say_units(self) -> None:
        named = self._audience.currentData() == Audience.NAMED.value
        names = [u.short_name for u in self._region.units if u.code in self._codes]
        self._units.setText(f"{listed(names)}，改…" if names else "选单位…")
        self._units.setVisible(named)
        self._save.setEnabled(bool(names) or not named)

    def _pick(self) -> None:
        picker = UnitPicker(self._context, "这个指标由谁填", self._region, self._codes, parent=self)
        picker.picked.connect(self._picked)
        picker.open()

    def _picked(self, codes: tuple[str, ...]) -> None:
        self._codes = codes
        self._say_units()

    def _changed(self) -> bool:
        return self.target != self._before

    def _confirm(self) -> None:
        self._value.flush()
        if self._value.property("tone") == "bad":
            self._value.setFocus()
            return
        if self._changed():
            self.edited.emit(self.target)
        self.accept()


def _choice(name: str, words: dict, now: object) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    for value, word in words.items():
        made.addItem(word, value.value)
    made.setCurrentIndex(list(words).index(now))
    return made
