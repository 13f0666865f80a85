"""A figure that a plan sets, put right by hand or added."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from desktop.domain.targets import Accumulation, Audience, Comparator, Target
from desktop.domain.unit import Region
from desktop.views.context import Context
from desktop.views.dialogs.measure_editor import Editor
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.widgets.addable import addable_tick
from desktop.views.widgets.inputs import NumberEdit, labelled
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.milestones import MilestonesEdit
from desktop.views.widgets.styling import button, label
from desktop.wording.filling import BY_TIME
from desktop.wording.terms import ACCUMULATION, AUDIENCE, COMPARATOR, listed


class TargetEditor(Editor):
    """`edited(target)` when the figures are confirmed. `new`: it is not in the draft yet; `plan_title` names its years."""

    edited = Signal(object)

    def __init__(
        self,
        context: Context,
        target: Target,
        region: Region,
        parent: QWidget | None = None,
        new: bool = False,
        plan_title: str = "",
    ) -> None:
        super().__init__("加指标" if new else "改指标", "加指标" if new else "改指标", 560, parent)
        self.setObjectName("target_editor")
        self._context, self._target, self._region = context, target, region
        self._codes = target.unit_codes
        self._indicator, self._unit = QLineEdit(target.indicator), QLineEdit(target.unit)
        self._indicator.setObjectName("target_indicator")
        self._indicator.setCursorPosition(0)
        self._unit.setObjectName("target_unit")
        self._deadline, self._scope = QLineEdit(target.deadline), QLineEdit(target.scope)
        self._deadline.setObjectName("target_deadline")
        self._scope.setObjectName("target_scope")
        self._value = NumberEdit("", width=context.theme.px(140))
        self._value.setObjectName("target_value")
        self._value.set_value(target.value)
        self._comparator = _choice("target_comparator", COMPARATOR, target.comparator)
        self._audience = _choice("target_audience", AUDIENCE, target.audience)
        self._accumulation = _choice("target_accumulation", ACCUMULATION, target.accumulation)
        self._addable = addable_tick(target)
        self._units = button("", "link", "target_units", self._pick)
        self._wrong = label("这里要填一个数", "caption", "bad", "target_wrong")
        self._wrong.hide()
        self._milestones = MilestonesEdit(context.theme, target, plan_title, context.today())
        if target.text:
            self.body.addWidget(label(f"原文：{target.text}", tone="text2", name="target_text", wrap=True))
        self._lay_out()
        self._before = self.target
        for choice in (self._audience, self._accumulation):
            choice.currentIndexChanged.connect(lambda: self._say_units())
        self._value.unreadable.connect(lambda _: self._wrong.show())
        self._value.edited.connect(lambda _: self._wrong.hide())
        self.add_button("取消", "secondary", "target_cancel", self.reject)
        self._save = self.add_button(
            "加上指标" if new else "保存指标", "primary", "target_save", self._confirm
        )
        self._indicator.textChanged.connect(lambda _: self._say_units())
        self._say_units()

    def _lay_out(self) -> None:
        head = row(labelled("指标", self._indicator), labelled("范围（可不填）", self._scope), gap=12)
        head.setStretch(0, 2)
        head.setStretch(1, 1)
        self.body.addLayout(head)
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
        grid.addWidget(self._addable, 1, 1)
        self.body.addLayout(grid)
        self._by_time = label("", "caption", name="milestones_word", wrap=True)
        part = QWidget()
        part.setLayout(column(label("序时应达（可不填）", "label"), self._milestones, self._by_time, gap=4))
        part.setVisible(bool(self._target.milestones))
        opener = button("定各季度的序时应达", "smallLink", "open_milestones", part.show)
        opener.clicked.connect(opener.hide)
        opener.setHidden(bool(self._target.milestones))
        self.body.addLayout(row(opener, None))
        self.body.addWidget(part)

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
            scope=self._scope.text().strip(),
            audience=audience,
            unit_codes=self._codes if audience is Audience.NAMED else self._target.unit_codes,
            accumulation=Accumulation(self._accumulation.currentData()),
            milestones=self._milestones.milestones,
            addable=self._addable.isChecked() and audience is not Audience.CITY,
        )

    def _say_units(self) -> None:
        named = self._audience.currentData() == Audience.NAMED.value
        names = [u.short_name for u in self._region.units if u.code in self._codes]
        self._units.setText(f"{listed(names)}，改…" if names else "选单位…")
        self._units.setVisible(named)
        self._addable.setVisible(self._audience.currentData() != Audience.CITY.value)
        self._by_time.setText(BY_TIME[Accumulation(self._accumulation.currentData())])
        self._save.setEnabled((bool(names) or not named) and bool(self._indicator.text().strip()))

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
        if not self._milestones.flush():
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
