"""Figures as lines of a card: what is to be reached, who fills it, and the ways to change it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.targets import Audience, Target
from desktop.domain.unit import Region
from desktop.views.context import Context
from desktop.views.pages.plan_acts import MeasureActs
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.pages.plan_questions import GOALS
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import button, label
from desktop.wording.terms import ACCUMULATION, AUDIENCE, goal, listed


class TargetLine(QWidget):
    """One figure."""

    def __init__(self, context: Context, acts: MeasureActs, target: Target, region: Region) -> None:
        super().__init__()
        scope = f"（{target.scope}）" if target.scope else ""
        wanted = goal(target.comparator, target.value, target.unit)
        words = label(
            f"{target.indicator}{scope}　{wanted}　{target.deadline}".strip(),
            tone="warn" if target.value is None else "text",
            wrap=True,
        )
        who = AUDIENCE[target.audience]
        if target.audience is Audience.NAMED:
            units = [u.short_name for u in region.units if u.code in target.unit_codes]
            who = listed(units, 3) if units else target.scope
        note = label(f"{who}填，{ACCUMULATION[target.accumulation]}", "caption")
        edit = button("改…", "smallLink", f"target_edit_{target.key}", lambda: acts.edit_target(target))
        drop = button(
            "不是指标", "smallLink", f"target_remove_{target.key}", lambda: acts.drop_target(target)
        )
        edit.setAccessibleName(f"改指标“{target.indicator}”")
        drop.setAccessibleName(f"“{target.indicator}”不是指标")
        self.setLayout(column(words, row(note, edit, drop, None, gap=8), gap=0))


class GoalsCard(QFrame):
    """The overall targets unfolded: those of the plan and of no measure."""

    def __init__(self, context: Context, desk: DraftDesk, acts: MeasureActs) -> None:
        super().__init__()
        assert desk.region is not None
        region: Region = desk.region
        theme = context.theme
        self.setObjectName("goals_card")
        self.setStyleSheet(
            f"QFrame#goals_card {{ background: {theme.colours['sel']}; border: none;"
            f" border-left: 3px solid {theme.colours['accent']}; border-bottom: 1px solid {theme.colours['line']}; }}"
        )
        title = label("总体目标", "strong", name="card_title")
        add = button("加指标…", "smallLink", "goals_add", acts.add_target)
        head = row(title, None, add, gap=10)
        head.setAlignment(add, Qt.AlignmentFlag.AlignTop)
        targets = desk.targets_at(GOALS)
        lines: list[QWidget] = [TargetLine(context, acts, target, region) for target in targets]
        if not targets:
            text = "方案里没有认出全市的目标。有的话，可以在这里加。"
            lines = [label(text, tone="text2", name="goals_none", wrap=True)]
        left = theme.px(41)
        self.setLayout(column(head, *lines, gap=6, margins=(left, 8, 12, 12)))
