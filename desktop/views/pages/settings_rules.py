"""审核规则: what is looked for in an entry, and what it takes to sign nevertheless. The city sets it, units read it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSpinBox, QWidget

from desktop.domain.errors import UserError
from desktop.domain.plan import Plan, Severity
from desktop.domain.quarter import Quarter
from desktop.domain.rules import SWITCHES, USUAL, RuleSet
from desktop.domain.schedule import span_of
from desktop.services import ruling
from desktop.views.context import Context
from desktop.views.dialogs.evidence_measures import EvidenceMeasures
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, rule
from desktop.wording.findings import RULES, SEVERITY

_TRAVELS = "改了就存，下次下发时带给各单位，县里和市里按同一套查。"
_FROM_ABOVE = "审核规则由市里定，随任务包来，这里只能看。"
_ARROW = 56
_MEANING = "“必须改”的不改好不能送审；“要说明”的改好，或在“说明”里写一句；“只提醒”的不挡着。"


class RulesSection(Scroll):
    """The rules of the plan that is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._plan: Plan | None = None
        self._rules = USUAL
        self._showing = False
        self.setObjectName("rules_section")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = label("", "strong", name="rules_plan", wrap=True)
        self._said = label("", "caption", name="rules_said", wrap=True)
        self._severities = {name: self._severity(name) for name in SWITCHES}
        self.slip = self._number("rules_slip", RuleSet.SLIPS, " 倍", "相差多少倍像是单位填错")
        self.least = self._number("rules_least", RuleSet.LENGTHS, " 个字", "进展情况最少多少字")
        self.proportional = self._tick("rules_proportional", "没有定序时应达的累计指标，按时间比例算")
        self.completed = self._tick("rules_completed", "选了“已完成”的，都要有佐证材料")
        self.begins = QComboBox()
        self.begins.setObjectName("rules_begins")
        self.begins.setAccessibleName("方案期从哪个季度算起")
        self.begins.activated.connect(lambda _: self._take(begins=self.begins.currentData()))
        self.measures = button("", "smallOutlined", "rules_measures", self._ask_measures)
        self.back = button("恢复默认", name="rules_default", clicked=self._to_default)
        self._inner = QWidget()
        self._inner.setMaximumWidth(context.theme.px(680))
        self._inner.setLayout(self._arranged())
        body = QWidget()
        body.setProperty("pane", "surface")
        self._none = label(
            "还没有方案。导入方案以后，在这里定它的季报怎样查。", tone="text2", name="rules_none"
        )
        outer = row(self._inner, None)
        outer.setStretch(0, 100)
        body.setLayout(column(self._none, outer, None, gap=0, margins=(24, 20, 24, 16)))
        self.setWidget(body)

    def _arranged(self) -> Any:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for line, name in enumerate(SWITCHES):
            title, note = RULES[name]
            words: list[QLabel] = [label(title, wrap=True)] + (
                [label(note, "caption", wrap=True)] if note else []
            )
            grid.addLayout(column(*words, gap=0), line, 0)
            grid.addWidget(self._severities[name], line, 1)
        return column(
            self._title, self._said, label(_MEANING, "caption", wrap=True), 4, grid, 4, rule(), 4,
            row(label("像是单位填错：和上次相差"), self.slip, label("以上"), None),
            row(label("进展情况太短：少于"), self.least, None),
            self.proportional, row(label("方案期累计从"), self.begins, label("算起"), None), 4, rule(), 4,
            self.completed, row(label("另外要有佐证材料的措施"), self.measures, None), 8, row(self.back, None),
            gap=8,
        )  # fmt: skip

    def refresh(self) -> None:
        """Read the rules of the plan anew."""
        context = self._context
        store, plan_id = context.store, context.plan_id
        self._plan = store.plans.get(plan_id) if store is not None and plan_id else None
        self._inner.setVisible(self._plan is not None)
        self._none.setVisible(self._plan is None)
        if store is None or self._plan is None:
            return
        self._rules = ruling.rules_of(store, plan_id)
        self._title.setText(f"{self._plan.title}的季报，这样查")
        leads = store.workspace.leads
        self._said.setText(_TRAVELS if leads else _FROM_ABOVE)
        self._show(self._plan)
        for part in (*self._severities.values(), self.slip, self.least, self.proportional, self.completed, self.begins,
                     self.measures):  # fmt: skip
            part.setEnabled(leads)
        self.back.setVisible(leads)
        self.back.setEnabled(self._rules != USUAL)

    def _show(self, plan: Plan) -> None:
        rules = self._rules
        self._showing = True
        for name, box in self._severities.items():
            box.setCurrentIndex(list(SEVERITY).index(getattr(rules, name)))
        self.slip.setValue(rules.slip_factor)
        self.least.setValue(rules.least_length)
        self.proportional.setChecked(rules.proportional)
        self.completed.setChecked(rules.evidence_completed)
        known = {measure.key for measure in plan.own_measures}
        count = len(known & set(rules.evidence))
        self.measures.setText(f"选了{count}条…" if count else "没有，去选…")
        self._show_quarters(plan)
        self._showing = False

    def _show_quarters(self, plan: Plan) -> None:
        first = span_of(plan.title).first
        usual = f"{first.chinese}（方案标题里的年份）" if first else "（标题里没有年份，不按比例算）"
        self.begins.clear()
        self.begins.addItem(usual, "")
        this = Quarter.of(self._context.today()).year
        years = sorted(
            {*range(this - 3, this + 2), *([int(self._rules.begins[:4])] if self._rules.begins else [])}
        )
        for quarter in (Quarter(year, number) for year in years for number in (1, 2, 3, 4)):
            self.begins.addItem(quarter.chinese, str(quarter))
        self.begins.setCurrentIndex(max(self.begins.findData(self._rules.begins), 0))
        # A combo box forgets the room that its style sheet gives the arrow.
        longest = self.begins.fontMetrics().horizontalAdvance(usual)
        self.begins.setMinimumWidth(longest + self._context.theme.px(_ARROW))

    def _severity(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"rule_{name}")
        box.setAccessibleName(RULES[name][0])
        for severity, word in SEVERITY.items():
            box.addItem(word, severity.value if severity else "")
        box.activated.connect(
            lambda _: self._take(**{name: Severity(box.currentData()) if box.currentData() else None})
        )
        return box

    def _number(self, name: str, bounds: tuple[int, int], unit: str, spoken: str) -> QSpinBox:
        box = QSpinBox()
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        box.setRange(*bounds)
        box.setSuffix(unit)
        box.setFixedWidth(self._context.theme.px(140))
        # The style sheet's padding does not reach the field inside.
        box.lineEdit().setTextMargins(self._context.theme.px(8), 0, 0, 0)
        field = "slip_factor" if name == "rules_slip" else "least_length"
        box.editingFinished.connect(lambda: self._take(**{field: box.value()}))
        return box

    def _tick(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setObjectName(name)
        field = "proportional" if name == "rules_proportional" else "evidence_completed"
        box.clicked.connect(lambda on: self._take(**{field: on}))
        return box

    def _ask_measures(self) -> None:
        if self._plan is None:
            return
        dialog = EvidenceMeasures(self._context, self._plan, self._rules.evidence, self.window())
        dialog.chosen.connect(lambda keys: self._take(evidence=keys))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _to_default(self) -> None:
        self._keep(USUAL)

    def _take(self, **changes: Any) -> None:
        if not self._showing:
            self._keep(replace(self._rules, **changes))

    def _keep(self, rules: RuleSet) -> None:
        context = self._context
        if context.store is None or self._plan is None or rules == self._rules:
            return
        try:
            ruling.set_rules(context.store, self._plan.id, rules, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
        else:
            context.note_saved()
        self.refresh()
